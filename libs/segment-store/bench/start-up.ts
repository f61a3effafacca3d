/**
 * How long a store with many partitions takes to open: after a clean stop, after kill -9 with a few batches behind the recovery
 * point, and after one that leaves a large segment to recover. Beside the time, how long the process was deaf: the longest
 * pause of its event loop, and the 99th percentile.
 * npx tsx --conditions=@moldau/source libs/segment-store/bench/start-up.ts [directory] [partitions] [recovered megabytes]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { buildBatch } from "@moldau/record-batch";
import { defaultLogConfig, LogStore, partsOf, type PartitionLog } from "../src";

const [root = tmpdir(), partitions = "1000", megabytes = "1024"] = process.argv.slice(2);
/** num.recovery.threads.per.data.dir, as a broker has it by default. */
const parallelLoads = Number(process.env.PARALLEL ?? 2);
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const started = performance.now();
  const result = await work();
  const ms = (performance.now() - started).toFixed(0);
  loop.disable();
  const [p99, max] = [loop.percentile(99), loop.max].map((ns) => (ns / 1e6).toFixed(1));
  const rss = (process.memoryUsage().rss / 1e6).toFixed(0);
  console.log(`${what}: ${ms} ms; event loop p99 ${p99} ms, longest pause ${max} ms; rss ${rss} MB`);
  return result;
}

const batch = (baseOffset: number, bytes: number): Uint8Array =>
  buildBatch({ records: [{ value: Buffer.alloc(bytes, 1), timestamp: clock.nowMs() }], baseOffset });

/** One life of the process: every one but the first ends by kill -9. */
const phases: Record<string, (directory: string) => Promise<void>> = {
  async fill(directory) {
    const store = await open(directory);
    const logs = await timed(`create ${partitions} logs`, () => Promise.all(numbers().map((n) => create(store, n))));
    await timed("append 100 batches of 1 KB to each", async () => {
      for (let i = 0; i < 100; i++) await Promise.all(logs.map((log) => log.append(partsOf(batch(i, 1000)))));
    });
    await timed("close", () => store.close());
  },
  async clean(directory) {
    const store = await timed("open after a clean stop", () => open(directory));
    await store.writeCheckpoints();
    for (const log of store.logs()) await log.append(partsOf(batch(log.logEndOffset, 1000)));
  },
  async killed(directory) {
    const store = await timed("open after kill -9, 1 of 101 KB of each log behind the recovery point", () =>
      open(directory),
    );
    const log = await create(store, Number(partitions));
    const large = batch(0, 100_000);
    for (let written = 0; written < Number(megabytes) * 1e6; written += large.length) {
      Buffer.from(large.buffer, large.byteOffset).writeBigInt64BE(BigInt(log.logEndOffset));
      await log.append(partsOf(large));
    }
    await Promise.all([...store.logs()].filter((each) => each !== log).map((each) => each.flush()));
    await store.writeCheckpoints();
  },
  async large(directory) {
    const other = await open(join(directory, "other"));
    const log = await create(other, 0);
    const atRest = await latency(log, new Promise((resolve) => setTimeout(resolve, 5_000)));
    const recovery = timed(`open after kill -9, ${megabytes} MB of one log behind the recovery point`, () =>
      open(directory),
    );
    const meanwhile = await latency(log, recovery);
    console.log(`append and read of 1 KB in another log, p50 and p99: at rest ${atRest}, meanwhile ${meanwhile}`);
  },
};

/** Appends a batch and reads it again, every few milliseconds, until something is over. */
async function latency(log: PartitionLog, over: Promise<unknown>): Promise<string> {
  const samples: number[] = [];
  let isOver = false;
  void over.then(() => (isOver = true));
  while (!isOver) {
    const started = performance.now();
    const at = log.logEndOffset;
    await log.append(partsOf(batch(at, 1000)));
    (await log.read({ fetchOffset: at, maxBytes: 1e6, upToOffset: Infinity, atLeastOne: true })).release();
    samples.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  samples.sort((x, y) => x - y);
  return [0.5, 0.99].map((q) => `${samples[Math.floor(samples.length * q)]!.toFixed(2)} ms`).join(" and ");
}

const numbers = (): number[] => Array.from({ length: Number(partitions) }, (_, n) => n);
const open = (directory: string): Promise<LogStore> =>
  LogStore.open({ directories: [directory], clusterId: "bench", nodeId: 1, clock, parallelLoads });
const create = (store: LogStore, partition: number): Promise<PartitionLog> =>
  store.createLog({ topic: "bench", topicId: "AAAAAAAAAAAAAAAAAAAAAQ", partition, config: defaultLogConfig });

async function main(): Promise<void> {
  const { PHASE: phase, DIRECTORY: given } = process.env;
  if (phase && given) {
    await phases[phase]!(given);
    process.kill(process.pid, "SIGKILL");
  }
  const directory = mkdtempSync(join(root, "moldau-bench-"));
  try {
    for (const name of Object.keys(phases)) {
      const env = { ...process.env, PHASE: name, DIRECTORY: directory };
      await once(fork(__filename, process.argv.slice(2), { env, execArgv: process.execArgv }), "exit");
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
