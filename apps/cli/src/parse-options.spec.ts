import {
  parseAssignments,
  parseBootstrap,
  parseConfigs,
  parseHeader,
  parsePartitions,
  wholeNumber,
} from "./parse-options";

it("bootstrap addresses", () => {
  expect(parseBootstrap("a:1, b ,[::1]:9")).toEqual(["a:1", "b:9092", "[::1]:9"]);
  for (const wrong of ["", ",", "a:b", "a:0", "a:70000", "::1", "a:1:2"]) {
    expect(() => parseBootstrap(wrong)).toThrow("--bootstrap");
  }
});

it("configurations, whose values may hold anything", () => {
  expect(parseConfigs(["a=1", "b=x=y", "c="])).toEqual({ a: "1", b: "x=y", c: "" });
  expect(() => parseConfigs(["a"])).toThrow("--config a is not key=value");
  expect(() => parseConfigs(["=1"])).toThrow("--config =1 is not key=value");
});

it("headers, null without an equals sign", () => {
  expect(parseHeader("a=b=c")).toEqual({ name: "a", value: Buffer.from("b=c") });
  expect(parseHeader("a=")).toEqual({ name: "a", value: Buffer.of() });
  expect(parseHeader("a")).toEqual({ name: "a", value: null });
  expect(() => parseHeader("=a")).toThrow("has no name");
});

it("lists of numbers", () => {
  expect(parsePartitions(["0,2", "1", "2"])).toEqual([0, 2, 1]);
  expect(() => parsePartitions(["0,"])).toThrow("-p  is not a whole number");
  expect(parseAssignments("1,2;2,3")).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(() => wholeNumber("-c", 1)("0")).toThrow("-c 0 is not a whole number of at least 1");
  expect(() => wholeNumber("-c", 1)("1.5")).toThrow("-c 1.5 is not a whole number of at least 1");
});
