import { KafkaError } from "@moldau/base";
import type { DescribeTopicPartitionsResponse } from "@moldau/protocol";
import type { TopicDescription } from "../api";
import { calls } from "../calls";
import { check, isClientError, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { describeTopics } from "./topics";

const PARTITIONS_MAX = 2000;

/** One answer holds so many partitions; a cursor tells where the next begins. Source: KIP-966. */
export async function describeTopicPartitions(
  cluster: Cluster,
  names: readonly string[],
  partitionsMax = PARTITIONS_MAX,
): Promise<TopicDescription[]> {
  if (names.length === 0) return [];
  try {
    return await cluster.retry(() => allPages(cluster, names, partitionsMax), {
      // A node that has not heard of a new topic yet is asked once more.
      again: (error, number) => error.retriable && (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < 1),
    });
  } catch (error) {
    if (isClientError(error, KafkaError.UNSUPPORTED_VERSION)) return describeTopics(cluster, names);
    throw error;
  }
}

async function allPages(
  cluster: Cluster,
  names: readonly string[],
  partitionsMax: number,
): Promise<TopicDescription[]> {
  const topics = new Map<string, TopicDescription>();
  // The cursor goes by the order of names.
  const sorted = [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
  let from: { topicName: string; partitionIndex: number } | null = null;
  do {
    const start: string = from?.topicName ?? "";
    const answer: DescribeTopicPartitionsResponse = await cluster.callAny(calls.describeTopicPartitions, {
      topics: sorted.filter((name) => name >= start).map((name) => ({ name })),
      responsePartitionLimit: partitionsMax,
      cursor: from,
    });
    for (const { name, topicId, isInternal, errorCode, partitions } of answer.topics) {
      check(`topic ${name}`, errorCode);
      if (name === null) continue;
      const topic = topics.get(name) ?? { name, topicId, internal: isInternal, partitions: [] };
      topics.set(name, topic);
      topic.partitions.push(
        ...partitions.map((partition) => ({
          partition: partition.partitionIndex,
          leader: partition.leaderId,
          leaderEpoch: partition.leaderEpoch,
          replicas: partition.replicaNodes,
          isr: partition.isrNodes,
          offline: partition.offlineReplicas,
          eligibleLeaderReplicas: partition.eligibleLeaderReplicas,
          lastKnownEligibleLeaderReplicas: partition.lastKnownElr,
        })),
      );
    }
    from = answer.nextCursor && {
      topicName: answer.nextCursor.topicName,
      partitionIndex: answer.nextCursor.partitionIndex,
    };
  } while (from !== null);
  return names.map((name) => {
    const topic = topics.get(name);
    if (topic === undefined) throw refused(`topic ${name}`, KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    return topic;
  });
}
