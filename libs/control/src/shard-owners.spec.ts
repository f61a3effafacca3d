import fc from "fast-check";
import { applyRecords, GROUP_METADATA_TOPIC, hasRole, isActive, TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import { assignShards } from "./shard-owners";
import { on, World } from "./testing/world";

const COORDINATORS = [101, 102, 103, 104];
const position = { offset: 1, epoch: 1 };

function ownersOf(world: World, topic: string): { ownerId: number; ownerEpoch: number }[] {
  const { id, partitions } = world.image.topicsByName.get(topic)!;
  return partitions.map(({ partition }) => world.image.shardOwner(id, partition) ?? { ownerId: -1, ownerEpoch: 0 });
}

function balance(world: World) {
  const records = assignShards(world.image);
  world.image = applyRecords(world.image, records, position).image;
  return records;
}

it("keeps every shard with a live owner and the nodes even, with no move that is not needed", () => {
  const change = fc.tuple(fc.constantFrom("fence" as const, "unfence" as const), fc.constantFrom(...COORDINATORS));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), fc.integer({ min: 1, max: 13 }), (changes, size) => {
      const world = new World();
      world.node(1);
      for (const nodeId of COORDINATORS) world.node(nodeId, { roles: ["coordinator"] });
      const topics = [GROUP_METADATA_TOPIC, TRANSACTION_STATE_TOPIC];
      for (const name of topics) world.create({ name, numPartitions: size });
      balance(world);
      for (const [what, nodeId] of changes) {
        const before = topics.map((topic) => ownersOf(world, topic));
        world[what](nodeId);
        const live = COORDINATORS.filter((each) => isActive(world.image.brokers.get(each)));
        balance(world);
        expect(assignShards(world.image)).toEqual([]);
        for (const [index, topic] of topics.entries()) {
          const after = ownersOf(world, topic);
          const loads = live.map((each) => after.filter(({ ownerId }) => ownerId === each).length);
          if (live.length === 0) expect(after.every(({ ownerId }) => ownerId === -1)).toBe(true);
          else {
            expect(loads.reduce((sum, each) => sum + each, 0)).toBe(size);
            expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
          }
          let moved = 0;
          for (const [partition, { ownerId, ownerEpoch }] of after.entries()) {
            const was = before[index]![partition]!;
            expect(ownerEpoch).toBe(was.ownerEpoch + (was.ownerId === ownerId ? 0 : 1));
            if (was.ownerId !== ownerId) moved++;
          }
          const stranded = before[index]!.filter(({ ownerId }) => !live.includes(ownerId)).length;
          // Those without an owner, and what a node that has just come lacks of its share.
          const share = what === "unfence" && live.length > 0 ? Math.ceil(size / live.length) : 0;
          expect(moved).toBeLessThanOrEqual(Math.max(stranded, share));
        }
      }
    }),
    { numRuns: 200 },
  );
});

it("prefers the coordinator that leads the shard's partition, as far as that is even", () => {
  const world = new World();
  for (const nodeId of [1, 2]) world.node(nodeId, { roles: ["broker", "coordinator"] });
  world.create({ name: GROUP_METADATA_TOPIC, assignments: on([1], [2], [2], [1]) });
  balance(world);
  expect(ownersOf(world, GROUP_METADATA_TOPIC).map(({ ownerId }) => ownerId)).toEqual([1, 2, 2, 1]);
  const lopsided = new World();
  for (const nodeId of [1, 2]) lopsided.node(nodeId, { roles: ["broker", "coordinator"] });
  lopsided.create({ name: GROUP_METADATA_TOPIC, assignments: on([1], [1], [1], [1]) });
  balance(lopsided);
  expect(ownersOf(lopsided, GROUP_METADATA_TOPIC).map(({ ownerId }) => ownerId)).toEqual([1, 1, 2, 2]);
});

it("gives no shard to a node without the role, nor to one that is leaving", () => {
  const world = new World();
  world.node(1);
  world.node(101, { roles: ["coordinator"] });
  world.create({ name: GROUP_METADATA_TOPIC, numPartitions: 3 });
  balance(world);
  for (const { ownerId } of ownersOf(world, GROUP_METADATA_TOPIC)) {
    expect(hasRole(world.image.brokers.get(ownerId)!, "coordinator")).toBe(true);
  }
  world.fence(101);
  balance(world);
  expect(ownersOf(world, GROUP_METADATA_TOPIC)).toEqual(Array(3).fill({ ownerId: -1, ownerEpoch: 2 }));
});
