import { MemoryDisk } from "@moldau/disk";
import { buildBatch, checkCrc, readBatchHeader } from "@moldau/record-batch";
import { CleaningAborted } from "./cleaning-aborted";
import { batchesIn, clean, codecs, compacting, contentOf, mark, put } from "../testing/compacting";
import { createLog, openStore, TOPIC_ID, type TestStore } from "../testing/harness";
import type { LogConfig } from "../log-config";
import type { PartitionLog } from "../partition-log";

async function compactedLog(config: LogConfig = compacting): Promise<TestStore & { log: PartitionLog }> {
  const opened = await openStore({ configOf: () => config, ...codecs });
  return { ...opened, log: await createLog(opened.store, config) };
}

const value = (key: string, text: string) => ({ key, value: text });
const tombstone = (key: string) => ({ key, value: null });

it("keeps the newest record of each key, where it was", async () => {
  const { store, log, clock, events } = await compactedLog();
  await put(log, [value("a", "1"), value("b", "1"), value("a", "2")]);
  await put(log, [value("c", "1")]);
  await put(log, [value("b", "2"), value("d", "1")]);
  log.roll();
  await put(log, [value("d", "2")]);
  const stats = await clean(log, { nowMs: clock.ms });
  expect(stats).toMatchObject({ endOffset: 6, recordsRead: 6, recordsWritten: 4, segmentsBefore: 1, segmentsAfter: 1 });
  expect(await contentOf(log)).toEqual(["2 a=2", "3 c=1", "4 b=2", "5 d=1", "6 d=2"]);
  expect((await batchesIn(log)).map(({ baseOffset, lastOffset }) => [baseOffset, lastOffset])).toEqual([
    [0, 2],
    [3, 3],
    [4, 5],
    [6, 6],
  ]);
  expect(log).toMatchObject({ logStartOffset: 0, logEndOffset: 7, cleanOffset: 6 });
  expect(events).toContainEqual(expect.objectContaining({ type: "segmentsCleaned", baseOffsets: [0] }));
  await store.close();
});

it("reads on from any offset of a log with holes", async () => {
  const { store, log, clock } = await compactedLog();
  for (let i = 0; i < 60; i++) await put(log, [value(`k${i % 7}`, `v${i}`)]);
  log.roll();
  await put(log, [value("end", "")]);
  await clean(log, { nowMs: clock.ms });
  const offsets = (await batchesIn(log)).map(({ baseOffset }) => baseOffset);
  expect(offsets).toEqual([53, 54, 55, 56, 57, 58, 59, 60]);
  for (let fetchOffset = 0; fetchOffset < log.logEndOffset; fetchOffset++) {
    const read = await log.read({ fetchOffset, maxBytes: 1, upToOffset: Infinity, atLeastOne: true });
    expect(read.baseOffset).toBe(Math.max(53, fetchOffset));
  }
  expect(await log.offsetForTimestamp(1_700_000_000_010)).toMatchObject({ offset: 53 });
  await store.close();
});

it("joins segments up to segment.bytes, and leaves the active one alone", async () => {
  const { store, log, clock } = await compactedLog();
  for (let i = 0; i < 60; i++) await put(log, [value(`k${i % 10}`, "x".repeat(20))]);
  const before = (await log.segments()).length;
  expect(before).toBeGreaterThan(4);
  await clean(log, { nowMs: clock.ms });
  // Groups are made by the sizes before a round: the next one joins what this one has made small.
  await put(log, [value("last", "")]);
  log.roll();
  await clean(log, { nowMs: clock.ms + 1 });
  const segments = await log.segments();
  expect(segments.length).toBeLessThan(before);
  for (const { sizeBytes } of segments) expect(sizeBytes).toBeLessThanOrEqual(compacting.segmentBytes);
  expect(new Set((await contentOf(log)).map((line) => line.split(" ")[1]!.split("=")[0])).size).toBe(11);
  await store.close();
});

it("needs several rounds where the keys do not fit into the memory, and ends with the same log", async () => {
  const rounds = async (memoryBytes: number): Promise<{ content: string[]; count: number }> => {
    const { store, log, clock } = await compactedLog();
    for (let i = 0; i < 200; i++) await put(log, [value(`k${(i * 7) % 50}`, `v${i}`)]);
    log.roll();
    let count = 0;
    while (await clean(log, { nowMs: clock.ms, memoryBytes })) count += 1;
    const content = await contentOf(log);
    await store.close();
    return { content, count };
  };
  const one = await rounds(1_000_000);
  const many = await rounds(24 * 20);
  expect(one.count).toBe(1);
  expect(many.count).toBeGreaterThan(5);
  expect(many.content).toEqual(one.content);
  expect(one.content).toHaveLength(50);
});

