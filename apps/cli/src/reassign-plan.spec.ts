import fc from "fast-check";
import { type PlanBroker, type PlanPartition, planReassignment } from "./reassign-plan";

const brokers = (...ids: number[]): PlanBroker[] => ids.map((nodeId) => ({ nodeId, rack: null }));
const racked = (...racks: string[]): PlanBroker[] => racks.map((rack, index) => ({ nodeId: index + 1, rack }));
const on = (...replicas: number[][]): PlanPartition[] =>
  replicas.map((each, partition) => ({ topic: "t", partition, replicas: each }));

it("leaves alone what is well placed", () => {
  const now = [[1, 2], [2, 3], [3, 1]]; // prettier-ignore
  expect(planReassignment(on(...now), brokers(1, 2, 3))).toEqual(now);
});

it("takes a broker out by moving what it has, and nothing else", () => {
  expect(planReassignment(on([1, 2], [2, 3], [3, 1]), brokers(1, 2))).toEqual([[1, 2], [2, 1], [1, 2]]); // prettier-ignore
});

it("gives a new broker its share", () => {
  const plan = planReassignment(on([1, 2], [2, 3], [3, 1], [1, 2]), brokers(1, 2, 3, 4));
  expect(plan.flat().filter((id) => id === 4)).toHaveLength(2);
});

it("changes the number of replicas, the preferred leader staying", () => {
  expect(planReassignment(on([1], [2]), brokers(1, 2, 3), 3)).toEqual([[1, 2, 3], [2, 3, 1]].map((each) => expect.arrayContaining(each))); // prettier-ignore
  expect(planReassignment(on([2, 1, 3]), brokers(1, 2, 3), 1)).toEqual([[2]]);
});

it("puts the replicas of a partition into different racks", () => {
  expect(planReassignment(on([1, 2]), racked("a", "a", "b"))).toEqual([[1, 3]]);
  expect(planReassignment(on([1, 2, 3]), racked("a", "a", "b"), 2)).toEqual([[1, 3]]);
});

const setting = fc
  .record({
    racks: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 8 }),
    withRacks: fc.boolean(),
    factors: fc.array(fc.tuple(fc.nat(2), fc.array(fc.nat(11), { minLength: 1, maxLength: 4 })), { maxLength: 30 }),
  })
  .map(({ racks, withRacks, factors }) => ({
    brokers: racks.map((rack, index) => ({ nodeId: index + 1, rack: withRacks ? rack : null })),
    factor: 1 + ((factors[0]?.[0] ?? 0) % racks.length),
    partitions: factors.map(([, replicas], partition) => ({ topic: "t", partition, replicas: [...new Set(replicas)] })),
  }));

it("is always an assignment that a cluster accepts, evenly spread, over as many racks as can be", () => {
  fc.assert(
    fc.property(setting, ({ brokers: all, factor, partitions }) => {
      const plan = planReassignment(partitions, all, factor);
      const rackOf = (id: number) => all.find(({ nodeId }) => nodeId === id)!.rack ?? String(id);
      const racks = new Set(all.map(({ nodeId }) => rackOf(nodeId))).size;
      for (const replicas of plan) {
        expect(new Set(replicas).size).toBe(factor);
        expect(replicas.length).toBe(factor);
        for (const id of replicas) expect(id).toBeLessThanOrEqual(all.length);
        expect(new Set(replicas.map(rackOf)).size).toBe(Math.min(factor, racks));
      }
      if (all.some(({ rack }) => rack !== null)) return;
      const loads = all.map(({ nodeId }) => plan.flat().filter((id) => id === nodeId).length);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      // Planned again from where it led, it changes no place.
      const now = plan.map((replicas, partition) => ({ topic: "t", partition, replicas }));
      expect(planReassignment(now, all, factor).map((each) => [...each].sort())).toEqual(
        plan.map((each) => [...each].sort()),
      );
    }),
  );
});
