import { build, type Histogram } from "hdr-histogram-js";

const highestUs = 120_000_000;

/** For latencies in microseconds, three digits exact. */
export const newHistogram = (): Histogram =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: highestUs, numberOfSignificantValueDigits: 3 });

/** @param ms as `performance.now()` counts */
export function record(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.min(highestUs, Math.max(1, Math.round(ms * 1_000))));
}

/** Percentiles under the names that figures have. */
export function percentiles(histogram: Histogram): { p50Ms: number; p99Ms: number; p999Ms: number; maxMs: number } {
  const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1_000;
  return { p50Ms: at(50), p99Ms: at(99), p999Ms: at(99.9), maxMs: histogram.maxValue / 1_000 };
}
