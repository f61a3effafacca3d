import { KafkaError } from "@moldau/base";
import { MemoryDisk, type Survival } from "@moldau/disk";
import { copyProducerSnapshots, copyStep, rewindCopy } from "./copy-log";
import { parsePartitionDirectory } from "./file-names";
import type { LogStore } from "./log-store";
import type { PartitionLog } from "./partition-log";
import {
  appendOne,
  openStore,
  OTHER_TOPIC_ID,
  readAll,
  smallSegments,
  TOPIC_ID,
  type TestStore,
} from "./testing/harness";
import { judge, partOf, snapshotOf, type TransactionalBatch } from "./testing/transactional";

const directories = ["/a", "/b"];
const create = (store: LogStore, directory = "/a", topicId = TOPIC_ID): Promise<PartitionLog> =>
  store.createLog({ topic: "orders", topicId, partition: 0, config: smallSegments, directory });

async function copyAll(log: PartitionLog, copy: PartitionLog): Promise<void> {
  for (let step = { caughtUp: false }; !step.caughtUp;) step = await copyStep(log, copy, 300);
}

async function move(store: LogStore): Promise<PartitionLog> {
  const log = store.log(TOPIC_ID, 0)!;
  const copy = await store.createFutureLog(TOPIC_ID, 0, log.directory === "/a" ? "/b" : "/a");
  await copyAll(log, copy);
  await copyProducerSnapshots(log, copy);
  return store.promoteFutureLog(TOPIC_ID, 0);
}

/** Directories of logs, with their state, in all log.dirs. */
async function found(disk: MemoryDisk): Promise<{ place: string; state: string }[]> {
  const all = await Promise.all(
    directories.map(async (place) =>
      (await disk.list(place)).flatMap(({ name }) => {
        const state = parsePartitionDirectory(name)?.state;
        return state ? [{ place, state }] : [];
      }),
    ),
  );
  return all.flat();
}

const expectSame = async (copy: PartitionLog, log: PartitionLog): Promise<void> => {
  expect(copy.logStartOffset).toBe(log.logStartOffset);
  expect(copy.logEndOffset).toBe(log.logEndOffset);
  expect(copy.leaderEpochs.entries).toEqual(log.leaderEpochs.entries);
  expect((await readAll(copy)).bytes.equals((await readAll(log)).bytes)).toBe(true);
};

