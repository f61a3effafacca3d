import { KafkaError } from "@moldau/base";
import { loadConfig } from "@moldau/config";
import type { AppendRequest, EpochEndsRequest, OffsetsRequest, ReadRequest } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import type { ExchangeMemory } from "@moldau/net";
import { imageOf, type MetadataImage, record } from "@moldau/metadata";
import {
  ApiKey,
  apis,
  Reader,
  readApiVersionsResponse,
  readFetchResponse,
  readFindCoordinatorResponse,
  readHeartbeatResponse,
  readDescribeTopicPartitionsResponse,
  readListOffsetsResponse,
  readMetadataResponse,
  readOffsetFetchResponse,
  readProduceResponse,
  writeApiVersionsRequest,
  writeDescribeClusterRequest,
  writeDescribeTopicPartitionsRequest,
  writeDescribeConfigsRequest,
  writeFetchRequest,
  writeFindCoordinatorRequest,
  writeHeartbeatRequest,
  writeListOffsetsRequest,
  writeMetadataRequest,
  writeOffsetFetchRequest,
  writeOffsetForLeaderEpochRequest,
  writeProduceRequest,
  Writer,
  writeRequestHeader,
} from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { type CallContext, PeerUnavailable } from "@moldau/rpc";
import { createTestTelemetry } from "@moldau/telemetry";
import type { AdvertisePolicy } from "./advertise";
import { CloseConnection } from "./call";
import { dispatch } from "./dispatch";
import { Gateway } from "./gateway";
import { RequestMetrics } from "./request-metrics";
import { advertisedVersions, servedApis } from "./served-apis";

const topicId = "AAAAAAAAAAAAAAAAAAAAAQ";
const offsetsId = "AAAAAAAAAAAAAAAAAAAAAg";

/** Two brokers, a coordinator apart, topic t with partition 0 on broker 1, 1 on broker 2, 2 without a leader. */
function image({ leaderOf0 = 1 } = {}): MetadataImage {
  const node = (brokerId: number, roles: string[]) => [
    record("RegisterBrokerRecord", {
      brokerId,
      incarnationId: topicId,
      brokerEpoch: 5,
      endPoints: [{ name: "RPC", host: "h", port: 1, securityProtocol: 0 }],
      rack: null,
      fenced: false,
      inControlledShutdown: false,
      logDirs: [],
    }),
    record("NodeRolesRecord", { nodeId: brokerId, roles }),
  ];
  const partition = (topic: string, partitionId: number, leader: number) =>
    record("PartitionRecord", {
      partitionId,
      topicId: topic,
      replicas: [Math.max(leader, 1)],
      isr: [Math.max(leader, 1)],
      removingReplicas: [],
      addingReplicas: [],
      leader,
      leaderRecoveryState: 0,
      leaderEpoch: 3,
      partitionEpoch: 0,
      directories: [],
    });
  return imageOf(
    [
      record("ClusterIdRecord", { clusterId: "the-cluster" }),
      ...node(1, ["broker"]),
      ...node(2, ["broker"]),
      ...node(101, ["coordinator"]),
      record("TopicRecord", { name: "t", topicId }),
      partition(topicId, 0, leaderOf0),
      partition(topicId, 1, 2),
      partition(topicId, 2, -1),
      record("TopicRecord", { name: "__consumer_offsets", topicId: offsetsId }),
      partition(offsetsId, 0, 1),
      record("ShardOwnerRecord", { topicId: offsetsId, partition: 0, ownerId: 101, ownerEpoch: 4 }),
    ],
    { offset: 9, epoch: 2 },
  );
}

interface Brokers {
  listOffsets?(brokerId: number, request: OffsetsRequest): Promise<unknown>;
  epochEnds?(brokerId: number, request: EpochEndsRequest): Promise<unknown>;
  append?(brokerId: number, request: AppendRequest, observer: { image: MetadataImage }): Promise<unknown>;
  read?(brokerId: number, request: ReadRequest, call: CallContext): Promise<unknown>;
  coordinate?(): Promise<unknown>;
}

const noMemory: ExchangeMemory = { frameIsFree: () => undefined, lend: () => undefined };

