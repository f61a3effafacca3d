import { KafkaError } from "@moldau/base";
import type { Admin } from "../api";
import { calls } from "../calls";
import { check, isClientError } from "../client-error";
import type { Cluster } from "../cluster";

const METADATA_TOPIC = "__cluster_metadata";

export function describeCluster(cluster: Cluster): ReturnType<Admin["describeCluster"]> {
  return cluster.retry(async () => {
    const answer = await cluster.metadata([]);
    return { clusterId: answer.clusterId ?? "", controllerId: answer.controllerId, nodes: cluster.nodes() };
  });
}

/** Finalized features; none where the cluster is older than KIP-584. */
export function features(cluster: Cluster): ReturnType<Admin["features"]> {
  return cluster.retry(async () => {
    const connection = await cluster.anyConnection();
    const finalized = connection.apiVersions?.finalizedFeatures ?? [];
    return finalized.map(({ name, maxVersionLevel }) => ({ name, level: maxVersionLevel }));
  });
}

/** Undefined where the cluster has no such call: one with ZooKeeper, or one that does not offer it. */
export async function describeQuorum(cluster: Cluster): ReturnType<Admin["describeQuorum"]> {
  try {
    return await cluster.retry(async () => {
      const answer = await cluster.callAny(calls.describeQuorum, {
        topics: [{ topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0 }] }],
      });
      check("the quorum", answer.errorCode, answer.errorMessage);
      const partition = answer.topics[0]?.partitions[0];
      if (partition === undefined) return undefined;
      check("the quorum", partition.errorCode, partition.errorMessage);
      const { leaderId, leaderEpoch, highWatermark } = partition;
      const replicas = (
        list: readonly { replicaId: number; logEndOffset: number }[],
      ): { id: number; logEndOffset: number }[] =>
        list.map(({ replicaId, logEndOffset }) => ({ id: replicaId, logEndOffset }));
      return {
        leaderId,
        leaderEpoch,
        highWatermark,
        voters: replicas(partition.currentVoters),
        observers: replicas(partition.observers),
      };
    });
  } catch (error) {
    if (isClientError(error, KafkaError.UNSUPPORTED_VERSION)) return undefined;
    throw error;
  }
}
