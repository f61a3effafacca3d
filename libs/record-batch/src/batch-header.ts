import { CorruptBatchError } from "./corrupt-batch-error";
import { readInt16, readInt32, readInt64, readUint32 } from "./integers";

/**
 * Where the fields of a magic v2 batch lie. Base offset and leader epoch come before the CRC's range on purpose: a broker
 * sets them without computing it again. Source: KIP-98, org.apache.kafka.common.record.DefaultRecordBatch.
 */
export const Layout = {
  baseOffset: 0,
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
  records: 61,
} as const;

/** Bytes of a batch that holds no records. */
export const HEADER_BYTES = Layout.records;

/** Base offset and batch length: what `batchLength` does not count. */
export const LOG_OVERHEAD_BYTES = 12;

export const NO_TIMESTAMP = -1;
export const NO_PRODUCER_ID = -1;
export const NO_PRODUCER_EPOCH = -1;
export const NO_SEQUENCE = -1;

/** The header of a v2 batch: plain numbers, no reference to the bytes. */
export interface BatchHeader {
  baseOffset: number;
  batchLength: number;
  partitionLeaderEpoch: number;
  magic: number;
  crc: number;
  attributes: number;
  lastOffsetDelta: number;
  /** The first record's timestamp (ms), or the delete horizon where `hasDeleteHorizon` says so; deltas count from it. */
  baseTimestamp: number;
  maxTimestamp: number;
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  recordCount: number;
  /** The whole batch in bytes: batchLength + 12. */
  sizeBytes: number;
}

/** A batch where it lies in a larger run of bytes. */
export interface BatchAt {
  header: BatchHeader;
  position: number;
}

export const Codec = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
/** The low three attribute bits: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd; 5 to 7 mean nothing. */
export type CodecId = (typeof Codec)[keyof typeof Codec];

const ATTRIBUTE_LOG_APPEND_TIME = 0x08;
const ATTRIBUTE_TRANSACTIONAL = 0x10;
const ATTRIBUTE_CONTROL = 0x20;
const ATTRIBUTE_DELETE_HORIZON = 0x40;

/** 0 to 7; only 0 to 4 are codecs. */
export function compressionCodec(attributes: number): number {
  return attributes & 0x07;
}
export function isLogAppendTime(attributes: number): boolean {
  return (attributes & ATTRIBUTE_LOG_APPEND_TIME) !== 0;
}
export function isTransactional(attributes: number): boolean {
  return (attributes & ATTRIBUTE_TRANSACTIONAL) !== 0;
}
export function isControl(attributes: number): boolean {
  return (attributes & ATTRIBUTE_CONTROL) !== 0;
}
/** KIP-534: the cleaner stored in baseTimestamp when tombstones and markers of this batch may go. */
export function hasDeleteHorizon(attributes: number): boolean {
  return (attributes & ATTRIBUTE_DELETE_HORIZON) !== 0;
}

/** The attribute bits of a batch. */
export function batchAttributes(flags: {
  codec?: number;
  logAppendTime?: boolean;
  transactional?: boolean;
  control?: boolean;
  deleteHorizon?: boolean;
}): number {
  return (
    (flags.codec ?? 0) |
    (flags.logAppendTime ? ATTRIBUTE_LOG_APPEND_TIME : 0) |
    (flags.transactional ? ATTRIBUTE_TRANSACTIONAL : 0) |
    (flags.control ? ATTRIBUTE_CONTROL : 0) |
    (flags.deleteHorizon ? ATTRIBUTE_DELETE_HORIZON : 0)
  );
}

/**
 * Reads one header; the records behind it need not be there, the 61 bytes of the header do.
 * Throws CorruptBatchError where there are fewer, where the length cannot be, the magic is not 2, or an offset or
 * producer id lies outside what a number holds exactly. The CRC is not looked at.
 */
export function readBatchHeader(bytes: Uint8Array, position: number): BatchHeader {
  if (position < 0 || bytes.length - position < HEADER_BYTES) {
    throw new CorruptBatchError(`a batch header takes ${HEADER_BYTES} bytes, ${bytes.length - position} are left`);
  }
  const magic = (bytes[position + Layout.magic]! << 24) >> 24;
  if (magic !== 2) throw new CorruptBatchError(`magic ${magic} at position ${position}; only 2 is supported`);
  const batchLength = readInt32(bytes, position + Layout.batchLength);
  if (batchLength < HEADER_BYTES - LOG_OVERHEAD_BYTES) {
    throw new CorruptBatchError(
      `batch length ${batchLength} at position ${position} is less than an empty batch takes`,
    );
  }
  const baseOffset = readInt64(bytes, position + Layout.baseOffset);
  const producerId = readInt64(bytes, position + Layout.producerId);
  if (!Number.isSafeInteger(baseOffset) || !Number.isSafeInteger(producerId)) {
    throw new CorruptBatchError(`base offset ${baseOffset} or producer id ${producerId} is beyond 2^53`);
  }
  return {
    baseOffset,
    batchLength,
    partitionLeaderEpoch: readInt32(bytes, position + Layout.partitionLeaderEpoch),
    magic,
    crc: readUint32(bytes, position + Layout.crc),
    attributes: readInt16(bytes, position + Layout.attributes),
    lastOffsetDelta: readInt32(bytes, position + Layout.lastOffsetDelta),
    baseTimestamp: readInt64(bytes, position + Layout.baseTimestamp),
    maxTimestamp: readInt64(bytes, position + Layout.maxTimestamp),
    producerId,
    producerEpoch: readInt16(bytes, position + Layout.producerEpoch),
    baseSequence: readInt32(bytes, position + Layout.baseSequence),
    recordCount: readInt32(bytes, position + Layout.recordCount),
    sizeBytes: batchLength + LOG_OVERHEAD_BYTES,
  };
}

/** The last offset of a batch (inclusive). */
export function lastOffset(header: BatchHeader): number {
  return header.baseOffset + header.lastOffsetDelta;
}

/**
 * Size in bytes of the batch at `position` by its length field alone, or undefined where fewer than 12 bytes are left or
 * the length cannot be. For scans that only hop.
 */
export function batchSizeAt(bytes: Uint8Array, position: number): number | undefined {
  if (bytes.length - position < LOG_OVERHEAD_BYTES) return undefined;
  const batchLength = readInt32(bytes, position + Layout.batchLength);
  return batchLength < HEADER_BYTES - LOG_OVERHEAD_BYTES ? undefined : batchLength + LOG_OVERHEAD_BYTES;
}

/** The base offset of the batch at `position`, which must be there. */
export function baseOffsetAt(bytes: Uint8Array, position: number): number {
  return readInt64(bytes, position + Layout.baseOffset);
}

/**
 * Every whole batch in turn; stops silently before an incomplete one at the end, as a fetch answer may carry.
 * Throws CorruptBatchError as readBatchHeader does.
 */
export function* batchesOf(bytes: Uint8Array, position = 0): Generator<BatchAt, void, undefined> {
  while (bytes.length - position >= HEADER_BYTES) {
    const header = readBatchHeader(bytes, position);
    if (header.sizeBytes > bytes.length - position) return;
    yield { header, position };
    position += header.sizeBytes;
  }
}
