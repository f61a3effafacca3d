import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { VerifyTransactionReply, VerifyTransactionRequest } from "@moldau/contracts";
import type { MetadataImage } from "@moldau/metadata";
import type { TransactionCalls } from "@moldau/transactions";
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
  const { topicsById } = image();
  const names = request.partitions.map(({ topicId }) => topicsById.get(topicId)?.name);
  const byTopic = new Map<string, number[]>();
  request.partitions.forEach(({ partition }, at) => {
    const name = names[at];
    if (name === undefined) return;
    const partitions = byTopic.get(name);
    if (partitions === undefined) byTopic.set(name, [partition]);
    else partitions.push(partition);
  });
  const partitions = [...byTopic].map(([topic, numbers]) => ({ topic, partitions: numbers }));
  const errorOf = await verifyPartitions({ ...request, partitions }, { transactions, image }, signal);
  return {
    partitions: request.partitions.map(({ topicId, partition }, at) => {
      const name = names[at];
      const errorCode = name === undefined ? KafkaError.UNKNOWN_TOPIC_OR_PARTITION : errorOf(name, partition);
      return { topicId, partition, errorCode };
    }),
  };
}

/** Asks the transaction's shard about partitions by name; UNKNOWN_TOPIC_OR_PARTITION for those that this node does not know. */
export async function verifyPartitions(
  { transactionalId, producerId, producerEpoch, add, partitions }: TransactionCalls["verify"]["ask"],
  { transactions, image }: { transactions: TransactionCoordinator; image(): MetadataImage },
  signal: AbortSignal | undefined,
): Promise<(topic: string, partition: number) => KafkaErrorCode> {
  const { topicsByName } = image();
  const known = partitions
    .map(({ topic, partitions: numbers }) => ({
      topic,
      partitions: numbers.filter((partition) => topicsByName.get(topic)?.partitions[partition] !== undefined),
    }))
    .filter(({ partitions: numbers }) => numbers.length > 0);
  const errors = new Map<string, KafkaErrorCode>();
  if (known.length > 0) {
    const ask = { transactionalId, producerId, producerEpoch, partitions: known, add };
    const answer = await transactions.shards.ask(transactionalId, "verify", ask, signal);
    const told =
      "reply" in answer
        ? answer.reply
        : known.map(({ topic, partitions: numbers }) => ({
            topic,
            partitions: numbers.map((partition) => ({ partition, errorCode: answer.refused })),
          }));
    for (const { topic, partitions: results } of told) {
      for (const { partition, errorCode } of results) errors.set(`${topic}:${partition}`, errorCode);
    }
  }
  return (topic, partition) => errors.get(`${topic}:${partition}`) ?? KafkaError.UNKNOWN_TOPIC_OR_PARTITION;
}
