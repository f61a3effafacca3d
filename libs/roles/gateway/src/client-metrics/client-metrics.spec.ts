import { KafkaError, ZERO_UUID } from "@moldau/base";
import { applyRecords, emptyImage, record } from "@moldau/metadata";
import { ClientMetrics, type Push, type ReportingClient } from "./client-metrics";

const METRICS = 16;
const javaClient: ReportingClient = {
  attributes: { client_id: "billing-1", client_software_name: "apache-kafka-java", client_source_address: "10.0.0.1" },
  connection: {},
};

function start(subscriptions: Record<string, Record<string, string>> = { all: { metrics: "*" } }) {
  let image = emptyImage();
  let nowMs = 1_000_000;
  const received: string[] = [];
  const set = (name: string, configs: Record<string, string | null>) => {
    const records = Object.entries(configs).map(([key, value]) =>
      record("ConfigRecord", { resourceType: METRICS, resourceName: name, name: key, value }),
    );
    image = applyRecords(image, records, { offset: image.offset + 1, epoch: 1 }).image;
  };
  for (const [name, configs] of Object.entries(subscriptions)) set(name, configs);
  const metrics = new ClientMetrics({
    image: () => image,
    nowMs: () => nowMs,
    random: { next: Math.random },
    maxBytes: () => 10,
    receive: (push) => {
      const text = Buffer.from(push.metrics).toString();
      if (text === "bad") throw new Error("no metrics");
      received.push(text);
    },
  });
  const subscribe = (client = javaClient, id: string = ZERO_UUID) => {
    const told = metrics.get(id, client);
    if (told.error !== undefined) throw new Error(`error ${told.error}`);
    return told;
  };
  const push = (
    { clientInstanceId, subscriptionId }: { clientInstanceId: string; subscriptionId: number },
    more: Partial<Push> = {},
  ) => {
    const report = {
      clientInstanceId,
      subscriptionId,
      terminating: false,
      compressionType: 0,
      metrics: Buffer.from("m"),
    };
    return metrics.push({ ...report, ...more }, javaClient);
  };
  return { metrics, received, set, subscribe, push, pass: (ms: number) => (nowMs += ms) };
}

it("tells each client what the subscriptions that mean it want", () => {
  const { subscribe } = start({
    java: {
      metrics: "org.apache.kafka.producer.",
      "interval.ms": "1000",
      match: "client_software_name=apache-kafka-.*",
    },
    one: { metrics: "org.apache.kafka.consumer.,org.apache.kafka.producer.", match: "client_id=billing-1" },
    other: { metrics: "*", "interval.ms": "100", match: "client_id=other" },
  });
  const told = subscribe();
  expect(told).toMatchObject({
    metrics: ["org.apache.kafka.consumer.", "org.apache.kafka.producer."],
    intervalMs: 1000,
    acceptedCompressionTypes: [4, 3, 1, 2],
  });
  expect(told.clientInstanceId).not.toBe(ZERO_UUID);
  const stranger = { attributes: { client_id: "x" }, connection: {} };
  expect(subscribe(stranger)).toMatchObject({ metrics: [], intervalMs: 300_000 });
  expect(subscribe({ attributes: { client_id: "other" }, connection: {} })).toMatchObject({ metrics: ["*"] });
});

it("the same client is told the same id of its subscription everywhere", () => {
  const id = "AAECAwQFBgcICQoLDA0ODw";
  expect(start().subscribe(javaClient, id)).toEqual(start().subscribe(javaClient, id));
  expect(start().subscribe(javaClient, id).subscriptionId).not.toBe(
    start({ all: { metrics: "a" } }).subscribe(javaClient, id).subscriptionId,
  );
});

it("takes the first report at once, later ones at their time, and the last one whenever it comes", () => {
  const { subscribe, push, pass, received, metrics } = start({ all: { metrics: "*", "interval.ms": "1000" } });
  const told = subscribe();
  pass(1);
  expect(push(told)).toBe(KafkaError.NONE);
  pass(999);
  expect(push(told)).toBe(KafkaError.THROTTLING_QUOTA_EXCEEDED);
  pass(1);
  expect(push(told)).toBe(KafkaError.NONE);
  expect(push(told, { terminating: true, metrics: Buffer.from("last") })).toBe(KafkaError.NONE);
  pass(5000);
  expect(push(told)).toBe(KafkaError.INVALID_REQUEST);
  expect(received).toEqual(["m", "m", "last"]);
  expect(metrics.counts).toEqual({ throttled: 1, unknownSubscription: 0, exported: 3, failed: 0 });
});

it("a client that asks again too early is told to wait, unless it was told that it is wrong", () => {
  const { subscribe, push, metrics, set, pass } = start({ all: { metrics: "*", "interval.ms": "1000" } });
  const told = subscribe();
  expect(metrics.get(told.clientInstanceId, javaClient).error).toBe(KafkaError.THROTTLING_QUOTA_EXCEEDED);
  set("all", { metrics: "a" });
  pass(10);
  expect(push(told)).toBe(KafkaError.UNKNOWN_SUBSCRIPTION_ID);
  const next = subscribe(javaClient, told.clientInstanceId);
  expect(next).toMatchObject({ clientInstanceId: told.clientInstanceId, metrics: ["a"] });
  pass(1);
  expect(push(next)).toBe(KafkaError.NONE);
});

it("a subscription that is taken away ends", () => {
  const { subscribe, set } = start();
  expect(subscribe().metrics).toEqual(["*"]);
  set("all", { metrics: null });
  expect(subscribe().metrics).toEqual([]);
});

it.each<[string, Partial<Push>, number]>([
  ["an id of nobody", { clientInstanceId: ZERO_UUID }, KafkaError.INVALID_REQUEST],
  ["an unknown codec", { compressionType: 5 }, KafkaError.UNSUPPORTED_COMPRESSION_TYPE],
  ["more than telemetry.max.bytes", { metrics: Buffer.alloc(11) }, KafkaError.TELEMETRY_TOO_LARGE],
  ["what are no metrics", { metrics: Buffer.from("bad") }, KafkaError.INVALID_RECORD],
])("refuses %s", (_what, wrong, code) => {
  const { subscribe, push, received } = start();
  expect(push(subscribe(), wrong)).toBe(code);
  expect(received).toEqual([]);
});

it("takes up a client that another gateway has told", () => {
  const told = start().subscribe();
  const { push, received } = start();
  expect(push(told)).toBe(KafkaError.NONE);
  expect(received).toEqual(["m"]);
});

it("forgets clients that are silent or gone", () => {
  const { subscribe, metrics, pass } = start({ all: { metrics: "*", "interval.ms": "30000" } });
  const connection = {};
  subscribe({ attributes: {}, connection });
  subscribe();
  expect(metrics.instances).toBe(2);
  metrics.disconnected(connection);
  expect(metrics.instances).toBe(1);
  pass(89_999);
  subscribe();
  expect(metrics.instances).toBe(2);
  pass(10_000);
  subscribe();
  expect(metrics.instances).toBe(2);
});

it("keeps a bounded number of clients", () => {
  const { subscribe, metrics } = start({});
  for (let i = 0; i < 16_400; i++) subscribe();
  expect(metrics.instances).toBe(16_384);
});
