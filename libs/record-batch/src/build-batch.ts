import {
  batchAttributes,
  Codec,
  HEADER_BYTES,
  Layout,
  LOG_OVERHEAD_BYTES,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  NO_SEQUENCE,
  NO_TIMESTAMP,
} from "./batch-header";
import { crc32c } from "./crc32c";
import { varintSize, writeInt16, writeInt32, writeInt64, writeVarint } from "./integers";
import type { RecordHeader } from "./record-cursor";

/** Compresses the records of a batch: `compression`'s `compress` is one. */
export type Compress = (codec: number, bytes: Uint8Array) => Uint8Array;

/** A record to be written. */
export interface RecordDraft {
  key?: Uint8Array | null;
  value?: Uint8Array | null;
  headers?: readonly RecordHeader[];
  /** Milliseconds; without it the record has none (-1). */
  timestamp?: number;
  /** Its distance from the base offset; without it, its index. For compaction, which leaves holes. */
  offsetDelta?: number;
}

export interface BatchDraft {
  records: readonly RecordDraft[];
  /** 0 where a producer writes: the broker sets it. */
  baseOffset?: number;
  partitionLeaderEpoch?: number;
  producerId?: number;
  producerEpoch?: number;
  baseSequence?: number;
  transactional?: boolean;
  control?: boolean;
  /** The broker's time for all records (LogAppendTime); the records keep their own beneath it. */
  logAppendTimeMs?: number;
  /** 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd; needs `compress` unless 0. */
  codec?: number;
  compress?: Compress;
  /** Last offset delta where it is beyond the last record's: compaction removed what was there. */
  lastOffsetDelta?: number;
}

const utf8 = new TextEncoder();
const VARINT_ROOM = 5;

/** Builds one batch with its CRC. At least one record, unless `lastOffsetDelta` says which range an empty one stands for. */
export function buildBatch(draft: BatchDraft): Uint8Array {
  const { records } = draft;
  if (records.length === 0 && draft.lastOffsetDelta === undefined) throw new RangeError("a batch without records");
  const codec = draft.codec ?? Codec.none;
  const baseTimestamp = records[0]?.timestamp ?? NO_TIMESTAMP;

  // Header keys are encoded once; everything else is sized first, so that records are written exactly once.
  const headerKeys: Uint8Array[] = [];
  const sizes = new Array<number>(records.length);
  let bodyBytes = 0;
  for (let i = 0; i < records.length; i++) {
    const size = recordBodySize(records[i]!, i, baseTimestamp, headerKeys);
    sizes[i] = size;
    bodyBytes += varintSize(size) + size;
  }

  let maxTimestamp = baseTimestamp;
  for (const { timestamp = NO_TIMESTAMP } of records) if (timestamp > maxTimestamp) maxTimestamp = timestamp;

  let batch = new Uint8Array(HEADER_BYTES + bodyBytes);
  let at = HEADER_BYTES as number;
  let headerKey = 0;
  for (let i = 0; i < records.length; i++) {
    const record = records[i]!;
    at = writeVarint(batch, at, sizes[i]!);
    batch[at++] = 0;
    at = writeVarint(batch, at, (record.timestamp ?? NO_TIMESTAMP) - baseTimestamp);
    at = writeVarint(batch, at, record.offsetDelta ?? i);
    at = writeBytes(batch, at, record.key ?? null);
    at = writeBytes(batch, at, record.value ?? null);
    at = writeVarint(batch, at, record.headers?.length ?? 0);
    if (record.headers) {
      for (const header of record.headers) {
        at = writeBytes(batch, at, headerKeys[headerKey++]!);
        at = writeBytes(batch, at, header.value);
      }
    }
  }

  if (codec !== Codec.none && records.length > 0) {
    if (!draft.compress) throw new RangeError(`codec ${codec} without a compressor`);
    const compressed = draft.compress(codec, batch.subarray(HEADER_BYTES));
    const whole = new Uint8Array(HEADER_BYTES + compressed.length);
    whole.set(compressed, HEADER_BYTES);
    batch = whole;
  }

  const last = records.length > 0 ? (records[records.length - 1]!.offsetDelta ?? records.length - 1) : 0;
  writeInt64(batch, Layout.baseOffset, draft.baseOffset ?? 0);
  writeInt32(batch, Layout.batchLength, batch.length - LOG_OVERHEAD_BYTES);
  writeInt32(batch, Layout.partitionLeaderEpoch, draft.partitionLeaderEpoch ?? -1);
  batch[Layout.magic] = 2;
  writeInt16(
    batch,
    Layout.attributes,
    batchAttributes({
      codec,
      logAppendTime: draft.logAppendTimeMs !== undefined,
      transactional: draft.transactional,
      control: draft.control,
    }),
  );
  writeInt32(batch, Layout.lastOffsetDelta, draft.lastOffsetDelta ?? last);
  writeInt64(batch, Layout.baseTimestamp, baseTimestamp);
  writeInt64(batch, Layout.maxTimestamp, draft.logAppendTimeMs ?? maxTimestamp);
  writeInt64(batch, Layout.producerId, draft.producerId ?? NO_PRODUCER_ID);
  writeInt16(batch, Layout.producerEpoch, draft.producerEpoch ?? NO_PRODUCER_EPOCH);
  writeInt32(batch, Layout.baseSequence, draft.baseSequence ?? NO_SEQUENCE);
  writeInt32(batch, Layout.recordCount, records.length);
  writeInt32(batch, Layout.crc, crc32c(batch, Layout.attributes));
  return batch;
}

/**
 * An upper bound of what one record adds to an uncompressed batch, cheap enough to call per record: producers cut
 * batches by it.
 */
export function estimateRecordBytes(record: RecordDraft): number {
  let size = 6 * VARINT_ROOM + 6 + (record.key?.length ?? 0) + (record.value?.length ?? 0);
  if (record.headers) {
    for (const { key, value } of record.headers) size += 2 * VARINT_ROOM + key.length * 3 + (value?.length ?? 0);
  }
  return size;
}

function recordBodySize(record: RecordDraft, index: number, baseTimestamp: number, headerKeys: Uint8Array[]): number {
  let size =
    1 +
    varintSize((record.timestamp ?? NO_TIMESTAMP) - baseTimestamp) +
    varintSize(record.offsetDelta ?? index) +
    bytesSize(record.key ?? null) +
    bytesSize(record.value ?? null) +
    varintSize(record.headers?.length ?? 0);
  if (record.headers) {
    for (const header of record.headers) {
      const key = utf8.encode(header.key);
      headerKeys.push(key);
      size += bytesSize(key) + bytesSize(header.value);
    }
  }
  return size;
}

function bytesSize(bytes: Uint8Array | null): number {
  return bytes === null ? 1 : varintSize(bytes.length) + bytes.length;
}

function writeBytes(target: Uint8Array, at: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(target, at, -1);
  at = writeVarint(target, at, bytes.length);
  target.set(bytes, at);
  return at + bytes.length;
}
