import { type NodeId, SeededRandom } from "@moldau/base";
import type { HistoryEvent } from "@moldau/history";
import { Admin } from "./clients/admin";
import type { ClientOptions, TopicPartition } from "./clients/client";
import { Committer } from "./clients/committer";
import { Consumer } from "./clients/consumer";
import { ConsumerMember } from "./clients/consumer-member";
import { Member } from "./clients/member";
import { Producer } from "./clients/producer";
import { Transactor } from "./clients/transactor";
import { calmWeather, Network } from "./network";
import { type Plan, rackOf } from "./plan";
import { SimulatedNode } from "./simulated-node";
import type { LogLine } from "./simulated-telemetry";
import { Trace } from "./trace";
import { NOBODY, type VirtualTime } from "./virtual-time";

/** Something that must not happen did. */
export interface SimulationViolation {
  readonly invariant: string;
  readonly message: string;
}

/** Client ids begin here; each restarted client has a new one. */
const FIRST_CLIENT = 901;
const TOPIC = "orders";
const OFFSETS_TOPIC = "__consumer_offsets";
const TRANSACTIONS_TOPIC = "__transaction_state";
/** Long enough for a transaction in trouble, short enough that what a dead producer left open ends within a run. */
const TRANSACTION_TIMEOUT_MS = 6_000;
/** The least that is allowed by the configuration of these runs. */
const SESSION_TIMEOUT_MS = 1_500;
/** A node that gave up because of its disk is started again after this. */
const RESTART_MS = 400;

/** The cluster of one run: its machines, its clients, and what was observed. */
export class World {
  readonly nodes = new Map<NodeId, SimulatedNode>();
  readonly history: HistoryEvent[] = [];
  readonly violations: SimulationViolation[] = [];
  readonly trace: Trace;
  readonly network: Network;
  readonly partitions: readonly TopicPartition[];
  readonly admin: Admin;
  producers: Producer[] = [];
  consumers: Consumer[] = [];
  committers: Committer[] = [];
  transactors: Transactor[] = [];
  /** Those that another one replaced; some do not know it yet. */
  readonly zombies: Transactor[] = [];
  /** Of one group, all classic or all under KIP-848; the first ones are static. */
  members: (Member | ConsumerMember)[] = [];
  readonly formerMembers: (Member | ConsumerMember)[] = [];
  #memberOffset = 0;
  readonly logLines: string[] = [];
  /** When the schedule begins. */
  chaosFromMs = 0;
  /** What faults draw while they happen. */
  readonly faultRandom: SeededRandom;
  readonly #clientRandom: SeededRandom;
  #nextClient = FIRST_CLIENT;

