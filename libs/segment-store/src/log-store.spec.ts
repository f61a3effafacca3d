import { KafkaError } from "@moldau/base";
import type { LogStoreOptions } from "./log-store";
import { LogStore } from "./log-store";
import { partsOf } from "./parts";
import {
  appendOne,
  batch,
  createLog,
  openStore,
  OTHER_TOPIC_ID,
  readAll,
  smallSegments,
  TestClock,
  TOPIC_ID,
} from "./testing/harness";
import { MemoryDisk } from "@moldau/disk";

const two = ["/disk1", "/disk2"];

async function refusal(disk: MemoryDisk, options: Partial<LogStoreOptions> = {}): Promise<unknown> {
  const base = { directories: ["/data"], clusterId: "cluster", nodeId: 1, clock: new TestClock() };
  return LogStore.open({ ...base, disk, ...options }).then(
    () => "opened",
    (error: unknown) => error,
  );
}

describe("whose directory it is", () => {
  it("refuses another cluster's and another node's, says what to do, and changes nothing", async () => {
    const { store, disk } = await openStore();
    await store.close();
    const before = (await disk.list("/data")).map((entry) => entry.name);
    const writes = disk.counts.get("write");
    expect(await refusal(disk, { clusterId: "other" })).toMatchObject({
      name: "StorageError",
      path: "/data",
      message: expect.stringMatching(
        /\/data belongs to cluster cluster, this is other; choose another directory/,
      ) as string,
    });
    expect(await refusal(disk, { nodeId: 2 })).toMatchObject({
      message: expect.stringContaining("belongs to node 1, this is node 2") as string,
    });
    expect((await disk.list("/data")).map((entry) => entry.name)).toEqual(before);
    expect(disk.counts.get("write")).toBe(writes);
    await (await openStore({ disk })).store.close();
  });

  it("refuses an unreadable meta.properties, partitions without one, a copy of a directory, and a path it may not use", async () => {
    const { store, disk } = await openStore({ directories: two });
    await createLog(store);
    await store.close();
    const meta = disk.contentOf("/disk1/meta.properties");
    disk.setContent("/disk2/meta.properties", meta);
    expect(await refusal(disk, { directories: two })).toMatchObject({
      message: expect.stringContaining("same directory.id") as string,
    });
    disk.setContent("/disk1/meta.properties", Buffer.from("version=9"));
    expect(await refusal(disk, { directories: two })).toMatchObject({
      message: expect.stringContaining("meta.properties is unreadable; restore it") as string,
    });
    await disk.unlink("/disk1/meta.properties");
    expect(await refusal(disk, { directories: two })).toMatchObject({
      message: expect.stringContaining("holds partitions (orders-0) and no meta.properties") as string,
    });
    disk.failing = (operation) => (operation === "makeDirectory" ? "EACCES" : undefined);
    expect(await refusal(disk, { directories: ["/forbidden"] })).toMatchObject({
      message: expect.stringContaining("check path and permissions") as string,
    });
  });

  it("gives each directory an id of its own and keeps it", async () => {
    const { store, disk } = await openStore({ directories: two });
    const ids = store.directories().map((directory) => directory.directoryId);
    expect(new Set(ids).size).toBe(2);
    await store.close(17);
    expect(disk.contentOf("/disk1/.kafka_cleanshutdown").toString()).toBe('{"version":0,"brokerEpoch":17}');
    const again = await openStore({ directories: two, disk });
    expect(again.store.directories().map((directory) => directory.directoryId)).toEqual(ids);
    await again.store.close();
  });
});

