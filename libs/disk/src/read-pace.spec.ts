import { ReadPace } from "./read-pace";

const MB = 1024 * 1024;

it("reads at once what was written or read within a minute, and nothing else", () => {
  const pace = new ReadPace();
  expect(pace.mayReadNow(3, 0, MB, 0)).toBe(false);
  for (let at = 0; at < 6 * MB; at += MB / 2) pace.touched(3, at, MB / 2, 1_000);
  expect(pace.mayReadNow(3, 0, MB, 1_000)).toBe(true);
  // Over the edge of two pieces; as far as it was touched, and no byte farther.
  expect(pace.mayReadNow(3, 3.5 * MB, MB, 61_000)).toBe(true);
  expect(pace.mayReadNow(3, 5 * MB, MB, 61_000)).toBe(true);
  expect(pace.mayReadNow(3, 5 * MB + 1, MB, 61_000)).toBe(false);
  expect(pace.mayReadNow(4, 0, MB, 61_000)).toBe(false);
  // What is large holds up everybody else.
  expect(pace.mayReadNow(3, 0, 2 * MB, 61_000)).toBe(true);
  expect(pace.mayReadNow(3, 0, 2 * MB + 1, 61_000)).toBe(false);
  expect(pace.mayReadNow(3, 0, MB, 61_001)).toBe(false);
});

it("does not take what lies behind a hole for touched", () => {
  const pace = new ReadPace();
  pace.touched(3, 2 * MB, MB, 0);
  expect(pace.mayReadNow(3, 2 * MB, MB, 0)).toBe(false);
  pace.touched(3, 0, MB, 0);
  expect(pace.mayReadNow(3, 0, MB, 0)).toBe(true);
  expect(pace.mayReadNow(3, MB, MB, 0)).toBe(false);
  // A minute later nobody knows, and what is touched then counts by itself.
  pace.touched(3, MB, MB, 70_000);
  expect(pace.mayReadNow(3, 0, MB, 70_000)).toBe(false);
  expect(pace.mayReadNow(3, MB, MB, 70_000)).toBe(false);
});

it("takes a piece for no fresher than its oldest part", () => {
  const pace = new ReadPace();
  pace.touched(3, 0, MB, 0);
  // Somebody reads on and on in the rest of it, and never looks at the beginning again.
  for (let nowMs = 1_000; nowMs <= 60_000; nowMs += 1_000) pace.touched(3, MB, MB, nowMs);
  expect(pace.mayReadNow(3, 0, 2 * MB, 60_000)).toBe(true);
  expect(pace.mayReadNow(3, 0, MB, 60_001)).toBe(false);
  expect(pace.mayReadNow(3, MB, MB, 60_001)).toBe(false);
  pace.touched(3, 0, 2 * MB, 60_001);
  expect(pace.mayReadNow(3, MB, MB, 120_001)).toBe(true);
});

it("knows nothing of a file whose descriptor was closed, nor of one that was left alone", () => {
  const pace = new ReadPace();
  pace.touched(3, 0, MB, 0);
  pace.forget(3);
  expect(pace.mayReadNow(3, 0, MB, 0)).toBe(false);
  pace.touched(3, 0, MB, 0);
  pace.touched(4, 0, MB, 60_001);
  expect(pace.files).toBe(1);
});

it("rests after a read that was slow all the same, twice as long after the next", () => {
  const pace = new ReadPace();
  pace.touched(3, 0, MB, 0);
  pace.took(19, 4096, 100);
  expect(pace.mayReadNow(3, 0, MB, 100)).toBe(true);
  pace.took(20, 4096, 100);
  expect(pace.mayReadNow(3, 0, MB, 1_099)).toBe(false);
  expect(pace.mayReadNow(3, 0, MB, 1_100)).toBe(true);
  pace.took(20, 4096, 1_100);
  expect(pace.mayReadNow(3, 0, MB, 3_099)).toBe(false);
  expect(pace.mayReadNow(3, 0, MB, 3_100)).toBe(true);
});

it("leaves reads to the thread pool while they are slower than copies, and probes", () => {
  const pace = new ReadPace();
  pace.touched(3, 0, MB, 0);
  for (let i = 0; i < 4; i++) pace.took(3, MB, 0);
  expect(pace.mayReadNow(3, 0, MB, 1)).toBe(false);
  // Little is cheaper at once even so.
  expect(pace.mayReadNow(3, 0, 4096, 1)).toBe(true);
  expect(pace.mayReadNow(3, 0, MB, 25)).toBe(true);
  for (let i = 0; i < 12; i++) pace.took(0.12, MB, 25);
  expect(pace.mayReadNow(3, 0, MB, 26)).toBe(true);
});
