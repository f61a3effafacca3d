import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Admin, createAdmin } from "@moldau/client";
import { Kafka, logLevel } from "kafkajs";
import { startCluster, type TestCluster } from "./start-cluster";

// Replicas that move between the directories of a broker, with somebody else's client at work on them.

let root: string;
let cluster: TestCluster;
let admin: Admin;
let kafka: Kafka;
const path = (name: string): string => join(root, name);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "moldau-dirs-"));
  cluster = await startCluster({ config: { "log.dirs": `${path("a")},${path("b")}` } });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
  kafka = new Kafka({ brokers: [...cluster.bootstrap], clientId: "spec", logLevel: logLevel.NOTHING });
});
afterAll(async () => {
  await admin.close();
  await cluster.stop();
  rmSync(root, { recursive: true, force: true });
});

async function replicas() {
  const [broker] = await admin.describeLogDirs();
  return broker!.dirs.flatMap((dir) => dir.replicas.map((replica) => ({ ...replica, path: dir.path })));
}

it("move while they are written and read, with their groups and transactions, and are found again after a restart", async () => {
  await admin.createTopic({ name: "orders", partitions: 4 });
  const producer = kafka.producer({ idempotent: true, transactionalId: "mover", maxInFlightRequests: 1 });
  const consumer = kafka.consumer({ groupId: "readers" });
  const seen: string[] = [];
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: ["orders"], fromBeginning: true });
  await consumer.run({ eachMessage: ({ message }) => Promise.resolve(void seen.push(message.value!.toString())) });
  let sent = 0;
  let isOver = false;
  const writing = (async () => {
    while (!isOver) {
      const transaction = await producer.transaction();
      const aborts = sent % 5 === 0;
      const name = `${aborts ? "aborted" : "committed"}-${sent++}`;
      const messages = [0, 1, 2, 3].map((partition) => ({ partition, value: `${name}-${partition}` }));
      await transaction.send({ topic: "orders", messages });
      await (aborts ? transaction.abort() : transaction.commit());
    }
  })();
  const settled = async (target: string): Promise<void> => {
    for (;;) {
      const all = await replicas();
      if (all.every((replica) => replica.path === target && !replica.isFuture)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const sentMore = async (count: number): Promise<void> => {
    const before = sent;
    while (sent < before + count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await sentMore(3);
  for (const target of [path("b"), path("a")]) {
    const moves = (await replicas()).map(({ topic, partition }) => ({ topic, partition, brokerId: 1, path: target }));
    expect(moves.some(({ topic }) => topic === "__consumer_offsets")).toBe(true);
    expect(moves.some(({ topic }) => topic === "__transaction_state")).toBe(true);
    const outcomes = await admin.alterReplicaLogDirs(moves);
    expect(outcomes.filter(({ error }) => error !== null)).toEqual([]);
    await settled(target);
    await sentMore(10);
  }
  isOver = true;
  await writing;
  const committed = Array.from({ length: sent }, (_, i) => i)
    .filter((i) => i % 5 !== 0)
    .flatMap((i) => [0, 1, 2, 3].map((partition) => `committed-${i}-${partition}`))
    .sort();
  while (seen.length < committed.length) await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...seen].sort()).toEqual(committed);
  await consumer.disconnect();
  await producer.disconnect();
  await cluster.restart();
  const names = readdirSync(path("b")).filter((name) => /^[^.]+-\d+$/.test(name));
  expect(names).toEqual([]);
  expect((await replicas()).filter((replica) => replica.isFuture || replica.path !== path("a"))).toEqual([]);
  const [lag] = await admin.describeGroups(["readers"]);
  expect(lag).toMatchObject({ groupId: "readers" });
  const again = kafka.consumer({ groupId: "others" });
  const found: string[] = [];
  await again.connect();
  await again.subscribe({ topics: ["orders"], fromBeginning: true });
  await again.run({ eachMessage: ({ message }) => Promise.resolve(void found.push(message.value!.toString())) });
  while (found.length < committed.length) await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...found].sort()).toEqual(committed);
  await again.disconnect();
}, 240_000);