describe("logs", () => {
  it("spread over the directories and are found again", async () => {
    const { store, disk } = await openStore({ directories: two });
    for (let partition = 0; partition < 6; partition++)
      await appendOne(await createLog(store, smallSegments, partition));
    expect(store.directories().map((directory) => directory.logCount)).toEqual([3, 3]);
    const placed = await store.createLog({
      topic: "placed",
      topicId: OTHER_TOPIC_ID,
      partition: 0,
      config: smallSegments,
      directory: "/disk2",
    });
    expect(placed.directory).toBe("/disk2");
    await store.close();
    const again = await openStore({ directories: two, disk });
    expect([...again.store.logs()]).toHaveLength(7);
    expect(again.store.log(TOPIC_ID, 5)!.logEndOffset).toBe(1);
    expect(again.store.log(OTHER_TOPIC_ID, 0)!.directory).toBe("/disk2");
    await again.store.close();
  });

  it("without a batch cost a clean stop nothing but their names on the disk, and are found again", async () => {
    const { store, disk } = await openStore();
    for (let partition = 0; partition < 50; partition++) await createLog(store, smallSegments, partition);
    const written = await createLog(store, smallSegments, 50);
    await appendOne(written);
    const syncs = () => (disk.counts.get("syncDirectory") ?? 0) + (disk.counts.get("sync") ?? 0);
    const before = syncs();
    await store.close();
    // For each log its own directory and the one that it lies in.
    expect(syncs() - before).toBeLessThan(2 * 50 + 40);
    expect((await disk.list("/data/orders-7")).map(({ name }) => name)).toEqual(["partition.metadata"]);
    const after = disk.crash("onlySynced");
    const again = await openStore({ disk: after });
    expect([...again.store.logs()]).toHaveLength(51);
    expect(again.store.log(TOPIC_ID, 50)!.logEndOffset).toBe(1);
    const log = again.store.log(TOPIC_ID, 7)!;
    expect(log.logEndOffset).toBe(0);
    await appendOne(log);
    await again.store.close();
    const once = await openStore({ disk: after });
    expect((await readAll(once.store.log(TOPIC_ID, 7)!)).baseOffsets).toEqual([0]);
    await once.store.close();
  });

  it("are made once, however often and at the same time one asks", async () => {
    const { store } = await openStore();
    const [one, other] = await Promise.all([createLog(store), createLog(store)]);
    expect(one).toBe(other);
    expect(await createLog(store)).toBe(one);
    await store.close();
  });

  it("of a topic made anew under its name do not mix with the old ones", async () => {
    const { store, disk, clock } = await openStore();
    const old = await createLog(store);
    await appendOne(old);
    const remake = (): Promise<unknown> =>
      store.createLog({ topic: "orders", topicId: OTHER_TOPIC_ID, partition: 0, config: smallSegments });
    await expect(remake()).rejects.toMatchObject({ code: KafkaError.INCONSISTENT_TOPIC_ID });
    const [, made] = await Promise.all([store.deleteLog(TOPIC_ID, 0), remake()]);
    expect(made).toMatchObject({ topicId: OTHER_TOPIC_ID, logEndOffset: 0 });
    expect(store.log(TOPIC_ID, 0)).toBeUndefined();
    await expect(old.append(partsOf(batch({ baseOffset: 1 })))).rejects.toMatchObject({
      code: KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
    });
    const names = (await disk.list("/data")).map((entry) => entry.name).filter((name) => name.startsWith("orders"));
    expect(names.sort()).toEqual(["orders-0", expect.stringMatching(/^orders-0\.[0-9a-f]{32}-delete$/) as string]);
    await store.runDeletions(clock.ms + 60_000);
    expect((await disk.list("/data")).filter((entry) => entry.name.includes("-delete"))).toEqual([]);
    await store.close();
  });

  it("that the cluster does not know are set aside, and left alone at the next start", async () => {
    const { store, disk } = await openStore();
    await appendOne(await createLog(store));
    await store.setAside(TOPIC_ID, 0);
    await store.close();
    const again = await openStore({ disk });
    expect(again.events).toContainEqual(expect.objectContaining({ type: "directoryIgnored", reason: "stray" }));
    expect([...again.store.logs()]).toEqual([]);
    await again.store.close();
  });

  it("half deleted before a stop are deleted after it; what is no partition stays", async () => {
    const { store, disk } = await openStore();
    await appendOne(await createLog(store));
    await store.deleteLog(TOPIC_ID, 0);
    await store.close();
    await disk.makeDirectory("/data/lost+found");
    await disk.makeDirectory("/data/__cluster_metadata-0");
    const again = await openStore({ disk });
    await again.store.runDeletions(again.clock.ms);
    const left = (await disk.list("/data")).filter((entry) => entry.isDirectory).map((entry) => entry.name);
    expect(left.sort()).toEqual(["__cluster_metadata-0", "lost+found"]);
    await again.store.close();
  });

  it("are deleted while a producer snapshot is being written, and the directory goes on", async () => {
    const { store } = await openStore();
    const log = await createLog(store);
    await appendOne(log);
    const snapshot = log.writeProducerSnapshot(1, []);
    await store.deleteLog(TOPIC_ID, 0);
    await expect(snapshot).resolves.toBeUndefined();
    await appendOne(await createLog(store));
    await store.close();
  });

  it("without partition.metadata take the topic id that they are asked for", async () => {
    const { store, disk } = await openStore();
    await appendOne(await createLog(store));
    await store.close();
    await disk.unlink("/data/orders-0/partition.metadata");
    const again = await openStore({ disk });
    expect(again.store.log(TOPIC_ID, 0)).toBeUndefined();
    expect(again.store.logByName("orders", 0)!.topicId).toBeUndefined();
    expect((await createLog(again.store)).logEndOffset).toBe(1);
    expect(again.store.log(TOPIC_ID, 0)!.logEndOffset).toBe(1);
    await again.store.close();
  });

  it("lying in two directories stop the start", async () => {
    const { store, disk } = await openStore({ directories: two });
    await createLog(store);
    await store.close();
    await disk.makeDirectory("/disk2/orders-0");
    expect(await refusal(disk, { directories: two })).toMatchObject({
      message: expect.stringMatching(/orders-0 lies in both \/disk\d and \/disk\d/) as string,
    });
  });
});

