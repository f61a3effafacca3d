import { parseAddConfig } from "./changes";

it("brackets hold values with commas", () => {
  expect([...parseAddConfig("a=1, b = [x,y=z] ,c=")]).toEqual([
    ["a", "1"],
    ["b", "x,y=z"],
    ["c", ""],
  ]);
  expect(() => parseAddConfig("a")).toThrow(/must be in the format "key=val"/);
});
