import type { Admin } from "@moldau/client";
import type { PlanBroker } from "../reassign-plan";
import type { SizedPartition } from "./rebalance-plan";

export interface ClusterLoad {
  partitions: SizedPartition[];
  /** Live nodes that store records; new ones hold nothing yet. */
  brokers: PlanBroker[];
}

/** Who holds what, and how large it is. A replica that is on its way elsewhere counts where it goes to. */
export async function readClusterLoad(admin: Admin): Promise<ClusterLoad> {
  const [cluster, topics, logDirs, under] = await Promise.all([
    admin.describeCluster(),
    admin.describeTopics(),
    admin.describeLogDirs(),
    admin.listReassignments(),
  ]);
  const bytes = new Map<string, number>();
  for (const { dirs } of logDirs) {
    for (const replica of dirs.flatMap(({ replicas }) => replicas)) {
      const name = `${replica.topic}-${replica.partition}`;
      bytes.set(name, Math.max(bytes.get(name) ?? 0, replica.bytes));
    }
  }
  const leaving = new Map(under.map(({ topic, partition, removing }) => [`${topic}-${partition}`, removing]));
  // A node that only coordinates, or only serves clients, has no log directory.
  const stores = new Set(logDirs.filter(({ dirs }) => dirs.length > 0).map(({ brokerId }) => brokerId));
  return {
    partitions: topics.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partition, replicas }) => {
        const name = `${topic}-${partition}`;
        return {
          topic,
          partition,
          replicas: replicas.filter((id) => !leaving.get(name)?.includes(id)),
          bytes: bytes.get(name) ?? 0,
        };
      }),
    ),
    brokers: cluster.nodes.filter(({ nodeId }) => stores.has(nodeId)).map(({ nodeId, rack }) => ({ nodeId, rack })),
  };
}
