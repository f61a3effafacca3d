import { createHash } from "node:crypto";
import {
  type Admin,
  type Consumer,
  createAdmin,
  createConsumer,
  createProducer,
  type IncomingRecord,
  KafkaClientError,
} from "@moldau/client";
import { KafkaError } from "@moldau/base";
import { startCluster, type TestCluster } from "./start-cluster";

// The project's own client against every role in this process.

let cluster: TestCluster;
let admin: Admin;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 2, coordinators: 2 });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
});
afterAll(async () => {
  await admin.close();
  await cluster.stop();
});

async function collect(consumer: Consumer, count: number, waitMs = 20_000): Promise<IncomingRecord[]> {
  const records: IncomingRecord[] = [];
  const deadline = performance.now() + waitMs;
  while (records.length < count && performance.now() < deadline) records.push(...(await consumer.poll(250)));
  return records;
}

function assignmentOf(topic: string, partitions: number): Parameters<Consumer["assign"]>[0] {
  return Array.from({ length: partitions }, (_, partition) => ({ topic, partition, offset: "earliest" as const }));
}

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

describe("admin", () => {
  it("creates, describes, changes and deletes a topic", async () => {
    await admin.createTopic({ name: "made", partitions: 3, configs: { "retention.ms": "1000" } });
    const [topic] = await admin.describeTopics(["made"]);
    expect(topic!.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2]);
    expect(new Set(topic!.partitions.map(({ leader }) => leader))).toEqual(new Set([1, 2]));
    await admin.createPartitions("made", 5);
    expect(await admin.listTopics()).toContainEqual({ name: "made", internal: false, partitions: 5 });
    await admin.alterConfigs({ type: "topic", name: "made" }, { "retention.ms": "2000" });
    const configs = await admin.describeConfigs({ type: "topic", name: "made" });
    expect(configs.find(({ name }) => name === "retention.ms")).toMatchObject({ value: "2000", isDefault: false });
    await admin.alterConfigs({ type: "topic", name: "made" }, { "retention.ms": null });
    await admin.deleteTopic("made");
    expect((await admin.listTopics()).map(({ name }) => name)).not.toContain("made");
  });

  it("says what was refused", async () => {
    await expect(admin.describeTopics(["nowhere"])).rejects.toMatchObject({
      name: "KafkaClientError",
      code: 3,
      message: "topic nowhere: unknown topic or partition (UNKNOWN_TOPIC_OR_PARTITION)",
    });
    await expect(admin.createTopic({ name: "a/b" })).rejects.toMatchObject({ code: 17, retriable: false });
    await expect(admin.createTopic({ name: "wide", replicationFactor: 7 })).rejects.toBeInstanceOf(KafkaClientError);
  });

  it("knows the cluster", async () => {
    const { clusterId, nodes } = await admin.describeCluster();
    expect(clusterId).not.toBe("");
    expect(nodes.map(({ nodeId }) => nodeId)).toEqual([1, 2]);
    expect((await admin.features()).map(({ name }) => name)).toContain("metadata.version");
  });

  it("names the address that nobody answers at", async () => {
    const lost = createAdmin({ bootstrap: ["127.0.0.1:1"], timeoutMs: 500 });
    await expect(lost.describeCluster()).rejects.toThrow("cannot reach 127.0.0.1:1: connection refused");
    await lost.close();
  });
});

