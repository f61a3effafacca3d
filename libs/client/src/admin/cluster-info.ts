import { KafkaError } from "@moldau/base";
import type { Admin, QuorumReplica } from "../api";
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
      const endpoints = new Map(answer.nodes.map(({ nodeId, listeners }) => [nodeId, listeners]));
      const replicas = (list: typeof partition.currentVoters): QuorumReplica[] =>
        list.map(({ replicaId, replicaDirectoryId, ...times }) => ({
          id: replicaId,
          directoryId: replicaDirectoryId,
          logEndOffset: times.logEndOffset,
          lastFetchTimestamp: times.lastFetchTimestamp,
          lastCaughtUpTimestamp: times.lastCaughtUpTimestamp,
          endpoints: (endpoints.get(replicaId) ?? []).map(({ name, host, port }) => ({ name, host, port })),
        }));
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

/** Asked again while the new voter has not caught up or another change is under way. Source: KIP-853. */
export async function addRaftVoter(
  cluster: Cluster,
  voter: Parameters<Admin["addRaftVoter"]>[0],
): ReturnType<Admin["addRaftVoter"]> {
  const { id, directoryId, endpoints } = voter;
  await cluster.retry(async () => {
    const answer = await cluster.callAny(calls.addRaftVoter, {
      clusterId: null,
      timeoutMs: cluster.timeoutMs,
      voterId: id,
      voterDirectoryId: directoryId,
      listeners: [...endpoints],
    });
    check(`add controller ${id} to the quorum`, answer.errorCode, answer.errorMessage);
  });
}

export async function removeRaftVoter(
  cluster: Cluster,
  voter: Parameters<Admin["removeRaftVoter"]>[0],
): ReturnType<Admin["removeRaftVoter"]> {
  const { id, directoryId } = voter;
  await cluster.retry(async () => {
    const answer = await cluster.callAny(calls.removeRaftVoter, {
      clusterId: null,
      voterId: id,
      voterDirectoryId: directoryId,
    });
    check(`remove controller ${id} from the quorum`, answer.errorCode, answer.errorMessage);
  });
}
