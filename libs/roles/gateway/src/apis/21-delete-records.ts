/** DeleteRecords, versions 0–2: moves the log start of partitions; each leader answers for its own. KIP-107. */
import { KafkaError } from "@moldau/base";
import { readDeleteRecordsRequest, writeDeleteRecordsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { perLeader } from "../per-leader";

export async function deleteRecords(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDeleteRecordsRequest);
  const results = await perLeader(call, gateway, request.timeoutMs, {
    items: request.topics.flatMap((topic) =>
      topic.partitions.map(({ partitionIndex, offset }) => ({ topic: topic.name, partition: partitionIndex, offset })),
    ),
    ask: async (broker, items, context) => {
      const reply = await broker.deleteRecords(
        {
          timeoutMs: request.timeoutMs,
          partitions: items.map(({ topicId, partition, offset }) => ({ topicId, partition, offset })),
        },
        context,
      );
      return reply.partitions;
    },
    failed: (_item, errorCode) => ({ topicId: "", partition: -1, errorCode, lowWatermark: -1 }),
  });
  let next = 0;
  return answer(call, writeDeleteRecordsResponse, {
    topics: request.topics.map((topic) => ({
      name: topic.name,
      partitions: topic.partitions.map(({ partitionIndex }) => {
        const { errorCode, lowWatermark } = results[next++]!;
        // Up to v1 clients know no LEADER_NOT_AVAILABLE here; NOT_LEADER makes them look again.
        return {
          partitionIndex,
          lowWatermark,
          errorCode: errorCode === KafkaError.LEADER_NOT_AVAILABLE ? KafkaError.NOT_LEADER_OR_FOLLOWER : errorCode,
        };
      }),
    })),
  });
}