describe.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)("compression %s", (compression) => {
  it("gives back keys, values, headers, times and nulls", async () => {
    const topic = `codec-${compression}`;
    await admin.createTopic({ name: topic, partitions: 1 });
    const producer = createProducer({ bootstrap: cluster.bootstrap, compression });
    const sent = await Promise.all([
      producer.send({ topic, key: "k", value: "v".repeat(10_000), timestampMs: 1_700_000_000_000 }),
      producer.send({ topic, key: null, value: null, headers: [{ name: "h", value: Buffer.from("x") }] }),
      producer.send({ topic, value: new Uint8Array(), headers: [{ name: "none", value: null }] }),
    ]);
    await producer.close();
    const counted = new Map(producer.metrics().map(({ name, value }) => [name, value]));
    expect(counted.get("record-send-total")).toBe(3);
    expect(counted.get("connection-count")).toBe(0);
    expect(counted.get("connection-creation-total")).toBeGreaterThan(0);
    expect(sent).toEqual([0, 1, 2].map((offset) => ({ partition: 0, offset })));

    const consumer = createConsumer({ bootstrap: cluster.bootstrap });
    await consumer.assign(assignmentOf(topic, 1));
    const [first, second, third] = await collect(consumer, 3);
    const numbers = new Map(consumer.metrics().map(({ name, value }) => [name, value]));
    expect(numbers.get("records-consumed-total")).toBe(3);
    expect(numbers.get("records-lag-max")).toBe(0);
    expect(numbers.get("incoming-byte-total")).toBeGreaterThan(0);
    expect(numbers.get("request-total")).toBeGreaterThanOrEqual(numbers.get("response-total")!);
    expect(consumer.assignment()).toEqual([{ topic, partition: 0, position: 3, highWatermark: 3, committed: -1 }]);
    await consumer.close();
    expect(first).toMatchObject({ topic, partition: 0, offset: 0, timestampMs: 1_700_000_000_000, headers: [] });
    expect([text(first!.key), text(first!.value)]).toEqual(["k", "v".repeat(10_000)]);
    expect([second!.key, second!.value, text(second!.headers[0]!.value)]).toEqual([null, null, "x"]);
    expect([third!.value!.length, third!.headers]).toEqual([0, [{ name: "none", value: null }]]);
  });
});

describe("flush", () => {
  it("waits for no lingering batch, not even of records that waited for metadata when it began", async () => {
    const topic = "flushed";
    await admin.createTopic({ name: topic, partitions: 1 });
    // Longer than this test may take.
    const producer = createProducer({ bootstrap: cluster.bootstrap, lingerMs: 3_600_000 });
    const first = producer.send({ topic, value: "1" });
    await producer.flush();
    expect(await first).toEqual({ partition: 0, offset: 0 });
    void producer.send({ topic, value: "2" });
    await producer.close();
  });
});

describe("much", () => {
  it("comes out as it went in, each key in its order", async () => {
    const topic = "much";
    const count = 20_000;
    await admin.createTopic({ name: topic, partitions: 4 });
    const producer = createProducer({ bootstrap: cluster.bootstrap, compression: "lz4", bufferBytesMax: 1024 * 1024 });
    const went = new Map<string, string[]>();
    const acknowledged = [];
    for (let i = 0; i < count; i++) {
      const key = `key-${i % 97}`;
      const value = createHash("sha256").update(String(i)).digest("hex");
      went.set(key, [...(went.get(key) ?? []), value]);
      acknowledged.push(producer.send({ topic, key, value }));
    }
    await producer.flush();
    const places = await Promise.all(acknowledged);
    expect(new Set(places.map(({ partition, offset }) => `${partition}:${offset}`)).size).toBe(count);
    await producer.close();

    const consumer = createConsumer({ bootstrap: cluster.bootstrap, fetchBytesMax: 256 * 1024 });
    await consumer.assign(assignmentOf(topic, 4));
    const came = new Map<string, string[]>();
    for (const record of await collect(consumer, count)) {
      const key = text(record.key)!;
      const values = came.get(key);
      if (values) values.push(text(record.value)!);
      else came.set(key, [text(record.value)!]);
    }
    await consumer.close();
    expect(new Map([...came].sort())).toEqual(new Map([...went].sort()));
    const ends = await admin.listOffsets(
      [0, 1, 2, 3].map((partition) => ({ topic, partition })),
      "latest",
    );
    expect([...ends.values()].reduce((sum, end) => sum + end, 0)).toBe(count);
  });

  it("splits batches that a topic does not take, and refuses single records that it does not", async () => {
    const topic = "narrow";
    await admin.createTopic({ name: topic, partitions: 1, configs: { "max.message.bytes": "2000" } });
    const producer = createProducer({ bootstrap: cluster.bootstrap });
    const good = Array.from({ length: 20 }, () => producer.send({ topic, value: "x".repeat(500) }));
    await expect(producer.send({ topic, value: "x".repeat(5000) })).rejects.toMatchObject({ code: 10 });
    const after = await producer.send({ topic, value: "y" });
    expect((await Promise.all(good)).map(({ offset }) => offset)).toEqual(good.map((_, index) => index));
    expect(after.offset).toBe(20);
    await producer.close();
  });
});

