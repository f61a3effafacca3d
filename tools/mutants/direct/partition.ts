import { KafkaError, type NodeId } from "@moldau/base";
import { PartitionReplica, type AppendDecision, type Assignment } from "@moldau/partition";
import { headerOf } from "../../../libs/partition/src/testing/batches";
import { expect, type Scenario } from "./scenario";

const NOW = 1_000;

const assignment: Assignment = { leaderId: 1, leaderEpoch: 3, partitionEpoch: 5, replicas: [1, 2, 3], isr: [1, 2, 3] };

/** Replica 1 of 1, 2, 3 with this min ISR, assigned as said. */
function replica(assigned: Partial<Assignment> = {}, minInsyncReplicas = 2): PartitionReplica {
  const created = new PartitionReplica({
    nodeId: 1,
    settings: { minInsyncReplicas, replicaLagTimeMaxMs: 10_000, producerIdExpirationMs: 86_400_000 },
    logStartOffset: 0,
    logEndOffset: 0,
    highWatermark: 0,
  });
  created.assign({ ...assignment, ...assigned }, NOW);
  created.takeEffects();
  return created;
}

/** Appends a batch of one record and writes it. */
function append(
  leader: PartitionReplica,
  rest: { producerId?: number; baseSequence?: number; ownerEpoch?: number } = {},
): AppendDecision {
  const { producerId = -1, baseSequence = -1, ownerEpoch = -1 } = rest;
  const header = headerOf({ producerId, producerEpoch: producerId < 0 ? -1 : 0, baseSequence });
  const decision = leader.append({ header, leaderEpoch: -1, ownerEpoch, acks: -1, nowMs: NOW });
  if (decision.kind === "write") leader.onWritten(leader.assignedEndOffset, header.sizeBytes, NOW);
  return decision;
}

function fetch(leader: PartitionReplica, replicaId: NodeId, fetchOffset: number, eligible = true): void {
  leader.onFollowerFetch({ replicaId, fetchOffset, logStartOffset: 0, nodeEpoch: 10 + replicaId, eligible }, NOW);
}

/** How the wait of an append ended; undefined while it has not. */
function outcomeOf(leader: PartitionReplica, decision: AppendDecision): number | undefined {
  const waitId = decision.kind === "write" ? decision.waitId : -1;
  return leader.takeEffects()?.completed.find((each) => each.waitId === waitId)?.error;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "each member of the ISR counts for the high watermark": () => {
    const leader = replica();
    append(leader);
    for (const [ahead, behind] of [
      [2, 3],
      [3, 2],
    ] as const) {
      const one = replica();
      append(one);
      fetch(one, ahead, 1);
      fetch(one, behind, 0);
      expect(one.highWatermark === 0, `the high watermark waits for replica ${behind}`);
      fetch(one, behind, 1);
      expect(one.highWatermark === 1, "and moves when everybody has it");
    }
  },

  "a replica that is to join counts before the controller has said so": () => {
    const leader = replica({ isr: [1, 2] });
    append(leader);
    fetch(leader, 2, 1);
    fetch(leader, 3, 1);
    const proposal = leader.proposeIsr(11, NOW);
    expect(proposal?.newIsr.length === 3, "replica 3 has caught up and is proposed");
    append(leader);
    fetch(leader, 2, 2);
    expect(leader.highWatermark === 1, "replica 3 may be the next leader and lacks offset 1");
  },

  "a replica that is to leave counts until the controller has said so": () => {
    const leader = replica();
    append(leader);
    fetch(leader, 2, 1);
    fetch(leader, 3, 0);
    const later = NOW + 60_000;
    leader.onFollowerFetch({ replicaId: 2, fetchOffset: 1, logStartOffset: 0, nodeEpoch: 12, eligible: true }, later);
    const proposal = leader.proposeIsr(11, later);
    expect(proposal?.newIsr.every(({ brokerId }) => brokerId !== 3) === true, "replica 3 lags and is to leave");
    leader.onFollowerFetch({ replicaId: 2, fetchOffset: 1, logStartOffset: 0, nodeEpoch: 12, eligible: true }, later);
    expect(leader.highWatermark === 0, "replica 3 may be elected as long as the ISR names it");
  },

  "a follower joins with all that is committed, and not before": () => {
    const leader = replica({ isr: [1, 2] });
    append(leader);
    fetch(leader, 2, 1);
    fetch(leader, 3, 0);
    expect(leader.proposeIsr(11, NOW) === undefined, "replica 3 lacks what is committed");
    fetch(leader, 3, 1);
    expect(leader.proposeIsr(11, NOW) !== undefined, "now it does not");
  },

  "requests of another leader epoch are refused": () => {
    const leader = replica();
    expect(leader.checkLeader(2) === KafkaError.FENCED_LEADER_EPOCH, "an older epoch is fenced");
    expect(leader.checkLeader(4) === KafkaError.UNKNOWN_LEADER_EPOCH, "a newer one is not known");
    expect(leader.checkLeader(3) === KafkaError.NONE, "its own is served");
  },

  "whoever waits when the leader changes is not told that all is well": () => {
    const leader = replica();
    const decision = append(leader);
    leader.assign({ ...assignment, leaderId: 2, leaderEpoch: 4, partitionEpoch: 6 }, NOW);
    expect(outcomeOf(leader, decision) === KafkaError.NOT_LEADER_OR_FOLLOWER, "the next leader may not have it");
  },

  "whoever waits when the ISR falls below its minimum is not told that all is well": () => {
    const leader = replica();
    const decision = append(leader);
    leader.assign({ ...assignment, partitionEpoch: 6, isr: [1] }, NOW);
    const outcome = outcomeOf(leader, decision);
    expect(outcome === KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND, "one replica of two that are needed has it");
  },

  "a follower knows a batch again when it becomes the leader": () => {
    const follower = replica({ leaderId: 2 });
    const header = headerOf({ producerId: 7, producerEpoch: 0, baseSequence: 0, partitionLeaderEpoch: 3 });
    expect(follower.appendAsFollower(header, undefined, NOW) !== undefined, "it takes the leader's batch");
    follower.onWritten(1, header.sizeBytes, NOW);
    follower.assign({ ...assignment, leaderEpoch: 4, partitionEpoch: 6 }, NOW);
    const again = append(follower, { producerId: 7, baseSequence: 0 });
    expect(again.kind === "duplicate", "the same batch sent to it is a duplicate");
  },

  "a former owner of a shard cannot append": () => {
    const leader = replica();
    expect(leader.claim(5) === KafkaError.NONE, "owner epoch 5 claims");
    expect(append(leader, { ownerEpoch: 4 }).kind === "refused", "owner epoch 4 is refused");
    expect(append(leader, { ownerEpoch: 5 }).kind === "write", "owner epoch 5 is not");
  },
};
