/** Shared by all that are empty: a typed array of no bytes takes as much memory as one of 200. */
const NOTHING = new Uint8Array(0);

/**
 * A growable array of fixed-size entries: the memory form of an index file, identical to its bytes.
 * Entries are appended in order and looked up by binary search; the file is written out when the log flushes or rolls.
 */
export class IndexTable {
  readonly #entryBytes: number;
  #bytes: Uint8Array;
  #count: number;

  constructor(entryBytes: number, bytes: Uint8Array = NOTHING) {
    this.#entryBytes = entryBytes;
    this.#bytes = bytes;
    this.#count = Math.floor(bytes.length / entryBytes);
  }

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#count * this.#entryBytes;
  }

  /** The memory behind `at`; take it anew after an append. */
  get raw(): Uint8Array {
    return this.#bytes;
  }

  /** Exactly the bytes of the file; a view that the next append may outgrow. */
  bytes(from = 0): Uint8Array {
    return this.#bytes.subarray(from * this.#entryBytes, this.sizeBytes);
  }

  at(slot: number): number {
    return slot * this.#entryBytes;
  }

  /** Makes room for one more entry and returns where to write it. */
  grow(): number {
    const at = this.sizeBytes;
    if (at + this.#entryBytes > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#entryBytes * 16, this.#bytes.length * 2));
      wider.set(this.#bytes.subarray(0, at));
      this.#bytes = wider;
    }
    this.#count += 1;
    return at;
  }

  shrinkTo(count: number): void {
    if (count < this.#count) this.#count = count;
  }

  /** The last slot whose key, as `keyAt` reads it, is at most `target`; -1 where there is none. */
  floorSlot(target: number, keyAt: (at: number) => number): number {
    let low = -1;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (keyAt(middle * this.#entryBytes) <= target) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
