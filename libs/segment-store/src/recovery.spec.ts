import { join } from "node:path";
import { readEpochs } from "./checkpoint-files";
import {
  appendOne,
  batch,
  createLog,
  openStore,
  readAll,
  smallSegments,
  TOPIC_ID,
  type TestStore,
} from "./testing/harness";
import { MemoryDisk } from "@moldau/disk";
import { partsOf } from "./parts";

const LOG = "/data/orders-0/00000000000000000000.log";

/** Everything written survives, as after a kill -9; nothing was closed. */
const killed = (disk: MemoryDisk): MemoryDisk => disk.crash(() => 0.4);

async function written(count: number): Promise<{ disk: MemoryDisk; batches: Uint8Array[] }> {
  const { store, disk } = await openStore({ configOf: () => ({ ...smallSegments, segmentBytes: 1e6 }) });
  const log = await createLog(store, { ...smallSegments, segmentBytes: 1e6 });
  const batches: Uint8Array[] = [];
  for (let i = 0; i < count; i++) batches.push(await appendOne(log, { records: 2, epoch: i }));
  return { disk: killed(disk), batches };
}

async function reopened(disk: MemoryDisk): Promise<TestStore & { logEndOffset: number; bytes: Buffer }> {
  const opened = await openStore({ disk });
  const log = opened.store.log(TOPIC_ID, 0)!;
  return { ...opened, logEndOffset: log.logEndOffset, bytes: (await readAll(log)).bytes };
}

it("keeps what was written before a kill, and the epochs with it", async () => {
  const { disk, batches } = await written(5);
  const { store, logEndOffset, bytes, events } = await reopened(disk);
  expect(logEndOffset).toBe(10);
  expect(bytes.equals(Buffer.concat(batches))).toBe(true);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "segmentRecovered", truncatedBytes: 0, nextOffset: 10 }),
  );
  expect(store.log(TOPIC_ID, 0)!.leaderEpochs.entries).toHaveLength(5);
  await store.close();
});

it("cuts a last batch that is torn at any byte, keeps all before it, and goes on from there", async () => {
  const { disk, batches } = await written(3);
  const whole = Buffer.concat(batches);
  const kept = whole.length - batches[2]!.length;
  for (let size = kept; size <= whole.length; size++) {
    const torn = killed(disk);
    disk.failing = () => undefined;
    torn.setContent(LOG, whole.subarray(0, size));
    const { store, logEndOffset, bytes, events } = await reopened(torn);
    const isWhole = size === whole.length;
    expect({ size, logEndOffset }).toEqual({ size, logEndOffset: isWhole ? 6 : 4 });
    expect(bytes.equals(isWhole ? whole : whole.subarray(0, kept))).toBe(true);
    const event = events.find((one) => one.type === "segmentRecovered")!;
    expect(event.truncatedBytes).toBe(isWhole ? 0 : size - kept);
    expect(event.defect === undefined).toBe(isWhole || size === kept);
    const log = store.log(TOPIC_ID, 0)!;
    const added = await appendOne(log);
    expect((await readAll(log, logEndOffset)).bytes.equals(added)).toBe(true);
    await store.close();
  }
});

it("cuts at a last batch with any wrong byte under its CRC, or a tail of zeros", async () => {
  const { disk, batches } = await written(3);
  const whole = Buffer.concat(batches);
  const kept = whole.length - batches[2]!.length;
  const damaged: Buffer[] = [];
  for (let at = kept + 16; at < whole.length; at++) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 0x10;
    damaged.push(bytes);
  }
  for (let at = kept + 8; at < kept + 12; at++) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 0x10;
    damaged.push(bytes);
  }
  damaged.push(Buffer.concat([whole.subarray(0, kept), Buffer.alloc(500)]));
  for (const bytes of damaged) {
    const next = killed(disk);
    disk.failing = () => undefined;
    next.setContent(LOG, bytes);
    const { store, logEndOffset } = await reopened(next);
    expect(logEndOffset).toBe(4);
    await store.close();
  }
});

