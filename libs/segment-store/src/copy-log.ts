import { KafkaError } from "@moldau/base";
import { checkCrc, readBatchHeader } from "@moldau/record-batch";
import { endOfTransaction } from "./open-transactions";
import type { PartitionLog } from "./partition-log";
import { partsOf } from "./parts";
import type { AppendPart } from "./segment";
import { StorageError } from "./storage-error";

/** What a step of copying brought about. */
export interface CopyStep {
  copiedBytes: number;
  /** The copy has all that was written when the step began. */
  caughtUp: boolean;
}

/**
 * After a stop: what of a copy was not on the disk for certain is copied again from its segment's beginning, since the
 * transaction index of a segment that recovery has read can't be trusted without the producers' state.
 */
export async function rewindCopy(copy: PartitionLog): Promise<void> {
  if (copy.recoveryPoint >= copy.logEndOffset) return;
  await copy.truncateTo(copy.segmentOffsetOf(copy.recoveryPoint));
}

/**
 * Brings a copy of a log in another directory a step nearer to it: cuts off what the log does not have (any more), by leader
 * epochs, takes over at most about `maxBytes` of batches, and the log's start. The copy's segments begin where the log's do.
 * Source: ReplicaAlterLogDirsThread, AbstractFetcherThread.
 */
export async function copyStep(log: PartitionLog, copy: PartitionLog, maxBytes: number): Promise<CopyStep> {
  const wanted = log.writtenOffset;
  if (copy.logStartOffset > log.logStartOffset || copy.logEndOffset < log.logStartOffset) {
    await copy.truncateFullyAndStartAt(log.logStartOffset);
  }
  await cutWhereDiverging(log, copy);
  let copiedBytes = 0;
  if (copy.logEndOffset < log.writtenOffset) {
    const { replacements } = log;
    const read = await log.read({ fetchOffset: copy.logEndOffset, maxBytes, upToOffset: Infinity, atLeastOne: true });
    try {
      for (const chunk of read.chunks) if (!(await take(log, copy, chunk, replacements))) break;
    } finally {
      read.release();
    }
    copiedBytes = read.sizeBytes;
  }
  copy.config = log.config;
  copy.highWatermark = Math.max(copy.logStartOffset, Math.min(log.highWatermark, copy.logEndOffset));
  await copy.advanceLogStartOffset(Math.min(log.logStartOffset, copy.logEndOffset));
  return { copiedBytes, caughtUp: copy.logEndOffset >= wanted };
}

/** The producers' snapshots, so that the copy's transaction index can be made anew after a crash as the log's can. */
export async function copyProducerSnapshots(log: PartitionLog, copy: PartitionLog): Promise<void> {
  const snapshots = [];
  for (let upTo = copy.logEndOffset; upTo >= 0;) {
    const snapshot = await log.latestProducerSnapshot(upTo);
    if (!snapshot) break;
    snapshots.unshift(snapshot);
    upTo = snapshot.offset - 1;
  }
  for (const { offset, entries } of snapshots) await copy.writeProducerSnapshot(offset, entries);
}

/** Epoch by epoch from the newest: what the copy has of one that the log does not know, or beyond its end, goes. */
async function cutWhereDiverging(log: PartitionLog, copy: PartitionLog): Promise<void> {
  for (;;) {
    const latest = copy.leaderEpochs.latest();
    if (!latest) break;
    const { epoch, endOffset } = log.endOffsetForEpoch(latest.epoch);
    if (epoch === latest.epoch) {
      if (copy.logEndOffset > endOffset) await copy.truncateTo(endOffset);
      break;
    }
    await copy.truncateTo(latest.startOffset);
  }
  if (copy.logEndOffset > log.logEndOffset) await copy.truncateTo(log.logEndOffset);
}

/**
 * Appends what was read of a log to its copy. False where compaction has replaced segments since the read began: what it
 * dropped of an aborted transaction is told no more, so the rest is read again.
 */
async function take(log: PartitionLog, copy: PartitionLog, chunk: Uint8Array, replacements: number): Promise<boolean> {
  let parts: AppendPart[] = [];
  let endOffset = copy.logEndOffset;
  const written: Promise<void>[] = [];
  const flush = (): void => {
    if (parts.length > 0) written.push(copy.append(parts));
    parts = [];
  };
  for (const part of partsOf(chunk)) {
    if (part.lastOffset < endOffset) continue;
    if (part.baseOffset < endOffset) {
      // The log's start lies inside its first batch (DeleteRecords).
      await copy.truncateFullyAndStartAt(part.baseOffset);
    }
    const header = readBatchHeader(part.bytes, 0);
    if (!checkCrc(part.bytes, 0, header)) {
      const message = `${log.path}: the batch at offset ${part.baseOffset} is damaged; restart the broker to recover the log`;
      throw new StorageError(KafkaError.CORRUPT_MESSAGE, log.path, message);
    }
    if (endOfTransaction({ header, filePosition: 0, bytes: part.bytes, at: 0 }) === "abort") {
      const marker = { from: part.baseOffset, to: part.baseOffset + 1 };
      const aborted = await log.abortedTransactions(marker);
      if (log.replacements !== replacements) break;
      part.aborted = aborted.find(
        ({ producerId, lastOffset }) => producerId === header.producerId && lastOffset === part.baseOffset,
      );
    }
    if (log.segmentOffsetOf(part.baseOffset) >= endOffset) {
      flush();
      copy.roll();
    }
    parts.push(part);
    endOffset = part.lastOffset + 1;
  }
  flush();
  await Promise.all(written);
  return log.replacements === replacements;
}
