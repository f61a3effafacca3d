import { assignRanges } from "./range-assignor";

const member = (memberId: string, ...topics: string[]): { memberId: string; topics: string[] } => ({
  memberId,
  topics,
});

it("gives the first members one more where it does not come out even", () => {
  const assigned = assignRanges([member("b", "t"), member("a", "t"), member("c", "t")], new Map([["t", 7]]));
  expect([...assigned].sort()).toEqual([
    ["a", [{ topic: "t", partitions: [0, 1, 2] }]],
    ["b", [{ topic: "t", partitions: [3, 4] }]],
    ["c", [{ topic: "t", partitions: [5, 6] }]],
  ]);
});

it("cuts each topic among those that want it, topics that are missing for nobody", () => {
  const assigned = assignRanges(
    [member("a", "one", "two", "gone"), member("b", "two")],
    new Map([
      ["one", 2],
      ["two", 1],
    ]),
  );
  expect(assigned.get("a")).toEqual([
    { topic: "one", partitions: [0, 1] },
    { topic: "two", partitions: [0] },
  ]);
  expect(assigned.get("b")).toEqual([]);
});
