import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KafkaError, type Uuid } from "@moldau/base";
import { compress, compressionNames, decompress } from "@moldau/compression";
import { batchesOf, buildBatch, compressionCodec, readRecords } from "@moldau/record-batch";
import { CleaningAborted } from "@moldau/segment-store";
import { dirtiestOf } from "./log-cleaner";
import { appendOf, eventually as tried, noContext, readOf, TestCluster } from "./testing/test-cluster";
import { appendTo, consumeCommitted, endTransaction } from "./testing/transactional";

const eager = { "log.cleaner.backoff.ms": "40" };
const compacted = { "cleanup.policy": "compact", "segment.bytes": "1000", "min.cleanable.dirty.ratio": "0.01" };

/** A round syncs a dozen times: on a busy disk that is seconds. */
jest.setTimeout(180_000);
const eventually = (check: () => void | Promise<void>) => tried(check, 60_000);

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster(eager);
});
afterEach(() => cluster.stop());

async function put(topicId: Uuid, key: string | null, value: string | null, codec = 0, leader = 1): Promise<void> {
  const bytesOf = (text: string | null) => (text === null ? null : Buffer.from(text));
  const record = { key: bytesOf(key), value: bytesOf(value), timestamp: Date.now() };
  const records = buildBatch({ records: [record], codec, compress });
  const reply = await cluster.broker(leader).append(appendOf(topicId, records), noContext);
  expect(reply.partitions[0]!.errorCode).toBe(KafkaError.NONE);
}

/** `key=value` of everything that a reader gets. */
async function content(topicId: Uuid, nodeId = 1): Promise<{ lines: string[]; codecs: Set<number> }> {
  const lines: string[] = [];
  const codecs = new Set<number>();
  for (let fetchOffset = 0; ;) {
    const reply = await cluster.broker(nodeId).read(readOf(topicId, { fetchOffset }), noContext);
    const { records, errorCode } = reply.partitions[0]!;
    expect(errorCode).toBe(KafkaError.NONE);
    const bytes = Buffer.concat(records);
    if (bytes.length === 0) return { lines, codecs };
    for (const { header, position } of batchesOf(bytes)) {
      codecs.add(compressionCodec(header.attributes));
      for (const { key, value } of readRecords(bytes, position, decompress)) {
        lines.push(`${Buffer.from(key!).toString()}=${value === null ? "" : Buffer.from(value).toString()}`);
      }
      fetchOffset = header.baseOffset + header.lastOffsetDelta + 1;
    }
  }
}

const folder = (nodeId: number, partition: string) => join(cluster.nodes.get(nodeId)!.directories[0]!, partition);

it("compacts what leader and follower have, with every codec", async () => {
  await cluster.startBroker(1);
  await cluster.startBroker(2);
  const topic = cluster.createTopic("orders", 1, [1, 2], compacted);
  await eventually(() => put(topic, "first", "1"));
  for (let i = 0; i < 120; i++) await put(topic, `k${i % 6}`, `v${i} ${"x".repeat(60)}`, i % compressionNames.length);
  const newest = ["first=1", ...[114, 115, 116, 117, 118, 119].map((i) => `k${i % 6}=v${i} ${"x".repeat(60)}`)];
  await eventually(async () => {
    const { lines } = await content(topic);
    // The active segment is not compacted.
    expect(lines.length).toBeLessThan(40);
    expect(lines).toEqual(expect.arrayContaining(newest));
  });
  await eventually(() => {
    for (const nodeId of [1, 2]) {
      const bytes = readdirSync(folder(nodeId, "orders-0"))
        .filter((name) => name.endsWith(".log"))
        .reduce((sum, name) => sum + readFileSync(join(folder(nodeId, "orders-0"), name)).length, 0);
      expect(bytes).toBeLessThan(5_000);
      const checkpoint = join(cluster.nodes.get(nodeId)!.directories[0]!, "cleaner-offset-checkpoint");
      expect(readFileSync(checkpoint, "utf8")).toMatch(/^0\n1\norders 0 \d+\n$/);
    }
  });
});

