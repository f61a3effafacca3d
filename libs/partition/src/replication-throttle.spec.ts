import fc from "fast-check";
import { isThrottled, readThrottledReplicas, ReplicationThrottle } from "./replication-throttle";

const SECOND = 1000;
const throttleOf = (limit: number): ReplicationThrottle =>
  Object.assign(new ReplicationThrottle({ samples: 11, sampleMs: SECOND }), { limit });

it("measures over the window, one sample's length at least", () => {
  const throttle = throttleOf(100);
  throttle.record(100, 0);
  expect([throttle.rate(0), throttle.isExceeded(0)]).toEqual([100, false]);
  throttle.record(50, 500);
  expect([throttle.rate(500), throttle.isExceeded(500)]).toEqual([150, true]);
  expect([throttle.rate(1500), throttle.isExceeded(1500)]).toEqual([100, false]);
  expect(throttle.rate(10_999)).toBeCloseTo(13.6, 1);
  expect(throttle.rate(11_000)).toBe(0);
});

it("has no limit until it is given one, and takes a new one at once", () => {
  const throttle = throttleOf(Infinity);
  throttle.record(1e12, 0);
  expect(throttle.isExceeded(0)).toBe(false);
  throttle.limit = 10;
  expect(throttle.isExceeded(0)).toBe(true);
  throttle.limit = Infinity;
  expect(throttle.isExceeded(0)).toBe(false);
});

it("lets nothing through at a limit of 0 after the first bytes, and all of the window's bytes count", () => {
  const throttle = throttleOf(0);
  expect(throttle.isExceeded(0)).toBe(false);
  throttle.record(1, 0);
  expect(throttle.isExceeded(10_999)).toBe(true);
});

it("keeps whoever asks before each read to the limit, and does not keep him from reaching it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100, max: 10_000 }),
      fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 1000 }), pauseMs: fc.integer({ min: 1, max: 300 }) }), {
        minLength: 50,
        maxLength: 300,
      }),
      (limit, reads) => {
        const throttle = throttleOf(limit);
        let nowMs = 0;
        let moved = 0;
        let wanted = 0;
        for (const { bytes, pauseMs } of reads) {
          wanted += bytes;
          // Tries every 10 ms, as a follower does that has nothing else to read.
          while (throttle.isExceeded(nowMs)) nowMs += 10;
          throttle.record(bytes, nowMs);
          moved += bytes;
          nowMs += pauseMs;
          const elapsedSeconds = Math.max(nowMs, SECOND) / SECOND;
          // What a window forgets is at most what one read went beyond the limit, and its first sample's length.
          const windows = Math.ceil(nowMs / (10 * SECOND)) + 1;
          expect(moved).toBeLessThanOrEqual(limit * (elapsedSeconds + windows) + 1000 * windows);
        }
        const pauses = reads.reduce((sum, { pauseMs }) => sum + pauseMs, 0);
        expect(moved).toBe(wanted);
        // It never takes longer than the bytes need at the limit, beside the reader's own pauses.
        expect(nowMs).toBeLessThanOrEqual(pauses + (wanted / limit) * SECOND * 1.3 + 12 * SECOND);
      },
    ),
    { numRuns: 20 },
  );
});

it("names replicas by partition and broker, or all", () => {
  const some = readThrottledReplicas("0:1, 2:3");
  expect([isThrottled(some, 0, 1), isThrottled(some, 0, 3), isThrottled(some, 2, 3)]).toEqual([true, false, true]);
  expect(isThrottled(readThrottledReplicas("*"), 7, 7)).toBe(true);
  expect(isThrottled(readThrottledReplicas(""), 0, 0)).toBe(false);
  expect(isThrottled(readThrottledReplicas(undefined), 0, 0)).toBe(false);
});
