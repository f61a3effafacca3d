import { type Draft, ProtocolError, transactionRecords, type TransactionRecords } from "@moldau/protocol";
import { LAST_CLIENT_EPOCH } from "./producer-epoch";
import { union } from "./partition-set";
import type { TransactionRecord, TransactionStatus, TransactionValue } from "./transaction-record";

type LogValue = TransactionRecords["TransactionLog"]["value"];

/** By their ids in the log. 6 (Dead) and 7 (PrepareEpochFence) exist in Kafka's memory only. */
const STATUSES: readonly TransactionStatus[] = [
  "Empty",
  "Ongoing",
  "PrepareCommit",
  "PrepareAbort",
  "CompleteCommit",
  "CompleteAbort",
];

/**
 * `lastProducerEpoch`, where it is not the one that follows from the rest of the record. Kafka's schema has no field for it:
 * there a retry of InitProducerId that meets a new owner is fenced. Readers that do not know a tag pass over it. The number is
 * far from those that Kafka gives out.
 */
const LAST_PRODUCER_EPOCH_TAG = 10_000;

/** Key and value as they go into `__transaction_state`; readable by Kafka's own tools and coordinator. */
export function encodeTransactionRecord({ transactionalId, value }: TransactionRecord): {
  key: Uint8Array;
  value: Uint8Array | null;
} {
  if (value === null) return transactionRecords.write("TransactionLog", { transactionalId }, null);
  const draft: Draft<LogValue> = {
    producerId: value.producerId,
    producerEpoch: value.producerEpoch,
    transactionTimeoutMs: value.timeoutMs,
    transactionStatus: STATUSES.indexOf(value.status),
    transactionPartitions:
      value.status === "Empty"
        ? null
        : value.partitions.map(({ topic, partitions }) => ({ topic, partitionIds: partitions })),
    transactionLastUpdateTimestampMs: value.lastUpdateMs,
    transactionStartTimestampMs: value.startMs,
  };
  if (value.valueVersion === 0) return transactionRecords.write("TransactionLog", { transactionalId }, draft, 0);
  const { previousProducerId, nextProducerId, clientTransactionVersion, lastProducerEpoch } = value;
  const flexible: Draft<LogValue> = { ...draft, previousProducerId, nextProducerId, clientTransactionVersion };
  const known = lastProducerEpoch === impliedLastEpoch(value);
  const tags = { unknownTags: [{ tag: LAST_PRODUCER_EPOCH_TAG, data: int16(lastProducerEpoch) }] };
  return transactionRecords.write(
    "TransactionLog",
    { transactionalId },
    known ? flexible : { ...flexible, ...tags },
    1,
  );
}

/** A record of the log; undefined for kinds of a later release. Throws ProtocolError for a malformed record. */
export function decodeTransactionRecord(key: Uint8Array, value: Uint8Array | null): TransactionRecord | undefined {
  const record = transactionRecords.read(key, value);
  if (record === null) return undefined;
  const { transactionalId } = record.key;
  if (record.value === null) return { transactionalId, value: null };
  const log = record.value;
  const status = STATUSES[log.transactionStatus];
  if (status === undefined) {
    throw new ProtocolError(`transaction log: no state ${log.transactionStatus} (transactional id ${transactionalId})`);
  }
  const read: TransactionValue = {
    valueVersion: record.valueVersion === 0 ? 0 : 1,
    producerId: log.producerId,
    previousProducerId: log.previousProducerId,
    nextProducerId: log.nextProducerId,
    producerEpoch: log.producerEpoch,
    lastProducerEpoch: -1,
    timeoutMs: log.transactionTimeoutMs,
    status,
    partitions: union(
      [],
      (log.transactionPartitions ?? []).map(({ topic, partitionIds }) => ({ topic, partitions: partitionIds })),
    ),
    lastUpdateMs: log.transactionLastUpdateTimestampMs,
    startMs: log.transactionStartTimestampMs,
    clientTransactionVersion: log.clientTransactionVersion,
  };
  const tagged = log.unknownTags?.find(({ tag }) => tag === LAST_PRODUCER_EPOCH_TAG)?.data;
  const lastProducerEpoch = tagged?.length === 2 ? readInt16(tagged) : impliedLastEpoch(read);
  return { transactionalId, value: { ...read, lastProducerEpoch } };
}

/** A transaction v2 that ended was open at the epoch before, or at the last one of the id that was exhausted. */
function impliedLastEpoch(value: TransactionValue): number {
  if (value.clientTransactionVersion < 2 || value.status === "Empty" || value.status === "Ongoing") return -1;
  const { producerEpoch, previousProducerId } = value;
  if (producerEpoch > 0) return producerEpoch - 1;
  return previousProducerId === -1 || previousProducerId === value.producerId ? -1 : LAST_CLIENT_EPOCH;
}

function int16(value: number): Uint8Array {
  return Uint8Array.from([(value >> 8) & 0xff, value & 0xff]);
}

function readInt16(bytes: Uint8Array): number {
  return (((bytes[0] as number) << 24) >> 16) | (bytes[1] as number);
}
