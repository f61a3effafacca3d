import { setTimeout as sleep } from "node:timers/promises";
import { createKafkaServer } from "./kafka-server";
import { framed } from "./frame-reader";
import { Client, deferred, serve, until } from "./testing/serve";

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
    await expect(second.listen({ host: "127.0.0.1", port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: the port is taken`,
    );
    await second.close(0);
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
