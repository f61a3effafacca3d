// Driver of kafkajs: speaks old versions of every API.
import { createRequire } from "node:module";
import {
  Collected,
  MemberLog,
  base64,
  drive,
  emit,
  inRequests,
  isAborting,
  records,
  stopped,
  streamRecords,
  task,
  transformed,
} from "./driver-kit.mjs";

const require = createRequire(`${task.home}/node_modules/`);
const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require("kafkajs");
const lz4 = require("lz4-napi");
CompressionCodecs[CompressionTypes.Snappy] = require("kafkajs-snappy");
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => lz4.compressFrame(encoder.buffer),
  decompress: async (buffer) => lz4.decompressFrame(buffer),
});
const zstd = require("@bokuweb/zstd-wasm");
const zstdReady = zstd.init();
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: async (encoder) => {
    await zstdReady;
    return Buffer.from(zstd.compress(encoder.buffer));
  },
  decompress: async (buffer) => {
    await zstdReady;
    return Buffer.from(zstd.decompress(buffer));
  },
});
const codecs = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

const kafka = new Kafka({
  clientId: "conformance-kafkajs",
  brokers: task.bootstrap.split(","),
  logLevel: logLevel.NOTHING,
  retry: { retries: 30, initialRetryTime: 100, maxRetryTime: 1000 },
});

const toMessage = ({ key, value, headers, partition }) => ({
  key,
  value,
  partition,
  headers: Object.fromEntries(headers),
});
const headersOf = (headers) => Object.entries(headers ?? {}).map(([name, value]) => [name, base64(value)]);

async function withProducer(work, options = {}) {
  const producer = kafka.producer({ allowAutoTopicCreation: false, ...options });
  await producer.connect();
  try {
    return await work(producer);
  } finally {
    await producer.disconnect();
  }
}

async function consumeWith(consumer, partitionsOf) {
  const collected = new Collected();
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
    emit({ event: "assigned", partitions: payload.memberAssignment[task.topic] ?? [] }),
  );
  await consumer.connect();
  await consumer.subscribe({ topics: [task.topic], fromBeginning: true });
  await consumer.run({
    autoCommitInterval: 200,
    eachMessage: async ({ partition, message }) => {
      if (partitionsOf && !partitionsOf.has(partition)) return;
      collected.add({
        key: message.key,
        value: message.value,
        headers: headersOf(message.headers),
        partition,
        offset: message.offset,
      });
    },
  });
  const why = await collected.done();
  await consumer.disconnect();
  collected.flush();
  return { count: collected.count, why };
}

const isolation = { readUncommitted: task.isolation === "read_uncommitted" };

/** One at a time, for its offsets go into a transaction without the member's generation. */
async function transform() {
  const producer = kafka.producer({
    transactionalId: task.transactionalId,
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout: 20_000,
  });
  // First what an earlier life has left behind is ended, then offsets are read.
  await producer.connect();
  const consumer = kafka.consumer({ groupId: task.group, sessionTimeout: 6_000, heartbeatInterval: 500 });
  await consumer.connect();
  await consumer.subscribe({ topics: [task.from], fromBeginning: true });
  const failed = new Promise((_, reject) => {
    consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async ({ batch, resolveOffset, heartbeat, isRunning, isStale }) => {
        for (let at = 0; at < batch.messages.length && isRunning() && !isStale();) {
          const chunk = batch.messages.slice(at, at + 50);
          const end = chunk[chunk.length - 1].offset;
          try {
            const transaction = await producer.transaction();
            await transaction.send({ topic: task.to, messages: chunk.map(({ value }) => transformed(value)) });
            await transaction.sendOffsets({
              consumerGroupId: task.group,
              topics: [
                { topic: task.from, partitions: [{ partition: batch.partition, offset: String(BigInt(end) + 1n) }] },
              ],
            });
            if (isAborting()) {
              await transaction.abort();
              emit({ event: "aborted", count: 1 });
              continue;
            }
            await transaction.commit();
          } catch (error) {
            // Nobody knows how far it came: a new life finds out.
            reject(error);
            throw error;
          }
          emit({ event: "committed", count: 1 });
          resolveOffset(end);
          at += chunk.length;
          await heartbeat();
        }
      },
    });
  });
  await Promise.race([failed, untilStopped()]);
  await consumer.disconnect();
  await producer.disconnect();
  return {};
}

async function untilStopped() {
  while (!stopped()) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function member() {
  const log = new MemberLog();
  const consumer = kafka.consumer({
    groupId: task.group,
    sessionTimeout: 10_000,
    heartbeatInterval: 500,
    rebalanceTimeout: 10_000,
  });
  const { GROUP_JOIN, REBALANCING } = consumer.events;
  consumer.on(REBALANCING, () => log.revoked());
  consumer.on(GROUP_JOIN, ({ payload }) => {
    log.revoked();
    log.assigned(payload.memberAssignment[task.topic] ?? []);
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [task.topic], fromBeginning: true });
  await consumer.run({
    autoCommitInterval: 1000,
    eachMessage: async ({ partition, message }) => log.record(partition, message.offset, message.value),
  });
  await log.untilStopped();
  await consumer.disconnect();
  return {};
}

await drive({
  member,
  transform,
  create: async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({
      topics: [{ topic: task.topic, numPartitions: task.partitions, replicationFactor: task.replicationFactor }],
      waitForLeaders: true,
    });
    await admin.disconnect();
    return {};
  },
  produce: () =>
    withProducer(async (producer) => {
      const all = records();
      for (const run of inRequests(all)) {
        await producer.send({
          topic: task.topic,
          acks: task.acks ?? -1,
          compression: codecs[task.codec ?? "none"],
          messages: run.map(toMessage),
        });
      }
      return { acked: all.length };
    }),
  // Without idempotence: kafkajs gives a sequence that may already be in the log to the next batch when a send fails.
  produceStream: () =>
    withProducer((producer) =>
      streamRecords((value) => producer.send({ topic: task.topic, acks: -1, messages: [{ key: value, value }] })),
    ),
  // kafkajs has no consumption without a group: a group of its own that nobody shares is the nearest thing.
  consume: () =>
    consumeWith(
      kafka.consumer({ groupId: `assign-${task.topic}-${process.pid}`, maxBytesPerPartition: 4 << 20, ...isolation }),
    ),
  consumeGroup: () =>
    consumeWith(
      kafka.consumer({ groupId: task.group, sessionTimeout: 10_000, heartbeatInterval: 500, rebalanceTimeout: 10_000 }),
    ),
});
