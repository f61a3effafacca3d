import * as zlib from "node:zlib";
import { CompressionError } from "./compression-error";
import { zstdOutputBound } from "./zstd-frame";
import { wasmZstd } from "./zstd-wasm";

/** What Node has from 22.15 on; the types of Node 20 don't. */
interface NativeZstd {
  zstdCompressSync(bytes: Uint8Array, options: { params?: Record<number, number> }): Uint8Array;
  zstdDecompressSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
  constants: { ZSTD_c_compressionLevel: number };
}

const native: NativeZstd | undefined = "zstdCompressSync" in zlib ? (zlib as unknown as NativeZstd) : undefined;

const DEFAULT_LEVEL = 3;

export function zstdCompress(bytes: Uint8Array, level = DEFAULT_LEVEL): Uint8Array {
  if (native) return native.zstdCompressSync(bytes, { params: { [native.constants.ZSTD_c_compressionLevel]: level } });
  return wasmZstd().compress(bytes, level);
}

export function zstdDecompress(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const capacity = Math.min(zstdOutputBound(bytes), maxBytes);
  if (!native) return wasmZstd().decompress(bytes, capacity, maxBytes);
  try {
    return native.zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, capacity) });
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw full && capacity === maxBytes
      ? CompressionError.tooLarge("zstd", maxBytes)
      : CompressionError.corrupt("zstd", error);
  }
}
