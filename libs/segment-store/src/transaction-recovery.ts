import type { Environment } from "./environment";
import { endOfTransaction, OpenTransactions } from "./open-transactions";
import { scanBatches, type RecoveredSegment } from "./scan";
import type { Segment } from "./segment";
import { floorSegment } from "./segment-list";
import type { SnapshotFiles } from "./snapshot-files";
import { TransactionIndex } from "./transaction-index";

interface LoadedSegments {
  segments: readonly Segment[];
  logEndOffset: number;
  /** Segments that recovery has read, with what it found; the files of the others are trusted. */
  read: ReadonlyMap<Segment, RecoveredSegment>;
  /** Base offsets that have a `.txnindex`. */
  indexed: ReadonlySet<number>;
  snapshots: SnapshotFiles;
}

/**
 * Finds out which transactions were aborted in each segment: from its file where that is trusted and whole, else, where any
 * were, from the batches. That takes the transactions that were open where the segment begins: those of the newest producer
 * snapshot before it, and the batches between. Source: LogLoader, LogSegment.recover, TransactionIndex.sanityCheck.
 */
export async function loadTransactions(environment: Environment, loaded: LoadedSegments): Promise<void> {
  const { segments, indexed, read, snapshots } = loaded;
  const unknown = new Set<Segment>();
  for (const [i, segment] of segments.entries()) {
    const { baseOffset, transactions } = segment;
    const found = read.get(segment);
    // Where it cannot be told what was open at the segment's beginning, the file of a closed one is the better word.
    const isTold = snapshots.offsets.some((offset) => offset <= baseOffset) || segments[0]!.baseOffset === 0;
    if (found && (isTold || segment === segments.at(-1) || !indexed.has(baseOffset))) {
      if (indexed.has(baseOffset)) transactions.noteStaleFile();
      if (found.hasAborts) unknown.add(segment);
      else await transactions.writeOut(environment, { sync: true });
    } else if (indexed.has(baseOffset)) {
      const bytes = await environment.disk.readFile(transactions.path);
      const index = new TransactionIndex(bytes);
      const endOffset = segments[i + 1]?.baseOffset ?? loaded.logEndOffset;
      const defect = index.defect(bytes.length, { baseOffset, endOffset });
      if (defect === undefined) transactions.noteFile(index);
      else {
        transactions.noteStaleFile();
        unknown.add(segment);
        environment.emit({ type: "indexRebuilt", path: segment.logPath, defect: `${transactions.path}: ${defect}` });
      }
    }
  }
  if (unknown.size > 0) await readTransactions(environment, loaded, unknown);
  const anyWritten =
    unknown.size > 0 || segments.some((segment) => read.has(segment) && indexed.has(segment.baseOffset));
  if (anyWritten) await environment.disk.syncDirectory(segments[0]!.directory);
}

async function readTransactions(
  environment: Environment,
  { segments, snapshots }: LoadedSegments,
  unknown: ReadonlySet<Segment>,
): Promise<void> {
  const [first] = unknown;
  const last = segments.findLastIndex((segment) => unknown.has(segment));
  const snapshot = await snapshots.latest(first!.baseOffset);
  const from = snapshot?.offset ?? segments[0]!.baseOffset;
  const open = new OpenTransactions(snapshot?.entries ?? []);
  for (const segment of segments.slice(floorSegment(segments, from), last + 1)) {
    const { transactions } = segment;
    const isUnknown = unknown.has(segment);
    const { offset } = await segment.indexesOf(environment);
    const range = { from: offset.lookup(from).position, to: segment.sizeBytes, verify: false };
    await scanBatches(environment, segment.logPath, range, (batch) => {
      if (batch.header.baseOffset < from) return true;
      const aborted = open.add(batch.header, endOfTransaction(batch));
      if (aborted && isUnknown) transactions.append(aborted);
      return true;
    });
    if (!isUnknown) continue;
    await transactions.writeOut(environment, { sync: true });
    if (segment !== segments.at(-1)) transactions.release(environment);
  }
}
