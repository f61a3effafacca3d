import type { Clock } from "@moldau/base";
import type { CleaningPace, IoThrottle } from "@moldau/segment-store";

/** How long compaction may hold the process at a stretch. */
const SLICE_MS = 0.5;
/** What it rests for each millisecond of work: it takes a third of a core at most. */
const REST_FACTOR = 2;
/** More is not needed: a slice that took longer waited for the disk, or for its turn on a busy machine. */
const REST_MAX_MS = 5;

/** A long rest is taken in pieces: whoever cuts, closes or deletes the log waits for the round. */
const REST_PIECE_MS = 50;

/**
 * Compaction runs in the process that serves clients: it works in short slices and rests longer than it worked, so that
 * requests in between find the process free, and a machine that has other things to do does not take it for a greedy one.
 */
export class CleanerPace implements CleaningPace {
  readonly #clock: Clock;
  readonly #throttle: IoThrottle;
  readonly #isAborted: () => boolean;
  #sliceStartMs: number;

  constructor(clock: Clock, throttle: IoThrottle, isAborted: () => boolean) {
    this.#clock = clock;
    this.#throttle = throttle;
    this.#isAborted = isAborted;
    this.#sliceStartMs = clock.monotonicMs();
  }

  onBytes(bytes: number): Promise<void> | undefined {
    const waitMs = this.#throttle.spend(bytes, this.#clock.monotonicMs());
    return waitMs > 0 ? this.#rest(waitMs) : this.onBatch();
  }

  onBatch(): Promise<void> | undefined {
    const workedMs = this.#clock.monotonicMs() - this.#sliceStartMs;
    return workedMs < SLICE_MS ? undefined : this.#rest(Math.min(workedMs * REST_FACTOR, REST_MAX_MS));
  }

  async #rest(ms: number): Promise<void> {
    for (let left = ms; left > 0 && !this.#isAborted(); left -= REST_PIECE_MS) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, REST_PIECE_MS)));
    }
    this.#sliceStartMs = this.#clock.monotonicMs();
  }
}
