// npm run bench -- compaction: what clients of one broker process notice while it compacts another partition. Prints;
// asserts nothing. Produce and fetch run at a steady pace on a partition of their own, first at rest, then while the log
// cleaner works through a large log in the same process.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build as buildHistogram, type Histogram } from "hdr-histogram-js";
import { KafkaError } from "@moldau/base";
import { compress } from "@moldau/compression";
import {
  ApiKey,
  readCreateTopicsResponse,
  readFetchResponse,
  readIncrementalAlterConfigsResponse,
  readProduceResponse,
  writeCreateTopicsRequest,
  writeFetchRequest,
  writeIncrementalAlterConfigsRequest,
  writeProduceRequest,
} from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { Cluster } from "../conformance/cluster.mjs";
import { bodyReader, frameOf, load, LoadConnection } from "./kafka-load";

const { values: options } = parseArgs({
  options: {
    megabytes: { type: "string", default: "1000" },
    "record-bytes": { type: "string", default: "1000" },
    keys: { type: "string", default: "100000" },
    codec: { type: "string", default: "0" },
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "1" },
    port: { type: "string", default: "39092" },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`Measures produce and fetch while another partition is compacted.

  --megabytes N      size of the log that is compacted (default 1000)
  --record-bytes N   of its records (default 1000)
  --keys N           distinct keys at most (default 100000)
  --codec 0|1|2|3|4  of its batches: none, gzip, snappy, lz4, zstd (default 0)
  --rate N           produces a second, and as many fetches (default 200)
  --seconds N        how long it is measured at rest (default 20)
  --rounds N         rest and compaction, one after another (default 1)

Examples:
  npm run bench -- compaction
  npm run bench -- compaction --record-bytes 100 --codec 4`);
  process.exit(0);
}

const BATCH_BYTES = 64 * 1024;
const HELD = String(10 ** 12);
const seed = { value: 1 };
const random = (): number => (seed.value = (seed.value * 16807) % 2147483647) / 2147483647;

function produceFrame(topic: string, records: Uint8Array): Buffer {
  const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }];
  return frameOf(ApiKey.Produce, 9, (writer) =>
    writeProduceRequest(writer, { acks: -1, timeoutMs: 30_000, transactionalId: null, topicData }, 9),
  );
}

function checkProduced(answer: Buffer): void {
  const { errorCode } = readProduceResponse(bodyReader(answer, true), 9).responses[0]!.partitionResponses[0]!;
  if (errorCode !== KafkaError.NONE) throw new Error(`produce failed with error ${errorCode}`);
}

async function createTopic(at: LoadConnection, name: string, configs: Record<string, string>): Promise<void> {
  const list = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
  const topics = [{ name, numPartitions: 1, replicationFactor: 1, configs: list }];
  const frame = frameOf(ApiKey.CreateTopics, 5, (writer) =>
    writeCreateTopicsRequest(writer, { topics, timeoutMs: 10_000 }, 5),
  );
  const { errorCode } = readCreateTopicsResponse(bodyReader(await at.send(frame), true), 5).topics[0]!;
  if (errorCode !== KafkaError.NONE) throw new Error(`${name} was not created: error ${errorCode}`);
}

async function setConfig(at: LoadConnection, topic: string, name: string, value: string): Promise<void> {
  const resources = [{ resourceType: 2, resourceName: topic, configs: [{ name, configOperation: 0, value }] }];
  const frame = frameOf(ApiKey.IncrementalAlterConfigs, 1, (writer) =>
    writeIncrementalAlterConfigsRequest(writer, { resources, validateOnly: false }, 1),
  );
  const { errorCode } = readIncrementalAlterConfigsResponse(bodyReader(await at.send(frame), true), 1).responses[0]!;
  if (errorCode !== KafkaError.NONE) throw new Error(`${topic} was not configured: error ${errorCode}`);
}

/** A log of many overwritten keys. */
async function fill(bootstrap: string, topic: string, bytes: number): Promise<void> {
  const recordBytes = Number(options["record-bytes"]);
  const codec = Number(options.codec);
  const frames = Array.from({ length: 400 }, () => {
    const records = Array.from({ length: Math.max(1, Math.floor(BATCH_BYTES / (recordBytes + 30))) }, () => ({
      key: Buffer.from(`key-${Math.floor(random() * Number(options.keys))}`),
      value: Buffer.alloc(recordBytes, `value ${random()} `),
      timestamp: Date.now(),
    }));
    return produceFrame(topic, buildBatch({ records, codec, compress }));
  });
  let next = 0;
  const connection = await LoadConnection.open(bootstrap);
  const inFlight = 4;
  await load({
    connections: [connection],
    inFlight,
    total: Math.ceil(bytes / (frames.reduce((sum, frame) => sum + frame.length, 0) / frames.length)),
    // Frames are sent again: each slot goes through its own share of them.
    frameFor: (_c, slot) => ({
      get bytes() {
        return frames[(next++ * inFlight + slot) % frames.length]!;
      },
      payloadBytes: BATCH_BYTES,
    }),
    check: checkProduced,
  });
  connection.close();
}

