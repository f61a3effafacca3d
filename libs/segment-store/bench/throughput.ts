/**
 * Append and read throughput of one log on this machine's disk and page cache.
 * npx tsx --conditions=@moldau/source libs/segment-store/bench/throughput.ts [directory] [megabytes]
 */
import { buildBatch, patchBatch } from "@moldau/record-batch";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultLogConfig, LogStore, type PartitionLog } from "../src";

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), "moldau-bench-"));
const megabytes = Number(process.argv[3] ?? 1024);
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

interface Measured {
  what: string;
  mbPerS: number;
  cpuSPerGb: number;
  p50Ms: number;
  p99Ms: number;
}

async function measure(
  what: string,
  bytes: number,
  work: (latency: (ms: number) => void) => Promise<void>,
): Promise<Measured> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work((ms) => latencies.push(ms));
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
  const cpuSPerGb = (used.user + used.system) / 1e6 / (bytes / 1e9);
  return { what, mbPerS: bytes / 1e6 / seconds, cpuSPerGb, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function append(
  log: PartitionLog,
  batch: Uint8Array,
  count: number,
  inFlight: number,
  latency: (ms: number) => void,
): Promise<void> {
  let sent = 0;
  const lane = async (): Promise<void> => {
    // Each lane has a frame of its own, as each connection has.
    const bytes = batch.slice();
    while (sent < count) {
      sent += 1;
      const started = performance.now();
      const baseOffset = log.logEndOffset;
      patchBatch(bytes, 0, { baseOffset, partitionLeaderEpoch: 0 });
      await log.append([{ bytes, baseOffset, lastOffset: baseOffset, maxTimestamp: clock.nowMs(), leaderEpoch: 0 }]);
      latency(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

async function readThrough(log: PartitionLog, maxBytes: number, latency: (ms: number) => void): Promise<void> {
  let at = log.logStartOffset;
  while (at < log.writtenOffset) {
    const started = performance.now();
    const read = await log.read({ fetchOffset: at, maxBytes, upToOffset: Infinity, atLeastOne: true });
    at = read.nextOffset;
    read.release();
    latency(performance.now() - started);
  }
}

async function main(): Promise<void> {
  const store = await LogStore.open({ directories: [directory], clusterId: "bench", nodeId: 1, clock });
  const results: Measured[] = [];
  let partition = 0;
  for (const kilobytes of [1, 16, 64, 1024]) {
    const log = await store.createLog({
      topic: "bench",
      topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
      partition: partition++,
      config: defaultLogConfig,
    });
    const batch = buildBatch({
      records: [{ value: Buffer.alloc(kilobytes * 1024 - 80, 1), timestamp: clock.nowMs() }],
    });
    const count = Math.ceil((megabytes * 1e6 * (kilobytes < 16 ? 0.1 : 1)) / batch.length);
    const bytes = count * batch.length;
    results.push(
      await measure(`append ${kilobytes} KB, 8 in flight`, bytes, (latency) => append(log, batch, count, 8, latency)),
    );
    for (const maxBytes of [64 * 1024, 1024 * 1024]) {
      if (maxBytes < kilobytes * 1024) continue;
      results.push(
        await measure(`read ${kilobytes} KB batches, ${maxBytes / 1024} KB a time`, bytes, (latency) =>
          readThrough(log, maxBytes, latency),
        ),
      );
    }
    await log.flush();
  }
  const log = await store.createLog({
    topic: "bench",
    topicId: "AAAAAAAAAAAAAAAAAAAAAQ",
    partition,
    config: { ...defaultLogConfig, flushMessages: 1 },
  });
  const batch = buildBatch({ records: [{ value: Buffer.alloc(16_000, 1), timestamp: clock.nowMs() }] });
  results.push(
    await measure("append 16 KB, 64 in flight, fdatasync before each ack", 4000 * batch.length, (latency) =>
      append(log, batch, 4000, 64, latency),
    ),
  );
  console.table(
    results.map(({ what, ...figures }) => ({
      what,
      ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))])),
    })),
  );
  const closing = performance.now();
  await store.close();
  const opening = performance.now();
  const again = await LogStore.open({ directories: [directory], clusterId: "bench", nodeId: 1, clock });
  console.log(
    `close ${(opening - closing).toFixed(0)} ms, open after it ${(performance.now() - opening).toFixed(0)} ms`,
  );
  await again.close();
}

void main().finally(() => rmSync(directory, { recursive: true, force: true }));
