import { chunks, connectionsPerLeader, shares } from "./lanes";

test("partitions are shared out evenly, and no connection is without one", () => {
  expect(shares([0, 1, 2, 3, 4], 2)).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
  expect(shares([7], 3)).toEqual([[7]]);
  expect(shares([], 3)).toEqual([]);
});

test("a request takes so many partitions, the last one what is left", () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
});

test("connections are divided among leaders, at least one each", () => {
  expect([1, 3, 5].map((leaders) => connectionsPerLeader(3, leaders))).toEqual([3, 1, 1]);
});
