import { FileRange, KafkaError } from "@moldau/base";
import type { ReadRequest } from "@moldau/contracts";
import {
  ApiKey,
  chunksOf,
  readFetchResponse,
  readListOffsetsResponse,
  readProduceResponse,
  writeFetchRequest,
  writeListOffsetsRequest,
  writeProduceRequest,
  Writer,
} from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { PeerUnavailable } from "@moldau/rpc";
import type { Answer } from "./call";
import { noMemory, type Brokers, appended, image, produceTo, read, startGateway, topicId } from "./testing/one-gateway";

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
    const codeOf = (answer: Answer) =>
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

  it("hands on records that lie in a file where the connection takes such, and says so to the broker", async () => {
    const inFile = new FileRange(9, 1_000, 300_000);
    const told: (boolean | undefined)[] = [];
    const read: Brokers["read"] = async (_broker, request, { takesFiles }) => {
      told.push(takesFiles);
      const { partitions } = results(request);
      return { partitions: takesFiles ? partitions.map((each) => ({ ...each, recordsInFile: inFile })) : partitions };
    };
    const asked = fetchOf({ sessionId: 0, sessionEpoch: 0, partitions: [0] });
    await startGateway({ read })(ApiKey.Fetch, 13, asked);
    const answer = (await startGateway({ read }, undefined, { ...noMemory, takesFiles: true })(
      ApiKey.Fetch,
      13,
      asked,
    ))!;
    expect(told).toEqual([false, true]);
    const at = answer.indexOf(inFile);
    const before = answer.slice(0, at).map((piece) => piece as Uint8Array);
    // A compact length in front of it: one more than the bytes, as a varint.
    expect(Buffer.concat(before).subarray(-3)).toEqual(Buffer.from([0xe1, 0xa7, 0x12]));
    expect(answer).toHaveLength(at + 2);
  });

  it("hands records on without copying them and omits unchanged partitions of a session", async () => {
    const slice = Buffer.alloc(5000, "r");
    let withRecords = true;
    const send = startGateway({ read: async (_broker, request) => results(request, withRecords ? [slice] : []) });
    const first = await send(ApiKey.Fetch, 13, fetchOf({ sessionId: 0, sessionEpoch: 0, partitions: [0, 1] }));
    expect(
      chunksOf(first!).filter((chunk) => chunk.buffer === slice.buffer && chunk.length === slice.length),
    ).toHaveLength(2);
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
