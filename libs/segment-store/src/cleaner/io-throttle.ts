/** Not woken for less. */
const LEAST_WAIT_MS = 20;

/**
 * What compaction may read and write per second, all of it together. Counts how far it is ahead of the rate and says how long
 * to wait; never more than one second of what was allowed is saved up. Source: LogCleaner's Throttler.
 */
export class IoThrottle {
  bytesPerSecond: number;
  /** When everything that was spent is allowed (ms). */
  #paidUntilMs = 0;

  /** Infinity for no limit. */
  constructor(bytesPerSecond: number) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Notes bytes that were read or written; returns how many milliseconds to wait before the next. */
  spend(bytes: number, nowMs: number): number {
    if (!(this.bytesPerSecond > 0) || this.bytesPerSecond >= Number.MAX_SAFE_INTEGER) return 0;
    const from = Math.max(this.#paidUntilMs, nowMs - 1_000);
    this.#paidUntilMs = from + (bytes * 1_000) / this.bytesPerSecond;
    const aheadMs = this.#paidUntilMs - nowMs;
    return aheadMs < LEAST_WAIT_MS ? 0 : aheadMs;
  }
}
