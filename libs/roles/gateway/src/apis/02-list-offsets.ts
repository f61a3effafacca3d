/**
 * ListOffsets, versions 0–11. Each partition's leader answers; v0 (many offsets) is answered with at most one.
 * KIPs: 79, 207 (OFFSET_NOT_AVAILABLE from v5), 734 (max timestamp, v7), 405 (v8), 1005 (v9).
 */
import { KafkaError } from "@moldau/base";
import { readListOffsetsRequest, writeListOffsetsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { perLeader } from "../per-leader";

const leaderEpochVersion = 4;
const offsetNotAvailableVersion = 5;
const defaultTimeoutMs = 30_000;

export async function listOffsets(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readListOffsetsRequest);
  const timeoutMs = request.timeoutMs > 0 ? request.timeoutMs : defaultTimeoutMs;
  const results = await perLeader(call, gateway, timeoutMs, {
    items: request.topics.flatMap((topic) =>
      topic.partitions.map(({ partitionIndex, currentLeaderEpoch, timestamp }) => ({
        topic: topic.name,
        partition: partitionIndex,
        currentLeaderEpoch,
        timestamp,
      })),
    ),
    ask: async (broker, partitions, context) => {
      const { replicaId, isolationLevel } = request;
      return (await broker.listOffsets({ replicaId, isolationLevel, timeoutMs, partitions }, context)).partitions;
    },
    failed: ({ partition }, errorCode) => ({
      topicId: "",
      partition,
      errorCode,
      timestamp: -1,
      offset: -1,
      leaderEpoch: -1,
    }),
  });
  let next = 0;
  return answer(call, writeListOffsetsResponse, {
    throttleTimeMs: 0,
    topics: request.topics.map((topic) => ({
      name: topic.name,
      partitions: topic.partitions.map(({ partitionIndex }) => {
        const result = results[next++]!;
        const errorCode =
          result.errorCode === KafkaError.OFFSET_NOT_AVAILABLE && call.version < offsetNotAvailableVersion
            ? KafkaError.LEADER_NOT_AVAILABLE
            : result.errorCode;
        return {
          partitionIndex,
          errorCode,
          timestamp: call.version >= 1 ? result.timestamp : -1,
          offset: call.version >= 1 ? result.offset : -1,
          leaderEpoch: call.version >= leaderEpochVersion ? result.leaderEpoch : -1,
          oldStyleOffsets: call.version === 0 && result.offset >= 0 ? [result.offset] : [],
        };
      }),
    })),
  });
}