describe("a group", () => {
  const options = { heartbeatIntervalMs: 100, sessionTimeoutMs: 10_000, offsetReset: "earliest" as const };

  it("spreads partitions over two members, and gives all to the one that stays", async () => {
    const topic = "spread";
    await admin.createTopic({ name: topic, partitions: 4 });
    const producer = createProducer({ bootstrap: cluster.bootstrap });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => producer.send({ topic, partition: i % 4, value: `before ${i}` })),
    );
    const events: string[] = [];
    const generations = new Map<string, number>();
    const member = (name: string): Consumer => {
      const consumer: Consumer = createConsumer({
        bootstrap: cluster.bootstrap,
        clientId: name,
        groupId: "pair",
        ...options,
        onAssigned: (partitions, generation) => {
          events.push(`${name} gets ${partitions.length}`);
          generations.set(name, generation);
        },
        onRevoked: async (partitions) => {
          events.push(`${name} gives ${partitions.length}`);
          await consumer.commit();
        },
      });
      return consumer;
    };
    const one = member("one");
    await one.subscribe([topic]);
    expect(await collect(one, 40)).toHaveLength(40);
    await one.commit();

    const two = member("two");
    await two.subscribe([topic]);
    const deadline = performance.now() + 20_000;
    while (!(events.includes("two gets 2") && events.includes("one gets 2")) && performance.now() < deadline) {
      await Promise.all([one.poll(100), two.poll(100)]);
    }
    expect(events).toEqual(expect.arrayContaining(["one gets 4", "one gives 4", "one gets 2", "two gets 2"]));
    expect(generations.get("one")).toBe(generations.get("two"));
    expect(generations.get("one")).toBeGreaterThan(1);

    await Promise.all(
      Array.from({ length: 40 }, (_, i) => producer.send({ topic, partition: i % 4, value: `after ${i}` })),
    );
    const [first, second] = await Promise.all([collect(one, 20), collect(two, 20)]);
    expect([...first, ...second].map(({ value }) => text(value)).sort()).toEqual(
      Array.from({ length: 40 }, (_, i) => `after ${i}`).sort(),
    );
    const [described] = await admin.describeGroups(["pair"]);
    expect(described).toMatchObject({ state: "Stable", protocolType: "consumer", protocol: "range" });
    expect(described!.members.map(({ clientId }) => clientId).sort()).toEqual(["one", "two"]);
    expect(
      described!.members.flatMap(({ assignment }) => assignment.flatMap(({ partitions }) => partitions)).sort(),
    ).toEqual([0, 1, 2, 3]);
    expect((await admin.listGroups()).map(({ groupId }) => groupId)).toContain("pair");

    await two.close({ commit: true });
    const left = performance.now() + 20_000;
    while (one.assignment().length < 4 && performance.now() < left) await one.poll(100);
    expect(one.assignment()).toHaveLength(4);
    await one.commit();
    await one.close();
    const committed = await admin.committedOffsets("pair");
    expect(committed.map(({ partition, offset }) => [partition, offset]).sort()).toEqual([
      [0, 20],
      [1, 20],
      [2, 20],
      [3, 20],
    ]);
    await producer.close();
  });

  it("goes on where it committed, after a restart of the cluster as well", async () => {
    const topic = "resumed";
    await admin.createTopic({ name: topic, partitions: 1 });
    const producer = createProducer({ bootstrap: cluster.bootstrap });
    await Promise.all(Array.from({ length: 10 }, (_, i) => producer.send({ topic, value: `${i}` })));
    const first = createConsumer({ bootstrap: cluster.bootstrap, groupId: "resumes", ...options });
    await first.subscribe([topic]);
    const records: IncomingRecord[] = [];
    while (records.length < 4) records.push(...(await first.poll(250, 4 - records.length)));
    await first.close({ commit: true });

    await cluster.restart();
    // The same producer and admin client find their way again.
    expect((await producer.send({ topic, value: "10" })).offset).toBe(10);
    await producer.close();
    const second = createConsumer({ bootstrap: cluster.bootstrap, groupId: "resumes", ...options });
    await second.subscribe([topic]);
    expect((await collect(second, 7)).map(({ value }) => text(value))).toEqual(["4", "5", "6", "7", "8", "9", "10"]);
    await second.close();
    expect(await admin.committedOffsets("resumes")).toMatchObject([{ topic, partition: 0, offset: 4 }]);
    await admin.commitOffsets("resumes", [{ topic, partition: 0, offset: 2 }]);
    expect(await admin.committedOffsets("resumes")).toMatchObject([{ topic, partition: 0, offset: 2 }]);
    await admin.deleteGroup("resumes");
    expect(await admin.committedOffsets("resumes")).toEqual([]);
  });

  it("reads and commits on through a restart of the cluster", async () => {
    const topic = "lasting";
    await admin.createTopic({ name: topic, partitions: 2 });
    const producer = createProducer({ bootstrap: cluster.bootstrap });
    const byHand = createConsumer({ bootstrap: cluster.bootstrap });
    const member = createConsumer({ bootstrap: cluster.bootstrap, groupId: "lasts", ...options });
    await byHand.assign(assignmentOf(topic, 2));
    await member.subscribe([topic]);
    const sendAll = (from: number): Promise<unknown> =>
      Promise.all(Array.from({ length: 10 }, (_, i) => producer.send({ topic, key: `${i}`, value: `${from + i}` })));
    await sendAll(0);
    expect(await Promise.all([collect(byHand, 10), collect(member, 10)])).toMatchObject([
      { length: 10 },
      { length: 10 },
    ]);
    await member.commit();

    await cluster.restart();
    await sendAll(10);
    const came = await Promise.all([collect(byHand, 10), collect(member, 10)]);
    for (const records of came) {
      expect(records.map(({ value }) => Number(text(value))).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 10 }, (_, i) => 10 + i),
      );
    }
    await member.close({ commit: true });
    const committed = await admin.committedOffsets("lasts");
    expect(committed.reduce((sum, { offset }) => sum + offset, 0)).toBe(20);
    await Promise.all([byHand.close(), producer.close()]);
  });

  it("says where there is nothing to begin with, and no rule for it", async () => {
    await admin.createTopic({ name: "bare", partitions: 1 });
    const consumer = createConsumer({ bootstrap: cluster.bootstrap, groupId: "bare", offsetReset: "none" });
    await consumer.subscribe(["bare"]);
    await expect(collect(consumer, 1)).rejects.toThrow(
      "no usable offset of group bare for bare-0, and no reset policy",
    );
    await consumer.close();
  });
});

