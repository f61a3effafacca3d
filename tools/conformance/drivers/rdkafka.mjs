// Driver of node-rdkafka: librdkafka, compiled.
import { createRequire } from "node:module";
import {
  Collected,
  MemberLog,
  base64,
  drive,
  emit,
  isAborting,
  records,
  stopped,
  streamRecords,
  task,
  transformed,
} from "./driver-kit.mjs";

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

const isolation = { "isolation.level": task.isolation ?? "read_committed" };

/** Calls a method that ends in a callback. */
const call = (on, method, ...args) =>
  new Promise((resolve, reject) => on[method](...args, (error, value) => (error ? reject(error) : resolve(value))));

async function transform() {
  const producer = new Kafka.Producer({
    ...shared,
    "transactional.id": task.transactionalId,
    "transaction.timeout.ms": 20_000,
    "linger.ms": 2,
    dr_cb: true,
  });
  producer.setPollInterval(20);
  await call(producer, "connect", { timeout: 30_000 });
  // First what an earlier life has left behind is ended, then offsets are read.
  await call(producer, "initTransactions", 60_000);
  const consumer = new Kafka.KafkaConsumer(
    {
      ...shared,
      "group.id": task.group,
      "enable.auto.commit": false,
      "isolation.level": "read_committed",
      "session.timeout.ms": 6_000,
      "heartbeat.interval.ms": 500,
      rebalance_cb: true,
    },
    { "auto.offset.reset": "earliest" },
  );
  // What was read of a partition that has gone since is somebody else's: it must not be committed in the name of the new generation. The
  // member does not join again before it has heard this.
  let rebalances = 0;
  consumer.on("rebalance", () => rebalances++);
  await call(consumer, "connect", { timeout: 30_000 });
  consumer.setDefaultConsumeTimeout(200);
  consumer.subscribe([task.from]);
  /** Back to what was committed: what was read since belongs to a transaction that is not there. */
  const rewind = async () => {
    for (const { topic, partition, offset } of await call(consumer, "committed", null, 30_000)) {
      await call(consumer, "seek", { topic, partition, offset: offset >= 0 ? offset : 0 }, 30_000);
    }
  };
  while (!stopped()) {
    const before = rebalances;
    const messages = await call(consumer, "consume", 50).catch(() => []);
    if (messages.length === 0) continue;
    if (rebalances !== before) {
      await rewind();
      continue;
    }
    try {
      await call(producer, "beginTransaction");
      const ends = new Map();
      for (const message of messages) {
        const { key, value } = transformed(message.value);
        producer.produce(task.to, -1, Buffer.from(value), Buffer.from(key));
        ends.set(message.partition, message.offset + 1);
      }
      if (rebalances !== before) {
        await call(producer, "abortTransaction", 30_000);
        await rewind();
        continue;
      }
      const offsets = [...ends].map(([partition, offset]) => ({ topic: task.from, partition, offset }));
      await call(producer, "sendOffsetsToTransaction", offsets, consumer, 30_000);
      if (isAborting()) {
        await call(producer, "flush", 10_000);
        await call(producer, "abortTransaction", 30_000);
        await rewind();
        emit({ event: "aborted", count: 1 });
      } else {
        await call(producer, "commitTransaction", 30_000);
        emit({ event: "committed", count: 1 });
      }
    } catch (error) {
      emit({ event: "retry", error: String(error?.message ?? error) });
      if (!error?.isTxnRequiresAbort) throw error;
      await call(producer, "abortTransaction", 30_000);
      await rewind();
    }
  }
  await call(consumer, "disconnect");
  return {};
}

async function member() {
  const log = new MemberLog();
  const ids = (assignment) => assignment.map(({ partition }) => partition);
  const classic = {
    "partition.assignment.strategy": task.protocol,
    "session.timeout.ms": 10_000,
    "heartbeat.interval.ms": 500,
  };
  const consumer = new Kafka.KafkaConsumer(
    {
      ...shared,
      "group.id": task.group,
      "auto.commit.interval.ms": 1000,
      ...(task.protocol === "consumer" ? { "group.protocol": "consumer" } : classic),
      ...(task.instanceId ? { "group.instance.id": task.instanceId } : {}),
      rebalance_cb: true,
    },
    { "auto.offset.reset": "earliest" },
  );
  consumer.on("event.error", (error) => emit({ event: "retry", error: error.message }));
  consumer.on("rebalance", ({ code }, assignment) => {
    if (code === Kafka.CODES.ERRORS.ERR__ASSIGN_PARTITIONS) log.assigned(ids(assignment));
    else log.revoked(ids(assignment));
  });
  await call(consumer, "connect", { timeout: 30_000 });
  consumer.setDefaultConsumeTimeout(100);
  consumer.subscribe([task.topic]);
  // Asked for, not flowing: what flows keeps it from ending. Few at a time: it answers when it has all of them, or none came for 100 ms,
  // and a hundred take seconds to come; a member must not look silent for that.
  while (!stopped()) {
    const messages = await call(consumer, "consume", 10).catch(() => []);
    for (const { partition, offset, value } of messages) log.record(partition, offset, value);
  }
  log.closing();
  await call(consumer, "disconnect");
  return {};
}

await drive({
  member,
  transform,
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
    consumeWith(
      { "group.id": `assign-${task.topic}`, "enable.auto.commit": false, ...isolation },
      (consumer, metadata) => {
        const { partitions } = metadata.topics.find(({ name }) => name === task.topic);
        consumer.assign(partitions.map(({ id }) => ({ topic: task.topic, partition: id, offset: 0 })));
      },
    ),
  consumeGroup: () => consumeWith({ "group.id": task.group }, (consumer) => consumer.subscribe([task.topic])),
});
