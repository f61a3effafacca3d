/** A process that hosts several brokers still has descriptors for its clients. */
const SHARE = 4;
const LEAST = 256;
const MOST = 16_384;
/** Where the limit is unknown: well below what systems of today allow. */
const UNKNOWN = 512;

/**
 * How many idle files a store may keep open: a quarter of what the process may have, as `/proc/self/limits` tells. A log that is
 * written to has one; with fewer than busy partitions each write opens a file and closes another.
 */
export function idleFilesOf(limits: string): number {
  const soft = /^Max open files\s+(\d+|unlimited)\s/m.exec(limits)?.[1];
  if (soft === undefined) return UNKNOWN;
  const allowed = soft === "unlimited" ? Infinity : Number(soft);
  return Math.min(MOST, Math.max(LEAST, Math.floor(allowed / SHARE)));
}
