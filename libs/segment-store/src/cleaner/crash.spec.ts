import { MemoryDisk, type Survival } from "@moldau/disk";
import { clean, codecs, compacting, contentOf, put } from "../testing/compacting";
import { batch, createLog, openStore, readAll, smallSegments, TOPIC_ID, type TestStore } from "../testing/harness";
import type { LogConfig } from "../log-config";
import { partsOf } from "../parts";
import type { PartitionLog } from "../partition-log";

/** What acknowledged work leaves in the log, whatever happens to the rest. */
interface Promised {
  /** Newest acknowledged value of each key, with its offset. */
  newest: Map<string, { offset: number; value: string }>;
  logEndOffset: number;
}

const survivals: Survival[] = ["process", "onlySynced", { random: seeded(7), keep: 0.5 }];

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** Lets the disk stop for good at its operation number `at`; resolves when it does, or when the work is over before. */
async function stoppedAt(disk: MemoryDisk, at: number, work: Promise<unknown>): Promise<"stopped" | "over"> {
  let operations = 0;
  const { latency } = disk;
  const stopped = new Promise<"stopped">((resolve) => {
    disk.latency = (operation, path) => {
      if (++operations <= at) return latency(operation, path);
      resolve("stopped");
      return new Promise(() => undefined);
    };
  });
  const outcome = await Promise.race([stopped, work.then(() => "over" as const)]);
  return outcome;
}

/** Where the order of operations is not the question they take no turn of the event loop. */
function hasty(disk = new MemoryDisk()): MemoryDisk {
  disk.latency = () => Promise.resolve();
  return disk;
}

async function checkKeyed(opened: TestStore, promised: Promised): Promise<void> {
  const log = opened.store.log(TOPIC_ID, 0)!;
  expect(opened.store.directories()[0]!.offline).toBeUndefined();
  expect(log.logEndOffset).toBe(promised.logEndOffset);
  const found = new Map<string, { offset: number; value: string }>();
  let before = -1;
  for (const line of await contentOf(log)) {
    const [, offset, key, value] = /^(\d+) (.*)=(.*)$/.exec(line)!;
    expect(Number(offset)).toBeGreaterThan(before);
    before = Number(offset);
    found.set(key!, { offset: before, value: value! });
  }
  expect(found).toEqual(promised.newest);
  const names = (await opened.disk.list("/data/orders-0")).map(({ name }) => name);
  expect(names.filter((name) => /\.(cleaned|swap)$/.test(name))).toEqual([]);
}

/** A log of several small segments with much to compact, on the disk. */
async function dirtyLog(config: LogConfig): Promise<TestStore & { log: PartitionLog; promised: Promised }> {
  const disk = new MemoryDisk();
  const { latency } = disk;
  const opened = await openStore({ disk: hasty(disk), configOf: () => config, ...codecs });
  const log = await createLog(opened.store, config);
  const newest: Promised["newest"] = new Map();
  for (let i = 0; i < 40; i++) {
    const key = `k${(i * 5) % 12}`;
    const offset = await put(log, [{ key, value: `v${i}` }]);
    newest.set(key, { offset, value: `v${i}` });
  }
  log.roll();
  const offset = await put(log, [{ key: "end", value: "1" }]);
  newest.set("end", { offset, value: "1" });
  await log.flush();
  await opened.store.writeCheckpoints();
  disk.latency = latency;
  return { ...opened, log, promised: { newest, logEndOffset: log.logEndOffset } };
}

it.each([0, 1, 2])(
  "compaction: a stop at any operation of the disk leaves the newest value of each key, and nothing twice (%s)",
  async (kind) => {
    const survival = survivals[kind]!;
    for (let at = 0; ; at++) {
      const { log, disk, promised, clock } = await dirtyLog({ ...compacting, segmentBytes: 400 });
      const rounds = async (): Promise<void> => {
        await clean(log, { nowMs: clock.ms });
        await clean(log, { nowMs: clock.ms + 1, lastStableOffset: log.logEndOffset });
      };
      const outcome = await stoppedAt(disk, at, rounds());
      const opened = await openStore({ disk: hasty(disk.crash(survival)), configOf: () => compacting, ...codecs });
      await checkKeyed(opened, promised);
      // The next round finds a log that it can work on, and everything is there after that too.
      await clean(opened.store.log(TOPIC_ID, 0)!, { nowMs: clock.ms });
      await checkKeyed(opened, promised);
      await opened.store.close();
      if (outcome === "over") {
        expect(at).toBeGreaterThan(60);
        break;
      }
    }
  },
  300_000,
);

