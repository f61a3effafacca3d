import { KafkaError } from "@moldau/base";
import type { DescribeProducersReply, DescribeProducersRequest } from "@moldau/contracts";
import type { BrokerCore } from "./broker-core";

/** The idempotent and transactional producers that a partition knows (KIP-664). */
export function createDescribeProducers(
  core: BrokerCore,
): (request: DescribeProducersRequest) => Promise<DescribeProducersReply> {
  return async (request) => {
    await core.partitions.whenReady(request.partitions);
    return {
      partitions: request.partitions.map((asked) => {
        const { topicId, partition } = asked;
        const hosted = core.partitions.get(topicId, partition);
        const errorCode = hosted ? hosted.replica.checkLeader(-1) : core.partitions.absence(asked);
        if (!hosted || errorCode !== KafkaError.NONE) return { topicId, partition, errorCode, producers: [] };
        const producers = hosted.replica.producers.export().map((entry) => ({
          producerId: entry.producerId,
          producerEpoch: entry.producerEpoch,
          lastSequence: entry.lastSequence,
          lastTimestamp: entry.timestamp,
          coordinatorEpoch: entry.coordinatorEpoch,
          currentTxnStartOffset: entry.currentTxnFirstOffset,
        }));
        return { topicId, partition, errorCode, producers };
      }),
    };
  };
}
