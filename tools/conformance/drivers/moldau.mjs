// Driver of libs/client, the project's own client, from its sources.
import { createAdmin, createConsumer, createProducer, createTransactionalProducer } from "@moldau/client";
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

const shared = { bootstrap: task.bootstrap.split(","), clientId: "conformance-moldau" };
const headersOf = (headers) => headers.map(({ name, value }) => [name, base64(value)]);
const inGroup = {
  offsetReset: "earliest",
  groupInstanceId: task.instanceId,
  // The cluster's times with the new kind of groups.
  ...(task.protocol === "consumer"
    ? { groupProtocol: "consumer" }
    : { sessionTimeoutMs: 10_000, heartbeatIntervalMs: 500 }),
};
const partitionsOf = (list) => list.map(({ partition }) => partition);

async function create() {
  const admin = createAdmin(shared);
  const { topic: name, partitions, replicationFactor } = task;
  await admin.createTopic({ name, partitions, replicationFactor });
  await admin.close();
  return {};
}

async function withProducer(options, work) {
  const producer = createProducer({ ...shared, ...options });
  try {
    return await work((record) => producer.send({ topic: task.topic, ...record }));
  } finally {
    await producer.close();
  }
}

const produce = () =>
  withProducer({ acks: task.acks ?? -1, compression: task.codec ?? "none" }, async (send) => {
    const all = records();
    await Promise.all(
      all.map(({ headers, ...record }) =>
        send({ ...record, headers: headers.map(([name, value]) => ({ name, value })) }),
      ),
    );
    return { acked: all.length };
  });

/** `commitMs`: as a group member, which commits so often and before it gives partitions up. */
async function consumeWith(consumer, commitMs) {
  const collected = new Collected();
  let over = false;
  const reading = (async () => {
    let committedAt = Date.now();
    while (!over) {
      for (const { headers, ...record } of await consumer.poll(100)) {
        collected.add({ ...record, headers: headersOf(headers) });
      }
      if (commitMs === undefined || Date.now() - committedAt < commitMs) continue;
      committedAt = Date.now();
      // A rebalance, or a coordinator that has gone: the next one tells.
      await consumer.commit().catch((error) => emit({ event: "retry", error: error.message }));
    }
  })();
  const why = await Promise.race([collected.done(), reading]);
  over = true;
  await reading;
  await consumer.close({ commit: commitMs !== undefined });
  collected.flush();
  return { count: collected.count, why };
}

async function consume() {
  const isolation = task.isolation ?? "read_committed";
  const consumer = createConsumer({ ...shared, isolation });
  const admin = createAdmin(shared);
  const [{ partitions }] = await admin.describeTopics([task.topic]);
  await admin.close();
  await consumer.assign(partitions.map(({ partition }) => ({ topic: task.topic, partition, offset: "earliest" })));
  return consumeWith(consumer);
}

async function consumeGroup() {
  const consumer = createConsumer({
    ...shared,
    ...inGroup,
    groupId: task.group,
    onAssigned: (list) => emit({ event: "assigned", partitions: partitionsOf(list) }),
    onRevoked: () => consumer.commit().catch(() => undefined),
  });
  await consumer.subscribe([task.topic]);
  return consumeWith(consumer, 200);
}

async function member() {
  const log = new MemberLog();
  const consumer = createConsumer({
    ...shared,
    ...inGroup,
    groupId: task.group,
    onAssigned: (list) => log.assigned(partitionsOf(list)),
    onRevoked: async (list) => {
      await consumer.commit().catch(() => undefined);
      log.revoked(partitionsOf(list));
    },
  });
  await consumer.subscribe([task.topic]);
  let committedAt = Date.now();
  while (!stopped()) {
    for (const { partition, offset, value } of await consumer.poll(50))
      log.record(partition, offset, Buffer.from(value));
    if (Date.now() - committedAt < 1000) continue;
    committedAt = Date.now();
    await consumer.commit().catch((error) => emit({ event: "retry", error: error.message }));
  }
  log.closing();
  await consumer.close({ commit: true });
  return {};
}

async function transform() {
  const producer = createTransactionalProducer({
    ...shared,
    transactionalId: task.transactionalId,
    transactionTimeoutMs: 20_000,
    timeoutMs: 60_000,
    lingerMs: 2,
  });
  // First what an earlier life has left behind is ended, then offsets are read.
  await again(() => producer.initTransactions());
  const consumer = createConsumer({
    ...shared,
    ...inGroup,
    groupId: task.group,
    isolation: "read_committed",
    sessionTimeoutMs: 6_000,
  });
  await consumer.subscribe([task.from]);
  while (!stopped()) {
    const batch = await consumer.poll(200, 50);
    if (batch.length === 0) continue;
    await producer.beginTransaction();
    try {
      // commitTransaction tells what became of them.
      for (const { value } of batch) {
        producer.send({ topic: task.to, ...transformed(Buffer.from(value)) }).catch(() => undefined);
      }
      const offsets = consumer
        .assignment()
        .filter(({ position }) => position >= 0)
        .map(({ topic, partition, position: offset }) => ({ topic, partition, offset }));
      await producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
      if (isAborting()) {
        await again(() => producer.abortTransaction());
        consumer.seekToCommitted();
        emit({ event: "aborted", count: 1 });
      } else {
        await again(() => producer.commitTransaction());
        emit({ event: "committed", count: 1 });
      }
    } catch (error) {
      emit({ event: "retry", error: String(error.message) });
      if (error.remedy !== "abort") throw error;
      await again(() => producer.abortTransaction());
      consumer.seekToCommitted();
    }
  }
  await consumer.close();
  await producer.close();
  return {};
}

/** What nobody answered in time goes on with the same call. */
async function again(call) {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (error.remedy !== "again") throw error;
      emit({ event: "retry", error: String(error.message) });
    }
  }
}

await drive({
  create,
  produce,
  produceStream: () => withProducer({}, (send) => streamRecords((value) => send({ key: value, value }))),
  consume,
  consumeGroup,
  member,
  transform,
});
