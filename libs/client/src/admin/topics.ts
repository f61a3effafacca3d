import { KafkaError } from "@moldau/base";
import type { Admin, TopicDescription } from "../api";
import { calls } from "../calls";
import { check, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { onController } from "./on-controller";

export function listTopics(cluster: Cluster): ReturnType<Admin["listTopics"]> {
  return cluster.retry(async () => {
    const { topics } = await cluster.metadata(null);
    return topics
      .flatMap(({ name, isInternal, partitions }) =>
        name === null ? [] : [{ name, internal: isInternal, partitions: partitions.length }],
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/**
 * A topic that is missing is asked for once more, since a node may not have heard of a new one yet; then it is an error.
 */
export function describeTopics(cluster: Cluster, names?: readonly string[]): Promise<TopicDescription[]> {
  return cluster.retry(
    async () => {
      const { topics } = await cluster.metadata(names ?? null);
      const described: TopicDescription[] = [];
      for (const { name, errorCode } of topics) {
        if (name === null) continue;
        // Among all topics one that is being made or deleted is left out; a named one is waited for.
        if (names !== undefined) check(`topic ${name}`, errorCode);
        const topic = cluster.topic(name);
        if (topic !== undefined) described.push(topic);
      }
      if (names === undefined) return described.sort((a, b) => (a.name < b.name ? -1 : 1));
      return names.map((name) => {
        const found = described.find((topic) => topic.name === name);
        if (found === undefined) throw refused(`topic ${name}`, KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
        return found;
      });
    },
    {
      again: (error, number) => error.retriable && (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < 1),
    },
  );
}

export async function createTopic(cluster: Cluster, topic: Parameters<Admin["createTopic"]>[0]): Promise<void> {
  const { name, assignments = [], configs = {} } = topic;
  const assigned = assignments.length > 0;
  const answer = (results: { name: string; errorCode: number; errorMessage: string | null }[]): void => {
    const result = results.find((candidate) => candidate.name === name);
    check(`create topic ${name}`, result?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR, result?.errorMessage);
  };
  await onController(cluster, async (ask) => {
    const { topics } = await ask(calls.createTopics, (version) => ({
      topics: [
        {
          name,
          // "The cluster's default" can be said from version 4 on (KIP-464); before, one of each.
          numPartitions: assigned ? -1 : (topic.partitions ?? (version >= 4 ? -1 : 1)),
          replicationFactor: assigned ? -1 : (topic.replicationFactor ?? (version >= 4 ? -1 : 1)),
          assignments: assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        },
      ],
      timeoutMs: cluster.timeoutMs,
      validateOnly: topic.validateOnly ?? false,
    }));
    answer(topics);
  });
}

export async function deleteTopic(cluster: Cluster, name: string): Promise<void> {
  await onController(cluster, async (ask) => {
    const { responses } = await ask(calls.deleteTopics, (version) => ({
      ...(version >= 6 ? { topics: [{ name }] } : { topicNames: [name] }),
      timeoutMs: cluster.timeoutMs,
    }));
    check(
      `delete topic ${name}`,
      responses[0]?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR,
      responses[0]?.errorMessage,
    );
  });
}

export async function createPartitions(
  cluster: Cluster,
  topic: string,
  count: number,
  { assignments, validateOnly = false }: NonNullable<Parameters<Admin["createPartitions"]>[2]> = {},
): Promise<void> {
  await onController(cluster, async (ask) => {
    const { results } = await ask(calls.createPartitions, {
      topics: [
        { name: topic, count, assignments: assignments?.map((brokerIds) => ({ brokerIds: [...brokerIds] })) ?? null },
      ],
      timeoutMs: cluster.timeoutMs,
      validateOnly,
    });
    const what = `more partitions for topic ${topic}`;
    check(what, results[0]?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR, results[0]?.errorMessage);
  });
}
