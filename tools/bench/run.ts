// npm run bench: what the cluster does on this machine, in each shape. Prints; asserts nothing. Compare ratios within
// one run: absolute figures depend on the machine and on what else it does.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  readCreateTopicsResponse,
  readFetchResponse,
  readMetadataResponse,
  readProduceResponse,
  writeCreateTopicsRequest,
  writeFetchRequest,
  writeMetadataRequest,
  writeProduceRequest,
} from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { Cluster, shapes } from "../conformance/cluster.mjs";
import { bodyReader, type Frame, frameOf, load, LoadConnection } from "./kafka-load";

const { values: options } = parseArgs({
  options: {
    shapes: { type: "string", default: "one,split" },
    megabytes: { type: "string", default: "600" },
    rounds: { type: "string", default: "3" },
    port: { type: "string", default: "39092" },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`Measures the cluster on this machine.

  --shapes one,split   which shapes
  --megabytes N        how much each measurement moves (default 600)
  --rounds N           measurements of each kind; the median is printed (default 3)

Examples:
  npm run bench
  npm run bench -- --shapes one --megabytes 2000`);
  process.exit(0);
}
const totalBytes = Number(options.megabytes) * 1e6;
const rounds = Number(options.rounds);
const topic = "bench";
const partitions = 6;

function batchOf(bytes: number): Uint8Array {
  const recordBytes = Math.min(1000, bytes);
  const count = Math.max(1, Math.floor(bytes / (recordBytes + 10)));
  const value = Buffer.alloc(recordBytes, "moldau");
  return buildBatch({
    records: Array.from({ length: count }, () => ({ key: null, value, headers: [], timestamp: Date.now() })),
    codec: 0,
  });
}

function produceFrame(partition: number, batch: Uint8Array, acks: number): Frame {
  const version = 9;
  const bytes = frameOf(ApiKey.Produce, version, (writer) =>
    writeProduceRequest(
      writer,
      {
        acks,
        timeoutMs: 30_000,
        transactionalId: null,
        topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
      },
      version,
    ),
  );
  return { bytes, payloadBytes: batch.length };
}

function checkProduced(answer: Buffer): void {
  const response = readProduceResponse(bodyReader(answer, true), 9);
  const code = response.responses[0]!.partitionResponses[0]!.errorCode;
  if (code !== KafkaError.NONE) throw new Error(`produce failed with error ${code}`);
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

interface Row {
  what: string;
  mb: string;
  rate: string;
  p50: string;
  p99: string;
}

/** The address of each partition's leader. */
async function leaders(bootstrap: string): Promise<string[]> {
  const connection = await LoadConnection.open(bootstrap);
  const created = await connection.send(
    frameOf(ApiKey.CreateTopics, 5, (writer) =>
      writeCreateTopicsRequest(
        writer,
        { topics: [{ name: topic, numPartitions: partitions, replicationFactor: 1 }], timeoutMs: 10_000 },
        5,
      ),
    ),
  );
  const { errorCode } = readCreateTopicsResponse(bodyReader(created, true), 5).topics[0]!;
  if (errorCode !== KafkaError.NONE) throw new Error(`the topic was not created: error ${errorCode}`);
  for (;;) {
    const answer = await connection.send(
      frameOf(ApiKey.Metadata, 9, (writer) => writeMetadataRequest(writer, { topics: [{ name: topic }] }, 9)),
    );
    const metadata = readMetadataResponse(bodyReader(answer, true), 9);
    const found = metadata.topics[0]!.partitions;
    if (found.length === partitions && found.every(({ leaderId }) => leaderId >= 0)) {
      connection.close();
      const doors = new Map(metadata.brokers.map(({ nodeId, host, port }) => [nodeId, `${host}:${port}`]));
      return found.sort((a, b) => a.partitionIndex - b.partitionIndex).map(({ leaderId }) => doors.get(leaderId)!);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function measureProduce(addresses: string[], batchBytes: number, acks: number, inFlight: number, total: number) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const connections = await Promise.all(addresses.slice(0, 3).map((address) => LoadConnection.open(address)));
    const batch = batchOf(batchBytes);
    results.push(
      await load({
        connections,
        inFlight,
        total,
        frameFor: (c) => produceFrame(c, batch, acks),
        check: checkProduced,
      }),
    );
    for (const connection of connections) connection.close();
  }
  return results;
}

async function measureFetch(addresses: string[], maxBytes: number): Promise<number[]> {
  const version = 11;
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    let bytes = 0;
    const started = performance.now();
    await Promise.all(
      addresses.slice(0, 3).map(async (address, partition) => {
        const connection = await LoadConnection.open(address);
        let offset = 0;
        for (;;) {
          const answer = await connection.send(
            frameOf(ApiKey.Fetch, version, (writer) =>
              writeFetchRequest(
                writer,
                {
                  maxWaitMs: 100,
                  minBytes: 1,
                  maxBytes,
                  topics: [{ topic, partitions: [{ partition, fetchOffset: offset, partitionMaxBytes: maxBytes }] }],
                },
                version,
              ),
            ),
          );
          const data = readFetchResponse(bodyReader(answer, false), version).responses[0]!.partitions[0]!;
          if (data.errorCode !== KafkaError.NONE) throw new Error(`fetch failed with error ${data.errorCode}`);
          const records = data.records as Buffer | null;
          if (!records || records.length === 0) break;
          bytes += records.length;
          // The last whole batch says where to go on.
          for (let at = 0; at + 61 <= records.length;) {
            const size = 12 + records.readInt32BE(at + 8);
            if (at + size > records.length) break;
            offset = Number(records.readBigInt64BE(at)) + records.readInt32BE(at + 23) + 1;
            at += size;
          }
        }
        connection.close();
      }),
    );
    rates.push(bytes / 1e6 / ((performance.now() - started) / 1000));
  }
  return rates;
}

function rssMb(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return match ? Number(match[1]) / 1024 : NaN;
}

function processTree(pid: number): number[] {
  try {
    const children = execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
      .trim()
      .split("\n")
      .filter(Boolean)
      .map(Number);
    return [pid, ...children.flatMap(processTree)];
  } catch {
    return [pid];
  }
}

async function main(): Promise<void> {
  for (const name of options.shapes.split(",") as (keyof typeof shapes)[]) {
    const shape = shapes[name];
    const dir = mkdtempSync(join(tmpdir(), "moldau-bench-"));
    const cluster = new Cluster(shape, {
      dir: join(dir, "data"),
      port: Number(options.port),
      adminPort: Number(options.port) + 500,
    });
    const cold = await cluster.start();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const pids = processTree(cluster.process.pid!);
    const idle = pids.map(rssMb);
    const idleTotal = idle.reduce((sum, mb) => sum + mb, 0);
    console.log(`\n${shape.title}`);
    console.log(
      `ready after ${Math.round(cold)} ms; idle RSS ${Math.round(idleTotal)} MB in ${pids.length} process${pids.length > 1 ? "es" : ""}`,
    );
    const rows: Row[] = [];
    try {
      const addresses = await leaders(cluster.bootstrap.split(",")[0]!);
      const produceRow = async (what: string, bytes: number, acks: number, inFlight: number, total: number) => {
        const results = await measureProduce(addresses, bytes, acks, inFlight, total);
        rows.push({
          what,
          mb: median(results.map((r) => r.mbPerSecond)).toFixed(0),
          rate: median(results.map((r) => r.requestsPerSecond)).toFixed(0),
          p50: median(results.map((r) => r.p50Ms)).toFixed(2),
          p99: median(results.map((r) => r.p99Ms)).toFixed(2),
        });
      };
      await produceRow("produce 1 record of 100 B, acks=all, 3 × 1 in flight", 100, -1, 1, 6000);
      await produceRow("produce 1 record of 100 B, acks=all, 3 × 8 in flight", 100, -1, 8, 20_000);
      await produceRow(
        "produce 64 KB batches, acks=all, 3 × 4 in flight",
        64_000,
        -1,
        4,
        Math.ceil(totalBytes / 64_000),
      );
      await produceRow(
        "produce 1 MB batches, acks=all, 3 × 4 in flight",
        1_000_000,
        -1,
        4,
        Math.ceil(totalBytes / 1_000_000),
      );
      const fetched = await measureFetch(addresses, 1 << 20);
      rows.push({
        what: "fetch 1 MB at a time, 3 connections",
        mb: median(fetched).toFixed(0),
        rate: "",
        p50: "",
        p99: "",
      });
      const peak = processTree(cluster.process.pid!)
        .map(rssMb)
        .reduce((sum, mb) => sum + mb, 0);
      console.log(`RSS after the load ${Math.round(peak)} MB`);
    } finally {
      await cluster.stop().catch((error: unknown) => console.error(String(error)));
      rmSync(dir, { recursive: true, force: true });
    }
    const width = Math.max(...rows.map((row) => row.what.length));
    console.log(
      `${"".padEnd(width)}  ${"MB/s".padStart(6)} ${"req/s".padStart(7)} ${"p50 ms".padStart(8)} ${"p99 ms".padStart(8)}`,
    );
    for (const { what, mb, rate, p50, p99 } of rows) {
      console.log(`${what.padEnd(width)}  ${mb.padStart(6)} ${rate.padStart(7)} ${p50.padStart(8)} ${p99.padStart(8)}`);
    }
  }
}

void main();
