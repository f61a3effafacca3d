/**
 * AddPartitionsToTxn, versions 0–5. A client names the partitions that it is about to write to; they are all added or none.
 * From v4 on there may be many transactions at once, and brokers ask without adding anything (KIP-890).
 */
import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import {
  type AddPartitionsToTxnRequest,
  readAddPartitionsToTxnRequest,
  writeAddPartitionsToTxnResponse,
} from "@moldau/protocol";
import { verifyPartitions } from "../verify-transaction";
import {
  type ApiContext,
  type ApiHandler,
  callerOf,
  decode,
  encode,
  partitionExists,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "./api";

type Transaction = AddPartitionsToTxnRequest["transactions"][number];
type Topics = Transaction["topics"];
type ErrorOf = (topic: string, partition: number) => KafkaErrorCode;

const batchVersion = 4;

export const addPartitionsToTxn: ApiHandler = async (call, context, signal) => {
  const body = decode(call, readAddPartitionsToTxnRequest);
  if (call.apiVersion >= batchVersion) {
    const resultsByTransaction = await Promise.all(
      body.transactions.map(async (transaction) => ({
        transactionalId: transaction.transactionalId,
        topicResults: await verify(context, transaction, signal),
      })),
    );
    return encode(call, writeAddPartitionsToTxnResponse, { resultsByTransaction });
  }
  const {
    v3AndBelowTransactionalId: transactionalId,
    v3AndBelowProducerId: producerId,
    v3AndBelowProducerEpoch: producerEpoch,
    v3AndBelowTopics: topics,
  } = body;
  const missing = missingOf(context, topics);
  if (missing.size > 0) {
    return encode(call, writeAddPartitionsToTxnResponse, { resultsByTopicV3AndBelow: notAttempted(topics, missing) });
  }
  const ask = { caller: callerOf(call), transactionalId, producerId, producerEpoch, topics };
  const answer = await context.transactions.shards.ask(transactionalId, "addPartitions", ask, signal);
  const reply =
    "refused" in answer ? { resultsByTopicV3AndBelow: results(topics, () => answer.refused) } : answer.reply;
  return encode(call, writeAddPartitionsToTxnResponse, reply);
};

async function verify(context: ApiContext, transaction: Transaction, signal: AbortSignal | undefined) {
  const { verifyOnly, topics } = transaction;
  const missing = missingOf(context, topics);
  if (!verifyOnly && missing.size > 0) return notAttempted(topics, missing);
  const partitions = topics.map(({ name, partitions: numbers }) => ({ topic: name, partitions: numbers }));
  const ask = { ...transaction, partitions, add: !verifyOnly };
  return results(topics, await verifyPartitions(ask, context, signal));
}

/** All or none: with one that does not exist, nothing is done about the others. */
function notAttempted(topics: Topics, missing: ReadonlySet<string>) {
  return results(topics, (topic, partition) =>
    missing.has(`${topic}:${partition}`) ? UNKNOWN_TOPIC_OR_PARTITION : KafkaError.OPERATION_NOT_ATTEMPTED,
  );
}

/** Of these partitions those that do not exist. */
function missingOf({ image }: ApiContext, topics: Topics): ReadonlySet<string> {
  const now = image();
  return new Set(
    topics.flatMap(({ name, partitions }) =>
      partitions
        .filter((partition) => !partitionExists(now, name, partition))
        .map((partition) => `${name}:${partition}`),
    ),
  );
}

function results(topics: Topics, errorOf: ErrorOf) {
  return topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partitionIndex) => ({
      partitionIndex,
      partitionErrorCode: errorOf(name, partitionIndex),
    })),
  }));
}
