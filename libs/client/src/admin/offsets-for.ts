import type { Admin, OffsetSpec } from "../api";
import { calls } from "../calls";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { atLeaders } from "./at-leaders";

/** Source: org.apache.kafka.common.requests.ListOffsetsRequest. */
const specialTimes: Readonly<Record<OffsetSpec, number>> = {
  latest: -1,
  earliest: -2,
  "max-timestamp": -3,
  "earliest-local": -4,
  "latest-tiered": -5,
};
/** The first version that understands a special time: KIP-734, KIP-405, KIP-1005. */
const since: Readonly<Partial<Record<OffsetSpec, number>>> = {
  "max-timestamp": 7,
  "earliest-local": 8,
  "latest-tiered": 9,
};

/** Asks every leader; the version is the highest both speak, which all of the special times of a newer one need. */
export function offsetsFor(
  cluster: Cluster,
  queries: Parameters<Admin["offsetsFor"]>[0],
): ReturnType<Admin["offsetsFor"]> {
  const min = Math.max(
    0,
    ...queries.map(({ timestamp }) => (typeof timestamp === "string" ? (since[timestamp] ?? 0) : 0)),
  );
  return atLeaders(cluster, queries, {
    what: "offsets of",
    failed: { offset: -1, timestampMs: -1, leaderEpoch: -1 },
    async ask(nodeId, mine) {
      const answer = await cluster.call(nodeId, { ...calls.listOffsets, min }, (version) => ({
        replicaId: -1,
        isolationLevel: 0,
        topics: [...groupBy(mine, ({ topic }) => topic)].map(([name, list]) => ({
          name,
          partitions: list.map(({ partition, timestamp }) => ({
            partitionIndex: partition,
            currentLeaderEpoch: -1,
            timestamp: typeof timestamp === "string" ? specialTimes[timestamp] : timestamp,
            ...(version === 0 ? { maxNumOffsets: 1 } : {}),
          })),
        })),
        timeoutMs: cluster.timeoutMs,
      }));
      return answer.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, errorCode, offset, timestamp, leaderEpoch, oldStyleOffsets }) => ({
          topic: name,
          partition: partitionIndex,
          errorCode,
          offset: oldStyleOffsets[0] ?? offset,
          timestampMs: timestamp,
          leaderEpoch,
        })),
      );
    },
  });
}
