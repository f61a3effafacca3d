/** What a segment looks like to the decision whether the next batch still goes into it. */
export interface RollState {
  sizeBytes: number;
  /** Max timestamp of the first batch (ms), -1 for none; undefined while the segment is empty. */
  firstBatchTimestamp: number | undefined;
  createdMs: number;
  /** Taken off segment.ms, so that a thousand logs do not roll at once. */
  jitterMs: number;
  offsetIndexFull: boolean;
  timeIndexFull: boolean;
  /** It is in memory until the segment rolls. */
  transactionIndexFull: boolean;
}

export interface RollCandidate {
  sizeBytes: number;
  maxTimestamp: number;
  /** Whether the batch's last offset fits the 32 bits of the segment's indexes. */
  offsetFits: boolean;
}

export type RollReason =
  "size" | "time" | "offsetIndexFull" | "timeIndexFull" | "transactionIndexFull" | "offsetOverflow";

/**
 * Why the batch has to begin a new segment, or undefined. Time is told by the batches' own timestamps where the first has
 * one, else by the clock. An empty segment rolls only when the offset does not fit, for a new one would be no better.
 * Source: LogSegment.shouldRoll; a full transaction index is a reason here only.
 */
export function rollReason(
  segment: RollState,
  batch: RollCandidate,
  limits: { segmentBytes: number; segmentMs: number },
  nowMs: number,
): RollReason | undefined {
  if (!batch.offsetFits) return "offsetOverflow";
  if (segment.sizeBytes === 0) return undefined;
  if (segment.sizeBytes > limits.segmentBytes - batch.sizeBytes) return "size";
  const first = segment.firstBatchTimestamp ?? -1;
  const waitedMs = first >= 0 ? batch.maxTimestamp - first : nowMs - segment.createdMs;
  if (waitedMs > limits.segmentMs - segment.jitterMs) return "time";
  if (segment.offsetIndexFull) return "offsetIndexFull";
  if (segment.timeIndexFull) return "timeIndexFull";
  if (segment.transactionIndexFull) return "transactionIndexFull";
  return undefined;
}
