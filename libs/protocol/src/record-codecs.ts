import type { Draft } from "./message";
import type { Reader } from "./reader";
import type { Writer } from "./writer";

/** Codecs of one record type of a coordinator's log, whose keys start with the type and values with a version. */
export interface KeyedRecordCodec {
  type: number;
  name: string;
  valueVersions: { min: number; max: number };
  readKey(reader: Reader, version: number): unknown;
  writeKey(writer: Writer, key: object, version: number): void;
  readValue(reader: Reader, version: number): unknown;
  writeValue(writer: Writer, value: object, version: number): void;
}

/** Codec of one record type of the metadata log. */
export interface MetadataRecordCodec {
  type: number;
  name: string;
  versions: { min: number; max: number };
  read(reader: Reader, version: number): unknown;
  write(writer: Writer, value: object, version: number): void;
}

type Write<T> = (writer: Writer, message: Draft<T>, version: number) => void;
type Read<T> = (reader: Reader, version: number) => T;

/** One row of a coordinator log's table; called by generated code. */
export function keyedRow<K, V>(
  type: number,
  name: string,
  min: number,
  max: number,
  readKey: Read<K>,
  writeKey: Write<K>,
  readValue: Read<V>,
  writeValue: Write<V>,
): [number, KeyedRecordCodec] {
  return [
    type,
    {
      type,
      name,
      valueVersions: { min, max },
      readKey,
      writeKey: writeKey as KeyedRecordCodec["writeKey"],
      readValue,
      writeValue: writeValue as KeyedRecordCodec["writeValue"],
    },
  ];
}

/** One row of the metadata log's table; called by generated code. */
export function recordRow<T>(
  type: number,
  name: string,
  min: number,
  max: number,
  read: Read<T>,
  write: Write<T>,
): [number, MetadataRecordCodec] {
  return [type, { type, name, versions: { min, max }, read, write: write as MetadataRecordCodec["write"] }];
}
