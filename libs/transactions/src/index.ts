export type {
  Caller,
  DescribedTransaction,
  NeedsProducerId,
  TransactionCallName,
  TransactionCalls,
  TransactionReply,
  TransactionRequest,
  VerifiedPartitions,
} from "./transaction-calls";
export { defaultTransactionConfig, type TransactionConfig, type TransactionVersion } from "./transaction-config";
export type { TransactionEvent } from "./transaction-event";
export { decodeTransactionRecord, encodeTransactionRecord } from "./transaction-log";
export { TransactionMachine } from "./transaction-machine";
export {
  sizeOfTransactionRecord,
  type TopicPartitions,
  type TransactionRecord,
  type TransactionStatus,
  type TransactionValue,
} from "./transaction-record";
export { TransactionState } from "./transaction-state";
