/** States that stand in the log. An id without a record is what Kafka calls Dead; a tombstone leads there. */
export type TransactionStatus =
  "Empty" | "Ongoing" | "PrepareCommit" | "PrepareAbort" | "CompleteCommit" | "CompleteAbort";

/** Some partitions of a topic, by the topic's name as in Kafka's records. Ascending, none twice. */
export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** What a shard of `__transaction_state` holds for one transactional id. `null` is the tombstone. */
export interface TransactionRecord {
  readonly transactionalId: string;
  readonly value: TransactionValue | null;
}

/** Source: TransactionLogValue.json; `-1` is "none" in every number. */
export interface TransactionValue {
  /** Of the log format: 0 until transaction.version 1 is finalized, and then the fields marked "v1" are not kept. */
  readonly valueVersion: 0 | 1;
  readonly producerId: number;
  /** v1: id before the last change of state; tells a retry of the call that rotated it. */
  readonly previousProducerId: number;
  /** v1: id that the producer goes on with (at epoch 0) once the prepared transaction is complete. */
  readonly nextProducerId: number;
  readonly producerEpoch: number;
  /**
   * v1: the epoch that a retry of the call which led to `producerEpoch` carries. Not a field of Kafka's, whose owner forgets
   * it when it fails: see transaction-log.ts.
   */
  readonly lastProducerEpoch: number;
  readonly timeoutMs: number;
  readonly status: TransactionStatus;
  /** Empty unless Ongoing or prepared. Topics in order of their names. */
  readonly partitions: readonly TopicPartitions[];
  readonly lastUpdateMs: number;
  /** When the transaction was opened. */
  readonly startMs: number;
  /** v1: 2 where the transaction ended (or will end) with an epoch of its own, 0 otherwise. */
  readonly clientTransactionVersion: number;
}

/** Bytes that a record takes in the log, roughly (strings counted as one byte a unit). */
export function sizeOfTransactionRecord({ transactionalId, value }: TransactionRecord): number {
  let size = 24 + transactionalId.length;
  if (value === null) return size;
  size += 80;
  for (const { topic, partitions } of value.partitions) size += 8 + topic.length + 4 * partitions.length;
  return size;
}
