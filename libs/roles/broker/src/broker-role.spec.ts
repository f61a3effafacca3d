import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KafkaError, kafkaErrorName } from "@moldau/base";
import { compress, decompress } from "@moldau/compression";
import { batchesOf, buildBatch, compressionCodec, readRecords, type BatchDraft } from "@moldau/record-batch";
import { record } from "@moldau/metadata";
import { appendOf, eventually, noContext, readOf, TestCluster } from "./testing/test-cluster";

const text = new TextEncoder();
const plain = new TextDecoder();

function batch(values: string[], draft: Partial<BatchDraft> = {}): Uint8Array {
  const records = values.map((value) => ({ key: text.encode("k"), value: text.encode(value), timestamp: Date.now() }));
  return buildBatch({ records, compress, ...draft });
}

function valuesOf(chunks: readonly Uint8Array[]): string[] {
  const bytes = Buffer.concat(chunks);
  const values: string[] = [];
  for (const { position } of batchesOf(bytes)) {
    for (const { value } of readRecords(bytes, position, decompress)) values.push(plain.decode(value ?? undefined));
  }
  return values;
}

let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster();
});
afterEach(() => cluster.stop());

async function append(nodeId: number, ...args: Parameters<typeof appendOf>) {
  const reply = await cluster.broker(nodeId).append(appendOf(...args), noContext);
  const { errorCode, baseOffset, errorMessage } = reply.partitions[0]!;
  return errorCode === KafkaError.NONE ? baseOffset : `${kafkaErrorName(errorCode)} ${errorMessage}`.trim();
}

async function read(nodeId: number, ...args: Parameters<typeof readOf>) {
  const result = (await cluster.broker(nodeId).read(readOf(...args), noContext)).partitions[0]!;
  return result.errorCode === KafkaError.NONE ? valuesOf(result.records) : kafkaErrorName(result.errorCode);
}