describe("a log that moves to another directory", () => {
  it("is there what it was here, down to segments, epochs and snapshots, and the old one is deleted", async () => {
    const { store, disk, clock } = await openStore({ directories });
    const log = await create(store);
    for (let epoch = 0; epoch < 3; epoch++) for (let i = 0; i < 15; i++) await appendOne(log, { records: 2, epoch });
    await log.writeProducerSnapshot(60, []);
    log.highWatermark = 80;
    const bases = (await log.segments()).map(({ baseOffset }) => baseOffset);
    const { bytes } = await readAll(log);
    const moved = await move(store);
    expect(store.log(TOPIC_ID, 0)).toBe(moved);
    expect(store.futureLog(TOPIC_ID, 0)).toBeUndefined();
    expect(moved).toMatchObject({ directory: "/b", path: "/b/orders-0", highWatermark: 80, recoveryPoint: 90 });
    expect((await readAll(moved)).bytes.equals(bytes)).toBe(true);
    expect((await moved.segments()).map(({ baseOffset }) => baseOffset)).toEqual(bases);
    expect(moved.leaderEpochs.entries.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(await moved.latestProducerSnapshot()).toMatchObject({ offset: 60 });
    expect(store.directories().map(({ logCount }) => logCount)).toEqual([0, 1]);
    await appendOne(moved, { epoch: 3 });
    await store.runDeletions(clock.ms + 60_000);
    expect(await found(disk)).toEqual([{ place: "/b", state: "live" }]);
    await store.close();
    const again = await openStore({ directories, disk });
    expect(again.store.log(TOPIC_ID, 0)).toMatchObject({ directory: "/b", logEndOffset: 91, highWatermark: 80 });
    await again.store.close();
    expect(disk.openCount).toBe(0);
  });

  it("goes there and back, and readers and writers of the old one are told that it is gone", async () => {
    const { store } = await openStore({ directories });
    const log = await create(store);
    await appendOne(log);
    await move(store);
    await expect(appendOne(log)).rejects.toMatchObject({ code: KafkaError.UNKNOWN_TOPIC_OR_PARTITION });
    await appendOne(store.log(TOPIC_ID, 0)!);
    const back = await move(store);
    expect(back.directory).toBe("/a");
    expect((await readAll(back)).baseOffsets).toEqual([0, 1]);
    await store.close();
  });

  it("that is cut and written anew while it is copied is cut there too, whatever the copy had", async () => {
    const { store } = await openStore({ directories });
    const log = await create(store);
    for (let i = 0; i < 10; i++) await appendOne(log, { epoch: i < 5 ? 0 : 1 });
    const copy = await store.createFutureLog(TOPIC_ID, 0, "/b");
    await copyAll(log, copy);
    await log.truncateTo(7);
    await copyAll(log, copy);
    await expectSame(copy, log);
    await log.truncateTo(3);
    for (let i = 0; i < 20; i++) await appendOne(log, { epoch: 4 });
    await copyAll(log, copy);
    await expectSame(copy, log);
    await log.truncateFullyAndStartAt(8);
    for (let i = 0; i < 4; i++) await appendOne(log, { epoch: 5 });
    await copyAll(log, copy);
    await expectSame(copy, log);
    await log.truncateFullyAndStartAt(500);
    await copyAll(log, copy);
    await expectSame(copy, log);
    await log.truncateFullyAndStartAt(2);
    await appendOne(log, { epoch: 6 });
    await copyAll(log, copy);
    await expectSame(copy, log);
    await store.close();
  });

  it("begins where the log begins, also inside a batch, and follows its start", async () => {
    const { store } = await openStore({ directories });
    const log = await create(store);
    for (let i = 0; i < 20; i++) await appendOne(log, { records: 10 });
    await log.advanceLogStartOffset(5);
    const copy = await store.createFutureLog(TOPIC_ID, 0, "/b");
    await copyAll(log, copy);
    await expectSame(copy, log);
    log.highWatermark = log.logEndOffset;
    await log.advanceLogStartOffset(155);
    await store.runRetention(0);
    await copyAll(log, copy);
    await expectSame(copy, log);
    await store.runRetention(0);
    expect(copy.firstSegmentOffset).toBe(log.firstSegmentOffset);
    await store.close();
  });

  it("takes along which transactions were aborted, also after a crash that lost a part of the copy", async () => {
    const kinds = ["data", "data", "abort", "data", "commit", "abort", "data"] as const;
    const history: TransactionalBatch[] = Array.from({ length: 70 }, (_, baseOffset) => ({
      producerId: 1 + (baseOffset % 3),
      kind: kinds[(baseOffset * 5) % kinds.length]!,
      baseOffset,
    }));
    const config = { ...smallSegments, segmentBytes: 600 };
    let { store, disk } = await openStore({ directories, configOf: () => config });
    const log = await store.createLog({ topic: "orders", topicId: TOPIC_ID, partition: 0, config, directory: "/a" });
    for (const [i, batch] of history.entries()) {
      const before = history.slice(0, i);
      const part = partOf(batch, before);
      const rolls = log.wouldRoll({ sizeBytes: part.bytes.length, maxTimestamp: 0, lastOffset: i });
      if (rolls) await log.writeProducerSnapshot(i, snapshotOf(before));
      await log.append([part]);
    }
    const copy = await store.createFutureLog(TOPIC_ID, 0, "/b");
    while (copy.logEndOffset < 40) await copyStep(log, copy, 300);
    ({ store, disk } = await openStore({ directories, disk: disk.crash("process"), configOf: () => config }));
    const found = store.futureLog(TOPIC_ID, 0)!;
    expect(found.logEndOffset).toBeGreaterThanOrEqual(40);
    await rewindCopy(found);
    expect(found.logEndOffset).toBeLessThan(40);
    await copyAll(store.log(TOPIC_ID, 0)!, found);
    await copyProducerSnapshots(store.log(TOPIC_ID, 0)!, found);
    const moved = await store.promoteFutureLog(TOPIC_ID, 0);
    const { aborted } = judge(history);
    expect(await moved.abortedTransactions({ from: 0, to: 70 })).toEqual(aborted);
    ({ store } = await openStore({ directories, disk: disk.crash("process"), configOf: () => config }));
    expect(await store.log(TOPIC_ID, 0)!.abortedTransactions({ from: 0, to: 70 })).toEqual(aborted);
  });

  it("is read again where compaction took away what told of an abort that was read already", async () => {
    const history: TransactionalBatch[] = (["data", "data", "abort", "data", "abort", "data"] as const).map(
      (kind, baseOffset) => ({ producerId: 1, kind, baseOffset }),
    );
    const config = { ...smallSegments, segmentBytes: 10_000 };
    const { store } = await openStore({ directories, configOf: () => config });
    const log = await store.createLog({ topic: "orders", topicId: TOPIC_ID, partition: 0, config, directory: "/a" });
    for (const [i, batch] of history.entries()) await log.append([partOf(batch, history.slice(0, i))]);
    const copy = await store.createFutureLog(TOPIC_ID, 0, "/b");
    let replacements = 0;
    const asked: number[] = [];
    // The second abort is asked for just when the first segments are replaced, and nothing is known of it for that once.
    const compacting = Object.create(log, {
      replacements: { get: () => replacements },
      abortedTransactions: {
        value: async (range: { from: number; to: number }) => {
          if (asked.push(range.from) !== 2) return log.abortedTransactions(range);
          replacements++;
          return [];
        },
      },
    }) as PartitionLog;
    // A log's methods want the log itself, not what stands before it.
    for (const name of ["read", "endOffsetForEpoch", "segmentOffsetOf"] as const) {
      Object.defineProperty(compacting, name, { value: (log[name] as () => unknown).bind(log) });
    }
    for (const name of ["writtenOffset", "logStartOffset", "logEndOffset", "highWatermark", "config"] as const) {
      Object.defineProperty(compacting, name, { get: () => log[name] });
    }
    expect((await copyStep(compacting, copy, 10_000)).caughtUp).toBe(false);
    expect(copy.logEndOffset).toBe(4);
    expect((await copyStep(compacting, copy, 10_000)).caughtUp).toBe(true);
    expect(asked).toEqual([2, 4, 4]);
    expect(await copy.abortedTransactions({ from: 0, to: 6 })).toEqual(judge(history).aborted);
    await store.close();
  });

  it("is given up, and its files with it", async () => {
    const { store, disk, clock } = await openStore({ directories });
    const log = await create(store);
    await appendOne(log);
    const copy = await store.createFutureLog(TOPIC_ID, 0, "/b");
    expect(await store.createFutureLog(TOPIC_ID, 0, "/b")).toBe(copy);
    await copyStep(log, copy, 300);
    await store.dropFutureLog(TOPIC_ID, 0);
    await store.dropFutureLog(TOPIC_ID, 0);
    expect([...store.futureLogs()]).toEqual([]);
    await store.runDeletions(clock.ms);
    expect(await found(disk)).toEqual([{ place: "/a", state: "live" }]);
    await appendOne(log);
    await store.close();
  });

  it("is refused where it is not known, too long, or a directory is offline", async () => {
    const { store, disk } = await openStore({ directories: ["/a", "/b", "/c"] });
    const log = await create(store);
    await expect(store.createFutureLog(TOPIC_ID, 0, "/d")).rejects.toMatchObject({
      code: KafkaError.LOG_DIR_NOT_FOUND,
    });
    await expect(store.createFutureLog(OTHER_TOPIC_ID, 0, "/b")).rejects.toMatchObject({
      code: KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
    });
    const topic = "t".repeat(230);
    await store.createLog({ topic, topicId: OTHER_TOPIC_ID, partition: 0, config: smallSegments, directory: "/a" });
    await expect(store.createFutureLog(OTHER_TOPIC_ID, 0, "/b")).rejects.toMatchObject({
      code: KafkaError.INVALID_TOPIC_EXCEPTION,
    });
    disk.failing = (operation, path) => (path.startsWith("/c") && operation !== "lock" ? "EIO" : undefined);
    await store.writeCheckpoints();
    await expect(store.createFutureLog(TOPIC_ID, 0, "/b")).rejects.toMatchObject({
      code: KafkaError.KAFKA_STORAGE_ERROR,
    });
    await appendOne(log);
    await store.close();
  });

  it("loses nothing when the directory that it goes to, or the one that it leaves, fails while they are swapped", async () => {
    for (const failing of ["/a", "/b"]) {
      const { store, disk } = await openStore({ directories });
      const log = await create(store);
      for (let i = 0; i < 5; i++) await appendOne(log);
      await log.flush();
      const copy = await store.createFutureLog(TOPIC_ID, 0, "/b");
      await copyAll(log, copy);
      disk.failing = (operation, path) => (operation === "rename" && path.startsWith(failing) ? "EIO" : undefined);
      await expect(store.promoteFutureLog(TOPIC_ID, 0)).rejects.toMatchObject({ code: KafkaError.KAFKA_STORAGE_ERROR });
      expect(store.directories().map(({ path, offline }) => offline && path)).toContain(failing);
      disk.failing = () => undefined;
      await store.close();
      const again = await openStore({ directories, disk });
      const left = again.store.log(TOPIC_ID, 0) ?? (await again.store.promoteFutureLog(TOPIC_ID, 0));
      expect((await readAll(left)).baseOffsets).toEqual([0, 1, 2, 3, 4]);
      await again.store.close();
    }
  });
});

/** Runs `work` and stops the disk for good at its operation number `stopAt`; says whether it came so far. */
async function killedAt(disk: MemoryDisk, stopAt: number, work: () => Promise<unknown>): Promise<boolean> {
  let count = 0;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  disk.latency = () => {
    if (count++ < stopAt) return new Promise((resolve) => setImmediate(resolve));
    stop();
    return new Promise(() => undefined);
  };
  const done = work().then(
    () => true,
    () => true,
  );
  const finished = await Promise.race([done, stopped.then(() => false)]);
  disk.latency = () => new Promise((resolve) => setImmediate(resolve));
  return !finished;
}

const survivals: [string, (seed: number) => Survival][] = [
  ["a kill", () => "process"],
  ["a power cut that takes whatever is not synced", () => "onlySynced"],
  [
    "a power cut that takes some of what is not synced",
    (seed) => {
      let state = (seed + 1) * 2654435761;
      return { random: () => ((state = (state * 1103515245 + 12345) >>> 0) >>> 8) / 2 ** 24, keep: 0.5 };
    },
  ],
];

/** Tries `check` over the disk that a stop at each of the operations of `work` leaves. */
async function atEveryOperation(
  how: (seed: number) => Survival,
  prepare: () => Promise<TestStore>,
  work: (store: LogStore) => Promise<unknown>,
  check: (disk: MemoryDisk, stopAt: number) => Promise<void>,
): Promise<number> {
  for (let stopAt = 0; ; stopAt++) {
    const { store, disk } = await prepare();
    const wasKilled = await killedAt(disk, stopAt, () => work(store));
    await check(disk.crash(how(stopAt)), stopAt);
    if (!wasKilled) return stopAt;
  }
}

/** As a broker does at its start: goes on with a move, or ends it where only the copy is left. */
async function afterStart({ store }: TestStore): Promise<PartitionLog> {
  const copy = store.futureLog(TOPIC_ID, 0);
  const log = store.log(TOPIC_ID, 0);
  if (!copy) return log!;
  if (log) {
    await rewindCopy(copy);
    await copyAll(log, copy);
  }
  return store.promoteFutureLog(TOPIC_ID, 0);
}

describe.each(survivals)("at every disk operation, %s", (_name, how) => {
  it("in a move leaves one log with everything acknowledged in it, and the move can go on", async () => {
    const operations = await atEveryOperation(
      how,
      async () => {
        const opened = await openStore({ directories });
        const log = await create(opened.store);
        for (let i = 0; i < 12; i++) await appendOne(log, { records: 2, epoch: i >> 2 });
        await log.writeProducerSnapshot(24, []);
        await log.flush();
        await opened.store.writeCheckpoints();
        return opened;
      },
      async (store) => {
        await move(store);
        await store.runDeletions(Infinity);
      },
      async (disk, stopAt) => {
        const opened = await openStore({ directories, disk });
        const states = (await found(disk)).map(({ state }) => state);
        expect({ stopAt, live: states.filter((state) => state === "live").length }).toEqual({
          stopAt,
          live: opened.store.log(TOPIC_ID, 0) ? 1 : 0,
        });
        const log = await afterStart(opened);
        expect({ stopAt, end: log.logEndOffset }).toEqual({ stopAt, end: 24 });
        expect((await readAll(log)).baseOffsets).toEqual(Array.from({ length: 12 }, (_, i) => 2 * i));
        expect(log.leaderEpochs.entries.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
        await appendOne(log, { epoch: 3 });
        await opened.store.runDeletions(Infinity);
        await opened.store.close();
        expect((await found(disk)).map(({ state }) => state)).toEqual(["live"]);
      },
    );
    expect(operations).toBeGreaterThan(60);
  });

  it("in a deletion leaves the log or nothing, and nothing comes back once it was gone", async () => {
    let wasGone = false;
    const operations = await atEveryOperation(
      how,
      async () => {
        const opened = await openStore({ directories });
        const log = await create(opened.store);
        for (let i = 0; i < 12; i++) await appendOne(log);
        await log.flush();
        const copy = await opened.store.createFutureLog(TOPIC_ID, 0, "/b");
        await copyStep(log, copy, 300);
        await opened.store.writeCheckpoints();
        wasGone = false;
        return opened;
      },
      async (store) => {
        await store.deleteLog(TOPIC_ID, 0);
        wasGone = true;
        await store.runDeletions(Infinity);
      },
      async (disk, stopAt) => {
        const opened = await openStore({ directories, disk });
        const log = opened.store.log(TOPIC_ID, 0);
        if (wasGone) expect({ stopAt, log }).toEqual({ stopAt, log: undefined });
        // The copy goes first: alone it would be taken for the log.
        if (!log) expect([...opened.store.futureLogs()]).toEqual([]);
        if (log) expect((await readAll(log)).baseOffsets).toHaveLength(12);
        await opened.store.deleteLog(TOPIC_ID, 0);
        await opened.store.runDeletions(Infinity);
        await opened.store.close();
        expect(await found(disk)).toEqual([]);
      },
    );
    expect(operations).toBeGreaterThan(20);
  });

  it("in a deletion and what is made anew under the name leaves the old, the new or nothing, never a mixture", async () => {
    let acknowledged = 0;
    await atEveryOperation(
      how,
      async () => {
        const opened = await openStore({ directories });
        const log = await create(opened.store);
        for (let i = 0; i < 12; i++) await appendOne(log);
        await log.flush();
        await opened.store.writeCheckpoints();
        acknowledged = 0;
        return opened;
      },
      async (store) => {
        await store.deleteLog(TOPIC_ID, 0);
        const log = await create(store, "/a", OTHER_TOPIC_ID);
        for (let i = 0; i < 3; i++) {
          await appendOne(log, { records: 5, epoch: 7 });
          await log.flush();
          acknowledged = log.logEndOffset;
        }
        await store.runDeletions(Infinity);
      },
      async (disk, stopAt) => {
        const opened = await openStore({ directories, disk });
        const old = opened.store.log(TOPIC_ID, 0);
        if (old) {
          expect({ stopAt, acknowledged, end: old.logEndOffset }).toEqual({ stopAt, acknowledged: 0, end: 12 });
          await opened.store.deleteLog(TOPIC_ID, 0);
        }
        const log = await create(opened.store, "/a", OTHER_TOPIC_ID);
        expect(log.logEndOffset).toBeGreaterThanOrEqual(acknowledged);
        expect(log.leaderEpochs.entries.every(({ epoch }) => epoch === 7)).toBe(true);
        expect((await readAll(log)).baseOffsets.every((offset) => offset % 5 === 0)).toBe(true);
        await opened.store.close();
      },
    );
  });
});
