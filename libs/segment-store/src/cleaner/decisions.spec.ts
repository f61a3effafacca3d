import { dirtinessOf, type CompactedLog, type CompactionLimits } from "./cleanable";
import { IoThrottle } from "./io-throttle";
import { groupSegments } from "./segment-groups";

const noLimits: CompactionLimits = { minCleanableRatio: 0.5, minCompactionLagMs: 0, maxCompactionLagMs: Infinity };

/** Segments of 100 bytes and 100 offsets each; the last is active. Their records are as old as their offsets say. */
function log(count: number, more: Partial<CompactedLog> = {}): CompactedLog {
  const segments = Array.from({ length: count }, (_, i) => ({
    baseOffset: i * 100,
    sizeBytes: 100,
    firstBatchTimestamp: i * 100 + 1,
    largestTimestamp: i * 100 + 99,
  }));
  const logEndOffset = count * 100;
  return { segments, logStartOffset: 0, logEndOffset, lastStableOffset: logEndOffset, cleanOffset: undefined, ...more };
}

describe("what may be cleaned", () => {
  it("is everything but the active segment where nothing was cleaned yet", () => {
    expect(dirtinessOf(log(4), noLimits, 10_000)).toEqual({
      firstDirtyOffset: 0,
      firstUncleanableOffset: 300,
      cleanBytes: 0,
      cleanableBytes: 300,
      ratio: 1,
      delayMs: 0,
      isReset: false,
      isDue: true,
    });
    expect(dirtinessOf(log(1), noLimits, 10_000)).toMatchObject({ cleanableBytes: 0, ratio: 0, isDue: false });
  });

  it("begins where the last round ended, and is due above min.cleanable.dirty.ratio only", () => {
    const half = dirtinessOf(log(5, { cleanOffset: 200 }), noLimits, 10_000);
    expect(half).toMatchObject({
      firstDirtyOffset: 200,
      cleanBytes: 200,
      cleanableBytes: 200,
      ratio: 0.5,
      isDue: false,
    });
    expect(dirtinessOf(log(6, { cleanOffset: 200 }), noLimits, 10_000)).toMatchObject({ ratio: 0.6, isDue: true });
    const eager = { ...noLimits, minCleanableRatio: 0 };
    expect(dirtinessOf(log(5, { cleanOffset: 400 }), eager, 10_000)).toMatchObject({ cleanableBytes: 0, isDue: false });
  });

  it("stays below the last stable offset, by whole segments", () => {
    expect(dirtinessOf(log(5, { lastStableOffset: 250 }), noLimits, 0)).toMatchObject({
      firstUncleanableOffset: 200,
      cleanableBytes: 200,
    });
    expect(dirtinessOf(log(5, { lastStableOffset: 0 }), noLimits, 0)).toMatchObject({
      firstUncleanableOffset: 0,
      cleanableBytes: 0,
      isDue: false,
    });
    const behind = dirtinessOf(log(5, { lastStableOffset: 150, cleanOffset: 300 }), noLimits, 0);
    expect(behind).toMatchObject({ firstDirtyOffset: 300, firstUncleanableOffset: 300, cleanableBytes: 0 });
  });

  it("stays before the first segment with a record younger than min.compaction.lag.ms", () => {
    const limits = { ...noLimits, minCompactionLagMs: 1_000 };
    expect(dirtinessOf(log(5), limits, 1_298).firstUncleanableOffset).toBe(200);
    expect(dirtinessOf(log(5), limits, 1_299).firstUncleanableOffset).toBe(300);
    expect(dirtinessOf(log(5), limits, 90_000).firstUncleanableOffset).toBe(400);
  });

  it("is due whatever the ratio where a record waits longer than max.compaction.lag.ms", () => {
    const limits = { ...noLimits, maxCompactionLagMs: 500 };
    const dirty = log(6, { cleanOffset: 400 });
    expect(dirtinessOf(dirty, limits, 901)).toMatchObject({ delayMs: 0, isDue: false, ratio: 0.2 });
    expect(dirtinessOf(dirty, limits, 902)).toMatchObject({ delayMs: 1, isDue: true });
    expect(dirtinessOf(log(6, { cleanOffset: 500 }), limits, 90_000)).toMatchObject({ delayMs: 0, isDue: false });
  });

  it("begins at the log start where the checkpoint names an offset that is not there", () => {
    expect(dirtinessOf(log(4, { cleanOffset: 50, logStartOffset: 120 }), noLimits, 0)).toMatchObject({
      firstDirtyOffset: 120,
      isReset: true,
    });
    expect(dirtinessOf(log(4, { cleanOffset: 401 }), noLimits, 0)).toMatchObject({
      firstDirtyOffset: 0,
      isReset: true,
    });
    expect(dirtinessOf(log(4, { cleanOffset: 400 }), noLimits, 0)).toMatchObject({ isReset: false, cleanableBytes: 0 });
  });
});

