/** What is done in memory takes microseconds; what took so long has waited for the disk. */
const SLOW_MS = 20;
const SHORTEST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** After so long without a slow one, the next slow one is taken for the first. */
const FORGET_MS = 120_000;

/** Keeps the calling thread away from the disk for a while after it had to wait for it, longer each time. */
export class SlowRest {
  #untilMs = 0;
  #restMs = SHORTEST_REST_MS;
  #slowAtMs = -Infinity;

  isOver(nowMs: number): boolean {
    return nowMs >= this.#untilMs;
  }

  /** Something that the thread did itself was over at `nowMs` and took so long. */
  took(durationMs: number, nowMs: number): void {
    if (durationMs < SLOW_MS) return;
    this.#restMs = nowMs - this.#slowAtMs > FORGET_MS ? SHORTEST_REST_MS : Math.min(LONGEST_REST_MS, 2 * this.#restMs);
    this.#slowAtMs = nowMs;
    this.#untilMs = nowMs + this.#restMs;
  }
}
