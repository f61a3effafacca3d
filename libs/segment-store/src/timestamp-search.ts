import { cursorOf } from "@moldau/record-batch";
import type { Environment } from "./environment";
import { scanSegment, type ScannedBatch } from "./scan";
import type { Segment } from "./segment";

export interface TimestampMatch {
  timestamp: number;
  offset: number;
  leaderEpoch: number;
}

/** The first record of a batch that satisfies both bounds. Looks inside, and decompresses, this one batch only. */
function firstRecord(
  environment: Environment,
  batch: ScannedBatch,
  wanted: (timestamp: number, offset: number) => boolean,
): TimestampMatch | undefined {
  const { header, bytes, at } = batch;
  const cursor = cursorOf(bytes, at, environment.decompress ? { decompress: environment.decompress } : {}, header);
  while (cursor.next()) {
    if (!wanted(cursor.timestamp, cursor.offset)) continue;
    return { timestamp: cursor.timestamp, offset: cursor.offset, leaderEpoch: header.partitionLeaderEpoch };
  }
  return undefined;
}

/**
 * The first record at or above `startOffset` with a timestamp of at least `timestamp`.
 * Source: UnifiedLog.fetchOffsetByTimestamp, LogSegment.findOffsetByTimestamp.
 */
export async function findTimestamp(
  environment: Environment,
  segments: readonly Segment[],
  timestamp: number,
  startOffset: number,
): Promise<TimestampMatch | undefined> {
  for (const segment of segments) {
    if ((await segment.largestTimestamp(environment)).timestamp < timestamp) continue;
    const indexes = await segment.indexesOf(environment);
    const from = indexes.offset.lookup(Math.max(indexes.time.lookup(timestamp).offset, startOffset)).position;
    let match: TimestampMatch | undefined;
    await scanSegment(environment, segment, from, (batch) => {
      const { header } = batch;
      if (header.maxTimestamp < timestamp || header.baseOffset + header.lastOffsetDelta < startOffset) return true;
      match = firstRecord(environment, batch, (at, offset) => at >= timestamp && offset >= startOffset);
      return match === undefined;
    });
    if (match) return match;
  }
  return undefined;
}

/** The first record that has the log's largest timestamp (ListOffsets -3, KIP-734). */
export async function findMaxTimestamp(
  environment: Environment,
  segments: readonly Segment[],
): Promise<TimestampMatch | undefined> {
  let best: { segment: Segment; timestamp: number; offset: number } | undefined;
  for (const segment of segments) {
    const largest = await segment.largestTimestamp(environment);
    if (largest.timestamp >= 0 && largest.timestamp > (best?.timestamp ?? -1)) best = { segment, ...largest };
  }
  if (!best) return undefined;
  const { segment, timestamp } = best;
  const from = (await segment.indexesOf(environment)).offset.lookup(best.offset).position;
  let match: TimestampMatch | undefined;
  await scanSegment(environment, segment, from, (batch) => {
    if (batch.header.maxTimestamp !== timestamp) return true;
    match = firstRecord(environment, batch, (at) => at === timestamp);
    return match === undefined;
  });
  return match;
}
