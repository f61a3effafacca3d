import { assert } from "@moldau/base";
import { md5Into } from "./md5";

/** A digest of four words and an offset. */
const BYTES_PER_ENTRY = 24;
const MAX_SLOTS = Math.floor((2 ** 31 - 1) / BYTES_PER_ENTRY);

/** How many keys `memoryBytes` hold when filled up to `loadFactor`: what `log.cleaner.dedupe.buffer.size` means. */
export function keyCapacity(memoryBytes: number, loadFactor: number): number {
  return Math.floor(Math.min(MAX_SLOTS, Math.floor(memoryBytes / BYTES_PER_ENTRY)) * loadFactor);
}

/**
 * The newest offset of each key in the part of a log that is being compacted, in memory that does not grow. The digest of a
 * key stands for the key; collisions in the table are resolved by probing. Nothing is deleted.
 * Source: org.apache.kafka.storage.internals.log.SkimpyOffsetMap.
 */
export class KeyOffsets {
  /** Keys that it takes. */
  readonly capacity: number;
  /** Everything up to here (inclusive) has been looked at; -1 for nothing. */
  latestOffset = -1;
  readonly #slots: number;
  readonly #digests: Int32Array;
  /** Offset + 1, so that the zeros of fresh memory mean "free". */
  readonly #offsets: Float64Array;
  readonly #digest = new Int32Array(4);
  #size = 0;

  /** For as many keys as `memoryBytes` hold, or for `keys` where those are fewer. At least one. */
  constructor(limits: { memoryBytes: number; loadFactor: number; keys?: number }) {
    const most = Math.min(MAX_SLOTS, Math.floor(limits.memoryBytes / BYTES_PER_ENTRY));
    const wanted = Math.ceil(Math.max(1, limits.keys ?? Infinity) / limits.loadFactor) + 1;
    this.#slots = Math.max(2, Math.min(most, wanted));
    this.capacity = Math.max(1, Math.min(this.#slots - 1, Math.floor(this.#slots * limits.loadFactor)));
    this.#digests = new Int32Array(this.#slots * 4);
    this.#offsets = new Float64Array(this.#slots);
  }

  get size(): number {
    return this.#size;
  }

  /** Share of the table that is taken. */
  get utilization(): number {
    return this.#size / this.#slots;
  }

  get isFull(): boolean {
    return this.#size >= this.capacity;
  }

  /** The key is `bytes[start, start + length)`. Not while it is full. */
  put(bytes: Uint8Array, start: number, length: number, offset: number): void {
    assert(!this.isFull, "the table of keys is full");
    const slot = this.#find(bytes, start, length);
    if (this.#offsets[slot] === 0) {
      const digests = this.#digests;
      const digest = this.#digest;
      const at = slot * 4;
      for (let i = 0; i < 4; i++) digests[at + i] = digest[i]!;
      this.#size += 1;
    }
    this.#offsets[slot] = offset + 1;
    this.latestOffset = offset;
  }

  /** The newest offset of the key; -1 where it is not there. */
  get(bytes: Uint8Array, start: number, length: number): number {
    return this.#offsets[this.#find(bytes, start, length)]! - 1;
  }

  /** The slot of the key, or the free one where it belongs. There always is one: the table never gets full to the last slot. */
  #find(bytes: Uint8Array, start: number, length: number): number {
    const digest = this.#digest;
    md5Into(digest, bytes, start, length);
    const digests = this.#digests;
    const a = digest[0]!;
    const b = digest[1]!;
    const c = digest[2]!;
    const d = digest[3]!;
    let slot = (a >>> 0) % this.#slots;
    while (this.#offsets[slot] !== 0) {
      const at = slot * 4;
      if (digests[at] === a && digests[at + 1] === b && digests[at + 2] === c && digests[at + 3] === d) return slot;
      slot += 1;
      if (slot === this.#slots) slot = 0;
    }
    return slot;
  }
}