describe("one broker", () => {
  it("gives back what was appended, from memory and after a restart", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    expect(await append(1, topic, batch(["a", "b"]))).toBe(0);
    expect(await append(1, topic, batch(["c"]), { acks: 1 })).toBe(2);
    expect(await append(1, topic, batch(["d"]), { acks: 0 })).toBe(3);
    expect(await read(1, topic)).toEqual(["a", "b", "c", "d"]);
    expect(await read(1, topic, { fetchOffset: 1 })).toEqual(["a", "b", "c", "d"]);
    expect(await read(1, topic, { fetchOffset: 3 })).toEqual(["d"]);
    expect(await read(1, topic, { fetchOffset: 4 })).toEqual([]);
    expect(await read(1, topic, { fetchOffset: 5 })).toBe("OFFSET_OUT_OF_RANGE");
    await cluster.stopBroker(1);
    await cluster.startBroker(1);
    expect(await append(1, topic, batch(["e"]))).toBe(4);
    expect(await read(1, topic)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("refuses what the rules refuse", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1], { "max.message.bytes": "200" });
    const compacted = cluster.createTopic("latest", 1, [1], { "cleanup.policy": "compact" });
    const internal = cluster.createTopic("__consumer_offsets", 1, [1]);
    const damaged = batch(["a"]);
    damaged[65]! ^= 1;
    expect(await append(1, topic, damaged)).toMatch(/^CORRUPT_MESSAGE/);
    expect(await append(1, topic, batch(["x".repeat(200)]))).toMatch(/^MESSAGE_TOO_LARGE/);
    expect(await append(1, topic, batch(["a"]), { leaderEpoch: 1 })).toMatch(/^UNKNOWN_LEADER_EPOCH/);
    expect(await append(1, topic, batch(["a"]), { partition: 1 })).toMatch(/^UNKNOWN_TOPIC_OR_PARTITION/);
    expect(await append(1, topic, batch(["a"]), { acks: 2 })).toBe("INVALID_REQUIRED_ACKS");
    expect(await append(1, "AAAAAAAAAAAAAAAAAAAAAQ", batch(["a"]))).toMatch(/^UNKNOWN_TOPIC_ID/);
    expect(await append(1, internal, batch(["a"]))).toMatch(/^INVALID_TOPIC_EXCEPTION/);
    expect(await append(1, internal, batch(["a"]), { internal: true })).toBe(0);
    const keyless = buildBatch({ records: [{ value: text.encode("a"), timestamp: Date.now() }] });
    const reply = await cluster.broker(1).append(appendOf(compacted, keyless), noContext);
    expect(reply.partitions[0]).toMatchObject({
      errorCode: KafkaError.INVALID_RECORD,
      recordErrors: [{ batchIndex: 0 }],
    });
    expect(await read(1, topic)).toEqual([]);
  });

  it("answers a repeated batch with its original offset, also after a kill", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    const first = () => batch(["a", "b"], { producerId: 7, producerEpoch: 0, baseSequence: 0 });
    const second = () => batch(["c"], { producerId: 7, producerEpoch: 0, baseSequence: 2 });
    expect(await append(1, topic, first())).toBe(0);
    expect(await append(1, topic, second())).toBe(2);
    expect(await append(1, topic, first())).toBe(0);
    const directories = cluster.crashImage(1);
    await cluster.stopBroker(1);
    await cluster.startBroker(1, directories);
    expect(await append(1, topic, second())).toBe(2);
    expect(await append(1, topic, first())).toBe(0);
    expect(await append(1, topic, batch(["x"], { producerId: 7, producerEpoch: 0, baseSequence: 9 }))).toMatch(
      /^OUT_OF_ORDER_SEQUENCE_NUMBER/,
    );
    expect(await append(1, topic, batch(["d"], { producerId: 7, producerEpoch: 0, baseSequence: 3 }))).toBe(3);
    expect(await read(1, topic)).toEqual(["a", "b", "c", "d"]);
    const { partitions } = await cluster
      .broker(1)
      .describeProducers({ partitions: [{ topicId: topic, partition: 0 }] }, noContext);
    expect(partitions[0]!.producers).toMatchObject([{ producerId: 7, producerEpoch: 0, lastSequence: 3 }]);
  });

  it("writes its own time and codec where the topic says so", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1], {
      "message.timestamp.type": "LogAppendTime",
      "compression.type": "gzip",
    });
    const before = Date.now();
    const reply = await cluster.broker(1).append(appendOf(topic, batch(["a".repeat(1000)], { codec: 3 })), noContext);
    expect(reply.partitions[0]!.logAppendTimeMs).toBeGreaterThanOrEqual(before);
    const { records } = (await cluster.broker(1).read(readOf(topic), noContext)).partitions[0]!;
    const bytes = Buffer.concat(records);
    const [{ header } = { header: undefined }] = [...batchesOf(bytes)];
    expect(compressionCodec(header!.attributes)).toBe(1);
    expect(header!.maxTimestamp).toBe(reply.partitions[0]!.logAppendTimeMs);
    expect(valuesOf(records)).toEqual(["a".repeat(1000)]);
  });

  it.each([
    ["gzip", "1", "9"],
    ["lz4", "1", "12"],
    ["zstd", "1", "19"],
  ])("packs with the topic's level of %s", async (codec, low, high) => {
    await cluster.startBroker(1);
    let seed = 1;
    const text = Array.from({ length: 4_000 }, () => {
      seed = (seed * 16807) % 2147483647;
      return `${["moldau", "vltava", "elbe", "labe"][seed % 4]}-${seed % 97} `;
    }).join("");
    const sizeAt = async (level: string): Promise<number> => {
      const configs = { "compression.type": codec, [`compression.${codec}.level`]: level };
      const topic = cluster.createTopic(`packed-${level}`, 1, [1], configs);
      expect(await append(1, topic, batch([text], { codec: 2 }))).toBe(0);
      const { records } = (await cluster.broker(1).read(readOf(topic), noContext)).partitions[0]!;
      expect(valuesOf(records)).toEqual([text]);
      return Buffer.concat(records).length;
    };
    expect(await sizeAt(high)).toBeLessThan(await sizeAt(low));
  });

  it("unpacks where the topic says uncompressed, and refuses what is too large then, or for a segment", async () => {
    await cluster.startBroker(1);
    const plain = cluster.createTopic("plain", 1, [1], {
      "compression.type": "uncompressed",
      "max.message.bytes": "5000",
    });
    expect(await append(1, plain, batch(["a".repeat(2_000)], { codec: 1 }))).toBe(0);
    const { records } = (await cluster.broker(1).read(readOf(plain), noContext)).partitions[0]!;
    expect(compressionCodec([...batchesOf(Buffer.concat(records))][0]!.header.attributes)).toBe(0);
    expect(await append(1, plain, batch(["a".repeat(6_000)], { codec: 1 }))).toContain("MESSAGE_TOO_LARGE");
    const small = cluster.createTopic("small", 1, [1], { "segment.bytes": "1000" });
    expect(await append(1, small, batch(["a".repeat(2_000)]))).toContain("RECORD_LIST_TOO_LARGE");
    expect(await append(1, small, batch(["a".repeat(500)]))).toBe(0);
  });

  it("lets a reader wait until there is something, and no longer than it wants", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 2, [1]);
    await append(1, topic, batch(["a"]));
    const waiting = read(1, topic, { fetchOffset: 1, maxWaitMs: 10_000 });
    const started = performance.now();
    await append(1, topic, batch(["b"]));
    expect(await waiting).toEqual(["b"]);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await read(1, topic, { fetchOffset: 2, maxWaitMs: 30 })).toEqual([]);

    // min_bytes over several batches.
    const more = read(1, topic, { fetchOffset: 2, maxWaitMs: 10_000, minBytes: 250 });
    let over = false;
    void more.then(() => (over = true));
    await append(1, topic, batch(["c".repeat(100)]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(over).toBe(false);
    await append(1, topic, batch(["d".repeat(100)]));
    expect(await more).toEqual(["c".repeat(100), "d".repeat(100)]);
  });

  it("shares max_bytes between partitions and always gives one batch", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 2, [1]);
    await append(1, topic, batch(["a".repeat(500)]));
    await append(1, topic, batch(["b".repeat(500)]), { partition: 1 });
    const { partitions } = readOf(topic);
    const both = [partitions[0]!, { ...partitions[0]!, partition: 1 }];
    const lengths = async (maxBytes: number) =>
      (await cluster.broker(1).read(readOf(topic, { partitions: both, maxBytes }), noContext)).partitions.map(
        ({ records }) => valuesOf(records).length,
      );
    expect(await lengths(10)).toEqual([1, 0]);
    expect(await lengths(10_000)).toEqual([1, 1]);
  });

  it("lists offsets by word and by time, and deletes records", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    const now = Date.now();
    for (const [i, value] of ["a", "b", "c"].entries()) {
      await append(
        1,
        topic,
        buildBatch({ records: [{ value: text.encode(value), timestamp: now - 3000 + i * 1000 }] }),
      );
    }
    const offset = async (timestamp: number) => {
      const partitions = [{ topicId: topic, partition: 0, currentLeaderEpoch: -1, timestamp }];
      const request = { replicaId: -1, isolationLevel: 0, partitions, timeoutMs: 1000 };
      const { errorCode, offset } = (await cluster.broker(1).listOffsets(request, noContext)).partitions[0]!;
      return errorCode === 0 ? offset : kafkaErrorName(errorCode);
    };
    const all = async () => [await offset(-1), await offset(-2), await offset(-3), await offset(-4), await offset(-5)];
    expect(await all()).toEqual([3, 0, 2, 0, -1]);
    expect(await offset(now - 2500)).toBe(1);
    expect(await offset(now)).toBe(-1);
    const remove = async (at: number) => {
      const request = { timeoutMs: 1000, partitions: [{ topicId: topic, partition: 0, offset: at }] };
      const { errorCode, lowWatermark } = (await cluster.broker(1).deleteRecords(request, noContext)).partitions[0]!;
      return errorCode === 0 ? lowWatermark : kafkaErrorName(errorCode);
    };
    expect([await remove(2), await remove(4), await offset(-2)]).toEqual([2, "OFFSET_OUT_OF_RANGE", 2]);
    expect(await read(1, topic, { fetchOffset: 1 })).toBe("OFFSET_OUT_OF_RANGE");
    expect([await remove(-1), await offset(-2)]).toEqual([3, 3]);
    const dirs = await cluster.broker(1).describeLogDirs({ topicIds: [] }, noContext);
    expect(dirs.dirs).toHaveLength(1);
    expect(dirs.dirs[0]!.replicas).toMatchObject([{ topicName: "orders", partition: 0 }]);
  });

  it("fences older owners of a coordinator shard", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("__consumer_offsets", 1, [1]);
    const claim = async (ownerEpoch: number) => {
      const reply = await cluster.broker(1).claim({ topicId: topic, partition: 0, ownerId: 5, ownerEpoch }, noContext);
      return reply.errorCode === 0 ? reply.markerOffset : kafkaErrorName(reply.errorCode);
    };
    const write = (ownerEpoch: number, claimOffset: number) =>
      append(1, topic, batch(["a"]), { internal: true, ownerEpoch, claimOffset });
    expect(await claim(3)).toBe(0);
    expect(await write(3, 0)).toBe(1);
    expect(await claim(4)).toBe(2);
    expect(await write(3, 0)).toMatch(/^NOT_COORDINATOR/);
    expect(await claim(3)).toBe("NOT_COORDINATOR");
    cluster.apply([record("ShardOwnerRecord", { topicId: topic, partition: 0, ownerId: 6, ownerEpoch: 9 })]);
    expect(await write(4, 2)).toMatch(/^NOT_COORDINATOR/);
    expect(await claim(9)).toBe(3);
    expect(await write(9, 3)).toBe(4);
    expect(await claim(9)).toBe(5);
    expect(await write(9, 3)).toMatch(/^NOT_COORDINATOR .*the claim at offset 3 is fenced by the one at 5/);
    await cluster.stopBroker(1);
    await cluster.startBroker(1);
    expect(await write(9, 3)).toMatch(/^NOT_COORDINATOR/);
    expect(await write(9, 5)).toBe(6);
  });

  it("forgets a deleted topic and begins anew under its name", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    await append(1, topic, batch(["old"]));
    const waiting = read(1, topic, { fetchOffset: 1, maxWaitMs: 10_000 });
    cluster.apply([record("RemoveTopicRecord", { topicId: topic })]);
    expect(await waiting).toBe("UNKNOWN_TOPIC_ID");
    const again = cluster.createTopic("orders", 1, [1]);
    expect(await append(1, again, batch(["new"]))).toBe(0);
    expect(await read(1, again)).toEqual(["new"]);
    expect(await append(1, topic, batch(["old"]))).toMatch(/^UNKNOWN_TOPIC_ID/);
  });

  it("takes over configuration that changes while it runs: the topic's, else the broker's, else the cluster's", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    const set = (resourceType: number, resourceName: string, name: string, value: string | null) =>
      cluster.apply([record("ConfigRecord", { resourceType, resourceName, name, value })]);
    const large = () => append(1, topic, batch(["x".repeat(500)]));
    expect(await large()).toBe(0);
    set(4, "", "message.max.bytes", "300");
    expect(await large()).toMatch(/^MESSAGE_TOO_LARGE/);
    set(4, "1", "message.max.bytes", "3000");
    expect(await large()).toBe(1);
    set(2, "orders", "max.message.bytes", "300");
    expect(await large()).toMatch(/^MESSAGE_TOO_LARGE/);
    set(2, "orders", "max.message.bytes", null);
    expect(await large()).toBe(2);
  });

  it("sets a log aside that the cluster does not know, and deletes that of a topic made anew meanwhile", async () => {
    const directory = cluster.directory("one");
    await cluster.startBroker(1, [directory]);
    const gone = cluster.createTopic("gone", 1, [1]);
    const again = cluster.createTopic("again", 1, [1]);
    for (const topic of [gone, again]) await append(1, topic, batch(["old"]));
    await cluster.stopBroker(1);
    for (const topicId of [gone, again]) cluster.apply([record("RemoveTopicRecord", { topicId })]);
    const anew = cluster.createTopic("again", 1, [1]);
    await cluster.startBroker(1, [directory]);
    expect(await append(1, anew, batch(["new"]))).toBe(0);
    await eventually(() => {
      const names = readdirSync(directory).filter((name) => name.startsWith("gone") || name.startsWith("again"));
      expect(names.map((name) => name.replace(/[0-9a-f]{32}/, "*")).sort()).toEqual([
        "again-0",
        "again-0.*-delete",
        "gone-0.*-stray",
      ]);
    });
  });

  it("keeps a log on old metadata that take its replica away, and deletes it on those that have its registration", async () => {
    const directory = cluster.directory("one");
    await cluster.startBroker(1, [directory]);
    const topics = ["back", "gone"].map((name) => cluster.createTopic(name, 1, [1]));
    for (const topic of topics) await append(1, topic, batch(["a", "b"]));
    await cluster.stopBroker(1);
    const place = (topicId: string, replica: number) =>
      cluster.apply([
        record("PartitionChangeRecord", {
          topicId,
          partitionId: 0,
          replicas: [replica],
          isr: [replica],
          leader: replica,
        }),
      ]);
    let register: () => void = () => undefined;
    cluster.registrationsHeld = new Promise((resolve) => (register = resolve));
    const starting = cluster.startBroker(1, [directory]);
    await eventually(() => expect(readdirSync(directory)).toContain(".lock"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The metadata go on from an earlier time: here the replicas are taken away, and one is given back.
    for (const topic of topics) place(topic, 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    place(topics[0]!, 1);
    register();
    await starting;
    await eventually(async () => expect(await read(1, topics[0]!)).toEqual(["a", "b"]));
    await eventually(() => expect(readdirSync(directory)).not.toContain("gone-0"));
  });

  it("goes on with the other directories when one fails", async () => {
    await cluster.stop();
    cluster = new TestCluster({ "replica.high.watermark.checkpoint.interval.ms": "100" });
    const directories = [cluster.directory("a"), cluster.directory("b")];
    await cluster.startBroker(1, directories);
    const topic = cluster.createTopic("orders", 2, [1]);
    const where = async () =>
      (await cluster.broker(1).describeLogDirs({ topicIds: [] }, noContext)).dirs.map(({ errorCode, replicas }) => [
        kafkaErrorName(errorCode),
        replicas.map(({ partition }) => partition),
      ]);
    for (const partition of [0, 1]) expect(await append(1, topic, batch(["a"]), { partition })).toBe(0);
    const before = await where();
    expect(before.map(([, partitions]) => partitions!.length)).toEqual([1, 1]);
    const [[, [kept]], [, [lost]]] = before as [[string, [number]], [string, [number]]];
    const waiting = read(1, topic, { partition: lost, fetchOffset: 1, maxWaitMs: 20_000 });
    rmSync(directories[1]!, { recursive: true });
    writeFileSync(directories[1]!, "no directory");
    expect(await waiting).toBe("KAFKA_STORAGE_ERROR");
    expect(await append(1, topic, batch(["b"]), { partition: lost })).toMatch(/^KAFKA_STORAGE_ERROR/);
    expect(await read(1, topic, { partition: lost })).toBe("KAFKA_STORAGE_ERROR");
    expect(await append(1, topic, batch(["b"]), { partition: kept })).toBe(1);
    expect(await where()).toEqual([
      ["NONE", [kept]],
      ["KAFKA_STORAGE_ERROR", []],
    ]);
    await eventually(() => expect(cluster.offlineLogDirs.get(1)).toHaveLength(1));
  });

  it("acknowledges only what is on the disk, with durability=fsync", async () => {
    await cluster.stop();
    cluster = new TestCluster({ "moldau.durability": "fsync" });
    const directory = cluster.directory("one");
    await cluster.startBroker(1, [directory]);
    const topic = cluster.createTopic("orders", 1, [1]);
    const answers = await Promise.all(
      ["a", "b", "c", "d"].map((value) => append(1, topic, batch([value]), { acks: 1 })),
    );
    expect(answers).toEqual([0, 1, 2, 3]);
    // The recovery point says what fdatasync has confirmed.
    await cluster.stopBroker(1);
    expect(readFileSync(join(directory, "recovery-point-offset-checkpoint"), "utf8")).toContain("orders 0 4");
  });

  it("writes no producer snapshot of a partition that never had a batch, at a stop neither", async () => {
    const directory = cluster.directory("one");
    await cluster.startBroker(1, [directory]);
    const topic = cluster.createTopic("orders", 2, [1]);
    await append(1, topic, batch(["x"]));
    await cluster.stopBroker(1);
    const snapshots = (partition: number) =>
      readdirSync(join(directory, `orders-${partition}`)).filter((name) => name.endsWith(".snapshot"));
    expect([snapshots(0).length, snapshots(1).length]).toEqual([1, 0]);
  });

  it("writes a producer snapshot when a segment is full", async () => {
    const directory = cluster.directory("one");
    await cluster.startBroker(1, [directory]);
    const topic = cluster.createTopic("orders", 1, [1], { "segment.bytes": "400" });
    for (let i = 0; i < 8; i++) {
      await append(1, topic, batch(["x".repeat(100)], { producerId: 7, producerEpoch: 0, baseSequence: i }));
    }
    await eventually(() => {
      const names = readdirSync(join(directory, "orders-0"));
      expect(names.filter((name) => name.endsWith(".log")).length).toBeGreaterThan(2);
      expect(names.filter((name) => name.endsWith(".snapshot")).length).toBeGreaterThan(1);
    });
    const directories = cluster.crashImage(1);
    await cluster.stopBroker(1);
    await cluster.startBroker(1, directories);
    expect(await append(1, topic, batch(["x".repeat(100)], { producerId: 7, producerEpoch: 0, baseSequence: 7 }))).toBe(
      7,
    );
  });

  // A leader came back with less than it had, and served as the leader of the same epoch (simulation, seed 158).
  it("leads nothing on metadata from before its own registration", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    expect(await append(1, topic, batch(["a"]))).toBe(0);
    const directories = cluster.crashImage(1);
    await cluster.stopBroker(1);
    let release = (): void => undefined;
    cluster.registrationsHeld = new Promise((resolve) => (release = resolve));
    const started = cluster.startBroker(1, directories);
    await eventually(() => expect(cluster.nodes.has(1)).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(cluster.nodes.get(1)!.service).toBeDefined();
    expect(await append(1, topic, batch(["b"]))).toMatch(/^NOT_LEADER_OR_FOLLOWER/);
    release();
    await started;
    expect(await append(1, topic, batch(["c"]))).toBe(1);
  });

  it("counts under Kafka's names", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    await append(1, topic, batch(["a", "b"]));
    await read(1, topic);
    const metrics = await cluster.nodes.get(1)!.telemetry.metrics.render();
    expect(metrics).toMatch(/kafka_server_brokertopicmetrics_messagesin_total\{topic="orders"\} 2/);
    expect(metrics).toMatch(/kafka_server_brokertopicmetrics_bytesout_total\{topic="orders"\} [1-9]/);
    expect(metrics).toMatch(/kafka_server_replicamanager_leadercount 1/);
    expect(metrics).toMatch(/kafka_log_log_size\{topic="orders",partition="0"\} [1-9]/);
  });
});

