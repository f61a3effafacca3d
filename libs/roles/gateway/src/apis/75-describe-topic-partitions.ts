/** DescribeTopicPartitions, version 0: topics in pages, with eligible leader replicas. KIP-966. */
import { KafkaError, topicNameProblem, ZERO_UUID } from "@moldau/base";
import { isInternalTopic } from "@moldau/metadata";
import { readDescribeTopicPartitionsRequest, writeDescribeTopicPartitionsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { topicOperations } from "../authorized-operations";
import type { Gateway } from "../gateway";

/** `max.request.partition.size.limit` of Kafka. */
const partitionLimitMax = 2000;

/** The cursor is where the last page ended: in one of the topics that are asked for, else INVALID_REQUEST for each. */
export function describeTopicPartitions(call: Call, gateway: Gateway): Answer {
  const request = decode(call, readDescribeTopicPartitionsRequest);
  const { image } = gateway;
  const doors = gateway.doorsFor(call.listener);
  const all = request.topics.length === 0;
  const names = [...new Set(all ? image.topicsByName.keys() : request.topics.map((topic) => topic.name))].sort();
  const start = request.cursor;
  if (start && (start.partitionIndex < 0 || (!all && !names.includes(start.topicName)))) {
    const topics = request.topics.map(({ name }) => ({ name, errorCode: KafkaError.INVALID_REQUEST }));
    return answer(call, writeDescribeTopicPartitionsResponse, { topics });
  }
  let room = Math.min(Math.max(1, request.responsePartitionLimit), partitionLimitMax);
  let nextCursor: { topicName: string; partitionIndex: number } | null = null;
  const topics = [];
  for (const name of names) {
    if (start && name < start.topicName) continue;
    const topic = image.topicsByName.get(name);
    if (!topic) {
      const errorCode =
        topicNameProblem(name) === undefined
          ? KafkaError.UNKNOWN_TOPIC_OR_PARTITION
          : KafkaError.INVALID_TOPIC_EXCEPTION;
      topics.push({
        errorCode,
        name,
        topicId: ZERO_UUID,
        isInternal: false,
        partitions: [],
        topicAuthorizedOperations: topicOperations,
      });
      continue;
    }
    const first = start?.topicName === name ? start.partitionIndex : 0;
    if (room === 0) {
      nextCursor = { topicName: name, partitionIndex: first };
      break;
    }
    const shown = topic.partitions.slice(first, first + room);
    room -= shown.length;
    topics.push({
      errorCode: 0,
      name,
      topicId: topic.id,
      isInternal: isInternalTopic(name),
      partitions: shown.map((partition, i) => ({
        errorCode: partition.leader < 0 ? KafkaError.LEADER_NOT_AVAILABLE : 0,
        partitionIndex: first + i,
        leaderId: partition.leader,
        leaderEpoch: partition.leaderEpoch,
        replicaNodes: [...partition.replicas],
        isrNodes: [...partition.isr],
        eligibleLeaderReplicas: [...partition.elr],
        lastKnownElr: [...partition.lastKnownElr],
        offlineReplicas: partition.replicas.filter((id) => doors.of(id) === undefined),
      })),
      topicAuthorizedOperations: topicOperations,
    });
    if (first + shown.length < topic.partitions.length) {
      nextCursor = { topicName: name, partitionIndex: first + shown.length };
      break;
    }
  }
  return answer(call, writeDescribeTopicPartitionsResponse, { throttleTimeMs: 0, topics, nextCursor });
}
