import { goals, goalResults } from "./goals";
import type { Measurement } from "./measurement";
import { planOf } from "./plan";
import { systemName } from "./systems/catalog";

/** Every figure that any goal asks for, on every system and point of a plan. */
const figures = Object.fromEntries(
  ["mbPerSecond", "cpuSecondsPerGb", "p99Ms", "rssMb", "ackP50Ms"].map((name) => [name, 1]),
);

test.each(["quick", "full"] as const)("%s measures every point that a goal asks for", (scale) => {
  const measured: Measurement[] = planOf(scale, 5).flatMap(({ workload, point, brokers, kinds }) =>
    kinds.map((kind) => ({ workload, point, system: systemName(kind, brokers), round: 1, figures })),
  );
  // These workloads name their points themselves, when they have run.
  const named = /start|CPU per record|memory of an idle|CPU of an idle/;
  const missing = goalResults(measured).filter(({ goal, measured }) => measured === undefined && !named.test(goal));
  expect(missing).toEqual([]);
  expect(goals.length).toBeGreaterThan(15);
});

test.each(["quick", "full"] as const)("%s: no point twice, and one thing is varied at a time", (scale) => {
  const names = planOf(scale, 5).map(({ workload, point, brokers }) => `${workload} ${point} ${brokers}`);
  expect(new Set(names).size).toBe(names.length);
});

test("on two cores the quick plan is within five minutes, the full one within 25, by its own estimates", () => {
  const seconds = (scale: "quick" | "full", rounds: number) => {
    const steps = planOf(scale, rounds);
    const systems = new Set(steps.flatMap(({ kinds, brokers }) => kinds.map((kind) => systemName(kind, brokers))));
    const startsAndFloor = 7 * systems.size + 10;
    return startsAndFloor + steps.reduce((sum, step) => sum + step.seconds * step.rounds * step.kinds.length, 0);
  };
  expect(seconds("quick", 3)).toBeLessThan(5 * 60);
  expect(seconds("full", 5)).toBeLessThan(25 * 60);
});
