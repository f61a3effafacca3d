import fc from "fast-check";
import { isActive, type PartitionImage, record } from "@moldau/metadata";
import { alterPartition } from "./alter-partition";
import { electLeaders } from "./elect-leaders";
import { heartbeat } from "./heartbeat";
import { isActiveBroker } from "./leadership";
import { registerNode } from "./registration";
import { NodeSessions } from "./sessions";
import { on, World } from "./testing/world";

const NODES = [1, 2, 3] as const;
const MIN_ISR = 2;

/**
 * One partition on three brokers that fail in any order, and beside it what its replicas really hold. A record counts as
 * acknowledged when every member of an ISR of at least min ISR has it (rule 19). A crash loses all of a replica.
 */
class Model {
  readonly world = new World({ "min.insync.replicas": String(MIN_ISR) });
  private readonly sessions = new NodeSessions(9_000);
  private incarnations = 0;
  /** Replicas that have every acknowledged record. */
  holders = new Set<number>(NODES);
  readonly crashed = new Set<number>();
  was: PartitionImage;

  constructor() {
    this.world.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
    for (const nodeId of NODES) this.world.node(nodeId);
    this.world.create({ name: "t", assignments: on([...NODES]) });
    this.was = this.partition;
  }

  get partition(): PartitionImage {
    return this.world.image.topicsByName.get("t")!.partitions[0]!;
  }

  crash(nodeId: number): void {
    this.crashed.add(nodeId);
    this.holders.delete(nodeId);
  }

  /** A process starts under the node's id; `clean` where the former one stopped in peace. */
  restart(nodeId: number, clean: boolean): void {
    const former = this.world.image.brokers.get(nodeId)!;
    if (clean && this.crashed.has(nodeId)) return;
    if (clean) this.beat(nodeId, { wantShutDown: true });
    else this.crash(nodeId);
    const { world, sessions } = this;
    world.decide(
      registerNode(
        world.image,
        world.settings,
        sessions,
        {
          nodeId,
          clusterId: "",
          incarnationId: `I${++this.incarnations}`.padStart(22, "A"),
          roles: ["broker"],
          endpoints: [],
          logDirs: [],
          previousNodeEpoch: clean ? former.epoch : -1,
        },
        this.incarnations * 100_000,
      ),
    );
    this.crashed.delete(nodeId);
  }

  beat(nodeId: number, change: { wantShutDown?: boolean } = {}): void {
    if (this.crashed.has(nodeId)) return;
    const { world, sessions } = this;
    const nodeEpoch = world.image.brokers.get(nodeId)!.epoch;
    const request = { nodeId, nodeEpoch, metadataOffset: nodeEpoch, wantFence: false, offlineLogDirs: [] };
    world.decide(heartbeat(world.image, world.settings, sessions, { wantShutDown: false, ...request, ...change }, 0));
  }

  /** The leader wishes for an ISR of those who still answer, and of those who have caught up. */
  alter(grow: boolean): void {
    const { world, partition } = this;
    if (partition.leader < 0 || this.crashed.has(partition.leader)) return;
    const alive = (nodeId: number) => !this.crashed.has(nodeId);
    const newIsr = grow
      ? NODES.filter((nodeId) => alive(nodeId) && isActiveBroker(world.image, nodeId))
      : partition.isr.filter(alive);
    const topicId = world.image.topicsByName.get("t")!.id;
    const brokerEpoch = world.image.brokers.get(partition.leader)!.epoch;
    world.decide(
      alterPartition(world.image, world.settings, {
        brokerId: partition.leader,
        brokerEpoch,
        partitions: [
          {
            topicId,
            partition: 0,
            leaderEpoch: partition.leaderEpoch,
            partitionEpoch: partition.partitionEpoch,
            newIsr: newIsr.map((brokerId) => ({ brokerId, brokerEpoch: -1 })),
            leaderRecoveryState: 0,
          },
        ],
      }),
    );
  }

  elect(electionType: number): void {
    const { world } = this;
    const topicPartitions = [{ topic: "t", partitions: [0] }];
    world.decide(electLeaders(world.image, world.settings, { electionType, topicPartitions, timeoutMs: 0 }));
  }

  check(): void {
    const { was, partition: is, world, crashed } = this;
    const { leader, isr, elr, replicas } = is;
    expect(new Set([...isr, ...elr]).size).toBe(isr.length + elr.length);
    for (const each of [...isr, ...elr]) expect(replicas).toContain(each);
    if (leader >= 0) {
      expect(isr).toContain(leader);
      expect(isActive(world.image.brokers.get(leader))).toBe(true);
    }
    for (const each of isr) expect(isActive(world.image.brokers.get(each))).toBe(true);
    if (isr.length >= MIN_ISR) expect(elr).toEqual([]);
    expect(is.partitionEpoch).toBeGreaterThanOrEqual(was.partitionEpoch);
    expect(is.leaderEpoch).toBeGreaterThanOrEqual(was.leaderEpoch);
    if (is.leader !== was.leader) expect(is.leaderEpoch).toBeGreaterThan(was.leaderEpoch);
    this.was = is;

    if (leader < 0 || crashed.has(leader)) return;
    const uncleanNow = is.leaderRecoveryState === 1 && is.leaderEpoch > this.uncleanEpoch;
    if (uncleanNow) {
      // Somebody had to lead who may lack records, and the log says so. What it has is the truth from now on.
      this.uncleanEpoch = is.leaderEpoch;
      this.holders = new Set([leader]);
    }
    expect(this.holders).toContain(leader);
    if (isr.some((each) => crashed.has(each))) return;
    if (isr.length >= MIN_ISR) this.holders = new Set(isr);
    else for (const each of isr) this.holders.add(each);
  }
  private uncleanEpoch = -1;
}

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
      const model = new Model();
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
      const model = new Model();
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
