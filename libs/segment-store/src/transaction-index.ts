import { assert } from "@moldau/base";
import { IndexTable } from "./index-table";
import { readInt64, writeInt64 } from "./integers";

export const TRANSACTION_INDEX_ENTRY_BYTES = 34;
const VERSION = 0;

/** An aborted transaction. Offsets are inclusive, the last one is its marker's; the last stable offset is exclusive. */
export interface AbortedTransaction {
  producerId: number;
  firstOffset: number;
  lastOffset: number;
  /** The last stable offset once this transaction was over: how far a reader has to look for more of them. */
  lastStableOffset: number;
}

/**
 * The transactions whose abort markers lie in a segment, in the order of the markers; last offsets rise. An entry is int16
 * version 0, int64 producer id, first, last and last stable offset. A transaction may have begun in an earlier segment.
 * Source: org.apache.kafka.storage.internals.log.TransactionIndex, AbortedTxn.
 */
export class TransactionIndex {
  readonly #table: IndexTable;

  constructor(fileBytes?: Uint8Array) {
    this.#table = new IndexTable(TRANSACTION_INDEX_ENTRY_BYTES, fileBytes);
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

  entry(slot: number): AbortedTransaction {
    const at = this.#table.at(slot);
    const { raw } = this.#table;
    return {
      producerId: readInt64(raw, at + 2),
      firstOffset: readInt64(raw, at + 10),
      lastOffset: readInt64(raw, at + 18),
      lastStableOffset: readInt64(raw, at + 26),
    };
  }

  append({ producerId, firstOffset, lastOffset, lastStableOffset }: AbortedTransaction): void {
    const before = this.count === 0 ? -1 : this.entry(this.count - 1).lastOffset;
    assert(lastOffset > before, `the transaction that ends at ${lastOffset} follows the one that ends at ${before}`);
    const at = this.#table.grow();
    const { raw } = this.#table;
    raw[at] = 0;
    raw[at + 1] = VERSION;
    writeInt64(raw, at + 2, producerId);
    writeInt64(raw, at + 10, firstOffset);
    writeInt64(raw, at + 18, lastOffset);
    writeInt64(raw, at + 26, lastStableOffset);
  }

  /** Drops the transactions whose markers lie at or above `offset`. */
  truncateTo(offset: number): void {
    this.#table.shrinkTo(this.#lastBelow(offset) + 1);
  }

  /**
   * Adds those to `found` that a reader of [from, to) has to skip records of. True: whatever aborts behind the last of them
   * began at or above `to`, so that later segments need not be looked at.
   */
  collect({ from, to }: { from: number; to: number }, found: AbortedTransaction[]): boolean {
    for (let slot = this.#lastBelow(from) + 1; slot < this.count; slot++) {
      const aborted = this.entry(slot);
      if (aborted.firstOffset < to) found.push(aborted);
      if (aborted.lastStableOffset >= to) return true;
    }
    return false;
  }

  /** What is wrong with a file of that size for a segment of [baseOffset, endOffset), or undefined. */
  defect(fileBytes: number, { baseOffset, endOffset }: { baseOffset: number; endOffset: number }): string | undefined {
    if (fileBytes % TRANSACTION_INDEX_ENTRY_BYTES !== 0) {
      return `${fileBytes} bytes are no multiple of ${TRANSACTION_INDEX_ENTRY_BYTES}`;
    }
    let before = baseOffset - 1;
    for (let slot = 0; slot < this.count; slot++) {
      const at = this.#table.at(slot);
      const version = this.#table.raw[at]! * 256 + this.#table.raw[at + 1]!;
      if (version !== VERSION) return `entry ${slot} has version ${version}`;
      const { firstOffset, lastOffset, lastStableOffset } = this.entry(slot);
      if (
        lastOffset <= before ||
        lastOffset >= endOffset ||
        firstOffset > lastOffset ||
        lastStableOffset > lastOffset + 1
      ) {
        return `entry ${slot} is of offsets ${firstOffset} to ${lastOffset}, stable below ${lastStableOffset}`;
      }
      before = lastOffset;
    }
    return undefined;
  }

  /** The last slot whose transaction ended below `offset`; -1 where there is none. */
  #lastBelow(offset: number): number {
    const { raw } = this.#table;
    return this.#table.floorSlot(offset - 1, (at) => readInt64(raw, at + 18));
  }
}