it("keeps a tombstone until its horizon, which the first round sets in the batch", async () => {
  const { store, log, clock } = await compactedLog();
  await put(log, [value("a", "1"), value("b", "1")]);
  await put(log, [tombstone("a"), value("c", "1")], { timestamp: 1_600_000_000_000 });
  await put(log, [value("z", "1")]);
  log.roll();
  await put(log, [value("d", "1")]);
  log.roll();
  await clean(log, { nowMs: 5_000 });
  expect(await contentOf(log)).toEqual(["1 b=1", "2 a=", "3 c=1", "4 z=1", "5 d=1"]);
  const withHorizon = (await batchesIn(log)).find(({ baseOffset }) => baseOffset === 2)!;
  expect(withHorizon.horizonMs).toBe(6_000);
  expect(withHorizon.records.map(({ timestamp }) => timestamp)).toEqual([1_600_000_000_000, 1_600_000_000_000]);
  const again = async (nowMs: number): Promise<string[]> => {
    await put(log, [value("e", String(nowMs))]);
    log.roll();
    await clean(log, { nowMs });
    return contentOf(log);
  };
  expect(await again(5_999)).toContain("2 a=");
  expect((await batchesIn(log)).find(({ baseOffset }) => baseOffset === 2)!.horizonMs).toBe(6_000);
  expect(await again(6_000)).not.toContain("2 a=");
  expect((await batchesIn(log)).find(({ baseOffset }) => baseOffset === 2)!).toMatchObject({
    horizonMs: 6_000,
    records: [{ key: "c" }],
  });
  expect(clock.ms).toBeGreaterThan(0);
  await store.close();
});

it("drops aborted records at once, keeps markers until nothing is left and their horizon has passed", async () => {
  const { store, log } = await compactedLog();
  const transactional = async (producerId: number, key: string): Promise<number> => {
    const baseOffset = log.logEndOffset;
    const bytes = buildBatch({
      records: [{ key: Buffer.from(key), value: Buffer.from(`by ${producerId}`), timestamp: 1_700_000_000_000 }],
      baseOffset,
      partitionLeaderEpoch: 0,
      producerId,
      producerEpoch: 0,
      baseSequence: 0,
      transactional: true,
    });
    const timestamps = { maxTimestamp: 1_700_000_000_000, leaderEpoch: 0 };
    await log.append([{ bytes, baseOffset, lastOffset: baseOffset, ...timestamps }]);
    return baseOffset;
  };
  await transactional(1, "a");
  await mark(log, "commit", 1);
  const first = await transactional(2, "a");
  await mark(log, "abort", 2, { firstOffset: first });
  await put(log, [value("x", "1")]);
  log.roll();
  const more = async (nowMs: number): Promise<void> => {
    await put(log, [value("x", String(nowMs))]);
    log.roll();
    await clean(log, { nowMs });
  };
  await more(1_000);
  expect(await contentOf(log)).toContain("0 a=by 1");
  expect(await contentOf(log)).not.toContain("2 a=by 2");
  // The aborted batch was met in this round, so its marker stays as it is, and the transaction in the index.
  expect((await batchesIn(log)).filter(({ control }) => control).map((one) => [one.baseOffset, one.horizonMs])).toEqual(
    [
      [1, undefined],
      [3, undefined],
    ],
  );
  expect(await log.abortedTransactions({ from: 0, to: log.logEndOffset })).toMatchObject([{ firstOffset: first }]);
  await more(2_000);
  expect((await batchesIn(log)).filter(({ control }) => control).map((one) => [one.baseOffset, one.horizonMs])).toEqual(
    [
      [1, undefined],
      [3, 3_000],
    ],
  );
  expect(await log.abortedTransactions({ from: 0, to: log.logEndOffset })).toEqual([]);
  await more(3_000);
  expect((await batchesIn(log)).filter(({ control }) => control).map((one) => one.baseOffset)).toEqual([1]);
  await store.close();
});

it("keeps the batch of a producer's last sequence, and the last batch of the round, empty if need be", async () => {
  const { store, log } = await compactedLog();
  await put(log, [value("a", "1"), value("b", "1")], { producer: { id: 7, epoch: 3, sequence: 10 } });
  await put(log, [value("a", "1")], { producer: { id: 8, epoch: 0, sequence: 0 } });
  await put(log, [value("a", "2"), value("b", "2")]);
  await put(log, [tombstone("c")]);
  log.roll();
  await clean(log, { nowMs: 10, producers: [{ producerId: 7, producerEpoch: 3, lastOffset: 1 }] });
  await put(log, [value("q", "1")]);
  log.roll();
  await clean(log, { nowMs: 9_999, producers: [{ producerId: 7, producerEpoch: 3, lastOffset: 1 }] });
  const batches = await batchesIn(log);
  expect(
    batches.map(({ baseOffset, lastOffset, baseSequence, records }) => [
      baseOffset,
      lastOffset,
      baseSequence,
      records.length,
    ]),
  ).toEqual([
    [0, 1, 10, 0],
    [3, 4, -1, 2],
    [6, 6, -1, 1],
  ]);
  await store.close();
});

