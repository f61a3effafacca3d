import type { Admin, TopicPartitionName } from "@moldau/client";
import { ToolUsageError } from "../tool-error";

/** `orders:0,2` names partitions. Throws for what is none. */
export function partitionsOf(scope: string): TopicPartitionName[] {
  const [topic, partitions, ...more] = scope.split(":");
  if (partitions === undefined || partitions === "" || more.length > 0) {
    throw new ToolUsageError(`Invalid topic arg '${scope}', expected topic name and partitions`);
  }
  return partitions.split(",").map((text) => {
    if (!/^[-+]?\d+$/.test(text)) {
      throw new ToolUsageError(`Invalid partition '${text}' specified in topic arg '${scope}''`);
    }
    return { topic: topic!, partition: Number(text) };
  });
}

/** Partitions that are named, and all of the topics that are. */
export async function partitionsInScope(admin: Admin, scopes: readonly string[]): Promise<TopicPartitionName[]> {
  const named = scopes.filter((scope) => scope.includes(":")).flatMap(partitionsOf);
  const topics = await admin.describeTopics(scopes.filter((scope) => !scope.includes(":")));
  return [
    ...named,
    ...topics.flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition }))),
  ];
}

export function byTopicAndPartition(a: TopicPartitionName, b: TopicPartitionName): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;
}
