import { setTimeout as sleep } from "node:timers/promises";
import { Client, serve, until } from "./testing/serve";

describe("limits", () => {
  it("on connections, in all and per address; a place that is left is taken again", async () => {
    const { port, refused, server } = await serve({ limits: { maxConnections: 5, maxConnectionsPerIp: 2 } });
    const kept = [new Client(port), new Client(port)];
    await until(() => server.connections.size === 2, "two connections");
    const third = new Client(port);
    await until(() => third.closed, "the refusal");
    expect(refused).toEqual([expect.stringContaining("max.connections.per.ip")]);
    kept[0]!.socket.destroy();
    await until(() => server.connections.size === 1, "a free place");
    const fourth = new Client(port);
    fourth.send("hello");
    await until(() => fourth.frames.length === 1, "an answer");
  });

  it("on connections may change while the server runs, and differ for single addresses", async () => {
    const { port, refused, server } = await serve({ limits: { maxConnectionsPerIp: 1 } });
    const turnedAway = async (expected: number) => {
      const client = new Client(port);
      await until(() => client.closed, "the refusal");
      expect(refused).toHaveLength(expected);
    };
    new Client(port);
    await until(() => server.connections.size === 1, "a connection");
    await turnedAway(1);
    const limits = { maxConnections: 100, maxConnectionsPerIp: 1, maxConnectionsOf: new Map([["127.0.0.1", 2]]) };
    server.limit(limits);
    new Client(port);
    await until(() => server.connections.size === 2, "another connection");
    await turnedAway(2);
  });

  it("closes what was silent for longest when fewer connections are allowed than there are", async () => {
    const { port, closed, server } = await serve();
    const [silent, busy] = [new Client(port), new Client(port)];
    await until(() => server.connections.size === 2, "both connections");
    await sleep(20);
    busy.send("still here");
    await until(() => busy.frames.length === 1, "an answer");
    server.limit({ maxConnections: 1, maxConnectionsPerIp: 10, maxConnectionsOf: new Map() });
    await until(() => silent.closed, "the close");
    expect(closed.map(([, reason]) => reason)).toEqual([
      expect.stringContaining("silent for longest (max.connections)"),
    ]);
    busy.send("and still");
    await until(() => busy.frames.length === 2, "an answer");
  });

  it("the owner may turn a connection away as soon as it opens", async () => {
    const { port, closed, server } = await serve({
      open: (connection) => {
        connection.close("no room for you");
        return undefined;
      },
    });
    const client = new Client(port);
    await until(() => client.closed, "the close");
    expect(closed.map(([, reason]) => reason)).toEqual(["no room for you"]);
    expect(server.connections.size).toBe(0);
  });

  it("above max.connections new ones wait until one is closed, or more are allowed", async () => {
    const blocked: number[] = [];
    const { port, refused, server } = await serve({
      limits: { maxConnections: 1 },
      blocked: (_port, connections) => blocked.push(connections),
    });
    const [first, second, third] = [new Client(port), new Client(port), new Client(port)];
    await until(() => blocked.length > 0, "the wait");
    for (const each of [first, second, third]) each.send("x");
    await until(() => first.frames.length === 1, "the first answer");
    await sleep(50);
    expect([second.frames.length, third.frames.length, server.connections.size]).toEqual([0, 0, 1]);
    first.socket.destroy();
    await until(() => second.frames.length === 1, "the second answer");
    expect(third.frames).toHaveLength(0);
    server.limit({ maxConnections: 2, maxConnectionsPerIp: 10, maxConnectionsOf: new Map() });
    await until(() => third.frames.length === 1, "the third answer");
    expect([refused, second.closed]).toEqual([[], false]);
    expect(blocked).toEqual([1, 1]);
  });

  it("an exempt port has max.connections for itself, which costs others their place", async () => {
    const { port, server } = await serve({
      limits: { maxConnections: 1 },
      isExempt: (label) => label === "INTERNAL",
    });
    const internal = await server.listen({ host: "127.0.0.1", port: 0, label: "INTERNAL" });
    const outside = new Client(port);
    await until(() => server.connections.size === 1, "a connection");
    const [inside, more] = [new Client(internal), new Client(internal)];
    for (const each of [inside, more]) each.send("x");
    await until(() => inside.frames.length === 1, "an answer");
    await until(() => outside.closed, "the close");
    await sleep(20);
    expect([more.frames.length, server.connections.size]).toEqual([0, 1]);
  });

  it("idle connections are closed, busy ones are not", async () => {
    const { port, closed } = await serve({
      limits: { maxIdleMs: 120 },
      sweepMs: 10,
      handle: () => new Promise(() => undefined),
    });
    const idle = new Client(port);
    const busy = new Client(port);
    busy.send("long poll");
    await until(() => idle.closed, "the idle one's close");
    expect(closed.map(([, reason]) => reason)).toEqual(["idle for 120 ms (connections.max.idle.ms)"]);
    await sleep(150);
    expect(busy.closed).toBe(false);
  });

  it("one that stops in the middle of a request is closed", async () => {
    const { port, closed } = await serve({ limits: { maxStallMs: 100 }, sweepMs: 10 });
    const client = new Client(port);
    client.socket.write(Buffer.from([0, 0, 1, 0, 1, 2, 3]));
    await until(() => client.closed, "the close");
    expect(closed[0]![1]).toContain("stopped in the middle of a request");
  });

  it("one that does not read is closed, a slow reader is not", async () => {
    const answer = Buffer.alloc(30_000_000);
    const { port, closed } = await serve({
      // Far above what a busy machine may keep the slow reader from its turn.
      limits: { maxStallMs: 2_000 },
      sweepMs: 10,
      handle: () => Promise.resolve([answer]),
    });
    const stuck = new Client(port, false);
    stuck.send("fetch");
    const slow = new Client(port, false);
    slow.send("fetch");
    let bytes = 0;
    const reading = setInterval(() => {
      for (let i = 0; i < 20; i++) bytes += (slow.socket.read() as Buffer | null)?.length ?? 0;
    }, 5);
    await until(() => closed.length === 1, "the stuck one's close");
    expect(closed[0]![1]).toContain("reads none of its answers");
    expect(closed[0]![0].remotePort).toBe(stuck.socket.localPort);
    await until(() => bytes === answer.length + 4, "the slow one's answer");
    clearInterval(reading);
  });
});

