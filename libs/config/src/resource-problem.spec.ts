import { KafkaError } from "@moldau/base";
import { describeBroker, describeGroup, loadConfig, readClientMatch, resourceProblem } from "./index";

const { INVALID_CONFIG, INVALID_REQUEST } = KafkaError;
const problem = (type: number, values: Record<string, string>, given: Record<string, string> = {}, name = "1") => {
  const config = loadConfig({ overrides: new Map(Object.entries(given)) });
  return resourceProblem(type, name, new Map(Object.entries(values)), config);
};

it("takes what is fine", () => {
  expect(problem(2, { "retention.ms": "1", "min.compaction.lag.ms": "5" })).toBeUndefined();
  expect(problem(4, { "log.retention.ms": "1" })).toBeUndefined();
  expect(problem(16, { metrics: "*", "interval.ms": "100", match: "client_id=a.*" })).toBeUndefined();
  expect(problem(32, { "consumer.session.timeout.ms": "50000" })).toBeUndefined();
});

it.each<[number, Record<string, string>, number, string]>([
  [2, { retention: "1" }, INVALID_CONFIG, "Unknown topic config name: retention"],
  [
    2,
    { "min.compaction.lag.ms": "9", "max.compaction.lag.ms": "8" },
    INVALID_CONFIG,
    "min.compaction.lag.ms (9) > max.compaction.lag.ms (8)",
  ],
  [4, { "num.partitions": "3" }, INVALID_REQUEST, "Cannot update these configs dynamically: Set(num.partitions)"],
  [4, { "log.retention.ms": "soon" }, INVALID_REQUEST, "log.retention.ms"],
  [4, { "log.cleaner.threads": "0" }, INVALID_REQUEST, "Log cleaner threads should be at least 1"],
  [4, { "max.connections": "0" }, INVALID_REQUEST, "Invalid max.connections 0"],
  [4, { "max.connection.creation.rate": "0" }, INVALID_REQUEST, "Invalid max.connection.creation.rate 0"],
  [16, { metric: "*" }, INVALID_REQUEST, "Unknown client metrics configuration: metric"],
  [16, { "interval.ms": "99" }, INVALID_REQUEST, "interval must be between 100 and 3600000 (1 hour)"],
  [16, { match: "client=a" }, INVALID_CONFIG, "Illegal client matching pattern: client=a"],
  [16, { match: "client_id=a(" }, INVALID_CONFIG, "Illegal client matching pattern: client_id=a("],
  [32, { "consumer.session.timeout.ms": "44999" }, INVALID_CONFIG, "or equal to group.consumer.min.session"],
  [32, { "consumer.session.timeout.ms": "60001" }, INVALID_CONFIG, "or equal to group.consumer.max.session"],
  [32, { "consumer.heartbeat.interval.ms": "4999" }, INVALID_CONFIG, "group.consumer.min.heartbeat.interval.ms"],
  [32, { "consumer.heartbeat.interval.ms": "15001" }, INVALID_CONFIG, "group.consumer.max.heartbeat.interval.ms"],
  [32, { "session.timeout.ms": "1" }, INVALID_CONFIG, "Unknown group config name"],
  [8, { root: "INFO" }, INVALID_REQUEST, "Unknown resource type 8"],
])("refuses, of type %s %j: %s", (type, values, errorCode, message) => {
  expect(problem(type, values)).toEqual({ errorCode, errorMessage: expect.stringContaining(message) as string });
});

it("a group's session outlives its heartbeats, whatever bounds the brokers set", () => {
  const bounds = { "group.consumer.min.session.timeout.ms": "1", "group.consumer.max.heartbeat.interval.ms": "50000" };
  expect(problem(32, { "consumer.session.timeout.ms": "5000" }, bounds)?.errorMessage).toContain("greater than");
  expect(problem(32, { "consumer.heartbeat.interval.ms": "45000" }, bounds)?.errorMessage).toContain("greater than");
});

it("a subscription matches the whole of what it names, and all of it", () => {
  const match = readClientMatch("client_software_name=Java, client_software_version=11\\.1.*");
  if (typeof match === "string") throw new Error(match);
  expect(match({ client_software_name: "Java", client_software_version: "11.1.2" })).toBe(true);
  expect(match({ client_software_name: "Java", client_software_version: "10" })).toBe(false);
  expect(match({ client_software_name: "JavaScript", client_software_version: "11.1" })).toBe(false);
  expect(match({ client_software_version: "11.1" })).toBe(false);
});

it("what a broker and a group are described with can be given back", () => {
  const nothing = {
    dynamic: new Map<string, string>(),
    dynamicDefault: new Map<string, string>(),
    static: new Map<string, string>(),
  };
  const rows = describeBroker(nothing).filter(({ readOnly, value }) => !readOnly && value !== null);
  expect(rows.length).toBeGreaterThan(30);
  for (const { name, value } of rows) expect([name, problem(4, { [name]: value! })]).toEqual([name, undefined]);
  for (const { name, value } of describeGroup(new Map(), nothing)) {
    expect([name, problem(32, { [name]: value! })]).toEqual([name, undefined]);
  }
});

describe("listeners of a running broker", () => {
  const set = (values: Record<string, string>, name = "1") => problem(4, values, {}, name)?.errorMessage;
  const map = "listener.security.protocol.map";

  it("may be added and moved, each with a protocol and a port of its own", () => {
    expect(set({ listeners: "PLAINTEXT://127.0.0.1:9092" })).toBeUndefined();
    expect(
      set({ listeners: "PLAINTEXT://:9092,OUT://:9094", [map]: "PLAINTEXT:PLAINTEXT,OUT:PLAINTEXT" }),
    ).toBeUndefined();
    expect(set({ listeners: "PLAINTEXT://:9092,OUT://:9094" })).toContain("add OUT:PLAINTEXT to listener.security");
    expect(set({ listeners: "SSL://:9092" })).toContain("needs SSL");
    expect(set({ listeners: "PLAINTEXT://:9092,PLAINTEXT://:9093" })).toContain("PLAINTEXT is given twice");
    expect(set({ listeners: "PLAINTEXT://:9092,SASL_PLAINTEXT://:9092" })).toContain("SASL_PLAINTEXT");
    expect(set({ listeners: "A://:9092,B://h:9092", [map]: "A:PLAINTEXT,B:PLAINTEXT" })).toContain("have port 9092");
    expect(set({ listeners: "RPC://127.0.0.1:9192" })).toContain("at least one listener");
  });

  it("are one broker's, and what clients are told stays as it was given at the start", () => {
    expect(set({ listeners: "PLAINTEXT://:9092" }, "")).toBe(
      "Cannot update these configs at default cluster level, broker id must be specified: Set(listeners)",
    );
    expect(set({ "advertised.listeners": "PLAINTEXT://h:9092" })).toContain("Cannot update these configs dynamically");
  });
});
