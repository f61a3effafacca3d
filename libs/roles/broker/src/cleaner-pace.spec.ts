import { IoThrottle } from "@moldau/segment-store";
import { CleanerPace } from "./cleaner-pace";

/** Time passes only while somebody rests, and when a test says so. */
function paceOf(bytesPerSecond = Infinity) {
  const time = { ms: 1_000_000, rests: [] as number[], isAborted: false };
  jest.spyOn(global, "setTimeout").mockImplementation(((run: () => void, ms: number) => {
    time.ms += ms;
    time.rests.push(ms);
    queueMicrotask(run);
  }) as typeof setTimeout);
  const clock = { nowMs: () => time.ms, monotonicMs: () => time.ms };
  return { time, pace: new CleanerPace(clock, new IoThrottle(bytesPerSecond), () => time.isAborted) };
}
afterEach(() => jest.restoreAllMocks());

it("works on for half a millisecond, and then rests twice as long as it worked", async () => {
  const { time, pace } = paceOf();
  time.ms += 0.4;
  expect(pace.onBatch()).toBeUndefined();
  time.ms += 0.6;
  await pace.onBatch();
  expect(time.rests).toEqual([2]);
  expect(pace.onBatch()).toBeUndefined();
  time.ms += 40;
  await pace.onBatch();
  expect(time.rests).toEqual([2, 5]);
});

it("waits for the throttle in pieces, and not at all once the round is to end", async () => {
  const { time, pace } = paceOf(1_000);
  await pace.onBytes(1_120);
  expect(time.rests).toEqual([50, 50, 20]);
  time.isAborted = true;
  await pace.onBytes(1_000_000);
  expect(time.rests).toHaveLength(3);
});
