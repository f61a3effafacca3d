import { KafkaError } from "@moldau/base";
import { defaultLogConfig } from "./log-config";
import { partsOf } from "./parts";
import { appendOne, batch, createLog, openStore, readAll, smallSegments, TOPIC_ID } from "./testing/harness";

const NOW = 1_700_000_000_000;

it("appends in order, writes what waits in one go, and reads back the same bytes", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig });
  const batches = Array.from({ length: 100 }, (_, i) => batch({ baseOffset: i * 2, records: 2 }));
  const appended = batches.map((bytes) => log.append(partsOf(bytes)));
  expect(log.logEndOffset).toBe(200);
  expect(log.writtenOffset).toBe(0);
  await Promise.all(appended);
  expect(log.writtenOffset).toBe(200);
  const writesOfBatches = disk.counts.get("write")!;
  expect(writesOfBatches).toBeLessThan(10);
  expect((await readAll(log)).bytes.equals(Buffer.concat(batches))).toBe(true);
  await store.close();
});

it("reads nothing that is not written or lies at the bound, and refuses what is outside", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 5; i++) await appendOne(log, { records: 2 });
  const read = (fetchOffset: number, upToOffset: number, maxBytes = 1000): ReturnType<typeof log.read> =>
    log.read({ fetchOffset, upToOffset, maxBytes, atLeastOne: true });
  expect(await read(0, 4)).toMatchObject({ baseOffset: 0, nextOffset: 4 });
  expect(await read(3, 10)).toMatchObject({ baseOffset: 2, nextOffset: 10 });
  expect(await read(0, 3)).toMatchObject({ nextOffset: 2 });
  expect(await read(4, 4)).toMatchObject({ sizeBytes: 0, nextOffset: 4 });
  expect(await read(10, Infinity)).toMatchObject({ sizeBytes: 0 });
  expect(await read(0, 10, 1)).toMatchObject({ nextOffset: 2 });
  expect(await log.read({ fetchOffset: 0, upToOffset: 10, maxBytes: 1, atLeastOne: false })).toMatchObject({
    sizeBytes: 0,
  });
  await expect(read(11, 20)).rejects.toMatchObject({ code: KafkaError.OFFSET_OUT_OF_RANGE });
  const pending = log.append(partsOf(batch({ baseOffset: 10 })));
  expect(await read(10, Infinity)).toMatchObject({ sizeBytes: 0 });
  await pending;
  await store.close();
});

it("reads a batch larger than any buffer it began with", async () => {
  const { store } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig });
  await appendOne(log);
  const large = await appendOne(log, { valueBytes: 300_000 });
  await appendOne(log);
  const read = await log.read({ fetchOffset: 1, maxBytes: 100, upToOffset: 10, atLeastOne: true });
  expect(Buffer.concat(read.chunks).equals(large)).toBe(true);
  await store.close();
});

it("follows the tail from memory and goes on from the file where memory ends", async () => {
  const { store, disk } = await openStore({ tailCacheBytes: 1000 });
  const log = await createLog(store, { ...defaultLogConfig });
  const expected: Uint8Array[] = [await appendOne(log)];
  await readAll(log);
  for (let i = 0; i < 50; i++) {
    expected.push(await appendOne(log));
    const before = disk.counts.get("read") ?? 0;
    const read = await log.read({ fetchOffset: i + 1, maxBytes: 1000, upToOffset: Infinity, atLeastOne: true });
    expect(Buffer.concat(read.chunks).equals(expected.at(-1)!)).toBe(true);
    expect(disk.counts.get("read") ?? 0).toBe(before);
  }
  expect(store.stats().tailCacheBytes).toBeLessThanOrEqual(1000);
  expect((await readAll(log)).bytes.equals(Buffer.concat(expected))).toBe(true);
  await store.close();
});

