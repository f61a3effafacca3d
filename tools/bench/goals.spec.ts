import { goalResults, goalRows, goals } from "./goals";
import type { Measurement } from "./measurement";
import { partitionsPoint, points, workloads } from "./points";

const of = (workload: string, point: string, system: string, figure: string, values: number[]): Measurement[] =>
  values.map((value, i) => ({ workload, point, system, round: i + 1, figures: { [figure]: value } }));
const result = (measurements: Measurement[], group: string, goal: string) =>
  goalResults(measurements).find((each) => each.group.startsWith(group) && each.goal === goal)!;

test("without a measurement no goal is met, and none is missed", () => {
  const results = goalResults([]);
  expect(results).toHaveLength(goals.length);
  expect(results.every(({ met, shown }) => met === undefined && shown === "not measured")).toBe(true);
});

test("throughput is a ratio pair by pair, and has to reach its goal", () => {
  const produce = (ours: number[]) => [
    ...of(workloads.produce, points.base, "one", "mbPerSecond", ours),
    ...of(workloads.produce, points.base, "kafka", "mbPerSecond", [100, 10, 100]),
  ];
  expect(result(produce([120, 9, 110]), "One process", "produce, MB/s")).toMatchObject({ measured: 1.1, met: true });
  expect(result(produce([90, 20, 95]), "One process", "produce, MB/s")).toMatchObject({ measured: 0.95, met: false });
});

test("the gateway's p50 is a difference to one process, in milliseconds", () => {
  const low = (system: string, values: number[]) => of(workloads.small, points.lowLoad, system, "ackP50Ms", values);
  const goal = result(
    [...low("ports", [1.5, 2.5, 1.2]), ...low("one", [0.5, 0.5, 0.4])],
    "Gateway apart",
    "p50 at low load, more than one process",
  );
  expect(goal.measured).toBeCloseTo(1);
  expect(goal.met).toBe(true);
});

test("growth compares one system with itself", () => {
  const at = (count: number, us: number) =>
    of(workloads.partitions, partitionsPoint(count), "one", "cpuUsPerRecord", [us]);
  expect(result([...at(10, 2), ...at(1_000, 2.6)], "Growth", "CPU per record, 1,000 partitions to 10").met).toBe(false);
  expect(result([...at(10, 2), ...at(1_000, 2.3)], "Growth", "CPU per record, 1,000 partitions to 10").met).toBe(true);
});

test("memory is judged by the largest point that was measured", () => {
  const idle = [
    ...of(workloads.idle, partitionsPoint(1_000), "one", "kbPerPartition", [12]),
    ...of(workloads.idle, partitionsPoint(5_000), "one", "kbPerPartition", [21]),
  ];
  expect(result(idle, "Growth", "memory of an idle partition")).toMatchObject({ measured: 21, met: false });
});

test("a table names each group once", () => {
  const rows = goalRows(goalResults([]));
  const named = rows
    .slice(1)
    .map(([group]) => group)
    .filter(Boolean);
  expect(new Set(named).size).toBe(named.length);
  expect(rows.every((row) => row.length === rows[0]!.length)).toBe(true);
});