describe("three brokers", () => {
  beforeEach(async () => {
    await Promise.all([1, 2, 3].map((nodeId) => cluster.startBroker(nodeId)));
  });

  it("acknowledges acks=all when every in-sync replica has it, and loses nothing when the leader goes", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2, 3], { "min.insync.replicas": "2" });
    for (const value of ["a", "b", "c"]) expect(await append(1, topic, batch([value]))).toEqual(expect.any(Number));
    expect(await append(2, topic, batch(["x"]))).toMatch(/^NOT_LEADER_OR_FOLLOWER/);
    cluster.nodes.get(1)!.reachable = false;
    cluster.elect(topic, 0, 2, [2, 3]);
    expect(await append(2, topic, batch(["d"]))).toBe(3);
    expect(await read(2, topic)).toEqual(["a", "b", "c", "d"]);
    expect(await read(2, topic, { currentLeaderEpoch: 0 })).toBe("FENCED_LEADER_EPOCH");
    cluster.nodes.get(1)!.reachable = true;
    // The old leader follows, catches up and comes back into the ISR.
    await eventually(() => expect([...cluster.image.partition(topic, 0)!.isr].sort()).toEqual([1, 2, 3]));
    cluster.elect(topic, 0, 1);
    await eventually(async () => expect(await read(1, topic)).toEqual(["a", "b", "c", "d"]));
  });

  it("keep a replica that is taken away and given back faster than a log is opened and deleted", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2]);
    expect(await append(1, topic, batch(["a", "b"]))).toBe(0);
    const place = (...replicas: number[]) => {
      const isr = cluster.image.partition(topic, 0)!.isr.filter((each) => replicas.includes(each));
      cluster.apply([record("PartitionChangeRecord", { topicId: topic, partitionId: 0, leader: 1, replicas, isr })]);
    };
    const turns = [0, 1, 0, 2, 5, 0, 1, 3, 8, 0, 2, 20];
    for (const pauseMs of turns) {
      place(1);
      if (pauseMs > 1) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      place(1, 2, 3);
      if (pauseMs % 2 === 1) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      place(1, 3);
      place(1, 2, 3);
      await eventually(() => expect([...cluster.image.partition(topic, 0)!.isr].sort()).toEqual([1, 2, 3]));
    }
    cluster.elect(topic, 0, 2, [2]);
    await eventually(async () => expect(await read(2, topic)).toEqual(["a", "b"]));
  });

  it("count no follower as in sync whose directory failed", async () => {
    await cluster.stopBroker(3);
    const directories = [cluster.directory("3a"), cluster.directory("3b")];
    await cluster.startBroker(3, directories);
    const topic = cluster.createTopic("orders", 2, [1, 3]);
    const there = () => cluster.nodes.get(3)!.service;
    await eventually(async () => {
      const { dirs } = await there().describeLogDirs({ topicIds: [] }, noContext);
      expect(dirs.map(({ replicas }) => replicas.length)).toEqual([1, 1]);
    });
    const { dirs } = await there().describeLogDirs({ topicIds: [] }, noContext);
    const lost = dirs.find(({ path }) => path === directories[1])!.replicas[0]!.partition;
    cluster.elect(topic, lost, 1);
    expect(await append(1, topic, batch(["a"]), { partition: lost })).toBe(0);
    rmSync(directories[1]!, { recursive: true });
    writeFileSync(directories[1]!, "no directory");
    await append(1, topic, batch(["b"]), { partition: lost, acks: 1 });
    // Open files outlive their directory: the next checkpoint finds out.
    await eventually(() => expect(cluster.offlineLogDirs.get(3)).toHaveLength(1), 20_000);
    // As the controller does; the change itself must not wake the dead replica.
    cluster.elect(topic, lost, 1, [1]);
    expect(await append(1, topic, batch(["c"]), { partition: lost })).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(cluster.image.partition(topic, lost)!.isr).toEqual([1]);
  });

  it("cuts off what the old leader alone had", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2], {});
    expect(await append(1, topic, batch(["a"]))).toBe(0);
    // The follower is cut off; the leader goes on writing for those who do not ask for replicas.
    cluster.nodes.get(1)!.reachable = false;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const service = cluster.nodes.get(1)!.service;
    const lost = await service.append(appendOf(topic, batch(["lost", "lost too"]), { acks: 1 }), noContext);
    expect(lost.partitions[0]).toMatchObject({ errorCode: 0, baseOffset: 1 });
    cluster.elect(topic, 0, 2, [2]);
    expect(await append(2, topic, batch(["kept"]))).toBe(1);
    cluster.nodes.get(1)!.reachable = true;
    await eventually(() => expect([...cluster.image.partition(topic, 0)!.isr].sort()).toEqual([1, 2]));
    cluster.elect(topic, 0, 1);
    await eventually(async () => expect(await read(1, topic)).toEqual(["a", "kept"]));
  });

  it("forgets an epoch in which it led and wrote nothing", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2]);
    expect(await append(1, topic, batch(["a"]))).toBe(0);
    cluster.elect(topic, 0, 2);
    cluster.elect(topic, 0, 1);
    cluster.elect(topic, 0, 2);
    expect(await append(2, topic, batch(["b"]), { timeoutMs: 2_000 })).toBe(1);
    cluster.elect(topic, 0, 1);
    expect(await append(1, topic, batch(["c"]), { timeoutMs: 2_000 })).toBe(2);
  });

  it("deletes records on every replica before it says so", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2, 3]);
    for (const value of ["a", "b", "c"]) await append(1, topic, batch([value]));
    const partitions = [{ topicId: topic, partition: 0, offset: 2 }];
    const reply = await cluster.broker(1).deleteRecords({ timeoutMs: 5_000, partitions }, noContext);
    expect(reply.partitions[0]).toMatchObject({ errorCode: 0, lowWatermark: 2 });
    cluster.elect(topic, 0, 3);
    await eventually(async () => expect(await read(3, topic, { fetchOffset: 1 })).toBe("OFFSET_OUT_OF_RANGE"));
    expect(await read(3, topic, { fetchOffset: 2 })).toEqual(["c"]);
  });

  it("does not acknowledge below min ISR, and times out where a replica is missing", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2], { "min.insync.replicas": "2" });
    expect(await append(1, topic, batch(["a"]))).toBe(0);
    const { service } = cluster.nodes.get(1)!;
    cluster.nodes.get(1)!.reachable = false;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const slow = await service.append(appendOf(topic, batch(["b"]), { timeoutMs: 50 }), noContext);
    expect(slow.partitions[0]!.errorCode).toBe(KafkaError.REQUEST_TIMED_OUT);
    const waiting = service.append(appendOf(topic, batch(["c"])), noContext);
    cluster.apply([record("PartitionChangeRecord", { topicId: topic, partitionId: 0, isr: [1] })]);
    expect((await waiting).partitions[0]!.errorCode).toBe(KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    const refused = await service.append(appendOf(topic, batch(["d"])), noContext);
    expect(refused.partitions[0]!.errorCode).toBe(KafkaError.NOT_ENOUGH_REPLICAS);
    cluster.nodes.get(1)!.reachable = true;
    await eventually(() => expect(cluster.image.partition(topic, 0)!.isr).toHaveLength(2));
    expect(await append(1, topic, batch(["e"]))).toBe(3);
    expect(await read(1, topic)).toEqual(["a", "b", "c", "e"]);
  });

  it("keeps idempotence across a change of leaders", async () => {
    const topic = cluster.createTopic("orders", 1, [1, 2, 3]);
    const first = () => batch(["a", "b"], { producerId: 7, producerEpoch: 0, baseSequence: 0 });
    expect(await append(1, topic, first())).toBe(0);
    cluster.elect(topic, 0, 3);
    expect(await append(3, topic, first())).toBe(0);
    expect(await append(3, topic, batch(["c"], { producerId: 7, producerEpoch: 0, baseSequence: 2 }))).toBe(2);
    expect(await read(3, topic)).toEqual(["a", "b", "c"]);
  });
});