it("keeps no view of the caller's memory", async () => {
  const { store } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig });
  await appendOne(log);
  await readAll(log);
  const frame = batch({ baseOffset: 1 });
  const wanted = frame.slice();
  await log.append(partsOf(frame));
  frame.fill(0);
  const read = await log.read({ fetchOffset: 1, maxBytes: 1000, upToOffset: Infinity, atLeastOne: true });
  expect(Buffer.concat(read.chunks).equals(wanted)).toBe(true);
  await store.close();
});

it("rolls by size and tells the owner; older segments end a long poll", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  const rolls: number[] = [];
  log.onRoll = (baseOffset) => void rolls.push(baseOffset);
  for (let i = 0; i < 30; i++) await appendOne(log);
  const segments = await log.segments();
  expect(segments.length).toBeGreaterThan(2);
  expect(rolls).toEqual(segments.slice(1).map((segment) => segment.baseOffset));
  expect(segments.every((segment) => segment.sizeBytes <= 1000)).toBe(true);
  const read = async (fetchOffset: number): Promise<boolean> =>
    (await log.read({ fetchOffset, maxBytes: 100, upToOffset: Infinity, atLeastOne: true })).fromOlderSegment;
  expect(await read(0)).toBe(true);
  expect(await read(29)).toBe(false);
  expect((await readAll(log)).baseOffsets).toHaveLength(30);
  await store.close();
});

it("rolls where an offset does not fit 32 bits", async () => {
  const { store } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig });
  const far = 2 ** 31 + 5;
  await log.append(partsOf(batch({ baseOffset: 7 })));
  await log.append(partsOf(batch({ baseOffset: far })));
  expect((await log.segments()).map((segment) => segment.baseOffset)).toEqual([0, far]);
  expect((await readAll(log, 0)).baseOffsets).toEqual([7, far]);
  await store.close();
});

it("puts closed segments onto the disk in the background", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  const lastBase = (await log.segments()).at(-1)!.baseOffset;
  for (let i = 0; i < 200 && log.recoveryPoint < lastBase; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(log.recoveryPoint).toBeGreaterThanOrEqual(lastBase);
  await store.close();
});

it("finds records by time, over segments and inside batches", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  expect(await log.maxTimestampOffset()).toBeUndefined();
  for (let i = 0; i < 30; i++) await appendOne(log, { records: 2, timestamp: NOW + (i === 11 ? 50_000 : i * 100) });
  expect(await log.offsetForTimestamp(NOW)).toMatchObject({ offset: 0, timestamp: NOW });
  expect(await log.offsetForTimestamp(NOW + 401)).toMatchObject({ offset: 9, timestamp: NOW + 401 });
  expect(await log.offsetForTimestamp(NOW + 402)).toMatchObject({ offset: 10, timestamp: NOW + 500 });
  expect(await log.offsetForTimestamp(NOW + 50_000)).toMatchObject({ offset: 22 });
  expect(await log.offsetForTimestamp(NOW + 60_000)).toBeUndefined();
  expect(await log.maxTimestampOffset()).toMatchObject({ offset: 23, timestamp: NOW + 50_001 });
  await log.advanceLogStartOffset(13);
  expect(await log.offsetForTimestamp(NOW)).toMatchObject({ offset: 13 });
  await store.close();
});

it("truncates to a batch boundary at or below the offset, again and again", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log, { records: 2, epoch: Math.floor(i / 10), timestamp: NOW + i });
  await log.flush();
  await log.truncateTo(60);
  expect(log.logEndOffset).toBe(60);
  await log.truncateTo(41);
  expect(log).toMatchObject({ logEndOffset: 40, recoveryPoint: 40 });
  expect(log.leaderEpochs.latest()).toEqual({ epoch: 1, startOffset: 20 });
  expect(await log.maxTimestampOffset()).toMatchObject({ offset: 39 });
  const fresh = await appendOne(log, { records: 3, epoch: 7, timestamp: NOW });
  expect(log.leaderEpochs.latest()).toEqual({ epoch: 7, startOffset: 40 });
  expect((await readAll(log)).baseOffsets).toHaveLength(21);
  expect((await readAll(log, 41)).bytes.equals(fresh)).toBe(true);
  await store.close();
  const again = await openStore({ disk });
  expect((await readAll(again.store.log(TOPIC_ID, 0)!)).baseOffsets).toHaveLength(21);
  await again.store.close();
});

