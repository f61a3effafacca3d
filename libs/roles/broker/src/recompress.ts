import { compress, decompress } from "@moldau/compression";
import {
  crc32c,
  DEFAULT_MAX_DECOMPRESSED_BYTES,
  HEADER_BYTES,
  Layout,
  LOG_OVERHEAD_BYTES,
  type BatchHeader,
} from "@moldau/record-batch";

/**
 * The same batch in the topic's codec (`compression.type` other than `producer`). The records inside stay byte for byte:
 * only the body's codec, the length and the CRC change. A new array; `header` is brought into step.
 */
export function recompress(bytes: Uint8Array, header: BatchHeader, codec: number, level?: number): Uint8Array {
  const body = bytes.subarray(HEADER_BYTES, header.sizeBytes);
  const plain = decompress(header.attributes & 0x07, body, DEFAULT_MAX_DECOMPRESSED_BYTES);
  const packed = compress(codec, plain, level);
  const batch = new Uint8Array(HEADER_BYTES + packed.length);
  batch.set(bytes.subarray(0, HEADER_BYTES));
  batch.set(packed, HEADER_BYTES);
  const view = new DataView(batch.buffer);
  header.attributes = (header.attributes & ~0x07) | codec;
  header.batchLength = batch.length - LOG_OVERHEAD_BYTES;
  header.sizeBytes = batch.length;
  view.setInt32(Layout.batchLength, header.batchLength);
  view.setInt16(Layout.attributes, header.attributes);
  header.crc = crc32c(batch, Layout.attributes, batch.length);
  view.setUint32(Layout.crc, header.crc);
  return batch;
}
