// Records of __consumer_offsets and __transaction_state as JSON. Source: OffsetsMessageFormatter, GroupMetadataMessageFormatter and
// TransactionLogMessageFormatter of Kafka 4.1. There is no line's end between records, as there.
import type { IncomingRecord } from "@moldau/client";
import {
  readGroupMetadataKey,
  readGroupMetadataValue,
  readLegacyOffsetCommitKey,
  readOffsetCommitKey,
  readOffsetCommitValue,
  Reader,
  readTransactionLogKey,
  readTransactionLogValue,
} from "@moldau/protocol";

type Decode = (reader: Reader, version: number) => object;

interface Kind {
  key: Decode;
  value: Decode;
}

/** Record types by formatter: the key's first two bytes say which one a record is. */
const kinds: Readonly<Record<string, ReadonlyMap<number, Kind>>> = {
  OffsetsMessageFormatter: new Map<number, Kind>([
    [0, { key: readLegacyOffsetCommitKey, value: readOffsetCommitValue }],
    [1, { key: readOffsetCommitKey, value: readOffsetCommitValue }],
  ]),
  GroupMetadataMessageFormatter: new Map<number, Kind>([
    [2, { key: readGroupMetadataKey, value: readGroupMetadataValue }],
  ]),
  TransactionLogMessageFormatter: new Map<number, Kind>([
    [0, { key: readTransactionLogKey, value: readTransactionLogValue }],
  ]),
};

export function coordinatorFormatter(name: string): (record: IncomingRecord) => Uint8Array | undefined {
  const types = kinds[name]!;
  return ({ key, value }) => {
    if (key === null || key.length < 2) return undefined;
    const keyReader = new Reader(key);
    const type = keyReader.int16();
    const kind = types.get(type);
    if (kind === undefined) return undefined;
    const shown = { key: { type, data: plain(kind.key(keyReader, 0)) }, value: valueOf(value, kind) };
    return Buffer.from(JSON.stringify(shown));
  };
}

function valueOf(value: Uint8Array | null, kind: Kind): object | null {
  if (value === null) return null;
  const reader = new Reader(value);
  const version = reader.int16();
  return { version, data: plain(kind.value(reader, version)) };
}

/** As Kafka's JSON converters write a message: bytes as base64, tagged fields that nobody knows left out. */
function plain(message: unknown): unknown {
  if (message instanceof Uint8Array) return Buffer.from(message).toString("base64");
  if (Array.isArray(message)) return message.map(plain);
  if (message === null || typeof message !== "object") return message;
  return Object.fromEntries(
    Object.entries(message).flatMap(([name, value]) => (name === "unknownTags" ? [] : [[name, plain(value)] as const])),
  );
}