it("starts anew at an offset, and remembers it without a batch", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  await log.truncateFullyAndStartAt(500);
  expect(log).toMatchObject({ logStartOffset: 500, logEndOffset: 500 });
  expect(log.leaderEpochs.entries).toEqual([]);
  await store.close();
  const again = await openStore({ disk });
  const reopened = again.store.log(TOPIC_ID, 0)!;
  expect(reopened).toMatchObject({ logStartOffset: 500, logEndOffset: 500 });
  await appendOne(reopened);
  expect((await readAll(reopened)).baseOffsets).toEqual([500]);
  await reopened.truncateTo(100);
  expect(reopened).toMatchObject({ logStartOffset: 100, logEndOffset: 100 });
  await again.store.close();
});

it("deletes segments by time below the high watermark, the active one too", async () => {
  const { store, clock, disk } = await openStore();
  const log = await createLog(store, { ...smallSegments, retentionMs: 1000, fileDeleteDelayMs: 60_000 });
  for (let i = 0; i < 30; i++) await appendOne(log, { timestamp: NOW });
  const segments = await log.segments();
  expect(await store.runRetention(NOW + 2000)).toBe(0);
  log.highWatermark = segments[1]!.baseOffset + 1;
  expect(await store.runRetention(NOW + 2000)).toBe(1);
  expect(log.logStartOffset).toBe(segments[1]!.baseOffset);
  log.highWatermark = 30;
  expect(await store.runRetention(NOW + 2000)).toBe(segments.length - 1);
  expect(log).toMatchObject({ logStartOffset: 30, logEndOffset: 30, sizeBytes: 0 });
  await expect(log.read({ fetchOffset: 0, maxBytes: 1, upToOffset: 30, atLeastOne: true })).rejects.toMatchObject({
    code: KafkaError.OFFSET_OUT_OF_RANGE,
  });
  const deleted = async (): Promise<number> =>
    (await disk.list(log.path)).filter((entry) => entry.name.endsWith(".log.deleted")).length;
  expect(await deleted()).toBe(segments.length);
  await store.runDeletions(clock.ms + 59_999);
  expect(await deleted()).toBe(segments.length);
  await store.runDeletions(clock.ms + 60_000);
  expect(await deleted()).toBe(0);
  await appendOne(log);
  expect((await readAll(log)).baseOffsets).toEqual([30]);
  await store.close();
});

it("lets a reader finish whose segment is deleted meanwhile", async () => {
  const { store } = await openStore();
  const log = await createLog(store, { ...smallSegments, retentionMs: 1000 });
  for (let i = 0; i < 30; i++) await appendOne(log, { timestamp: NOW });
  log.highWatermark = 30;
  const reading = log.read({ fetchOffset: 0, maxBytes: 1000, upToOffset: 30, atLeastOne: true });
  await store.runRetention(NOW + 2000);
  await reading.then(
    (read) => expect(read.sizeBytes).toBeGreaterThan(0),
    (error: unknown) => expect(error).toMatchObject({ code: KafkaError.OFFSET_OUT_OF_RANGE }),
  );
  expect(store.directories()[0]!.offline).toBeUndefined();
  await store.close();
});

it("moves the log start for DeleteRecords and remembers it", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 10; i++) await appendOne(log, { epoch: i });
  await log.advanceLogStartOffset(7);
  expect(log.leaderEpochs.entries.map(({ epoch }) => epoch)).toEqual([7, 8, 9]);
  const afterCrash = await openStore({ disk: disk.crash(() => 0) });
  expect(afterCrash.store.log(TOPIC_ID, 0)!.logStartOffset).toBe(7);
  await afterCrash.store.close();
});

