import { type Clock, type NodeId, randomUuid, type SeededRandom } from "@moldau/base";
import { type Config, loadConfig } from "@moldau/config";
import { MemoryDisk, type Survival } from "@moldau/disk";
import { followDynamicConfig, type Role, type RoleContext, type RunningRole } from "@moldau/host";
import type { MetadataImage } from "@moldau/metadata";
import { type RunningMetadataObserver, startMetadataObserver } from "@moldau/metadata-observer";
import { brokerRole } from "@moldau/roles-broker";
import { controllerRole } from "@moldau/roles-controller";
import { coordinatorRole } from "@moldau/roles-coordinator";
import type { Network } from "./network";
import { SimulatedProcess } from "./process";
import { type LogLine, simulatedTelemetry } from "./simulated-telemetry";
import { WALL_START_MS } from "./virtual-globals";
import type { VirtualTime } from "./virtual-time";

export type NodeRole = "controller" | "broker" | "coordinator";

export interface NodeSpec {
  readonly nodeId: NodeId;
  readonly role: NodeRole;
  readonly config: ReadonlyMap<string, string>;
  readonly voters: readonly NodeId[];
}

export interface NodeSurroundings {
  readonly time: VirtualTime;
  readonly network: Network;
  readonly random: SeededRandom;
  onLog(node: SimulatedNode, line: LogLine): void;
  /** A role gave up, or its start failed. */
  onFatal(node: SimulatedNode, error: Error): void;
}

const roles: Readonly<Record<NodeRole, Role>> = {
  controller: controllerRole,
  broker: brokerRole,
  coordinator: coordinatorRole,
};

/** Disk troubles that a schedule may switch on. Latencies in ms. */
export interface DiskTrouble {
  latencyMinMs: number;
  latencyMaxMs: number;
  /** Errno that reads, writes or syncs fail with, by chance. */
  errno: string | undefined;
  errorChance: number;
}

const calmDisk: DiskTrouble = { latencyMinMs: 0.02, latencyMaxMs: 0.4, errno: undefined, errorChance: 0 };

/** A machine with a disk, on which a process with one role runs, dies and is started again. */
export class SimulatedNode {
  readonly nodeId: NodeId;
  readonly role: NodeRole;
  disk = new MemoryDisk();
  trouble: DiskTrouble = { ...calmDisk };
  /** Its disk failed during this life of its process, so it may give up. */
  hadDiskTrouble = false;
  /** How far this machine's wall clock is off. */
  wallSkewMs = 0;
  process: SimulatedProcess | undefined;
  #running: RunningRole | undefined;
  #observer: RunningMetadataObserver | undefined;
  #starts = 0;
  readonly #config: Config;

  constructor(
    readonly spec: NodeSpec,
    private readonly around: NodeSurroundings,
  ) {
    this.nodeId = spec.nodeId;
    this.role = spec.role;
    this.#config = loadConfig({ overrides: spec.config });
  }

  get alive(): boolean {
    return this.process !== undefined;
  }
  get incarnation(): number {
    return this.#starts;
  }
  /** Started, and its role says that it can serve. */
  get isReady(): boolean {
    return this.#running !== undefined && this.#running.notReady().length === 0;
  }
  get notReady(): string[] {
    return this.#running?.notReady() ?? ["starting"];
  }

  /** What it knows of the metadata; undefined while it is down, and on controllers, which keep it to themselves. */
  get image(): MetadataImage | undefined {
    return this.#running === undefined || this.role === "controller" ? undefined : this.#observer?.image;
  }

  start(): void {
    if (this.process !== undefined) return;
    const process = new SimulatedProcess(this.nodeId, ++this.#starts);
    this.hadDiskTrouble = this.trouble.errno !== undefined;
    this.process = process;
    this.around.network.attach(process);
    this.#useDisk(process);
    this.around.time.after(0, () => void this.#boot(process), process.owner);
  }

  #useDisk(process: SimulatedProcess): void {
    const { time, random } = this.around;
    this.disk.latency = () => {
      const { latencyMinMs, latencyMaxMs } = this.trouble;
      const tookMs = latencyMinMs + random.next() * (latencyMaxMs - latencyMinMs);
      return new Promise((resolve) => time.after(tookMs, resolve, process.owner));
    };
    // A page cache with room, which takes small writes and gives what it has at once, or one without.
    const atOnce = random.chance(0.5);
    this.disk.isAtOnce = () => atOnce && this.trouble.latencyMaxMs <= calmDisk.latencyMaxMs;
    this.disk.failing = (operation) => {
      const { errno, errorChance } = this.trouble;
      if (errno === undefined || !failable.has(operation)) return undefined;
      if (errno === "ENOSPC" && operation !== "write" && operation !== "writeNow") return undefined;
      return random.chance(errorChance) ? errno : undefined;
    };
  }

  async #boot(process: SimulatedProcess): Promise<void> {
    const { time, network, random, onLog, onFatal } = this.around;
    const fatal = (error: Error) => {
      if (process.alive) onFatal(this, error);
    };
    const clock: Clock = {
      nowMs: () => WALL_START_MS + Math.floor(time.nowMs) + this.wallSkewMs,
      monotonicMs: () => time.nowMs,
    };
    const telemetry = simulatedTelemetry((line) => onLog(this, line));
    const peers = network.peersOf(process, this.spec.voters);
    const observer = startMetadataObserver({ peers, nodeId: this.nodeId, log: telemetry.log, clock, paused: true });
    const context: RoleContext = {
      nodeId: this.nodeId,
      incarnationId: randomUuid(random),
      config: followDynamicConfig(this.#config, this.nodeId, observer),
      clock,
      random,
      disk: this.disk,
      telemetry,
      peers,
      services: process.services,
      observer,
      fatal,
    };
    try {
      if (this.role !== "controller") observer.resume();
      const running = await roles[this.role].start(context);
      if (this.process !== process) return;
      this.#running = running;
      this.#observer = observer;
    } catch (error) {
      fatal(error as Error);
    }
  }

  /** kill -9, or the power goes: what is left on the disk is what `survival` says. */
  crash(survival: Survival): void {
    const { process } = this;
    if (process === undefined) return;
    this.process = undefined;
    this.#running = undefined;
    process.owner.alive = false;
    this.around.network.detach(process, survival !== "process");
    this.disk = this.disk.crash(survival);
  }

  /** A clean stop; done when the process has ended, which `onEnd` tells. */
  stop(onEnd: () => void): void {
    const { process } = this;
    const running = this.#running;
    if (process === undefined || running === undefined) {
      this.crash("process");
      return onEnd();
    }
    this.#running = undefined;
    const end = () => {
      if (this.process !== process) return;
      this.crash("process");
      onEnd();
    };
    const stopping = async () => {
      await running.drain();
      await running.stop();
      await this.#observer?.stop();
    };
    this.around.time.after(0, () => void stopping().then(end, end), process.owner);
  }

  /** Stands still, as after SIGSTOP. Pauses add up: one that ended early would let later messages pass those that wait. */
  pause(untilMs: number): void {
    const owner = this.process?.owner;
    if (owner !== undefined) owner.pausedUntilMs = Math.max(owner.pausedUntilMs, untilMs);
  }

  /** From now on reads, writes and syncs fail with that chance. */
  fail(errno: string, errorChance: number): void {
    this.hadDiskTrouble = true;
    this.trouble = { ...this.trouble, errno, errorChance };
  }

  calmDown(): void {
    this.trouble = { ...calmDisk };
  }
}

const failable: ReadonlySet<string> = new Set(["read", "readNow", "write", "writeNow", "sync", "readFile"]);
