// The client processes of a run: started, crashed every now and then, started again under new names.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import type { SeededRandom } from "@moldau/base";
import type { ClientKind, ClientProgress, ClientTask, FromClient, ToClient, TopicPlan } from "./clients";
import { delay, until } from "./machine";
import { shuffle } from "./random";
import type { RunSlot } from "./slot";

export interface FleetOptions {
  directory: string;
  program: string;
  /** A Python with confluent-kafka; needed where clients of librdkafka are started. */
  python?: string;
  slot: RunSlot;
  bootstrap: readonly string[];
  topics: readonly TopicPlan[];
  originMs: number;
  /** Operations a second of all clients together. */
  rate: number;
  group: string;
  transactions: boolean;
  say(line: string): void;
}

interface Client {
  kind: ClientKind;
  name: string;
  life: number;
  child: ChildProcess | undefined;
  progress: ClientProgress;
  /** Its last life ended as it should. */
  finished: boolean;
  /** Of a consumer, as it told last; that of the life that goes on, or of the one that was last. */
  positions: Record<string, number>;
}

/** What the names of clients begin with. */
const letters: Record<ClientKind, string> = {
  producer: "p",
  "assign-consumer": "c",
  "group-consumer": "g",
  auditor: "a",
  administrator: "m",
  "final-reader": "r",
  prober: "b",
  "rdkafka-producer": "rp",
  "rdkafka-consumer": "rc",
  "rdkafka-committed-consumer": "rr",
  "rdkafka-transactor": "rt",
  "rdkafka-transformer": "rx",
};

const noProgress = (): ClientProgress => ({
  type: "progress",
  acked: 0,
  unknown: 0,
  polled: 0,
  committed: 0,
  transactions: 0,
  lag: 0,
});
const restartDelayMs = 1_000;
/** Share of the operations that are sends; the others are what consumers make of them. */
const sendShare = 0.6;

export class ClientFleet {
  private readonly clients: Client[] = [];
  /** What lives that are over have done. */
  private readonly done = noProgress();
  private stopping = false;
  private readonly probed = new Map<number, (endMs: readonly number[]) => void>();
  private nextProbe = 1;

  constructor(private readonly options: FleetOptions) {
    for (const path of [this.historyDirectory, this.metadataDirectory, this.fencesDirectory])
      mkdirSync(path, { recursive: true });
  }

  get historyDirectory(): string {
    return join(this.options.directory, "history");
  }

  get metadataDirectory(): string {
    return join(this.options.directory, "metadata");
  }

  private get fencesDirectory(): string {
    return join(this.options.directory, "fences");
  }

  start(kinds: Partial<Record<ClientKind, number>>): void {
    const producers =
      (kinds.producer ?? 0) +
      (kinds.prober ?? 0) +
      (kinds["rdkafka-producer"] ?? 0) +
      (kinds["rdkafka-transactor"] ?? 0);
    for (const [kind, count] of Object.entries(kinds) as [ClientKind, number][]) {
      for (let i = 1; i <= count; i++) {
        const client: Client = {
          kind,
          name: `${letters[kind]}${i}`,
          life: 0,
          child: undefined,
          progress: noProgress(),
          finished: false,
          positions: {},
        };
        this.clients.push(client);
        this.launch(client, producers);
      }
    }
  }

  /** Some that may be crashed: not the auditor, which is the run's own eye. */
  pick(random: SeededRandom, count: number): string[] {
    const crashable = this.clients.filter(({ kind, child }) => child !== undefined && kind !== "auditor");
    return shuffle(random, crashable)
      .slice(0, count)
      .map(({ name }) => name);
  }

  crash(name: string): void {
    this.clients.find((client) => client.name === name)?.child?.kill("SIGKILL");
  }

  pause(name: string): void {
    this.clients.find((client) => client.name === name)?.child?.kill("SIGSTOP");
  }

  resumeAll(): void {
    for (const { child } of this.clients) child?.kill("SIGCONT");
  }

  totals(): ClientProgress {
    const total = { ...this.done };
    for (const { progress, kind } of this.clients) {
      total.acked += progress.acked;
      total.unknown += progress.unknown;
      total.polled += progress.polled;
      total.committed += progress.committed;
      total.transactions += progress.transactions;
      if (kind !== "final-reader") total.lag += progress.lag;
    }
    return total;
  }

  /** Asks clients of these kinds to finish; those that cannot within `timeoutMs` are killed and named. */
  async stop(kinds: readonly ClientKind[], timeoutMs: number): Promise<string[]> {
    if (kinds.includes("producer")) this.stopping = true;
    const ending = this.clients.filter(({ kind }) => kinds.includes(kind));
    for (const { child } of ending) {
      child?.kill("SIGCONT");
      child?.send({ type: "stop" } satisfies ToClient, () => undefined);
    }
    await until(() => ending.every(({ child }) => child === undefined), timeoutMs);
    const late = ending.filter(({ child }) => child !== undefined);
    for (const { child } of late) child!.kill("SIGKILL");
    return late.map(({ name }) => name);
  }

