import { type Consumer, Kafka, logLevel } from "kafkajs";
import { startCluster, type TestCluster } from "./start-cluster";

// The main job from outside: a client that somebody else wrote, against every role in this process.

let cluster: TestCluster;
let kafka: Kafka;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 2, coordinators: 2 });
  kafka = new Kafka({ clientId: "spec", brokers: [...cluster.bootstrap], logLevel: logLevel.NOTHING });
});
afterAll(() => cluster.stop());

async function withAdmin<T>(work: (admin: ReturnType<Kafka["admin"]>) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function produce(topic: string, values: readonly string[]): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({
    topic,
    acks: -1,
    messages: values.map((value) => ({ key: value, value, headers: { kind: "spec" } })),
  });
  await producer.disconnect();
}

async function collect(consumer: Consumer, topic: string, seen: string[]): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void seen.push(message.value!.toString()) });
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it("creates, describes and deletes topics", async () => {
  await withAdmin(async (admin) => {
    await admin.createTopics({ topics: [{ topic: "made", numPartitions: 4 }], waitForLeaders: true });
    const { topics } = await admin.fetchTopicMetadata({ topics: ["made"] });
    expect(topics[0]!.partitions).toHaveLength(4);
    expect(new Set(topics[0]!.partitions.map(({ leader }) => leader))).toEqual(new Set([1, 2]));
    await admin.deleteTopics({ topics: ["made"] });
    expect(await admin.listTopics()).not.toContain("made");
  });
});

it("hands every record to the group, over a rebalance", async () => {
  const topic = "grouped";
  await withAdmin((admin) => admin.createTopics({ topics: [{ topic, numPartitions: 4 }], waitForLeaders: true }));
  const values = (from: number) => Array.from({ length: 200 }, (_, i) => `v${from + i}`);
  const seen: string[][] = [[], []];
  const first = kafka.consumer({ groupId: "g", heartbeatInterval: 100, maxWaitTimeInMs: 50 });
  const second = kafka.consumer({ groupId: "g", heartbeatInterval: 100, maxWaitTimeInMs: 50 });
  try {
    await collect(first, topic, seen[0]!);
    await produce(topic, values(0));
    await until(() => seen[0]!.length === 200, "the first member to read alone");
    await collect(second, topic, seen[1]!);
    await produce(topic, values(200));
    await until(() => new Set(seen.flat()).size === 400, "both members to have read everything");
    await withAdmin(async (admin) => {
      const { groups } = await admin.describeGroups(["g"]);
      expect(groups[0]!.state).toBe("Stable");
      expect(groups[0]!.members).toHaveLength(2);
    });
  } finally {
    await Promise.all([first.disconnect(), second.disconnect()]);
  }
});

it("resumes from committed offsets after a restart of the cluster", async () => {
  const topic = "resumed";
  await withAdmin((admin) => admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true }));
  await produce(topic, ["a", "b", "c"]);
  const before: string[] = [];
  const early = kafka.consumer({ groupId: "r", heartbeatInterval: 100, maxWaitTimeInMs: 50 });
  await collect(early, topic, before);
  await until(() => before.length === 3, "the first three records");
  await early.disconnect();

  await cluster.restart();

  await produce(topic, ["d", "e"]);
  const after: string[] = [];
  const late = kafka.consumer({ groupId: "r", heartbeatInterval: 100, maxWaitTimeInMs: 50 });
  await collect(late, topic, after);
  await until(() => after.length >= 2, "the records after the restart");
  await late.disconnect();
  expect(after.sort()).toEqual(["d", "e"]);
});

it("shows what it did in its metrics", async () => {
  const text = await cluster.metrics();
  expect(text).toMatch(/kafka_network_requestmetrics_requests_total\{request="Produce",version="\d+"\} [1-9]/);
  expect(text).toMatch(/kafka_server_brokertopicmetrics_messagesin_total\{topic="grouped"\} 400/);
});
