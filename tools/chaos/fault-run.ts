// A run under a schedule of faults: clients at work, one fault after the other, healing, rest, final reads.
import { join } from "node:path";
import { SeededRandom } from "@moldau/base";
import { ClientFleet } from "./client-fleet";
import type { TopicPlan } from "./clients";
import { type Faulty, inject } from "./faults";
import { type Outcome, judge } from "./judge";
import { delay, monotonicMs, until } from "./machine";
import type { Cluster } from "./nodes";
import type { FaultClass } from "./options";
import { type Run, startCluster } from "./prepare";
import { describe, schedule, slotMs } from "./schedule";

const topics: readonly TopicPlan[] = [
  { name: "orders", partitions: 3 },
  { name: "events", partitions: 2 },
];
const group = "chaos";
const restMs = 10_000;
const clientCrashEveryMs = 30_000;
const finalReadsMs = 200_000;
const statusEveryMs = 15_000;

/** Exit status: 0 where every invariant held. */
export async function faultRun(run: Run): Promise<number> {
  const { options, cluster, directory, say } = run;
  const random = new SeededRandom(options.seed + 1);
  // Segments that end early, so that faults meet rolls and deletions.
  await startCluster(run, topics, { "segment.ms": "20000" });
  const fleet = new ClientFleet({
    directory,
    program: join(directory, "programs", "client.cjs"),
    python: run.librdkafka?.python,
    slot: run.slot,
    bootstrap: cluster.bootstrap,
    topics,
    originMs: monotonicMs(),
    rate: options.rate,
    group,
    transactions: run.transactions,
    say,
  });
  fleet.start({
    producer: run.librdkafka ? 3 : 4,
    "assign-consumer": 2,
    "group-consumer": 2,
    auditor: 1,
    administrator: 1,
    ...(run.librdkafka ? { "rdkafka-producer": 1, "rdkafka-consumer": 1 } : {}),
    // The second and the third have one transactional id, and fence each other.
    ...(run.transactions ? { "rdkafka-transactor": 3, "rdkafka-transformer": 2, "rdkafka-committed-consumer": 1 } : {}),
  });
  const env: Faulty = { ...run, fleet, topics, durability: options.durability, random };
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
  const status = statusLines(fleet, cluster, say, () => inForce);
  const crashing = setInterval(() => {
    for (const name of fleet.pick(random, 1)) fleet.crash(name);
  }, clientCrashEveryMs);
  const faultsFromMs = monotonicMs();
  try {
    for (const slot of slots) {
      await delay(Math.max(0, faultsFromMs + slot.atMs - monotonicMs()));
      inForce = slot.faults.map(describe).join(" & ");
      const over = slot.faults.map(async (fault) => {
        const heal = await inject(env, fault);
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
  const faults = [...applied].map(([name, count]) => `${name} ${count}`).join(", ");
  return judge(run, fleet, `${options.minutes} min of faults: ${faults}`, outcome);
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
async function finalReads(env: Faulty): Promise<Outcome> {
  const fromMs = monotonicMs();
  const leftMs = () => Math.max(1, fromMs + finalReadsMs - monotonicMs());
  const missing = await env.cluster.becomeReady(60_000);
  const lateProducers = await env.fleet.stop(
    ["producer", "rdkafka-producer", "rdkafka-transactor", "rdkafka-transformer", "administrator"],
    Math.min(leftMs(), 60_000),
  );
  env.fleet.start({ "final-reader": 1 });
  const read = await until(() => env.fleet.hasFinished("final-reader"), leftMs());
  // Consumers that went through it all get there too: none is stuck.
  await until(() => env.fleet.behind().length === 0, Math.min(leftMs(), 60_000));
  const behind = env.fleet.behind();
  const late = await env.fleet.stop(
    ["assign-consumer", "rdkafka-consumer", "rdkafka-committed-consumer", "group-consumer", "auditor"],
    Math.min(leftMs(), 30_000),
  );
  const tookMs = monotonicMs() - fromMs;
  env.fleet.killAll();
  const problems = [
    ...(missing.length > 0 ? [`not ready: ${missing.join("; ")}`] : []),
    ...(lateProducers.length > 0 ? [`those that write and could not finish: ${lateProducers.join(", ")}`] : []),
    ...(read ? [] : ["the final reader did not reach the ends of all partitions"]),
    ...behind,
    ...(late.length > 0 ? [`clients that could not finish: ${late.join(", ")}`] : []),
  ];
  for (const problem of problems) env.say(problem);
  return { completed: problems.length === 0, detail: problems.join("; ") || undefined, tookMs };
}

function statusLines(
  fleet: ClientFleet,
  cluster: Cluster,
  say: (line: string) => void,
  inForce: () => string,
): NodeJS.Timeout {
  let before = fleet.totals();
  let beforeMs = monotonicMs();
  return setInterval(() => {
    const now = fleet.totals();
    const seconds = (monotonicMs() - beforeMs) / 1000;
    const perSecond = (key: "acked" | "polled") => Math.max(0, (now[key] - before[key]) / seconds).toFixed(0);
    const down = cluster.nodes.filter((node) => !node.isRunning).map(({ name }) => name);
    say(
      `${perSecond("acked")} acknowledged/s, ${perSecond("polled")} read/s; in all ${now.acked} acknowledged, ` +
        `${now.unknown} unknown, ${now.committed} commits, ${now.transactions} transactions, consumers behind by ${now.lag}; fault: ${inForce()}` +
        `${down.length > 0 ? `; not running: ${down.join(", ")}` : ""}`,
    );
    before = now;
    beforeMs = monotonicMs();
  }, statusEveryMs);
}
