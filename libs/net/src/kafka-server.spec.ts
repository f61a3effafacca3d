import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "./connection";
import { framed, FrameReader } from "./frame-reader";
import { createKafkaServer, type KafkaServer, type KafkaServerOptions } from "./kafka-server";

interface Seen {
  server: KafkaServer<undefined>;
  port: number;
  closed: [Connection<undefined>, string][];
  refused: string[];
}

const servers: KafkaServer<undefined>[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const server of servers.splice(0)) await server.close(0);
});

async function serve(options: Partial<KafkaServerOptions<undefined>> = {}): Promise<Seen> {
  const closed: Seen["closed"] = [];
  const refused: string[] = [];
  const server = createKafkaServer<undefined>({
    open: () => undefined,
    handle: (frame) => Promise.resolve([frame]),
    closed: (connection, reason) => closed.push([connection, reason]),
    refused: (_address, _port, reason) => refused.push(reason),
    ...options,
  });
  servers.push(server);
  return { server, port: await server.listen({ host: "127.0.0.1", port: 0, label: "PLAINTEXT" }), closed, refused };
}

class Client {
  readonly frames: Buffer[] = [];
  closed = false;
  readonly socket: Socket;

  constructor(port: number, reads = true) {
    const reader = new FrameReader({
      maxFrameBytes: 100_000_000,
      onFrame: (frame) => this.frames.push(Buffer.from(frame)),
    });
    this.socket = connect({ host: "127.0.0.1", port });
    if (reads) this.socket.on("data", (chunk) => reader.push(chunk as Buffer));
    this.socket.on("error", () => undefined);
    this.socket.on("close", () => (this.closed = true));
    clients.push(this);
  }

  send(...bodies: (string | Uint8Array)[]): void {
    for (const body of bodies) {
      for (const chunk of framed([typeof body === "string" ? Buffer.from(body) : body])) this.socket.write(chunk);
    }
  }

  get texts(): string[] {
    return this.frames.map((frame) => frame.toString());
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 2) {
    if (waited > 10_000) throw new Error(`waited too long for: ${what}`);
    await sleep(2);
  }
}

function deferred<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe("requests and answers", () => {
  it("are handed over in order and answered in that order, whichever is ready first", async () => {
    const waiting = new Map<string, ReturnType<typeof deferred<Uint8Array[] | null>>>();
    const { port } = await serve({
      handle: (frame) => {
        const answer = deferred<Uint8Array[] | null>();
        waiting.set(Buffer.from(frame).toString(), answer);
        return answer.promise;
      },
    });
    const client = new Client(port);
    client.send("a", "b", "c", "d");
    await until(() => waiting.size === 4, "four requests at once");
    expect([...waiting.keys()]).toEqual(["a", "b", "c", "d"]);
    waiting.get("d")!.resolve([Buffer.from("D")]);
    waiting.get("b")!.resolve(null); // acks=0: nothing
    waiting.get("c")!.resolve([Buffer.from("C1"), Buffer.from("C2")]);
    await sleep(20);
    expect(client.texts).toEqual([]);
    waiting.get("a")!.resolve([Buffer.from("A")]);
    await until(() => client.frames.length === 3, "the answers");
    expect(client.texts).toEqual(["A", "C1C2", "D"]);
  });

  it("of every size come back whole, many on one connection", async () => {
    const { port, server } = await serve({
      handle: (frame) => Promise.resolve([frame.subarray(0, 1), frame.subarray(1)]),
    });
    const sizes = [1, 0, 100, 40_000, 70_000, 1_000_000, 5, 3_000_000, 2, 65_536, 32_768, 999];
    const bodies = sizes.map((size, index) => Buffer.alloc(size, index + 1));
    const client = new Client(port);
    client.send(...bodies, ...bodies);
    await until(() => client.frames.length === 2 * sizes.length, "all of them back");
    [...bodies, ...bodies].forEach((body, index) => expect(body.equals(client.frames[index]!)).toBe(true));
    const [connection] = [...server.connections];
    expect(connection).toMatchObject({
      bytesIn: connection!.bytesOut,
      inFlight: 0,
      label: "PLAINTEXT",
      localPort: port,
    });
    expect(server.queuedBytes).toBe(0);
  });

  it("arrive byte by byte just as well", async () => {
    const { port } = await serve();
    const client = new Client(port);
    client.socket.setNoDelay(true);
    for (const byte of Buffer.concat(framed([Buffer.from("hello")]))) {
      client.socket.write(Buffer.of(byte));
      await sleep(1);
    }
    await until(() => client.frames.length === 1, "the answer");
    expect(client.texts).toEqual(["hello"]);
  });

  it("leave no answer behind a rejection: the connection is closed with its reason", async () => {
    const { port, closed, server } = await serve({
      handle: (frame) =>
        frame.length === 3
          ? Promise.reject(new Error("version 99 of Produce is not served"))
          : Promise.resolve([frame]),
    });
    const client = new Client(port);
    client.send("ok", "bad", "never answered");
    await until(() => client.closed, "the close");
    expect(closed.map(([, reason]) => reason)).toEqual(["version 99 of Produce is not served"]);
    expect(client.texts).not.toContain("never answered");
    expect([server.connections.size, server.queuedBytes]).toEqual([0, 0]);
  });

  it("tell the handler when the client went away", async () => {
    const signals: AbortSignal[] = [];
    const { port, closed, server } = await serve({
      handle: (_, connection) => {
        signals.push(connection.signal);
        return new Promise(() => undefined);
      },
    });
    const client = new Client(port);
    client.send("long poll");
    await until(() => signals.length === 1, "the request");
    client.socket.destroy();
    await until(() => closed.length === 1, "the close");
    expect(signals[0]!.aborted).toBe(true);
    expect(server.queuedBytes).toBe(0);
  });
});

