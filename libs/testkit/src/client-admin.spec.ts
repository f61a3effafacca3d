import { type Admin, createAdmin, createConsumer, createProducer } from "@moldau/client";
import { Kafka, logLevel } from "kafkajs";
import { startCluster, type TestCluster } from "./start-cluster";

// What our own admin client tells of groups and transactions that others made, against every role in this process.

let cluster: TestCluster;
let admin: Admin;
let kafka: Kafka;

beforeAll(async () => {
  cluster = await startCluster({ brokers: 2, coordinators: 2 });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
  kafka = new Kafka({ brokers: [...cluster.bootstrap], clientId: "spec", logLevel: logLevel.NOTHING });
});
afterAll(async () => {
  await admin.close();
  await cluster.stop();
});

async function until<T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  for (let i = 0; ; i++) {
    const seen = await look();
    if (good(seen) || i === 100) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("groups", () => {
  it("are told with their type and why they rebalanced", async () => {
    await admin.createTopic({ name: "orders", partitions: 2 });
    const one = createConsumer({ bootstrap: cluster.bootstrap, groupId: "billing", clientId: "one" });
    await one.subscribe(["orders"]);
    // The first poll may end before the shards' topic is there.
    const listed = await until(
      async () => {
        await one.poll(100);
        return admin.listGroups();
      },
      (groups) => groups.some(({ groupId, state }) => groupId === "billing" && state === "Stable"),
    );
    expect(listed).toContainEqual(expect.objectContaining({ groupId: "billing", state: "Stable", type: "classic" }));
    expect(await admin.listGroups({ states: ["empty"] })).toEqual([]);
    const [group] = await admin.describeGroups(["billing"]);
    expect(group).toMatchObject({ type: "classic", state: "Stable", protocolType: "consumer" });
    expect(group!.rebalances).toMatchObject([{ generation: 1, reason: expect.stringContaining("one-") as string }]);
    expect(group!.rebalances[0]!.members.map(({ memberId }) => memberId)).toEqual([group!.members[0]!.memberId]);
    await one.close();
    const [left] = await until(
      () => admin.describeGroups(["billing"]),
      ([found]) => found!.state === "Empty",
    );
    expect(left!.rebalances.at(-1)!.reason).toContain("left:");
    expect(await admin.describeGroups(["nobody"])).toMatchObject([{ state: "Dead", rebalances: [] }]);
  });

  it("lag by the age of what comes next, whatever the batches are like", async () => {
    await admin.createTopic({ name: "aged", partitions: 3 });
    const producer = createProducer({ bootstrap: cluster.bootstrap, compression: "gzip" });
    const large = "x".repeat(200_000) + Math.random();
    for (const [partition, value] of ["small", large].entries()) {
      for (const timestampMs of [1_000, 2_000, 3_000]) {
        await producer.send({ topic: "aged", partition, value, timestampMs });
      }
    }
    await producer.close();
    const at = (partition: number, offset: number) => ({ topic: "aged", partition, offset });
    const times = await admin.recordTimestamps([at(0, 1), at(1, 2), at(2, 0)]);
    expect([...times].sort()).toEqual([
      ["aged-0", 2_000],
      ["aged-1", 3_000],
    ]);
    expect(await admin.recordTimestamps([])).toEqual(new Map());
  });
});

describe("transactions", () => {
  const begin = async (transactionalId: string) => {
    const producer = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    return { producer, transaction: await producer.transaction() };
  };

  it("are listed, described, and seen by the leaders of their partitions", async () => {
    await admin.createTopic({ name: "moved", partitions: 2 });
    const { producer, transaction } = await begin("mover-1");
    await transaction.send({ topic: "moved", messages: [{ value: "a", partition: 1 }] });
    const partitions = [{ topic: "moved", partition: 1 }];
    const [listed] = (await admin.listTransactions({ states: ["Ongoing"] })).filter(
      ({ transactionalId }) => transactionalId === "mover-1",
    );
    const [described] = await admin.describeTransactions(["mover-1"]);
    expect(described).toMatchObject({ state: "Ongoing", producerId: listed!.producerId, partitions });
    const [seen] = await admin.describeProducers(partitions);
    expect(seen).toMatchObject({ producerId: listed!.producerId, transactionStartOffset: 0, ...partitions[0] });

    await transaction.commit();
    const [after] = await until(
      () => admin.describeProducers(partitions),
      ([found]) => found!.transactionStartOffset === -1,
    );
    expect(after!.transactionStartOffset).toBe(-1);
    await producer.disconnect();
    await expect(admin.describeTransactions(["nobody"])).rejects.toMatchObject({ name: "KafkaClientError", code: 105 });
  });

  it("hold a group's offsets back from who wants them stable, until they end", async () => {
    await admin.createTopic({ name: "input", partitions: 1 });
    const source = createProducer({ bootstrap: cluster.bootstrap });
    await Promise.all(Array.from({ length: 9 }, (_, i) => source.send({ topic: "input", value: `${i}` })));
    await source.close();
    await admin.commitOffsets("chain", [{ topic: "input", partition: 0, offset: 1 }]);
    const { producer, transaction } = await begin("chain-1");
    const topics = [{ topic: "input", partitions: [{ partition: 0, offset: "5" }] }];
    await transaction.sendOffsets({ consumerGroupId: "chain", topics });
    // An admin sees what counts now and does not wait.
    expect(await admin.committedOffsets("chain")).toMatchObject([{ offset: 1 }]);
    const reader = createConsumer({ bootstrap: cluster.bootstrap, groupId: "chain", timeoutMs: 20_000 });
    const began = reader.assign([{ topic: "input", partition: 0, offset: "committed" }]).then(() => reader.poll(5_000));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await transaction.commit();
    expect((await began)[0]!.offset).toBe(5);
    expect(await admin.committedOffsets("chain")).toMatchObject([{ offset: 5 }]);
    await reader.close();
    await producer.disconnect();
  });

  it("are aborted by fencing their producer", async () => {
    await admin.createTopic({ name: "fenced", partitions: 1 });
    const { producer, transaction } = await begin("zombie-1");
    await transaction.send({ topic: "fenced", messages: [{ value: "never" }] });
    const [before] = await admin.describeTransactions(["zombie-1"]);
    const fenced = await admin.fenceProducer("zombie-1");
    expect(fenced.producerId).toBe(before!.producerId);
    expect(fenced.producerEpoch).toBeGreaterThan(before!.producerEpoch);
    const [after] = await admin.describeTransactions(["zombie-1"]);
    expect(["CompleteAbort", "Empty"]).toContain(after!.state);
    await expect(transaction.commit()).rejects.toThrow();
    await producer.disconnect();
  });

  it("are ended in one partition by a marker past every coordinator", async () => {
    await admin.createTopic({ name: "hanging", partitions: 1 });
    const { producer, transaction } = await begin("hanging-1");
    await transaction.send({ topic: "hanging", messages: [{ value: "x" }] });
    const at = { topic: "hanging", partition: 0 };
    const [open] = await admin.describeProducers([at]);
    expect(open!.transactionStartOffset).toBe(0);
    const { producerId, producerEpoch, coordinatorEpoch } = open!;
    await admin.abortTransaction({
      ...at,
      producerId,
      producerEpoch,
      coordinatorEpoch: Math.max(coordinatorEpoch, 0),
    });
    expect((await admin.describeProducers([at]))[0]!.transactionStartOffset).toBe(-1);
    await transaction.abort();
    await producer.disconnect();
  });
});
