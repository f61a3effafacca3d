import { gunzipSync, gzipSync } from "node:zlib";
import { CompressionError } from "./compression-error";

export function gzip(bytes: Uint8Array, level?: number): Uint8Array {
  return gzipSync(bytes, level === undefined ? {} : { level });
}

export function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, maxBytes) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw CompressionError.tooLarge("gzip", maxBytes);
    throw CompressionError.corrupt("gzip", error);
  }
}
