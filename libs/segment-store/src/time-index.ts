import { assert } from "@moldau/base";
import { IndexTable } from "./index-table";
import { readInt32, readInt64, writeInt32, writeInt64 } from "./integers";

export const TIME_INDEX_ENTRY_BYTES = 12;

export interface TimestampOffset {
  /** Milliseconds since the epoch; -1 for none. */
  timestamp: number;
  offset: number;
}

/**
 * A segment's sparse map from timestamps to offsets: entries of int64 timestamp and int32 relative offset. An entry says:
 * the largest timestamp up to here is `timestamp`, and the batch that holds it ends at `offset`. Timestamps rise strictly.
 * Source: org.apache.kafka.storage.internals.log.TimeIndex.
 */
export class TimeIndex {
  readonly baseOffset: number;
  readonly #table: IndexTable;

  constructor(baseOffset: number, fileBytes?: Uint8Array) {
    this.baseOffset = baseOffset;
    this.#table = new IndexTable(TIME_INDEX_ENTRY_BYTES, fileBytes);
  }

  get count(): number {
    return this.#table.count;
  }

  get sizeBytes(): number {
    return this.#table.sizeBytes;
  }

  bytes(from = 0): Uint8Array {
    return this.#table.bytes(from);
  }

  /** One entry is kept in reserve for the one that a roll appends. */
  isFull(maxIndexBytes: number): boolean {
    return this.count >= Math.floor(maxIndexBytes / TIME_INDEX_ENTRY_BYTES) - 1;
  }

  entry(slot: number): TimestampOffset {
    const at = this.#table.at(slot);
    const raw = this.#table.raw;
    return { timestamp: readInt64(raw, at), offset: this.baseOffset + readInt32(raw, at + 8) };
  }

  last(): TimestampOffset {
    return this.count === 0 ? { timestamp: -1, offset: this.baseOffset } : this.entry(this.count - 1);
  }

  /** Appends unless the timestamp is no news. Says whether it did. */
  maybeAppend(timestamp: number, offset: number): boolean {
    const last = this.last();
    if (timestamp <= last.timestamp) return false;
    assert(this.count === 0 || offset >= last.offset, `time index offset ${offset} falls below ${last.offset}`);
    const at = this.#table.grow();
    writeInt64(this.#table.raw, at, timestamp);
    writeInt32(this.#table.raw, at + 8, offset - this.baseOffset);
    return true;
  }

  /** The last entry with a timestamp at or below `timestamp`; (-1, base offset) where there is none. */
  lookup(timestamp: number): TimestampOffset {
    const raw = this.#table.raw;
    const slot = this.#table.floorSlot(timestamp, (at) => readInt64(raw, at));
    return slot < 0 ? { timestamp: -1, offset: this.baseOffset } : this.entry(slot);
  }

  /** Drops every entry at or above `offset`. */
  truncateTo(offset: number): void {
    const raw = this.#table.raw;
    const slot = this.#table.floorSlot(offset - this.baseOffset, (at) => readInt32(raw, at + 8));
    if (slot < 0) return this.#table.shrinkTo(0);
    // Several entries may carry one offset never (timestamps rise per batch), so one step back is enough.
    this.#table.shrinkTo(this.entry(slot).offset === offset ? slot : slot + 1);
  }

  /** What is wrong with the content, or undefined. */
  defect(fileBytes: number): string | undefined {
    if (fileBytes % TIME_INDEX_ENTRY_BYTES !== 0) return `${fileBytes} bytes are no multiple of 12`;
    if (this.count === 0) return undefined;
    const first = this.entry(0);
    const last = this.last();
    if (last.timestamp < first.timestamp)
      return `last timestamp ${last.timestamp} lies below the first, ${first.timestamp}`;
    if (last.offset < this.baseOffset) return `last offset ${last.offset} lies below the base offset`;
    return undefined;
  }
}
