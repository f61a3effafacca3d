// Driver of node-rdkafka: librdkafka, compiled.
import { createRequire } from "node:module";
import { Collected, base64, drive, emit, records, streamRecords, task } from "./driver-kit.mjs";

const require = createRequire(`${task.home}/node_modules/`);
const Kafka = require("node-rdkafka");
const shared = { "metadata.broker.list": task.bootstrap, "client.id": "conformance-rdkafka" };
const headersOf = (headers) =>
  (headers ?? []).flatMap((header) => Object.entries(header)).map(([name, value]) => [name, base64(value)]);

async function withProducer(config, work) {
  const producer = new Kafka.Producer({ ...shared, dr_cb: true, "message.max.bytes": 4_000_000, ...config });
  producer.setPollInterval(20);
  await new Promise((resolve, reject) => {
    producer.once("ready", resolve);
    producer.once("connection.failure", reject);
    producer.connect({ timeout: 30_000 });
  });
  const waiting = new Map();
  let nextId = 0;
  producer.on("delivery-report", (error, report) => {
    const { resolve, reject } = waiting.get(report.opaque);
    waiting.delete(report.opaque);
    if (error) reject(error);
    else resolve();
  });
  const send = async ({ key, value, headers = [], partition = -1 }) => {
    for (;;) {
      const id = nextId++;
      try {
        const delivered = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
        producer.produce(
          task.topic,
          partition,
          value,
          key,
          undefined,
          id,
          headers.map(([name, header]) => ({ [name]: header })),
        );
        return await delivered;
      } catch (error) {
        waiting.delete(id);
        if (error.code !== Kafka.CODES.ERRORS.ERR__QUEUE_FULL) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  try {
    return await work(send);
  } finally {
    await new Promise((resolve) => producer.flush(10_000, resolve));
    await new Promise((resolve) => producer.disconnect(resolve));
  }
}

/** librdkafka is compiled where it is installed, with the codecs that machine has headers of. */
async function skipWithoutCodec(work) {
  try {
    return await work();
  } catch (error) {
    if (/not available at build time/.test(String(error))) return { skipped: error.message };
    throw error;
  }
}

async function consumeWith(config, start) {
  const collected = new Collected();
  const consumer = new Kafka.KafkaConsumer(
    {
      ...shared,
      "session.timeout.ms": 10_000,
      "heartbeat.interval.ms": 500,
      "auto.commit.interval.ms": 200,
      rebalance_cb: (error, assignment) => {
        if (error.code === Kafka.CODES.ERRORS.ERR__ASSIGN_PARTITIONS) {
          consumer.assign(assignment);
          emit({ event: "assigned", partitions: assignment.map(({ partition }) => partition) });
        } else consumer.unassign();
      },
      ...config,
    },
    { "auto.offset.reset": "earliest" },
  );
  consumer.on("event.error", (error) => emit({ event: "retry", error: error.message }));
  consumer.on("data", (message) => collected.add({ ...message, headers: headersOf(message.headers) }));
  const metadata = await new Promise((resolve, reject) => {
    consumer.connect({ topic: task.topic, timeout: 30_000 }, (error, data) => (error ? reject(error) : resolve(data)));
  });
  start(consumer, metadata);
  consumer.consume();
  const why = await collected.done();
  await new Promise((resolve) => consumer.disconnect(resolve));
  collected.flush();
  return { count: collected.count, why };
}

await drive({
  create: () =>
    new Promise((resolve, reject) => {
      const admin = Kafka.AdminClient.create(shared);
      admin.createTopic(
        { topic: task.topic, num_partitions: task.partitions, replication_factor: task.replicationFactor },
        30_000,
        (error) => {
          admin.disconnect();
          if (error) reject(error);
          else resolve({});
        },
      );
    }),
  produce: () =>
    skipWithoutCodec(() =>
      withProducer(
        { "compression.codec": task.codec ?? "none", "request.required.acks": task.acks ?? -1, "linger.ms": 20 },
        async (send) => {
          const all = records();
          await Promise.all(all.map(send));
          return { acked: all.length };
        },
      ),
    ),
  produceStream: () =>
    withProducer({ "enable.idempotence": true, "linger.ms": 2, "message.timeout.ms": 120_000 }, (send) =>
      streamRecords((value) => send({ key: Buffer.from(value), value: Buffer.from(value) })),
    ),
  consume: () =>
    consumeWith({ "group.id": `assign-${task.topic}`, "enable.auto.commit": false }, (consumer, metadata) => {
      const { partitions } = metadata.topics.find(({ name }) => name === task.topic);
      consumer.assign(partitions.map(({ id }) => ({ topic: task.topic, partition: id, offset: 0 })));
    }),
  consumeGroup: () => consumeWith({ "group.id": task.group }, (consumer) => consumer.subscribe([task.topic])),
});
