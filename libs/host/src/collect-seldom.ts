import { PerformanceObserver } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";

/** How much memory, buffers included, may come between two full collections. */
export const ROOM_BYTES = 64 * 1024 * 1024;

/**
 * Makes V8 look through the whole heap less often. It counts the memory of buffers against a limit that it derives from the
 * size of the heap alone: a process of 12 MB that moves 64 KB buffers, nearly all dead a millisecond later, is looked
 * through after every 6 to 20 MB of them, for a third of its processor time when it produces and half when it fetches. From
 * now on there is room for `ROOM_BYTES` before V8's limit; the young generation is collected as ever, and V8's own bound of
 * 64 MB of new buffers stays. A heap that is itself larger than the room is left to V8.
 *
 * The flag is a factor of the heap that was left by a collection and is read at each full one, so it follows the heap. The
 * command line's `--initial-old-space-size` does the same, but cannot be set by a program that has started, or by
 * NODE_OPTIONS.
 */
export function collectSeldom(): void {
  let percent = -1;
  const follow = (): void => {
    const wanted = growingPercent(getHeapStatistics().used_heap_size);
    // Small steps are not worth a flag.
    if (percent >= 0 && Math.abs(wanted - percent) * 10 < percent) return;
    percent = wanted;
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  };
  follow();
  new PerformanceObserver(follow).observe({ entryTypes: ["gc"] });
}

/** By how much a heap of this size may grow before a full collection, in percent of it; 0 leaves it to V8. */
export function growingPercent(usedBytes: number): number {
  return usedBytes >= ROOM_BYTES ? 0 : Math.round((100 * ROOM_BYTES) / Math.max(usedBytes, 1024 * 1024));
}
