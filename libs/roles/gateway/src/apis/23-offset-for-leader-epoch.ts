/**
 * OffsetForLeaderEpoch, versions 0–4: where a leader epoch ended, so that a consumer sees that its log was truncated.
 * KIPs: 101, 279, 320.
 */
import { readOffsetForLeaderEpochRequest, writeOffsetForLeaderEpochResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { perLeader } from "../per-leader";

const timeoutMs = 30_000;

export async function offsetForLeaderEpoch(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readOffsetForLeaderEpochRequest);
  const results = await perLeader(call, gateway, timeoutMs, {
    items: request.topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, ...partition }))),
    ask: async (broker, partitions, context) =>
      (await broker.epochEnds({ replicaId: -1, partitions }, context)).partitions,
    failed: ({ partition }, errorCode) => ({ topicId: "", partition, errorCode, leaderEpoch: -1, endOffset: -1 }),
  });
  let next = 0;
  return answer(call, writeOffsetForLeaderEpochResponse, {
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => {
        const { errorCode, leaderEpoch, endOffset } = results[next++]!;
        return { errorCode, partition, leaderEpoch, endOffset };
      }),
    })),
  });
}