function startGateway(
  brokers: Brokers = {},
  policy: AdvertisePolicy = { kind: "ports", listener: "PLAINTEXT", own: { host: "gw", port: 9092 } },
  memory: ExchangeMemory = noMemory,
) {
  const telemetry = createTestTelemetry();
  const observer = { image: image(), caughtUp: true, leaderId: 201 };
  const context = {
    nodeId: 301,
    config: loadConfig({ overrides: new Map([["auto.create.topics.enable", "false"]]) }),
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    telemetry,
    observer,
    peers: {
      broker: (brokerId: number) => ({
        append: (request: AppendRequest) => brokers.append!(brokerId, request, observer),
        read: (request: ReadRequest, call: CallContext) => brokers.read!(brokerId, request, call),
        listOffsets: (request: OffsetsRequest) => brokers.listOffsets!(brokerId, request),
        epochEnds: (request: EpochEndsRequest) => brokers.epochEnds!(brokerId, request),
      }),
      coordinator: () => ({
        handle: brokers.coordinate ?? (() => Promise.reject(new PeerUnavailable("nobody is there", false))),
      }),
    },
  } as unknown as RoleContext;
  const gateway = new Gateway(context, policy, Math.random);
  const metrics = new RequestMetrics(telemetry.metrics);
  return (apiKey: number, apiVersion: number, write: (writer: Writer) => void) => {
    const writer = new Writer();
    writeRequestHeader(writer, { apiKey, apiVersion, correlationId: 7, clientId: "spec" });
    write(writer);
    const origin = {
      user: "ANONYMOUS",
      clientHost: "127.0.0.1",
      client: { port: 1 },
      listener: "PLAINTEXT",
      targetNode: undefined,
      signal: new AbortController().signal,
      memory,
      channel: { mute: () => undefined },
    };
    return dispatch(writer.toBytes(), origin, gateway, metrics);
  };
}

/** Reads an answer behind its header: correlation id, and an empty tag section where the header has one. */
function read<T>(
  answer: Uint8Array[] | null,
  tags: boolean,
  reader: (reader: Reader, version: number) => T,
  version: number,
): T {
  const bytes = Buffer.concat(answer!);
  expect(bytes.readInt32BE(0)).toBe(7);
  return reader(new Reader(bytes, tags ? 5 : 4), version);
}

const appended = (request: AppendRequest, baseOffset: number, errorCode = 0) => ({
  partitions: request.partitions.map((partition) => ({
    topicId: partition.topicId,
    partition: partition.partition,
    errorCode,
    errorMessage: "",
    baseOffset,
    logAppendTimeMs: -1,
    logStartOffset: 0,
    recordErrors: [],
    currentLeaderId: errorCode === 0 ? -1 : 2,
    currentLeaderEpoch: errorCode === 0 ? -1 : 8,
  })),
});
const produceTo =
  (partitions: number[], acks = -1) =>
  (version: number) =>
  (writer: Writer) =>
    writeProduceRequest(
      writer,
      {
        acks,
        timeoutMs: 1000,
        topicData: [
          { name: "t", topicId, partitionData: partitions.map((index) => ({ index, records: Buffer.from("batch") })) },
        ],
      },
      version,
    );

