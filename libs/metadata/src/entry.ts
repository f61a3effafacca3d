import { assert } from "@moldau/base";

/** Longest single framed record that a batch may carry; larger ones are a bug or a broken log. Unit: bytes. */
const RECORD_BYTES_MAX = 8 * 1024 * 1024;

/**
 * One entry of the metadata log: framed records that take effect together or not at all. Layout: unsigned varint count,
 * then for each record an unsigned varint length and its bytes.
 */
export function packEntry(records: readonly Uint8Array[]): Uint8Array {
  let size = varintSize(records.length);
  for (const each of records) size += varintSize(each.length) + each.length;
  const bytes = new Uint8Array(size);
  let at = writeVarint(bytes, 0, records.length);
  for (const each of records) {
    at = writeVarint(bytes, at, each.length);
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}

/** The framed records of an entry, as views. Throws InvariantError on malformed bytes. */
export function unpackEntry(bytes: Uint8Array): Uint8Array[] {
  const reader = { bytes, at: 0 };
  const count = readVarint(reader);
  assert(count <= bytes.length, `a metadata entry of ${bytes.length} bytes claims ${count} records`);
  const records: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const length = readVarint(reader);
    assert(
      length <= RECORD_BYTES_MAX && reader.at + length <= bytes.length,
      `metadata entry: record ${index} is cut off at byte ${reader.at} of ${bytes.length}`,
    );
    records.push(bytes.subarray(reader.at, reader.at + length));
    reader.at += length;
  }
  assert(reader.at === bytes.length, `metadata entry: ${bytes.length - reader.at} bytes after the last record`);
  return records;
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
}

function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest > 0x7f) {
    bytes[at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}

function readVarint(reader: { bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = reader.bytes[reader.at++];
    assert(byte !== undefined && scale <= 128 ** 4, "metadata entry: broken length");
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
}
