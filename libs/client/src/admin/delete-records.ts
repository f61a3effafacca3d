import type { Admin } from "../api";
import { calls } from "../calls";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { atLeaders, type Refusal } from "./at-leaders";

/** Each leader moves the log start of its partitions. Source: KIP-204. */
export function deleteRecords(
  cluster: Cluster,
  starts: Parameters<Admin["deleteRecords"]>[0],
): ReturnType<Admin["deleteRecords"]> {
  return atLeaders(cluster, starts, {
    what: "delete records of",
    failed: { lowWatermark: -1 },
    async ask(nodeId, mine) {
      const { topics } = await cluster.call(nodeId, calls.deleteRecords, {
        topics: [...groupBy(mine, ({ topic }) => topic)].map(([name, list]) => ({
          name,
          partitions: list.map(({ partition, beforeOffset }) => ({ partitionIndex: partition, offset: beforeOffset })),
        })),
        timeoutMs: cluster.timeoutMs,
      });
      return topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, lowWatermark, errorCode }): Refusal & { lowWatermark: number } => ({
          topic: name,
          partition: partitionIndex,
          errorCode,
          lowWatermark,
        })),
      );
    },
  });
}
