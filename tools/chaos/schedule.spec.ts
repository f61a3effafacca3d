import { faultClasses } from "./options";
import { describe as say, schedule, type ScheduleOptions, slotMs } from "./schedule";

const nodes = ["controller-201", "controller-202", "controller-203", "broker-1", "broker-2", "broker-3", "gateway-301"];
const options: ScheduleOptions = {
  seed: 7,
  minutes: 20,
  classes: faultClasses,
  nodes,
  partitions: 5,
  durability: "fsync",
};
const seeds = Array.from({ length: 50 }, (_, seed) => seed);

it("is a function of the seed", () => {
  expect(schedule(options)).toEqual(schedule(options));
  expect(schedule(options)).not.toEqual(schedule({ ...options, seed: 8 }));
});

it("has a fault every 15 s, over before the next one", () => {
  const slots = schedule(options);
  expect(slots.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 80 }, (_, at) => at * slotMs));
  for (const { faults } of slots) for (const { forMs } of faults) expect(forMs).toBeLessThan(slotMs - 3_000);
});

it("has at least one fault, however short the run", () => {
  expect(schedule({ ...options, minutes: 0.1 })).toHaveLength(1);
});

it("deals every class, alone and mixed with others", () => {
  const slots = schedule(options);
  expect(new Set(slots.flatMap(({ faults }) => faults.map((fault) => fault.class)))).toEqual(new Set(faultClasses));
  expect(new Set(slots.map(({ faults }) => faults.length))).toEqual(new Set([1, 2]));
  for (const { faults } of slots) expect(new Set(faults.map((fault) => fault.class)).size).toBe(faults.length);
});

it.each(faultClasses)("has %s alone where it alone is asked for", (name) => {
  const slots = schedule({ ...options, classes: [name] });
  expect(slots).toHaveLength(80);
  for (const { faults } of slots) expect(faults.map((fault) => fault.class)).toEqual([name]);
});

it("takes the power of one storage node at a time where memory has to keep what is acknowledged", () => {
  const targetsOf = (durability: "os" | "fsync") =>
    seeds.flatMap((seed) =>
      schedule({ ...options, seed, classes: ["power-cut"], durability }).flatMap(({ faults }) =>
        faults.map((fault) => (fault.class === "power-cut" ? fault.targets : [])),
      ),
    );
  for (const targets of targetsOf("os")) expect([targets.length, targets[0]!.startsWith("all")]).toEqual([1, false]);
  expect(targetsOf("fsync").some((targets) => targets.length > 1)).toBe(true);
  expect(targetsOf("fsync")).toContainEqual(["all:broker"]);
});

it("names targets that there are", () => {
  for (const seed of seeds) {
    for (const { faults } of schedule({ ...options, seed })) {
      for (const fault of faults) {
        if (!("targets" in fault)) continue;
        expect(fault.targets.length).toBeGreaterThan(0);
        for (const target of fault.targets) {
          expect(nodes.includes(target) || /^(all(:\w+)?|active-controller|leader:[0-4])$/.test(target)).toBe(true);
        }
      }
    }
  }
});

it("says what it does", () => {
  expect(say({ class: "partition", cut: "pair", targets: ["broker-1", "broker-2"], forMs: 1_500 })).toBe(
    "partition (pair) broker-1+broker-2 for 1.5 s",
  );
  expect(say({ class: "clock", targets: ["broker-1"], stepMs: -2_000, forMs: 1_000 })).toBe(
    "clock broker-1 -2.0 s for 1.0 s",
  );
});
