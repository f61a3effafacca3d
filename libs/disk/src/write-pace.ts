import { CopyCost } from "./copy-cost";
import { SlowRest } from "./slow-rest";

/** Above this the way through the thread pool costs nothing beside the copy. */
const LARGEST_BYTES = 128 * 1024;
/**
 * A write that is likely to take longer is left to the thread pool, whose way costs a third of this. A copy of 64 KB takes 0.03 ms,
 * but ten times that where the kernel has no pages at hand: a virtual machine that gave its free memory to its host, a page cache
 * that has to be cleared first.
 */
const DEAR_MS = 0.15;
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
 * its CPU and a hop, and is harmless as long as it is a copy into memory that is there; where a copy takes longer than the hop,
 * it is not made at once. The kernel makes a writer wait for the disk above half way between its two limits of dirty pages
 * (balance_dirty_pages), so at once is only well below that; and not for a while after a write that was slow for whatever
 * reason, longer each time.
 */
export class WritePace {
  #hasRoom = false;
  readonly #rest = new SlowRest();
  readonly #cost = new CopyCost(() => DEAR_MS);

  /** What the kernel says now; undefined where it says nothing, and then only slow writes tell. */
  observe(pages: DirtyPages | undefined): void {
    this.#hasRoom = pages === undefined || pages.dirty < (SAFE_SHARE * (pages.backgroundLimit + pages.limit)) / 2;
  }

  mayWriteNow(sizeBytes: number, nowMs: number): boolean {
    if (!this.#hasRoom || sizeBytes > LARGEST_BYTES || !this.#rest.isOver(nowMs)) return false;
    return this.#cost.isWorth(sizeBytes, nowMs);
  }

  /** A write at once was over at `nowMs` and took so long. */
  took(durationMs: number, sizeBytes: number, nowMs: number): void {
    this.#cost.took(durationMs, sizeBytes, nowMs);
    this.#rest.took(durationMs, nowMs);
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
