// npm run bench -- recovery: what a kill -9 costs. How long a process with many partitions takes to serve again, and what
// clients of other partitions notice while a killed broker reads its log. Prints; asserts nothing.
//
// A broker serves nothing before its logs are recovered, so that in one process nobody can be held up by recovery. Where it can
// be noticed is the cluster around it: three brokers in processes of their own, of which one is killed and recovers a large log,
// while produce and fetch go on at a fixed rate at another one. Their latencies begin when a request is due.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Histogram } from "hdr-histogram-js";
import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  readCreateTopicsResponse,
  readFetchResponse,
  writeCreateTopicsRequest,
  writeFetchRequest,
} from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { Cluster } from "../conformance/cluster.mjs";
import { cpuSeconds, pidOfRole } from "./figures/process";
import { median } from "./figures/statistics";
import { WireConnection } from "./generator/connection";
import { newHistogram, percentiles, record } from "./generator/latencies";
import { checkProduced, frameOf, produceFrame, readerOf } from "./generator/requests";
import { askOnce, findTopic, makeTopic } from "./generator/topics";

const { values: options } = parseArgs({
  options: {
    partitions: { type: "string", default: "1000" },
    written: { type: "string", default: "100" },
    "megabytes-each": { type: "string", default: "10" },
    megabytes: { type: "string", default: "1000" },
    rate: { type: "string", default: "200" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    port: { type: "string", default: "39092" },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`Measures the start after kill -9, and produce and fetch while another broker recovers.

  --partitions N       of the process that is killed (default 1000)
  --written N          of them have records behind the recovery point (default 100)
  --megabytes-each N   in each of these (default 10)
  --megabytes N        in the log that a broker of three recovers (default 1000)
  --rate N             produces a second, and as many fetches (default 200)
  --rounds N           of each measurement (default 3)
  --only start|serve   one of the two measurements
  --port N             bootstrap port; 600 more and 10,000 more are used as well (default 39092)

Examples:
  npm run bench -- recovery
  npm run bench -- recovery --only start --partitions 5000 --written 0`);
  process.exit(0);
}

const number = (key: "partitions" | "written" | "megabytes-each" | "megabytes" | "rate" | "rounds" | "port") =>
  Number(options[key]);
const rounds = Array.from({ length: number("rounds") }, (_, round) => round);
const BATCH_BYTES = 256 * 1024;

/** Writes so much to each partition, several requests at a time. */
async function fill(address: string, topic: string, partitions: readonly number[], bytesEach: number): Promise<void> {
  const value = Buffer.alloc(1_000, "moldau ");
  const timestamp = Date.now();
  const batch = buildBatch({ records: Array.from({ length: BATCH_BYTES / 1_024 }, () => ({ value, timestamp })) });
  const perPartition = Math.ceil(bytesEach / batch.length);
  const connection = await WireConnection.open(address);
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < perPartition * partitions.length; n = next++) {
      const frame = produceFrame(topic, [partitions[n % partitions.length]!], batch, -1);
      await new Promise<void>((resolve) =>
        connection.request(frame, (answer) => {
          checkProduced(answer);
          resolve();
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  connection.close();
}

const ms = (values: readonly number[]) =>
  `${median(values).toFixed(0)} ms (${values.map((value) => value.toFixed(0)).join(", ")})`;
const load = () => `load average ${loadavg()[0]!.toFixed(1)}`;

/** One process: from its start to ready, after kill -9 and after a clean stop. */
async function measureStart(dir: string): Promise<void> {
  const shape = { title: "one process", args: [], replicationFactor: 1 };
  const cluster = new Cluster(shape, { dir, port: number("port"), adminPort: number("port") + 500 });
  try {
    await cluster.start();
    const door = () => cluster.bootstrap.split(",")[0]!;
    const written = Array.from({ length: number("written") }, (_, partition) => partition);
    if (written.length > 0) {
      await makeTopic(door(), { name: "written", partitions: written.length, replicationFactor: 1 });
      await fill(door(), "written", written, number("megabytes-each") * 1e6);
    }
    const idle = number("partitions") - written.length;
    if (idle > 0) await makeTopic(door(), { name: "idle", partitions: idle, replicationFactor: 1 });
    const [killed, killedCpu, stopped, stoppedCpu]: number[][] = [[], [], [], []];
    for (const _ of rounds) {
      const exited = once(cluster.process, "exit");
      cluster.process.kill("SIGKILL");
      await exited;
      killed!.push(await cluster.start());
      killedCpu!.push(cpuSeconds(cluster.process.pid!));
    }
    for (const _ of rounds) {
      await cluster.stop();
      stopped!.push(await cluster.start());
      stoppedCpu!.push(cpuSeconds(cluster.process.pid!));
    }
    const what = `${number("partitions")} partitions, ${written.length} with ${number("megabytes-each")} MB behind the recovery point`;
    console.log(`${what}; ${load()}`);
    console.log(`ready after kill -9     ${ms(killed!)}, CPU ${median(killedCpu!).toFixed(1)} s`);
    console.log(`ready after clean stop  ${ms(stopped!)}, CPU ${median(stoppedCpu!).toFixed(1)} s`);
  } finally {
    await cluster.stop().catch((error: unknown) => console.error(String(error)));
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A topic of one partition on a broker that is named. */
async function topicOn(bootstrap: string, name: string, brokerId: number): Promise<string> {
  const assignments = [{ partitionIndex: 0, brokerIds: [brokerId] }];
  const topic = { name, numPartitions: -1, replicationFactor: -1, assignments, configs: [] };
  const { topics } = await askOnce(
    bootstrap,
    ApiKey.CreateTopics,
    5,
    (writer) => writeCreateTopicsRequest(writer, { topics: [topic], timeoutMs: 60_000 }, 5),
    (reader) => readCreateTopicsResponse(reader, 5),
  );
  if (topics[0]!.errorCode !== KafkaError.NONE) throw new Error(`${name}: error ${topics[0]!.errorCode}`);
  for (;;) {
    const found = await findTopic(bootstrap, name, 1);
    if (found) return [...found.leaders.keys()][0]!;
    await delay(50);
  }
}

interface Latencies {
  produce: Histogram;
  fetch: Histogram;
}
const newLatencies = (): Latencies => ({ produce: newHistogram(), fetch: newHistogram() });

/** Requests at a fixed rate, each recorded by the time it was due into what `into` says then. Returns how to stop. */
async function callAtRate(
  address: string,
  frame: Uint8Array,
  into: () => Histogram,
  check: (answer: Buffer) => void,
): Promise<() => void> {
  const connection = await WireConnection.open(address);
  const everyMs = 1_000 / number("rate");
  let due = performance.now();
  const timer = setInterval(() => {
    for (; due <= performance.now(); due += everyMs) {
      const dueMs = due;
      const histogram = into();
      connection.request(frame, (answer) => {
        record(histogram, performance.now() - dueMs);
        check(answer);
      });
    }
  }, 1);
  return () => {
    clearInterval(timer);
    connection.close();
  };
}

/** Three brokers: latencies at one of them at rest and while another one is killed, started again, and recovers. */
async function measureServing(dir: string): Promise<void> {
  const args = ["--split", "--brokers", "3", "--coordinators", "1", "--advertise", "self"];
  const shape = { title: "three brokers", args, replicationFactor: 1 };
  const cluster = new Cluster(shape, { dir, port: number("port"), adminPort: number("port") + 500 });
  const stops: (() => void)[] = [];
  try {
    await cluster.start();
    const bootstrap = cluster.bootstrap.split(",")[0]!;
    const calls = await topicOn(bootstrap, "calls", 1);
    const recovered = await topicOn(bootstrap, "recovered", 2);
    await fill(recovered, "recovered", [0], number("megabytes") * 1e6);
    // What the system still has to write back would be measured as rest.
    spawnSync("sync");
    const rest = newLatencies();
    const recovering = newLatencies();
    let now = newLatencies();
    const batch = buildBatch({ records: [{ value: Buffer.alloc(100, "moldau"), timestamp: Date.now() }] });
    const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 10_000 }];
    const request = { maxWaitMs: 0, minBytes: 1, maxBytes: 10_000, topics: [{ topic: "calls", partitions }] };
    const fetch = frameOf(ApiKey.Fetch, 11, (writer) => writeFetchRequest(writer, request, 11));
    const checkFetched = (answer: Buffer) => {
      const { errorCode } = readFetchResponse(readerOf(answer, ApiKey.Fetch, 11), 11).responses[0]!.partitions[0]!;
      if (errorCode !== KafkaError.NONE) throw new Error(`fetch: error ${errorCode}`);
    };
    stops.push(await callAtRate(calls, produceFrame("calls", [0], batch, -1), () => now.produce, checkProduced));
    stops.push(await callAtRate(calls, fetch, () => now.fetch, checkFetched));
    await delay(3_000);
    /** Undefined while the process is gone. */
    const pidOf = (role: string) => (cluster.roles().includes(role) ? pidOfRole(dir, role) : undefined);
    const took: number[] = [];
    for (const _ of rounds) {
      now = rest;
      await delay(10_000);
      now = recovering;
      const began = performance.now();
      const pid = pidOf("broker-2")!;
      process.kill(pid, "SIGKILL");
      while ((pidOf("broker-2") ?? pid) === pid) await delay(20);
      // Ready says that this broker is open again and all partitions have leaders that serve.
      await delay(500);
      for (;;) {
        const ready = await globalThis.fetch(`${cluster.admin}/readyz`).catch(() => undefined);
        if (ready?.ok) break;
        await delay(20);
      }
      took.push(performance.now() - began);
      now = newLatencies();
      await delay(2_000);
    }
    console.log(`a broker of three recovers ${number("megabytes")} MB; from kill -9 to ready ${ms(took)}; ${load()}`);
    console.log("at another  rest p50    p99   meanwhile p50    p99   ratio of p99   requests");
    for (const what of ["produce", "fetch"] as const) {
      const [before, meanwhile] = [percentiles(rest[what]), percentiles(recovering[what])];
      const columns = [before.p50Ms.toFixed(2).padStart(12), before.p99Ms.toFixed(2).padStart(7)];
      columns.push(meanwhile.p50Ms.toFixed(2).padStart(16), meanwhile.p99Ms.toFixed(2).padStart(7));
      columns.push((meanwhile.p99Ms / before.p99Ms).toFixed(2).padStart(15));
      columns.push(`${rest[what].totalCount} ${recovering[what].totalCount}`.padStart(12));
      console.log(what.padEnd(8) + columns.join(""));
    }
  } finally {
    for (const stop of stops) stop();
    await cluster.stop().catch((error: unknown) => console.error(String(error)));
    rmSync(dir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), "moldau-bench-"));
  try {
    if (options.only !== "serve") await measureStart(join(base, "start"));
    if (options.only !== "start") await measureServing(join(base, "serve"));
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

void main();