it("does not allocate what a damaged length claims", async () => {
  const { disk } = await written(3);
  const bytes = Buffer.concat([disk.contentOf(LOG), Buffer.alloc(40)]);
  const header = Buffer.from(batch({ baseOffset: 6 }).subarray(0, 61));
  header.writeInt32BE(0x7fff_fff0, 8);
  disk.setContent(LOG, Buffer.concat([bytes.subarray(0, -40), header, Buffer.alloc(3_000_000)]));
  const { store, logEndOffset } = await reopened(disk);
  expect(logEndOffset).toBe(6);
  await store.close();
});

it("checks batches longer than its buffer piece by piece", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  const large = await appendOne(log, { valueBytes: 2_500_000 });
  await appendOne(log);
  const next = killed(disk);
  const opened = await reopened(next);
  expect(opened.logEndOffset).toBe(2);
  const segments = await opened.store.log(TOPIC_ID, 0)!.segments();
  expect(segments).toHaveLength(2);
  const damaged = killed(next);
  const bytes = Buffer.from(large);
  bytes[2_000_000]! ^= 1;
  damaged.setContent(LOG, bytes);
  expect((await reopened(damaged)).logEndOffset).toBe(0);
});

it("drops the segments behind a damaged one", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  const [, second] = await log.segments();
  const next = killed(disk);
  const path = `/data/orders-0/${String(second!.baseOffset).padStart(20, "0")}.log`;
  const bytes = Buffer.from(next.contentOf(path));
  bytes[70]! ^= 1;
  next.setContent(path, bytes);
  const opened = await reopened(next);
  expect(opened.logEndOffset).toBe(second!.baseOffset);
  expect(opened.events).toContainEqual(
    expect.objectContaining({ type: "segmentsDropped", reason: "behindCorruption" }),
  );
  await opened.store.runDeletions(Infinity);
  expect((await next.list("/data/orders-0")).filter((entry) => entry.name.endsWith(".log"))).toHaveLength(2);
  await opened.store.close();
});

it("reads only from the recovery point on", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 60; i++) await appendOne(log);
  await log.flush();
  await store.writeCheckpoints();
  for (let i = 0; i < 3; i++) await appendOne(log);
  const segments = await log.segments();
  const opened = await reopened(killed(disk));
  expect(opened.logEndOffset).toBe(63);
  const recovered = opened.events.filter((event) => event.type === "segmentRecovered");
  expect(recovered.length).toBeLessThanOrEqual(2);
  expect(segments.length).toBeGreaterThan(4);
  await opened.store.close();
});

it("reads nothing after a clean stop", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  await store.close();
  const opened = await openStore({ disk });
  expect(opened.events.map((event) => event.type)).toEqual(["logsFound", "logLoaded"]);
  expect(opened.store.log(TOPIC_ID, 0)).toMatchObject({ logEndOffset: 30, recoveryPoint: 30 });
  // The marker is gone: a second start after a crash knows that it was one.
  const crashed = await openStore({ disk: killed(disk) });
  expect(crashed.events.map((event) => event.type)).toContain("segmentRecovered");
});

it.each(["index", "timeindex"])("builds a missing or misshapen .%s anew after a clean stop", async (suffix) => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log, { timestamp: 1_700_000_000_000 + i * 10 });
  const segments = await log.segments();
  await store.close();
  const pathOf = (baseOffset: number): string => `/data/orders-0/${String(baseOffset).padStart(20, "0")}.${suffix}`;
  const before = segments.map(({ baseOffset }) => Buffer.from(disk.contentOf(pathOf(baseOffset))));
  await disk.unlink(pathOf(segments[0]!.baseOffset));
  disk.setContent(pathOf(segments[1]!.baseOffset), Buffer.alloc(13));
  await disk.unlink(pathOf(segments.at(-1)!.baseOffset));
  const opened = await openStore({ disk });
  const again = opened.store.log(TOPIC_ID, 0)!;
  expect(again.logEndOffset).toBe(30);
  expect(opened.events.filter((event) => event.type === "indexRebuilt")).toHaveLength(3);
  expect(await again.offsetForTimestamp(1_700_000_000_250)).toMatchObject({ offset: 25 });
  await opened.store.close();
  expect(segments.map(({ baseOffset }) => disk.contentOf(pathOf(baseOffset)).toString("hex"))).toEqual(
    before.map((bytes) => bytes.toString("hex")),
  );
});

