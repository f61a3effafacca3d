/** DescribeProducers, version 0: the producers that a partition's leader remembers. KIP-664. */
import { readDescribeProducersRequest, writeDescribeProducersResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { perLeader } from "../per-leader";

const timeoutMs = 30_000;

export async function describeProducers(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDescribeProducersRequest);
  const results = await perLeader(call, gateway, timeoutMs, {
    items: request.topics.flatMap((topic) =>
      topic.partitionIndexes.map((partition) => ({ topic: topic.name, partition })),
    ),
    ask: async (broker, partitions, context) => (await broker.describeProducers({ partitions }, context)).partitions,
    failed: ({ partition }, errorCode) => ({ topicId: "", partition, errorCode, producers: [] }),
  });
  let next = 0;
  return answer(call, writeDescribeProducersResponse, {
    throttleTimeMs: 0,
    topics: request.topics.map((topic) => ({
      name: topic.name,
      partitions: topic.partitionIndexes.map((partitionIndex) => {
        const { errorCode, producers } = results[next++]!;
        return { partitionIndex, errorCode, activeProducers: producers };
      }),
    })),
  });
}
