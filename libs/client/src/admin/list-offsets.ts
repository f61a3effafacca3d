import { KafkaError } from "@moldau/base";
import type { Draft, ListOffsetsRequest } from "@moldau/protocol";
import { type RequestFor, calls } from "../calls";
import { check, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName, type TopicPartition } from "../topic-partition";

/** Where a partition's log stands for a time: the first record at or after it. */
export interface FoundOffset {
  offset: number;
  leaderEpoch: number;
}

const LATEST = -1;
const EARLIEST = -2;

/**
 * Offsets by `topic-partition`. For a time after the last record, Kafka finds nothing, and the offset is -1.
 * Asks every leader once, all at a time; partitions that failed for a passing reason are asked again.
 */
export async function listOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  timestamp: number | "earliest" | "latest",
  { isolation = "read_uncommitted" }: { isolation?: "read_uncommitted" | "read_committed" } = {},
): Promise<Map<string, number>> {
  const found = await findOffsets(cluster, partitions, timestamp, isolation === "read_committed" ? 1 : 0);
  return new Map([...found].map(([name, { offset }]) => [name, offset]));
}

export async function findOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  timestamp: number | "earliest" | "latest",
  isolationLevel = 0,
): Promise<Map<string, FoundOffset>> {
  const found = new Map<string, FoundOffset>();
  const time = timestamp === "latest" ? LATEST : timestamp === "earliest" ? EARLIEST : timestamp;
  await cluster.retry(
    async (number) => {
      const left = partitions.filter((at) => !found.has(partitionName(at)));
      if (left.length === 0) return;
      const topics = [...new Set(left.map(({ topic }) => topic))];
      if (number > 0 || topics.some((topic) => cluster.topic(topic) === undefined)) await cluster.metadata(topics);
      const outcomes = await Promise.allSettled(
        [...byLeader(cluster, left)].map(async ([nodeId, mine]) => {
          const answer = await cluster.call(nodeId, calls.listOffsets, requestFor(cluster, mine, time, isolationLevel));
          for (const { name, partitions: answers } of answer.topics) {
            for (const { partitionIndex, errorCode, offset, leaderEpoch, oldStyleOffsets } of answers) {
              const at = { topic: name, partition: partitionIndex };
              check(`offsets of ${partitionName(at)}`, errorCode);
              found.set(partitionName(at), { offset: oldStyleOffsets[0] ?? offset, leaderEpoch });
            }
          }
        }),
      );
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    },
    {
      again: (error, number) => error.retriable && (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < 3),
    },
  );
  return found;
}

/** Partitions by the node that leads them, as known; throws for one that nobody knows, or nobody leads. */
export function byLeader<T extends TopicPartition>(cluster: Cluster, partitions: readonly T[]): Map<number, T[]> {
  return groupBy(partitions, (at) => {
    const info = cluster.topic(at.topic)?.partitions[at.partition];
    if (info === undefined) throw refused(partitionName(at), KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    if (info.leader < 0) throw refused(partitionName(at), KafkaError.LEADER_NOT_AVAILABLE);
    return info.leader;
  });
}

function requestFor(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  timestamp: number,
  isolationLevel: number,
): RequestFor<Draft<ListOffsetsRequest>> {
  const topics = groupBy(partitions, ({ topic }) => topic);
  return (version) => ({
    replicaId: -1,
    isolationLevel: version >= 2 ? isolationLevel : 0,
    topics: [...topics].map(([name, list]) => ({
      name,
      partitions: list.map(({ partition }) => ({ partitionIndex: partition, currentLeaderEpoch: -1, timestamp })),
    })),
    timeoutMs: cluster.timeoutMs,
  });
}