describe("what administrators ask for", () => {
  it("log starts, ends, times, directories, elections, forgotten offsets, versions", async () => {
    const topic = "administered";
    await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 2 });
    const producer = createProducer({ bootstrap: cluster.bootstrap });
    for (const timestampMs of [1000, 3000, 2000]) await producer.send({ topic, value: "v", timestampMs });
    await producer.close();
    const at = { topic, partition: 0 };
    const offsets = [];
    for (const timestamp of ["earliest", "latest", "max-timestamp", 2500] as const) {
      offsets.push((await admin.offsetsFor([{ ...at, timestamp }]))[0]!.offset);
    }
    expect(offsets).toEqual([0, 3, 1, 1]);
    const [moved, strange] = await admin.deleteRecords([
      { ...at, beforeOffset: 2 },
      { ...at, partition: 9, beforeOffset: 1 },
    ]);
    expect(moved).toMatchObject({ ...at, lowWatermark: 2, error: null });
    expect(strange!.error!.code).toBe(KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    expect((await admin.offsetsFor([{ ...at, timestamp: "earliest" }]))[0]!.offset).toBe(2);

    const dirs = await admin.describeLogDirs();
    const replicas = dirs.flatMap(({ dirs: list }) => list.flatMap((dir) => dir.replicas));
    expect(replicas.filter((replica) => replica.topic === topic)).toHaveLength(2);
    const [election] = await admin.electLeaders("preferred", [at]);
    expect(election!.error!.code).toBe(KafkaError.ELECTION_NOT_NEEDED);
    const [described] = await admin.describeTopicPartitions([topic], 1);
    expect(described!.partitions[0]!.eligibleLeaderReplicas).toEqual([]);

    await admin.commitOffsets("forgetful", [{ ...at, offset: 3 }]);
    expect(await admin.deleteOffsets("forgetful", [at])).toEqual([{ ...at, error: null }]);
    expect(await admin.committedOffsets("forgetful")).toEqual([]);

    const { nodes } = await admin.describeEndpoints();
    const versions = await admin.apiVersions();
    expect(versions.map(({ nodeId }) => nodeId)).toEqual(expect.arrayContaining(nodes.map(({ nodeId }) => nodeId)));
    expect((await admin.describeFeatures()).finalized.map(({ name }) => name)).toContain("metadata.version");
    const refused = await admin
      .updateFeatures([{ name: "no.such", level: 1, type: "upgrade" }])
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ detail: expect.stringContaining("no.such") as string });
  });
});
