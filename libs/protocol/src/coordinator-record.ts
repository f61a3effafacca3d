/**
 * Keys and values of __consumer_offsets, __transaction_state and __share_group_state: two bytes in front of a key say
 * which type of record it is, two bytes in front of a value its version. A null value is a tombstone.
 * Source: org.apache.kafka.coordinator.common.runtime.CoordinatorRecordSerde.
 */
import {
  GroupLogKey,
  GroupLogKeyCodecs,
  ShareLogKey,
  ShareLogKeyCodecs,
  TransactionLogKeyType,
  TransactionLogKeyTypeCodecs,
} from "./generated/record-tables";
import type * as groupLog from "./generated/group-log";
import type * as shareLog from "./generated/share-log";
import type * as transactionLog from "./generated/transaction-log";
import type { Draft } from "./message";
import { ProtocolError } from "./protocol-error";
import { Reader } from "./reader";
import type { KeyedRecordCodec } from "./record-codecs";
import { Writer } from "./writer";

/** The key and value types that a module of generated record types holds, by record name. */
type Pairs<M, Names extends string> = {
  [N in Names]: {
    key: M extends { [K in `read${N}Key`]: (reader: Reader, version: number) => infer T } ? T : never;
    value: M extends { [K in `read${N}Value`]: (reader: Reader, version: number) => infer T } ? T : never;
  };
};

/** Types of the records of __consumer_offsets by their names. */
export type GroupRecords = Pairs<typeof groupLog, keyof typeof GroupLogKey>;
/** Types of the records of __transaction_state by their names. */
export type TransactionRecords = Pairs<typeof transactionLog, keyof typeof TransactionLogKeyType>;
/** Types of the records of __share_group_state by their names. */
export type ShareRecords = Pairs<typeof shareLog, keyof typeof ShareLogKey>;

type Entry = { key: unknown; value: unknown };

/** A decoded record; `name` tells the types of key and value. `value` null is a tombstone. */
export type CoordinatorRecord<R extends { [N in keyof R]: Entry }> = {
  [N in keyof R]: {
    type: number;
    name: N;
    key: R[N]["key"];
    value: R[N]["value"] | null;
    /** Version of the value; -1 for a tombstone. */
    valueVersion: number;
  };
}[keyof R];

export type GroupRecord = CoordinatorRecord<GroupRecords>;
export type TransactionRecord = CoordinatorRecord<TransactionRecords>;
export type ShareRecord = CoordinatorRecord<ShareRecords>;

/** Encoded key and value, as they go into a batch. */
export interface EncodedRecord {
  key: Uint8Array;
  value: Uint8Array | null;
}

/** Reads and writes the records of one coordinator log. */
export interface RecordCodec<R extends { [N in keyof R]: Entry }> {
  /**
   * Decodes a record. Null when the type is one this build does not know: a later release wrote it, and Kafka's
   * coordinators skip it as well. Throws ProtocolError when it is malformed.
   */
  read(key: Uint8Array, value: Uint8Array | null): CoordinatorRecord<R> | null;
  /** Encodes a record; a null value is a tombstone. `valueVersion` defaults to the newest. */
  write<N extends keyof R>(
    name: N,
    key: Draft<R[N]["key"]>,
    value: Draft<R[N]["value"]> | null,
    valueVersion?: number,
  ): EncodedRecord;
}

function recordCodec<R extends { [N in keyof R]: Entry }>(
  what: string,
  codecs: ReadonlyMap<number, KeyedRecordCodec>,
): RecordCodec<R> {
  const byName = new Map([...codecs.values()].map((codec) => [codec.name, codec]));
  return {
    read(key, value) {
      const keyReader = new Reader(key);
      keyReader.what = `${what} key`;
      const codec = codecs.get(keyReader.int16());
      if (codec === undefined) return null;
      const decodedKey = codec.readKey(keyReader, 0);
      refuseRest(keyReader);
      let decodedValue: unknown = null;
      let valueVersion = -1;
      if (value !== null) {
        const reader = new Reader(value);
        reader.what = `${what} value`;
        valueVersion = reader.int16();
        decodedValue = codec.readValue(reader, valueVersion);
        refuseRest(reader);
      }
      return {
        type: codec.type,
        name: codec.name,
        key: decodedKey,
        value: decodedValue,
        valueVersion,
      } as unknown as CoordinatorRecord<R>;
    },
    write(name, key, value, valueVersion) {
      const codec = byName.get(name as string);
      if (codec === undefined) throw new ProtocolError(`${what}: no record type ${String(name)}`);
      const keyWriter = new Writer(64);
      keyWriter.int16(codec.type);
      codec.writeKey(keyWriter, key as object, 0);
      if (value === null) return { key: keyWriter.toBytes(), value: null };
      const version = valueVersion ?? codec.valueVersions.max;
      const writer = new Writer(128);
      writer.int16(version);
      codec.writeValue(writer, value as object, version);
      return { key: keyWriter.toBytes(), value: writer.toBytes() };
    },
  };
}

function refuseRest(reader: Reader): void {
  if (reader.remaining > 0) throw reader.error(`${reader.remaining} bytes too many`);
}

/** Records of __consumer_offsets. */
export const groupRecords = recordCodec<GroupRecords>("group log", GroupLogKeyCodecs);
/** Records of __transaction_state. */
export const transactionRecords = recordCodec<TransactionRecords>("transaction log", TransactionLogKeyTypeCodecs);
/** Records of __share_group_state. */
export const shareRecords = recordCodec<ShareRecords>("share log", ShareLogKeyCodecs);
