import { KafkaError } from "@moldau/base";
import { loadConfig } from "@moldau/config";
import type { RoleContext } from "@moldau/host";
import { applyRecords, imageOf, type MetadataImage, record } from "@moldau/metadata";
import {
  ApiKey,
  chunksOf,
  apis,
  type CreateTopicsResponse,
  type DescribeClientQuotasResponse,
  type DescribeUserScramCredentialsResponse,
  type FetchResponse,
  type ProduceResponse,
  Reader,
  readResponseHeader,
  Writer,
  writeCreateTopicsResponse,
  writeHeartbeatResponse,
  writeRequestHeader,
} from "@moldau/protocol";
import { createTestTelemetry } from "@moldau/telemetry";
import { dispatch } from "./dispatch";
import { Gateway } from "./gateway";
import { RequestMetrics } from "./request-metrics";
import { servedApis } from "./served-apis";
import { withThrottleTime } from "./throttle-time";

const topicId = "AAAAAAAAAAAAAAAAAAAAAQ";
const offsetsId = "AAAAAAAAAAAAAAAAAAAAAg";

/** A broker, a topic and a coordinator. */
function started(): MetadataImage {
  return imageOf(
    [
      record("RegisterBrokerRecord", {
        brokerId: 1,
        incarnationId: topicId,
        brokerEpoch: 5,
        endPoints: [{ name: "PLAINTEXT", host: "h", port: 1, securityProtocol: 0 }],
        rack: null,
        fenced: false,
        inControlledShutdown: false,
        logDirs: [],
      }),
      ...[
        { id: topicId, name: "t" },
        { id: offsetsId, name: "__consumer_offsets" },
      ].flatMap(({ id, name }) => [
        record("TopicRecord", { name, topicId: id }),
        record("PartitionRecord", {
          partitionId: 0,
          topicId: id,
          replicas: [1],
          isr: [1],
          removingReplicas: [],
          addingReplicas: [],
          leader: 1,
          leaderRecoveryState: 0,
          leaderEpoch: 0,
          partitionEpoch: 0,
          directories: [],
        }),
      ]),
      record("ShardOwnerRecord", { topicId: offsetsId, partition: 0, ownerId: 1, ownerEpoch: 1 }),
    ],
    { offset: 1, epoch: 1 },
  );
}

/** A gateway with time of its own, one broker that takes and gives everything, and a client whose mutes are seen. */
class Bench {
  private readonly observer = { image: started(), caughtUp: true, leaderId: 1, waitFor: () => Promise.resolve() };
  nowMs = 1_000_000;
  /** How long each call to the broker or coordinator keeps the thread. */
  workMs = 0;
  mutedMs = 0;
  records = Buffer.alloc(0);
  readMaxBytes = 0;
  controllerThrottleMs = 0;
  readonly asked: { clientId: string; principal: string }[] = [];
  readonly telemetry = createTestTelemetry();
  readonly gateway: Gateway;
  private readonly metrics = new RequestMetrics(this.telemetry.metrics);

  constructor() {
    const works = <T>(result: T): Promise<T> => {
      this.nowMs += this.workMs;
      return Promise.resolve(result);
    };
    const context = {
      nodeId: 1,
      config: loadConfig({ overrides: new Map([["auto.create.topics.enable", "false"]]) }),
      clock: { nowMs: () => 0, monotonicMs: () => this.nowMs },
      telemetry: this.telemetry,
      observer: this.observer,
      peers: {
        broker: () => ({
          append: () =>
            works({ partitions: [{ topicId, partition: 0, errorCode: 0, recordErrors: [], baseOffset: 3 }] }),
          read: (request: { maxBytes: number }) => {
            this.readMaxBytes = request.maxBytes;
            const records = [this.records];
            const found = {
              topicId,
              partition: 0,
              errorCode: 0,
              highWatermark: 9,
              lastStableOffset: 9,
              logStartOffset: 0,
            };
            const nobody = { divergingEpoch: -1, currentLeaderId: -1, preferredReadReplica: -1, aborted: [] };
            return works({ partitions: [{ ...found, ...nobody, records }] });
          },
        }),
        coordinator: () => ({
          handle: ({ apiVersion }: { apiVersion: number }) => {
            const writer = new Writer();
            writeHeartbeatResponse(writer, { errorCode: 0 }, apiVersion);
            return works({ body: writer.toBytes() });
          },
        }),
        controller: () => ({
          handle: (call: { apiVersion: number; clientId: string; principal: string }) => {
            this.asked.push(call);
            const writer = new Writer();
            const response = { throttleTimeMs: this.controllerThrottleMs, topics: [] };
            writeCreateTopicsResponse(writer, response, call.apiVersion);
            return works({ body: writer.toBytes() });
          },
        }),
      },
    };
    this.gateway = new Gateway(context as unknown as RoleContext, { kind: "self", listener: "PLAINTEXT" }, Math.random);
    this.gateway.quotas.register(this.telemetry.metrics);
  }

