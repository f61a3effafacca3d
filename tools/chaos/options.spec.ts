import { faultClasses, parseOptions, UsageError } from "./options";

const parse = (...args: string[]) => parseOptions(args, 1_700_000_000_000);

it("mixes every class by default", () => {
  expect(parse()).toMatchObject({ minutes: 5, faults: faultClasses, durability: "os", rate: 100, failover: undefined });
});

it("takes one class alone, and a seed", () => {
  expect(parse("--faults", "power-cut", "--seed", "42")).toMatchObject({ faults: ["power-cut"], seed: 42 });
});

it("has nothing to parse where help is asked for", () => {
  expect(parse("--help")).toBeUndefined();
});

it.each([
  ["--faults", "kill,flood"],
  ["--minutes", "0"],
  ["--minutes", "soon"],
  ["--seed", "-1"],
  ["--durability", "paper"],
  ["--failover", "0"],
  ["-o", "novalue"],
  ["--unknown", "1"],
])("refuses %s %s by name", (option, value) => {
  expect(() => parse(option, value)).toThrow(UsageError);
  expect(() => parse(option, value)).toThrow(option);
});