describe("produce", () => {
  it("splits by leader and joins the answers in the order of the request", async () => {
    const asked: [number, number[]][] = [];
    const send = startGateway({
      append: async (brokerId, request) => {
        asked.push([brokerId, request.partitions.map(({ partition }) => partition)]);
        return appended(request, brokerId * 100);
      },
    });
    const response = read(await send(ApiKey.Produce, 9, produceTo([1, 0, 2, 5])(9)), true, readProduceResponse, 9);
    expect(asked.sort()).toEqual([
      [1, [0]],
      [2, [1]],
    ]);
    expect(
      response.responses[0]!.partitionResponses.map(({ index, errorCode, baseOffset }) => [
        index,
        errorCode,
        baseOffset,
      ]),
    ).toEqual([
      [1, 0, 200],
      [0, 0, 100],
      [2, KafkaError.NOT_LEADER_OR_FOLLOWER, -1],
      [5, KafkaError.UNKNOWN_TOPIC_OR_PARTITION, -1],
    ]);
  });

  it.each([
    [false, KafkaError.NOT_LEADER_OR_FOLLOWER],
    [true, KafkaError.REQUEST_TIMED_OUT],
  ])("tells whether an unreachable broker may have the records (sent: %s)", async (sent, expected) => {
    let calls = 0;
    const send = startGateway({
      append: () => {
        calls++;
        return Promise.reject(new PeerUnavailable("gone", sent));
      },
    });
    const response = read(await send(ApiKey.Produce, 9, produceTo([0])(9)), true, readProduceResponse, 9);
    expect(response.responses[0]!.partitionResponses[0]!.errorCode).toBe(expected);
    expect(calls).toBe(1);
  });

  it.each([true, false])(
    "a broker that fails after its partition has moved names the new leader (sent: %s)",
    async (sent) => {
      const moved = image({ leaderOf0: 2 });
      let asked = 0;
      const send = startGateway({
        append: (_broker, _request, observer) => {
          asked++;
          observer.image = moved;
          return Promise.reject(new PeerUnavailable("declared dead", sent));
        },
      });
      const response = read(await send(ApiKey.Produce, 10, produceTo([0])(10)), true, readProduceResponse, 10);
      expect(response.responses[0]!.partitionResponses[0]).toMatchObject({
        errorCode: KafkaError.NOT_LEADER_OR_FOLLOWER,
        currentLeader: { leaderId: 2, leaderEpoch: 3 },
      });
      expect(asked).toBe(1);
    },
  );

  it("names the new leader and its address from version 10 on", async () => {
    const send = startGateway({
      append: async (_broker, request) => appended(request, -1, KafkaError.NOT_LEADER_OR_FOLLOWER),
    });
    const response = read(await send(ApiKey.Produce, 10, produceTo([0])(10)), true, readProduceResponse, 10);
    expect(response.responses[0]!.partitionResponses[0]!.currentLeader).toMatchObject({ leaderId: 2, leaderEpoch: 8 });
    expect(response.nodeEndpoints).toMatchObject([{ nodeId: 2, host: "gw", port: 9094 }]);
  });

  it("answers acks=0 with nothing, and with a closed connection where it failed", async () => {
    let errorCode = 0;
    const send = startGateway({ append: async (_broker, request) => appended(request, 0, errorCode) });
    expect(await send(ApiKey.Produce, 9, produceTo([0], 0)(9))).toBeNull();
    errorCode = KafkaError.CORRUPT_MESSAGE;
    await expect(send(ApiKey.Produce, 9, produceTo([0], 0)(9))).rejects.toThrow("acks=0");
  });

  it.each([
    [null, KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED],
    ["mine", KafkaError.NONE],
  ])("takes records of a transaction only from who names its id (%s)", async (transactionalId, expected) => {
    const send = startGateway({ append: async (_broker, request) => appended(request, 100) });
    const batch = buildBatch({
      records: [{ timestamp: 1, key: null, value: Buffer.from("v"), headers: [] }],
      transactional: true,
      producerId: 7,
      producerEpoch: 0,
      baseSequence: 0,
    });
    const topicData = [{ name: "t", topicId, partitionData: [{ index: 0, records: batch }] }];
    const sent = await send(ApiKey.Produce, 9, (writer) =>
      writeProduceRequest(writer, { transactionalId, acks: -1, timeoutMs: 1000, topicData }, 9),
    );
    expect(read(sent, true, readProduceResponse, 9).responses[0]!.partitionResponses[0]!.errorCode).toBe(expected);
  });

  it.each([
    [[KafkaError.NONE, KafkaError.NONE], true],
    [[KafkaError.NONE, KafkaError.REQUEST_TIMED_OUT], false],
    [[KafkaError.NOT_LEADER_OR_FOLLOWER, KafkaError.NONE], false],
  ])("gives the request's memory back only where every batch is written (%j: %s)", async (codes, expected) => {
    let isFree = false;
    const memory = { ...noMemory, frameIsFree: () => (isFree = true) };
    const append: Brokers["append"] = async (broker, request) => appended(request, 0, codes[broker - 1]);
    await startGateway({ append }, undefined, memory)(ApiKey.Produce, 9, produceTo([0, 1])(9));
    expect(isFree).toBe(expected);
  });

  it("refuses internal topics and acks that do not exist", async () => {
    const send = startGateway();
    const internal = await send(ApiKey.Produce, 9, (writer) =>
      writeProduceRequest(
        writer,
        {
          acks: -1,
          topicData: [{ name: "__consumer_offsets", partitionData: [{ index: 0, records: Buffer.from("x") }] }],
        },
        9,
      ),
    );
    const codeOf = (answer: Uint8Array[] | null) =>
      read(answer, true, readProduceResponse, 9).responses[0]!.partitionResponses[0]!.errorCode;
    expect(codeOf(internal)).toBe(KafkaError.INVALID_TOPIC_EXCEPTION);
    expect(codeOf(await send(ApiKey.Produce, 9, produceTo([0], 2)(9)))).toBe(KafkaError.INVALID_REQUIRED_ACKS);
  });
});

