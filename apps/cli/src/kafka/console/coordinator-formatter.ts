// Records of __consumer_offsets and __transaction_state as JSON. Source: OffsetsMessageFormatter, GroupMetadataMessageFormatter and
// TransactionLogMessageFormatter of Kafka 4.1. There is no line's end between records, as there.
import type { IncomingRecord } from "@moldau/client";
import {
  type FieldShape,
  messageJson,
  readGroupMetadataKey,
  readGroupMetadataValue,
  readLegacyOffsetCommitKey,
  readOffsetCommitKey,
  readOffsetCommitValue,
  Reader,
  readTransactionLogKey,
  readTransactionLogValue,
  recordShapes,
} from "@moldau/protocol";

interface Half {
  read(reader: Reader, version: number): object;
  shape: readonly FieldShape[];
}

interface Kind {
  key: Half;
  value: Half;
}

const offsetCommitValue: Half = { read: readOffsetCommitValue, shape: recordShapes.OffsetCommitValue };

/** Record types by formatter: the key's first two bytes say which one a record is. */
const kinds: Readonly<Record<string, ReadonlyMap<number, Kind>>> = {
  OffsetsMessageFormatter: new Map<number, Kind>([
    [
      0,
      { key: { read: readLegacyOffsetCommitKey, shape: recordShapes.LegacyOffsetCommitKey }, value: offsetCommitValue },
    ],
    [1, { key: { read: readOffsetCommitKey, shape: recordShapes.OffsetCommitKey }, value: offsetCommitValue }],
  ]),
  GroupMetadataMessageFormatter: new Map<number, Kind>([
    [
      2,
      {
        key: { read: readGroupMetadataKey, shape: recordShapes.GroupMetadataKey },
        value: { read: readGroupMetadataValue, shape: recordShapes.GroupMetadataValue },
      },
    ],
  ]),
  TransactionLogMessageFormatter: new Map<number, Kind>([
    [
      0,
      {
        key: { read: readTransactionLogKey, shape: recordShapes.TransactionLogKey },
        value: { read: readTransactionLogValue, shape: recordShapes.TransactionLogValue },
      },
    ],
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
    const data = messageJson(kind.key.shape, kind.key.read(keyReader, 0), 0);
    return Buffer.from(`{"key":{"type":${type},"data":${data}},"value":${valueOf(value, kind.value)}}`);
  };
}

function valueOf(value: Uint8Array | null, { read, shape }: Half): string {
  if (value === null) return "null";
  const reader = new Reader(value);
  const version = reader.int16();
  return `{"version":${version},"data":${messageJson(shape, read(reader, version), version)}}`;
}