describe("a failing disk", () => {
  async function twoDisks(): Promise<
    Awaited<ReturnType<typeof openStore>> & Record<"sick" | "well", Awaited<ReturnType<typeof createLog>>>
  > {
    const opened = await openStore({ directories: two });
    const sick = await createLog(opened.store, smallSegments, 0);
    const well = await createLog(opened.store, smallSegments, 1);
    await appendOne(sick);
    await appendOne(well);
    return { ...opened, sick, well };
  }

  it.each(["EIO", "ENOSPC", "EROFS"])("with %s takes its directory offline, and the other goes on", async (code) => {
    const { store, disk, events, sick, well } = await twoDisks();
    disk.failing = (operation, path) => (operation === "write" && path.startsWith("/disk1") ? code : undefined);
    const offline = { code: KafkaError.KAFKA_STORAGE_ERROR, errno: code };
    await expect(appendOne(sick)).rejects.toMatchObject(offline);
    disk.failing = () => undefined;
    await expect(appendOne(sick)).rejects.toMatchObject(offline);
    await expect(readAll(sick, 0)).rejects.toMatchObject(offline);
    await expect(sick.flush()).rejects.toMatchObject(offline);
    await expect(sick.truncateTo(0)).rejects.toMatchObject(offline);
    expect(() => sick.offsetForTimestamp(0)).toThrow("offline");
    expect(events.filter((event) => event.type === "directoryOffline")).toEqual([
      expect.objectContaining({ directory: "/disk1" }),
    ]);
    await appendOne(well);
    expect((await readAll(well)).baseOffsets).toEqual([0, 1]);
    expect((await createLog(store, smallSegments, 2)).directory).toBe("/disk2");
    await expect(
      store.createLog({
        topic: "x",
        topicId: OTHER_TOPIC_ID,
        partition: 0,
        config: smallSegments,
        directory: "/disk1",
      }),
    ).rejects.toMatchObject(offline);
    await store.runRetention(Infinity);
    await store.writeCheckpoints();
    await store.close();
    const after = await openStore({ directories: two, disk });
    expect(after.store.log(TOPIC_ID, 1)!.logEndOffset).toBe(2);
    expect(after.store.log(TOPIC_ID, 0)!.logEndOffset).toBe(1);
    await after.store.close();
  });

  it.each(["sync", "read", "rename", "truncate", "syncDirectory"] as const)("notices a failing %s", async (failing) => {
    const { store, disk, sick, well } = await twoDisks();
    disk.failing = (operation, path) => (operation === failing && path.startsWith("/disk1") ? "EIO" : undefined);
    const work = failing === "read" ? readAll(sick) : sick.flush().then(() => sick.truncateTo(0));
    await expect(work).rejects.toMatchObject({ code: KafkaError.KAFKA_STORAGE_ERROR });
    expect(store.directories().map((directory) => directory.offline !== undefined)).toEqual([true, false]);
    await appendOne(well);
    await store.close();
  });

  it("fails all appends that wait, and those that come after", async () => {
    const { store, disk, sick } = await twoDisks();
    disk.failing = (operation) => (operation === "write" ? "EIO" : undefined);
    const waiting = [1, 2, 3].map((baseOffset) => sick.append(partsOf(batch({ baseOffset }))));
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected", "rejected"]);
    await sick.whenWritable();
    disk.failing = () => undefined;
    await store.close();
  });

  it("at the start leaves the others; when all fail, the start fails", async () => {
    const { store, disk } = await twoDisks();
    await store.close();
    disk.failing = (_operation, path) => (path.startsWith("/disk1") ? "EIO" : undefined);
    const opened = await openStore({ directories: two, disk });
    expect(opened.store.directories().map((directory) => directory.offline?.errno)).toEqual(["EIO", undefined]);
    expect([...opened.store.logs()]).toHaveLength(1);
    await opened.store.close();
    disk.failing = () => "EIO";
    expect(await refusal(disk, { directories: two })).toMatchObject({ code: KafkaError.KAFKA_STORAGE_ERROR });
  });

  it("is no reason to leak open files", async () => {
    const { store, disk } = await twoDisks();
    disk.failing = (operation) => (operation === "sync" ? "EIO" : undefined);
    await store.close();
    expect(disk.openCount).toBe(0);
  });
});

