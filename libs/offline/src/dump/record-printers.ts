import {
  type FieldJson,
  groupRecords,
  messageJson,
  readConsumerProtocolAssignment,
  readConsumerProtocolSubscription,
  Reader,
  readMetadataRecord,
  recordShapes,
  shareRecords,
  textJson,
  transactionRecords,
  type FieldShape,
} from "@moldau/protocol";
import { OfflineError } from "../errors";

export interface PrintedRecord {
  readonly key?: string;
  readonly payload?: string;
}

/** How the content of records is shown. */
export type RecordPrinter = (record: {
  offset: number;
  key: Uint8Array | null;
  value: Uint8Array | null;
}) => PrintedRecord;

const shapes: Readonly<Record<string, readonly FieldShape[]>> = recordShapes;

/** Keys and values as UTF-8, Kafka's StringDecoder. */
export const asText: RecordPrinter = ({ key, value }) => ({
  ...(key === null ? {} : { key: textOf(key) }),
  ...(value === null ? {} : { payload: textOf(value) }),
});

/** The decoders of one value that Kafka has on board, by the class's name without its package. */
const decoders: ReadonlyMap<string, (bytes: Uint8Array) => string> = new Map([
  ["StringDecoder", textOf],
  ["DefaultDecoder", (bytes) => bufferOf(bytes).toString("hex")],
  ["IntegerDecoder", (bytes) => String(bufferOf(bytes).readInt32BE(0))],
  ["LongDecoder", (bytes) => String(bufferOf(bytes).readBigInt64BE(0))],
]);

/**
 * Kafka's Decoder classes by name, with or without their package. There is no JVM here to load others with.
 * @throws OfflineError that names those that are here
 */
export function printerOf(keyDecoder: string, valueDecoder: string): RecordPrinter {
  const [readKey, readValue] = [keyDecoder, valueDecoder].map((name) => {
    const decoder = decoders.get(name.slice(name.lastIndexOf(".") + 1));
    if (decoder === undefined) {
      throw new OfflineError(
        `the decoder ${name} is a Java class, and there is no JVM here; known are ${[...decoders.keys()].join(", ")}`,
      );
    }
    return decoder;
  });
  return ({ key, value }) => ({
    ...(key === null ? {} : { key: readKey!(key) }),
    ...(value === null ? {} : { payload: readValue!(value) }),
  });
}

interface KeyedRecord {
  type: number;
  name: string;
  key: unknown;
  value: unknown;
  valueVersion: number;
}

function keyedPrinter(
  read: (key: Uint8Array, value: Uint8Array | null) => KeyedRecord | null,
  replace?: (name: string) => FieldJson | undefined,
): RecordPrinter {
  return ({ offset, key, value }) => {
    if (key === null) {
      throw new OfflineError(
        `Failed to decode message at offset ${offset} using the specified decoder (message had a missing key)`,
      );
    }
    try {
      const record = read(key, value);
      if (record === null) {
        return { key: `Unknown record type ${bufferOf(key).readInt16BE(0)} at offset ${offset}, skipping.` };
      }
      const keyJson = messageJson(shapes[`${record.name}Key`]!, record.key, 0);
      if (record.value === null) return { key: `{"type":"${record.type}","data":${keyJson}}`, payload: "<DELETE>" };
      const version = record.valueVersion;
      const valueJson = messageJson(shapes[`${record.name}Value`]!, record.value, version, replace?.(record.name));
      return {
        key: `{"type":"${record.type}","data":${keyJson}}`,
        payload: `{"version":"${version}","data":${valueJson}}`,
      };
    } catch (error) {
      return { key: `Error at offset ${offset}, skipping. ${(error as Error).message}` };
    }
  };
}

/** Records of `__consumer_offsets`; what the members of a classic consumer group said to each other is shown as well. */
export const asGroupRecord: RecordPrinter = keyedPrinter(
  (key, value) => groupRecords.read(key, value) as KeyedRecord | null,
  (name) => {
    if (name !== "GroupMetadata") return undefined;
    let isConsumer = false;
    return (field, value) => {
      if (field.name === "protocolType") isConsumer = value === "consumer";
      if (!isConsumer) return undefined;
      if (field.name === "subscription") {
        return embedded(value, readConsumerProtocolSubscription, recordShapes.ConsumerProtocolSubscription);
      }
      if (field.name === "assignment") {
        return embedded(value, readConsumerProtocolAssignment, recordShapes.ConsumerProtocolAssignment);
      }
      return undefined;
    };
  },
);

/** A message behind its version in a bytes field; undefined where it is none. */
function embedded(
  value: unknown,
  read: (reader: Reader, version: number) => unknown,
  shape: readonly FieldShape[],
): string | undefined {
  try {
    const reader = new Reader(value as Uint8Array);
    const version = reader.int16();
    return messageJson(shape, read(reader, version), version);
  } catch {
    return undefined;
  }
}

/** Records of `__transaction_state`. */
export const asTransactionRecord: RecordPrinter = keyedPrinter(
  (key, value) => transactionRecords.read(key, value) as KeyedRecord | null,
);

/** Records of `__share_group_state`. */
export const asShareRecord: RecordPrinter = keyedPrinter(
  (key, value) => shareRecords.read(key, value) as KeyedRecord | null,
);

/** Records of `__cluster_metadata-0`: they have no keys. */
export const asMetadataRecord: RecordPrinter = ({ offset, value }) => {
  try {
    return { payload: metadataJson(value ?? new Uint8Array(0)) };
  } catch (error) {
    return { payload: `Error at ${offset}, skipping. ${(error as Error).message}` };
  }
};

/** A framed metadata record as Kafka's tools show it. @throws ProtocolError */
export function metadataJson(bytes: Uint8Array): string {
  const { name, version, value } = readMetadataRecord(bytes);
  const type = name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? letter : `_${letter}`)).toUpperCase();
  return `{"type":${textJson(type)},"version":${version},"data":${messageJson(shapes[name]!, value, version)}}`;
}

function textOf(bytes: Uint8Array): string {
  return bufferOf(bytes).toString("utf8");
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
