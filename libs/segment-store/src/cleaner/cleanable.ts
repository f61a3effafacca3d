/** What the decision about a log needs to know of it. Times in milliseconds. */
export interface CompactedLog {
  /** All segments, oldest first; the last is the active one. */
  segments: readonly CompactedSegment[];
  logStartOffset: number;
  logEndOffset: number;
  /** Exclusive: below it every transaction is decided and everything is committed. */
  lastStableOffset: number;
  /** Where the last round ended, by the checkpoint; undefined where there was none. */
  cleanOffset: number | undefined;
}

export interface CompactedSegment {
  baseOffset: number;
  sizeBytes: number;
  /** -1 for none. */
  largestTimestamp: number;
  /** Largest timestamp of the first batch, -1 for none. */
  firstBatchTimestamp: number;
}

export interface CompactionLimits {
  minCleanableRatio: number;
  minCompactionLagMs: number;
  maxCompactionLagMs: number;
}

/** How dirty a log is, and what of it a round would clean. */
export interface Dirtiness {
  /** From here on keys are collected. */
  firstDirtyOffset: number;
  /** Exclusive: where a segment begins. */
  firstUncleanableOffset: number;
  cleanBytes: number;
  cleanableBytes: number;
  /** cleanableBytes among all that a round reads; 0 for nothing. */
  ratio: number;
  /** How long a record waits beyond max.compaction.lag.ms; 0 for not at all. */
  delayMs: number;
  /** The checkpoint named an offset that the log does not have; it is to be `firstDirtyOffset`. */
  isReset: boolean;
  /** Whether a round is due. */
  isDue: boolean;
}

/**
 * What of a log may be cleaned, and whether it is worth it. Not the active segment, nothing beyond the last stable offset,
 * no segment with a record younger than min.compaction.lag.ms; whole segments only.
 * Source: LogCleanerManager.cleanableOffsets, calculateCleanableBytes, maxCompactionDelay; KIP-58, KIP-354.
 */
export function dirtinessOf(log: CompactedLog, limits: CompactionLimits, nowMs: number): Dirtiness {
  const { segments, logStartOffset, logEndOffset } = log;
  const checkpoint = log.cleanOffset ?? logStartOffset;
  const isReset = checkpoint < logStartOffset || checkpoint > logEndOffset;
  const firstDirtyOffset = isReset ? logStartOffset : checkpoint;

  const active = segments.at(-1)!;
  const endOf = (i: number): number => segments[i + 1]?.baseOffset ?? logEndOffset;
  const dirty = segments.filter((segment, i) => segment !== active && endOf(i) > firstDirtyOffset);
  const young =
    limits.minCompactionLagMs > 0
      ? dirty.find(({ largestTimestamp }) => largestTimestamp > nowMs - limits.minCompactionLagMs)
      : undefined;
  const bound = Math.max(
    firstDirtyOffset,
    Math.min(log.lastStableOffset, active.baseOffset, young?.baseOffset ?? Infinity),
  );
  // The segment that holds the bound stays as a whole.
  const first = segments.findIndex((_, i) => endOf(i) > bound);
  const firstUncleanableOffset = (segments[first] ?? active).baseOffset;

  let cleanBytes = 0;
  let cleanableBytes = 0;
  for (const [i, segment] of segments.entries()) {
    // As in Kafka a segment that is dirty in part counts on both sides.
    if (segment.baseOffset < firstDirtyOffset) cleanBytes += segment.sizeBytes;
    const isDirty = endOf(i) > firstDirtyOffset && segment.baseOffset < firstUncleanableOffset;
    if (isDirty) cleanableBytes += segment.sizeBytes;
  }
  const totalBytes = cleanBytes + cleanableBytes;
  const ratio = totalBytes === 0 ? 0 : cleanableBytes / totalBytes;
  const delayMs = compactionDelay(dirty, limits, nowMs);
  const isDue = cleanableBytes > 0 && (delayMs > 0 || ratio > limits.minCleanableRatio);
  return { firstDirtyOffset, firstUncleanableOffset, cleanBytes, cleanableBytes, ratio, delayMs, isReset, isDue };
}

function compactionDelay(dirty: readonly CompactedSegment[], limits: CompactionLimits, nowMs: number): number {
  let earliest = Infinity;
  for (const { firstBatchTimestamp } of dirty) {
    if (firstBatchTimestamp > 0) earliest = Math.min(earliest, firstBatchTimestamp);
  }
  return Math.max(0, nowMs - Math.max(0, limits.maxCompactionLagMs) - earliest);
}
