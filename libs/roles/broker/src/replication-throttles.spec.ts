import { record } from "@moldau/metadata";
import { buildBatch } from "@moldau/record-batch";
import { appendOf, eventually, noContext, TestCluster } from "./testing/test-cluster";

const TOPIC = 2;
const BROKER = 4;
const BATCHES = 6;
const BATCH_BYTES = 10_000;

let cluster: TestCluster;
let topic: string;

/** A follower that is out of sync, and more than one batch behind: each read takes one batch. */
beforeEach(async () => {
  cluster = new TestCluster({ "replica.fetch.max.bytes": "1", "replica.lag.time.max.ms": "100" });
  await Promise.all([1, 2].map((nodeId) => cluster.startBroker(nodeId)));
});
afterEach(() => cluster.stop());

const configure = (resourceType: number, resourceName: string, name: string, value: string | null) =>
  cluster.apply([record("ConfigRecord", { resourceType, resourceName, name, value })]);

async function behind(configs: Record<string, string>): Promise<void> {
  cluster.acceptsIsrChanges = false;
  topic = cluster.createTopic("orders", 1, [1, 2], configs);
  cluster.apply([record("PartitionChangeRecord", { topicId: topic, partitionId: 0, isr: [1] })]);
  const leader = cluster.nodes.get(1)!;
  leader.reachable = false;
  for (let i = 0; i < BATCHES; i++) {
    const records = buildBatch({ records: [{ value: new Uint8Array(BATCH_BYTES), timestamp: Date.now() }] });
    await leader.service.append(appendOf(topic, records, { acks: 1 }), noContext);
  }
  leader.reachable = true;
}

async function bytesOf(nodeId: number): Promise<number> {
  const { dirs } = await cluster.broker(nodeId).describeLogDirs({ topicIds: [] }, noContext);
  return dirs[0]!.replicas[0]?.sizeBytes ?? 0;
}

const everything = () => eventually(async () => expect(await bytesOf(2)).toBeGreaterThan(BATCHES * BATCH_BYTES));
/** How often timers get their turn while the work goes on. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await work;
  clearInterval(timer);
  return turns;
}

/** Several of the follower's reads. */
const someReads = () => new Promise((resolve) => setTimeout(resolve, 600));

for (const side of ["leader", "follower"] as const) {
  const broker = side === "leader" ? "1" : "2";
  const rate = `${side}.replication.throttled.rate`;
  const replicas = `${side}.replication.throttled.replicas`;

  it(`holds back a follower that is not in sync, on the ${side}'s side, until the limit is taken away`, async () => {
    configure(BROKER, broker, rate, "1");
    await behind({ [replicas]: `0:${broker}` });
    const turns = turnsOf(someReads());
    // It waits at the leader; it does not ask over and over, and keep everybody else from their turn.
    expect(await turns).toBeGreaterThan(10);
    expect(await bytesOf(2)).toBeLessThan(BATCHES * BATCH_BYTES);
    configure(BROKER, broker, rate, null);
    await everything();
  });

  it(`holds nobody back on the ${side}'s side who is not named`, async () => {
    configure(BROKER, broker, rate, "1");
    await behind({ [replicas]: "0:7,1:1,1:2" });
    await everything();
  });

  it(`goes by all replicas and the cluster's rate too on the ${side}'s side, and by the names as they change`, async () => {
    configure(BROKER, "", rate, "1");
    await behind({ [replicas]: "*" });
    await someReads();
    expect(await bytesOf(2)).toBeLessThan(BATCHES * BATCH_BYTES);
    configure(TOPIC, "orders", replicas, null);
    await everything();
  });
}

it("never holds back a replica that is in sync", async () => {
  configure(BROKER, "1", "leader.replication.throttled.rate", "1");
  topic = cluster.createTopic("orders", 1, [1, 2], { "leader.replication.throttled.replicas": "*" });
  for (let i = 0; i < 3; i++) {
    const records = buildBatch({ records: [{ value: new Uint8Array(BATCH_BYTES), timestamp: Date.now() }] });
    const reply = await cluster.broker(1).append(appendOf(topic, records), noContext);
    expect(reply.partitions[0]).toMatchObject({ errorCode: 0, baseOffset: i });
  }
});
