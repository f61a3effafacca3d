// npm run chaos: real faults against a split cluster of real processes, under load of clients in other processes. What
// the clients were told is recorded and checked; see README.md.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SeededRandom } from "@moldau/base";
import { createAdmin } from "@moldau/client";
import { check, fromLines, type HistoryEvent, merge, toLine } from "@moldau/history";
import { bundlePrograms } from "./bundle";
import { ClientFleet } from "./client-fleet";
import type { TopicPlan } from "./clients";
import { ClockSteps } from "./clocks";
import { disksRefused, LoopDisk, powerCutRefused } from "./disks";
import { FailingCalls } from "./failing-calls";
import { type Faulty, type Heal, inject } from "./faults";
import { delay, faketimeLibrary, fiuLibraries, has, monotonicMs, until } from "./machine";
import { noMembership } from "./membership";
import { LoopbackNetwork, NamespaceNetwork, namespacesRefused, type Network } from "./network";
import { Cluster, type ClusterPlan } from "./nodes";
import { type ChaosOptions, type FaultClass, help, parseOptions, UsageError } from "./options";
import { describe, schedule, slotMs } from "./schedule";
import { RunSlot } from "./slot";
import { countEvents, settleCommits, table, verdictRows } from "./verdict";

const topics: readonly TopicPlan[] = [
  { name: "orders", partitions: 3 },
  { name: "events", partitions: 2 },
];
const group = "chaos";
const restMs = 10_000;
const clientCrashEveryMs = 30_000;
const finalReadsMs = 200_000;
const readyTimeoutMs = 90_000;
const statusEveryMs = 15_000;

const startedMs = monotonicMs();
const say = (line: string) =>
  process.stderr.write(`${((monotonicMs() - startedMs) / 1000).toFixed(1).padStart(7)} ${line}\n`);

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (options === undefined) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if (options.cleanOnly) {
    process.stdout.write(`cleaned up after ${RunSlot.cleanUpAfterOthers()} runs\n`);
    return 0;
  }
  const directory = options.keep === undefined ? mkdtempSync(join(tmpdir(), "moldau-chaos-")) : resolve(options.keep);
  if (options.keep !== undefined) {
    mkdirSync(directory, { recursive: true });
    if (readdirSync(directory).length > 0) throw new UsageError(`--keep ${options.keep}: the directory is not empty`);
  }
  const slot = RunSlot.claim(directory);
  process.on("exit", () => slot.release());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      say(`${signal}: cleaning up`);
      process.exit(1);
    });
  }
  const run = await prepare(options, directory, slot);
  const status = await faultRun(run);
  if (status === 0 && options.keep === undefined) {
    slot.release();
    rmSync(directory, { recursive: true, force: true });
  } else say(`history, logs and data: ${directory}`);
  return status;
}

interface Run {
  options: ChaosOptions;
  directory: string;
  slot: RunSlot;
  network: Network;
  disks: Map<string, LoopDisk>;
  clocks: ClockSteps | undefined;
  failingCalls: FailingCalls | undefined;
  /** The classes that this machine allows. */
  classes: FaultClass[];
  skipped: { name: string; why: string }[];
  cluster: Cluster;
}

/** Finds out what this machine allows, bundles the programs and makes the cluster, not started yet. */
async function prepare(options: ChaosOptions, directory: string, slot: RunSlot): Promise<Run> {
  const wanted = new Set(options.failover === undefined ? options.faults : []);
  const noNamespaces = await namespacesRefused();
  const noDisks = ["disk-full", "power-cut"].some((name) => wanted.has(name as FaultClass))
    ? await disksRefused(directory)
    : "not asked for";
  const faketime = faketimeLibrary();
  const fiu = fiuLibraries();
  const refusals: Partial<Record<FaultClass, string | undefined>> = {
    partition: noNamespaces,
    "disk-full": noDisks,
    "power-cut": noDisks ?? powerCutRefused(),
    "disk-error": fiu === undefined || !has("fiu-ctrl") ? "there is no libfiu (apt-get install fiu-utils)" : undefined,
    clock: faketime === undefined ? "there is no libfaketime (apt-get install faketime)" : undefined,
    membership: noMembership.refusal,
  };
  const classes = [...wanted].filter((name) => refusals[name] === undefined);
  const skipped = [...wanted].flatMap((name) => {
    const why = refusals[name];
    return why === undefined ? [] : [{ name: name as string, why }];
  });
  if (options.transactions) skipped.push({ name: "txn", why: "the cluster has no transactions yet" });
  for (const { name, why } of skipped) say(`SKIPPED ${name}: ${why}`);
  if (classes.length === 0 && options.failover === undefined) {
    throw new UsageError("none of the faults asked for is possible here; see the lines above");
  }

  const bundles = join(directory, "programs");
  await bundlePrograms(bundles, []);
  const network = noNamespaces === undefined ? await NamespaceNetwork.create(slot) : new LoopbackNetwork(noNamespaces);
  const clocks = classes.includes("clock") ? new ClockSteps(join(directory, "clocks"), faketime!) : undefined;
  const failingCalls = classes.includes("disk-error") ? new FailingCalls(join(directory, "fiu"), fiu!) : undefined;
  const disks = new Map<string, LoopDisk>();
  if (classes.includes("disk-full") || classes.includes("power-cut")) {
    mkdirSync(join(directory, "disks"));
    for (const name of ["controller-201", "controller-202", "controller-203", "broker-1", "broker-2", "broker-3"]) {
      const disk = new LoopDisk(slot, join(directory, "disks"), name);
      await disk.create();
      disks.set(name, disk);
    }
  }
  const plan: ClusterPlan = {
    directory,
    port: options.port,
    network,
    slot,
    overrides: new Map([
      ["min.insync.replicas", "2"],
      ["default.replication.factor", "3"],
      ["offsets.topic.num.partitions", "6"],
      ["moldau.durability", options.durability === "fsync" ? "fsync" : "buffer"],
      ...options.overrides.map((item): [string, string] => {
        const at = item.indexOf("=");
        return [item.slice(0, at), item.slice(at + 1)];
      }),
    ]),
    programOf: (role) => join(bundles, `${role}.cjs`),
    environmentOf: (name) => {
      const environments = [
        clocks?.environmentOf(name),
        disksFail(name) ? failingCalls?.environment() : undefined,
      ].filter((environment) => environment !== undefined);
      const preload = environments.map(({ LD_PRELOAD }) => LD_PRELOAD).join(":");
      return preload === "" ? {} : Object.assign({}, ...environments, { LD_PRELOAD: preload });
    },
    diskOf: (name) => disks.get(name),
    say,
  };
  const cluster = await Cluster.create(plan);
  return { options, directory, slot, network, disks, clocks, failingCalls, classes, skipped, cluster };
}

