import { CopyCost } from "./copy-cost";
import { SlowRest } from "./slow-rest";

/** Above this the way through the thread pool costs little beside the copy, and the copy holds up everybody else. */
const LARGEST_BYTES = 2 * 1024 * 1024;
/** The hop to the thread pool, and a copy at a quarter of memory's pace: what takes longer comes from a disk. */
const worthMs = (sizeBytes: number): number => 0.15 + sizeBytes / (2 * 1024 * 1024);
/** What was written or read so recently lies in the page cache, as far as one can tell. */
const FRESH_MS = 60_000;
const GRANULE_BYTES = 4 * 1024 * 1024;

/** One open file, by pieces of `GRANULE_BYTES`. */
class FreshParts {
  /** How much of a piece was touched, from its beginning on without a hole. Unit: bytes. */
  readonly #lengths: number[] = [];
  /** When what is known of a piece began to be touched: no part of it was touched earlier for the last time. */
  readonly #touchedAtMs: number[] = [];
  newestMs = -Infinity;

  touch(position: number, end: number, nowMs: number): void {
    this.newestMs = nowMs;
    for (let i = Math.floor(position / GRANULE_BYTES); i * GRANULE_BYTES < end; i++) {
      const from = Math.max(0, position - i * GRANULE_BYTES);
      const to = Math.min(GRANULE_BYTES, end - i * GRANULE_BYTES);
      const known = this.#lengthOf(i, nowMs);
      if (from === 0 && to >= known) {
        this.#lengths[i] = to;
        this.#touchedAtMs[i] = nowMs;
      } else if (from <= known) {
        this.#lengths[i] = Math.max(known, to);
      }
    }
  }

  has(position: number, end: number, nowMs: number): boolean {
    for (let i = Math.floor(position / GRANULE_BYTES); i * GRANULE_BYTES < end; i++) {
      if (this.#lengthOf(i, nowMs) < Math.min(GRANULE_BYTES, end - i * GRANULE_BYTES)) return false;
    }
    return true;
  }

  #lengthOf(i: number, nowMs: number): number {
    const touchedAtMs = this.#touchedAtMs[i];
    return touchedAtMs === undefined || nowMs - touchedAtMs > FRESH_MS ? 0 : this.#lengths[i]!;
  }
}

/**
 * Decides whether a read may be made at once, in the thread that asks, instead of in the thread pool. That saves a quarter of its
 * CPU, and is harmless as long as the bytes lie in the page cache. Nobody tells whether they do: so only what was written or
 * read through the same descriptor within the last minute; while that turns out to be a copy's pace; and not for a while after a
 * read that waited for the disk all the same.
 */
export class ReadPace {
  readonly #files = new Map<number, FreshParts>();
  readonly #cost = new CopyCost(worthMs);
  readonly #rest = new SlowRest();
  #sweptAtMs = 0;

  /** Of how many files something is remembered. */
  get files(): number {
    return this.#files.size;
  }

  mayReadNow(descriptor: number, position: number, sizeBytes: number, nowMs: number): boolean {
    if (sizeBytes > LARGEST_BYTES || !this.#cost.isWorth(sizeBytes, nowMs)) return false;
    return this.isAtHand(descriptor, position, sizeBytes, nowMs);
  }

  /** Whether these bytes were touched lately, and no read waited for the disk since. */
  isAtHand(descriptor: number, position: number, sizeBytes: number, nowMs: number): boolean {
    if (!this.#rest.isOver(nowMs)) return false;
    return this.#files.get(descriptor)?.has(position, position + sizeBytes, nowMs) ?? false;
  }

  /** A read at once was over at `nowMs` and took so long. */
  took(durationMs: number, sizeBytes: number, nowMs: number): void {
    this.#cost.took(durationMs, sizeBytes, nowMs);
    this.#rest.took(durationMs, nowMs);
  }

  /** These bytes were written or read. */
  touched(descriptor: number, position: number, sizeBytes: number, nowMs: number): void {
    let parts = this.#files.get(descriptor);
    if (parts === undefined) this.#files.set(descriptor, (parts = new FreshParts()));
    parts.touch(position, position + sizeBytes, nowMs);
    if (nowMs - this.#sweptAtMs > FRESH_MS) this.#sweep(nowMs);
  }

  /** The descriptor was closed: the next file under it is another one. */
  forget(descriptor: number): void {
    this.#files.delete(descriptor);
  }

  /** Of files that nobody touches any more nothing is kept. */
  #sweep(nowMs: number): void {
    this.#sweptAtMs = nowMs;
    for (const [descriptor, { newestMs }] of this.#files) {
      if (nowMs - newestMs > FRESH_MS) this.#files.delete(descriptor);
    }
  }
}
