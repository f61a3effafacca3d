import { KafkaError, type NodeId, type Random, topicNameProblem, type Uuid, ZERO_UUID } from "@moldau/base";
import { ConfigResourceType, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type {
  CreateTopicsRequest,
  CreateTopicsRequestCreatableTopic,
  CreateTopicsRequestCreatableReplicaAssignment,
} from "@moldau/protocol";
import { checkAssignment } from "./assignments";
import {
  type AdmitPartitions,
  type ApiError,
  apiError,
  type Decision,
  noError,
  quotaExceeded,
  RECORDS_PER_REQUEST_MAX,
} from "./decision";
import { isActiveBroker, onlyDirectory } from "./leadership";
import { placeReplicas } from "./placement";
import type { ControlSettings, NewUuid } from "./settings";
import { collisionsIn } from "./topic-collisions";

/** The name of the metadata log, which is no topic. */
const CLUSTER_METADATA_TOPIC = "__cluster_metadata";

export interface CreatedTopic extends ApiError {
  readonly name: string;
  /** The zero UUID where the topic was not created. */
  readonly topicId: Uuid;
  /** -1 where the topic was not created. */
  readonly numPartitions: number;
  readonly replicationFactor: number;
  /** The dynamic configuration asked for; null where the topic was not created. */
  readonly configs: ReadonlyMap<string, string> | null;
}

export interface CreateTopicsContext {
  readonly image: MetadataImage;
  readonly settings: ControlSettings;
  readonly random: Random;
  readonly newUuid: NewUuid;
  readonly admit: AdmitPartitions;
}

/** Creates what can be created; one bad topic does not keep the others from it. Source: CreateTopics 0–7, KIP-464, KIP-525. */
export function createTopics(context: CreateTopicsContext, request: CreateTopicsRequest): Decision<CreatedTopic[]> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of request.topics) (seen.has(name) ? twice : seen).add(name);

  const collision = collisionsIn(context.image);
  const records: MetadataRecord[] = [];
  const reply: CreatedTopic[] = [];
  for (const name of seen) {
    if (twice.has(name)) {
      reply.push(refused(name, apiError(KafkaError.INVALID_REQUEST, "Duplicate topic name.")));
      continue;
    }
    const topic = request.topics.find((each) => each.name === name);
    if (topic === undefined) continue;
    const outcome = createTopic(context, topic, collision);
    if ("error" in outcome) {
      reply.push(refused(name, outcome.error));
    } else if (records.length + outcome.records.length > RECORDS_PER_REQUEST_MAX) {
      const message = `Excessively large number of partitions per request: at most ${RECORDS_PER_REQUEST_MAX} records.`;
      reply.push(refused(name, apiError(KafkaError.POLICY_VIOLATION, message)));
    } else {
      records.push(...outcome.records);
      // With validateOnly Kafka tells no id: there is no topic that could have it.
      reply.push({ ...outcome.topic, topicId: request.validateOnly ? ZERO_UUID : outcome.topic.topicId });
    }
  }
  return { records: request.validateOnly ? [] : records, reply };
}

function refused(name: string, error: ApiError): CreatedTopic {
  return { name, ...error, topicId: ZERO_UUID, numPartitions: -1, replicationFactor: -1, configs: null };
}

type Outcome = { error: ApiError } | { topic: CreatedTopic; records: MetadataRecord[] };

