import { SeededRandom } from "@moldau/base";
import { violationsOf } from "@moldau/history";
import { recordsOf } from "@moldau/metadata";
import { Faults } from "./apply-faults";
import { nameOf } from "./clients/client";
import type { Consumer } from "./clients/consumer";
import { storedLog } from "./disk-logs";
import { drawPlan } from "./plan";
import type { Fault } from "./schedule";
import { replaceGlobals } from "./virtual-globals";
import { VirtualTime } from "./virtual-time";
import { type SimulationViolation, World } from "./world";

export interface RunOptions {
  readonly profile?: string;
  /** In place of the faults that the seed says. */
  readonly schedule?: readonly Fault[];
  /** Only these faults of the schedule, by number; all of them where left out. */
  readonly only?: readonly number[];
  /** Keeps log lines and trace for a person. */
  readonly verbose?: boolean;
}

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly SimulationViolation[];
  readonly traceHash: string;
  /** What happened at least once, by name: kinds of faults, messages that arrived, lines that were logged. */
  readonly kinds: readonly string[];
  /** Events carried out. */
  readonly steps: number;
  readonly virtualMs: number;
  readonly faults: readonly Fault[];
  readonly acked: number;
  /** When each record was acknowledged, and when the first fault could happen. */
  readonly ackedMs: readonly number[];
  readonly chaosFromMs: number;
  readonly polled: number;
  readonly lines: readonly string[];
}

/** A cluster is ready, and topics are there, within this. */
const START_MS = 60_000;
/** After everything healed the last reads must be done within this. */
const FINAL_MS = 200_000;
/** What is allowed to settle before the final writes. */
const REST_MS = 300;

/** Runs one seed. Nothing else of the process runs meanwhile: its timers, clocks and random numbers are the simulation's. */
export async function runSeed(seed: number, options: RunOptions = {}): Promise<RunResult> {
  const plan = drawPlan(seed, options.profile ?? "all");
  const schedule = options.schedule ?? plan.schedule;
  const faults = options.only === undefined ? schedule : options.only.map((i) => schedule[i]!).filter(Boolean);
  const time = new VirtualTime();
  const restore = replaceGlobals(time, new SeededRandom(seed ^ 0x3c6ef372));
  const escaped: unknown[] = [];
  const onEscaped = (error: unknown) => escaped.push(error);
  process.on("unhandledRejection", onEscaped);
  process.on("uncaughtException", onEscaped);
  try {
    const world = new World(plan, time, { keepLines: options.verbose === true });
    await run(world, faults);
    for (const error of escaped)
      world.violation("escaped-error", error instanceof Error ? error.stack! : String(error));
    for (const { invariant, message } of violationsOf(world.history)) world.violations.push({ invariant, message });
    const ackedMs: number[] = [];
    for (const event of world.history) {
      if (event.type === "send" && event.outcome.kind === "acked") ackedMs.push(event.outcome.endMs);
    }
    let polled = 0;
    for (const event of world.history) if (event.type === "poll") polled += event.records.length;
    return {
      seed,
      violations: world.violations,
      traceHash: world.trace.hash,
      kinds: world.trace.kinds,
      steps: time.steps,
      virtualMs: time.nowMs,
      faults,
      acked: ackedMs.length,
      ackedMs,
      chaosFromMs: world.chaosFromMs,
      polled,
      lines: world.logLines,
    };
  } finally {
    restore();
    process.off("unhandledRejection", onEscaped);
    process.off("uncaughtException", onEscaped);
  }
}

async function run(world: World, faults: readonly Fault[]): Promise<void> {
  const { time, plan } = world;
  world.startNodes();
  await time.run(START_MS, () => world.isReady);
  if (!world.isReady) return world.violation("no-start", notReady(world));
  let created = false;
  world.createTopics(() => (created = true));
  await time.run(time.nowMs + START_MS, () => created);
  if (!created) return world.violation("no-start", "topics could not be created");

  world.startClients();
  const trouble = new Faults(world);
  world.chaosFromMs = time.nowMs + 300;
  trouble.plan(faults, world.chaosFromMs);
  await time.run(time.nowMs + 300 + plan.chaosMs);

  trouble.heal();
  world.note("healed");
  await time.run(time.nowMs + REST_MS);
  const transactors = [...world.transactors, ...world.zombies];
  const members = [...world.members, ...world.formerMembers];
  for (const { client } of [...world.producers, ...world.committers, ...transactors, ...members]) client.stopped = true;
  const busy = [...world.producers, ...transactors, ...members];
  await time.run(time.nowMs + 30_000, () => busy.every(({ isIdle }) => isIdle));
  await finalReads(world);
  compareImages(world);
  await compareLogs(world);
}