interface Measured {
  produce: Histogram;
  fetch: Histogram;
}

/** Produce and fetch at a pace, until told to stop. */
async function measure(bootstrap: string, topic: string, until: Promise<void>): Promise<Measured> {
  const histogram = () => buildHistogram({ highestTrackableValue: 60_000_000 });
  const measured = { produce: histogram(), fetch: histogram() };
  const everyMs = 1_000 / Number(options.rate);
  const value = Buffer.alloc(100, "moldau");
  const produce = produceFrame(topic, buildBatch({ records: [{ value, timestamp: Date.now() }] }));
  const fetch = frameOf(ApiKey.Fetch, 11, (writer) => {
    const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 10_000 }];
    writeFetchRequest(writer, { maxWaitMs: 0, minBytes: 1, maxBytes: 10_000, topics: [{ topic, partitions }] }, 11);
  });
  let isOver = false;
  void until.then(() => (isOver = true));
  const lane = async (frame: Buffer, times: Histogram, check: (answer: Buffer) => void): Promise<void> => {
    const connection = await LoadConnection.open(bootstrap);
    for (let due = performance.now(); !isOver; due += everyMs) {
      const wait = due - performance.now();
      if (wait > 1) await delay(wait);
      const sentAt = performance.now();
      check(await connection.send(frame));
      times.recordValue(Math.round((performance.now() - sentAt) * 1_000));
    }
    connection.close();
  };
  await Promise.all([
    lane(produce, measured.produce, checkProduced),
    lane(fetch, measured.fetch, (answer) => {
      const { errorCode } = readFetchResponse(bodyReader(answer, false), 11).responses[0]!.partitions[0]!;
      if (errorCode !== KafkaError.NONE) throw new Error(`fetch failed with error ${errorCode}`);
    }),
  ]);
  return measured;
}

async function main(): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), "moldau-bench-"));
  const dir = join(base, "data");
  const cluster = new Cluster(
    { title: "one process", args: [], replicationFactor: 1 },
    {
      dir,
      port: Number(options.port),
      adminPort: Number(options.port) + 500,
      options: ["-o", "log.cleaner.backoff.ms=200"],
    },
  );
  const ms = (times: Histogram, percentile: number) => (times.getValueAtPercentile(percentile) / 1_000).toFixed(2);
  try {
    await cluster.start();
    const bootstrap = cluster.bootstrap.split(",")[0]!;
    const admin = await LoadConnection.open(bootstrap);
    await createTopic(admin, "calls", {});
    for (let round = 0; round < Number(options.rounds); round++) {
      const topic = `compacted-${round}`;
      await createTopic(admin, topic, {
        "cleanup.policy": "compact",
        "segment.bytes": String(100 * 1024 * 1024),
        "min.cleanable.dirty.ratio": "0.01",
        "min.compaction.lag.ms": HELD,
      });
      await fill(bootstrap, topic, Number(options.megabytes) * 1e6);
      await delay(5_000);
      const load = loadavg()[0]!.toFixed(1);
      const rest = await measure(bootstrap, "calls", delay(Number(options.seconds) * 1_000));
      const began = performance.now();
      await setConfig(admin, topic, "min.compaction.lag.ms", "0");
      const cleaned = (async () => {
        for (;;) {
          await delay(50);
          if (cleanedOffset(dir, topic) > 0) return;
        }
      })();
      const busy = await measure(bootstrap, "calls", cleaned);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`${options.megabytes} MB compacted in ${seconds} s; load average before ${load}`);
      console.log("             rest p50    p99   compacting p50    p99   ratio of p99");
      for (const what of ["produce", "fetch"] as const) {
        const ratio = busy[what].getValueAtPercentile(99) / rest[what].getValueAtPercentile(99);
        const columns = [ms(rest[what], 50).padStart(13), ms(rest[what], 99).padStart(7)];
        columns.push(ms(busy[what], 50).padStart(17), ms(busy[what], 99).padStart(7), ratio.toFixed(2).padStart(15));
        console.log(what.padEnd(8) + columns.join(""));
      }
    }
    admin.close();
  } finally {
    await cluster.stop().catch((error: unknown) => console.error(String(error)));
    rmSync(base, { recursive: true, force: true });
  }
}

/** What the cleaner's checkpoint says; -1 for nothing. */
function cleanedOffset(dir: string, topic: string): number {
  for (const path of [join(dir, "broker-1"), join(dir, "node-1"), dir]) {
    try {
      const text = readFileSync(join(path, "cleaner-offset-checkpoint"), "utf8");
      return Number(new RegExp(`^${topic} 0 (\\d+)$`, "m").exec(text)?.[1] ?? -1);
    } catch {
      // Not there, or not yet.
    }
  }
  return -1;
}

void main();