it("leaves a log with a damaged batch alone, says so, and goes on with the others", async () => {
  await cluster.startBroker(1);
  const held = { ...compacted, "min.compaction.lag.ms": "100000000" };
  const damaged = cluster.createTopic("damaged", 1, [1], held);
  const sound = cluster.createTopic("sound", 1, [1], compacted);
  for (let i = 0; i < 60; i++) {
    await eventually(() => put(damaged, `k${i % 6}`, `v${i}`));
    await put(sound, `k${i % 6}`, `v${i}`);
  }
  const path = join(folder(1, "damaged-0"), "00000000000000000000.log");
  const bytes = readFileSync(path);
  bytes[70]! ^= 1;
  writeFileSync(path, bytes);
  cluster.configure("damaged", "min.compaction.lag.ms", "0");
  const { telemetry } = cluster.nodes.get(1)!;
  await eventually(async () => {
    const text = await telemetry.metrics.render();
    expect(text).toMatch(/kafka_log_logcleanermanager_uncleanable_partitions_count\{logDirectory="[^"]+"\} 1\n/);
    expect(text).toMatch(/kafka_log_logcleanermanager_uncleanable_bytes\{logDirectory="[^"]+"\} [1-9]/);
  });
  for (let i = 0; i < 60; i++) await put(sound, `k${i % 6}`, `again ${i}`);
  await eventually(async () => expect((await content(sound)).lines.length).toBeLessThan(30));
  expect(readFileSync(path)).toEqual(bytes);
});

it("compacts topics that delete besides, and not those that only delete", async () => {
  await cluster.startBroker(1);
  const plain = cluster.createTopic("plain", 1, [1], { ...compacted, "cleanup.policy": "delete" });
  const both = cluster.createTopic("both", 1, [1], { ...compacted, "cleanup.policy": "compact,delete" });
  for (let i = 0; i < 60; i++) {
    await eventually(() => put(plain, "k", `v${i}`));
    await put(both, "k", `v${i}`);
  }
  await eventually(async () => expect((await content(both)).lines.length).toBeLessThan(25));
  expect((await content(plain)).lines).toHaveLength(60);
});

it("goes no faster than log.cleaner.io.max.bytes.per.second, and holds up nobody who cuts or closes the log", async () => {
  await cluster.stop();
  cluster = new TestCluster({ ...eager, "log.cleaner.io.max.bytes.per.second": "1" });
  await cluster.startBroker(1);
  const topic = cluster.createTopic("slow", 1, [1], compacted);
  for (let i = 0; i < 30; i++) await eventually(() => put(topic, "k", `v${i}`));
  const cleaned = () => readdirSync(folder(1, "slow-0")).filter((name) => name.endsWith(".cleaned"));
  await eventually(async () => {
    // The first round reads for the keys, and rests for hours then.
    expect(await cluster.nodes.get(1)!.telemetry.metrics.render()).toMatch(/max_dirty_percent 100\n/);
  });
  expect((await content(topic)).lines).toHaveLength(30);
  await cluster.stopBroker(1);
  expect(existsSync(join(cluster.directory("1"), "slow-0"))).toBe(true);
  await cluster.startBroker(1);
  expect(cleaned()).toEqual([]);
  expect((await content(topic)).lines).toHaveLength(30);
});

it("gives a round up when its log begins to move to another directory, and begins none while the copy grows", async () => {
  await cluster.stop();
  const still = { "log.cleaner.io.max.bytes.per.second": "1", "replica.alter.log.dirs.io.max.bytes.per.second": "1" };
  cluster = new TestCluster({ ...eager, ...still });
  const [a, b] = [cluster.directory("a"), cluster.directory("b")];
  await cluster.startBroker(1, [a, b]);
  const alter = async (path: string): Promise<number> => {
    const replicas = [{ path, topicName: "slow", partition: 0 }];
    return (await cluster.broker(1).alterReplicaLogDirs({ replicas }, noContext)).errorCodes[0]!;
  };
  expect(await alter(a)).toBe(KafkaError.REPLICA_NOT_AVAILABLE);
  const topic = cluster.createTopic("slow", 1, [1], compacted);
  for (let i = 0; i < 30; i++) await eventually(() => put(topic, "k", `v${i}`));
  const { telemetry } = cluster.nodes.get(1)!;
  const dirtiest = async (): Promise<string | undefined> =>
    /max_dirty_percent (\d+)\n/.exec(await telemetry.metrics.render())?.[1];
  // The first round reads for the keys, and rests for hours then.
  await eventually(async () => expect(await dirtiest()).toBe("100"));
  const given = jest.spyOn(telemetry.log, "debug");
  expect(await alter(b)).toBe(KafkaError.NONE);
  await eventually(() => {
    const facts = expect.objectContaining({ partition: "slow-0", err: expect.any(CleaningAborted) as Error }) as object;
    expect(given).toHaveBeenCalledWith(facts, "compaction of a log was given up");
  });
  await eventually(async () => expect(await dirtiest()).toBe("0"));
  expect(await alter(a)).toBe(KafkaError.NONE);
  await eventually(async () => expect(await dirtiest()).toBe("100"));
});

it("shows a reader of committed data no aborted record, while it drops them", async () => {
  await cluster.stop();
  cluster = new TestCluster({ ...eager, "transaction.partition.verification.enable": "false" });
  await cluster.startBroker(1);
  const topic = cluster.createTopic("orders", 1, [1], { ...compacted, "delete.retention.ms": "0" });
  const newest = new Map<string, string>();
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      const { values } = await consumeCommitted(cluster, 1, topic, { maxBytes: 500 });
      expect(values.filter((value) => value.includes("aborted"))).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  for (let i = 0; i < 80; i++) {
    const producerId = 5 + (i % 3);
    const commit = i % 4 !== 1;
    const key = `k${i % 5}`;
    const value = `${key} ${commit ? "committed" : "aborted"} ${i} ${"x".repeat(40)}`;
    const records = buildBatch({
      records: [{ key: Buffer.from(key), value: Buffer.from(value), timestamp: Date.now() }],
      producerId,
      producerEpoch: 0,
      baseSequence: Math.floor(i / 3),
      transactional: true,
    });
    await eventually(async () => expect(await appendTo(cluster, 1, topic, records)).toEqual(expect.any(Number)));
    expect(await endTransaction(cluster, 1, topic, { producerId, commit })).toBe("NONE");
    if (commit) newest.set(key, value);
  }
  await eventually(async () => {
    const { values } = await consumeCommitted(cluster, 1, topic);
    expect(values.length).toBeLessThan(25);
    expect(new Map(values.map((value) => [value.split(" ")[0], value]))).toEqual(newest);
  });
  isOver = true;
  await reading;
});

it("takes the dirtiest of those that are due", () => {
  const one = (ratio: number, isDue = true) => ({ dirtiness: { ...nothing, ratio, isDue } });
  const nothing = {
    firstDirtyOffset: 0,
    firstUncleanableOffset: 0,
    cleanBytes: 0,
    cleanableBytes: 0,
    ratio: 0,
    delayMs: 0,
    isReset: false,
    isDue: false,
  };
  expect(dirtiestOf([one(0.6), one(0.9), one(0.7), one(1, false)])?.dirtiness.ratio).toBe(0.9);
  expect(dirtiestOf([one(0.6, false)])).toBeUndefined();
});
