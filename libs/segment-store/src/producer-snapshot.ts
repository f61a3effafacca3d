import { crc32c } from "@moldau/record-batch";
import { readInt32, readInt64, writeInt32, writeInt64 } from "./integers";

/**
 * `<offset>.snapshot`: what the log knows about its producers, as of the offset in the name (exclusive).
 * int16 version 1, uint32 CRC-32C of all that follows, int32 count, then 46 bytes a producer. This is the file's codec;
 * the state itself belongs to `partition`. Source: ProducerSnapshot.json, ProducerStateManager.
 */
export interface ProducerSnapshotEntry {
  producerId: number;
  producerEpoch: number;
  /** Last sequence number written; -1 when the producer wrote nothing but a marker. */
  lastSequence: number;
  /** Offset of the last record; -1 when the producer wrote no data. */
  lastOffset: number;
  /** Last minus first sequence number of the last batch. */
  offsetDelta: number;
  /** Milliseconds since the epoch. */
  timestamp: number;
  coordinatorEpoch: number;
  /** First offset of the transaction under way; -1 for none. */
  currentTxnFirstOffset: number;
}

const VERSION = 1;
const CRC_AT = 2;
const ENTRIES_AT = 6;
const ENTRY_BYTES = 46;

export function writeProducerSnapshot(entries: readonly ProducerSnapshotEntry[]): Uint8Array {
  const bytes = new Uint8Array(ENTRIES_AT + 4 + entries.length * ENTRY_BYTES);
  writeInt16(bytes, 0, VERSION);
  writeInt32(bytes, ENTRIES_AT, entries.length);
  let at = ENTRIES_AT + 4;
  for (const entry of entries) {
    writeInt64(bytes, at, entry.producerId);
    writeInt16(bytes, at + 8, entry.producerEpoch);
    writeInt32(bytes, at + 10, entry.lastSequence);
    writeInt64(bytes, at + 14, entry.lastOffset);
    writeInt32(bytes, at + 22, entry.offsetDelta);
    writeInt64(bytes, at + 26, entry.timestamp);
    writeInt32(bytes, at + 34, entry.coordinatorEpoch);
    writeInt64(bytes, at + 38, entry.currentTxnFirstOffset);
    at += ENTRY_BYTES;
  }
  writeInt32(bytes, CRC_AT, crc32c(bytes, ENTRIES_AT, bytes.length) | 0);
  return bytes;
}

/** Undefined for a snapshot that is damaged or of another version: the caller takes an older one, or reads the log. */
export function readProducerSnapshot(bytes: Uint8Array): ProducerSnapshotEntry[] | undefined {
  if (bytes.length < ENTRIES_AT + 4 || readInt16(bytes, 0) !== VERSION) return undefined;
  if (readInt32(bytes, CRC_AT) >>> 0 !== crc32c(bytes, ENTRIES_AT, bytes.length)) return undefined;
  const count = readInt32(bytes, ENTRIES_AT);
  if (count < 0 || ENTRIES_AT + 4 + count * ENTRY_BYTES !== bytes.length) return undefined;
  const entries: ProducerSnapshotEntry[] = [];
  for (let at = ENTRIES_AT + 4; at < bytes.length; at += ENTRY_BYTES) {
    entries.push({
      producerId: readInt64(bytes, at),
      producerEpoch: readInt16(bytes, at + 8),
      lastSequence: readInt32(bytes, at + 10),
      lastOffset: readInt64(bytes, at + 14),
      offsetDelta: readInt32(bytes, at + 22),
      timestamp: readInt64(bytes, at + 26),
      coordinatorEpoch: readInt32(bytes, at + 34),
      currentTxnFirstOffset: readInt64(bytes, at + 38),
    });
  }
  return entries;
}

function readInt16(bytes: Uint8Array, at: number): number {
  return (((bytes[at]! << 8) | bytes[at + 1]!) << 16) >> 16;
}

function writeInt16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value;
}
