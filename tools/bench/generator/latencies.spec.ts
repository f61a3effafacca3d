import { newHistogram, percentiles, record } from "./latencies";

test("percentiles are in milliseconds, of what was recorded in milliseconds", () => {
  const histogram = newHistogram();
  for (let ms = 1; ms <= 1_000; ms++) record(histogram, ms);
  const { p50Ms, p99Ms, p999Ms, maxMs } = percentiles(histogram);
  for (const [value, exact] of [
    [p50Ms, 500],
    [p99Ms, 990],
    [p999Ms, 999],
    [maxMs, 1_000],
  ] as const) {
    expect(Math.abs(value - exact) / exact).toBeLessThan(0.002);
  }
});

test("less than a microsecond counts as one, and hours as the longest there is", () => {
  const histogram = newHistogram();
  record(histogram, 0);
  record(histogram, 3_600_000);
  expect(histogram.totalCount).toBe(2);
  expect(histogram.minNonZeroValue).toBe(1);
  expect(percentiles(histogram).maxMs).toBeGreaterThan(119_000);
});
