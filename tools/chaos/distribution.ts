// Times as a person reads them: percentiles and a line of bars.

export interface FailoverTimes {
  /** Until the first write to a partition of the killed leader is acknowledged. */
  firstMs: number;
  /** Until each of them has taken a write. */
  allMs: number;
}

/** The smallest value that at least `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

const bars = "▁▂▃▄▅▆▇█";

/** Bars for how many values lie in each step of `stepMs`, from 0 to the largest. */
export function histogram(values: readonly number[], stepMs: number): string {
  const counts = Array.from({ length: Math.floor(Math.max(0, ...values) / stepMs) + 1 }, () => 0);
  for (const value of values) counts[Math.floor(value / stepMs)]!++;
  const most = Math.max(1, ...counts);
  return counts.map((count) => (count === 0 ? "·" : bars[Math.ceil((count / most) * bars.length) - 1]!)).join("");
}

const steps = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
const columnsMax = 40;

/** The distribution of a failover run, a line a quantity. */
export function describeTimes(how: string, partitions: number, times: readonly FailoverTimes[]): string[] {
  const line = (title: string, values: readonly number[]) => {
    const stepMs = steps.find((step) => Math.max(...values) / step < columnsMax) ?? steps.at(-1)!;
    const at = (share: number) => `${percentile(values, share).toFixed(0)} ms`;
    return [
      `${title}: p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, max ${at(1)} (${values.length} times)`,
      `  0 ${histogram(values, stepMs)} ${(Math.floor(Math.max(...values) / stepMs) + 1) * stepMs} ms, a column for ${stepMs} ms`,
    ];
  };
  const what = how === "vanish" ? "leader's machine vanishes" : "kill -9 of a leader";
  if (partitions === 1)
    return line(
      `${what} to the next acknowledged write`,
      times.map(({ allMs }) => allMs),
    );
  return [
    ...line(
      `${what} to the first acknowledged write`,
      times.map(({ firstMs }) => firstMs),
    ),
    ...line(
      `${what} to an acknowledged write on each of its partitions (of ${partitions})`,
      times.map(({ allMs }) => allMs),
    ),
  ];
}
