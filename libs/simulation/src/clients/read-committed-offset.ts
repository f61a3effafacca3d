import { KafkaError } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { ApiKey, readOffsetFetchResponse, writeOffsetFetchRequest } from "@moldau/protocol";
import { askCoordinator } from "./ask-coordinator";
import { type Client, nameOf, type TopicPartition } from "./client";

const api = {
  key: ApiKey.OffsetFetch,
  version: 8,
  write: writeOffsetFetchRequest,
  read: readOffsetFetchResponse,
};

/**
 * Reads what a group has committed, and records what it saw; -1 for nothing, undefined where no answer came, or where a
 * transaction whose end is on its way may change it (KIP-447).
 */
export async function readCommittedOffset(
  client: Client,
  groupId: string,
  partition: TopicPartition,
): Promise<number | undefined> {
  const { record, time } = client.options;
  const invokeMs = time.nowMs;
  const topics = [{ name: partition.topic, partitionIndexes: [partition.partition] }];
  const request = { groups: [{ groupId, topics }], requireStable: true };
  const reply = await askCoordinator(client, { shardTopic: GROUP_METADATA_TOPIC, id: groupId }, api, request);
  const group = reply?.groups[0];
  const found = group?.topics[0]?.partitions[0];
  if (group?.errorCode !== KafkaError.NONE || found?.errorCode !== KafkaError.NONE) return undefined;
  record({
    type: "committed-read",
    process: client.name,
    group: groupId,
    partition: nameOf(partition),
    offset: found.committedOffset,
    invokeMs,
    endMs: time.nowMs,
  });
  return found.committedOffset;
}
