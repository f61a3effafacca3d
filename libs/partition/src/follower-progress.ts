import type { NodeId } from "@moldau/base";

/** A follower as the leader sees it, from the fetches it sent in this leader epoch. */
export interface FollowerProgress {
  readonly replicaId: NodeId;
  /** Where its log ends: it has everything below. -1 before its first fetch. */
  logEndOffset: number;
  logStartOffset: number;
  /** Node epoch in its last fetch, -1 before. */
  nodeEpoch: number;
  /** Whether it may be in the ISR: unfenced, not shutting down, its node epoch is the current one (KIP-841, KIP-903). */
  eligible: boolean;
  /** The last moment (ms) at which it had everything the leader had. */
  lastCaughtUpMs: number;
  lastFetchMs: number;
  /** The leader's log end when it last fetched: reaching it later means it was caught up then. */
  leaderEndAtLastFetch: number;
}

/**
 * A follower in a new leader epoch. One that is in the ISR counts as caught up until it had the time to say otherwise.
 * Source: kafka.cluster.Replica.resetReplicaState.
 */
export function newFollower(replicaId: NodeId, inSync: boolean, nowMs: number): FollowerProgress {
  return {
    replicaId,
    logEndOffset: -1,
    logStartOffset: -1,
    nodeEpoch: -1,
    eligible: false,
    lastCaughtUpMs: inSync ? nowMs : -Infinity,
    lastFetchMs: -Infinity,
    leaderEndAtLastFetch: -1,
  };
}

/** Takes note of a fetch. Source: kafka.cluster.Replica.updateFetchStateOrThrow. */
export function onFetch(
  follower: FollowerProgress,
  fetch: { fetchOffset: number; logStartOffset: number; nodeEpoch: number; eligible: boolean },
  leaderEnd: number,
  nowMs: number,
): void {
  if (fetch.fetchOffset >= leaderEnd) follower.lastCaughtUpMs = Math.max(follower.lastCaughtUpMs, nowMs);
  else if (fetch.fetchOffset >= follower.leaderEndAtLastFetch && follower.leaderEndAtLastFetch >= 0) {
    follower.lastCaughtUpMs = Math.max(follower.lastCaughtUpMs, follower.lastFetchMs);
  }
  follower.logEndOffset = fetch.fetchOffset;
  follower.logStartOffset = fetch.logStartOffset;
  follower.nodeEpoch = fetch.nodeEpoch;
  follower.eligible = fetch.eligible;
  follower.lastFetchMs = nowMs;
  follower.leaderEndAtLastFetch = leaderEnd;
}

/** In sync by time: it has everything, or had it not longer than `lagMaxMs` ago. */
export function isCaughtUp(follower: FollowerProgress, leaderEnd: number, nowMs: number, lagMaxMs: number): boolean {
  return follower.logEndOffset === leaderEnd || nowMs - follower.lastCaughtUpMs <= lagMaxMs;
}