it("keeps no more files open than allowed", async () => {
  const { store, disk } = await openStore({ openFilesMax: 10 });
  const logs = await Promise.all(
    Array.from({ length: 50 }, (_, partition) => createLog(store, smallSegments, partition)),
  );
  await Promise.all(logs.map((log) => appendOne(log)));
  for (const log of logs) expect((await readAll(log)).baseOffsets).toEqual([0]);
  expect(store.stats().openFiles).toBeLessThanOrEqual(10);
  expect(disk.openCount).toBeLessThanOrEqual(11);
  await store.close();
  expect(disk.openCount).toBe(0);
});

it("goes on when the process runs out of descriptors, by closing idle files", async () => {
  const { store, disk } = await openStore({ openFilesMax: 1000 });
  disk.failing = (operation) => (operation === "open" && disk.openCount >= 20 ? "EMFILE" : undefined);
  for (let partition = 0; partition < 40; partition++) {
    const log = await createLog(store, smallSegments, partition);
    await appendOne(log);
    expect((await readAll(log)).baseOffsets).toEqual([0]);
  }
  expect(store.directories()[0]!.offline).toBeUndefined();
  disk.failing = () => undefined;
  await store.close();
});

it("writes a directory's checkpoints one after another: a file system that is slow at making files gets one thread of the pool", async () => {
  const { store, disk } = await openStore();
  await appendOne(await createLog(store));
  const { latency } = disk;
  const made: string[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  disk.latency = async (operation, path) => {
    if (operation === "open" && path.endsWith("-checkpoint.tmp")) made.push(path);
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    await latency(operation, path);
    underWay--;
  };
  await store.writeCheckpoints();
  disk.latency = latency;
  expect([made.length, mostUnderWay]).toEqual([3, 1]);
  await store.close();
});