it("finds its way through an index of nonsense", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  await store.close();
  disk.setContent("/data/orders-0/00000000000000000000.index", Buffer.from("0000000100ffffff", "hex"));
  const opened = await openStore({ disk });
  expect((await readAll(opened.store.log(TOPIC_ID, 0)!)).baseOffsets).toHaveLength(30);
  await opened.store.close();
});

it("takes the epochs from the batches when their checkpoint is unreadable", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 10; i++) await appendOne(log, { epoch: i < 4 ? 2 : 5 });
  await store.close();
  const path = "/data/orders-0/leader-epoch-checkpoint";
  disk.setContent(path, Buffer.from("nonsense"));
  const opened = await openStore({ disk });
  const epochs = [
    { epoch: 2, startOffset: 0 },
    { epoch: 5, startOffset: 4 },
  ];
  expect(opened.store.log(TOPIC_ID, 0)!.leaderEpochs.entries).toEqual(epochs);
  expect(readEpochs(disk.contentOf(path).toString())).toEqual(epochs);
  await opened.store.close();
});

it("starts at the log start where all segments lie below it", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 10; i++) await appendOne(log);
  await store.close();
  disk.setContent("/data/log-start-offset-checkpoint", Buffer.from("0\n1\norders 0 100\n"));
  const opened = await openStore({ disk });
  expect(opened.store.log(TOPIC_ID, 0)).toMatchObject({ logStartOffset: 100, logEndOffset: 100 });
  expect(opened.events).toContainEqual(expect.objectContaining({ type: "segmentsDropped", reason: "belowLogStart" }));
  await opened.store.close();
});

it("clears up what a stop left half done", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  for (let i = 0; i < 30; i++) await appendOne(log);
  const [first, second] = await log.segments();
  await store.close();
  const name = (baseOffset: number, suffix: string): string =>
    join("/data/orders-0", `${String(baseOffset).padStart(20, "0")}${suffix}`);
  const put = async (path: string, bytes: Uint8Array): Promise<void> => {
    await disk.close(await disk.open(path, { create: true }));
    disk.setContent(path, bytes);
  };
  // A finished swap: one batch that stands for the first segment.
  const swapped = batch({ baseOffset: 0, records: second!.baseOffset });
  await put(name(0, ".log.swap"), swapped);
  await put(name(0, ".index.swap"), Buffer.alloc(0));
  await put(name(0, ".timeindex.swap"), Buffer.alloc(0));
  // An unfinished round of the cleaner further on, an old deletion, an index without its log.
  await put(name(1000, ".log.cleaned"), Buffer.from("half"));
  await put(name(2000, ".log.swap"), Buffer.from("half"));
  await put(name(50, ".log.deleted"), Buffer.from("old"));
  await put(name(3000, ".index"), Buffer.alloc(8));
  const opened = await openStore({ disk });
  const again = opened.store.log(TOPIC_ID, 0)!;
  expect(first!.baseOffset).toBe(0);
  expect(again).toMatchObject({ logStartOffset: 0, logEndOffset: 30 });
  const all = await readAll(again);
  expect(all.bytes.subarray(0, swapped.length).equals(swapped)).toBe(true);
  await opened.store.runDeletions(Infinity);
  const names = (await disk.list("/data/orders-0")).map((entry) => entry.name);
  expect(names.filter((one) => /swap|cleaned|deleted|3000/.test(one))).toEqual([]);
  await opened.store.close();
});

it("recovers a follower's log that begins with a gap", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  await log.append([...partsOf(batch({ baseOffset: 5 })), ...partsOf(batch({ baseOffset: 9 }))]);
  const opened = await reopened(killed(disk));
  expect(opened.logEndOffset).toBe(10);
  const read = await opened.store
    .log(TOPIC_ID, 0)!
    .read({ fetchOffset: 0, maxBytes: 1000, upToOffset: 10, atLeastOne: true });
  expect(read).toMatchObject({ baseOffset: 5, nextOffset: 10 });
  await opened.store.close();
});