const disksFail = (name: string) => /^(broker|controller)-/.test(name);

async function startCluster({ cluster }: Run): Promise<void> {
  cluster.startAll();
  const missing = await cluster.becomeReady(readyTimeoutMs);
  if (missing.length > 0) throw new Error(`the cluster was not ready in time: ${missing.join("; ")}`);
  const admin = createAdmin({ bootstrap: cluster.bootstrap, clientId: "chaos" });
  for (const { name, partitions } of topics) {
    await admin.createTopic({ name, partitions, replicationFactor: 3, configs: { "segment.ms": "20000" } });
  }
  await admin.close();
}

async function faultRun(run: Run): Promise<number> {
  const { options, cluster, directory } = run;
  const random = new SeededRandom(options.seed + 1);
  await startCluster(run);
  const fleet = new ClientFleet({
    directory,
    program: join(directory, "programs", "client.cjs"),
    slot: run.slot,
    bootstrap: cluster.bootstrap,
    topics,
    originMs: monotonicMs(),
    rate: options.rate,
    group,
    say,
  });
  fleet.start({ producer: 4, "assign-consumer": 2, "group-consumer": 2, auditor: 1 });
  const env: Faulty = { ...run, fleet, membership: noMembership, topics, durability: options.durability, random, say };
  const slots = schedule({
    seed: options.seed,
    minutes: options.minutes,
    classes: run.classes,
    nodes: cluster.nodes.map(({ name }) => name),
    partitions: topics.reduce((sum, { partitions }) => sum + partitions, 0),
    durability: options.durability,
  });
  say(
    `seed ${options.seed}: ${slots.length} times a fault of ${run.classes.join(", ")}, durability ${options.durability}`,
  );

  const applied = new Map<FaultClass, number>();
  let inForce = "none";
  const status = statusLines(fleet, cluster, () => inForce);
  const crashing = setInterval(() => {
    for (const name of fleet.pick(random, 1)) fleet.crash(name);
  }, clientCrashEveryMs);
  const faultsFromMs = monotonicMs();
  try {
    for (const slot of slots) {
      await delay(Math.max(0, faultsFromMs + slot.atMs - monotonicMs()));
      inForce = slot.faults.map(describe).join(" & ");
      const over = slot.faults.map(async (fault) => {
        const heal: Heal = await inject(env, fault);
        applied.set(fault.class, (applied.get(fault.class) ?? 0) + 1);
        await delay(fault.forMs);
        await heal();
      });
      await Promise.all(over);
      inForce = "none";
    }
    await delay(Math.max(0, faultsFromMs + slots.length * slotMs - monotonicMs()));
  } finally {
    clearInterval(crashing);
  }
  say("healing: everything is started, joined and resumed");
  await healEverything(env);
  await delay(restMs);
  const outcome = await finalReads(env);
  clearInterval(status);
  return judge(run, fleet, applied, outcome);
}

/** Undoes whatever may still be in force, whether or not it was healed already. */
async function healEverything(env: Faulty): Promise<void> {
  env.network.healAll();
  for (const disk of env.disks.values()) disk.free();
  for (const node of env.cluster.nodes) {
    env.clocks?.step(node.name, 0);
    if (env.failingCalls !== undefined && node.pid !== undefined) await env.failingCalls.end(node.pid);
  }
  env.fleet.resumeAll();
  env.cluster.startAll();
}

