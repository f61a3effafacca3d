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
/** Timestamps that are questions, and the version from which on they may be asked: max timestamp, earliest local, and so on. */
const specialSince = new Map([
  [-1, 0],
  [-2, 0],
  [-3, 7],
  [-4, 8],
  [-5, 9],
  [-6, 11],
]);

/** Why this partition is not looked up, if so. */
function refusalOf(version: number, timestamp: number, isTwice: boolean): number | undefined {
  if (isTwice) return KafkaError.INVALID_REQUEST;
  if (timestamp < 0 && version < (specialSince.get(timestamp) ?? Infinity)) return KafkaError.UNSUPPORTED_VERSION;
  return undefined;
}

export async function listOffsets(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readListOffsetsRequest);
  const timeoutMs = request.timeoutMs > 0 ? request.timeoutMs : defaultTimeoutMs;
  // A partition that is asked for twice is refused, once.
  const times = new Map<string, number>();
  const asked = request.topics
    .map((topic) => ({
      name: topic.name,
      partitions: topic.partitions.filter(({ partitionIndex }) => {
        const key = `${topic.name}:${partitionIndex}`;
        times.set(key, (times.get(key) ?? 0) + 1);
        return times.get(key) === 1;
      }),
    }))
    .filter(({ partitions }) => partitions.length > 0);
  const refusals = new Map<string, number>();
  for (const { name, partitions } of asked) {
    for (const { partitionIndex, timestamp } of partitions) {
      const key = `${name}:${partitionIndex}`;
      const refusal = refusalOf(call.version, timestamp, times.get(key)! > 1);
      if (refusal !== undefined) refusals.set(key, refusal);
    }
  }
  const results = await perLeader(call, gateway, timeoutMs, {
    items: asked.flatMap((topic) =>
      topic.partitions
        .filter(({ partitionIndex }) => !refusals.has(`${topic.name}:${partitionIndex}`))
        .map(({ partitionIndex, currentLeaderEpoch, timestamp }) => ({
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
    topics: asked.map((topic) => ({
      name: topic.name,
      partitions: topic.partitions.map(({ partitionIndex }) => {
        const refusal = refusals.get(`${topic.name}:${partitionIndex}`);
        if (refusal !== undefined) return { partitionIndex, errorCode: refusal };
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
