/** Longest delay that a Node timer takes. */
const DELAY_MAX_MS = 2 ** 31 - 1;

/**
 * One timer for all shards of the process: it rings at the earliest moment that somebody asked for. Later moments are asked
 * for again after it rang, so moving a deadline away costs nothing here.
 */
export class Alarm {
  private armedForMs = Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly nowMs: () => number,
    private readonly ring: () => void,
  ) {}

  /** Rings at `atMs` at the latest. */
  noLaterThan(atMs: number): void {
    if (atMs >= this.armedForMs) return;
    this.stop();
    this.armedForMs = atMs;
    const delayMs = Math.min(Math.max(atMs - this.nowMs(), 0), DELAY_MAX_MS);
    this.timer = setTimeout(() => {
      this.armedForMs = Infinity;
      this.ring();
    }, delayMs);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.armedForMs = Infinity;
  }
}
