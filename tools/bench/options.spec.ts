import { readOptions } from "./options";

test("by default everything, in full", () => {
  expect(readOptions([])).toMatchObject({
    scale: "full",
    kinds: ["one", "ports", "self", "kafka"],
    brokers: [1, 3],
    workloads: undefined,
  });
});

test("a selection", () => {
  expect(
    readOptions(["--quick", "--systems", "one,kafka", "--workloads", "produce", "--brokers", "3", "--rounds", "7"]),
  ).toMatchObject({
    scale: "quick",
    kinds: ["one", "kafka"],
    workloads: ["produce"],
    brokers: [3],
    rounds: 7,
  });
});

test("what is wrong is said", () => {
  expect(() => readOptions(["--systems", "redpanda"])).toThrow(
    /--systems: "redpanda" is none of one, ports, self, kafka/,
  );
  expect(() => readOptions(["--rounds", "0"])).toThrow(/--rounds/);
  expect(() => readOptions(["--brokers", "2"])).toThrow(/--brokers/);
});