describe("which segments become one", () => {
  const segment = (baseOffset: number, sizeBytes: number, offsetIndexBytes = 0, timeIndexBytes = 0) => ({
    baseOffset,
    sizeBytes,
    offsetIndexBytes,
    timeIndexBytes,
  });
  const limits = { segmentBytes: 100, indexBytes: 10, endOffset: 1_000 };
  const bases = (groups: { baseOffset: number }[][]) =>
    groups.map((group) => group.map(({ baseOffset }) => baseOffset));

  it("goes by bytes, by those of both indexes, and never splits one", () => {
    const bySize = [segment(0, 60), segment(1, 40), segment(2, 1), segment(3, 500), segment(4, 99), segment(5, 1)];
    expect(bases(groupSegments(bySize, limits))).toEqual([[0, 1], [2], [3], [4, 5]]);
    expect(bases(groupSegments([segment(0, 1, 6), segment(1, 1, 5), segment(2, 1, 5)], limits))).toEqual([[0], [1, 2]]);
    expect(bases(groupSegments([segment(0, 1, 0, 6), segment(1, 1, 0, 5)], limits))).toEqual([[0], [1]]);
    expect(groupSegments([], limits)).toEqual([]);
  });

  it("keeps offsets within 32 bits of the first, unless there are none", () => {
    const far = 2 ** 31;
    const some = [segment(0, 1), segment(5, 1), segment(far, 1), segment(far + 9, 1)];
    expect(bases(groupSegments(some, { ...limits, endOffset: far + 20 }))).toEqual([
      [0, 5],
      [far, far + 9],
    ]);
    // The last offset of the second is told by where the third begins.
    const reaching = [segment(0, 1), segment(5, 1), segment(far, 1)];
    expect(bases(groupSegments(reaching, { ...limits, endOffset: far + 1 }))).toEqual([[0, 5], [far]]);
    const beyond = [segment(0, 1), segment(5, 1), segment(far + 1, 1)];
    expect(bases(groupSegments(beyond, { ...limits, endOffset: far + 3 }))).toEqual([[0], [5, far + 1]]);
    expect(bases(groupSegments([segment(0, 1), segment(5, 0), segment(far + 1, 0)], limits))).toEqual([
      [0, 5, far + 1],
    ]);
  });
});

describe("the throttle", () => {
  it("waits for what is ahead of the rate, and saves up one second at most", () => {
    const throttle = new IoThrottle(1_000);
    expect(throttle.spend(1_000, 100_000)).toBe(0);
    expect(throttle.spend(500, 100_000)).toBe(500);
    expect(throttle.spend(100, 100_500)).toBe(100);
    expect(throttle.spend(2_000, 200_000)).toBe(1_000);
  });

  it("knows no limit", () => {
    expect(new IoThrottle(Infinity).spend(1e12, 0)).toBe(0);
    expect(new IoThrottle(Number.MAX_VALUE).spend(1e12, 0)).toBe(0);
  });

  it("follows a new rate", () => {
    const throttle = new IoThrottle(1_000);
    throttle.spend(2_000, 10_000);
    throttle.bytesPerSecond = 10_000;
    expect(throttle.spend(1_000, 11_000)).toBe(100);
  });
});
