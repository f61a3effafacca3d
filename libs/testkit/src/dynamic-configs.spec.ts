import { KafkaError } from "@moldau/base";
import { type Admin, createAdmin, createProducer } from "@moldau/client";
import { startCluster, type TestCluster } from "./start-cluster";

// What is set while a cluster runs is in force, and every node answers for its own configuration and loggers. The gateway is a
// node of its own here: it knows neither brokers' files nor their loggers.

let cluster: TestCluster;
let admin: Admin;

beforeAll(async () => {
  cluster = await startCluster({
    brokers: 2,
    advertise: "ports",
    config: { "log.retention.check.interval.ms": "100", "log.retention.hours": "24" },
  });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
});
afterAll(async () => {
  await admin.close();
  await cluster.stop();
});

/** Kafka's numbers of where a value comes from. */
const [ofAllBrokers, fromFile] = [3, 4];

const allBrokers = { type: "broker", name: "" } as const;
const broker = (nodeId: number) => ({ type: "broker", name: String(nodeId) }) as const;
const valueOf = async (resource: Parameters<Admin["describeConfigs"]>[0], key: string) => {
  const entry = (await admin.describeConfigs(resource)).find(({ name }) => name === key);
  return [entry?.value, entry?.source];
};

/** Until it is so; a machine that is busy takes its time. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

it("a broker's default that changes is in force for topics that run, until it is taken back", async () => {
  await admin.createTopic({ name: "orders", replicationFactor: 2 });
  const producer = createProducer({ bootstrap: cluster.bootstrap });
  const write = () => producer.send({ topic: "orders", partition: 0, value: "x" });
  const start = async () => (await admin.listOffsets([{ topic: "orders", partition: 0 }], "earliest")).get("orders-0");
  await write();
  expect(await start()).toBe(0);
  expect(await valueOf({ type: "topic", name: "orders" }, "retention.ms")).toEqual(["86400000", fromFile]);

  await admin.alterConfigs(allBrokers, { "log.retention.ms": "1" });
  expect(await valueOf({ type: "topic", name: "orders" }, "retention.ms")).toEqual(["1", ofAllBrokers]);
  await eventually(async () => (await start()) === 1);

  await admin.alterConfigs(allBrokers, { "log.retention.ms": null });
  await admin.alterConfigs(allBrokers, { "message.max.bytes": "100" });
  await expect(producer.send({ topic: "orders", partition: 0, value: "x".repeat(500) })).rejects.toMatchObject({
    code: KafkaError.MESSAGE_TOO_LARGE,
  });
  // One broker's own value comes before that of all of them; each partition's leader counts.
  for (const nodeId of [1, 2]) await admin.alterConfigs(broker(nodeId), { "message.max.bytes": "1000" });
  await producer.send({ topic: "orders", partition: 0, value: "x".repeat(500) });
  await producer.close();
});

it("each broker shows what it was started with itself", async () => {
  for (const nodeId of [1, 2]) {
    const [dirs, source] = await valueOf(broker(nodeId), "log.dirs");
    expect([String(dirs).endsWith(`broker-${nodeId}`), source]).toEqual([true, fromFile]);
    expect(await valueOf(broker(nodeId), "node.id")).toEqual([String(nodeId), fromFile]);
  }
});

it("what a broker reads at its start only is refused with the reason", async () => {
  await expect(admin.alterConfigs(broker(1), { "num.partitions": "7" })).rejects.toMatchObject({
    code: KafkaError.INVALID_REQUEST,
    detail: expect.stringContaining("num.partitions") as string,
  });
  await expect(
    admin.alterConfigs(allBrokers, { "log.retention.ms": "soon" }, { validateOnly: true }),
  ).rejects.toMatchObject({ code: KafkaError.INVALID_REQUEST });
  await admin.alterConfigs(allBrokers, { "log.retention.ms": "7" }, { validateOnly: true });
  expect(await valueOf({ type: "topic", name: "orders" }, "retention.ms")).toEqual(["86400000", fromFile]);
});

it("a broker's loggers are listed and turned up there, not elsewhere", async () => {
  const levels = async (nodeId: number) =>
    new Map(
      (await admin.describeConfigs({ type: "broker-logger", name: String(nodeId) })).map((entry) => [
        entry.name,
        entry.value,
      ]),
    );
  const before = await levels(2);
  expect([...before.keys()]).toEqual(expect.arrayContaining(["root", "moldau.broker"]));
  await admin.alterConfigs({ type: "broker-logger", name: "2" }, { "moldau.broker": "TRACE" });
  expect((await levels(2)).get("moldau.broker")).toBe("TRACE");
  expect((await levels(1)).get("moldau.broker")).toBe(before.get("moldau.broker"));
  await admin.alterConfigs({ type: "broker-logger", name: "2" }, { "moldau.broker": null });
  expect(await levels(2)).toEqual(before);
});
