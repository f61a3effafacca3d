import { LAST_CLIENT_EPOCH, MAX_EPOCH } from "./producer-epoch";
import type { TransactionConfig } from "./transaction-config";
import type { TopicPartitions, TransactionStatus, TransactionValue } from "./transaction-record";

/**
 * One transactional id: its producer, and its transaction where there is one. Immutable; each change of `value` is a record.
 *
 * Transitions:
 * - (none) → Empty: InitProducerId gives a new producer id at epoch 0.
 * - Empty, CompleteCommit, CompleteAbort → Empty: InitProducerId raises the epoch, which fences whoever has the old one; an
 *   exhausted epoch leads to a new producer id at epoch 0. A retry that carries the epoch of before gets the present one.
 * - Empty, CompleteCommit, CompleteAbort → Ongoing: the first partition is added, by AddPartitionsToTxn, AddOffsetsToTxn or
 *   (transactions v2) by the leader that got the first records. The timeout begins.
 * - Ongoing → Ongoing: more partitions.
 * - Ongoing → PrepareCommit, PrepareAbort: EndTxn. From here on the outcome is certain; markers leave once this is committed.
 *   In transactions v2 (EndTxn v5) the epoch rises with it: the markers carry the new epoch and the producer goes on with it. An
 *   exhausted epoch keeps one value for the markers, and the producer goes on with the next producer id at epoch 0.
 * - Ongoing → PrepareAbort: the timeout, or another producer's InitProducerId. The epoch rises, which fences the producer.
 * - Empty, CompleteCommit, CompleteAbort → PrepareAbort → CompleteAbort in one step: EndTxn v5 that aborts although nothing was
 *   added; a client of transactions v2 cannot know whether its records opened one.
 * - PrepareCommit → CompleteCommit, PrepareAbort → CompleteAbort: the last partition has its marker. A next producer id takes
 *   the place of the old one.
 * - Empty, CompleteCommit, CompleteAbort → (none), which Kafka calls Dead: the id was not used for its expiration time.
 *
 * Source: org.apache.kafka.coordinator.transaction.TransactionMetadata, TransactionState; KIP-98, KIP-360, KIP-890.
 */
export interface Transaction {
  readonly transactionalId: string;
  readonly value: TransactionValue;
  /** Partitions of a prepared transaction that still lack its marker. */
  readonly unmarked: readonly TopicPartitions[];
}

/** A producer id and its epoch. */
export interface Producer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export function isPrepared({ status }: TransactionValue): boolean {
  return status === "PrepareCommit" || status === "PrepareAbort";
}

/** There is no transaction: what was is complete. */
export function isIdle({ status }: TransactionValue): boolean {
  return status !== "Ongoing" && status !== "PrepareCommit" && status !== "PrepareAbort";
}

/** Whom the transactional id belongs to. While a transaction is prepared: whom it belongs to afterwards. */
export function currentProducer(value: TransactionValue): Producer {
  const { producerId, producerEpoch, nextProducerId } = value;
  return nextProducerId === -1 ? { producerId, producerEpoch } : { producerId: nextProducerId, producerEpoch: 0 };
}

/** What the current producer called itself before: a call under this name is a retry. Undefined where none is allowed. */
export function previousProducer(value: TransactionValue): Producer | undefined {
  const { producerId, previousProducerId, producerEpoch, lastProducerEpoch } = value;
  if (lastProducerEpoch === -1) return undefined;
  // Epoch 0 has nothing below it: the producer id was exchanged.
  return { producerId: producerEpoch === 0 ? previousProducerId : producerId, producerEpoch: lastProducerEpoch };
}

export function isSame(a: Producer, b: Producer | undefined): boolean {
  return a.producerId === b?.producerId && a.producerEpoch === b.producerEpoch;
}

/** No client may go on with the next epoch of this id. */
export function isExhausted({ producerEpoch }: TransactionValue): boolean {
  return producerEpoch >= LAST_CLIENT_EPOCH;
}

/** The value that follows `value`; what is not named stays. The time of its last update never goes back. */
export function follow(
  value: TransactionValue,
  config: TransactionConfig,
  nowMs: number,
  change: Partial<TransactionValue> & { readonly status: TransactionStatus },
): TransactionValue {
  return {
    ...value,
    valueVersion: valueVersionOf(config),
    previousProducerId: value.producerId,
    lastUpdateMs: Math.max(nowMs, value.lastUpdateMs),
    ...change,
  };
}

export function valueVersionOf(config: TransactionConfig): 0 | 1 {
  return config.transactionVersion() === 0 ? 0 : 1;
}

/** A producer at the greatest epoch stays there: records of a broken past, which must nevertheless come to an end. */
export function raised(producerEpoch: number): number {
  return Math.min(producerEpoch + 1, MAX_EPOCH);
}
