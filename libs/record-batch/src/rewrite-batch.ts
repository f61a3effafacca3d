import {
  batchAttributes,
  Codec,
  compressionCodec,
  hasDeleteHorizon,
  HEADER_BYTES,
  isControl,
  isLogAppendTime,
  isTransactional,
  Layout,
  LOG_OVERHEAD_BYTES,
  NO_TIMESTAMP,
  type BatchHeader,
} from "./batch-header";
import type { Compress } from "./build-batch";
import { crc32c } from "./crc32c";
import { varintSize, writeInt16, writeInt32, writeInt64, writeVarint } from "./integers";

/** A record that stays, as a `RecordCursor` shows it. */
export interface KeptRecord {
  /** As a consumer sees it: the batch's append time where the topic has LogAppendTime. */
  timestamp: number;
  offsetDelta: number;
  /** Bounds of key, value and headers in the (decompressed) inside of the batch. */
  tailStart: number;
  recordEnd: number;
}

/**
 * The batch with some of its records only: offsets, producer, sequence and last offset stay, so that nothing of what a
 * reader or a producer's state goes by is lost. At least one record. `deleteHorizonMs` becomes the base timestamp, and says
 * from when on tombstones and markers in it may go; one that the batch has already is kept.
 * `inside` is where the records lie; a codec takes `compress`.
 * Source: MemoryRecords.buildRetainedRecordsInto, MemoryRecordsBuilder; KIP-534.
 */
export function rewriteBatch(
  header: BatchHeader,
  inside: Uint8Array,
  kept: readonly KeptRecord[],
  options: { deleteHorizonMs?: number; compress?: Compress },
): Uint8Array {
  const known = hasDeleteHorizon(header.attributes) ? header.baseTimestamp : undefined;
  const deleteHorizonMs = known ?? options.deleteHorizonMs;
  const baseTimestamp = deleteHorizonMs ?? kept[0]!.timestamp;
  let bodyBytes = 0;
  let maxTimestamp = NO_TIMESTAMP;
  const sizes = kept.map(({ timestamp, offsetDelta, tailStart, recordEnd }) => {
    if (timestamp > maxTimestamp) maxTimestamp = timestamp;
    const size = 1 + varintSize(timestamp - baseTimestamp) + varintSize(offsetDelta) + recordEnd - tailStart;
    bodyBytes += varintSize(size) + size;
    return size;
  });
  let batch = new Uint8Array(HEADER_BYTES + bodyBytes);
  let at = HEADER_BYTES as number;
  for (const [i, { timestamp, offsetDelta, tailStart, recordEnd }] of kept.entries()) {
    at = writeVarint(batch, at, sizes[i]!);
    batch[at++] = 0;
    at = writeVarint(batch, at, timestamp - baseTimestamp);
    at = writeVarint(batch, at, offsetDelta);
    batch.set(inside.subarray(tailStart, recordEnd), at);
    at += recordEnd - tailStart;
  }
  const codec = compressionCodec(header.attributes);
  if (codec !== Codec.none) {
    if (!options.compress) throw new RangeError(`codec ${codec} without a compressor`);
    const packed = options.compress(codec, batch.subarray(HEADER_BYTES));
    const whole = new Uint8Array(HEADER_BYTES + packed.length);
    whole.set(packed, HEADER_BYTES);
    batch = whole;
  }
  const logAppendTime = isLogAppendTime(header.attributes);
  writeHeader(batch, header, {
    codec,
    deleteHorizon: deleteHorizonMs !== undefined,
    baseTimestamp,
    maxTimestamp: logAppendTime ? header.maxTimestamp : maxTimestamp,
    recordCount: kept.length,
  });
  return batch;
}

/**
 * What is left of a batch without its records: the range of offsets, and what its producer's state goes by.
 * Source: DefaultRecordBatch.writeEmptyHeader.
 */
export function emptiedBatch(header: BatchHeader): Uint8Array {
  const batch = new Uint8Array(HEADER_BYTES);
  const { maxTimestamp } = header;
  const facts = { codec: Codec.none, deleteHorizon: false, baseTimestamp: NO_TIMESTAMP, maxTimestamp, recordCount: 0 };
  writeHeader(batch, header, facts);
  return batch;
}

function writeHeader(
  batch: Uint8Array,
  from: BatchHeader,
  facts: { codec: number; deleteHorizon: boolean; baseTimestamp: number; maxTimestamp: number; recordCount: number },
): void {
  const { attributes } = from;
  const { codec, deleteHorizon } = facts;
  writeInt64(batch, Layout.baseOffset, from.baseOffset);
  writeInt32(batch, Layout.batchLength, batch.length - LOG_OVERHEAD_BYTES);
  writeInt32(batch, Layout.partitionLeaderEpoch, from.partitionLeaderEpoch);
  batch[Layout.magic] = 2;
  writeInt16(
    batch,
    Layout.attributes,
    batchAttributes({
      codec,
      deleteHorizon,
      logAppendTime: isLogAppendTime(attributes),
      transactional: isTransactional(attributes),
      control: isControl(attributes),
    }),
  );
  writeInt32(batch, Layout.lastOffsetDelta, from.lastOffsetDelta);
  writeInt64(batch, Layout.baseTimestamp, facts.baseTimestamp);
  writeInt64(batch, Layout.maxTimestamp, facts.maxTimestamp);
  writeInt64(batch, Layout.producerId, from.producerId);
  writeInt16(batch, Layout.producerEpoch, from.producerEpoch);
  writeInt32(batch, Layout.baseSequence, from.baseSequence);
  writeInt32(batch, Layout.recordCount, facts.recordCount);
  writeInt32(batch, Layout.crc, crc32c(batch, Layout.attributes));
}
