// Request frames (without the size) that librdkafka (kcat 1.7) and kafkajs 2.2.4 really sent: one per client, API and
// version. Each must be read to its last byte and come out the same when written again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ApiKey,
  Reader,
  Writer,
  apis,
  readApiVersionsRequest,
  readConsumerProtocolSubscription,
  readJoinGroupRequest,
  readProduceRequest,
  readRequestHeader,
  writeRequestHeader,
} from "./index";
import { PROTOCOL_FOLDER } from "./testing/table";

const frames = readFileSync(join(PROTOCOL_FOLDER, "testdata", "captured-requests.txt"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => {
    const [client, api, version, hex] = line.split(" ");
    return { title: `${client} ${api} ${version}`, api: api!, bytes: Buffer.from(hex!, "hex") };
  });

it.each(frames.map((frame) => [frame.title, frame] as const))("%s", (_, frame) => {
  const reader = new Reader(frame.bytes);
  const header = readRequestHeader(reader);
  const api = apis.get(header.apiKey)!;
  expect(api.name).toBe(frame.api);
  const request = api.readRequest(reader, header.apiVersion) as object;
  expect(reader.remaining).toBe(0);

  const writer = new Writer();
  writeRequestHeader(writer, header);
  api.writeRequest(writer, request, header.apiVersion);
  expect(Buffer.from(writer.toBytes()).toString("hex")).toBe(frame.bytes.toString("hex"));
});

function bodyOf(title: string): Reader {
  const reader = new Reader(frames.find((frame) => frame.title === title)!.bytes);
  readRequestHeader(reader);
  return reader;
}

it("says what librdkafka said", () => {
  const versions = readApiVersionsRequest(bodyOf("librdkafka ApiVersions v3"), 3);
  expect(versions.clientSoftwareName).toBe("librdkafka");
  const produce = readProduceRequest(bodyOf("librdkafka Produce v7"), 7);
  expect(produce).toMatchObject({ transactionalId: null, topicData: [{ name: "t", partitionData: [{ index: 0 }] }] });
  const join = readJoinGroupRequest(bodyOf("librdkafka JoinGroup v5"), 5);
  expect(join).toMatchObject({ groupId: "g", memberId: "", protocolType: "consumer" });
  const metadata = new Reader(join.protocols[0]!.metadata);
  expect(readConsumerProtocolSubscription(metadata, metadata.int16())).toMatchObject({ topics: ["t"] });
});

it("reads a request header of an ApiVersions version that does not exist yet", () => {
  const writer = new Writer();
  writeRequestHeader(writer, { apiKey: ApiKey.ApiVersions, apiVersion: 99, correlationId: 7, clientId: null });
  expect(readRequestHeader(new Reader(writer.toBytes()))).toEqual({
    apiKey: ApiKey.ApiVersions,
    apiVersion: 99,
    correlationId: 7,
    clientId: null,
  });
});
