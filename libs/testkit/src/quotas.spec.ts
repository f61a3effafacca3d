import { KafkaError } from "@moldau/base";
import { type Admin, createAdmin, createProducer } from "@moldau/client";
import { startCluster, type TestCluster } from "./start-cluster";

// Quotas from the administrator to the client that is held by them, through every role.

let cluster: TestCluster;
let admin: Admin;

beforeAll(async () => {
  cluster = await startCluster();
  admin = createAdmin({ bootstrap: cluster.bootstrap });
  await admin.createTopic({ name: "t", partitions: 1 });
});
afterAll(async () => {
  await admin.close();
  await cluster.stop();
});

it("are set, told and taken away", async () => {
  await admin.alterClientQuotas({ user: "u", clientId: null }, { producer_byte_rate: 1000, request_percentage: 2.5 });
  await admin.alterClientQuotas({ ip: null }, { connection_creation_rate: 500 });
  expect(await admin.describeClientQuotas({ user: "u" })).toEqual([
    { entity: { user: "u", clientId: null }, quotas: { producer_byte_rate: 1000, request_percentage: 2.5 } },
  ]);
  await expect(admin.alterClientQuotas({ user: "u" }, { producer_byte_rate: -1 })).rejects.toMatchObject({
    code: KafkaError.INVALID_REQUEST,
  });
  await cluster.restart();
  expect(await admin.describeClientQuotas({})).toHaveLength(2);
  await admin.alterClientQuotas({ user: "u", clientId: null }, { producer_byte_rate: null, request_percentage: null });
  await admin.alterClientQuotas({ ip: null }, { connection_creation_rate: null });
  expect(await admin.describeClientQuotas({})).toEqual([]);
});

it("hold a producer up that writes more, without losing anything", async () => {
  await admin.alterClientQuotas({ clientId: "eager" }, { producer_byte_rate: 100_000 });
  const producer = createProducer({ bootstrap: cluster.bootstrap, clientId: "eager" });
  try {
    const value = Buffer.alloc(50_000, 1);
    const send = async (count: number) => {
      const startMs = performance.now();
      for (let i = 0; i < count; i++) await producer.send({ topic: "t", value });
      return performance.now() - startMs;
    };
    // A window holds 1,000,000 bytes: what goes beyond them takes seconds to be paid back.
    expect(await send(26)).toBeGreaterThan(2_000);
    const metrics = await cluster.metrics();
    expect(metrics).toMatch(/kafka_server_produce_throttle_time\{user="",client_id="eager"\} [1-9]/);
    const end = await admin.listOffsets([{ topic: "t", partition: 0 }], "latest");
    expect([...end.values()]).toEqual([26]);
  } finally {
    await producer.close();
    await admin.alterClientQuotas({ clientId: "eager" }, { producer_byte_rate: null });
  }
});

it("let a client change only so many partitions", async () => {
  const busy = createAdmin({ bootstrap: cluster.bootstrap, clientId: "busy", timeoutMs: 2_000 });
  await admin.alterClientQuotas({ clientId: "busy" }, { controller_mutation_rate: 0.001 });
  try {
    await busy.createTopic({ name: "a", partitions: 5 });
    await expect(busy.createTopic({ name: "b", partitions: 1 })).rejects.toMatchObject({
      code: KafkaError.THROTTLING_QUOTA_EXCEEDED,
    });
    await admin.createTopic({ name: "b", partitions: 1 });
  } finally {
    await busy.close();
    await admin.alterClientQuotas({ clientId: "busy" }, { controller_mutation_rate: null });
  }
});
