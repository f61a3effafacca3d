import fc from "fast-check";
import { planRebalance, type SizedPartition } from "./rebalance-plan";

const brokers = (...ids: number[]) => ids.map((nodeId) => ({ nodeId, rack: null }));
const partition = (n: number, replicas: number[], bytes = 100): SizedPartition => ({
  topic: "orders",
  partition: n,
  replicas,
  bytes,
});
const after = (plan: ReturnType<typeof planRebalance>) =>
  plan.brokers.map(({ nodeId, after: { replicas, leaders, bytes } }) => [nodeId, replicas, leaders, bytes]);

describe("a plan to rebalance", () => {
  it("moves nothing where everything is even", () => {
    const plan = planRebalance([partition(0, [1, 2]), partition(1, [2, 1])], brokers(1, 2));
    expect(plan).toMatchObject({ moves: [], bytesToMove: 0 });
  });

  it("gives a broker that was added its share, and says what has to be copied", () => {
    const all = [0, 1, 2, 3, 4, 5].map((n) => partition(n, n % 2 === 0 ? [1, 2] : [2, 1]));
    const plan = planRebalance(all, brokers(1, 2, 3));
    expect(after(plan)).toEqual([
      [1, 4, 2, 400],
      [2, 4, 2, 400],
      [3, 4, 2, 400],
    ]);
    expect(plan.bytesToMove).toBe(400);
    expect(plan.brokers[2]).toMatchObject({ before: { replicas: 0, leaders: 0, bytes: 0 } });
  });

  it("empties a broker that is to go", () => {
    const plan = planRebalance([partition(0, [1, 3]), partition(1, [3, 2]), partition(2, [2, 1])], brokers(1, 2));
    expect(after(plan)).toEqual([
      [1, 3, expect.any(Number), 300],
      [2, 3, expect.any(Number), 300],
      [3, 0, 0, 0],
    ]);
  });

  it("evens bytes where the numbers of replicas are even already", () => {
    const sizes = [1000, 900, 10, 10, 800, 1100, 20, 5];
    const all = sizes.map((bytes, n) => partition(n, [n < 2 || n === 4 || n === 5 ? 1 : 2], bytes));
    const plan = planRebalance(all, brokers(1, 2));
    const [one, two] = plan.brokers.map((broker) => broker.after);
    expect([one!.replicas, two!.replicas]).toEqual([4, 4]);
    expect(Math.abs(one!.bytes - two!.bytes)).toBeLessThan(200);
    expect([one!.leaders, two!.leaders]).toEqual([4, 4]);
  });

  it("keeps every promise for any cluster", () => {
    const cluster = fc
      .record({ nodes: fc.integer({ min: 1, max: 6 }), racks: fc.integer({ min: 0, max: 3 }) })
      .chain(({ nodes, racks }) =>
        fc.record({
          brokers: fc.constant(
            Array.from({ length: nodes }, (_, i) => ({ nodeId: i + 1, rack: racks === 0 ? null : `r${i % racks}` })),
          ),
          partitions: fc.array(
            fc.record({
              // Of brokers that are there and of two that are not.
              replicas: fc.uniqueArray(fc.integer({ min: 1, max: nodes + 2 }), { minLength: 1, maxLength: nodes }),
              bytes: fc.integer({ min: 0, max: 1_000_000 }),
            }),
            { minLength: 1, maxLength: 40 },
          ),
        }),
      );
    fc.assert(
      fc.property(cluster, ({ brokers: targets, partitions }) => {
        const all = partitions.map((each, n) => partition(n, each.replicas, each.bytes));
        const plan = planRebalance(all, targets);
        const ids = new Set(targets.map(({ nodeId }) => nodeId));
        const rackOf = new Map(targets.map(({ nodeId, rack }) => [nodeId, rack ?? String(nodeId)]));
        const rackCount = new Set(rackOf.values()).size;
        const moved = new Map(plan.moves.map((move) => [move.partition, move.to]));
        for (const { partition: n, replicas } of all) {
          const to = moved.get(n) ?? replicas;
          expect(to).toHaveLength(replicas.length);
          expect(new Set(to).size).toBe(to.length);
          expect(to.every((id) => ids.has(id))).toBe(true);
          expect(new Set(to.map((id) => rackOf.get(id))).size).toBe(Math.min(rackCount, to.length));
        }
        // Doing it never makes more to do.
        const done = all.map((each) => ({ ...each, replicas: moved.get(each.partition) ?? each.replicas }));
        expect(planRebalance(done, targets).bytesToMove).toBeLessThanOrEqual(plan.bytesToMove);
      }),
      { numRuns: 300 },
    );
  });
});
