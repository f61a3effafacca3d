import type { NodeId } from "@moldau/base";
import type { FollowerProgress } from "./follower-progress";
import type { LeaderState } from "./in-sync-replicas";

/** A consumer that would rather read from its own rack. */
export interface RackedReader {
  rackId: string;
  fetchOffset: number;
  /** The rack of a node that may be read from; undefined for one that is fenced or shutting down, null for one without. */
  rackOf: (nodeId: NodeId) => string | null | undefined;
}

/**
 * The follower that a consumer should read from, or -1 to stay with the leader: the leader where it stands in that rack, else
 * the in-sync follower there that holds the offset and has come farthest. Rule 22.
 * Source: KIP-392; ReplicaManager.findPreferredReadReplica, RackAwareReplicaSelector, ReplicaView.comparator.
 */
export function closestReplica(leader: LeaderState, ownId: NodeId, reader: RackedReader): NodeId {
  const { rackId, fetchOffset, rackOf } = reader;
  if (rackId === "" || rackOf(ownId) === rackId) return -1;
  let best: FollowerProgress | undefined;
  for (const follower of leader.followers.values()) {
    if (!leader.inSync.isr.has(follower.replicaId) || rackOf(follower.replicaId) !== rackId) continue;
    const holds = follower.logStartOffset >= 0 && fetchOffset >= follower.logStartOffset;
    if (!holds || fetchOffset > follower.logEndOffset) continue;
    if (!best || isAhead(follower, best)) best = follower;
  }
  return best?.replicaId ?? -1;
}

function isAhead(one: FollowerProgress, other: FollowerProgress): boolean {
  if (one.logEndOffset !== other.logEndOffset) return one.logEndOffset > other.logEndOffset;
  return one.lastCaughtUpMs > other.lastCaughtUpMs;
}
