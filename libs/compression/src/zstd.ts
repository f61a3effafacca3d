import * as zlib from "node:zlib";
import { CompressionError } from "./compression-error";
import { zstdFraming } from "./zstd-frame";
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
  const { bytesMax, single } = zstdFraming(bytes);
  const capacity = Math.min(bytesMax, maxBytes);
  // Node's own decoder stops silently behind the first frame (22.17), so several frames are not for it.
  if (!native || !single) return wasmZstd().decompress(bytes, capacity, maxBytes);
  try {
    return native.zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, capacity) });
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw full && capacity === maxBytes
      ? CompressionError.tooLarge("zstd", maxBytes)
      : CompressionError.corrupt("zstd", error);
  }
}
