import { placeReplicas } from "./place-replicas";

const brokers = [1, 2, 3, 4].map((id) => ({ id, rack: null }));
const racked = brokers.map(({ id }) => ({ id, rack: id < 3 ? "a" : "b" }));

it.each([0, 0.3, 0.7, 0.99])("leaders go round, and no broker holds a partition twice (start %d)", (start) => {
  const placed = placeReplicas(brokers, 8, 3, start);
  expect(placed.every((replicas) => new Set(replicas).size === 3)).toBe(true);
  const leaders = placed.map(([leader]) => leader);
  expect([1, 2, 3, 4].map((id) => leaders.filter((leader) => leader === id).length)).toEqual([2, 2, 2, 2]);
});

it("two replicas lie in two racks", () => {
  for (const [first, second] of placeReplicas(racked, 8, 2, 0.5)) expect(first! < 3).not.toBe(second! < 3);
});
