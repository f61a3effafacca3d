/** An epoch with the end of its records (exclusive), as an epoch cache answers. */
export interface EpochEnd {
  epoch: number;
  endOffset: number;
}

/**
 * Where a follower cuts its log when the leader says that they diverge: `diverging` is the leader's largest epoch not above
 * the one the follower ended with, `local` the follower's own end of the largest epoch not above that. Cutting may take
 * several rounds, each answered by the leader; every round cuts less than or exactly what is needed, never into what both
 * have. Source: KIP-101, KIP-279, KIP-595; AbstractFetcherThread.getOffsetTruncationState.
 */
export function truncationOffset(
  diverging: EpochEnd,
  local: EpochEnd | undefined,
  { logEndOffset, highWatermark }: { logEndOffset: number; highWatermark: number },
): number {
  if (diverging.endOffset < 0) return Math.min(highWatermark, logEndOffset);
  return Math.min(diverging.endOffset, local ? local.endOffset : Infinity, logEndOffset);
}

/**
 * Whether a reader that ended with `lastFetchedEpoch` at `fetchOffset` has something else there than the leader, whose
 * answer for that epoch is `ours`. Source: Partition.readRecords.
 */
export function divergence(
  { lastFetchedEpoch, fetchOffset }: { lastFetchedEpoch: number; fetchOffset: number },
  ours: EpochEnd | undefined,
): EpochEnd | undefined {
  if (lastFetchedEpoch < 0) return undefined;
  if (!ours) return undefined;
  return ours.epoch < lastFetchedEpoch || ours.endOffset < fetchOffset ? ours : undefined;
}
