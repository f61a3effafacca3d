import {
  type Admin,
  createAdmin,
  createConsumer,
  createProducer,
  KafkaClientError,
  type Producer,
} from "@moldau/client";
import { startCluster, type TestCluster } from "./start-cluster";

// A compacted topic through a client: what is written over goes, the newest of each key stays, on a broker that is restarted
// in between as well.

const PARTITIONS = 2;

let cluster: TestCluster;
let admin: Admin;
let producer: Producer;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 2, config: { "log.cleaner.backoff.ms": "100" } });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
  producer = createProducer({ bootstrap: cluster.bootstrap, compression: "zstd" });
});
afterAll(async () => {
  await producer.close();
  await admin.close();
  await cluster.stop();
});

/** Every record from the beginning: partition, offset, key and value. */
async function readAll(
  topic: string,
): Promise<{ partition: number; offset: number; key: string; value: string | null }[]> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition }));
  const ends = await admin.listOffsets(partitions, "latest");
  const consumer = createConsumer({ bootstrap: cluster.bootstrap });
  await consumer.assign(partitions.map((one) => ({ ...one, offset: "earliest" as const })));
  const records: Awaited<ReturnType<typeof readAll>> = [];
  const missing = new Map([...ends].filter(([, offset]) => offset > 0));
  const deadline = performance.now() + 60_000;
  while (missing.size > 0 && performance.now() < deadline) {
    for (const { partition, offset, key, value } of await consumer.poll(250)) {
      records.push({
        partition,
        offset,
        key: Buffer.from(key!).toString(),
        value: value && Buffer.from(value).toString(),
      });
      const name = `${topic}-${partition}`;
      if (offset + 1 >= (missing.get(name) ?? 0)) missing.delete(name);
    }
  }
  await consumer.close();
  return records;
}

it("keeps the newest value of each key, at its offset", async () => {
  await admin.createTopic({
    name: "accounts",
    partitions: PARTITIONS,
    replicationFactor: 2,
    configs: { "cleanup.policy": "compact", "segment.bytes": "4000", "min.cleanable.dirty.ratio": "0.01" },
  });
  const newest = new Map<string, { partition: number; offset: number; value: string }>();
  const write = async (round: number): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      const key = `account-${(i * 7) % 20}`;
      const value = `${round}-${i} ${"x".repeat(200)}`;
      const { partition, offset } = await producer.send({ topic: "accounts", key, value });
      newest.set(key, { partition, offset, value });
    }
  };
  const check = async (): Promise<void> => {
    const records = await readAll("accounts");
    const found = new Map(records.map(({ key, partition, offset, value }) => [key, { partition, offset, value }]));
    expect(found).toEqual(newest);
    const places = records.map(({ partition, offset }) => `${partition}/${offset}`);
    expect(new Set(places).size).toBe(places.length);
  };
  for (let round = 0; round < 5; round++) await write(round);
  const deadline = performance.now() + 60_000;
  for (;;) {
    await check();
    // What the active segments hold is not compacted.
    if ((await readAll("accounts")).length < 150 || performance.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect((await readAll("accounts")).length).toBeLessThan(150);
  expect(await cluster.metrics()).toMatch(/kafka_log_logcleanermanager_uncleanable_partitions_count\{[^}]*\} 0/);
  await cluster.restart();
  await check();
  await write(5);
  await check();
}, 240_000);

it("refuses records without a key, and takes them where the topic only deletes", async () => {
  await admin.createTopic({ name: "keyed", partitions: 1, configs: { "cleanup.policy": "compact,delete" } });
  await admin.createTopic({ name: "free", partitions: 1 });
  const refused = producer.send({ topic: "keyed", key: null, value: "nobody's" });
  await expect(refused).rejects.toBeInstanceOf(KafkaClientError);
  await expect(refused).rejects.toMatchObject({ code: 87 });
  expect(await producer.send({ topic: "free", key: null, value: "nobody's" })).toMatchObject({ offset: 0 });
  expect(await producer.send({ topic: "keyed", key: "a", value: null })).toMatchObject({ offset: 0 });
});
