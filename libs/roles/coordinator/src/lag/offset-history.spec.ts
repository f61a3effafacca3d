import fc from "fast-check";
import { LagTracker } from "./lag-tracker";
import { OffsetHistory } from "./offset-history";

describe("OffsetHistory", () => {
  it("tells when a record was written, evenly between samples", () => {
    const history = new OffsetHistory();
    history.add(1_000, 100);
    history.add(2_000, 200);
    history.add(4_000, 220);
    expect(history.writtenAtMs(100)).toBe(1_000);
    expect(history.writtenAtMs(150)).toBe(1_500);
    expect(history.writtenAtMs(210)).toBe(3_000);
    expect(history.writtenAtMs(220)).toBeUndefined();
    // Older than what is remembered: no later than the first sample.
    expect(history.writtenAtMs(7)).toBe(1_000);
  });

  it("needs two samples for a long silence, and knows when it ended", () => {
    const history = new OffsetHistory();
    for (let second = 0; second < 1_000; second++) history.add(second * 1_000, 5);
    expect(history.length).toBe(2);
    history.add(1_000_000, 15);
    expect(history.writtenAtMs(5)).toBe(999_000);
    expect(history.writtenAtMs(4)).toBe(0);
  });

  it("forgets what an unclean election cut off", () => {
    const history = new OffsetHistory();
    history.add(0, 0);
    history.add(1_000, 100);
    history.add(2_000, 50);
    expect(history.endOffset).toBe(50);
    expect(history.writtenAtMs(60)).toBeUndefined();
    expect(history.writtenAtMs(25)).toBe(1_000);
  });

  it("stays small and is never wrong by more than the gap between its samples", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 2_000 }), (steps) => {
        const history = new OffsetHistory();
        const writtenAt: number[] = [];
        let end = 0;
        steps.forEach((count, second) => {
          for (let i = 0; i < count; i++) writtenAt.push(second * 1_000);
          end += count;
          history.add(second * 1_000, end);
        });
        expect(history.length).toBeLessThanOrEqual(64);
        let before = -1;
        for (let offset = 0; offset < end; offset += 7) {
          const at = history.writtenAtMs(offset) as number;
          // In order, and not before the moment by more than what thinning left between samples.
          expect(at).toBeGreaterThanOrEqual(before);
          expect(Math.abs(at - (writtenAt[offset] as number))).toBeLessThanOrEqual((steps.length / 16 + 2) * 1_000);
          before = at;
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("LagTracker", () => {
  const partition = { topicId: "t", partition: 0 };

  it("counts records and the age of the oldest one", () => {
    const tracker = new LagTracker();
    expect(tracker.lagOf(partition, 0, 0)).toBeUndefined();
    tracker.ended(partition, 1_000, 100);
    tracker.ended(partition, 2_000, 200);
    expect(tracker.lagOf(partition, 150, 4_500)).toEqual({ records: 50, seconds: 3 });
    expect(tracker.lagOf(partition, 200, 4_500)).toEqual({ records: 0, seconds: 0 });
    // Committed after the partition was asked.
    expect(tracker.lagOf(partition, 230, 4_500)).toEqual({ records: 0, seconds: 0 });
  });

  it("forgets partitions that nobody reads", () => {
    const tracker = new LagTracker();
    tracker.ended(partition, 1_000, 100);
    tracker.ended({ topicId: "t", partition: 1 }, 1_000, 100);
    tracker.keepOnly([partition]);
    expect(tracker.size).toBe(1);
    expect(tracker.lagOf(partition, 100, 1_000)).toBeDefined();
  });
});