it("packs what is left of a compressed batch with its own codec", async () => {
  const { store, log } = await compactedLog();
  await put(log, [value("a", "1".repeat(100)), value("b", "1")], { codec: 1 });
  await put(log, [value("a", "2")], { codec: 1 });
  log.roll();
  await clean(log, { nowMs: 10 });
  expect(await contentOf(log)).toEqual(["1 b=1", "2 a=2"]);
  const { chunks } = await log.read({ fetchOffset: 0, maxBytes: 1, upToOffset: Infinity, atLeastOne: true });
  expect(chunks[0]![22]! & 7).toBe(1);
  await store.close();
});

it("goes on where it ended, after a restart too, and begins anew where the checkpoint is not of this log", async () => {
  const { store, log, disk } = await compactedLog();
  await put(log, [value("a", "1")]);
  log.roll();
  await put(log, [value("a", "2")]);
  await clean(log, { nowMs: 10 });
  expect(Buffer.from(disk.contentOf("/data/cleaner-offset-checkpoint")).toString()).toBe("0\n1\norders 0 1\n");
  await store.close();
  const opened = await openStore({ configOf: () => compacting, disk });
  const again = opened.store.log(TOPIC_ID, 0)!;
  expect(await again.dirtiness(2, 10)).toMatchObject({ firstDirtyOffset: 1, isReset: false, cleanableBytes: 0 });
  again.cleanOffset = 100;
  expect(await again.dirtiness(2, 10)).toMatchObject({ firstDirtyOffset: 0, isReset: true });
  expect(again.cleanOffset).toBe(0);
  await opened.store.close();
});

it("leaves a log with a damaged batch as it is, and says where", async () => {
  const { store, log, disk } = await compactedLog();
  await put(log, [value("a", "1")]);
  const second = (await log.segments())[0]!.sizeBytes;
  await put(log, [value("a", "2")]);
  log.roll();
  await log.flush();
  const path = "/data/orders-0/00000000000000000000.log";
  const bytes = Buffer.from(disk.contentOf(path));
  bytes[bytes.length - 3]! ^= 1;
  disk.setContent(path, bytes);
  await expect(clean(log, { nowMs: 10 })).rejects.toThrow(`${path} holds no sound batch at byte ${second}`);
  await expect(clean(log, { nowMs: 10 })).rejects.toMatchObject({ name: "StorageError", errno: undefined });
  expect(disk.contentOf(path)).toEqual(bytes);
  expect((await disk.list("/data/orders-0")).filter(({ name }) => name.includes("cleaned"))).toEqual([]);
  expect(store.directories()[0]!.offline).toBeUndefined();
  await put(log, [value("b", "1")]);
  await store.close();
});

describe("who may do what at the same time", () => {
  /** A round that stops between two batches until it is let go. */
  async function held(): Promise<TestStore & { log: PartitionLog; round: Promise<unknown>; go: () => void }> {
    const opened = await compactedLog();
    const { log, clock } = opened;
    for (let i = 0; i < 60; i++) await put(log, [value(`k${i % 7}`, `v${i}`)]);
    log.roll();
    await put(log, [value("end", "")]);
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let batches = 0;
    const pace = { onBytes: () => undefined, onBatch: () => (++batches === 70 ? gate : undefined) };
    const round = clean(log, { nowMs: clock.ms, pace }).catch((error: unknown) => error);
    while (batches < 70) await new Promise((resolve) => setImmediate(resolve));
    return { ...opened, round, go };
  }

  it.each([
    ["a truncation", (log: PartitionLog) => log.truncateTo(20), 20],
    ["a new beginning", (log: PartitionLog) => log.truncateFullyAndStartAt(500), 500],
  ])("%s ends the round and waits for it", async (_what, cut, end) => {
    const { store, log, disk, round, go } = await held();
    let isCut = false;
    const cutting = cut(log).then(() => (isCut = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isCut).toBe(false);
    go();
    expect(await round).toBeInstanceOf(CleaningAborted);
    await cutting;
    expect(log.logEndOffset).toBe(end);
    expect((await disk.list("/data/orders-0")).filter(({ name }) => /cleaned|swap/.test(name))).toEqual([]);
    await put(log, [value("after", "1")]);
    await store.close();
  });

  it("who wants it to end waits for it, and another round may follow", async () => {
    const { store, log, round, go, clock, disk } = await held();
    let isOver = false;
    const ending = log.abortCleaning().then(() => (isOver = true));
    expect(log.isCleaningAborted).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOver).toBe(false);
    go();
    expect(await round).toBeInstanceOf(CleaningAborted);
    await ending;
    expect([log.isBeingCleaned, log.isCleaningAborted]).toEqual([false, false]);
    expect((await disk.list("/data/orders-0")).filter(({ name }) => /cleaned|swap/.test(name))).toEqual([]);
    await log.abortCleaning();
    expect(await clean(log, { nowMs: clock.ms })).toMatchObject({ recordsWritten: 7 });
    await store.close();
  });

  it("a deletion ends the round and waits for it", async () => {
    const { store, round, go, disk } = await held();
    const deleting = store.deleteLog(TOPIC_ID, 0);
    go();
    expect(await round).toBeInstanceOf(CleaningAborted);
    await deleting;
    expect((await disk.list("/data")).filter(({ isDirectory }) => isDirectory)).toHaveLength(1);
    expect(store.directories()[0]!.offline).toBeUndefined();
    await store.close();
  });

  it("retention waits for the next time; appends and reads go on", async () => {
    const { store, log, round, go, clock } = await held();
    log.config = { ...compacting, deleteByPolicy: true, retentionMs: 1 };
    log.highWatermark = log.logEndOffset;
    expect(await log.retentionStep(clock.ms + 1e9)).toBe(0);
    await put(log, [value("k0", "newest")]);
    expect(await contentOf(log)).toHaveLength(62);
    go();
    await round;
    expect(await contentOf(log)).toHaveLength(9);
    expect(await log.retentionStep(clock.ms + 1e9)).toBeGreaterThan(0);
    await store.close();
  });

  it("a cleaner's checkpoint follows a truncation", async () => {
    const { store, log } = await compactedLog();
    for (let i = 0; i < 10; i++) await put(log, [value("a", String(i))]);
    log.roll();
    await clean(log, { nowMs: 10 });
    expect(log.cleanOffset).toBe(10);
    await log.truncateTo(9);
    expect(log.cleanOffset).toBe(9);
    await store.close();
  });
});

