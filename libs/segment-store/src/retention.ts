export interface RetentionSegment {
  baseOffset: number;
  sizeBytes: number;
  /** Largest timestamp of its records (ms); the file's modification time where they have none. */
  largestTimestamp: number;
}

export interface RetentionLimits {
  /** Whether the topic's policy deletes by time and size; DeleteRecords works for every topic. */
  deleteByPolicy: boolean;
  /** -1 for no limit. */
  retentionMs: number;
  /** -1 for no limit. */
  retentionBytes: number;
}

export interface RetentionState {
  segments: readonly RetentionSegment[];
  logStartOffset: number;
  logEndOffset: number;
  highWatermark: number;
  nowMs: number;
}

export type RetentionReason = "time" | "size" | "logStart";

/**
 * How many of the oldest segments may go, and why. Each must end at or below the high watermark; an empty last segment
 * stays. All of them may go: the caller then rolls first.
 * Source: UnifiedLog.deleteOldSegments (rule 30).
 */
export function expiredSegments(
  state: RetentionState,
  limits: RetentionLimits,
): { count: number; reason: RetentionReason | undefined } {
  const { segments } = state;
  const endOf = (index: number): number => segments[index + 1]?.baseOffset ?? state.logEndOffset;
  const leading = (expired: (segment: RetentionSegment, index: number) => boolean): number => {
    let count = 0;
    for (const segment of segments) {
      const lastAndEmpty = count === segments.length - 1 && segment.sizeBytes === 0;
      if (lastAndEmpty || endOf(count) > state.highWatermark || !expired(segment, count)) break;
      count += 1;
    }
    return count;
  };
  const counts: Record<RetentionReason, number> = { time: 0, size: 0, logStart: 0 };
  counts.logStart = leading((_segment, index) => index < segments.length - 1 && endOf(index) <= state.logStartOffset);
  if (limits.deleteByPolicy && limits.retentionMs >= 0) {
    counts.time = leading((segment) => state.nowMs - segment.largestTimestamp > limits.retentionMs);
  }
  if (limits.deleteByPolicy && limits.retentionBytes >= 0) {
    let surplus = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0) - limits.retentionBytes;
    counts.size = leading((segment) => {
      surplus -= segment.sizeBytes;
      return surplus >= 0;
    });
  }
  const count = Math.max(counts.time, counts.size, counts.logStart);
  const reasons: RetentionReason[] = ["time", "size", "logStart"];
  return { count, reason: count === 0 ? undefined : reasons.find((reason) => counts[reason] === count) };
}