describe("fetch", () => {
  const results = (request: ReadRequest, records: Uint8Array[] = []) => ({
    partitions: request.partitions.map(({ topicId: id, partition }) => ({
      topicId: id,
      partition,
      errorCode: 0,
      highWatermark: 4,
      lastStableOffset: 4,
      logStartOffset: 0,
      divergingEpoch: -1,
      divergingEndOffset: -1,
      currentLeaderId: -1,
      currentLeaderEpoch: -1,
      aborted: [],
      preferredReadReplica: -1,
      records,
    })),
  });
  const fetchOf = (options: { sessionId: number; sessionEpoch: number; partitions: number[] }) => (writer: Writer) =>
    writeFetchRequest(
      writer,
      {
        maxWaitMs: 10,
        minBytes: 1,
        maxBytes: 1000,
        sessionId: options.sessionId,
        sessionEpoch: options.sessionEpoch,
        topics:
          options.partitions.length === 0
            ? []
            : [
                {
                  topicId,
                  partitions: options.partitions.map((partition) => ({ partition, partitionMaxBytes: 1000 })),
                },
              ],
      },
      13,
    );

  it("hands records on without copying them and omits unchanged partitions of a session", async () => {
    const slice = Buffer.alloc(5000, "r");
    let withRecords = true;
    const send = startGateway({ read: async (_broker, request) => results(request, withRecords ? [slice] : []) });
    const first = await send(ApiKey.Fetch, 13, fetchOf({ sessionId: 0, sessionEpoch: 0, partitions: [0, 1] }));
    expect(first!.filter((chunk) => chunk.buffer === slice.buffer && chunk.length === slice.length)).toHaveLength(2);
    const { sessionId, responses } = read(first, true, readFetchResponse, 13);
    expect(sessionId).toBeGreaterThan(0);
    expect(responses[0]!.partitions.map(({ partitionIndex }) => partitionIndex)).toEqual([0, 1]);
    withRecords = false;
    const second = await send(ApiKey.Fetch, 13, fetchOf({ sessionId, sessionEpoch: 1, partitions: [] }));
    expect(read(second, true, readFetchResponse, 13).responses).toEqual([]);
  });

  it("holds what a broker lends until the answer has left", async () => {
    const lent: (() => void)[] = [];
    const giveBack = () => undefined;
    const memory = { ...noMemory, lend: (back: () => void) => lent.push(back) };
    const read: Brokers["read"] = async (_broker, request, call) => {
      call.lend!(giveBack);
      return results(request, [Buffer.alloc(10)]);
    };
    const send = startGateway({ read }, undefined, memory);
    await send(ApiKey.Fetch, 13, fetchOf({ sessionId: 0, sessionEpoch: 0, partitions: [0, 1] }));
    expect(lent).toEqual([giveBack, giveBack]);
  });

  it("answers nothing to who says that it is a replica, and says nothing of the log beside an error", async () => {
    const readers: number[] = [];
    const send = startGateway({
      read: async (brokerId, request) => {
        readers.push(brokerId);
        const answer = results(request);
        for (const each of answer.partitions)
          Object.assign(each, { errorCode: 1, highWatermark: 9, logStartOffset: 3 });
        return answer;
      },
    });
    const of = (version: number, isolationLevel: number, replicaId?: number) => (writer: Writer) =>
      writeFetchRequest(
        writer,
        {
          isolationLevel,
          ...(replicaId === undefined ? {} : version < 15 ? { replicaId } : { replicaState: { replicaId } }),
          topics: [{ ...(version < 13 ? { topic: "t" } : { topicId }), partitions: [{ partition: 0 }] }],
        },
        version,
      );
    for (const version of [12, 15]) {
      const replica = read(await send(ApiKey.Fetch, version, of(version, 0, 2)), true, readFetchResponse, version);
      expect(replica.responses[0]!.partitions[0]!.errorCode).toBe(KafkaError.NOT_LEADER_OR_FOLLOWER);
      expect(readers).toEqual([]);
    }
    const failed = read(await send(ApiKey.Fetch, 12, of(12, 1)), true, readFetchResponse, 12);
    expect(failed.responses[0]!.partitions[0]).toMatchObject({ errorCode: 1, highWatermark: -1, logStartOffset: -1 });
  });

  it("does not keep one leader's records waiting for another leader's silence", async () => {
    const asked: [number, number][] = [];
    let arrived!: () => void;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const send = startGateway({
      read: async (brokerId, request) => {
        asked.push([brokerId, request.maxWaitMs]);
        if (request.maxWaitMs === 0) return results(request);
        if (brokerId === 1) return new Promise(() => undefined);
        await arrival;
        return results(request, [Buffer.from("late")]);
      },
    });
    const answer = send(ApiKey.Fetch, 13, fetchOf({ sessionId: 0, sessionEpoch: 0, partitions: [0, 1] }));
    arrived();
    const { responses } = read(await answer, true, readFetchResponse, 13);
    const text = (records: Uint8Array | null) => Buffer.from(records ?? []).toString();
    expect(responses[0]!.partitions.map(({ partitionIndex, records }) => [partitionIndex, text(records)])).toEqual([
      [0, ""],
      [1, "late"],
    ]);
    expect(asked.sort()).toEqual([
      [1, 0],
      [1, 10],
      [2, 0],
      [2, 10],
    ]);
  });

  it("answers an unknown topic id and a lost session with their codes", async () => {
    const send = startGateway({ read: async (_broker, request) => results(request) });
    const unknown = await send(ApiKey.Fetch, 13, (writer) =>
      writeFetchRequest(
        writer,
        { sessionEpoch: -1, topics: [{ topicId: "AAAAAAAAAAAAAAAAAAAAZw", partitions: [{ partition: 0 }] }] },
        13,
      ),
    );
    expect(read(unknown, true, readFetchResponse, 13).responses[0]!.partitions[0]!.errorCode).toBe(
      KafkaError.UNKNOWN_TOPIC_ID,
    );
    const lost = await send(ApiKey.Fetch, 13, fetchOf({ sessionId: 99, sessionEpoch: 4, partitions: [0] }));
    expect(read(lost, true, readFetchResponse, 13).errorCode).toBe(KafkaError.FETCH_SESSION_ID_NOT_FOUND);
  });
});

