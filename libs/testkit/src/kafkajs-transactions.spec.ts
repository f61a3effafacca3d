import { Kafka, type KafkaMessage, logLevel } from "kafkajs";
import { startCluster, type TestCluster } from "./start-cluster";

// Transactions as kafkajs (transactions v1) does them, against every role in this process.

let cluster: TestCluster;
let kafka: Kafka;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 2, coordinators: 2 });
  kafka = new Kafka({ brokers: [...cluster.bootstrap], clientId: "spec", logLevel: logLevel.NOTHING });
});
afterAll(() => cluster.stop());

const transactional = (transactionalId: string) =>
  kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });

async function createTopic(topic: string, numPartitions = 2): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor: 2 }], waitForLeaders: true });
  await admin.disconnect();
}

/** What a new group reads of a topic until it has `count` values. */
async function read(topic: string, count: number, readUncommitted = false): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: `reader-${topic}-${Math.random()}`, readUncommitted });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`only ${values.join()} came`)), 20_000);
    const eachMessage = ({ message }: { message: KafkaMessage }): Promise<void> => {
      values.push(message.value!.toString());
      if (values.length === count) {
        clearTimeout(timer);
        resolve();
      }
      return Promise.resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  }).finally(() => consumer.disconnect());
  return values.sort();
}

const values = (...texts: string[]) => texts.map((value, partition) => ({ value, partition: partition % 2 }));

it("commits over partitions and aborts without a trace for readers of committed data", async () => {
  await createTopic("atomic");
  const producer = transactional("atomic-1");
  await producer.connect();
  const first = await producer.transaction();
  await first.send({ topic: "atomic", messages: values("a", "b") });
  await first.commit();
  const second = await producer.transaction();
  await second.send({ topic: "atomic", messages: values("never", "seen") });
  await second.abort();
  const third = await producer.transaction();
  await third.send({ topic: "atomic", messages: values("c", "d") });
  await third.commit();
  await producer.disconnect();
  expect(await read("atomic", 4)).toEqual(["a", "b", "c", "d"]);
  expect(await read("atomic", 6, true)).toEqual(["a", "b", "c", "d", "never", "seen"]);
});

it("shows the records of an open transaction to nobody who reads committed data, nor what comes behind them", async () => {
  await createTopic("open", 1);
  const producer = transactional("open-1");
  const plain = kafka.producer();
  await Promise.all([producer.connect(), plain.connect()]);
  const transaction = await producer.transaction();
  await transaction.send({ topic: "open", messages: [{ value: "inside" }] });
  await plain.send({ topic: "open", messages: [{ value: "behind" }] });
  const admin = kafka.admin();
  await admin.connect();
  const reading = read("open", 2);
  const early = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 500, "nothing yet"))]);
  expect(early).toBe("nothing yet");
  await transaction.commit();
  expect(await reading).toEqual(["behind", "inside"]);
  await Promise.all([producer.disconnect(), plain.disconnect(), admin.disconnect()]);
});

it("commits a group's offsets with the records, or not at all", async () => {
  await createTopic("offsets", 1);
  const producer = transactional("offsets-1");
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  const committed = async (): Promise<string> => {
    const [topic] = await admin.fetchOffsets({ groupId: "processor", topics: ["offsets"] });
    return topic!.partitions[0]!.offset;
  };
  const end = async (offset: string, how: "commit" | "abort"): Promise<void> => {
    const transaction = await producer.transaction();
    await transaction.send({ topic: "offsets", messages: [{ value: offset }] });
    const topics = [{ topic: "offsets", partitions: [{ partition: 0, offset }] }];
    await transaction.sendOffsets({ consumerGroupId: "processor", topics });
    await transaction[how]();
  };
  await end("5", "commit");
  await until(async () => (await committed()) === "5");
  await end("9", "abort");
  await end("7", "commit");
  await until(async () => (await committed()) === "7");
  await Promise.all([producer.disconnect(), admin.disconnect()]);
});

it("fences a producer whose transactional id another one has taken, and aborts what it left open", async () => {
  await createTopic("fenced", 1);
  const old = transactional("fenced-1");
  await old.connect();
  const left = await old.transaction();
  await left.send({ topic: "fenced", messages: [{ value: "of the zombie" }] });
  const successor = transactional("fenced-1");
  await successor.connect();
  const transaction = await successor.transaction();
  await transaction.send({ topic: "fenced", messages: [{ value: "of its successor" }] });
  await transaction.commit();
  await expect(left.send({ topic: "fenced", messages: [{ value: "too late" }] })).rejects.toThrow();
  await expect(left.commit()).rejects.toThrow();
  expect(await read("fenced", 1)).toEqual(["of its successor"]);
  await Promise.all([old.disconnect().catch(() => undefined), successor.disconnect()]);
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("it did not happen within 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