/** Producers finish, then a fresh consumer reads everything and the group's offsets are read, within 200 s altogether. */
async function finalReads(env: Faulty): Promise<{ completed: boolean; detail?: string; tookMs: number }> {
  const fromMs = monotonicMs();
  const leftMs = () => Math.max(1, fromMs + finalReadsMs - monotonicMs());
  const missing = await env.cluster.becomeReady(60_000);
  const lateProducers = await env.fleet.stop(["producer"], Math.min(leftMs(), 60_000));
  env.fleet.start({ "final-reader": 1 });
  const read = await until(() => env.fleet.hasEnded("final-reader"), leftMs());
  const late = await env.fleet.stop(["assign-consumer", "group-consumer", "auditor"], Math.min(leftMs(), 30_000));
  const tookMs = monotonicMs() - fromMs;
  env.fleet.killAll();
  const problems = [
    ...(missing.length > 0 ? [`not ready: ${missing.join("; ")}`] : []),
    ...(lateProducers.length > 0 ? [`producers that could not finish: ${lateProducers.join(", ")}`] : []),
    ...(read ? [] : ["the final reader did not reach the ends of all partitions"]),
    ...(late.length > 0 ? [`clients that could not finish: ${late.join(", ")}`] : []),
  ];
  for (const problem of problems) say(problem);
  return { completed: problems.length === 0, detail: problems.join("; ") || undefined, tookMs };
}

function statusLines(fleet: ClientFleet, cluster: Cluster, inForce: () => string): NodeJS.Timeout {
  let before = fleet.totals();
  let beforeMs = monotonicMs();
  return setInterval(() => {
    const now = fleet.totals();
    const seconds = (monotonicMs() - beforeMs) / 1000;
    const perSecond = (key: "acked" | "polled") => Math.max(0, (now[key] - before[key]) / seconds).toFixed(0);
    const down = cluster.nodes.filter((node) => !node.isRunning).map(({ name }) => name);
    say(
      `${perSecond("acked")} acknowledged/s, ${perSecond("polled")} read/s; in all ${now.acked} acknowledged, ` +
        `${now.unknown} unknown, ${now.committed} commits, consumers behind by ${now.lag}; fault: ${inForce()}` +
        `${down.length > 0 ? `; not running: ${down.join(", ")}` : ""}`,
    );
    before = now;
    beforeMs = monotonicMs();
  }, statusEveryMs);
}

async function judge(
  run: Run,
  fleet: ClientFleet,
  applied: ReadonlyMap<FaultClass, number>,
  outcome: { completed: boolean; detail?: string; tookMs: number },
): Promise<number> {
  const files = readdirSync(fleet.historyDirectory).sort();
  const histories = files.map((name) => fromLines(readFileSync(join(fleet.historyDirectory, name), "utf8"), name));
  const events: HistoryEvent[] = settleCommits(merge(histories));
  const lastMs = events.length === 0 ? 0 : Number.MAX_SAFE_INTEGER;
  events.push({ type: "final-reads", completed: outcome.completed, detail: outcome.detail, atMs: lastMs });
  writeFileSync(join(run.directory, "history.jsonl"), events.map(toLine).join(""));
  await run.cluster.stop();

  const verdicts = check(events);
  const rows = verdictRows(verdicts);
  const counts = countEvents(events);
  const violated = verdicts.filter(({ count }) => count > 0);
  const ownEnds = run.cluster.nodes.flatMap(({ name, ownEnds }) => ownEnds.map(({ how }) => `${name} (${how})`));
  const lines = [
    "",
    `seed ${run.options.seed}, ${run.options.minutes} min, durability ${run.options.durability}; faults: ${[...applied]
      .map(([name, count]) => `${name} ${count}`)
      .join(", ")}`,
    `${counts.sends} sends, ${counts.acked} acknowledged, ${counts.read} records read, ${counts.commits} commits, ` +
      `${counts.committedReads} reads of committed offsets; final reads took ${(outcome.tookMs / 1000).toFixed(1)} s`,
    ...(ownEnds.length > 0 ? [`ended by themselves and were started again: ${ownEnds.join(", ")}`] : []),
    ...run.skipped.map(({ name, why }) => `SKIPPED ${name}: ${why}`),
    "",
    table(
      ["invariant", "checked", "violations", "verdict"],
      rows
        .filter(({ verdict }) => verdict !== "not looked at")
        .map((row) => [row.invariant, row.checked, row.violations, row.verdict]),
    ),
    ...violated.flatMap(({ violations, count }) => [
      "",
      ...violations.slice(0, 5).map(({ invariant, message }) => `${invariant}: ${message}`),
      ...(count > 5 ? [`… and ${count - 5} more`] : []),
    ]),
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  writeFileSync(join(run.directory, "verdict.txt"), lines.join("\n"));
  writeFileSync(join(run.directory, "violations.json"), JSON.stringify(violated, undefined, 1));
  return violated.length > 0 ? 1 : 0;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    const usage = error instanceof UsageError;
    process.stderr.write(`chaos: ${usage ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(usage ? 2 : 1);
  },
);
