import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type {
  PartitionResult,
  TopicPartitionRef,
  TransactionMarker,
  WriteMarkersReply,
  WriteMarkersRequest,
} from "@moldau/contracts";
import { isInternalTopic } from "@moldau/metadata";
import { buildControlBatch, readBatchHeader } from "@moldau/record-batch";
import { appendBatch } from "./append";
import type { BrokerCore } from "./broker-core";

/**
 * Ends transactions: appends a control batch to each partition that this broker leads and answers when the in-sync
 * replicas have it. A marker that is there already is a success without a second one. Partitions of the coordinators' own
 * topics are written by their owners alone (INVALID_TOPIC_EXCEPTION). Source: KIP-98, KIP-890; WriteTxnMarkers.
 */
export function createWriteMarkers(core: BrokerCore): (request: WriteMarkersRequest) => Promise<WriteMarkersReply> {
  return async (request) => {
    const partitions = request.markers.flatMap((marker) => marker.partitions);
    await core.partitions.whenReady(partitions);
    for (const { topicId, partition } of partitions) {
      const log = core.partitions.get(topicId, partition)?.log;
      if (log?.isQueueFull) await log.whenWritable();
    }
    // All are appended before anything is awaited: in a partition they go in the order of the request.
    const markers = request.markers.map((marker) => {
      const write = markerWriter(core, marker, request.timeoutMs);
      return Promise.all(marker.partitions.map(write));
    });
    return { markers: (await Promise.all(markers)).map((results) => ({ partitions: results })) };
  };
}

function markerWriter(
  core: BrokerCore,
  { producerId, producerEpoch, coordinatorEpoch, commit, transactionVersion }: TransactionMarker,
  timeoutMs: number,
): (asked: TopicPartitionRef) => Promise<PartitionResult> {
  const nowMs = core.clock.nowMs();
  const marker = {
    kind: commit ? ("commit" as const) : ("abort" as const),
    producerId,
    producerEpoch,
    coordinatorEpoch,
  };
  const template = buildControlBatch({ marker, timestamp: nowMs });
  const terms = { acks: -1, internal: true, produceVersion: undefined, transactionalId: "", nowMs };

  return (asked) => {
    const { topicId, partition } = asked;
    const answer = (errorCode: KafkaErrorCode): PartitionResult => ({ topicId, partition, errorCode });
    const hosted = core.partitions.get(topicId, partition);
    if (!hosted) return Promise.resolve(answer(core.partitions.absence(asked)));
    if (isInternalTopic(hosted.topic)) return Promise.resolve(answer(KafkaError.INVALID_TOPIC_EXCEPTION));
    if (hosted.isBusy) return Promise.resolve(answer(KafkaError.NOT_LEADER_OR_FOLLOWER));
    // Each partition's leader writes base offset and epoch into its own copy.
    const records = template.slice();
    const header = readBatchHeader(records, 0);
    return new Promise((resolve) => {
      const timer = core.timers.after(timeoutMs, () => {
        cancel?.();
        resolve(answer(KafkaError.REQUEST_TIMED_OUT));
      });
      const batch = { records, header, leaderEpoch: -1, ownerEpoch: -1, transactionVersion, terms };
      const cancel = appendBatch(core, hosted, batch, ({ error }) => {
        timer.cancel();
        resolve(answer(error));
      });
    });
  };
}
