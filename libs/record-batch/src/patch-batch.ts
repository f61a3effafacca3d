import { batchAttributes, Layout, LOG_OVERHEAD_BYTES, type BatchHeader } from "./batch-header";
import { computeBatchCrc } from "./crc32c";
import { readInt16, readInt32, writeInt16, writeInt32, writeInt64 } from "./integers";

export interface BatchPatch {
  baseOffset: number;
  partitionLeaderEpoch: number;
  /** The broker's time (ms) where the topic's message.timestamp.type is LogAppendTime: the CRC is then computed again. */
  logAppendTimeMs?: number;
  /** The right maximum where validateForAppend found that the producer stated a wrong one; the CRC is computed again. */
  maxTimestamp?: number;
}

/**
 * Sets what the leader decides, in place: the one write to bytes that somebody else owns. Base offset and leader epoch lie
 * outside the CRC; a log append time rewrites attributes and max timestamp, so that CRC follows.
 * Pass the header that was read from here and it is kept in step.
 */
export function patchBatch(bytes: Uint8Array, position: number, patch: BatchPatch, header?: BatchHeader): void {
  writeInt64(bytes, position + Layout.baseOffset, patch.baseOffset);
  writeInt32(bytes, position + Layout.partitionLeaderEpoch, patch.partitionLeaderEpoch);
  if (header) {
    header.baseOffset = patch.baseOffset;
    header.partitionLeaderEpoch = patch.partitionLeaderEpoch;
  }
  const maxTimestamp = patch.logAppendTimeMs ?? patch.maxTimestamp;
  if (maxTimestamp === undefined) return;
  let attributes = readInt16(bytes, position + Layout.attributes);
  if (patch.logAppendTimeMs !== undefined) attributes |= batchAttributes({ logAppendTime: true });
  writeInt16(bytes, position + Layout.attributes, attributes);
  writeInt64(bytes, position + Layout.maxTimestamp, maxTimestamp);
  const sizeBytes = readInt32(bytes, position + Layout.batchLength) + LOG_OVERHEAD_BYTES;
  const crc = computeBatchCrc(bytes, position, { sizeBytes });
  writeInt32(bytes, position + Layout.crc, crc);
  if (header) {
    header.attributes = attributes;
    header.maxTimestamp = maxTimestamp;
    header.crc = crc;
  }
}
