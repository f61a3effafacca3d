import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { VerifyTransactionReply, VerifyTransactionRequest } from "@moldau/contracts";
import type { MetadataImage } from "@moldau/metadata";
import type { TransactionCoordinator } from "./transaction-coordinator";

/**
 * The leader of partitions, or the owner of a group, asks whether they are part of the open transaction, or puts them in.
 * Errors: those of `TransactionCalls.verify`, UNKNOWN_TOPIC_OR_PARTITION for what this node does not know (yet), and those of a
 * coordinator that cannot answer.
 */
export async function verifyTransaction(
  request: VerifyTransactionRequest,
  { transactions, image, serves }: { transactions: TransactionCoordinator; image(): MetadataImage; serves: boolean },
  signal: AbortSignal | undefined,
): Promise<VerifyTransactionReply> {
  if (!serves) {
    const errorCode = KafkaError.NOT_COORDINATOR;
    return { partitions: request.partitions.map((partition) => ({ ...partition, errorCode })) };
  }
  const { transactionalId, producerId, producerEpoch, add } = request;
  const { topicsById } = image();
  const named = request.partitions.map(({ topicId, partition }) => {
    const topic = topicsById.get(topicId);
    return topic?.partitions[partition] === undefined ? undefined : { topic: topic.name, partition };
  });
  const byTopic = new Map<string, number[]>();
  for (const each of named) {
    if (each === undefined) continue;
    const partitions = byTopic.get(each.topic);
    if (partitions === undefined) byTopic.set(each.topic, [each.partition]);
    else partitions.push(each.partition);
  }
  const partitions = [...byTopic].map(([topic, numbers]) => ({ topic, partitions: numbers }));
  const errors = new Map<string, KafkaErrorCode>();
  let refused: KafkaErrorCode = KafkaError.UNKNOWN_SERVER_ERROR;
  if (partitions.length > 0) {
    const ask = { transactionalId, producerId, producerEpoch, partitions, add };
    const answer = await transactions.shards.ask(transactionalId, "verify", ask, signal);
    if ("refused" in answer) refused = answer.refused;
    else {
      for (const { topic, partitions: results } of answer.reply) {
        for (const { partition, errorCode } of results) errors.set(`${topic}:${partition}`, errorCode);
      }
    }
  }
  return {
    partitions: request.partitions.map(({ topicId, partition }, at) => {
      const known = named[at];
      const errorCode =
        known === undefined
          ? KafkaError.UNKNOWN_TOPIC_OR_PARTITION
          : (errors.get(`${known.topic}:${partition}`) ?? refused);
      return { topicId, partition, errorCode };
    }),
  };
}