it("readers find one log or the other, whenever the files are swapped", async () => {
  const disk = new MemoryDisk();
  let die = 1;
  const random = (): number => (die = (die * 16807) % 2147483647) / 2147483647;
  // Files change their names slowly, and are opened at all times.
  disk.delay = (operation) => (operation === "rename" ? 12 : Math.floor(random() * 4));
  const opened = await openStore({
    configOf: () => compacting,
    disk,
    openFilesMax: 1,
    indexCacheBytes: 1,
    tailCacheBytes: 0,
  });
  const log = await createLog(opened.store, compacting);
  const newest = new Map<string, { text: string; offset: number }>();
  let isOver = false;
  const readers = Array.from({ length: 3 }, async () => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      const known = new Map(newest);
      const found = new Map<string, number>();
      let last = -1;
      await log.forEachBatch({ from: 0, to: Infinity }, ({ header }) => {
        expect(header.baseOffset).toBeGreaterThan(last);
        last = header.baseOffset + header.lastOffsetDelta;
      });
      for (const line of await contentOf(log)) {
        const [offset, rest] = line.split(" ") as [string, string];
        found.set(rest.split("=")[0]!, Number(offset));
      }
      for (const key of known.keys()) expect(found.has(key)).toBe(true);
      const at = await log.offsetForTimestamp(1_700_000_000_000);
      if (known.size > 0) expect(at).toBeDefined();
    }
  });
  const jumpers = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      const fetchOffset = Math.floor(random() * log.writtenOffset);
      const before = new Map(newest);
      const read = await log.read({ fetchOffset, maxBytes: 1, upToOffset: Infinity, atLeastOne: true });
      const bytes = Buffer.concat(read.chunks);
      // What was newest all the while is not passed over.
      const there = [...before].filter(
        ([key, { offset }]) => offset >= fetchOffset && newest.get(key)!.offset === offset,
      );
      expect(read.baseOffset).toBeLessThanOrEqual(Math.min(...there.map(([, { offset }]) => offset)));
      if (there.length > 0) expect(bytes.length).toBeGreaterThan(0);
      if (bytes.length === 0) continue;
      const header = readBatchHeader(bytes, 0);
      expect(checkCrc(bytes, 0, header)).toBe(true);
      expect(header.baseOffset + header.lastOffsetDelta).toBeGreaterThanOrEqual(fetchOffset);
    }
  });
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < 12; i++) {
      const key = `k${Math.floor(random() * 9)}`;
      const text = `v${round}-${i}`;
      newest.set(key, { text, offset: await put(log, [value(key, text)]) });
    }
    log.roll();
    await clean(log, { nowMs: round });
  }
  isOver = true;
  await Promise.all([...readers, ...jumpers]);
  const content = await contentOf(log);
  expect(content.map((line) => line.split(" ")[1])).toEqual(
    expect.arrayContaining([...newest].map(([key, { text }]) => `${key}=${text}`)),
  );
  await opened.store.close();
});
