/** A copy of at least this size says what a byte costs; with smaller ones it is the call that costs. */
const TELLING_BYTES = 16 * 1024;
/** Newest copy's share in what a byte is taken to cost. One that was interrupted must not tip it, several in a row do. */
const NEWEST_SHARE = 1 / 4;
const BLOCK_BYTES = 64 * 1024;
/** How often one is made all the same, to hear whether it has become cheap. */
const PROBE_MS = 25;

/** Learns from what was copied what the next copy will cost, and whether it is worth making in the thread that asks. */
export class CopyCost {
  /** Up to how long a copy of that many bytes may take. Unit: ms. */
  readonly #worth: (sizeBytes: number) => number;
  /** No copy counts for more, so that cheap ones are believed soon. */
  readonly #mostMsPerByte: number;
  #msPerByte = 0;
  #probedAtMs = -Infinity;

  constructor(worth: (sizeBytes: number) => number) {
    this.#worth = worth;
    this.#mostMsPerByte = (2 * worth(BLOCK_BYTES)) / BLOCK_BYTES;
  }

  isWorth(sizeBytes: number, nowMs: number): boolean {
    return sizeBytes * this.#msPerByte <= this.#worth(sizeBytes) || nowMs >= this.#probedAtMs + PROBE_MS;
  }

  /** A copy was over at `nowMs` and took so long. */
  took(durationMs: number, sizeBytes: number, nowMs: number): void {
    if (sizeBytes < TELLING_BYTES) return;
    const msPerByte = Math.min(durationMs / sizeBytes, this.#mostMsPerByte);
    this.#msPerByte += (msPerByte - this.#msPerByte) * NEWEST_SHARE;
    this.#probedAtMs = nowMs;
  }
}