  quota(entity: Record<string, string | null>, key: string, value: number): void {
    const names = Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }));
    const change = record("ClientQuotaRecord", { entity: names, key, value, remove: value === 0 });
    const { image } = this.observer;
    this.observer.image = applyRecords(image, [change], { offset: image.offset + 1, epoch: 1 }).image;
  }

  async send<S>(apiKey: number, apiVersion: number, request: object, clientId = "spec"): Promise<S> {
    const api = apis.get(apiKey)!;
    const writer = new Writer();
    writeRequestHeader(writer, { apiKey, apiVersion, correlationId: 7, clientId });
    api.writeRequest(writer, request, apiVersion);
    this.mutedMs = 0;
    const origin = {
      user: "ANONYMOUS",
      clientHost: "127.0.0.1",
      client: { port: 1 },
      listener: "PLAINTEXT",
      targetNode: undefined,
      signal: new AbortController().signal,
      memory: { frameIsFree: () => undefined, lend: () => undefined, takesFiles: false },
      channel: { mute: (ms: number) => (this.mutedMs = Math.max(this.mutedMs, ms)) },
    };
    const chunks = await dispatch(writer.toBytes(), origin, this.gateway, this.metrics);
    if (chunks === null) return null as S;
    const reader = new Reader(Buffer.concat(chunksOf(chunks)));
    expect(readResponseHeader(reader, apiKey, apiVersion).correlationId).toBe(7);
    return api.readResponse(reader, apiVersion) as S;
  }

  produce(bytes: number, { acks = -1, version = 9, clientId = "spec" } = {}) {
    const partitionData = [{ index: 0, records: Buffer.alloc(bytes, 1) }];
    const request = { acks, timeoutMs: 1000, topicData: [{ name: "t", topicId, partitionData }] };
    return this.send<ProduceResponse>(ApiKey.Produce, version, request, clientId);
  }

  fetch(session: { sessionId: number; sessionEpoch: number }, maxBytes = 50_000_000) {
    const partitions =
      session.sessionId === 0 ? [{ topic: "t", topicId, partitions: [{ partition: 0, partitionMaxBytes: 1e6 }] }] : [];
    const request = { maxWaitMs: 0, minBytes: 1, maxBytes, topics: partitions, forgottenTopicsData: [], ...session };
    return this.send<FetchResponse>(ApiKey.Fetch, 12, request);
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

it("tells of no throttle time and mutes nobody while there are no quotas", async () => {
  bench.workMs = 500;
  expect((await bench.produce(1_000_000)).throttleTimeMs).toBe(0);
  expect(bench.mutedMs).toBe(0);
  bench.quota({ ip: null }, "connection_creation_rate", 5);
  expect((await bench.produce(1_000_000)).throttleTimeMs).toBe(0);
  expect([bench.mutedMs, bench.gateway.quotas.enabled]).toEqual([0, false]);
  expect(await bench.telemetry.metrics.render()).not.toMatch(/kafka_server_produce_byte_rate\{/);
});

describe("produced bytes", () => {
  it("above the quota: the records are taken, the answer names the time, the client is not listened to for as long", async () => {
    bench.quota({ "client-id": "spec" }, "producer_byte_rate", 10_000);
    const first = await bench.produce(90_000);
    expect([first.throttleTimeMs, bench.mutedMs]).toEqual([0, 0]);
    const second = await bench.produce(20_000);
    expect(second.responses[0]!.partitionResponses[0]).toMatchObject({ errorCode: 0, baseOffset: 3 });
    // 110,000 bytes and a few of the requests' in a window of 10 s: 11,000 a second, a second too many.
    expect(second.throttleTimeMs).toBeGreaterThan(1_000);
    expect(second.throttleTimeMs).toBeLessThan(1_050);
    expect(bench.mutedMs).toBe(second.throttleTimeMs);
    expect((await bench.produce(20_000, { clientId: "other" })).throttleTimeMs).toBe(0);
    const scraped = await bench.telemetry.metrics.render();
    expect(scraped).toMatch(/kafka_server_produce_byte_rate\{user="",client_id="spec"\} 110/);
    expect(scraped).toMatch(/kafka_server_produce_throttle_time\{user="",client_id="spec"\} 10\d\d/);
    bench.quota({ "client-id": "spec" }, "producer_byte_rate", 0);
    expect((await bench.produce(20_000)).throttleTimeMs).toBe(0);
  });

  it("count for acks=0 as well, whose clients are told by silence", async () => {
    bench.quota({ user: null }, "producer_byte_rate", 10_000);
    expect(await bench.produce(150_000, { acks: 0 })).toBeNull();
    expect(bench.mutedMs).toBeGreaterThan(5_000);
  });

  it("mute old clients too, which do not wait by themselves", async () => {
    bench.quota({ user: "ANONYMOUS" }, "producer_byte_rate", 10_000);
    const answer = await bench.produce(150_000, { version: 3 });
    expect(answer.throttleTimeMs).toBeGreaterThan(5_000);
    expect(bench.mutedMs).toBe(answer.throttleTimeMs);
  });
});

describe("fetched bytes", () => {
  beforeEach(() => {
    bench.records = Buffer.alloc(60_000, 1);
    bench.quota({ "client-id": null }, "consumer_byte_rate", 10_000);
  });

  it("above the quota: the answer is empty and not counted; the session goes on where it was", async () => {
    const first = await bench.fetch({ sessionId: 0, sessionEpoch: 0 });
    expect([first.throttleTimeMs, first.responses.length, first.sessionId > 0]).toEqual([0, 1, true]);
    const session = (sessionEpoch: number) => ({ sessionId: first.sessionId, sessionEpoch });
    const second = await bench.fetch(session(1));
    expect(second).toMatchObject({ errorCode: 0, responses: [], sessionId: first.sessionId });
    expect(second.throttleTimeMs).toBeGreaterThan(2_000);
    expect(bench.mutedMs).toBe(second.throttleTimeMs);
    // What was not given does not count: 90,000 bytes are within the window, 150,000 would not be.
    bench.records = Buffer.alloc(30_000, 1);
    expect((await bench.fetch(session(2))).responses).toHaveLength(1);
  });

  it("begin no session with an empty answer: the client asks for everything again", async () => {
    bench.records = Buffer.alloc(200_000, 1);
    const answer = await bench.fetch({ sessionId: 0, sessionEpoch: 0 });
    expect(answer).toMatchObject({ errorCode: 0, responses: [], sessionId: 0 });
    expect([answer.throttleTimeMs > 0, bench.gateway.sessions.size]).toEqual([true, 0]);
  });

  it("are asked for only as far as one window allows", async () => {
    await bench.fetch({ sessionId: 0, sessionEpoch: 0 });
    expect(bench.readMaxBytes).toBe(100_000);
    await bench.fetch({ sessionId: 0, sessionEpoch: 0 }, 7_000);
    expect(bench.readMaxBytes).toBe(7_000);
  });

  it("also of a wrong session are answered as such", async () => {
    const answer = await bench.fetch({ sessionId: 12, sessionEpoch: 3 });
    expect(answer.errorCode).toBe(KafkaError.FETCH_SESSION_ID_NOT_FOUND);
  });
});

describe("working time", () => {
  beforeEach(() => bench.quota({ "client-id": "spec" }, "request_percentage", 5));
  const heartbeat = (version: number, clientId?: string) =>
    bench.send<{ throttleTimeMs: number; errorCode: number }>(
      ApiKey.Heartbeat,
      version,
      { groupId: "g", generationId: 1, memberId: "m" },
      clientId,
    );

  it("above the quota is told in the answers of other roles too, for a second at most", async () => {
    bench.workMs = 600;
    // 600 ms in 10 s are 6 %, where 5 are allowed.
    expect(await heartbeat(4)).toMatchObject({ errorCode: 0, throttleTimeMs: 1_000 });
    expect(bench.mutedMs).toBe(1_000);
    expect(await heartbeat(0)).toMatchObject({ errorCode: 0 });
    expect(bench.mutedMs).toBe(1_000);
    expect(await heartbeat(4, "other")).toMatchObject({ throttleTimeMs: 0 });
    expect(await bench.telemetry.metrics.render()).toMatch(/kafka_server_request_request_time\{.*"spec"\} 1[0-2]/);
  });

  it("counts for produce and fetch; the longer throttle time is told, and a fetch is empty then", async () => {
    bench.workMs = 600;
    expect((await bench.produce(10)).throttleTimeMs).toBe(1_000);
    bench.records = Buffer.alloc(10, 1);
    const fetched = await bench.fetch({ sessionId: 0, sessionEpoch: 0 });
    expect([fetched.throttleTimeMs, fetched.responses]).toEqual([1_000, []]);
  });

  it("of acks=0 and of brokers' own requests is nobody's", async () => {
    bench.workMs = 600;
    await bench.produce(10, { acks: 0 });
    expect(bench.mutedMs).toBe(0);
    expect(await bench.telemetry.metrics.render()).toMatch(/kafka_server_request_exempt_request_time 6\b/);
  });
});

it("mutes a client for as long as the controller says, and asks it in the client's name", async () => {
  bench.controllerThrottleMs = 4_000;
  const create = (version: number) => bench.send<CreateTopicsResponse>(ApiKey.CreateTopics, version, { topics: [] });
  expect((await create(7)).throttleTimeMs).toBe(4_000);
  bench.quota({ "client-id": "spec" }, "controller_mutation_rate", 1);
  expect((await create(7)).throttleTimeMs).toBe(4_000);
  expect(bench.mutedMs).toBe(4_000);
  expect(bench.asked[0]).toMatchObject({ clientId: "spec", principal: "User:ANONYMOUS" });
  bench.quota({ "client-id": "spec" }, "request_percentage", 0.1);
  bench.controllerThrottleMs = 10;
  bench.workMs = 50;
  expect((await create(7)).throttleTimeMs).toBe(1_000);
});

it("describes quotas", async () => {
  bench.quota({ user: "u", "client-id": null }, "producer_byte_rate", 1024);
  bench.quota({ ip: "127.0.0.1" }, "connection_creation_rate", 3);
  const describe = (components: object[], strict = false) =>
    bench.send<DescribeClientQuotasResponse>(ApiKey.DescribeClientQuotas, 1, { components, strict });
  expect((await describe([])).entries).toHaveLength(2);
  expect((await describe([{ entityType: "user", matchType: 0, match: "u" }])).entries).toMatchObject([
    {
      entity: [
        { entityType: "user", entityName: "u" },
        { entityType: "client-id", entityName: null },
      ],
      values: [{ key: "producer_byte_rate", value: 1024 }],
    },
  ]);
  expect((await describe([{ entityType: "user", matchType: 0, match: "u" }], true)).entries).toEqual([]);
  expect(await describe([{ entityType: "user", matchType: 0, match: null }])).toMatchObject({
    errorCode: KafkaError.INVALID_REQUEST,
    entries: null,
  });
});

it("tells kafka-configs that no user has SCRAM credentials, so that it goes on to the quotas of users", async () => {
  const describe = (...names: string[]) =>
    bench.send<DescribeUserScramCredentialsResponse>(ApiKey.DescribeUserScramCredentials, 0, {
      users: names.map((name) => ({ name })),
    });
  expect(await describe()).toMatchObject({ errorCode: 0, results: [] });
  expect((await describe("a", "b", "b")).results).toMatchObject([
    { user: "a", errorCode: KafkaError.RESOURCE_NOT_FOUND },
    { user: "b", errorCode: KafkaError.DUPLICATE_RESOURCE },
  ]);
});

it("has a place for the throttle time in every answer that Kafka has one in", () => {
  /** Answers that tell of none in any version. */
  const without = [ApiKey.SaslHandshake, ApiKey.SaslAuthenticate, ApiKey.WriteTxnMarkers, ApiKey.DescribeQuorum];
  for (const [apiKey, { min, max }] of servedApis) {
    const api = apis.get(apiKey)!;
    let told = 0;
    for (let version = min; version <= max; version++) {
      const writer = new Writer();
      writer.int32(1);
      if (apiKey !== ApiKey.ApiVersions && version >= api.flexibleFrom) writer.unknownTags(undefined);
      api.writeResponse(writer, {}, version);
      const call = { apiKey, version } as Parameters<typeof withThrottleTime>[0];
      const reader = new Reader(Buffer.concat(chunksOf(withThrottleTime(call, writer.chunks(), 4321)!)));
      readResponseHeader(reader, apiKey, version);
      if ((api.readResponse(reader, version) as { throttleTimeMs?: number }).throttleTimeMs === 4321) told++;
    }
    expect([api.name, told > 0]).toEqual([api.name, !(without as number[]).includes(apiKey)]);
  }
});
