import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { inWordsOf } from "./fenced-error";
import { has, union } from "./partition-set";
import type { Step } from "./step";
import { timeoutKey } from "./timer-key";
import { currentProducer, follow, isPrepared, type Producer, type Transaction } from "./transaction";
import type { TransactionCalls } from "./transaction-calls";
import type { TopicPartitions } from "./transaction-record";
import type { TransactionState } from "./transaction-state";

const OFFSETS_TOPIC = "__consumer_offsets";

type Verdict = { readonly transaction: Transaction } | { readonly errorCode: KafkaErrorCode };

/**
 * AddPartitionsToTxn v0–3: the client names the partitions before it writes to them. All of them get the same answer.
 * v2 PRODUCER_FENCED. Source: TransactionCoordinator.handleAddPartitionsToTransaction.
 */
export function addPartitions(
  state: TransactionState,
  call: CallId,
  ask: TransactionCalls["addPartitions"]["ask"],
  step: Step,
): void {
  const partitions = ask.topics.map(({ name, partitions }) => ({ topic: name, partitions }));
  const verdict = check(state, ask.transactionalId, ask);
  const added = "transaction" in verdict ? add(state, verdict.transaction, partitions, 0, step) : verdict.errorCode;
  const partitionErrorCode = inWordsOf("addPartitions", ask.caller.apiVersion, added);
  step.answer("addPartitions", call, {
    resultsByTopicV3AndBelow: ask.topics.map(({ name, partitions }) => ({
      name,
      resultsByPartition: partitions.map((partitionIndex) => ({ partitionIndex, partitionErrorCode })),
    })),
  });
}

/**
 * AddOffsetsToTxn v0–4: the partition of `__consumer_offsets` that holds the group's offsets takes part.
 * v2 PRODUCER_FENCED. Source: KafkaApis.handleAddOffsetsToTxnRequest.
 */
export function addOffsets(
  state: TransactionState,
  call: CallId,
  { caller, body, offsetsPartition }: TransactionCalls["addOffsets"]["ask"],
  step: Step,
): void {
  const verdict = check(state, body.transactionalId, body);
  const partitions = [{ topic: OFFSETS_TOPIC, partitions: [offsetsPartition] }];
  const added = "transaction" in verdict ? add(state, verdict.transaction, partitions, 0, step) : verdict.errorCode;
  step.answer("addOffsets", call, { errorCode: inWordsOf("addOffsets", caller.apiVersion, added) });
}

/**
 * Asked by leaders of partitions before the first records of a transaction: is the partition part of it, or put it in.
 * Source: KIP-890, TransactionCoordinator.handleVerifyPartitionsInTransaction.
 */
export function verify(
  state: TransactionState,
  call: CallId,
  ask: TransactionCalls["verify"]["ask"],
  step: Step,
): void {
  const verdict = check(state, ask.transactionalId, ask);
  let errorOf: (topic: string, partition: number) => KafkaErrorCode;
  if ("errorCode" in verdict) errorOf = () => verdict.errorCode;
  else if (ask.add) {
    const clientTransactionVersion = state.config.transactionVersion() >= 2 ? 2 : 0;
    const added = add(state, verdict.transaction, ask.partitions, clientTransactionVersion, step);
    errorOf = () => added;
  } else {
    const { partitions } = verdict.transaction.value;
    errorOf = (topic, partition) =>
      has(partitions, topic, partition) ? KafkaError.NONE : KafkaError.TRANSACTION_ABORTABLE;
  }
  step.answer(
    "verify",
    call,
    ask.partitions.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map((partition) => ({ partition, errorCode: errorOf(topic, partition) })),
    })),
  );
}

/** Whether this producer may work on its transaction now. */
function check(state: TransactionState, transactionalId: string, producer: Producer): Verdict {
  if (transactionalId === "") return { errorCode: KafkaError.INVALID_REQUEST };
  const transaction = state.get(transactionalId);
  if (transaction === undefined) return { errorCode: KafkaError.INVALID_PRODUCER_ID_MAPPING };
  const current = currentProducer(transaction.value);
  if (producer.producerId !== current.producerId) {
    const isReplaced = producer.producerId === transaction.value.producerId;
    return { errorCode: isReplaced ? KafkaError.PRODUCER_FENCED : KafkaError.INVALID_PRODUCER_ID_MAPPING };
  }
  if (producer.producerEpoch !== current.producerEpoch) return { errorCode: KafkaError.PRODUCER_FENCED };
  // Its markers are not all written: the next transaction has to wait for them.
  if (isPrepared(transaction.value)) return { errorCode: KafkaError.CONCURRENT_TRANSACTIONS };
  return { transaction };
}

/** Puts the partitions in; opens the transaction where there is none. */
function add(
  state: TransactionState,
  { transactionalId, value }: Transaction,
  added: readonly TopicPartitions[],
  clientTransactionVersion: 0 | 2,
  step: Step,
): KafkaErrorCode {
  const partitions = union(value.partitions, added);
  const isOpen = value.status === "Ongoing";
  if (partitions !== value.partitions) {
    const startMs = isOpen ? value.startMs : step.nowMs;
    // Whoever adds has heard of its epoch: no retry of the call that gave it is under way any more.
    const change = { partitions, startMs, clientTransactionVersion, lastProducerEpoch: -1 };
    step.record({
      transactionalId,
      value: follow(value, state.config, step.nowMs, { status: "Ongoing", ...change }),
    });
    if (!isOpen) step.schedule(timeoutKey(transactionalId), startMs + value.timeoutMs);
  }
  return KafkaError.NONE;
}
