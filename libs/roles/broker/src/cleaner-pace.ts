import type { Clock } from "@moldau/base";
import type { CleaningPace, IoThrottle } from "@moldau/segment-store";

/** How long compaction may hold the process at a stretch. */
const SLICE_MS = 0.5;
/** A turn of the event loop that took longer than this had others' work in it. */
const BUSY_TURN_MS = 0.2;
/** What it leaves to the others then: it takes no more than a share of a busy process. */
const REST_MS = 2;

/**
 * Compaction runs in the process that serves clients: it works in slices and lets everybody else have a turn between them.
 * Where a turn shows that the process has other things to do it rests besides, else it goes on at once.
 */
export class CleanerPace implements CleaningPace {
  readonly #clock: Clock;
  readonly #throttle: IoThrottle;
  #sliceStartMs: number;

  constructor(clock: Clock, throttle: IoThrottle) {
    this.#clock = clock;
    this.#throttle = throttle;
    this.#sliceStartMs = clock.monotonicMs();
  }

  onBytes(bytes: number): Promise<void> | undefined {
    const waitMs = this.#throttle.spend(bytes, this.#clock.monotonicMs());
    return waitMs > 0 ? this.#rest(waitMs) : this.onBatch();
  }

  onBatch(): Promise<void> | undefined {
    return this.#clock.monotonicMs() - this.#sliceStartMs < SLICE_MS ? undefined : this.#turn();
  }

  async #turn(): Promise<void> {
    const began = this.#clock.monotonicMs();
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#clock.monotonicMs() - began > BUSY_TURN_MS) return this.#rest(REST_MS);
    this.#sliceStartMs = this.#clock.monotonicMs();
  }

  async #rest(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#sliceStartMs = this.#clock.monotonicMs();
  }
}
