import { KafkaError, ZERO_UUID } from "@moldau/base";
import { DynamicConfig, loadConfig } from "@moldau/config";
import type { AlterLoggersRequest, KafkaCall } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import { applyRecords, emptyImage, type MetadataRecord, record } from "@moldau/metadata";
import {
  ApiKey,
  chunksOf,
  type IncrementalAlterConfigsRequest,
  Reader,
  readDescribeConfigsResponse,
  readIncrementalAlterConfigsRequest,
  readIncrementalAlterConfigsResponse,
  readListConfigResourcesResponse,
  Writer,
  writeDescribeConfigsRequest,
  writeIncrementalAlterConfigsRequest,
  writeIncrementalAlterConfigsResponse,
  writeListConfigResourcesRequest,
} from "@moldau/protocol";
import { PeerUnavailable } from "@moldau/rpc";
import { createTestTelemetry } from "@moldau/telemetry";
import { describeConfigs } from "./apis/32-describe-configs";
import { incrementalAlterConfigs } from "./apis/44-incremental-alter-configs";
import { listConfigResources } from "./apis/74-list-config-resources";
import type { Answer, Call } from "./call";
import { Gateway } from "./gateway";

interface Change {
  name: string;
  configOperation: number;
  value: string | null;
}

const [TOPIC, BROKER, LOGGER, CLIENT_METRICS, GROUP] = [2, 4, 8, 16, 32];

function node(brokerId: number): MetadataRecord[] {
  return [
    record("RegisterBrokerRecord", {
      brokerId,
      incarnationId: ZERO_UUID,
      brokerEpoch: 10 + brokerId,
      endPoints: [{ name: "PLAINTEXT", host: "h", port: 9092, securityProtocol: 0 }],
      inControlledShutdown: false,
      rack: null,
      fenced: false,
      logDirs: [],
    }),
  ];
}
const set = (resourceType: number, resourceName: string, name: string, value: string) =>
  record("ConfigRecord", { resourceType, resourceName, name, value });

