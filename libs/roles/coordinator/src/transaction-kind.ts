import { TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import {
  decodeTransactionRecord,
  encodeTransactionRecord,
  sizeOfTransactionRecord,
  type TransactionCalls,
  type TransactionConfig,
  type TransactionEvent,
  TransactionMachine,
  type TransactionRecord,
  type TransactionState,
} from "@moldau/transactions";
import { buildShardBatch, readShardBatches } from "./log-batches";
import type { ShardKind } from "./owned-shard";
import type { OwnedShards } from "./owned-shards";

export type TransactionShards = OwnedShards<TransactionCalls, TransactionRecord, TransactionEvent, TransactionState>;

/** As Kafka writes it: the state of transactions is never compressed. */
const UNCOMPRESSED = 0;

/** Shards of transactions. */
export function transactionKind(
  config: TransactionConfig,
): ShardKind<TransactionCalls, TransactionRecord, TransactionEvent, TransactionState> {
  return {
    topic: TRANSACTION_STATE_TOPIC,
    machine: (timeline) => new TransactionMachine(timeline, config),
    sizeOf: sizeOfTransactionRecord,
    build: (entries, nowMs) => buildShardBatch(entries.map(encodeTransactionRecord), UNCOMPRESSED, nowMs),
    read: (bytes, bounds) => readShardBatches(bytes, bounds, { record: decodeTransactionRecord }),
    contents: (state) => ({ transactionalIds: state.size }),
  };
}
