import type { FetchResponse } from "@moldau/protocol";
import type { Admin } from "../api";
import { calls } from "../calls";
import { check } from "../client-error";
import { ANSWER_SLACK_MS, type Cluster } from "../cluster";
import { FetchedRecords } from "../consumer/fetched-records";
import { groupBy } from "../group-by";
import { partitionName, type TopicPartition } from "../topic-partition";
import { byLeader } from "./list-offsets";

type Position = Parameters<Admin["recordTimestamps"]>[0][number];

/** Enough for most batches; a partition whose next batch is larger is asked for alone, and then gets it whole. */
const PARTITION_BYTES = 65_536;
const ANSWER_BYTES = 16 * 1024 * 1024;
const NO_SESSION_EPOCH = -1;

/** Fetches the batch at each offset, all leaders side by side, and reads the time of its first record from there on. */
export async function recordTimestamps(
  cluster: Cluster,
  positions: readonly Position[],
): ReturnType<Admin["recordTimestamps"]> {
  const times = new Map<string, number>();
  if (positions.length === 0) return times;
  await cluster.retry(async (number) => {
    const topics = [...new Set(positions.map(({ topic }) => topic))];
    if (number > 0 || topics.some((topic) => cluster.topic(topic) === undefined)) await cluster.metadata(topics);
    const left = positions.filter((at) => !times.has(partitionName(at)));
    await Promise.all(
      [...byLeader(cluster, left)].map(async ([nodeId, mine]) => {
        await fetchTimes(cluster, nodeId, mine, times);
        for (const one of mine) if (!times.has(partitionName(one))) await fetchTimes(cluster, nodeId, [one], times);
      }),
    );
  });
  return times;
}

async function fetchTimes(
  cluster: Cluster,
  nodeId: number,
  positions: readonly Position[],
  times: Map<string, number>,
): Promise<void> {
  const response = await cluster.call(
    nodeId,
    calls.fetch,
    {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: ANSWER_BYTES,
      isolationLevel: 0,
      sessionEpoch: NO_SESSION_EPOCH,
      topics: [...groupBy(positions, ({ topic }) => topic)].map(([topic, list]) => ({
        topic,
        topicId: cluster.topic(topic)?.topicId,
        partitions: list.map(({ partition, offset }) => ({
          partition,
          fetchOffset: offset,
          partitionMaxBytes: PARTITION_BYTES,
        })),
      })),
    },
    { lane: "fetch", timeoutMs: 2 * ANSWER_SLACK_MS },
  );
  check(`fetch from node ${nodeId}`, response.errorCode);
  for (const at of positions) {
    const bytes = recordsFor(cluster, response, at);
    if (bytes === undefined) continue;
    const record = new FetchedRecords({ ...at, bytes, fromOffset: at.offset }).read();
    if (record !== undefined) times.set(partitionName(at), record.timestampMs);
  }
}

/** Undefined where the partition has an error, which only costs what would be shown, or nothing to read. */
function recordsFor(cluster: Cluster, { responses }: FetchResponse, at: TopicPartition): Uint8Array | undefined {
  const topicId = cluster.topic(at.topic)?.topicId;
  const topic = responses.find(({ topic: name, topicId: id }) => (name === "" ? id === topicId : name === at.topic));
  const data = topic?.partitions.find(({ partitionIndex }) => partitionIndex === at.partition);
  return data === undefined || data.errorCode !== 0 ? undefined : (data.records ?? undefined);
}
