import { KafkaError, kafkaErrorName } from "@moldau/base";
import { record } from "@moldau/metadata";
import { buildBatch } from "@moldau/record-batch";
import { appendOf, eventually, noContext, readOf, TestCluster } from "./testing/test-cluster";

const SELECTOR = { "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector" };
const racks = (nodeId: number) => ({ "broker.rack": nodeId === 1 ? "a" : "b" });

let cluster: TestCluster;
afterEach(() => cluster.stop());

async function start(config: Record<string, string> = SELECTOR): Promise<string> {
  cluster = new TestCluster(config, racks);
  await Promise.all([1, 2, 3].map((nodeId) => cluster.startBroker(nodeId)));
  const topic = cluster.createTopic("orders", 1, [1, 2, 3]);
  await append(1, topic);
  // The followers have told that they hold it, and know that it is committed.
  for (const nodeId of [2, 3]) {
    await eventually(async () => expect((await read(nodeId, topic, "b", 0)).bytes).toBeGreaterThan(0));
  }
  return topic;
}

async function append(nodeId: number, topic: string): Promise<void> {
  const records = buildBatch({ records: [{ value: new Uint8Array(10), timestamp: Date.now() }] });
  const reply = await cluster.broker(nodeId).append(appendOf(topic, records), noContext);
  expect(reply.partitions[0]!.errorCode).toBe(KafkaError.NONE);
}

async function read(nodeId: number, topic: string, rackId: string, fetchOffset: number, more: object = {}) {
  const request = readOf(topic, { rackId, fetchOffset, ...more });
  const result = (await cluster.broker(nodeId).read(request, noContext)).partitions[0]!;
  return {
    error: kafkaErrorName(result.errorCode),
    preferred: result.preferredReadReplica,
    bytes: result.records.reduce((sum, { length }) => sum + length, 0),
    highWatermark: result.highWatermark,
  };
}

it("sends a consumer to the follower in its rack, at once, and that one gives it the records", async () => {
  const topic = await start();
  const sent = await read(1, topic, "b", 0, { maxWaitMs: 20_000, minBytes: 1e6 });
  expect(sent).toMatchObject({ error: "NONE", bytes: 0 });
  expect([2, 3]).toContain(sent.preferred);
  expect(await read(sent.preferred, topic, "b", 0)).toMatchObject({ error: "NONE", preferred: -1, highWatermark: 1 });
  // Its own rack, no rack, a rack of nobody: the leader serves.
  for (const rackId of ["a", "", "z"]) {
    expect(await read(1, topic, rackId, 0)).toMatchObject({ error: "NONE", preferred: -1, bytes: 78 });
  }
});

it("sends nobody away without the selector, to a follower that is fenced or out of sync, or without the offset", async () => {
  const topic = await start({});
  expect(await read(1, topic, "b", 0)).toMatchObject({ preferred: -1 });
  await cluster.stop();
  const again = await start();
  cluster.apply([record("PartitionChangeRecord", { topicId: again, partitionId: 0, isr: [1, 2] })]);
  cluster.acceptsIsrChanges = false;
  expect(await read(1, again, "b", 0)).toMatchObject({ preferred: 2 });
  cluster.apply([record("FenceBrokerRecord", { id: 2, epoch: cluster.image.brokers.get(2)!.epoch })]);
  expect((await read(1, again, "b", 0)).preferred).not.toBe(2);
  expect(await read(1, again, "b", 5)).toMatchObject({ error: "OFFSET_OUT_OF_RANGE", preferred: -1 });
});

it("lets a consumer wait at a follower, up to what that one knows to be committed, until leaders change", async () => {
  const topic = await start();
  const waiting = read(2, topic, "b", 1, { maxWaitMs: 20_000 });
  await append(1, topic);
  expect(await waiting).toMatchObject({ error: "NONE", highWatermark: 2 });
  expect(await read(2, topic, "", 0)).toMatchObject({ error: "NOT_LEADER_OR_FOLLOWER" });
  expect(await read(2, topic, "b", 9)).toMatchObject({ error: "OFFSET_OUT_OF_RANGE" });
  expect(await read(2, topic, "b", 0, { currentLeaderEpoch: 7 })).toMatchObject({ error: "UNKNOWN_LEADER_EPOCH" });
  const over = read(2, topic, "b", 2, { maxWaitMs: 20_000, currentLeaderEpoch: 0 });
  cluster.elect(topic, 0, 3);
  expect(await over).toMatchObject({ error: "FENCED_LEADER_EPOCH" });
});
