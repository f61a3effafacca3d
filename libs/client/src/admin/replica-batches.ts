import { batchesOf, lastOffset } from "@moldau/record-batch";
import type { Admin } from "../api";
import { calls } from "../calls";
import { check, refused } from "../client-error";
import { ANSWER_SLACK_MS, type Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName } from "../topic-partition";

/** Who looks at replicas to compare them: each node answers from its own log, up to the high watermark that it knows. */
const DEBUGGING_CONSUMER_ID = -2;
const REPLICA_STATE_VERSION = 15;
const ANSWER_BYTES = 0x7fff_ffff;
const NO_SESSION_EPOCH = -1;

/** One fetch from one node, leader or not; one attempt. Source: `FetchRequest.DEBUGGING_CONSUMER_ID`. */
export async function replicaBatches(
  cluster: Cluster,
  nodeId: number,
  positions: Parameters<Admin["replicaBatches"]>[1],
  { partitionBytesMax, maxWaitMs }: Parameters<Admin["replicaBatches"]>[2],
): ReturnType<Admin["replicaBatches"]> {
  const topics = [...groupBy(positions, ({ topic }) => topic)];
  const unknown = topics.map(([topic]) => topic).filter((topic) => cluster.topic(topic) === undefined);
  if (unknown.length > 0) await cluster.metadata(unknown);
  const response = await cluster.call(
    nodeId,
    calls.fetch,
    (version) => ({
      ...(version >= REPLICA_STATE_VERSION
        ? { replicaState: { replicaId: DEBUGGING_CONSUMER_ID, replicaEpoch: -1 } }
        : { replicaId: DEBUGGING_CONSUMER_ID }),
      maxWaitMs,
      minBytes: 1,
      maxBytes: ANSWER_BYTES,
      isolationLevel: 0,
      sessionEpoch: NO_SESSION_EPOCH,
      topics: topics.map(([topic, list]) => ({
        topic,
        topicId: cluster.topic(topic)?.topicId,
        partitions: list.map(({ partition, offset }) => ({
          partition,
          fetchOffset: offset,
          partitionMaxBytes: partitionBytesMax,
        })),
      })),
    }),
    { lane: "fetch", timeoutMs: maxWaitMs + 2 * ANSWER_SLACK_MS },
  );
  check(`fetch from node ${nodeId}`, response.errorCode);
  const names = new Map(topics.map(([topic]) => [cluster.topic(topic)?.topicId, topic]));
  return response.responses.flatMap(({ topic, topicId, partitions }) => {
    const name = topic === "" ? (names.get(topicId) ?? topicId) : topic;
    return partitions.map(({ partitionIndex, errorCode, highWatermark, records }) => {
      const at = { topic: name, partition: partitionIndex };
      return {
        ...at,
        error: errorCode === 0 ? null : refused(`fetch ${partitionName(at)} from node ${nodeId}`, errorCode),
        highWatermark,
        batches: [...batchesOf(records ?? new Uint8Array())].map(({ header }) => ({
          lastOffset: lastOffset(header),
          checksum: header.crc,
        })),
      };
    });
  });
}