function createTopic(
  context: CreateTopicsContext,
  request: CreateTopicsRequestCreatableTopic,
  collision: (name: string) => string | undefined,
): Outcome {
  const { image, settings } = context;
  const { name } = request;
  const nameProblem = topicNameProblem(name);
  if (nameProblem !== undefined) return { error: apiError(KafkaError.INVALID_TOPIC_EXCEPTION, nameProblem) };
  if (name === CLUSTER_METADATA_TOPIC) {
    const message = `Creation of internal topic ${name} is prohibited.`;
    return { error: apiError(KafkaError.INVALID_REQUEST, message) };
  }
  if (image.topicsByName.has(name)) {
    return { error: apiError(KafkaError.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`) };
  }
  const other = collision(name);
  if (other !== undefined) {
    const message = `Topic '${name}' collides with existing topic: ${other}`;
    return { error: apiError(KafkaError.INVALID_TOPIC_EXCEPTION, message) };
  }
  const configs = readConfigs(request);
  if ("error" in configs) return configs;
  const configProblem = settings.configRules.validate(ConfigResourceType.TOPIC, name, configs.values);
  if (configProblem !== undefined) return { error: configProblem };

  const placed = request.assignments.length > 0 ? placedByHand(image, request) : placedByUs(context, request);
  if ("error" in placed) return placed;

  const topicId = context.newUuid();
  const records: MetadataRecord[] = [record("TopicRecord", { name, topicId })];
  for (const [partitionId, replicas] of placed.assignments.entries()) {
    const isr = replicas.filter((each) => isActiveBroker(image, each));
    if (isr.length === 0) return { error: nobodyAlive(partitionId) };
    records.push(newPartition(image, topicId, partitionId, replicas, isr));
  }
  if (!context.admit(placed.assignments.length)) return { error: quotaExceeded };
  for (const [key, value] of configs.values) {
    records.push(
      record("ConfigRecord", { resourceType: ConfigResourceType.TOPIC, resourceName: name, name: key, value }),
    );
  }
  const topic: CreatedTopic = {
    name,
    ...noError,
    topicId,
    numPartitions: placed.assignments.length,
    replicationFactor: placed.assignments[0]?.length ?? -1,
    configs: configs.values,
  };
  return { topic, records };
}

/** The record of a partition that is born with these replicas. Its leader is the first replica that is alive. */
export function newPartition(
  image: MetadataImage,
  topicId: Uuid,
  partitionId: number,
  replicas: readonly NodeId[],
  isr: readonly NodeId[],
): MetadataRecord {
  return record("PartitionRecord", {
    partitionId,
    topicId,
    replicas,
    isr,
    removingReplicas: [],
    addingReplicas: [],
    leader: isr[0] ?? -1,
    leaderRecoveryState: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: replicas.map((nodeId) => onlyDirectory(image, nodeId)),
  });
}

function readConfigs(
  request: CreateTopicsRequestCreatableTopic,
): { values: ReadonlyMap<string, string> } | { error: ApiError } {
  const values = new Map<string, string>();
  for (const { name, value } of request.configs) {
    if (value === null) {
      const message = `Null value not supported for topic configs: ${name}`;
      return { error: apiError(KafkaError.INVALID_CONFIG, message) };
    }
    values.set(name, value);
  }
  return { values };
}

type Placed = { assignments: NodeId[][] } | { error: ApiError };

function placedByUs(context: CreateTopicsContext, request: CreateTopicsRequestCreatableTopic): Placed {
  const { settings, image, random } = context;
  if (request.replicationFactor < -1 || request.replicationFactor === 0) {
    const message = "Replication factor must be larger than 0, or -1 to use the default value.";
    return { error: apiError(KafkaError.INVALID_REPLICATION_FACTOR, message) };
  }
  if (request.numPartitions < -1 || request.numPartitions === 0) {
    const message = "Number of partitions was set to an invalid non-positive value.";
    return { error: apiError(KafkaError.INVALID_PARTITIONS, message) };
  }
  const partitions = request.numPartitions === -1 ? settings.defaultPartitions : request.numPartitions;
  const replicationFactor =
    request.replicationFactor === -1 ? settings.defaultReplicationFactor : request.replicationFactor;
  if (partitions > RECORDS_PER_REQUEST_MAX) {
    const message = `Excessively large number of partitions per request: ${partitions}, at most ${RECORDS_PER_REQUEST_MAX}.`;
    return { error: apiError(KafkaError.POLICY_VIOLATION, message) };
  }
  return placeReplicas(image, { partitions, replicationFactor }, random);
}

function placedByHand(image: MetadataImage, request: CreateTopicsRequestCreatableTopic): Placed {
  if (request.replicationFactor !== -1) {
    const message = "A manual partition assignment was specified, but replication factor was not set to -1.";
    return { error: apiError(KafkaError.INVALID_REQUEST, message) };
  }
  if (request.numPartitions !== -1) {
    const message = "A manual partition assignment was specified, but numPartitions was not set to -1.";
    return { error: apiError(KafkaError.INVALID_REQUEST, message) };
  }
  const invalid = (message: string) => ({ error: apiError(KafkaError.INVALID_REPLICA_ASSIGNMENT, message) });
  const byPartition = new Map<number, CreateTopicsRequestCreatableReplicaAssignment>();
  for (const each of request.assignments) {
    if (byPartition.has(each.partitionIndex)) {
      return invalid(`Found multiple manual partition assignments for partition ${each.partitionIndex}`);
    }
    byPartition.set(each.partitionIndex, each);
  }
  const assignments: NodeId[][] = [];
  for (let partition = 0; partition < byPartition.size; partition++) {
    const each = byPartition.get(partition);
    if (each === undefined) return invalid("partitions should be a consecutive 0-based integer sequence");
    const error = checkAssignment(image, each.brokerIds, assignments[0]?.length);
    if (error !== undefined) return { error };
    if (!each.brokerIds.some((id) => isActiveBroker(image, id))) {
      return invalid(
        `All brokers specified in the manual partition assignment for partition ${partition} are fenced or in controlled shutdown.`,
      );
    }
    assignments.push([...each.brokerIds]);
  }
  return { assignments };
}

function nobodyAlive(partition: number): ApiError {
  const message = `Unable to place partition ${partition}: all of its brokers are currently fenced or in controlled shutdown.`;
  return apiError(KafkaError.INVALID_REPLICATION_FACTOR, message);
}