it("muting holds back the next requests, not the answer", async () => {
  const { port } = await serve({
    handle: (frame, connection) => {
      if (Buffer.from(frame).toString() === "throttled") connection.mute(1_000);
      return Promise.resolve([frame]);
    },
  });
  const client = new Client(port);
  const start = performance.now();
  client.send("throttled", "next");
  await until(() => client.frames.length === 1, "the first answer");
  const answeredMs = performance.now() - start;
  await until(() => client.frames.length === 2, "the second answer");
  expect(performance.now() - start).toBeGreaterThan(990);
  expect(answeredMs).toBeLessThan(performance.now() - start - 500);
});

it("a shorter mute does not end a longer one", async () => {
  const { port, server } = await serve();
  const client = new Client(port);
  await until(() => server.connections.size === 1, "the connection");
  const [connection] = [...server.connections];
  const start = performance.now();
  connection!.mute(900);
  connection!.mute(5);
  client.send("a");
  await until(() => client.frames.length === 1, "the answer");
  expect(performance.now() - start).toBeGreaterThan(890);
});

describe("new connections", () => {
  const text = (frame: Uint8Array) => Buffer.from(frame).toString();

  it("wait where they are told to, those behind them too, and lose nothing that was sent meanwhile", async () => {
    const fates = [300, 0, 0];
    const opened: number[] = [];
    const admitted: string[] = [];
    const { port, server } = await serve({
      admit: (address, label) => {
        admitted.push(`${address} ${label}`);
        return { kind: "accept", afterMs: fates.shift() ?? 0 };
      },
      open: (connection) => void opened.push(connection.remotePort),
    });
    const start = performance.now();
    const three = [new Client(port), new Client(port), new Client(port)];
    const big = Buffer.alloc(300_000, 7);
    for (const client of three) client.send("first", big);
    await sleep(20);
    expect([server.connections.size, opened]).toEqual([0, []]);
    for (const client of three) await until(() => client.frames.length === 2, "both answers");
    expect(performance.now() - start).toBeGreaterThan(290);
    expect(admitted).toEqual(["127.0.0.1 PLAINTEXT", "127.0.0.1 PLAINTEXT", "127.0.0.1 PLAINTEXT"]);
    for (const { frames } of three) expect([text(frames[0]!), frames[1]!.equals(big)]).toEqual(["first", true]);
  });

  it("are held without a word and then closed where they come too fast; others go on", async () => {
    const fates: ("accept" | "close")[] = ["close", "accept"];
    const { port, refused, server } = await serve({
      admit: () => ({ kind: fates.shift()!, afterMs: fates.length === 1 ? 200 : 0 }),
    });
    const start = performance.now();
    const tooFast = new Client(port);
    tooFast.send("nobody hears this");
    const other = new Client(port);
    other.send("hello");
    await until(() => other.frames.length === 1, "the answer");
    await until(() => tooFast.closed, "the end");
    expect(performance.now() - start).toBeGreaterThan(190);
    expect([tooFast.frames.length, server.connections.size]).toEqual([0, 1]);
    expect(refused).toEqual([expect.stringContaining("connection_creation_rate")]);
  });

  it("that still wait go when the server stops, and do not count when they have gone themselves", async () => {
    const { port, server } = await serve({ admit: () => ({ kind: "accept", afterMs: 100 }) });
    const gone = new Client(port);
    gone.socket.on("connect", () => gone.socket.resetAndDestroy());
    await until(() => gone.closed, "the end");
    const second = new Client(port);
    await until(() => server.connections.size === 1, "the second one");
    second.send("a");
    await until(() => second.frames.length === 1, "its answer");
    const third = new Client(port);
    await sleep(30);
    await server.close(0);
    await until(() => third.closed, "the end of the third one");
  });
});
