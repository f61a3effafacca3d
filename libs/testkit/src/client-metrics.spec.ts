import { type Admin, createAdmin } from "@moldau/client";
import { ZERO_UUID } from "@moldau/base";
import {
  ApiKey,
  Reader,
  readApiVersionsResponse,
  readGetTelemetrySubscriptionsResponse,
  readPushTelemetryResponse,
  readResponseHeader,
  Writer,
  writeApiVersionsRequest,
  writeGetTelemetrySubscriptionsRequest,
  writePushTelemetryRequest,
  writeRequestHeader,
} from "@moldau/protocol";
import { createTestTelemetry } from "@moldau/telemetry";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { startCluster, type TestCluster } from "./start-cluster";

// Clients that report their own metrics (KIP-714), from the socket to whoever receives the reports.

const received: { payload: string; attributes: Readonly<Record<string, string>> }[] = [];
let cluster: TestCluster;
let admin: Admin;

beforeAll(async () => {
  const clientMetrics = {
    receive: (payload: Uint8Array, attributes: Readonly<Record<string, string>>) =>
      void received.push({ payload: Buffer.from(payload).toString(), attributes }),
  };
  cluster = await startCluster({ telemetry: { ...createTestTelemetry(), clientMetrics } });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
});
afterAll(async () => {
  await admin.close();
  await cluster.stop();
});

/** One connection of a client, one request at a time. */
class Connection {
  readonly #socket: Socket;
  #correlationId = 0;
  #received: Buffer = Buffer.alloc(0);
  #arrived: () => void = () => undefined;

  constructor(bootstrap: string) {
    const at = bootstrap.lastIndexOf(":");
    this.#socket = connect({ host: bootstrap.slice(0, at), port: Number(bootstrap.slice(at + 1)) });
    this.#socket.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#arrived();
    });
  }

  async ask<T>(
    apiKey: number,
    apiVersion: number,
    write: (writer: Writer) => void,
    read: (reader: Reader, version: number) => T,
  ): Promise<T> {
    const writer = new Writer();
    writeRequestHeader(writer, { apiKey, apiVersion, correlationId: ++this.#correlationId, clientId: "billing" });
    write(writer);
    const frame = Buffer.from(writer.toBytes());
    const length = Buffer.alloc(4);
    length.writeInt32BE(frame.length);
    this.#socket.write(Buffer.concat([length, frame]));
    while (this.#received.length < 4 || this.#received.length < 4 + this.#received.readInt32BE(0)) {
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    }
    const end = 4 + this.#received.readInt32BE(0);
    const reader = new Reader(this.#received.subarray(4, end));
    this.#received = this.#received.subarray(end);
    readResponseHeader(reader, apiKey, apiVersion);
    return read(reader, apiVersion);
  }

  apiVersions() {
    const software = { clientSoftwareName: "apache-kafka-java", clientSoftwareVersion: "4.1.1" };
    return this.ask(
      ApiKey.ApiVersions,
      4,
      (writer) => writeApiVersionsRequest(writer, software, 4),
      readApiVersionsResponse,
    );
  }

  close(): void {
    this.#socket.destroy();
  }
}

it("a client is told what to report, and its report arrives with what is known of it", async () => {
  await admin.alterConfigs(
    { type: "client-metrics", name: "java" },
    { metrics: "org.apache.kafka.producer.", "interval.ms": "100", match: "client_software_name=apache-kafka-.*" },
  );
  const client = new Connection(cluster.bootstrap[0]!);
  const { apiKeys } = await client.apiVersions();
  expect(apiKeys.map(({ apiKey }) => apiKey)).toEqual(expect.arrayContaining([71, 72, 74]));
  const told = await client.ask(
    ApiKey.GetTelemetrySubscriptions,
    0,
    (writer) => writeGetTelemetrySubscriptionsRequest(writer, { clientInstanceId: ZERO_UUID }, 0),
    readGetTelemetrySubscriptionsResponse,
  );
  expect(told).toMatchObject({
    errorCode: 0,
    pushIntervalMs: 100,
    telemetryMaxBytes: 1_048_576,
    deltaTemporality: true,
    requestedMetrics: ["org.apache.kafka.producer."],
  });
  const { clientInstanceId, subscriptionId } = told;
  const report = {
    clientInstanceId,
    subscriptionId,
    terminating: true,
    compressionType: 1,
    metrics: gzipSync("hello"),
  };
  const answer = await client.ask(
    ApiKey.PushTelemetry,
    0,
    (writer) => writePushTelemetryRequest(writer, report, 0),
    readPushTelemetryResponse,
  );
  expect(answer.errorCode).toBe(0);
  expect(received).toEqual([
    {
      payload: "hello",
      attributes: {
        client_instance_id: clientInstanceId,
        client_id: "billing",
        client_software_name: "apache-kafka-java",
        client_software_version: "4.1.1",
        client_source_address: "127.0.0.1",
        client_source_port: expect.stringMatching(/^\d+$/) as string,
      },
    },
  ]);
  client.close();
});

it("nobody is asked to report where reports go nowhere", async () => {
  const silent = await startCluster();
  const client = new Connection(silent.bootstrap[0]!);
  const keys = (await client.apiVersions()).apiKeys.map(({ apiKey }) => apiKey);
  expect(keys).toContain(74);
  expect(keys.filter((key) => key === 71 || key === 72)).toEqual([]);
  client.close();
  await silent.stop();
});