it("waits for the disk after flush.messages", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig, flushMessages: 3 });
  await appendOne(log);
  await appendOne(log);
  expect(log.recoveryPoint).toBe(0);
  await appendOne(log);
  expect(log.recoveryPoint).toBe(3);
  const syncs = disk.counts.get("sync")!;
  await Promise.all([appendOne(log, { records: 3 }), appendOne(log, { records: 3 }), appendOne(log, { records: 3 })]);
  expect(log.recoveryPoint).toBe(12);
  expect(disk.counts.get("sync")! - syncs).toBeLessThanOrEqual(2);
  await store.close();
});

it("flushes by flush.ms when the store is asked to", async () => {
  const { store, clock } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig, flushMs: 1000 });
  await appendOne(log);
  await store.runFlushes(clock.ms + 999);
  expect(log.recoveryPoint).toBe(0);
  await store.runFlushes(clock.ms + 1000);
  expect(log.recoveryPoint).toBe(1);
  await store.close();
});

it("says when the disk does not keep up", async () => {
  const { store } = await openStore({ writeQueueBytes: 500 });
  const log = await createLog(store, { ...defaultLogConfig });
  const first = log.append(partsOf(batch({ baseOffset: 0, valueBytes: 300 })));
  expect(log.isQueueFull).toBe(false);
  const second = log.append(partsOf(batch({ baseOffset: 1, valueBytes: 300 })));
  expect(log.isQueueFull).toBe(true);
  await log.whenWritable();
  expect(log.isQueueFull).toBe(false);
  await Promise.all([first, second]);
  await store.close();
});

it("visits batches for replay, from inside a batch to a bound, until told to stop", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log, { records: 2 });
  const visited = async (from: number, to: number, stopAt = Infinity): Promise<number[]> => {
    const seen: number[] = [];
    await log.forEachBatch({ from, to }, async ({ header }) => {
      seen.push(header.baseOffset);
      await Promise.resolve();
      return header.baseOffset < stopAt;
    });
    return seen;
  };
  expect(await visited(0, Infinity)).toHaveLength(30);
  expect(await visited(5, 9)).toEqual([4, 6, 8]);
  expect(await visited(20, 60, 26)).toEqual([20, 22, 24, 26]);
  await store.close();
});

it("forgets an epoch that began at its end and got no batch, when it is cut there", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  await appendOne(log, { records: 2, epoch: 1 });
  log.assignEpoch(2, 2);
  expect(log.endOffsetForEpoch(2)).toEqual({ epoch: 2, endOffset: 2 });
  await log.truncateTo(2);
  expect(log.leaderEpochs.entries).toEqual([{ epoch: 1, startOffset: 0 }]);
  expect(log.logEndOffset).toBe(2);
  await store.close();
});

it("keeps the newest producer snapshots, and those below a cut", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  for (const offset of [5, 10, 15, 20, 25]) await log.writeProducerSnapshot(offset, []);
  expect((await log.latestProducerSnapshot())?.offset).toBe(25);
  expect((await log.latestProducerSnapshot(19))?.offset).toBe(15);
  expect(await log.latestProducerSnapshot(9)).toBeUndefined();
  await log.truncateTo(20);
  expect((await log.latestProducerSnapshot())?.offset).toBe(20);
  disk.setContent(`${log.path}/00000000000000000020.snapshot`, Buffer.from("damaged"));
  expect((await log.latestProducerSnapshot())?.offset).toBe(15);
  await store.close();
});

it("refuses a batch below its end: that is the caller's bug", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  await appendOne(log, { records: 3 });
  expect(() => log.append(partsOf(batch({ baseOffset: 2 })))).toThrow("log end 3");
  await store.close();
  await expect(log.append(partsOf(batch({ baseOffset: 3 })))).rejects.toMatchObject({ path: log.path });
});

it("makes an index entry when more than the interval went by, not when it is just reached", async () => {
  const size = batch({ baseOffset: 0 }).length;
  const { store, disk } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig, indexIntervalBytes: size });
  for (let i = 0; i < 4; i++) await appendOne(log);
  await store.close();
  const index = disk.contentOf(`${log.path}/00000000000000000000.index`);
  expect([index.length, index.readInt32BE(0), index.readInt32BE(4)]).toEqual([8, 2, 2 * size]);
});