describe("offsets", () => {
  it("asks for what a version has words for, and once for each partition", async () => {
    const asked: number[] = [];
    const send = startGateway({
      listOffsets: async (_broker, request) => {
        asked.push(...request.partitions.map(({ timestamp }) => timestamp));
        return {
          partitions: request.partitions.map(({ topicId: id, partition }) => ({
            topicId: id,
            partition,
            errorCode: 0,
            timestamp: -1,
            offset: 66,
            leaderEpoch: 7,
          })),
        };
      },
    });
    const codes = async (version: number, ...partitions: { partitionIndex: number; timestamp: number }[]) => {
      const topics = [
        { name: "t", partitions },
        { name: "empty", partitions: [] },
      ];
      const answer = await send(ApiKey.ListOffsets, version, (writer) =>
        writeListOffsetsRequest(writer, { topics }, version),
      );
      const response = read(answer, version >= 6, readListOffsetsResponse, version);
      expect(response.topics.map(({ name }) => name)).toEqual(["t"]);
      return response.topics[0]!.partitions.map(({ errorCode, offset }) => [errorCode, offset]);
    };
    const refused = [[KafkaError.UNSUPPORTED_VERSION, -1]];
    expect(await codes(6, { partitionIndex: 0, timestamp: -3 })).toEqual(refused);
    expect(await codes(10, { partitionIndex: 0, timestamp: -7 })).toEqual(refused);
    const twice = { partitionIndex: 0, timestamp: -1 };
    expect(await codes(7, twice, twice)).toEqual([[KafkaError.INVALID_REQUEST, -1]]);
    expect(asked).toEqual([]);
    expect(await codes(7, { partitionIndex: 0, timestamp: -3 }, { partitionIndex: 1, timestamp: -9 })).toEqual([
      [0, 66],
      [KafkaError.UNSUPPORTED_VERSION, -1],
    ]);
    expect(asked).toEqual([-3]);
  });
});

