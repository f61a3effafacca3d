import { setTimeout as sleep } from "node:timers/promises";
import { Client, deferred, serve, until } from "./testing/serve";

describe("hostile clients", () => {
  it.each([
    ["HTTP", Buffer.from("GET /metrics HTTP/1.1\r\n\r\n"), "an HTTP client on a Kafka port"],
    ["TLS", Buffer.from([0x16, 0x03, 0x01, 0x00, 0xc8, 0x01, 0x00]), "a TLS client on a plaintext port"],
    ["a frame too long", Buffer.from([0x00, 0x10, 0x00, 0x00]), "socket.request.max.bytes"],
    ["a negative length", Buffer.from([0xff, 0xff, 0xff, 0x00]), "negative length"],
  ])("%s: closed, with a reason", async (_, bytes, reason) => {
    const { port, closed } = await serve({ limits: { maxFrameBytes: 1_000_000 } });
    const client = new Client(port);
    client.socket.write(bytes);
    await until(() => client.closed && closed.length === 1, "the close");
    expect(closed[0]![1]).toContain(reason);
  });

  it("one that floods is read no further than the requests under way allow", async () => {
    let taken = 0;
    const { port, server } = await serve({
      limits: { maxInFlight: 5 },
      handle: () => {
        taken++;
        return new Promise(() => undefined);
      },
    });
    const client = new Client(port);
    const body = Buffer.alloc(100_000);
    for (let i = 0; i < 400; i++) client.send(body); // 40 MB
    await until(() => taken >= 5, "as many as fit");
    await sleep(300);
    expect(taken).toBe(5);
    const [connection] = [...server.connections];
    expect(connection!.bytesIn).toBeLessThan(1_000_000);
    expect(client.socket.writableLength).toBeGreaterThan(20_000_000); // it waits over there
  });

  it("one that floods is held by bytes as well as by count", async () => {
    let taken = 0;
    const { port } = await serve({
      limits: { maxInFlight: 1000, maxInFlightBytes: 1_000_000 },
      handle: () => {
        taken++;
        return new Promise(() => undefined);
      },
    });
    const client = new Client(port);
    for (let i = 0; i < 100; i++) client.send(Buffer.alloc(300_000));
    await until(() => taken >= 4, "as many as fit");
    await sleep(300);
    expect(taken).toBe(4);
  });

  it("one that never reads gets no more requests answered than fit, and goes on when it reads", async () => {
    let taken = 0;
    const answer = Buffer.alloc(500_000, 7);
    const { port, server } = await serve({
      limits: { maxUnsentBytes: 1_000_000, maxInFlight: 4 },
      handle: () => {
        taken++;
        return Promise.resolve([answer]);
      },
    });
    const client = new Client(port, false);
    for (let i = 0; i < 200; i++) client.send("fetch"); // 100 MB of answers
    await sleep(300);
    const before = taken;
    expect(before).toBeLessThan(60); // what the two socket buffers took, and a few more
    expect(server.connections.size).toBe(1);
    let bytes = 0;
    client.socket.on("data", (chunk) => (bytes += chunk.length));
    await until(() => bytes === 200 * (answer.length + 4), "all answers");
    expect(taken).toBe(200);
  });

  it("many at once stay within the process's budget, and all are served in the end", async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const { port, server } = await serve({
      limits: { maxFrameBytes: 1_000_000, maxQueuedBytes: 2_000_000 },
      handle: () =>
        new Promise((resolve) => {
          most = Math.max(most, server.queuedBytes);
          waiting.push(() => resolve([Buffer.from("done")]));
        }),
    });
    const body = Buffer.alloc(600_000);
    const all = Array.from({ length: 10 }, () => new Client(port));
    for (const client of all) client.send(body, body);
    await sleep(200);
    expect(waiting.length).toBe(3); // 1.8 of 2 MB
    let done = 0;
    while (done < 20) {
      await until(() => waiting.length > 0, "the next request");
      waiting.shift()!();
      done++;
    }
    await until(() => all.every((client) => client.frames.length === 2), "every answer");
    expect(most).toBeLessThanOrEqual(2_000_000);
    expect(server.queuedBytes).toBe(0);
  });

  it("one that waits for the budget and goes away leaves its place to the next", async () => {
    const first = deferred<Uint8Array[] | null>();
    let taken = 0;
    const { port, server } = await serve({
      limits: { maxFrameBytes: 1_000_000, maxQueuedBytes: 1_000_000 },
      handle: (frame) => (taken++ === 0 ? first.promise : Promise.resolve([frame.subarray(0, 1)])),
    });
    const [a, b, c] = [new Client(port), new Client(port), new Client(port)];
    a.send(Buffer.alloc(800_000));
    await until(() => taken === 1, "the first");
    b.send(Buffer.alloc(900_000));
    await sleep(50);
    c.send(Buffer.alloc(700_000));
    await sleep(50);
    expect(taken).toBe(1);
    b.socket.destroy();
    first.resolve(null);
    await until(() => c.frames.length === 1, "the third's answer");
    expect(server.queuedBytes).toBe(0);
  });
});
