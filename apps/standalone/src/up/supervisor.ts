import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { FromChild, FromParent, NodePlan, RoleName } from "@moldau/host";
import { mergeMetrics } from "./merge-metrics";

export interface SupervisorOptions {
  plans: readonly NodePlan[];
  dataDir: string;
  restart: "always" | "never";
  /** Path of the program of a role. */
  programOf(role: RoleName): string;
  /** One line for a person about what happened to a child. */
  say(line: string): void;
}

/** Where a child is. started -> stopped by us, or started -> dead -> (one second) -> started, or refused: no restart helps. */
type ChildState = "started" | "dead" | "stopped";

interface Child {
  plan: NodePlan;
  name: string;
  process?: ChildProcess;
  state: ChildState;
  waiting: Map<number, (status: ChildStatus) => void>;
  restartTimer?: NodeJS.Timeout;
}

type ChildStatus = { notReady: string[]; addresses: string[]; metrics: string };

const restartDelayMs = 1_000;
const statusTimeoutMs = 2_000;
/** A clean stop of everything is promised within ten seconds; what still runs after this long is killed. */
const stopBudgetMs = 8_500;
const stopOrder: readonly RoleName[] = ["gateway", "coordinator", "broker", "controller"];

/** Runs each node of a local cluster as an operating-system process of its own. */
export class Supervisor {
  private readonly children: Child[];
  private nextStatusId = 1;
  private stopping = false;
  private refuse!: (error: Error) => void;
  /** Rejects when a child refuses its configuration or data (exit status 2): then no restart helps. */
  readonly refused: Promise<never>;

  constructor(private readonly options: SupervisorOptions) {
    this.refused = new Promise((_, reject) => (this.refuse = reject));
    this.refused.catch(() => undefined);
    this.children = options.plans.map((plan) => ({
      plan,
      name: `${plan.role}-${plan.nodeId}`,
      state: "dead",
      waiting: new Map(),
    }));
  }

  start(): void {
    for (const folder of ["run", "log"]) mkdirSync(join(this.options.dataDir, folder), { recursive: true });
    for (const child of this.children) this.launch(child);
  }

  private launch(child: Child): void {
    const { dataDir } = this.options;
    const config = join(dataDir, "run", `${child.name}.properties`);
    writeFileSync(config, [...child.plan.config].map(([key, value]) => `${key}=${value}\n`).join(""));
    const log = openSync(join(dataDir, "log", `${child.name}.log`), "a");
    // A process group of its own: Ctrl-C reaches the supervisor alone, which stops the roles in order.
    const started = spawn(process.execPath, [this.options.programOf(child.plan.role), "--config", config], {
      stdio: ["ignore", log, log, "ipc"],
      detached: true,
    });
    closeSync(log);
    child.process = started;
    child.state = "started";
    if (started.pid !== undefined) writeFileSync(this.pidFile(child), `${started.pid}\n`);
    let reason = "";
    started.on("message", (message: FromChild) => {
      if (message.type === "failed") reason = message.message;
      else child.waiting.get(message.id)?.(message);
    });
    started.on("error", (error) => (reason = error.message));
    started.on("exit", (code, signal) => this.onExit(child, code, signal, reason));
  }

  private onExit(child: Child, code: number | null, signal: NodeJS.Signals | null, reason: string): void {
    for (const answer of child.waiting.values())
      answer({ notReady: [`${child.name}: not running`], addresses: [], metrics: "" });
    child.waiting.clear();
    rmSync(this.pidFile(child), { force: true });
    child.state = "dead";
    if (this.stopping) {
      child.state = "stopped";
      return;
    }
    const how = signal ? `was ended by ${signal}` : `ended with status ${code}`;
    const log = join(this.options.dataDir, "log", `${child.name}.log`);
    if (code === 2) {
      this.refuse(new Error(reason || `${child.name} ${how}; see ${log}`));
      return;
    }
    if (this.options.restart === "never") {
      this.options.say(
        `${child.name} ${how}${reason ? `: ${reason}` : ""}; not started again (--restart never); see ${log}`,
      );
      return;
    }
    this.options.say(`${child.name} ${how}${reason ? `: ${reason}` : ""}; starting it again in one second; see ${log}`);
    child.restartTimer = setTimeout(() => {
      if (!this.stopping) this.launch(child);
    }, restartDelayMs);
  }

  private pidFile(child: Child): string {
    return join(this.options.dataDir, "run", `${child.name}.pid`);
  }

  private async statusOf(child: Child, { metrics } = { metrics: false }): Promise<ChildStatus> {
    if (child.state !== "started" || !child.process?.connected) {
      return { notReady: [`${child.name}: not running`], addresses: [], metrics: "" };
    }
    const id = this.nextStatusId++;
    const answered = new Promise<ChildStatus>((resolve) => child.waiting.set(id, resolve));
    child.process.send({ type: "status", id, metrics } satisfies FromParent, () => undefined);
    const late = delay(
      statusTimeoutMs,
      { notReady: [`${child.name}: does not answer`], addresses: [], metrics: "" },
      { ref: false },
    );
    const status = await Promise.race([answered, late]);
    child.waiting.delete(id);
    return status;
  }

  /** What every process still waits for; empty when clients can be served. */
  async notReady(): Promise<string[]> {
    return (await Promise.all(this.children.map((child) => this.statusOf(child)))).flatMap((status) => status.notReady);
  }

  /** Addresses for clients, of the gateways in order of their node ids. */
  async bootstrap(): Promise<string[]> {
    return (await Promise.all(this.children.map((child) => this.statusOf(child)))).flatMap(
      (status) => status.addresses,
    );
  }

  async metrics(): Promise<string> {
    const texts = await Promise.all(
      this.children.map(async (child) => ({
        role: child.plan.role,
        nodeId: child.plan.nodeId,
        text: (await this.statusOf(child, { metrics: true })).metrics,
      })),
    );
    return mergeMetrics(texts);
  }

  /** Stops role by role, the doors first and the quorum last; what does not stop in time is killed. */
  async stop(): Promise<void> {
    this.stopping = true;
    const deadline = Date.now() + stopBudgetMs;
    for (const child of this.children) clearTimeout(child.restartTimer);
    for (const role of stopOrder) {
      const group = this.children.filter((child) => child.plan.role === role && child.state === "started");
      await Promise.all(group.map((child) => this.stopChild(child, deadline)));
    }
  }

  private async stopChild(child: Child, deadline: number): Promise<void> {
    const running = child.process!;
    const ended = new Promise<void>((resolve) => running.once("exit", () => resolve()));
    if (running.exitCode !== null || running.signalCode !== null) return;
    running.kill("SIGTERM");
    // A paused process (SIGSTOP) would never see the signal.
    running.kill("SIGCONT");
    const timer = setTimeout(
      () => {
        this.options.say(`${child.name} did not stop in time and was killed`);
        running.kill("SIGKILL");
      },
      Math.max(500, deadline - Date.now()),
    );
    await ended;
    clearTimeout(timer);
  }
}