  /** Whether the clients of a kind have all done what they had to do. */
  hasFinished(kind: ClientKind): boolean {
    return this.clients.every((client) => client.kind !== kind || client.finished);
  }

  /**
   * Consumers that have not come to where the final reader ended, with what is missing; of the members of the group it is
   * enough that one of them has.
   */
  behind(): string[] {
    const reader = this.clients.find(({ kind }) => kind === "final-reader")?.progress;
    const missing = (
      name: string,
      positions: readonly Record<string, number>[],
      ends: Record<string, number> | undefined,
    ) =>
      Object.entries(ends ?? {})
        .filter(([partition, end]) => positions.every((at) => (at[partition] ?? -1) < end))
        .map(([partition, end]) => {
          const reached = Math.max(...positions.map((at) => at[partition] ?? -1));
          return `${name} is at ${reached} of ${end} in ${partition}`;
        });
    const of = (kind: ClientKind) => this.clients.filter((client) => client.kind === kind);
    const members = of("group-consumer").map(({ positions }) => positions);
    return [
      ...[...of("assign-consumer"), ...of("rdkafka-consumer")].flatMap(({ name, positions }) =>
        missing(name, [positions], reader?.ends),
      ),
      ...of("rdkafka-committed-consumer").flatMap(({ name, positions }) =>
        missing(name, [positions], reader?.committedEnds),
      ),
      ...(members.length > 0 ? missing("the group", members, reader?.ends) : []),
    ];
  }

  /** Has the prober send a record to each of these partitions; when they were acknowledged, without those that were not. */
  async probe(partitions: readonly number[], timeoutMs: number): Promise<readonly number[]> {
    const prober = this.clients.find(({ kind }) => kind === "prober")?.child;
    if (prober === undefined) throw new Error("there is no prober");
    const id = this.nextProbe++;
    const answered = new Promise<readonly number[]>((resolve) => this.probed.set(id, resolve));
    prober.send({ type: "probe", id, partitions } satisfies ToClient);
    const answers = await Promise.race([answered, delay(timeoutMs).then(() => [])]);
    this.probed.delete(id);
    return answers;
  }

  killAll(): void {
    this.stopping = true;
    for (const { child } of this.clients) child?.kill("SIGKILL");
  }

  private launch(client: Client, producers: number): void {
    const { options } = this;
    const process_ = `${client.name}.${client.life++}`;
    const task: ClientTask = {
      kind: client.kind,
      process: process_,
      bootstrap: options.bootstrap,
      topics: options.topics,
      historyFile: join(this.historyDirectory, `${process_}.jsonl`),
      metadataFile: join(this.metadataDirectory, `${process_}.jsonl`),
      originMs: options.originMs,
      rate: (options.rate * sendShare) / Math.max(1, producers),
      group: options.group,
      transactions: options.transactions,
      fencesDirectory: this.fencesDirectory,
    };
    const log = openSync(join(options.directory, "log", `client-${client.name}.log`), "a");
    const [command, ...args] = client.kind.startsWith("rdkafka-")
      ? [options.python!, join(__dirname, "drivers/librdkafka_worker.py")]
      : [process.execPath, "--enable-source-maps", options.program];
    const child = spawn(command, [...args, JSON.stringify(task)], {
      stdio: ["ignore", log, log, "ipc"],
      detached: true,
    });
    closeSync(log);
    client.child = child;
    client.progress = noProgress();
    client.positions = {};
    if (child.pid !== undefined) options.slot.noteProcess(child.pid);
    child.on("message", (message: FromClient) => {
      if (message.type === "progress") {
        client.progress = message;
        if (message.positions !== undefined) client.positions = message.positions;
      } else this.probed.get(message.id)?.(message.endMs);
    });
    child.on("exit", (code, signal) => {
      client.child = undefined;
      client.finished = code === 0;
      for (const key of ["acked", "unknown", "polled", "committed", "transactions"] as const) {
        this.done[key] += client.progress[key];
      }
      // What the final reader found stays known.
      const { ends, committedEnds } = client.progress;
      client.progress = { ...noProgress(), ends, committedEnds };
      if (this.stopping || code === 0) return;
      if (signal === null)
        options.say(`client ${process_} ended with status ${code}; see log/client-${client.name}.log`);
      void delay(restartDelayMs).then(() => {
        if (!this.stopping && client.child === undefined) this.launch(client, producers);
      });
    });
  }
}
