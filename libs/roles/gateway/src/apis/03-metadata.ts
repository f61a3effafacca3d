/**
 * Metadata, versions 0–13. Answered from the image; node ids are the true ones, addresses come from `advertise`.
 * Rule 33: a null list means all topics, an empty one none (v0: empty means all). A missing topic is created where the
 * client and `auto.create.topics.enable` allow it; the first answer says LEADER_NOT_AVAILABLE or
 * UNKNOWN_TOPIC_OR_PARTITION, the next one has it.
 * KIPs: 4, 430 (authorized operations), 516 (topic ids), 526, 1102 (rebootstrap).
 */
import { KafkaError, topicNameProblem, ZERO_UUID } from "@moldau/base";
import { GROUP_METADATA_TOPIC, isInternalTopic, type TopicImage } from "@moldau/metadata";
import { type MetadataRequest, readMetadataRequest, writeMetadataResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { createTopicOnce, ensureShardTopic } from "../internal-topics";
import { clusterOperations, noOperations, topicOperations } from "../authorized-operations";

const authorizedFrom = 8;
/** Topics can be asked for by id. The field is older: versions 10 and 11 carry it and refuse to serve it. */
const idsSince = 12;
const clusterAuthorizedUntil = 10;

type WantedTopic = NonNullable<MetadataRequest["topics"]>[number];

export async function metadata(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readMetadataRequest);
  const all = request.topics === null || (call.version === 0 && request.topics.length === 0);
  const mayCreate =
    gateway.config.boolean("auto.create.topics.enable") && (call.version < 4 || request.allowAutoTopicCreation);
  const byPartition = (topic: TopicImage) => describeTopic(gateway, topic, request.includeTopicAuthorizedOperations);

  const asked = request.topics ?? [];
  if (call.version < idsSince && asked.some(({ name, topicId }) => name === null || topicId !== ZERO_UUID)) {
    return answer(call, writeMetadataResponse, {
      controllerId: -1,
      topics: asked.map(({ name, topicId }) => missing(KafkaError.INVALID_REQUEST, name ?? "", topicId)),
    });
  }
  const topics = all
    ? [...gateway.image.topicsByName.values()].map(byPartition)
    : await Promise.all(
        eachOnce(asked).map(async (wanted) => {
          // Clients that know an id leave the name null, or empty.
          if (wanted.name === null || wanted.topicId !== ZERO_UUID) {
            const topic = gateway.image.topicsById.get(wanted.topicId);
            return topic ? byPartition(topic) : missing(KafkaError.UNKNOWN_TOPIC_ID, null, wanted.topicId);
          }
          const topic = gateway.image.topicsByName.get(wanted.name);
          if (topic) return byPartition(topic);
          if (topicNameProblem(wanted.name) !== undefined) {
            return missing(KafkaError.INVALID_TOPIC_EXCEPTION, wanted.name);
          }
          return missing(
            mayCreate ? await autoCreate(call, gateway, wanted.name) : KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
            wanted.name,
          );
        }),
      );

  const { image } = gateway;
  const doors = gateway.doorsFor(call.listener);
  return answer(call, writeMetadataResponse, {
    throttleTimeMs: 0,
    brokers: doors.all().map(({ nodeId, host, port, rack }) => ({ nodeId, host, port, rack })),
    clusterId: image.clusterId,
    controllerId: controllerDoor(gateway),
    topics,
    clusterAuthorizedOperations:
      call.version >= authorizedFrom &&
      call.version <= clusterAuthorizedUntil &&
      request.includeClusterAuthorizedOperations
        ? clusterOperations
        : noOperations,
  });
}

/** What is asked for twice is answered once; beside ids, names count for nothing. */
function eachOnce(asked: readonly WantedTopic[]): WantedTopic[] {
  const byId = asked.filter(({ topicId }) => topicId !== ZERO_UUID);
  const key = ({ name, topicId }: WantedTopic) => (topicId === ZERO_UUID ? `name ${name}` : topicId);
  return [...new Map((byId.length > 0 ? byId : asked).map((wanted) => [key(wanted), wanted])).values()];
}

/**
 * The node to which clients send what changes metadata. Any door will do, since gateways hand it to the active
 * controller; a broker is named, as in KRaft, where the controllers themselves are not for clients.
 */
export function controllerDoor(gateway: Gateway): number {
  const brokers = gateway.doors
    .all()
    .filter(({ nodeId }) => gateway.image.brokers.get(nodeId)?.roles.includes("broker"));
  return brokers[0]?.nodeId ?? -1;
}

function describeTopic(gateway: Gateway, topic: TopicImage, withOperations: boolean) {
  const live = gateway.doors;
  return {
    errorCode: 0,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    partitions: topic.partitions.map((partition, partitionIndex) => ({
      errorCode: partition.leader < 0 ? KafkaError.LEADER_NOT_AVAILABLE : 0,
      partitionIndex,
      leaderId: partition.leader,
      leaderEpoch: partition.leaderEpoch,
      replicaNodes: [...partition.replicas],
      isrNodes: [...partition.isr],
      offlineReplicas: partition.replicas.filter((id) => live.of(id) === undefined),
    })),
    topicAuthorizedOperations: withOperations ? topicOperations : noOperations,
  };
}

function missing(errorCode: number, name: string | null, topicId: string = ZERO_UUID) {
  return {
    errorCode,
    name,
    topicId,
    isInternal: name !== null && isInternalTopic(name),
    partitions: [],
    topicAuthorizedOperations: noOperations,
  };
}

async function autoCreate(call: Call, gateway: Gateway, name: string): Promise<number> {
  const errorCode = isInternalTopic(name)
    ? name === GROUP_METADATA_TOPIC
      ? await ensureShardTopic(gateway, name)
      : KafkaError.UNKNOWN_TOPIC_OR_PARTITION
    : await createTopicOnce(gateway, { name, numPartitions: -1, replicationFactor: -1, configs: [] }, call);
  switch (errorCode) {
    case KafkaError.NONE:
    case KafkaError.TOPIC_ALREADY_EXISTS:
      return KafkaError.LEADER_NOT_AVAILABLE;
    case KafkaError.INVALID_REPLICATION_FACTOR:
    case KafkaError.INVALID_TOPIC_EXCEPTION:
      return errorCode;
    default:
      return KafkaError.UNKNOWN_TOPIC_OR_PARTITION;
  }
}
