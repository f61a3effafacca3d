import { createRequire } from "node:module";
import { Layout, type BatchHeader } from "./batch-header";

/**
 * CRC-32C (Castagnoli). Long input goes to @node-rs/crc32, which uses the processor's instruction (3.6–4.8 GB/s);
 * below 256 bytes, where crossing into native code costs more than the work, and where the native module is not there
 * for this platform, eight table look-ups per eight bytes in TypeScript.
 */
type NativeCrc = (input: Uint8Array, initial?: number) => number;

const NATIVE_FROM_BYTES = 256;

let native: NativeCrc | null | undefined;

function loadNative(): NativeCrc | null {
  if (native === undefined) {
    try {
      native = (createRequire(__filename)("@node-rs/crc32") as { crc32c: NativeCrc }).crc32c;
    } catch {
      native = null;
    }
  }
  return native;
}

/** Whether the hardware-backed implementation is in use. */
export function crc32cIsNative(): boolean {
  return loadNative() !== null;
}

const tables = ((): Uint32Array => {
  const all = new Uint32Array(8 * 256);
  for (let n = 0; n < 256; n++) {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    all[n] = crc;
  }
  for (let n = 0; n < 256; n++) {
    let crc = all[n]!;
    for (let slice = 1; slice < 8; slice++) {
      crc = all[crc & 0xff]! ^ (crc >>> 8);
      all[slice * 256 + n] = crc;
    }
  }
  return all;
})();

/** The TypeScript implementation: exported so that a test can hold it against the native one. */
export function crc32cPortable(bytes: Uint8Array, start: number, end: number, previous = 0): number {
  const t = tables;
  let crc = ~previous;
  let at = start;
  for (const stop = end - 7; at < stop; at += 8) {
    const low = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc =
      t[1792 + (low & 0xff)]! ^
      t[1536 + ((low >>> 8) & 0xff)]! ^
      t[1280 + ((low >>> 16) & 0xff)]! ^
      t[1024 + (low >>> 24)]! ^
      t[768 + bytes[at + 4]!]! ^
      t[512 + bytes[at + 5]!]! ^
      t[256 + bytes[at + 6]!]! ^
      t[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = t[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * CRC-32C of `bytes[start, end)`, unsigned. `previous` continues the CRC of what came before, for bytes in pieces.
 * The range must lie inside `bytes`.
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length, previous = 0): number {
  if (end - start >= NATIVE_FROM_BYTES) {
    const hardware = loadNative();
    if (hardware) return hardware(bytes.subarray(start, end), previous);
  }
  return crc32cPortable(bytes, start, end, previous);
}

/** The CRC that the batch at `position` should carry. */
export function computeBatchCrc(bytes: Uint8Array, position: number, header: Pick<BatchHeader, "sizeBytes">): number {
  return crc32c(bytes, position + Layout.attributes, position + header.sizeBytes);
}

/** Whether the batch at `position` is whole and carries the CRC of its content. */
export function checkCrc(bytes: Uint8Array, position: number, header: Pick<BatchHeader, "sizeBytes" | "crc">): boolean {
  return position + header.sizeBytes <= bytes.length && computeBatchCrc(bytes, position, header) === header.crc;
}
