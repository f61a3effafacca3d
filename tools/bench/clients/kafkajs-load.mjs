// kafkajs as its users have it: messages in sendBatch, eachBatch with its own commits. One JSON argument, one line of JSON back.
import { createRequire } from "node:module";

const { Kafka, logLevel, CompressionTypes } = createRequire(import.meta.url)("kafkajs");
const { role, bootstrap, topic, records, recordBytes, batchBytes, group } = JSON.parse(process.argv[2]);
const kafka = new Kafka({ clientId: "bench", brokers: [bootstrap], logLevel: logLevel.ERROR });

async function produce() {
  const producer = kafka.producer();
  await producer.connect();
  const value = Buffer.alloc(recordBytes, "bench");
  const each = Math.max(1, Math.floor(batchBytes / recordBytes));
  let left = records;
  const started = performance.now();
  // Five requests on their way, as many as Java's client has.
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      while (left > 0) {
        const messages = Array.from({ length: Math.min(each, left) }, () => ({ value }));
        left -= messages.length;
        await producer.send({ topic, acks: -1, compression: CompressionTypes.None, messages });
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  await producer.disconnect();
  return seconds;
}

async function consume() {
  const consumer = kafka.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let left = records;
  let started;
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    // From the first batch on: joining the group is not what is measured.
    consumer.on(consumer.events.FETCH_START, () => (started ??= performance.now()));
    void consumer.run({
      partitionsConsumedConcurrently: 3,
      eachBatch: async ({ batch }) => {
        left -= batch.messages.length;
        if (left <= 0) resolve();
      },
    });
  });
  const seconds = (performance.now() - started) / 1_000;
  await consumer.disconnect();
  return seconds;
}

const seconds = await (role === "produce" ? produce() : consume());
console.log(
  JSON.stringify({
    records,
    recordsPerSecond: records / seconds,
    mbPerSecond: (records * recordBytes) / 1e6 / seconds,
  }),
);
process.exit();
