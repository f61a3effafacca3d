import { KafkaError } from "@moldau/base";
import type { Admin, Reassignment } from "../api";
import { calls } from "../calls";
import { check, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { onController } from "./on-controller";

/** One request for all; an error of the whole is thrown, one of a partition is told beside it. Source: KIP-455. */
export async function reassignPartitions(
  cluster: Cluster,
  changes: Parameters<Admin["reassignPartitions"]>[0],
): ReturnType<Admin["reassignPartitions"]> {
  const answered = new Map<string, { errorCode: number; errorMessage: string | null }>();
  await onController(cluster, async (ask) => {
    const answer = await ask(calls.alterPartitionReassignments, {
      timeoutMs: cluster.timeoutMs,
      topics: [...groupBy(changes, ({ topic }) => topic)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition: partitionIndex, replicas }) => ({
          partitionIndex,
          replicas: replicas === null ? null : [...replicas],
        })),
      })),
    });
    check("reassign partitions", answer.errorCode, answer.errorMessage);
    for (const { name, partitions } of answer.responses) {
      for (const { partitionIndex, ...error } of partitions) answered.set(`${name}-${partitionIndex}`, error);
    }
  });
  return changes.map(({ topic, partition, replicas }) => {
    const name = `${topic}-${partition}`;
    const { errorCode, errorMessage } = answered.get(name) ?? {
      errorCode: KafkaError.UNKNOWN_SERVER_ERROR,
      errorMessage: "the cluster did not answer for it",
    };
    const what = replicas === null ? `cancel the reassignment of ${name}` : `reassign ${name} to ${replicas.join(",")}`;
    return { topic, partition, error: errorCode === 0 ? null : refused(what, errorCode, errorMessage) };
  });
}

/** Those of all topics. Source: KIP-455. */
export async function listReassignments(cluster: Cluster): Promise<Reassignment[]> {
  let ongoing: Reassignment[] = [];
  await onController(cluster, async (ask) => {
    const answer = await ask(calls.listPartitionReassignments, { timeoutMs: cluster.timeoutMs, topics: null });
    check("the reassignments under way", answer.errorCode, answer.errorMessage);
    ongoing = answer.topics.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
        topic,
        partition: partitionIndex,
        replicas,
        adding: addingReplicas,
        removing: removingReplicas,
      })),
    );
  });
  return ongoing;
}
