// Driver of @platformatic/kafka: speaks new versions only.
import { createRequire } from "node:module";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";
import { Collected, MemberLog, base64, drive, emit, inRequests, records, streamRecords, task } from "./driver-kit.mjs";

const require = createRequire(`${task.home}/node_modules/`);
const { Admin, Consumer, MessagesStreamModes, Producer } = await import(
  pathToFileURL(require.resolve("@platformatic/kafka")).href
);

const shared = {
  clientId: "conformance-platformatic",
  bootstrapBrokers: task.bootstrap.split(","),
  retries: 30,
  retryDelay: 200,
  autocreateTopics: false,
};
const toMessage = ({ key, value, headers, partition }) => ({
  topic: task.topic,
  key,
  value,
  partition,
  headers: new Map(headers.map(([name, header]) => [Buffer.from(name), header])),
});
const headersOf = (headers) => [...headers].map(([name, value]) => [Buffer.from(name).toString(), base64(value)]);

async function consumeWith(group, commit) {
  const collected = new Collected();
  const consumer = new Consumer({
    ...shared,
    groupId: group,
    sessionTimeout: 10_000,
    rebalanceTimeout: 10_000,
    heartbeatInterval: 500,
    maxBytes: 8 << 20,
    maxWaitTime: 500,
  });
  consumer.on("consumer:group:join", ({ assignments }) =>
    emit({ event: "assigned", partitions: (assignments ?? []).find((a) => a.topic === task.topic)?.partitions ?? [] }),
  );
  const stream = await consumer.consume({
    topics: [task.topic],
    mode: MessagesStreamModes.COMMITTED,
    fallbackMode: "earliest",
    autocommit: commit ? 200 : false,
  });
  stream.on("data", (message) => collected.add({ ...message, headers: headersOf(message.headers) }));
  stream.on("error", (error) => emit({ event: "retry", error: String(error.message) }));
  const why = await collected.done();
  // Its commits go by the clock alone, also when it is closed.
  if (commit) await new Promise((resolve) => setTimeout(resolve, 600));
  await consumer.close(true);
  collected.flush();
  return { count: collected.count, why };
}

async function member() {
  const log = new MemberLog();
  const classic = { sessionTimeout: 10_000, rebalanceTimeout: 10_000, heartbeatInterval: 500 };
  const consumer = new Consumer({
    ...shared,
    groupId: task.group,
    maxWaitTime: 500,
    ...(task.protocol === "consumer" ? { groupProtocol: "consumer" } : classic),
    ...(task.instanceId ? { groupInstanceId: task.instanceId } : {}),
  });
  const mine = () => (consumer.assignments ?? []).find(({ topic }) => topic === task.topic)?.partitions ?? [];
  if (task.protocol === "consumer") {
    // It has no event for what changes under this protocol.
    consumer.on("consumer:heartbeat:end", () => log.now(mine()));
  } else {
    consumer.on("consumer:group:rebalance", () => log.revoked());
    consumer.on("consumer:group:join", () => {
      log.revoked();
      log.assigned(mine());
    });
  }
  const stream = await consumer.consume({
    topics: [task.topic],
    mode: MessagesStreamModes.COMMITTED,
    fallbackMode: "earliest",
    autocommit: 200,
  });
  stream.on("data", ({ partition, offset, value }) => log.record(partition, offset, value));
  stream.on("error", (error) => emit({ event: "retry", error: String(error.message) }));
  await log.untilStopped();
  await new Promise((resolve) => setTimeout(resolve, 600));
  await consumer.close(true);
  return {};
}

await drive({
  member,
  create: async () => {
    const admin = new Admin(shared);
    await admin.createTopics({ topics: [task.topic], partitions: task.partitions, replicas: task.replicationFactor });
    await admin.close();
    return {};
  },
  produce: async () => {
    if (task.codec === "zstd" && !zlib.zstdCompressSync) {
      return { skipped: "it takes zstd from Node, which has it from 22.15 on" };
    }
    const producer = new Producer(shared);
    const all = records();
    for (const run of inRequests(all)) {
      await producer.send({ messages: run.map(toMessage), acks: task.acks ?? -1, compression: task.codec ?? "none" });
    }
    await producer.close();
    return { acked: all.length };
  },
  produceStream: async () => {
    const producer = new Producer({ ...shared, idempotent: true });
    const result = await streamRecords(
      (value) =>
        producer.send({
          messages: [{ topic: task.topic, key: Buffer.from(value), value: Buffer.from(value) }],
          acks: -1,
        }),
      1,
    );
    await producer.close();
    return result;
  },
  consume: () => consumeWith(`assign-${task.topic}-${process.pid}`, false),
  consumeGroup: () => consumeWith(task.group, true),
});