function notReady(world: World): string {
  const waiting = [...world.nodes.values()].filter((node) => !node.isReady);
  return waiting.map(({ nodeId, role, notReady }) => `${role} ${nodeId}: ${notReady.join(", ")}`).join("; ");
}

/** One more write to each partition must succeed, and a new reader must see all there is. */
async function finalReads(world: World): Promise<void> {
  const { time, partitions } = world;
  const ackedBefore = world.history.length;
  world.startProducer();
  world.startConsumer();
  // With transactions: whoever reads only what is committed must come to the end as well, or one of them was never ended.
  if (world.plan.transactors.length > 0) world.startConsumer({ readCommitted: true });
  const readers = world.consumers.slice(world.plan.transactors.length > 0 ? -2 : -1);
  const writer = world.producers.at(-1)!;
  const acked = new Map<string, number>();
  let looked = ackedBefore;
  const lastAcked = () => {
    for (; looked < world.history.length; looked++) {
      const event = world.history[looked]!;
      if (event.type !== "send" || event.outcome.kind !== "acked") continue;
      if (event.process === writer.client.name) acked.set(event.partition, event.outcome.offset);
    }
    return acked;
  };
  const isWritten = () => lastAcked().size === partitions.length;
  await time.run(time.nowMs + FINAL_MS, isWritten);
  writer.client.stopped = true;
  await time.run(time.nowMs + 30_000, () => writer.isIdle);
  const isRead = () =>
    isWritten() &&
    readers.every((reader) =>
      partitions.every((each) => (reader.positions.get(nameOf(each)) ?? 0) > acked.get(nameOf(each))!),
    );
  await time.run(time.nowMs + FINAL_MS, isRead);
  let committed = 0;
  for (const committer of world.committers) {
    committer.client.run(async () => {
      while (!(await committer.read())) await committer.client.sleep(100);
      committed++;
    });
  }
  await time.run(time.nowMs + FINAL_MS, () => committed === world.committers.length);
  await time.run(time.nowMs + FINAL_MS, () => world.isReady);
  const missing = [
    ...partitions.filter((each) => !acked.has(nameOf(each))).map((each) => `no write to ${nameOf(each)} succeeds`),
    ...(isRead() ? [] : [`not everything can be read: ${readers.map((reader) => progressOf(reader)).join("; ")}`]),
    ...(committed === world.committers.length ? [] : ["committed offsets cannot be read"]),
    ...(world.isReady ? [] : [notReady(world)]),
  ];
  const completed = missing.length === 0;
  world.history.push({ type: "final-reads", completed, detail: missing.join("; "), atMs: time.nowMs });
  // Followers learn the last high watermark with their next read.
  await time.run(time.nowMs + 600);
}

function progressOf(reader: Consumer): string {
  return [...reader.positions].map(([name, position]) => `${name} up to ${position}`).join(", ");
}

/** Whoever has applied the metadata log up to an offset must have the same image, whether by its entries or by a snapshot. */
function compareImages(world: World): void {
  for (const node of world.nodes.values()) {
    const { image } = node;
    if (image === undefined) continue;
    const hash = [...recordsOf(image)]
      .map((each) => JSON.stringify(each))
      .sort()
      .join("\n");
    const atMs = world.time.nowMs;
    world.history.push({ type: "metadata", node: node.nodeId, offset: image.offset, hash, atMs });
  }
}

/** What lies on the disks of all replicas must be equal up to the shortest of the in-sync ones. */
async function compareLogs(world: World): Promise<void> {
  const { time, partitions, admin } = world;
  for (const each of partitions) {
    const image = admin.client.imageOf(each)?.image;
    if (image === undefined) continue;
    for (const nodeId of image.isr) {
      const node = world.nodes.get(nodeId)!;
      node.disk.latency = () => Promise.resolve();
      const { batches } = await storedLog(node, nameOf(each));
      const highWatermark = (batches.at(-1)?.lastOffset ?? -1) + 1;
      world.history.push({
        type: "log",
        node: nodeId,
        partition: nameOf(each),
        highWatermark,
        batches,
        atMs: time.nowMs,
      });
    }
  }
}

/** The command that shows a run again. */
export function reproduction(seed: number, options: RunOptions): string {
  const only =
    options.only === undefined ? "" : ` --only ${options.only.length === 0 ? "none" : options.only.join(",")}`;
  const profile = options.profile === undefined || options.profile === "all" ? "" : ` --profile ${options.profile}`;
  return `npm run simulate -- --seed ${seed}${profile}${only}`;
}
