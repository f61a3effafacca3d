/**
 * One entry of the metadata log on disk:
 *
 *   magic "ML" (2)  length of what follows the CRC (4)  CRC-32 of it (4)  index (8)  term (8)  synced (4)  type (1)  payload
 *
 * Big-endian. `synced` is the length of the segment that was known to be on disk when the frame was written. It tells a
 * torn tail from rot: whatever follows the synced length may be lost in a crash in any pattern, but a bad frame before
 * a later frame's synced length was once good.
 */
import { crc32 } from "node:zlib";
import { entryTypeCode, entryTypeOf, type Entry } from "@moldau/raft";

const MAGIC = 0x4d4c;
const BODY_START = 10;
const BODY_HEADER = 21;
export const FRAME_OVERHEAD = BODY_START + BODY_HEADER;

export interface Frame {
  readonly entry: Entry;
  readonly synced: number;
  /** Bytes that the frame takes in the segment. */
  readonly size: number;
}

/** Header of an entry's frame; the payload follows it, uncopied. */
export function frameHeader(entry: Entry, synced: number): Buffer {
  const header = Buffer.allocUnsafe(FRAME_OVERHEAD);
  header.writeUInt16BE(MAGIC, 0);
  header.writeUInt32BE(BODY_HEADER + entry.payload.length, 2);
  writeNumber(header, entry.index, 10);
  writeNumber(header, entry.term, 18);
  header.writeUInt32BE(synced, 26);
  header.writeUInt8(entryTypeCode(entry.type), 30);
  header.writeUInt32BE(crc32(entry.payload, crc32(header.subarray(BODY_START))), 6);
  return header;
}

/** The frame at `position`; undefined when there is none that is whole and sound. The payload is a view. */
export function readFrame(bytes: Buffer, position: number): Frame | undefined {
  if (bytes.length - position < FRAME_OVERHEAD || bytes.readUInt16BE(position) !== MAGIC) return undefined;
  const length = bytes.readUInt32BE(position + 2);
  const body = position + BODY_START;
  if (length < BODY_HEADER || length > bytes.length - body) return undefined;
  if (crc32(bytes.subarray(body, body + length)) !== bytes.readUInt32BE(position + 6)) return undefined;
  const type = entryTypeOf(bytes.readUInt8(body + 20));
  const index = readNumber(bytes, body);
  const term = readNumber(bytes, body + 8);
  if (type === undefined || index === undefined || term === undefined) return undefined;
  const payload = bytes.subarray(body + BODY_HEADER, body + length);
  return { entry: { index, term, type, payload }, synced: bytes.readUInt32BE(body + 16), size: BODY_START + length };
}

/** Whether some sound frame behind `position` was written when the bytes at `position` were already on disk. */
export function wasSyncedBefore(bytes: Buffer, position: number): boolean {
  const magic = Buffer.from([MAGIC >> 8, MAGIC & 0xff]);
  for (let at = bytes.indexOf(magic, position + 1); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    const frame = readFrame(bytes, at);
    if (frame !== undefined && frame.synced > position) return true;
  }
  return false;
}

export function writeNumber(target: Buffer, value: number, at: number): void {
  target.writeUInt32BE(Math.floor(value / 0x1_0000_0000), at);
  target.writeUInt32BE(value >>> 0, at + 4);
}

/** undefined above 2^53. */
export function readNumber(source: Buffer, at: number): number | undefined {
  const value = source.readUInt32BE(at) * 0x1_0000_0000 + source.readUInt32BE(at + 4);
  return Number.isSafeInteger(value) ? value : undefined;
}