describe("metadata", () => {
  const names = async (version: number, topics: { name: string }[] | null) => {
    const answer = await startGateway()(ApiKey.Metadata, version, (writer) =>
      writeMetadataRequest(writer, { topics }, version),
    );
    return read(answer, version >= 9, readMetadataResponse, version);
  };

  it("takes a null list for all topics and an empty one for none, but an empty one for all in version 0", async () => {
    const of = async (version: number, topics: { name: string }[] | null) =>
      (await names(version, topics)).topics.map(({ name }) => name).sort();
    expect(await of(9, null)).toEqual(["__consumer_offsets", "t"]);
    expect(await of(9, [])).toEqual([]);
    expect(await of(0, [])).toEqual(["__consumer_offsets", "t"]);
  });

  it("finds topics by id, whatever the client leaves in the place of the name", async () => {
    const unknown = "AAAAAAAAAAAAAAAAAAAAZw";
    for (const name of [null, ""]) {
      const topics = [
        { name, topicId },
        { name, topicId: unknown },
      ];
      const answer = await startGateway()(ApiKey.Metadata, 12, (writer) =>
        writeMetadataRequest(writer, { topics }, 12),
      );
      const response = read(answer, true, readMetadataResponse, 12);
      expect(response.topics.map((topic) => [topic.name, topic.topicId, topic.errorCode])).toEqual([
        ["t", topicId, 0],
        [null, unknown, KafkaError.UNKNOWN_TOPIC_ID],
      ]);
    }
  });

  it("refuses ids in the versions that carry them and do not serve them (10, 11)", async () => {
    for (const version of [10, 11]) {
      const answer = await startGateway()(ApiKey.Metadata, version, (writer) =>
        writeMetadataRequest(writer, { topics: [{ name: null, topicId }] }, version),
      );
      const { topics, brokers } = read(answer, true, readMetadataResponse, version);
      expect([topics.map(({ errorCode, name }) => [errorCode, name]), brokers]).toEqual([
        [[KafkaError.INVALID_REQUEST, ""]],
        [],
      ]);
    }
  });

  it("tells once of a topic that is asked for twice, and of ids alone where there are any", async () => {
    expect((await names(9, [{ name: "t" }, { name: "t" }])).topics).toHaveLength(1);
    const topics = [{ name: "absent" }, { name: null, topicId }, { name: null, topicId }];
    const answer = await startGateway()(ApiKey.Metadata, 12, (writer) => writeMetadataRequest(writer, { topics }, 12));
    expect(read(answer, true, readMetadataResponse, 12).topics.map(({ name }) => name)).toEqual(["t"]);
  });

  it("tells true node ids at this gateway's ports, and what is missing", async () => {
    const response = await names(9, [{ name: "t" }, { name: "absent" }, { name: "bad name" }]);
    expect(response.clusterId).toBe("the-cluster");
    expect(response.brokers.map(({ nodeId, host, port }) => `${nodeId}@${host}:${port}`)).toEqual([
      "1@gw:9093",
      "2@gw:9094",
      "101@gw:9193",
    ]);
    expect(response.topics.map(({ errorCode }) => errorCode)).toEqual([
      0,
      KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
      KafkaError.INVALID_TOPIC_EXCEPTION,
    ]);
    expect(response.topics[0]!.partitions.map(({ leaderId, errorCode }) => [leaderId, errorCode])).toEqual([
      [1, 0],
      [2, 0],
      [-1, KafkaError.LEADER_NOT_AVAILABLE],
    ]);
  });
});

describe("topics in pages", () => {
  const page = async (names: string[], cursor: { topicName: string; partitionIndex: number } | null) => {
    const answer = await startGateway()(ApiKey.DescribeTopicPartitions, 0, (writer) =>
      writeDescribeTopicPartitionsRequest(writer, { topics: names.map((name) => ({ name })), cursor }, 0),
    );
    return read(answer, true, readDescribeTopicPartitionsResponse, 0).topics;
  };

  it("go on at a cursor in one of the topics that are asked for, and nowhere else", async () => {
    const found = await page(["t"], { topicName: "t", partitionIndex: 1 });
    expect(found.map(({ errorCode, partitions }) => [errorCode, partitions[0]!.partitionIndex])).toEqual([[0, 1]]);
    for (const cursor of [
      { topicName: "t", partitionIndex: -1 },
      { topicName: "other", partitionIndex: 0 },
    ]) {
      const refused = await page(["t", "x"], cursor);
      expect(refused.map(({ name, errorCode, partitions }) => [name, errorCode, partitions])).toEqual([
        ["t", KafkaError.INVALID_REQUEST, []],
        ["x", KafkaError.INVALID_REQUEST, []],
      ]);
    }
  });
});

