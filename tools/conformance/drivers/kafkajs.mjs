// Driver of kafkajs: speaks old versions of every API.
import { createRequire } from "node:module";
import { Collected, base64, drive, emit, inRequests, records, streamRecords, task } from "./driver-kit.mjs";

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

await drive({
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
    consumeWith(kafka.consumer({ groupId: `assign-${task.topic}-${process.pid}`, maxBytesPerPartition: 4 << 20 })),
  consumeGroup: () =>
    consumeWith(
      kafka.consumer({ groupId: task.group, sessionTimeout: 10_000, heartbeatInterval: 500, rebalanceTimeout: 10_000 }),
    ),
});
