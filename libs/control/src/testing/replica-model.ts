import { isActive, type PartitionImage, record } from "@moldau/metadata";
import { alterPartition } from "../alter-partition";
import { electLeaders } from "../elect-leaders";
import { heartbeat } from "../heartbeat";
import { isActiveBroker } from "../leadership";
import { alterPartitionReassignments } from "../reassign-partitions";
import { registerNode } from "../registration";
import { NodeSessions } from "../sessions";
import { on, World } from "./world";

const MIN_ISR = 2;

/**
 * One partition on brokers that fail in any order, and beside it what its replicas really hold. A record counts as
 * acknowledged when every member of an ISR of at least min ISR has it (rule 19). A crash loses all of a replica,
 * and so does a reassignment that takes it away.
 */
export class ReplicaModel {
  readonly world = new World({ "min.insync.replicas": String(MIN_ISR) });
  private readonly sessions = new NodeSessions(9_000);
  private incarnations = 0;
  /** Replicas that have every acknowledged record. */
  holders: Set<number>;
  readonly crashed = new Set<number>();
  was: PartitionImage;

  constructor(
    readonly nodes: readonly number[],
    replicas: readonly number[] = nodes,
  ) {
    this.holders = new Set(replicas);
    this.world.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
    for (const nodeId of nodes) this.world.node(nodeId);
    this.world.create({ name: "t", assignments: on([...replicas]) });
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
          previousIncarnationIds: [],
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
      ? partition.replicas.filter((nodeId) => alive(nodeId) && isActiveBroker(world.image, nodeId))
      : partition.isr.filter(alive);
    // A leader wishes only for those who have caught up with it.
    if (grow) for (const each of newIsr) this.holders.add(each);
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

  /** Asks for other replicas, or (null) to have the former ones again. Returns whether that was accepted. */
  reassign(replicas: readonly number[] | null): boolean {
    const { world } = this;
    const topics = [
      { name: "t", partitions: [{ partitionIndex: 0, replicas: replicas === null ? null : [...replicas] }] },
    ];
    const request = { timeoutMs: 0, allowReplicationFactorChange: true, topics };
    const { responses } = world.decide(alterPartitionReassignments(world.image, world.settings, request));
    return responses[0]!.partitions[0]!.errorCode === 0;
  }

  check(): void {
    const { was, partition: is, world, crashed } = this;
    const { leader, isr, elr, replicas, adding, removing } = is;
    const minIsr = Math.min(MIN_ISR, replicas.length);
    for (const each of was.replicas) if (!replicas.includes(each)) this.holders.delete(each);
    for (const each of [...adding, ...removing]) expect(replicas).toContain(each);
    expect(is.directories).toHaveLength(replicas.length);
    if (adding.length + removing.length > 0) {
      // Not over yet, so one that shall stay is missing.
      const stay = replicas.filter((each) => !removing.includes(each));
      expect(stay.every((each) => isr.includes(each))).toBe(false);
    }
    // Whatever a replica that is gone still sends carries an older epoch.
    if (!was.replicas.every((each) => replicas.includes(each))) expect(is.leaderEpoch).toBeGreaterThan(was.leaderEpoch);
    expect(new Set([...isr, ...elr]).size).toBe(isr.length + elr.length);
    for (const each of [...isr, ...elr]) expect(replicas).toContain(each);
    if (leader >= 0) {
      expect(isr).toContain(leader);
      expect(isActive(world.image.brokers.get(leader))).toBe(true);
    }
    for (const each of isr) expect(isActive(world.image.brokers.get(each))).toBe(true);
    if (isr.length >= minIsr) expect(elr).toEqual([]);
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
    if (isr.length >= minIsr) this.holders = new Set(isr);
    else for (const each of isr) this.holders.add(each);
  }
  private uncleanEpoch = -1;
}