  constructor(
    readonly plan: Plan,
    readonly time: VirtualTime,
    private readonly options: { keepLines: boolean },
  ) {
    const { seed } = plan;
    this.trace = new Trace();
    this.network = new Network(time, new SeededRandom(seed ^ 0x1f123bb5), this.trace);
    this.network.weather = { ...calmWeather, ...plan.weather };
    this.network.throughTheWire = plan.throughTheWire;
    this.faultRandom = new SeededRandom(seed ^ 0x6a09e667);
    this.#clientRandom = new SeededRandom(seed ^ 0x5bd1e995);
    this.partitions = Array.from({ length: plan.partitions }, (_, partition) => ({ topic: TOPIC, partition }));
    const nodeRandom = new SeededRandom(seed ^ 0x27d4eb2f);
    for (const spec of plan.nodes) {
      const node = new SimulatedNode(spec, {
        time,
        network: this.network,
        random: nodeRandom,
        onLog: (of, line) => this.#onLog(of, line),
        onFatal: (of, error) => this.#onFatal(of, error),
      });
      this.nodes.set(spec.nodeId, node);
    }
    this.admin = new Admin(this.#clientOptions());
  }

  get brokers(): SimulatedNode[] {
    return [...this.nodes.values()].filter(({ role }) => role === "broker");
  }

  get coordinators(): SimulatedNode[] {
    return [...this.nodes.values()].filter(({ role }) => role === "coordinator");
  }

  /** Every node is up and says that it can serve. */
  get isReady(): boolean {
    // Asked after every event of a start.
    for (const node of this.nodes.values()) if (!node.isReady) return false;
    return true;
  }

  startNodes(): void {
    for (const node of this.nodes.values()) node.start();
    this.admin.client.run(() => Promise.resolve());
  }

  createTopics(onDone: () => void): void {
    const { plan } = this;
    const safe = ["min.insync.replicas", "2"] as const;
    const replication = { replicationFactor: 3, configs: [safe] as const };
    const compacted = {
      replicationFactor: 3,
      configs: [
        safe,
        ["cleanup.policy", "compact"],
        ["segment.bytes", String(plan.compactedSegmentBytes)],
        ["min.cleanable.dirty.ratio", "0.01"],
        ["delete.retention.ms", "300"],
      ] as const,
    };
    this.admin.client.run(async () => {
      await this.admin.createTopics([
        { name: TOPIC, partitions: plan.partitions, ...replication },
        { name: OFFSETS_TOPIC, partitions: plan.shards, ...compacted },
        ...(plan.transactors.length === 0 ? [] : [{ name: TRANSACTIONS_TOPIC, partitions: plan.shards, ...compacted }]),
      ]);
      onDone();
    });
  }

  startClients(): void {
    const { plan, partitions } = this;
    for (let i = 0; i < plan.producers; i++) this.startProducer();
    this.startConsumer();
    plan.transactors.forEach((version, i) => this.#startTransactor(`transactional-${i}`, version, 0));
    if (plan.transactors.length > 0) this.startConsumer({ readCommitted: true });
    for (let i = 0; i < plan.members; i++) this.#startMember(i < plan.staticMembers ? `instance-${i}` : null);
    for (let i = 0; i < plan.committers; i++) {
      const partition = partitions[i % partitions.length]!;
      const group = `group-${i}`;
      const committer = new Committer({ ...this.#clientOptions(), group, partition, pauseMs: 150 });
      this.committers.push(committer);
      committer.start();
    }
    this.time.after(0, () => this.#sampleWatermarks(), NOBODY);
  }

  startProducer(): void {
    const { inFlightMax, pauseMs } = this.plan;
    const { partitions } = this;
    const producer = new Producer({ ...this.#clientOptions(), partitions, inFlightMax, pauseMs });
    this.producers.push(producer);
    producer.start();
  }

  /** A successor takes a transactional id over. */
  startTransactor(transactionalId: string): void {
    const old = this.transactors.find((each) => each.transactionalId === transactionalId)!;
    this.transactors = this.transactors.filter((each) => each !== old);
    this.zombies.push(old);
    this.#startTransactor(transactionalId, old.version, old.nextOffset);
  }

  #startTransactor(transactionalId: string, version: 1 | 2, firstOffset: number): void {
    const { partitions, plan, time } = this;
    const before = this.zombies.filter((each) => each.transactionalId === transactionalId);
    const transactor: Transactor = new Transactor({
      ...this.#clientOptions(),
      transactionalId,
      version,
      partitions,
      pauseMs: plan.pauseMs,
      group: `group-of-${transactionalId}`,
      timeoutMs: TRANSACTION_TIMEOUT_MS,
      // What a zombie has under way is below what its successor commits.
      firstOffset: firstOffset + 10,
      onInitialized: () => {
        for (const zombie of before) {
          for (const partition of partitions) {
            const producer = zombie.producerOf(partition);
            this.history.push({
              type: "fence",
              process: "world",
              producer,
              by: transactor.client.name,
              atMs: time.nowMs,
            });
          }
        }
        before.length = 0;
      },
      isReplaced: () => this.zombies.includes(transactor),
    });
    this.transactors.push(transactor);
    transactor.start();
  }

  /** Another member in the place of one that dies, or is told to stop; a static classic one is told by the coordinator. */
  replaceMember(old: Member | ConsumerMember, dies: boolean): void {
    const { instanceId } = old.options;
    this.members = this.members.filter((each) => each !== old);
    this.formerMembers.push(old);
    if (dies) old.client.kill();
    else if (instanceId === null || this.plan.consumerProtocol) old.client.stopped = true;
    this.#startMember(instanceId);
  }

  #startMember(instanceId: string | null): void {
    const { partitions, plan } = this;
    const options = {
      ...this.#clientOptions(),
      group: "group-of-members",
      instanceId,
      pauseMs: plan.pauseMs,
      leaves: this.#clientRandom.chance(0.7),
      nextOffset: () => ++this.#memberOffset,
    };
    const member = plan.consumerProtocol
      ? new ConsumerMember({
          ...options,
          topic: TOPIC,
          rackId: plan.memberRacks ? rackOf(options.nodeId) : null,
        })
      : new Member({ ...options, partitions, sessionTimeoutMs: SESSION_TIMEOUT_MS });
    this.members.push(member);
    member.start();
  }

  startConsumer({ readCommitted } = { readCommitted: false }): void {
    const { partitions } = this;
    const consumer = new Consumer({ ...this.#clientOptions(), partitions, maxBytes: 4_096, readCommitted });
    this.consumers.push(consumer);
    consumer.start();
  }

  #clientOptions(): ClientOptions {
    return {
      nodeId: this.#nextClient++,
      voters: this.plan.controllers,
      time: this.time,
      network: this.network,
      random: this.#clientRandom,
      record: (event) => this.history.push(event),
      violation: (invariant, message) => this.violation(invariant, message),
    };
  }

  violation(invariant: string, message: string): void {
    this.violations.push({ invariant, message: `${(this.time.nowMs / 1000).toFixed(3)} s: ${message}` });
  }

  /** Asks every broker for the high watermarks of what it leads, as a consumer would. */
  #sampleWatermarks(): void {
    for (const node of this.brokers) {
      const { process } = node;
      if (process === undefined) continue;
      const sample = () => void this.#sampleNode(node, process.incarnation);
      this.time.after(0, sample, process.owner);
    }
    this.time.after(250, () => this.#sampleWatermarks(), NOBODY);
  }

  async #sampleNode(node: SimulatedNode, incarnation: number): Promise<void> {
    const service = node.process?.brokerService();
    const topicId = this.admin.client.observer.image.topicsByName.get(TOPIC)?.id;
    if (service === undefined || topicId === undefined) return;
    const reply = await service.listOffsets(
      {
        replicaId: -1,
        isolationLevel: 0,
        timeoutMs: 1_000,
        partitions: this.partitions.map(({ partition }) => ({
          topicId,
          partition,
          currentLeaderEpoch: -1,
          timestamp: -1,
        })),
      },
      { traceparent: "", deadlineMs: 0, callerNodeId: node.nodeId },
    );
    for (const { partition, errorCode, offset, leaderEpoch } of reply.partitions) {
      if (errorCode !== 0) continue;
      this.history.push({
        type: "high-watermark",
        node: node.nodeId,
        incarnation,
        partition: `${TOPIC}-${partition}`,
        leaderEpoch,
        offset,
        atMs: this.time.nowMs,
      });
    }
  }

  #onLog(node: SimulatedNode, { level, message, fields }: LogLine): void {
    const atMs = this.time.nowMs;
    const { nodeId } = node;
    if (message === "leading") {
      const { partition, leaderEpoch } = fields as { partition: string; leaderEpoch: number };
      this.history.push({ type: "leader", node: nodeId, partition, leaderEpoch, atMs });
    } else if (message === "shard is open") {
      const { topic, shard, ownerEpoch } = fields as { topic: string; shard: number; ownerEpoch: number };
      this.history.push({ type: "shard-owner", node: nodeId, shard: `${topic}-${shard}`, ownerEpoch, atMs });
    } else if (message === "leads the metadata quorum") {
      this.history.push({ type: "controller", node: nodeId, term: fields["epoch"] as number, atMs });
    }
    if (level !== "debug" || this.options.keepLines) this.trace.note(atMs, message, nodeId);
    if (!this.options.keepLines) return;
    const { err, ...rest } = fields;
    const facts = JSON.stringify({ ...rest, ...(err === undefined ? {} : { err: String(err) }) });
    this.logLines.push(`${(atMs / 1000).toFixed(3)} ${node.role} ${nodeId} ${level} ${message} ${facts}`);
  }

  #onFatal(node: SimulatedNode, error: Error): void {
    this.note(`${node.role} ${node.nodeId} gives up: ${error.message}`);
    const expected = node.hadDiskTrouble && error.name !== "InvariantError";
    if (!expected) this.violation("gave-up", `${node.role} ${node.nodeId}: ${error.stack ?? error.message}`);
    const { process } = node;
    // It ends as a process that was told so would: with nothing more said.
    this.time.after(
      1,
      () => {
        if (node.process !== process) return;
        node.crash("process");
        this.time.after(RESTART_MS, () => node.start(), NOBODY);
      },
      NOBODY,
    );
  }

  /** A line for whoever reads the run. */
  note(line: string): void {
    this.trace.note(this.time.nowMs, line);
    if (this.options.keepLines) this.logLines.push(`${(this.time.nowMs / 1000).toFixed(3)} -- ${line}`);
  }
}
