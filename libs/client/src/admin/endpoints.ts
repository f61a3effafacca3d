import type { Admin, NodeApiVersions } from "../api";
import { calls } from "../calls";
import { check, isClientError } from "../client-error";
import type { Cluster } from "../cluster";

/** DescribeCluster's kinds of nodes. */
const BROKERS = 1;
const CONTROLLERS = 2;
/** KIP-919 and KIP-1073. */
const ENDPOINT_TYPE_SINCE_VERSION = 1;
const FENCED_SINCE_VERSION = 2;

/** Asks any node, also a controller, which has no Metadata to tell. Source: KIP-700, KIP-919, KIP-1073. */
export function describeEndpoints(
  cluster: Cluster,
  { controllers = false, includeFenced = false }: NonNullable<Parameters<Admin["describeEndpoints"]>[0]> = {},
): ReturnType<Admin["describeEndpoints"]> {
  const min = includeFenced ? FENCED_SINCE_VERSION : controllers ? ENDPOINT_TYPE_SINCE_VERSION : 0;
  return cluster.retry(async () => {
    const answer = await cluster.callAny({ ...calls.describeCluster, min }, (version) => ({
      ...(version >= ENDPOINT_TYPE_SINCE_VERSION ? { endpointType: controllers ? CONTROLLERS : BROKERS } : {}),
      ...(version >= FENCED_SINCE_VERSION ? { includeFencedBrokers: includeFenced } : {}),
    }));
    check("the cluster", answer.errorCode, answer.errorMessage);
    return {
      clusterId: answer.clusterId,
      controllerId: answer.controllerId,
      nodes: answer.brokers
        .map(({ brokerId, host, port, rack, isFenced }) => ({ nodeId: brokerId, host, port, rack, fenced: isFenced }))
        .sort((a, b) => a.nodeId - b.nodeId),
    };
  });
}

/** Source: KIP-35. One node that is away hides nothing of the others. */
export function apiVersions(cluster: Cluster): Promise<NodeApiVersions[]> {
  return cluster.retry(async () => {
    await cluster.metadata([]);
    return Promise.all(
      cluster.nodes().map(async (node): Promise<NodeApiVersions> => {
        try {
          const answer = await cluster.call(node.nodeId, calls.apiVersions, {
            clientSoftwareName: "moldau-client",
            clientSoftwareVersion: "0.1.0",
          });
          check(`versions of node ${node.nodeId}`, answer.errorCode);
          const apis = answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => ({
            key: apiKey,
            min: minVersion,
            max: maxVersion,
          }));
          return { ...node, apis, error: null };
        } catch (error) {
          if (!isClientError(error)) throw error;
          return { ...node, apis: undefined, error };
        }
      }),
    );
  });
}

/** A broker that still runs is refused. Source: KIP-500's UnregisterBroker. */
export async function unregisterBroker(cluster: Cluster, brokerId: number): Promise<void> {
  await cluster.retry(async () => {
    const answer = await cluster.callAny(calls.unregisterBroker, { brokerId });
    check(`unregister broker ${brokerId}`, answer.errorCode, answer.errorMessage);
  });
}
