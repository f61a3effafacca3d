/** Names of workloads and points that the goals ask for: the plan measures under them, goals and plots find them. */
export const workloads = {
  produce: "produce",
  consume: "consume",
  endToEnd: "end to end",
  small: "small requests",
  partitions: "partitions",
  start: "start",
  idle: "idle",
  memory: "memory",
  floor: "floor",
} as const;

export const points = {
  base: "base",
  largeBatches: "1 MB batches",
  pageCache: "page cache",
  /** The same load on all systems, so that latencies compare. */
  half: "50 % of the slowest's peak",
  lowLoad: "100 B, 500 a second",
  emptyFolder: "empty folder",
  restart: "again",
  empty: "empty",
  afterAll: "after all of the above",
  bareFetches: "fetches answered out of a file",
  barePassing: "64 KB, 3,200 a second, into a file and passed on",
} as const;

export const partitionsPoint = (count: number): string => `${count} partitions`;
export const connectionsPoint = (count: number): string => `${count} connections`;

/** What the point "base" is, and every other point differs from in the one thing it names. */
export const baseIs =
  "base: 1 KB records, 64 KB batches, 12 partitions, acks=all, no compression, 3 × 5 requests in flight";