/** A gateway that stands apart: node 301, among brokers 1 and 2, of which 2 cannot be reached. */
function start(records: MetadataRecord[] = []) {
  const { image } = applyRecords(
    emptyImage(),
    [...node(1), ...node(2), record("TopicRecord", { name: "orders", topicId: "AAAAAAAAAAAAAAAAAAAAAQ" }), ...records],
    { offset: 5, epoch: 1 },
  );
  const asked: string[] = [];
  const altered: AlterLoggersRequest[] = [];
  const forwarded: IncrementalAlterConfigsRequest[] = [];
  const context = {
    nodeId: 301,
    config: new DynamicConfig(loadConfig({ overrides: new Map([["log.retention.ms", "7"]]) })),
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    telemetry: createTestTelemetry(),
    observer: { image, waitFor: () => Promise.resolve() },
    peers: {
      controller: () => ({
        handle: ({ body, apiVersion }: KafkaCall) => {
          const request = readIncrementalAlterConfigsRequest(new Reader(body), apiVersion);
          forwarded.push(request);
          const writer = new Writer();
          const responses = request.resources.map(({ resourceType, resourceName }) => ({
            resourceType,
            resourceName,
            errorCode: KafkaError.INVALID_CONFIG,
            errorMessage: "the controller's word",
          }));
          writeIncrementalAlterConfigsResponse(writer, { responses }, apiVersion);
          return Promise.resolve({ body: writer.toBytes() });
        },
      }),
      node: (nodeId: number) => ({
        describe: () => {
          asked.push(`describe ${nodeId}`);
          if (nodeId !== 1) return Promise.reject(new PeerUnavailable("nobody is there", false));
          return Promise.resolve({
            given: [{ key: "log.retention.ms", value: "1000" }],
            loggers: [{ name: "root", level: "INFO" }],
          });
        },
        alterLoggers: (request: AlterLoggersRequest) => {
          altered.push(request);
          return Promise.resolve({ errorCode: 0, errorMessage: "" });
        },
      }),
    },
  } as unknown as RoleContext;
  const gateway = new Gateway(context, { kind: "self", listener: "PLAINTEXT" }, Math.random);
  const call = (apiKey: number, version: number, body: Uint8Array) =>
    ({
      apiKey,
      version,
      correlationId: 7,
      clientId: "spec",
      body,
      user: "ANONYMOUS",
      clientHost: "",
      client: { port: 1 },
      listener: "PLAINTEXT",
      targetNode: 1,
      traceparent: "",
      signal: new AbortController().signal,
      memory: { frameIsFree: () => undefined, lend: () => undefined, takesFiles: false },
      channel: { mute: () => undefined },
      workMs: 0,
    }) as Call;
  /** A flexible response header is the correlation id and one byte of tags. */
  const body = (answer: Answer) => new Reader(Buffer.concat(chunksOf(answer!)).subarray(5));
  return {
    asked,
    altered,
    async describe(resourceType: number, resourceName: string) {
      const writer = new Writer();
      const resources = [{ resourceType, resourceName, configurationKeys: null }];
      writeDescribeConfigsRequest(writer, { resources, includeSynonyms: true, includeDocumentation: true }, 4);
      const answer = await describeConfigs(call(ApiKey.DescribeConfigs, 4, writer.toBytes()), gateway);
      return readDescribeConfigsResponse(body(answer), 4).results[0]!;
    },
    forwarded,
    async list(version: number, resourceTypes: number[]) {
      const writer = new Writer();
      writeListConfigResourcesRequest(writer, { resourceTypes: version === 0 ? [] : resourceTypes }, version);
      const answer = listConfigResources(call(ApiKey.ListConfigResources, version, writer.toBytes()), gateway);
      const { errorCode, configResources } = readListConfigResourcesResponse(body(await answer), version);
      return errorCode || configResources.map(({ resourceType, resourceName }) => `${resourceType} ${resourceName}`);
    },
    async alter(resourceName: string, configs: Change[]) {
      return (await this.alterAll([{ resourceType: LOGGER!, resourceName, configs }]))[0]!;
    },
    async alterAll(resources: { resourceType: number; resourceName: string; configs: Change[] }[]) {
      const writer = new Writer();
      writeIncrementalAlterConfigsRequest(writer, { resources, validateOnly: false }, 1);
      const answer = await incrementalAlterConfigs(call(ApiKey.IncrementalAlterConfigs, 1, writer.toBytes()), gateway);
      return readIncrementalAlterConfigsResponse(body(answer), 1).responses;
    },
  };
}

it("shows a broker's own configuration, not the gateway's, and asks each start of it once", async () => {
  const cluster = start([set(BROKER!, "", "log.retention.ms", "2000")]);
  for (let i = 0; i < 2; i++) {
    const { configs } = await cluster.describe(BROKER!, "1");
    const row = configs.find(({ name }) => name === "log.retention.ms")!;
    expect(row).toMatchObject({ value: "2000", configSource: 3, readOnly: false, configType: 5 });
    expect(row.synonyms.map(({ name, value, source }) => `${name}=${value} ${source}`)).toEqual([
      "log.retention.ms=2000 3",
      "log.retention.ms=1000 4",
      "log.retention.hours=168 5",
    ]);
  }
  expect(cluster.asked).toEqual(["describe 1"]);
});

it("shows topics with the defaults of the broker that was asked", async () => {
  const { configs } = await start().describe(TOPIC!, "orders");
  expect(configs.find(({ name }) => name === "retention.ms")).toMatchObject({ value: "1000", configSource: 4 });
});

