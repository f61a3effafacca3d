import { KafkaError, type NodeId } from "@moldau/base";
import {
  LeaderRecoveryState,
  type MetadataImage,
  type MetadataRecord,
  type PartitionImage,
  type TopicImage,
} from "@moldau/metadata";
import type { AlterPartitionReassignmentsRequest, ListPartitionReassignmentsRequest } from "@moldau/protocol";
import { checkAssignment } from "./assignments";
import { type ApiError, apiError, type Decision, noError, RECORDS_PER_REQUEST_MAX } from "./decision";
import { electionByConfig, mayLead, onlyDirectory } from "./leadership";
import { changePartition, isReassigning, type PartitionChange } from "./partition-change";
import { configuredMinIsr, type ControlSettings, elrEnabled, uncleanElectionEnabled } from "./settings";

type ReassignmentSettings = Pick<ControlSettings, "topicDefaults">;

export interface ReassignedPartition extends ApiError {
  readonly partitionIndex: number;
}

export interface Reassignments extends ApiError {
  readonly responses: readonly { name: string; partitions: readonly ReassignedPartition[] }[];
}

/**
 * Begins, replaces and cancels reassignments, each partition for itself. A reassignment goes through:
 * - begun: the replicas are those wished for and behind them those to go; `adding` and `removing` say which;
 * - completed, by whatever change brings all that stay into the ISR: `removing` leave replicas and ISR, and a leader
 *   among them hands over. Nothing to wait for (fewer replicas, another order): completed by the same record;
 * - replaced: as begun, from where it stands. What an earlier reassignment was adding stays marked so until the end;
 * - cancelled (null): `adding` leave replicas and ISR. Where the ISR had nobody else, one of those that stay has to lead
 *   without being in sync, so the topic must allow unclean elections.
 * Source: AlterPartitionReassignments 0–1, KIP-455, KIP-860; Kafka's ReplicationControlManager, rule 25.
 */
export function alterPartitionReassignments(
  image: MetadataImage,
  settings: ReassignmentSettings,
  request: AlterPartitionReassignmentsRequest,
): Decision<Reassignments> {
  const records: MetadataRecord[] = [];
  const seen = new Set<string>();
  const responses = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, replicas }): ReassignedPartition => {
      const answer = (error: ApiError) => ({ partitionIndex, ...error });
      const key = `${partitionIndex}:${name}`;
      if (seen.has(key)) return answer(apiError(KafkaError.INVALID_REQUEST, "Duplicate partition."));
      seen.add(key);
      const topic = image.topicsByName.get(name);
      if (topic === undefined) {
        return answer(apiError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, `Unable to find a topic named ${name}.`));
      }
      const partition = topic.partitions[partitionIndex];
      if (partition === undefined) {
        const message = `Unable to find partition ${name}:${partitionIndex}.`;
        return answer(apiError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, message));
      }
      if (records.length >= RECORDS_PER_REQUEST_MAX) {
        const message = `Excessively large number of partitions per request: at most ${RECORDS_PER_REQUEST_MAX}.`;
        return answer(apiError(KafkaError.POLICY_VIOLATION, message));
      }
      const wish =
        replicas === null
          ? cancelled(image, settings, topic, partition)
          : reassigned(image, partition, replicas, request.allowReplicationFactorChange);
      if ("errorCode" in wish) return answer(wish);
      const change = changePartition({
        topicId: topic.id,
        partition,
        isAcceptableLeader: (nodeId) => mayLead(image, partition, nodeId),
        minIsr: configuredMinIsr(image, settings, name),
        elrEnabled: elrEnabled(image),
        directoryOf: (nodeId) => onlyDirectory(image, nodeId),
        ...wish,
      });
      if (change !== undefined) records.push(change);
      return answer(noError);
    }),
  }));
  return { records, reply: { ...noError, responses } };
}

type Wish = Partial<PartitionChange>;

function reassigned(
  image: MetadataImage,
  partition: PartitionImage,
  targets: readonly NodeId[],
  allowReplicationFactorChange: boolean,
): Wish | ApiError {
  const invalid = checkAssignment(image, targets, undefined);
  if (invalid !== undefined) return invalid;
  const { replicas, adding, removing } = partition;
  // The one that the partition is headed for, where a reassignment is under way.
  const factor = replicas.length - removing.length;
  if (!allowReplicationFactorChange && targets.length !== factor) {
    const message = `The replication factor is changed from ${factor} to ${targets.length}`;
    return apiError(KafkaError.INVALID_REPLICATION_FACTOR, message);
  }
  const targetRemoving = replicas.filter((each) => !targets.includes(each)).sort(byId);
  const added = targets.filter((each) => !replicas.includes(each));
  return {
    targetReplicas: [...targets, ...targetRemoving],
    targetRemoving,
    targetAdding: [...adding, ...added].sort(byId),
  };
}

function byId(a: NodeId, b: NodeId): number {
  return a - b;
}

function cancelled(
  image: MetadataImage,
  settings: ReassignmentSettings,
  topic: TopicImage,
  partition: PartitionImage,
): Wish | ApiError {
  if (!isReassigning(partition)) {
    return apiError(KafkaError.NO_REASSIGNMENT_IN_PROGRESS, "No partition reassignment is in progress.");
  }
  const stays = (nodeId: NodeId) => !partition.adding.includes(nodeId);
  const targetReplicas = partition.replicas.filter(stays);
  const targetIsr = partition.isr.filter(stays);
  const wish: Wish = {
    targetReplicas,
    targetAdding: [],
    targetRemoving: [],
    election: electionByConfig(image, settings, topic.name),
  };
  const [first] = targetReplicas;
  // An ISR that is empty already lost nothing by this; who may lead then, the ELR says.
  if (targetIsr.length > 0 || partition.isr.length === 0 || first === undefined) return { ...wish, targetIsr };
  if (!uncleanElectionEnabled(image, settings, topic.name)) {
    const message = `Unable to revert partition assignment for ${topic.name}:${partition.partition} because it would require an unclean leader election.`;
    return apiError(KafkaError.INVALID_REPLICA_ASSIGNMENT, message);
  }
  return { ...wish, targetIsr: [first], targetRecoveryState: LeaderRecoveryState.RECOVERING };
}

export interface OngoingTopic {
  readonly name: string;
  readonly partitions: readonly {
    partitionIndex: number;
    replicas: readonly NodeId[];
    addingReplicas: readonly NodeId[];
    removingReplicas: readonly NodeId[];
  }[];
}

/** The reassignments that are under way, of the partitions asked for or (null) of all. Source: ListPartitionReassignments 0, KIP-455. */
export function listPartitionReassignments(
  image: MetadataImage,
  request: Pick<ListPartitionReassignmentsRequest, "topics">,
): OngoingTopic[] {
  const ongoing = (topic: TopicImage | undefined, indexes: Iterable<number>): OngoingTopic[] => {
    if (topic === undefined) return [];
    const partitions = [...new Set(indexes)].flatMap((partitionIndex) => {
      const partition = topic.partitions[partitionIndex];
      if (partition === undefined || !isReassigning(partition)) return [];
      const { replicas, adding: addingReplicas, removing: removingReplicas } = partition;
      return [{ partitionIndex, replicas, addingReplicas, removingReplicas }];
    });
    return partitions.length === 0 ? [] : [{ name: topic.name, partitions }];
  };
  if (request.topics === null) {
    return [...image.topicsById.values()].flatMap((topic) => ongoing(topic, topic.partitions.keys()));
  }
  return request.topics.flatMap(({ name, partitionIndexes }) =>
    ongoing(image.topicsByName.get(name), partitionIndexes),
  );
}