it("forgets producer snapshots beyond the end that it found", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  const kept = Buffer.concat([await appendOne(log), await appendOne(log)]);
  await log.writeProducerSnapshot(2, []);
  await appendOne(log);
  await log.writeProducerSnapshot(3, []);
  const next = killed(disk);
  next.setContent(LOG, kept);
  const opened = await reopened(next);
  expect((await opened.store.log(TOPIC_ID, 0)!.latestProducerSnapshot())?.offset).toBe(2);
  await opened.store.close();
});

it("tells how far it is in a large segment, so that nobody takes it for dead", async () => {
  const { store, disk } = await openStore({ configOf: () => ({ ...smallSegments, segmentBytes: 1e9 }) });
  const log = await createLog(store, { ...smallSegments, segmentBytes: 1e9 });
  for (let i = 0; i < 5; i++) await appendOne(log, { valueBytes: 9_000_000 });
  const { events } = await openStore({ disk: killed(disk) });
  const told = events.filter((event) => event.type === "recovering");
  expect(told.map(({ checkedBytes }) => Math.round(checkedBytes / 9_000_000))).toEqual([2, 4]);
  expect(told.every(({ path, sizeBytes }) => path === LOG && sizeBytes > 45_000_000)).toBe(true);
  expect(events.filter((event) => event.type === "logsFound")).toEqual([{ type: "logsFound", total: 1 }]);
});

it("has an epoch on the disk before what was appended in it counts as flushed", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  await appendOne(log, { epoch: 1 });
  log.assignEpoch(2, 1);
  for (let i = 0; i < 40; i++) await appendOne(log, { epoch: 2 });
  await log.flush();
  await store.writeCheckpoints();
  // From here on recovery reads only the last segment, which says nothing of where epoch 2 began.
  expect((await log.segments()).length).toBeGreaterThan(2);
  const after = await reopened(disk.crash("onlySynced"));
  expect(after.store.log(TOPIC_ID, 0)!.leaderEpochs.entries).toEqual([
    { epoch: 1, startOffset: 0 },
    { epoch: 2, startOffset: 1 },
  ]);
  await after.store.close();
});

it("writes no epoch file for a leader that appended nothing, at its stop and the next start", async () => {
  const { store, disk } = await openStore();
  const log = await createLog(store);
  await appendOne(log, { epoch: 1 });
  await store.close();
  let opened = await openStore({ disk });
  const written = disk.contentOf("/data/orders-0/leader-epoch-checkpoint").toString();
  const renames = disk.counts.get("rename");
  for (const epoch of [2, 3]) {
    opened.store.log(TOPIC_ID, 0)!.assignEpoch(epoch, 1);
    expect(opened.store.log(TOPIC_ID, 0)!.leaderEpochs.entries).toHaveLength(2);
    await opened.store.close();
    opened = await openStore({ disk });
  }
  expect(disk.contentOf("/data/orders-0/leader-epoch-checkpoint").toString()).toBe(written);
  // What a stop writes of the whole directory.
  expect(disk.counts.get("rename")! - renames!).toBeLessThanOrEqual(8);
  await appendOne(opened.store.log(TOPIC_ID, 0)!, { epoch: 4 });
  await opened.store.close();
  const epochs = readEpochs(disk.contentOf("/data/orders-0/leader-epoch-checkpoint").toString());
  expect(epochs!.map(({ epoch }) => epoch)).toEqual([1, 4]);
});

// The next leader had no batch yet, so nothing was saved: replicas that knew the epoch in between truncated for ever.
it("an epoch with batches survives a clean stop although the one after it has none (simulation, seed 20261122454)", async () => {
  const opened = await openStore();
  const log = await createLog(opened.store);
  await appendOne(log, { records: 2, epoch: 1 });
  await log.flush();
  log.assignEpoch(2, 2);
  await appendOne(log, { records: 2, epoch: 2 });
  log.assignEpoch(3, 4);
  await opened.store.close();
  const { store } = await openStore({ disk: opened.disk.crash("process") });
  expect(store.log(TOPIC_ID, 0)!.endOffsetForEpoch(2)).toEqual({ epoch: 2, endOffset: 4 });
  await store.close();
});