it("says of a broker that cannot be reached, or is none, what it is", async () => {
  const cluster = start();
  expect(await cluster.describe(BROKER!, "2")).toMatchObject({ errorCode: KafkaError.BROKER_NOT_AVAILABLE });
  expect(await cluster.describe(LOGGER!, "2")).toMatchObject({ errorCode: KafkaError.BROKER_NOT_AVAILABLE });
  for (const [type, name] of [
    [BROKER, "9"],
    [BROKER, "one"],
    [LOGGER, ""],
    [GROUP, ""],
    [CLIENT_METRICS, ""],
    [64, "x"],
  ] as const) {
    expect(await cluster.describe(type!, name)).toMatchObject({ errorCode: KafkaError.INVALID_REQUEST });
  }
});

it("lists loggers and subscriptions with their sources", async () => {
  const cluster = start([set(CLIENT_METRICS!, "s", "metrics", "*")]);
  expect((await cluster.describe(LOGGER!, "1")).configs).toMatchObject([
    { name: "root", value: "INFO", configSource: 6, configType: 0, synonyms: [], documentation: null },
  ]);
  expect((await cluster.describe(CLIENT_METRICS!, "s")).configs).toMatchObject([
    { name: "metrics", value: "*", configSource: 7, synonyms: [] },
  ]);
});

it("sets levels of loggers at the node that is named", async () => {
  const cluster = start();
  const changes = [
    { name: "root", configOperation: 0, value: "DEBUG" },
    { name: "moldau.broker", configOperation: 1, value: null },
  ];
  expect(await cluster.alter("1", changes)).toMatchObject({ errorCode: 0, resourceType: LOGGER, resourceName: "1" });
  expect(cluster.altered).toEqual([
    {
      changes: [
        { name: "root", level: "DEBUG" },
        { name: "moldau.broker", level: undefined },
      ],
      validateOnly: false,
    },
  ]);
});

it.each([
  ["append", "1", [{ name: "root", configOperation: 2, value: "INFO" }]],
  ["a broker that is none", "9", [{ name: "root", configOperation: 0, value: "INFO" }]],
  ["no level", "1", [{ name: "root", configOperation: 0, value: null }]],
  [
    "one logger twice",
    "1",
    [
      { name: "root", configOperation: 0, value: "INFO" },
      { name: "root", configOperation: 0, value: "WARN" },
    ],
  ],
])("refuses %s for loggers", async (_what, name, configs) => {
  const cluster = start();
  expect(await cluster.alter(name, configs)).toMatchObject({ errorCode: KafkaError.INVALID_REQUEST });
  expect(cluster.altered).toEqual([]);
});

it("sends everything but loggers to the controller, and answers in the order of the request", async () => {
  const cluster = start();
  const change = [{ name: "root", configOperation: 0, value: "INFO" }];
  const answers = await cluster.alterAll([
    { resourceType: TOPIC!, resourceName: "orders", configs: change },
    { resourceType: LOGGER!, resourceName: "1", configs: change },
    { resourceType: GROUP!, resourceName: "g", configs: change },
  ]);
  expect(answers.map(({ resourceType, errorCode }) => [resourceType, errorCode])).toEqual([
    [TOPIC, KafkaError.INVALID_CONFIG],
    [LOGGER, 0],
    [GROUP, KafkaError.INVALID_CONFIG],
  ]);
  expect(cluster.forwarded.map(({ resources }) => resources.map(({ resourceName }) => resourceName))).toEqual([
    ["orders", "g"],
  ]);
  expect(cluster.altered).toHaveLength(1);
});

it("lists what there is to configure: subscriptions alone to old clients", async () => {
  const cluster = start([set(CLIENT_METRICS!, "s", "metrics", "*"), set(GROUP!, "g", "a", "1")]);
  expect(await cluster.list(0, [])).toEqual(["16 s"]);
  expect(await cluster.list(1, [GROUP!, TOPIC!])).toEqual(["32 g", "2 orders"]);
  expect(await cluster.list(1, [])).toEqual(["32 g", "16 s", "8 1", "8 2", "4 1", "4 2", "2 orders"]);
  expect(await cluster.list(1, [64])).toBe(KafkaError.UNSUPPORTED_VERSION);
});
