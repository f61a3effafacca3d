import { type AddressInfo, createServer, type Server } from "node:net";
import { KafkaError } from "@moldau/base";
import { framed, FrameReader } from "@moldau/net";
import {
  Reader,
  readRequestHeader,
  writeApiVersionsResponse,
  writeMetadataResponse,
  Writer,
  writeResponseHeader,
} from "@moldau/protocol";
import { calls } from "./calls";
import { Connection } from "./connection";

// A node that knows ApiVersions up to 2 and Metadata up to 7, as Kafka 2.1 does.

let server: Server;
let seen: string[];
let throttleTimeMs = 0;
let misbehave: "none" | "silent" | "wrong-id" = "none";

function respond(frame: Uint8Array): Uint8Array[] | undefined {
  const { apiKey, apiVersion, correlationId } = readRequestHeader(new Reader(frame));
  seen.push(`${apiKey} v${apiVersion}`);
  const writer = new Writer();
  const apiKeys = [
    { apiKey: 3, minVersion: 0, maxVersion: 7 },
    { apiKey: 18, minVersion: 0, maxVersion: 2 },
  ];
  if (apiKey === 18) {
    const known = apiVersion <= 2;
    writeResponseHeader(writer, 18, 0, { correlationId });
    writeApiVersionsResponse(writer, { errorCode: known ? 0 : 35, apiKeys }, known ? apiVersion : 0);
  } else {
    if (misbehave === "silent") return undefined;
    writeResponseHeader(writer, apiKey, apiVersion, { correlationId: correlationId + (misbehave === "none" ? 0 : 1) });
    writeMetadataResponse(writer, { clusterId: "old", throttleTimeMs }, apiVersion);
  }
  return framed(writer.chunks());
}

beforeEach(async () => {
  seen = [];
  misbehave = "none";
  throttleTimeMs = 0;
  server = createServer((socket) => {
    const reader = new FrameReader({
      maxFrameBytes: 1024 * 1024,
      onFrame: (frame) => respond(frame)?.forEach((chunk) => socket.write(chunk)),
    });
    socket.on("data", (chunk: Buffer) => reader.push(chunk));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function open(): Promise<Connection> {
  const { port } = server.address() as AddressInfo;
  return Connection.open({ host: "127.0.0.1", port, clientId: "spec" }).ready;
}

it("takes the versions that both sides speak, asked of an old node in its own way", async () => {
  const connection = await open();
  const answer = await connection.request(calls.metadata, { topics: [] }, 1000);
  expect(answer.clusterId).toBe("old");
  expect(seen).toEqual(["18 v4", "18 v2", "3 v7"]);
  expect(connection.versionOf(calls.fetch)).toBeUndefined();
  await expect(connection.request(calls.fetch, {}, 1000)).rejects.toMatchObject({ code: 35, retriable: false });
  connection.close();
});

it("closes where no answer comes in time, and says whose", async () => {
  const connection = await open();
  misbehave = "silent";
  const [first, second] = await Promise.allSettled([
    connection.request(calls.metadata, { topics: [] }, 50),
    connection.request(calls.metadata, { topics: [] }, 10_000),
  ]);
  expect(first).toMatchObject({
    reason: { code: 7, message: `Metadata: no answer from ${connection.address} within 50 ms` },
  });
  expect(second.status).toBe("rejected");
  expect(connection.closed).toBe(true);
});

it("trusts nobody whose answers are out of order", async () => {
  const connection = await open();
  misbehave = "wrong-id";
  await expect(connection.request(calls.metadata, { topics: [] }, 1000)).rejects.toThrow(/answer 3 where 2 was due/);
  expect(connection.closed).toBe(true);
});

describe("a node that does not listen for a while (KIP-219)", () => {
  const ask = (connection: Connection, timeoutMs = 60_000) =>
    connection.request(calls.metadata, { topics: [], allowAutoTopicCreation: false }, timeoutMs);

  it("is sent nothing for as long, then what was asked meanwhile, in order", async () => {
    const connection = await open();
    throttleTimeMs = 400;
    const start = performance.now();
    await ask(connection);
    throttleTimeMs = 0;
    const answers = [ask(connection), ask(connection)];
    const sent = seen.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toHaveLength(sent);
    await Promise.all(answers);
    expect(performance.now() - start).toBeGreaterThan(390);
    expect(seen).toHaveLength(sent + 2);
    connection.close();
  });

  it("is not waited for longer than a request may take", async () => {
    const connection = await open();
    throttleTimeMs = 60_000;
    await ask(connection);
    await expect(ask(connection, 1_000)).rejects.toMatchObject({ code: KafkaError.THROTTLING_QUOTA_EXCEEDED });
    const held = ask(connection, 120_000);
    connection.close();
    await expect(held).rejects.toThrow(/closed/);
  });
});