describe("versions", () => {
  it("answers an ApiVersions version it does not know in version 0 with error 35 and its own range", async () => {
    const future = Buffer.from([0, ApiKey.ApiVersions, 0, 99, 0, 0, 0, 7, 0xff, 0xff, 0]);
    const response = read(await sendRaw(future), false, readApiVersionsResponse, 0);
    expect(response.errorCode).toBe(KafkaError.UNSUPPORTED_VERSION);
    expect(response.apiKeys.map(({ apiKey }) => apiKey)).toEqual([ApiKey.ApiVersions]);
  });

  it("uses response header 0 for ApiVersions even in flexible versions", async () => {
    const answer = await startGateway()(ApiKey.ApiVersions, 3, (writer) =>
      writeApiVersionsRequest(writer, { clientSoftwareName: "spec", clientSoftwareVersion: "1.0" }, 3),
    );
    const response = read(answer, false, readApiVersionsResponse, 3);
    expect(response.errorCode).toBe(0);
    for (const { apiKey, minVersion, maxVersion } of response.apiKeys) {
      const codec = apis.get(apiKey)!.versions;
      expect([apiKey, minVersion <= maxVersion, maxVersion <= codec.max]).toEqual([apiKey, true, true]);
    }
    expect(response.apiKeys.find(({ apiKey }) => apiKey === ApiKey.Produce)!.minVersion).toBe(0);
  });

  it("offers the consumer protocol only while group.version is on", () => {
    const offered = (level: number): number[] =>
      advertisedVersions(new Map([["group.version", level]]))
        .map(({ apiKey }) => apiKey)
        .filter((apiKey) => apiKey === ApiKey.ConsumerGroupHeartbeat || apiKey === ApiKey.ConsumerGroupDescribe);
    expect(offered(0)).toEqual([]);
    expect(offered(1)).toEqual([ApiKey.ConsumerGroupHeartbeat, ApiKey.ConsumerGroupDescribe]);
  });

  it("refuses a client that gives no proper name for itself", async () => {
    const answer = await startGateway()(ApiKey.ApiVersions, 3, (writer) =>
      writeApiVersionsRequest(writer, { clientSoftwareName: "", clientSoftwareVersion: "-" }, 3),
    );
    expect(read(answer, false, readApiVersionsResponse, 3).errorCode).toBe(KafkaError.INVALID_REQUEST);
  });

  it("closes the connection for any other version, an unknown API and a malformed body", async () => {
    const send = startGateway();
    await expect(send(ApiKey.Fetch, 3, () => undefined)).rejects.toThrow(
      new CloseConnection("Fetch version 3 is not served; versions 4 to 18 are"),
    );
    await expect(sendRaw(Buffer.from([0x7f, 0xff, 0, 0, 0, 0, 0, 7, 0xff, 0xff]))).rejects.toThrow(CloseConnection);
    await expect(send(ApiKey.Produce, 9, () => undefined)).rejects.toThrow(/malformed request, API key 0 version 9/);
    await expect(sendRaw(Buffer.from([1, 2]))).rejects.toThrow(/malformed request header/);
  });

  function sendRaw(frame: Uint8Array) {
    const telemetry = createTestTelemetry();
    const context = { config: loadConfig(), telemetry, clock: { monotonicMs: () => 0 }, observer: { image: image() } };
    const gateway = new Gateway(
      context as unknown as RoleContext,
      { kind: "self", listener: "PLAINTEXT" },
      Math.random,
    );
    const signal = new AbortController().signal;
    const channel = { mute: () => undefined };
    const origin = {
      user: "ANONYMOUS",
      clientHost: "",
      client: { port: 1 },
      listener: "",
      targetNode: undefined,
      signal,
      memory: noMemory,
      channel,
    };
    return dispatch(frame, origin, gateway, new RequestMetrics(telemetry.metrics));
  }
});

it("finds a group's coordinator at the port that stands for it", async () => {
  const answer = await startGateway()(ApiKey.FindCoordinator, 4, (writer) =>
    writeFindCoordinatorRequest(writer, { keyType: 0, coordinatorKeys: ["g"] }, 4),
  );
  expect(read(answer, true, readFindCoordinatorResponse, 4).coordinators).toMatchObject([
    { key: "g", nodeId: 101, host: "gw", port: 9193, errorCode: 0 },
  ]);
});

it("puts into words what a coordinator says that may not answer yet", async () => {
  const coordinate = () => Promise.resolve({ body: new Uint8Array(0), errorCode: KafkaError.NOT_COORDINATOR });
  const answer = await startGateway({ coordinate })(ApiKey.Heartbeat, 4, (writer) =>
    writeHeartbeatRequest(writer, { groupId: "g", memberId: "m", generationId: 1 }, 4),
  );
  expect(read(answer, true, readHeartbeatResponse, 4).errorCode).toBe(KafkaError.NOT_COORDINATOR);
});

it("sends consumers that ask for offsets looking again where the coordinator is not there", async () => {
  for (const version of [1, 7, 9]) {
    const topics = [{ name: "t", partitionIndexes: [0] }];
    const answer = await startGateway()(ApiKey.OffsetFetch, version, (writer) =>
      writeOffsetFetchRequest(
        writer,
        version < 8 ? { groupId: "g", topics } : { groups: [{ groupId: "g", topics }] },
        version,
      ),
    );
    const { errorCode, topics: told, groups } = read(answer, version >= 6, readOffsetFetchResponse, version);
    const [code] =
      version < 2 ? [told[0]!.partitions[0]!.errorCode] : version < 8 ? [errorCode] : [groups[0]!.errorCode];
    expect(code).toBe(KafkaError.NOT_COORDINATOR);
  }
});