describe("memory", () => {
  const large = (text: string) => Buffer.alloc(50_000, text);

  it("of a request is used again when its handler says that it is free, and only then", async () => {
    const frames: Uint8Array[] = [];
    const { port } = await serve({
      handle: (frame, _connection, memory) => {
        frames.push(frame);
        if (frames.length !== 2) memory.frameIsFree();
        return Promise.resolve([Buffer.from("ok")]);
      },
    });
    const client = new Client(port);
    for (let i = 0; i < 4; i++) {
      client.send(large(String(i)));
      await until(() => client.frames.length === i + 1, "an answer");
    }
    const [first, kept, third, last] = frames.map(({ buffer }) => buffer);
    expect(kept).toBe(first);
    expect(third).not.toBe(kept);
    expect(last).toBe(third);
    expect(Buffer.from(frames[1]!).equals(large("1"))).toBe(true);
  });

  it("that was lent for an answer is given back when the answer has left, also where its client has gone", async () => {
    const given: string[] = [];
    const { port } = await serve({
      handle: (frame, _connection, memory) => {
        const text = Buffer.from(frame).toString();
        const bytes = text === "small" ? Buffer.from("s") : Buffer.alloc(20_000_000, "x");
        memory.lend(() => {
          bytes.fill("?");
          given.push(text);
        });
        return Promise.resolve([bytes]);
      },
    });
    const client = new Client(port);
    client.send("small", "large");
    await until(() => client.frames.length === 2, "the answers");
    expect(client.frames[0]!.toString()).toBe("s");
    expect(client.frames[1]!.equals(Buffer.alloc(20_000_000, "x"))).toBe(true);
    await until(() => given.length === 2, "what was lent");

    const deaf = new Client(port, false);
    deaf.socket.pause();
    deaf.send("unread");
    await sleep(50);
    expect(given).toEqual(["small", "large"]);
    deaf.socket.destroy();
    await until(() => given.length === 3, "what was lent to who has gone");
  });
});

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

describe("ports", () => {
  it("come and go at run time and share connections and limits", async () => {
    let blocked = 0;
    const { server, port } = await serve({ limits: { maxConnections: 2 }, blocked: () => blocked++ });
    const other = await server.listen({ host: "127.0.0.1", port: 0, label: "node 7" });
    expect(server.ports).toEqual([port, other]);
    const [a, b] = [new Client(port), new Client(other)];
    a.send("a");
    b.send("b");
    await until(() => a.frames.length + b.frames.length === 2, "both answers");
    expect([...server.connections].map((connection) => connection.label).sort()).toEqual(["PLAINTEXT", "node 7"]);
    const third = new Client(other);
    await until(() => blocked === 1, "one that waits for room");
    await server.unlisten(other);
    await until(() => third.closed, "the end of what waited");
    await until(() => b.closed, "the end of the closed port's connections");
    expect(a.closed).toBe(false);
    const late = new Client(other);
    await until(() => late.closed, "nobody there");
    expect(await server.listen({ host: "127.0.0.1", port: other })).toBe(other);
  });

  it("that are taken are named", async () => {
    const { port } = await serve();
    const second = createKafkaServer<undefined>({ open: () => undefined, handle: () => Promise.resolve(null) });
    servers.push(second);
    await expect(second.listen({ host: "127.0.0.1", port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: the port is taken`,
    );
  });
});

it("closing lets requests under way finish, cuts off the rest and accepts nobody", async () => {
  const answers: ReturnType<typeof deferred<Uint8Array[] | null>>[] = [];
  const { server, port } = await serve({
    handle: () => {
      const answer = deferred<Uint8Array[] | null>();
      answers.push(answer);
      return answer.promise;
    },
  });
  const [finishing, endless, idle] = [new Client(port), new Client(port), new Client(port)];
  finishing.send("one");
  await until(() => answers.length === 1, "the first");
  endless.send("two");
  await until(() => answers.length === 2, "the second");
  const closing = server.close(200);
  finishing.send("too late");
  await until(() => idle.closed, "the idle one's end");
  answers[0]!.resolve([Buffer.from("finished")]);
  await closing;
  await until(() => finishing.closed && endless.closed, "all closed");
  expect(finishing.texts).toEqual(["finished"]);
  expect(answers).toHaveLength(2);
  expect(server.connections.size).toBe(0);
});
