import type { NodeId } from "@moldau/base";
import { isCaughtUp, newFollower, type FollowerProgress } from "./follower-progress";
import { maximalIsr, type ReplicaState } from "./replica-state";
import type { PartitionSettings } from "./steps";

/**
 * What a leader knows of its followers, and what follows from it: the end that is safe, who joins the ISR, who falls out.
 * Source: kafka.cluster.Partition (maybeIncrementLeaderHW, isFollowerInSync, getOutOfSyncReplicas); KIP-841, KIP-903.
 */
export type LeaderState = Extract<ReplicaState, { role: "leader" }>;

/** The leader's view at the moment of a decision. */
export interface LeaderView {
  /** What the leader itself vouches for. */
  writtenEnd: number;
  /** What followers can have at most: with durability=fsync more than `writtenEnd`. */
  readableEnd: number;
  highWatermark: number;
  nowMs: number;
  settings: Pick<PartitionSettings, "replicaLagTimeMaxMs">;
}

/** Follows the assignment: new replicas begin with unknown progress, those that left are forgotten. */
export function trackFollowers(
  followers: Map<NodeId, FollowerProgress>,
  assigned: { replicas: readonly NodeId[]; ownId: NodeId; isr: ReadonlySet<NodeId> },
  nowMs: number,
): void {
  const { replicas, ownId, isr } = assigned;
  for (const replicaId of replicas) {
    if (replicaId !== ownId && !followers.has(replicaId)) {
      followers.set(replicaId, newFollower(replicaId, isr.has(replicaId), nowMs));
    }
  }
  for (const replicaId of followers.keys()) if (!replicas.includes(replicaId)) followers.delete(replicaId);
}

/**
 * Rule 19: the smallest log end of the maximal ISR, and of followers on their way into it (else they would never catch up
 * with a busy leader). Source: Partition.maybeIncrementLeaderHW.
 */
export function replicatedEnd(leader: LeaderState, view: LeaderView): number {
  const isr = maximalIsr(leader.inSync);
  let lowest = view.writtenEnd;
  for (const follower of leader.followers.values()) {
    if (follower.logEndOffset >= lowest) continue;
    const counts =
      isr.has(follower.replicaId) ||
      (follower.eligible &&
        follower.logEndOffset >= 0 &&
        isCaughtUp(follower, view.readableEnd, view.nowMs, view.settings.replicaLagTimeMaxMs));
    if (counts) lowest = follower.logEndOffset;
  }
  return lowest;
}

/** A follower that has everything committed, began in this epoch's log, and may be in the ISR. KIP-841, KIP-903. */
export function maySoonJoin(leader: LeaderState, follower: FollowerProgress, highWatermark: number): boolean {
  return (
    !leader.inSync.isr.has(follower.replicaId) &&
    follower.eligible &&
    follower.logEndOffset >= highWatermark &&
    follower.logEndOffset >= leader.epochStartOffset
  );
}

/** The ISR as it should be now: without those that lag too long, with those that have caught up. Undefined: as it is. */
export function wantedIsr(leader: LeaderState, view: LeaderView): Set<NodeId> | undefined {
  const { isr } = leader.inSync;
  let wanted: Set<NodeId> | undefined;
  for (const follower of leader.followers.values()) {
    if (isr.has(follower.replicaId)) {
      if (isCaughtUp(follower, view.readableEnd, view.nowMs, view.settings.replicaLagTimeMaxMs)) continue;
      (wanted ??= new Set(isr)).delete(follower.replicaId);
    } else if (maySoonJoin(leader, follower, view.highWatermark)) {
      (wanted ??= new Set(isr)).add(follower.replicaId);
    }
  }
  return wanted;
}

/** The smallest log start of the in-sync followers and `ownStart`; -1 until each of them has told. */
export function lowestLogStart(leader: LeaderState, ownStart: number): number {
  let lowest = ownStart;
  for (const { replicaId, logStartOffset } of leader.followers.values()) {
    if (logStartOffset < lowest && leader.inSync.isr.has(replicaId)) lowest = logStartOffset;
  }
  return lowest;
}

/** Who joined and who left, each counted once whatever the number: as Kafka's meters do. */
export function isrDifference(
  before: ReadonlySet<NodeId>,
  after: ReadonlySet<NodeId>,
): { shrank: boolean; expanded: boolean } {
  return { shrank: [...before].some((id) => !after.has(id)), expanded: [...after].some((id) => !before.has(id)) };
}
