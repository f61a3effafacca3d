/** DescribeProducers, version 0: the producers that a partition's leader remembers. KIP-664. */
import { KafkaError, topicNameProblem } from "@moldau/base";
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
    failed: ({ topic, partition }, errorCode) => {
      const invalid = topicNameProblem(topic) !== undefined;
      const code = invalid ? KafkaError.INVALID_TOPIC_EXCEPTION : errorCode;
      return { topicId: "", partition, errorCode: code, producers: [] };
    },
  });
  let next = 0;
  return answer(call, writeDescribeProducersResponse, {
    throttleTimeMs: 0,
    topics: request.topics.map((topic) => ({
      name: topic.name,
      partitions: topic.partitionIndexes.map((partitionIndex) => {
        const { errorCode, producers } = results[next++]!;
        const errorMessage =
          errorCode === KafkaError.UNKNOWN_TOPIC_OR_PARTITION
            ? "This server does not host this topic-partition."
            : errorCode === KafkaError.INVALID_TOPIC_EXCEPTION
              ? topicNameProblem(topic.name)
              : null;
        return { partitionIndex, errorCode, errorMessage, activeProducers: producers };
      }),
    })),
  });
}
