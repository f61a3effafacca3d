/**
 * OffsetCommit, versions 0–10. Topics and partitions that do not exist are answered here, the others by the group's shard.
 * v10 names topics by id (KIP-848).
 */
import { type KafkaErrorCode, ZERO_UUID } from "@moldau/base";
import { type OffsetCommitRequest, readOffsetCommitRequest, writeOffsetCommitResponse } from "@moldau/protocol";
import {
  type ApiHandler,
  callerOf,
  decode,
  encode,
  NONE,
  partitionExists,
  UNKNOWN_TOPIC_ID,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "./api";

type Topic = OffsetCommitRequest["topics"][number];

export const offsetCommit: ApiHandler = async (call, { shards, image }, signal) => {
  const body = decode(call, readOffsetCommitRequest);
  const now = image();
  const byId = call.apiVersion >= 10;
  const topics = body.topics.map((topic) => {
    const name = byId ? now.topicsById.get(topic.topicId)?.name : topic.name;
    const unknown = byId && name === undefined ? UNKNOWN_TOPIC_ID : UNKNOWN_TOPIC_OR_PARTITION;
    return { ...topic, name: name ?? topic.name, unknown };
  });
  const exists = (topic: Topic, partition: number): boolean => partitionExists(now, topic.name, partition);
  const known = topics
    .map((topic) => ({
      ...topic,
      partitions: topic.partitions.filter(({ partitionIndex }) => exists(topic, partitionIndex)),
    }))
    .filter(({ partitions }) => partitions.length > 0);

  let refused: KafkaErrorCode = NONE;
  const decided = new Map<string, number>();
  if (known.length > 0) {
    const ask = { caller: callerOf(call), body: { ...body, topics: known } };
    const answer = await shards.ask(body.groupId, "commitOffsets", ask, signal);
    if ("refused" in answer) refused = answer.refused;
    else {
      for (const topic of answer.reply.topics ?? []) {
        for (const { partitionIndex, errorCode } of topic.partitions ?? []) {
          decided.set(`${topic.name}:${partitionIndex}`, errorCode ?? NONE);
        }
      }
    }
  }
  return encode(call, writeOffsetCommitResponse, {
    topics: topics
      .filter(({ partitions }) => partitions.length > 0)
      .map((topic) => ({
        name: byId ? "" : topic.name,
        topicId: byId ? topic.topicId : ZERO_UUID,
        partitions: topic.partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: exists(topic, partitionIndex)
            ? (decided.get(`${topic.name}:${partitionIndex}`) ?? refused)
            : topic.unknown,
        })),
      })),
  });
};
