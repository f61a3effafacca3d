import { KafkaError, type KafkaErrorCode, type NodeId, type Uuid } from "@moldau/base";
import {
  applyRecords,
  isActive,
  LeaderRecoveryState,
  type MetadataImage,
  type MetadataRecord,
  type PartitionImage,
} from "@moldau/metadata";
import type { Decision } from "./decision";
import { electionByConfig, hasOnlineDirectory, mayLead } from "./leadership";
import { changePartition } from "./partition-change";
import { type ControlSettings, configuredMinIsr, elrEnabled } from "./settings";

/** An ISR that a leader wishes for. */
export interface IsrChangeRequest {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** `brokerEpoch` -1: not known to the leader, not checked (KIP-903). */
  readonly newIsr: readonly { readonly brokerId: NodeId; readonly brokerEpoch: number }[];
  readonly leaderRecoveryState: number;
}

export interface IsrChangeOutcome {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly errorCode: KafkaErrorCode;
  readonly leaderId: NodeId;
  readonly leaderEpoch: number;
  readonly isr: readonly NodeId[];
  readonly leaderRecoveryState: number;
  readonly partitionEpoch: number;
}

export interface AlterPartitionOutcome {
  readonly errorCode: KafkaErrorCode;
  readonly partitions: readonly IsrChangeOutcome[];
}

/**
 * The only way an ISR changes while its leader lives (rule 21). Refused: an older leader or partition epoch, a request of
 * an earlier incarnation, a member that is fenced, shutting down, registered again
 * meanwhile or in a log directory that failed. A partition's reply is
 * its state afterwards; NEW_LEADER_ELECTED where the change was made and ended a reassignment that elected another leader.
 * Source: AlterPartition 3, KIP-497, KIP-704, KIP-841, KIP-903.
 */
export function alterPartition(
  image: MetadataImage,
  settings: Pick<ControlSettings, "topicDefaults">,
  request: { brokerId: NodeId; brokerEpoch: number; partitions: readonly IsrChangeRequest[] },
): Decision<AlterPartitionOutcome> {
  const { brokerId, brokerEpoch } = request;
  if (image.brokers.get(brokerId)?.epoch !== brokerEpoch) {
    return { records: [], reply: { errorCode: KafkaError.STALE_BROKER_EPOCH, partitions: [] } };
  }
  const records: MetadataRecord[] = [];
  // A request that names a partition twice sees its own first change.
  let state = image;
  const partitions = request.partitions.map((change): IsrChangeOutcome => {
    const { topicId, partition: id } = change;
    const refuse = (errorCode: KafkaErrorCode) => refused(change, errorCode);
    const topic = state.topicsById.get(topicId);
    if (topic === undefined) return refuse(KafkaError.UNKNOWN_TOPIC_ID);
    const partition = topic.partitions[id];
    if (partition === undefined) return refuse(KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    const errorCode = problemOf(state, brokerId, partition, change);
    if (errorCode !== KafkaError.NONE) return refuse(errorCode);
    const next = changePartition({
      topicId,
      partition,
      isAcceptableLeader: (nodeId) => mayLead(state, partition, nodeId),
      minIsr: configuredMinIsr(state, settings, topic.name),
      elrEnabled: elrEnabled(state),
      election: electionByConfig(state, settings, topic.name),
      targetIsr: change.newIsr.map((each) => each.brokerId),
      targetRecoveryState: change.leaderRecoveryState,
    });
    if (next !== undefined) {
      records.push(next);
      state = applyRecords(state, [next], { offset: state.offset, epoch: state.epoch }).image;
    }
    const is = state.partition(topicId, id) ?? partition;
    // The change ended a reassignment that takes the leader away: it is done, and still the leader must look anew.
    if (is.leader !== brokerId) return refuse(KafkaError.NEW_LEADER_ELECTED);
    return outcome(topicId, is);
  });
  return { records, reply: { errorCode: KafkaError.NONE, partitions } };
}

function problemOf(
  image: MetadataImage,
  brokerId: NodeId,
  partition: PartitionImage,
  change: IsrChangeRequest,
): KafkaErrorCode {
  // The leader knows something newer: this controller is behind, the leader shall ask the active one.
  if (change.leaderEpoch > partition.leaderEpoch) return KafkaError.NOT_CONTROLLER;
  if (change.partitionEpoch > partition.partitionEpoch) return KafkaError.NOT_CONTROLLER;
  if (change.leaderEpoch < partition.leaderEpoch) return KafkaError.FENCED_LEADER_EPOCH;
  if (brokerId !== partition.leader) return KafkaError.INVALID_REQUEST;
  if (change.partitionEpoch < partition.partitionEpoch) return KafkaError.INVALID_UPDATE_VERSION;
  const isr = change.newIsr.map((each) => each.brokerId);
  const sound = new Set(isr).size === isr.length && isr.every((each) => partition.replicas.includes(each));
  if (!sound || !isr.includes(partition.leader)) return KafkaError.INVALID_REQUEST;
  const recovering = change.leaderRecoveryState === LeaderRecoveryState.RECOVERING;
  if (recovering && isr.length > 1) return KafkaError.INVALID_REQUEST;
  if (recovering && partition.leaderRecoveryState === LeaderRecoveryState.RECOVERED) return KafkaError.INVALID_REQUEST;
  for (const member of change.newIsr) {
    const node = image.brokers.get(member.brokerId);
    if (node === undefined || !isActive(node)) return KafkaError.INELIGIBLE_REPLICA;
    // Its leader may not know yet that the disk failed beneath it (KIP-858).
    if (!hasOnlineDirectory(image, partition, member.brokerId)) return KafkaError.INELIGIBLE_REPLICA;
    if (member.brokerEpoch !== -1 && member.brokerEpoch !== node.epoch) return KafkaError.INELIGIBLE_REPLICA;
  }
  return KafkaError.NONE;
}

function outcome(topicId: Uuid, partition: PartitionImage): IsrChangeOutcome {
  return {
    topicId,
    partition: partition.partition,
    errorCode: KafkaError.NONE,
    leaderId: partition.leader,
    leaderEpoch: partition.leaderEpoch,
    isr: partition.isr,
    leaderRecoveryState: partition.leaderRecoveryState,
    partitionEpoch: partition.partitionEpoch,
  };
}

function refused(change: IsrChangeRequest, errorCode: KafkaErrorCode): IsrChangeOutcome {
  const { topicId, partition } = change;
  return {
    topicId,
    partition,
    errorCode,
    leaderId: -1,
    leaderEpoch: -1,
    isr: [],
    leaderRecoveryState: 0,
    partitionEpoch: -1,
  };
}
