// The cluster's processes: started each on its own, watched, killed, started again.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type NodePlan, planTopology, type RoleName } from "@moldau/host";
import type { LoopDisk } from "./disks";
import { monotonicMs, until } from "./machine";
import type { Network } from "./network";
import type { RunSlot } from "./slot";

export interface ClusterPlan {
  directory: string;
  port: number;
  network: Network;
  slot: RunSlot;
  /** Keys for every node; they win. */
  overrides: ReadonlyMap<string, string>;
  /** Path of a role's bundled program. */
  programOf(role: RoleName): string;
  /** Environment of a process, e.g. libraries to load before others. */
  environmentOf(name: string): Record<string, string>;
  /** A file system of its own for a process; undefined: a folder of the run's directory. */
  diskOf(name: string): LoopDisk | undefined;
  say(line: string): void;
}

/** `down`: nobody starts it. `running` and ended by itself: it is started again after a second. */
type Wanted = "running" | "down";

const restartDelayMs = 1_000;
const refusalsMax = 5;
const adminPort = 600;

/** One process of the cluster, over all its lives. */
export class Node {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private wanted: Wanted = "down";
  private paused = false;
  private readonly admin: string;
  /** Lives that ended without our doing, with what ended them. */
  readonly ownEnds: { how: string; expected: boolean }[] = [];
  private mayEndUntilMs = 0;
  /** It could serve since it was started last. */
  private served = false;

  constructor(
    readonly name: string,
    readonly plan: NodePlan,
    private readonly cluster: ClusterPlan,
    index: number,
  ) {
    this.admin = `${cluster.network.addressOf(name)}:${cluster.port + adminPort + index}`;
  }

  get role(): RoleName {
    return this.plan.role;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get isRunning(): boolean {
    return this.child !== undefined && !this.paused;
  }

  get isUp(): boolean {
    return this.child !== undefined;
  }

  /**
   * Ended several times in a row with the status of a start that cannot succeed, and not because its disk was at fault; has not
   * answered since, so ask it first (`notReady`).
   */
  get isRefusing(): boolean {
    return !this.served && refusedToStart(this.ownEnds);
  }

  /** Its disk is at fault for so long: that it ends by itself is an answer to that, and no violation. */
  mayEnd(forMs: number): void {
    this.mayEndUntilMs = monotonicMs() + forMs;
  }

  start(): void {
    this.wanted = "running";
    if (this.child === undefined) this.launch();
  }

  /** kill -9; resolves when it is gone. */
  async kill(): Promise<void> {
    this.wanted = "down";
    this.paused = false;
    this.child?.kill("SIGKILL");
    await this.ended;
  }

  pause(): void {
    if (this.child !== undefined && this.child.kill("SIGSTOP")) this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.child?.kill("SIGCONT");
  }

  /** A clean stop, or a kill where that takes longer than `timeoutMs`. */
  async stop(timeoutMs: number): Promise<void> {
    this.wanted = "down";
    this.resume();
    this.child?.kill("SIGTERM");
    if (!(await until(() => this.child === undefined, timeoutMs))) await this.kill();
  }

  /** What it still waits for; empty when it can serve. */
  async notReady(): Promise<string> {
    if (this.child === undefined) return `${this.name}: not running`;
    try {
      const answer = await fetch(`http://${this.admin}/readyz`, { signal: AbortSignal.timeout(1_000) });
      this.served ||= answer.ok;
      return answer.ok ? "" : `${this.name}: ${(await answer.text()).trim().replaceAll("\n", "; ")}`;
    } catch {
      return `${this.name}: does not answer`;
    }
  }

  private launch(): void {
    const { directory, network, slot } = this.cluster;
    const config = join(directory, "config", `${this.name}.properties`);
    const values = new Map([...this.plan.config, ["moldau.admin.listener", this.admin], ...this.cluster.overrides]);
    writeFileSync(config, [...values].map(([key, value]) => `${key}=${value}\n`).join(""));
    const log = openSync(join(directory, "log", `${this.name}.log`), "a");
    const program = this.cluster.programOf(this.role);
    const [command, args] = network.command(this.name, process.execPath, [program, "--config", config]);
    const child = spawn(command, args, {
      stdio: ["ignore", log, log],
      detached: true,
      // As in production, without source maps: the first error of a process would stop it for the half second of reading its map.
      env: { ...process.env, ...this.cluster.environmentOf(this.name) },
    });
    closeSync(log);
    this.child = child;
    this.served = false;
    if (child.pid !== undefined) slot.noteProcess(child.pid);
    this.ended = new Promise((resolve) => {
      child.on("error", (error) => this.cluster.say(`${this.name} cannot be started: ${error.message}`));
      child.on("exit", (code, signal) => {
        this.child = undefined;
        this.paused = false;
        if (this.wanted === "running") {
          const how = signal ?? `status ${code}`;
          this.ownEnds.push({ how, expected: monotonicMs() < this.mayEndUntilMs });
          this.cluster.say(`${this.name} ended by itself (${how}); starting it again`);
          setTimeout(() => {
            if (this.wanted === "running" && this.child === undefined) this.launch();
          }, restartDelayMs);
        }
        resolve();
      });
    });
  }
}

/** Whether the last ends are refusals to start (status 2) that no fault explains. */
export function refusedToStart(ends: readonly { how: string; expected: boolean }[]): boolean {
  const last = ends.slice(-refusalsMax);
  return last.length === refusalsMax && last.every(({ how, expected }) => how === "status 2" && !expected);
}

/** The ten processes of a run. */
export class Cluster {
  readonly nodes: readonly Node[];
  /** `host:port` for clients, one of each gateway. */
  readonly bootstrap: readonly string[];