it("forgets where readers were when the log is cut and grows differently", async () => {
  const { store } = await openStore({ tailCacheBytes: 0 });
  const log = await createLog(store, { ...defaultLogConfig });
  for (let i = 0; i < 4; i++) await appendOne(log);
  await log.read({ fetchOffset: 0, maxBytes: 1, upToOffset: 2, atLeastOne: true });
  await log.read({ fetchOffset: 1, maxBytes: 1, upToOffset: 2, atLeastOne: true });
  await log.truncateTo(1);
  await appendOne(log, { valueBytes: 77 });
  const wanted = await appendOne(log, { valueBytes: 33 });
  const read = await log.read({ fetchOffset: 2, maxBytes: 1000, upToOffset: 3, atLeastOne: true });
  expect(Buffer.concat(read.chunks).equals(wanted)).toBe(true);
  await store.close();
});

it("has the leader epochs on the disk before it calls anything flushed", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store, { ...defaultLogConfig });
  disk.delay = (_operation, path) => (path.includes("leader-epoch") ? 20 : 0);
  await appendOne(log, { epoch: 3 });
  await log.flush();
  expect(disk.contentOf(`${log.path}/leader-epoch-checkpoint`).toString()).toBe("0\n1\n3 0\n");
  await store.close();
});

it("has a new segment's name on the disk before it calls it flushed", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  await appendOne(log);
  await log.flush();
  for (let i = 0; i < 14; i++) await appendOne(log);
  await log.flush();
  const crashed = await openStore({ disk: disk.crash("onlySynced") });
  expect(crashed.store.log(TOPIC_ID, 0)!.logEndOffset).toBe(15);
  await crashed.store.close();
});

it("queues cuts, and closing behind them", async () => {
  const { store } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  const cuts = [log.truncateTo(20), log.truncateTo(10), store.close()];
  expect(() => log.append(partsOf(batch({ baseOffset: 30 })))).toThrow("being cut");
  await Promise.all(cuts);
  expect(log.logEndOffset).toBe(10);
});

it("reads at once where the disk says so, and tells of a failure then as of any other", async () => {
  const { store, disk, events } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 5; i++) await appendOne(log);
  const wanted = { fetchOffset: 1, maxBytes: 1 << 20, upToOffset: 4, atLeastOne: true };
  const { chunks } = await log.read(wanted);
  disk.isAtOnce = () => true;
  const before = disk.counts.get("read");
  const again = await log.read(wanted);
  expect(Buffer.concat(again.chunks).equals(Buffer.concat(chunks))).toBe(true);
  expect([disk.counts.get("readNow"), disk.counts.get("read")]).toEqual([1, before]);
  disk.failing = (operation) => (operation === "readNow" ? "EIO" : undefined);
  await expect(log.read(wanted)).rejects.toMatchObject({ code: KafkaError.KAFKA_STORAGE_ERROR });
  expect(events.map(({ type }) => type)).toContain("directoryOffline");
});

it("writes at once where the disk has room for it, and tells of a failure then as of any other", async () => {
  const { store, disk, events } = await openStore();
  disk.isAtOnce = () => true;
  const log = await createLog(store);
  await log.append(partsOf(batch({ baseOffset: 0 })));
  const before = disk.counts.get("write");
  await log.append(partsOf(batch({ baseOffset: log.logEndOffset })));
  expect([disk.counts.get("writeNow"), disk.counts.get("write")]).toEqual([2, before]);
  expect(log.writtenOffset).toBe(log.logEndOffset);
  disk.failing = (operation) => (operation === "writeNow" ? "ENOSPC" : undefined);
  await expect(log.append(partsOf(batch({ baseOffset: log.logEndOffset })))).rejects.toMatchObject({
    code: KafkaError.KAFKA_STORAGE_ERROR,
  });
  expect(events.map(({ type }) => type)).toContain("directoryOffline");
});
