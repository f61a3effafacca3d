import { KafkaError } from "@moldau/base";
import { loadConfig } from "@moldau/config";
import type { RoleContext } from "@moldau/host";
import {
  ApiKey,
  apis,
  readApiVersionsResponse,
  readFindCoordinatorResponse,
  readHeartbeatResponse,
  readDescribeTopicPartitionsResponse,
  readMetadataResponse,
  readOffsetFetchResponse,
  writeApiVersionsRequest,
  writeDescribeTopicPartitionsRequest,
  writeFindCoordinatorRequest,
  writeHeartbeatRequest,
  writeMetadataRequest,
  writeOffsetFetchRequest,
  Writer,
} from "@moldau/protocol";
import { createTestTelemetry } from "@moldau/telemetry";
import { CloseConnection } from "./call";
import { dispatch } from "./dispatch";
import { Gateway } from "./gateway";
import { RequestMetrics } from "./request-metrics";
import { advertisedVersions } from "./served-apis";
import { noMemory, image, read, startGateway, topicId } from "./testing/one-gateway";

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

  it("tells clients of each listener the addresses of that listener", async () => {
    const known = image({ listeners: ["RPC", "INTERNAL", "EXTERNAL"] });
    const ask = startGateway({}, { kind: "self", listener: "INTERNAL" }, undefined, known);
    const addresses = async (listener: string) => {
      const answer = await ask(
        ApiKey.Metadata,
        9,
        (writer) => writeMetadataRequest(writer, { topics: [] }, 9),
        listener,
      );
      return read(answer, true, readMetadataResponse, 9).brokers.map(({ host, port }) => `${host}:${port}`);
    };
    const coordinator = async (listener: string) => {
      const ofGroup = (writer: Writer) => writeFindCoordinatorRequest(writer, { keyType: 0, key: "g" }, 2);
      return read(await ask(ApiKey.FindCoordinator, 2, ofGroup, listener), false, readFindCoordinatorResponse, 2).host;
    };
    expect(await addresses("INTERNAL")).toEqual(["INTERNAL-1:2", "INTERNAL-2:2", "INTERNAL-101:2"]);
    expect(await addresses("EXTERNAL")).toEqual(["EXTERNAL-1:3", "EXTERNAL-2:3", "EXTERNAL-101:3"]);
    expect([await coordinator("INTERNAL"), await coordinator("EXTERNAL")]).toEqual(["INTERNAL-101", "EXTERNAL-101"]);
    expect(await addresses("NOBODYS")).toEqual([]);
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
