/**
 * Big-endian integers and Kafka's variable-length integers on bare byte arrays: no DataView, so nothing is allocated.
 * Bounds are the caller's business: past the end these read zeroes.
 */

export function readInt16(bytes: Uint8Array, at: number): number {
  return (((bytes[at]! << 8) | bytes[at + 1]!) << 16) >> 16;
}

export function readInt32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at) >>> 0;
}

/** Exact within 2^53; beyond it the nearest double, which `Number.isSafeInteger` tells apart. */
export function readInt64(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at) * 0x1_0000_0000 + readUint32(bytes, at + 4);
}

export function writeInt16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value;
}

export function writeInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 24;
  bytes[at + 1] = value >> 16;
  bytes[at + 2] = value >> 8;
  bytes[at + 3] = value;
}

export function writeInt64(bytes: Uint8Array, at: number, value: number): void {
  writeInt32(bytes, at, Math.floor(value / 0x1_0000_0000));
  writeInt32(bytes, at + 4, value >>> 0);
}

/** Bytes that a zigzag varint of this safe integer takes (int and long share one encoding). */
export function varintSize(value: number): number {
  if (value >= -64 && value < 64) return 1;
  if (value >= -8192 && value < 8192) return 2;
  let size = 3;
  for (let limit = 0x10_0000; size < 10 && !(value >= -limit && value < limit); limit *= 128) size++;
  return size;
}

/** Writes a zigzag varint of an integer within 2^52 (beyond it `2n - 1` would round); returns the position behind it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest: number;
  if (value >= -0x4000_0000 && value < 0x4000_0000) {
    rest = (value << 1) ^ (value >> 31);
  } else {
    rest = value >= 0 ? value * 2 : -value * 2 - 1;
    while (rest > 0x7fff_ffff) {
      bytes[at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
  }
  while (rest > 0x7f) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}