describe("every version that is served can carry what a broker says", () => {
  // Answers without a single default value: a field that an old version cannot carry shows itself here.
  const brokers: Brokers = {
    append: async (_broker, request) => ({
      partitions: appended(request, 5).partitions.map((partition) => ({
        ...partition,
        errorMessage: "m",
        logAppendTimeMs: 77,
        logStartOffset: 3,
        recordErrors: [{ batchIndex: 1, message: "bad" }],
        currentLeaderId: 2,
        currentLeaderEpoch: 9,
      })),
    }),
    read: async (_broker, request) => ({
      partitions: request.partitions.map(({ topicId: id, partition }) => ({
        topicId: id,
        partition,
        errorCode: KafkaError.NOT_LEADER_OR_FOLLOWER,
        highWatermark: 9,
        lastStableOffset: 8,
        logStartOffset: 7,
        divergingEpoch: 2,
        divergingEndOffset: 6,
        currentLeaderId: 2,
        currentLeaderEpoch: 4,
        aborted: [{ producerId: 1, firstOffset: 2 }],
        preferredReadReplica: -1,
        records: [Buffer.from("r")],
      })),
    }),
    listOffsets: async (_broker, request) => ({
      partitions: request.partitions.map(({ topicId: id, partition }) => ({
        topicId: id,
        partition,
        errorCode: 0,
        timestamp: 55,
        offset: 66,
        leaderEpoch: 7,
      })),
    }),
    epochEnds: async (_broker, request) => ({
      partitions: request.partitions.map(({ topicId: id, partition }) => ({
        topicId: id,
        partition,
        errorCode: 0,
        leaderEpoch: 3,
        endOffset: 9,
      })),
    }),
  };
  const requests: Record<number, (writer: Writer, version: number) => void> = {
    [ApiKey.Produce]: (writer, version) => produceTo([0, 2])(version)(writer),
    [ApiKey.Fetch]: (writer, version) =>
      writeFetchRequest(
        writer,
        { maxWaitMs: 1, topics: [{ topic: "t", topicId, partitions: [{ partition: 0 }, { partition: 2 }] }] },
        version,
      ),
    [ApiKey.ListOffsets]: (writer, version) =>
      writeListOffsetsRequest(
        writer,
        { topics: [{ name: "t", partitions: [{ partitionIndex: 0, timestamp: -1 }] }] },
        version,
      ),
    [ApiKey.OffsetForLeaderEpoch]: (writer, version) =>
      writeOffsetForLeaderEpochRequest(
        writer,
        { topics: [{ topic: "t", partitions: [{ partition: 0, leaderEpoch: 3 }] }] },
        version,
      ),
    [ApiKey.Metadata]: (writer, version) =>
      writeMetadataRequest(writer, { topics: [{ name: "t" }, { name: "absent" }] }, version),
    [ApiKey.FindCoordinator]: (writer, version) =>
      writeFindCoordinatorRequest(writer, version >= 4 ? { coordinatorKeys: ["g", "h"] } : { key: "g" }, version),
    [ApiKey.DescribeCluster]: (writer, version) => writeDescribeClusterRequest(writer, {}, version),
    [ApiKey.DescribeConfigs]: (writer, version) =>
      writeDescribeConfigsRequest(
        writer,
        {
          resources: [
            { resourceType: 2, resourceName: "t", configurationKeys: null },
            { resourceType: 4, resourceName: "1" },
          ],
        },
        version,
      ),
  };
  const cases = Object.keys(requests).flatMap((key) => {
    const { min, max } = servedApis.get(Number(key))!;
    return Array.from(
      { length: max - min + 1 },
      (_, i) => [apis.get(Number(key))!.name, min + i, Number(key)] as const,
    );
  });

  it.each(cases)("%s version %i", async (_name, version, apiKey) => {
    const answer = await startGateway(brokers)(apiKey, version, (writer) => requests[apiKey]!(writer, version));
    const flexible = version >= (apis.get(apiKey)!.flexibleFrom ?? Infinity);
    expect(() => read(answer, flexible, apis.get(apiKey)!.readResponse, version)).not.toThrow();
  });
});
