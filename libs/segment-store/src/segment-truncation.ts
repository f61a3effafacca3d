import type { Environment } from "./environment";
import { loadIndexes } from "./index-cache";
import { scanBatches } from "./scan";
import type { Segment } from "./segment";

/**
 * Makes a segment the active one again and cuts it before the batch that holds `offset`. Returns the log's new end: `offset`,
 * or where that batch began. The cut is on the disk when this is done. Source: LogSegment.truncateTo.
 */
export async function truncateSegment(environment: Environment, segment: Segment, offset: number): Promise<number> {
  const { disk, files } = environment;
  if (!segment.indexes) {
    segment.indexes = await loadIndexes(disk, segment.directory, segment.baseOffset);
    environment.indexes.drop(segment);
  }
  const { offset: offsetIndex, time: timeIndex } = segment.indexes;
  let cutAt = segment.writtenBytes;
  let endOffset = offset;
  const range = { from: offsetIndex.lookup(offset).position, to: cutAt, verify: false };
  await scanBatches(environment, segment.logPath, range, ({ header, filePosition }) => {
    if (header.baseOffset + header.lastOffsetDelta < offset) return true;
    cutAt = filePosition;
    endOffset = Math.min(offset, header.baseOffset);
    return false;
  });
  await segment.transactions.hold(environment);
  segment.transactions.truncateTo(endOffset);
  await segment.transactions.writeOut(environment, { sync: false });
  offsetIndex.truncateTo(endOffset);
  timeIndex.truncateTo(endOffset);
  const file = await files.acquire(segment.logPath);
  try {
    await disk.truncate(file.descriptor, cutAt);
    await disk.sync(file.descriptor);
  } finally {
    files.release(file);
  }
  segment.sizeBytes = cutAt;
  segment.writtenBytes = cutAt;
  segment.syncedBytes = cutAt;
  segment.bytesSinceIndexEntry = 0;
  await refreshTimestamps(environment, segment);
  segment.forgetWrittenIndexes();
  await segment.writeIndexes(environment, { sync: false });
  return endOffset;
}

/** First and largest timestamp of what is left: the largest is the last index entry's, or of a batch behind it. */
async function refreshTimestamps(environment: Environment, segment: Segment): Promise<void> {
  const { offset: offsetIndex, time: timeIndex } = segment.indexes!;
  let largest = timeIndex.last();
  segment.firstBatchTimestamp = undefined;
  const head = { from: 0, to: segment.sizeBytes, verify: false };
  await scanBatches(environment, segment.logPath, head, ({ header }) => {
    segment.firstBatchTimestamp = header.maxTimestamp;
    return false;
  });
  const rest = { ...head, from: offsetIndex.lookup(largest.offset).position };
  await scanBatches(environment, segment.logPath, rest, ({ header }) => {
    if (header.maxTimestamp > largest.timestamp) {
      largest = { timestamp: header.maxTimestamp, offset: header.baseOffset + header.lastOffsetDelta };
    }
    return true;
  });
  segment.largest = largest;
}