it.each([0, 1, 2])(
  "a start that clears up after a compaction may be stopped at any operation as well (%s)",
  async (kind) => {
    const survival = survivals[kind]!;
    const first = await dirtyLog({ ...compacting, segmentBytes: 400 });
    let swaps = 0;
    // Stops where the second group's files are half renamed.
    const { latency } = first.disk;
    const stopped = new Promise<void>((resolve) => {
      first.disk.latency = (operation, path) => {
        if (operation !== "rename" || !path.endsWith(".swap") || ++swaps !== 5) return latency(operation, path);
        resolve();
        return new Promise(() => undefined);
      };
    });
    void clean(first.log, { nowMs: first.clock.ms });
    await stopped;
    const left = first.disk.crash("process");
    for (let at = 0; ; at++) {
      const disk = left.crash("process");
      left.failing = () => undefined;
      const opening = openStore({ disk, configOf: () => compacting, ...codecs });
      const outcome = await stoppedAt(disk, at, opening);
      const opened = await openStore({ disk: hasty(disk.crash(survival)), configOf: () => compacting, ...codecs });
      await checkKeyed(opened, first.promised);
      await opened.store.close();
      if (outcome === "over") break;
    }
  },
  300_000,
);

it.each([0, 1, 2])(
  "roll: a stop at any operation of the disk keeps what was flushed, and nothing twice (%s)",
  async (kind) => {
    const survival = survivals[kind]!;
    for (let at = 0; ; at++) {
      const { store, disk } = await openStore({ configOf: () => smallSegments });
      const log = await createLog(store, smallSegments);
      const batches: Uint8Array[] = [];
      let acknowledged = 0;
      const work = async (): Promise<void> => {
        for (let i = 0; i < 25; i++) {
          const bytes = batch({ baseOffset: i });
          batches.push(bytes);
          await log.append(partsOf(bytes));
          await log.flush();
          acknowledged = i + 1;
        }
      };
      const outcome = await stoppedAt(disk, at, work());
      const opened = await openStore({ disk: hasty(disk.crash(survival)) });
      const again = opened.store.log(TOPIC_ID, 0);
      if (acknowledged > 0) expect(again).toBeDefined();
      if (again) {
        expect(again.logEndOffset).toBeGreaterThanOrEqual(acknowledged);
        const { bytes } = await readAll(again);
        expect(bytes.equals(Buffer.concat(batches.slice(0, again.logEndOffset)))).toBe(true);
      }
      await opened.store.close();
      if (outcome === "over") break;
    }
  },
  300_000,
);

it.each([0, 1, 2])(
  "retention: a stop at any operation of the disk takes nothing that was to stay (%s)",
  async (kind) => {
    const survival = survivals[kind]!;
    for (let at = 0; ; at++) {
      const { store, disk, clock } = await openStore({ configOf: () => smallSegments });
      const config = { ...smallSegments, retentionBytes: 2_000, fileDeleteDelayMs: 0 };
      const log = await createLog(store, config);
      const batches: Uint8Array[] = [];
      const { latency } = disk;
      hasty(disk);
      for (let i = 0; i < 40; i++) {
        const bytes = batch({ baseOffset: i });
        batches.push(bytes);
        await log.append(partsOf(bytes));
      }
      await log.flush();
      await store.writeCheckpoints();
      disk.latency = latency;
      log.highWatermark = log.logEndOffset;
      const work = async (): Promise<void> => {
        await log.advanceLogStartOffset(9);
        await store.runRetention(clock.ms);
        await store.writeCheckpoints();
        await store.runDeletions(Infinity);
      };
      const outcome = await stoppedAt(disk, at, work());
      const { logStartOffset } = log;
      const opened = await openStore({ disk: hasty(disk.crash(survival)) });
      const again = opened.store.log(TOPIC_ID, 0)!;
      expect(again.logEndOffset).toBe(40);
      expect(again.logStartOffset).toBeLessThanOrEqual(Math.max(9, logStartOffset));
      const { bytes, baseOffsets } = await readAll(again);
      expect(baseOffsets).toEqual(
        Array.from({ length: 40 - again.logStartOffset }, (_, i) => again.logStartOffset + i),
      );
      expect(bytes.equals(Buffer.concat(batches.slice(again.logStartOffset)))).toBe(true);
      await opened.store.close();
      if (outcome === "over") break;
    }
  },
  300_000,
);

it("a start without a readable recovery point takes the holes of a compacted log for what they are", async () => {
  const config = { ...compacting, segmentBytes: 400 };
  const { log, disk, promised, clock } = await dirtyLog(config);
  await clean(log, { nowMs: clock.ms });
  const bases = (await log.segments()).map(({ baseOffset }) => baseOffset);
  expect(bases.length).toBeGreaterThan(3);
  const next = hasty(disk.crash("onlySynced"));
  next.setContent("/data/recovery-point-offset-checkpoint", Buffer.from("no checkpoint"));
  const opened = await openStore({ disk: next, configOf: () => config, ...codecs });
  await checkKeyed(opened, promised);
  expect(opened.events.filter(({ type }) => type === "segmentsDropped")).toEqual([]);
  expect(opened.events.filter(({ type }) => type === "segmentRecovered").length).toBe(bases.length);
  await opened.store.close();
});
