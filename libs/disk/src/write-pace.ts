/** Above this the way through the thread pool costs nothing beside the copy. */
const LARGEST_BYTES = 128 * 1024;
/** A write into memory takes microseconds; one that took so long has waited for the disk. */
const SLOW_MS = 20;
const SHORTEST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** After so long without a slow one, the next slow one is taken for the first. */
const FORGET_MS = 120_000;
/** Share of the room that the kernel leaves writers before it makes them wait for the disk. */
const SAFE_SHARE = 0.6;

/** How much of the page cache waits for the disk, in any one unit. */
export interface DirtyPages {
  /** Changed, and being written. */
  dirty: number;
  /** From here on the kernel writes in the background, and from there on it holds writers back. */
  backgroundLimit: number;
  limit: number;
}

/**
 * Decides whether a write may be made at once, in the thread that asks, instead of in the thread pool. That saves two thirds of
 * its CPU and a hop, and is harmless as long as it is a copy into memory. The kernel makes a writer wait for the disk above half way
 * between its two limits of dirty pages (balance_dirty_pages), so at once is only well below that; and not for a while after a
 * write that was slow for whatever reason, longer each time.
 */
export class WritePace {
  #hasRoom = false;
  #restUntilMs = 0;
  #restMs = SHORTEST_REST_MS;
  #slowAtMs = -Infinity;

  /** What the kernel says now; undefined where it says nothing, and then only slow writes tell. */
  observe(pages: DirtyPages | undefined): void {
    this.#hasRoom = pages === undefined || pages.dirty < (SAFE_SHARE * (pages.backgroundLimit + pages.limit)) / 2;
  }

  mayWriteNow(sizeBytes: number, nowMs: number): boolean {
    return this.#hasRoom && sizeBytes <= LARGEST_BYTES && nowMs >= this.#restUntilMs;
  }

  /** A write at once was over at `nowMs` and took so long. */
  took(durationMs: number, nowMs: number): void {
    if (durationMs < SLOW_MS) return;
    this.#restMs = nowMs - this.#slowAtMs > FORGET_MS ? SHORTEST_REST_MS : Math.min(LONGEST_REST_MS, 2 * this.#restMs);
    this.#slowAtMs = nowMs;
    this.#restUntilMs = nowMs + this.#restMs;
  }
}

/** The kernel's counters (/proc/vmstat); undefined where the text does not have them. */
export function readDirtyPages(vmstat: string): DirtyPages | undefined {
  const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(vmstat)?.[1]);
  const pages = {
    dirty: valueOf("nr_dirty") + valueOf("nr_writeback"),
    backgroundLimit: valueOf("nr_dirty_background_threshold"),
    limit: valueOf("nr_dirty_threshold"),
  };
  return Object.values(pages).some(Number.isNaN) ? undefined : pages;
}
