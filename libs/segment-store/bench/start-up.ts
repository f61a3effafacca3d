/**
 * How long a store with many partitions takes to open, after a clean stop and after none.
 * npx tsx --conditions=@moldau/source libs/segment-store/bench/start-up.ts [directory] [partitions]
 */
import { buildBatch } from "@moldau/record-batch";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultLogConfig, LogStore, partsOf } from "../src";

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), "moldau-bench-"));
const partitions = Number(process.argv[3] ?? 1000);
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
// The unclean start happens in the same process, which a real lock would refuse.

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const rss = (process.memoryUsage().rss / 1e6).toFixed(0);
  console.log(`${what}: ${(performance.now() - started).toFixed(0)} ms, rss ${rss} MB`);
  return result;
}

async function main(): Promise<void> {
  const open = (): Promise<LogStore> =>
    LogStore.open({ directories: [directory], clusterId: "bench", nodeId: 1, clock });
  const store = await open();
  const numbers = Array.from({ length: partitions }, (_, partition) => partition);
  const logs = await timed(`create ${partitions} logs`, () =>
    Promise.all(
      numbers.map((partition) =>
        store.createLog({ topic: "bench", topicId: "AAAAAAAAAAAAAAAAAAAAAQ", partition, config: defaultLogConfig }),
      ),
    ),
  );
  await timed("append 100 batches of 1 KB to each", async () => {
    for (let i = 0; i < 100; i++) {
      const bytes = buildBatch({
        records: [{ value: Buffer.alloc(1000, 1), timestamp: clock.nowMs() }],
        baseOffset: i,
      });
      await Promise.all(logs.map((log) => log.append(partsOf(bytes))));
    }
  });
  await timed("close", () => store.close());
  const clean = await timed("open after a clean stop", open);
  await clean.writeCheckpoints();
  await timed("open after none", open);
  process.exitCode = 0;
}

void main().finally(() => rmSync(directory, { recursive: true, force: true }));
