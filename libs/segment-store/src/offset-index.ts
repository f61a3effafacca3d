import { assert } from "@moldau/base";
import { IndexTable } from "./index-table";
import { INT32_MAX, readInt32, writeInt32 } from "./integers";

export const OFFSET_INDEX_ENTRY_BYTES = 8;

export interface OffsetPosition {
  offset: number;
  /** Byte position in the `.log` file. */
  position: number;
}

/** Whether an offset fits the signed 32 bits that both indexes give it. */
export function fitsRelativeOffset(baseOffset: number, offset: number): boolean {
  return offset >= baseOffset && offset - baseOffset <= INT32_MAX;
}

/**
 * A segment's sparse map from offsets to file positions: entries of int32 relative offset and int32 position, both rising.
 * An entry names the *last* offset of a batch and where that batch begins.
 * Source: org.apache.kafka.storage.internals.log.OffsetIndex.
 */
export class OffsetIndex {
  readonly baseOffset: number;
  readonly #table: IndexTable;

  constructor(baseOffset: number, fileBytes?: Uint8Array) {
    this.baseOffset = baseOffset;
    this.#table = new IndexTable(OFFSET_INDEX_ENTRY_BYTES, fileBytes);
  }

  get count(): number {
    return this.#table.count;
  }

  get sizeBytes(): number {
    return this.#table.sizeBytes;
  }

  /** The file's bytes from entry `from` on. */
  bytes(from = 0): Uint8Array {
    return this.#table.bytes(from);
  }

  isFull(maxIndexBytes: number): boolean {
    return this.count >= Math.floor(maxIndexBytes / OFFSET_INDEX_ENTRY_BYTES);
  }

  entry(slot: number): OffsetPosition {
    const at = this.#table.at(slot);
    const raw = this.#table.raw;
    return { offset: this.baseOffset + readInt32(raw, at), position: readInt32(raw, at + 4) };
  }

  last(): OffsetPosition | undefined {
    return this.count === 0 ? undefined : this.entry(this.count - 1);
  }

  append(offset: number, position: number): void {
    const last = this.last();
    assert(
      fitsRelativeOffset(this.baseOffset, offset),
      `offset ${offset} does not fit an index based at ${this.baseOffset}`,
    );
    assert(!last || offset > last.offset, `index offset ${offset} does not rise above ${last?.offset}`);
    const at = this.#table.grow();
    writeInt32(this.#table.raw, at, offset - this.baseOffset);
    writeInt32(this.#table.raw, at + 4, position);
  }

  /** The last entry at or below `offset`; the segment's start where there is none. */
  lookup(offset: number): OffsetPosition {
    const slot = this.#floor(offset);
    return slot < 0 ? { offset: this.baseOffset, position: 0 } : this.entry(slot);
  }

  /** The last entry whose batch begins at or below a byte of the `.log` file. */
  lookupPosition(position: number): OffsetPosition | undefined {
    const raw = this.#table.raw;
    const slot = this.#table.floorSlot(position, (at) => readInt32(raw, at + 4));
    return slot < 0 ? undefined : this.entry(slot);
  }

  /** Drops every entry at or above `offset`. */
  truncateTo(offset: number): void {
    const slot = this.#floor(offset);
    if (slot < 0) this.#table.shrinkTo(0);
    else this.#table.shrinkTo(this.entry(slot).offset === offset ? slot : slot + 1);
  }

  /** What is wrong with the content, or undefined. `fileBytes` is the size on disk, `logBytes` that of the `.log`. */
  defect(fileBytes: number, logBytes: number): string | undefined {
    if (fileBytes % OFFSET_INDEX_ENTRY_BYTES !== 0) return `${fileBytes} bytes are no multiple of 8`;
    const last = this.last();
    if (last && last.offset < this.baseOffset) return `last offset ${last.offset} lies below the base offset`;
    if (last && (last.position < 0 || last.position >= logBytes))
      return `last position ${last.position} lies outside the log`;
    return undefined;
  }

  #floor(offset: number): number {
    const raw = this.#table.raw;
    return this.#table.floorSlot(offset - this.baseOffset, (at) => readInt32(raw, at));
  }
}
