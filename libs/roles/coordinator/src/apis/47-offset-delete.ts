/** OffsetDelete, version 0 (KIP-496). Topics and partitions that do not exist are answered here. */
import { readOffsetDeleteRequest, writeOffsetDeleteResponse } from "@moldau/protocol";
import { type ApiHandler, decode, encode, NONE, partitionExists, UNKNOWN_TOPIC_OR_PARTITION } from "./api";

export const offsetDelete: ApiHandler = async (call, { shards, image }, signal) => {
  const body = decode(call, readOffsetDeleteRequest);
  const now = image();
  const known = body.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.filter(({ partitionIndex }) => partitionExists(now, name, partitionIndex)),
  }));
  const answer = await shards.ask(body.groupId, "deleteOffsets", { body: { ...body, topics: known } }, signal);
  if ("refused" in answer) return encode(call, writeOffsetDeleteResponse, { errorCode: answer.refused });
  const { errorCode = NONE, topics = [] } = answer.reply;
  if (errorCode !== NONE) return encode(call, writeOffsetDeleteResponse, { errorCode });
  return encode(call, writeOffsetDeleteResponse, {
    errorCode,
    topics: body.topics.map(({ name, partitions }, i) => ({
      name,
      partitions: [
        ...(topics[i]?.partitions ?? []),
        ...partitions
          .filter(({ partitionIndex }) => !partitionExists(now, name, partitionIndex))
          .map(({ partitionIndex }) => ({ partitionIndex, errorCode: UNKNOWN_TOPIC_OR_PARTITION })),
      ],
    })),
  });
};
