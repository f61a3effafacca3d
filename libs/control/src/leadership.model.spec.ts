import fc from "fast-check";
import { ReplicaModel } from "./testing/replica-model";

const NODES = [1, 2, 3] as const;
const node = fc.constantFrom(...NODES);
const step = fc.oneof(
  fc.tuple(fc.constant("crash" as const), node),
  fc.tuple(fc.constant("fence" as const), node),
  fc.tuple(fc.constant("restart unclean" as const), node),
  fc.tuple(fc.constant("restart clean" as const), node),
  fc.tuple(fc.constant("beat" as const), node),
  fc.tuple(fc.constant("beat" as const), node),
  fc.tuple(fc.constant("leave" as const), node),
  fc.tuple(fc.constant("shrink" as const), node),
  fc.tuple(fc.constant("grow" as const), node),
  fc.tuple(fc.constant("prefer" as const), node),
);

it("elects cleanly only who has every acknowledged record, whatever fails in whatever order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const model = new ReplicaModel(NODES);
      for (const [what, nodeId] of steps) {
        if (what === "crash") model.crash(nodeId);
        else if (what === "fence") model.world.fence(nodeId);
        else if (what === "restart unclean") model.restart(nodeId, false);
        else if (what === "restart clean") model.restart(nodeId, true);
        else if (what === "beat") model.beat(nodeId);
        else if (what === "leave") model.beat(nodeId, { wantShutDown: true });
        else if (what === "shrink") model.alter(false);
        else if (what === "grow") model.alter(true);
        else model.elect(0);
        model.check();
      }
    }),
    { numRuns: 1500 },
  );
});

it("is led again once every broker is back, whoever it was that went last", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, clean) => {
      const model = new ReplicaModel(NODES);
      for (const [what, nodeId] of steps) {
        if (what === "crash") model.crash(nodeId);
        else if (what === "fence") model.world.fence(nodeId);
        else if (what === "beat") model.beat(nodeId);
        else if (what === "shrink") model.alter(false);
      }
      for (const nodeId of NODES) model.restart(nodeId, clean && !model.crashed.has(nodeId));
      for (const nodeId of NODES) model.beat(nodeId);
      expect(model.partition.leader).toBeGreaterThan(0);
      model.alter(true);
      expect(model.partition.isr).toHaveLength(NODES.length);
      expect(model.partition.leaderRecoveryState).toBe(0);
    }),
    { numRuns: 500 },
  );
});
