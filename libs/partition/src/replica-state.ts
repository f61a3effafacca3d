import type { KafkaErrorCode, NodeId } from "@moldau/base";
import type { FollowerProgress } from "./follower-progress";

/**
 * What a replica of a partition is. Transitions:
 *
 * - offline -> leader | follower: the first assignment by the controller after the log is open.
 * - follower -> leader: an assignment names this node, with a higher leader epoch. Its log end becomes the epoch's start
 *   offset, the followers start with unknown progress, the high watermark stays where it was.
 * - leader -> leader, higher leader epoch: the same as above; appends that wait go on waiting, their records are there.
 * - leader -> leader, same leader epoch, higher partition epoch: the ISR, replicas or min ISR changed; a proposal in
 *   flight is settled by it.
 * - leader -> follower: another node is named (or none). Waiting appends end with NOT_LEADER_OR_FOLLOWER.
 * - follower -> follower: another leader or epoch: truncate by divergence, then fetch from the new one.
 * - any -> offline: the disk failed, the topic went away or the node stops. Nothing leads out of it but a new object,
 *   which is made from what the log says.
 *
 * An assignment with a lower leader epoch, or the same leader epoch and a partition epoch that is not higher, changes
 * nothing. Sources: KIP-320, KIP-497, KIP-841, KIP-903, KIP-966; kafka.cluster.Partition.
 */
export type ReplicaState =
  | {
      role: "leader";
      leaderEpoch: number;
      /** Log end when this epoch began; nothing below the epoch's own records is decided by it. */
      epochStartOffset: number;
      followers: Map<NodeId, FollowerProgress>;
      inSync: InSync;
    }
  | {
      role: "follower";
      leaderEpoch: number;
      /** -1 where nobody leads. */
      leaderId: NodeId;
    }
  | {
      role: "offline";
      leaderEpoch: number;
      /** What whoever asks is told. */
      error: KafkaErrorCode;
    };

/**
 * The in-sync replicas as the leader knows them.
 * - settled -> pending: the leader proposes a change (one at a time).
 * - pending -> settled: the controller's answer or a newer assignment says what holds; a certain refusal brings back what held.
 * - pending stays pending when nobody knows what became of it (no answer, an answer that only newer metadata explains): the
 *   controller may have taken it. The same proposal is made again (`unanswered`), or the newer metadata settles it.
 */
export type InSync =
  | { kind: "settled"; isr: ReadonlySet<NodeId> }
  | {
      kind: "pending";
      isr: ReadonlySet<NodeId>;
      proposed: ReadonlySet<NodeId>;
      maximal: ReadonlySet<NodeId>;
      /** The proposal is under way no more, and its outcome is not known. */
      unanswered: boolean;
    };

/**
 * What became of a proposal. `refused`: the controller did not take it, for certain. `unknown`: it may have.
 * Source: Partition.handleAlterPartitionError.
 */
export type IsrAnswer =
  | { kind: "accepted"; leaderEpoch: number; partitionEpoch: number; isr: readonly NodeId[] }
  | { kind: "refused" }
  | { kind: "unknown" };

/** The ISR with additions that are under way: until the answer is known, it may be either (rule 19). */
export function maximalIsr(inSync: InSync): ReadonlySet<NodeId> {
  return inSync.kind === "pending" ? inSync.maximal : inSync.isr;
}

/** A partition as the controller's metadata describes it to one of its replicas. */
export interface Assignment {
  leaderId: NodeId;
  leaderEpoch: number;
  partitionEpoch: number;
  replicas: readonly NodeId[];
  isr: readonly NodeId[];
}

/** What an assignment did. */
export type Transition =
  | { kind: "unchanged" }
  /** This replica leads in a new epoch, whose start offset is to be noted in the epoch cache. */
  | { kind: "became-leader"; leaderEpoch: number; epochStartOffset: number }
  | { kind: "isr-changed" }
  /** Follow this leader; -1 where there is none at the moment. */
  | { kind: "became-follower"; leaderId: NodeId; leaderEpoch: number };

/** What the leader asks of the controller (AlterPartition, KIP-497, KIP-903). */
export interface IsrProposal {
  leaderEpoch: number;
  partitionEpoch: number;
  newIsr: { brokerId: NodeId; brokerEpoch: number }[];
}