  private constructor(nodes: Node[], bootstrap: string[]) {
    this.nodes = nodes;
    this.bootstrap = bootstrap;
  }

  static async create(plan: ClusterPlan): Promise<Cluster> {
    for (const folder of ["config", "log", "data"]) mkdirSync(join(plan.directory, folder), { recursive: true });
    const plans = planTopology({
      split: true,
      controllers: 3,
      brokers: 3,
      coordinators: 2,
      gateways: 2,
      dataDir: join(plan.directory, "data"),
      port: plan.port,
      advertise: "ports",
      overrides: new Map(),
    });
    const nameOf = (node: NodePlan) => `${node.role}-${node.nodeId}`;
    for (const node of plans) await plan.network.add(nameOf(node));
    // The plan has everybody on the loopback interface; each address becomes that of the process whose port it is.
    const hostOfPort = new Map<string, string>();
    for (const node of plans) {
      for (const [, port] of node.config.get("listeners")!.matchAll(/:(\d+)(?:,|$)/g)) {
        hostOfPort.set(port!, plan.network.addressOf(nameOf(node)));
      }
    }
    const relocate = (text: string) =>
      text.replaceAll(/127\.0\.0\.1:(\d+)/g, (_, port: string) => `${hostOfPort.get(port) ?? "127.0.0.1"}:${port}`);
    const bootstrap: string[] = [];
    const nodes = plans.map((node, index) => {
      const name = nameOf(node);
      for (const key of ["listeners", "controller.quorum.voters"]) {
        node.config.set(key, relocate(node.config.get(key)!));
      }
      const disk = plan.diskOf(name);
      if (disk !== undefined) node.config.set(node.role === "broker" ? "log.dirs" : "metadata.log.dir", disk.dataPath);
      const door = /PLAINTEXT:\/\/([^,]+)/.exec(node.config.get("listeners")!);
      if (node.role === "gateway" && door) bootstrap.push(door[1]!);
      return new Node(name, node, plan, index);
    });
    return new Cluster(nodes, bootstrap);
  }

  node(name: string): Node {
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (node === undefined)
      throw new Error(`there is no ${name}; there are ${this.nodes.map((n) => n.name).join(", ")}`);
    return node;
  }

  nodeOf(nodeId: number): Node | undefined {
    return this.nodes.find(({ plan }) => plan.nodeId === nodeId);
  }

  startAll(): void {
    for (const node of this.nodes) {
      node.resume();
      node.start();
    }
  }

  /** Waits until every process can serve; what was missing in the end. */
  async becomeReady(timeoutMs: number): Promise<string[]> {
    let missing: string[] = [];
    await until(async () => {
      missing = (await Promise.all(this.nodes.map((node) => node.notReady()))).filter((reason) => reason !== "");
      // Who cannot start as it was asked to is not waited for.
      const refusing = this.nodes.filter((node) => node.isRefusing);
      if (refusing.length > 0) {
        missing = refusing.map(({ name }) => `${name}: refuses to start, see log/${name}.log`);
        return true;
      }
      return missing.length === 0;
    }, timeoutMs);
    return missing;
  }

  async stop(): Promise<void> {
    for (const role of ["gateway", "coordinator", "broker", "controller"] as const) {
      await Promise.all(this.nodes.filter((node) => node.role === role).map((node) => node.stop(10_000)));
    }
  }
}
