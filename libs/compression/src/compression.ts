import { KafkaError } from "@moldau/base";
import { CompressionError } from "./compression-error";
import { gunzip, gzip } from "./gzip";
import { lz4Compress, lz4Decompress } from "./lz4";
import { snappyCompress, snappyDecompress } from "./snappy";
import { zstdCompress, zstdDecompress } from "./zstd";

/** Codec ids as the low three bits of a batch's attributes carry them. */
export const compressionNames = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
export type CompressionName = (typeof compressionNames)[number];

/** The id of a codec by the name that `compression.type` uses; undefined for other names (`producer` is no codec). */
export function compressionId(name: string): number | undefined {
  const id = (compressionNames as readonly string[]).indexOf(name);
  return id < 0 ? undefined : id;
}

/**
 * Compresses the records of a batch as Kafka's clients expect them. Synchronous for every codec: a batch is small, and a
 * trip through the thread pool costs more than most of them. `level` is in the codec's own scale: gzip 1–9, lz4 1–17 with
 * 9 for the fast search, zstd up to 22; snappy has none. Native modules are loaded at first use.
 */
export function compress(codec: number, bytes: Uint8Array, level?: number): Uint8Array {
  switch (codec) {
    case 0:
      return bytes;
    case 1:
      return gzip(bytes, level);
    case 2:
      return snappyCompress(bytes);
    case 3:
      return lz4Compress(bytes, level);
    case 4:
      return zstdCompress(bytes, level);
    default:
      throw unknownCodec(codec);
  }
}

/**
 * The opposite of `compress`. Never gives more than `maxBytes` and never allocates far beyond what the input can really
 * become, so a small hostile batch cannot make a process large. Throws CompressionError.
 */
export function decompress(codec: number, bytes: Uint8Array, maxBytes: number): Uint8Array {
  switch (codec) {
    case 0:
      if (bytes.length > maxBytes) throw CompressionError.tooLarge("none", maxBytes);
      return bytes;
    case 1:
      return gunzip(bytes, maxBytes);
    case 2:
      return snappyDecompress(bytes, maxBytes);
    case 3:
      return lz4Decompress(bytes, maxBytes);
    case 4:
      return zstdDecompress(bytes, maxBytes);
    default:
      throw unknownCodec(codec);
  }
}

function unknownCodec(codec: number): CompressionError {
  return new CompressionError(`compression codec ${codec} is unknown`, KafkaError.UNSUPPORTED_COMPRESSION_TYPE);
}
