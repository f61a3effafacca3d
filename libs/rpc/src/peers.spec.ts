import {
  AppendReply,
  AppendRequest,
  BrokerDefinition,
  ControllerDefinition,
  KafkaCall,
  MetadataUpdate,
  ReadReply,
  ReadRequest,
  WatchMetadataRequest,
} from "@moldau/contracts";
import { spawn } from "node:child_process";
import { connect as http2Connect, type Settings } from "node:http2";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { createPeers, type OwnedPeers, type PeersOptions } from "./peers";
import { createServiceRegistry, type LocalServices } from "./registry";
import { startRpcServer, type RpcServer } from "./server";
import { PeerUnavailable, RemoteError, type CallContext, type Service } from "./service";
import { broker, context, controller, deferred, until } from "./testing/services";
import { throughTheWire } from "./through-the-wire";

const open: { stop(graceMs: number): Promise<void> }[] = [];
const peersOpen: OwnedPeers[] = [];
afterEach(async () => {
  for (const peers of peersOpen.splice(0)) peers.close();
  for (const server of open.splice(0)) await server.stop(0);
});

async function serve(services: LocalServices, port = 0): Promise<RpcServer> {
  const server = await startRpcServer({ host: "127.0.0.1", port, services });
  open.push(server);
  return server;
}

function peersTo(addresses: Record<number, number>, options: Partial<PeersOptions> = {}): OwnedPeers {
  const peers = createPeers({
    nodeId: 77,
    localNode: () => undefined,
    addressOf: (nodeId) => {
      const port = addresses[nodeId];
      return port === undefined ? undefined : { host: "127.0.0.1", port };
    },
    controllers: [],
    connectTimeoutMs: 2000,
    ...options,
  });
  peersOpen.push(peers);
  return peers;
}

function append(records: Uint8Array): AppendRequest {
  const empty = AppendRequest.decode(new Uint8Array());
  return {
    ...empty,
    partitions: [{ topicId: "t", partition: 0, leaderEpoch: 0, ownerEpoch: -1, claimOffset: -1, records }],
  };
}

function offsetReply(baseOffset: number): AppendReply {
  const result = AppendReply.decode(Uint8Array.of(0x0a, 0)).partitions[0]!;
  return { partitions: [{ ...result, baseOffset }] };
}

async function refusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it("gives back what a reply lies in once gRPC has copied it, never before", async () => {
  const services = createServiceRegistry();
  const empty = ReadReply.decode(Uint8Array.of(0x0a, 0)).partitions[0]!;
  let given = 0;
  const read: Service<typeof BrokerDefinition>["read"] = async (request, call) => {
    const records = Buffer.alloc(300_000, request.maxWaitMs);
    call.lend!(() => {
      records.fill(255);
      given++;
    });
    return { partitions: [{ ...empty, records: [records] }] };
  };
  services.offer(BrokerDefinition, broker({ read }));
  const { port } = await serve(services);
  const peers = peersTo({ 1: port });
  const request = ReadRequest.decode(new Uint8Array());
  const ids = Array.from({ length: 60 }, (_, i) => i + 1);
  const replies = await Promise.all(ids.map((id) => peers.broker(1).read({ ...request, maxWaitMs: id }, context())));
  replies.forEach(({ partitions }, i) => {
    const records = Buffer.concat(partitions[0]!.records);
    expect(records.equals(Buffer.alloc(300_000, ids[i]))).toBe(true);
  });
  await until(() => given === ids.length, "what was lent");
});

it("lets the caller say when the memory of a large reply is free, and uses it again then and not before", async () => {
  const services = createServiceRegistry();
  const empty = ReadReply.decode(Uint8Array.of(0x0a, 0)).partitions[0]!;
  const read: Service<typeof BrokerDefinition>["read"] = async (request) => ({
    partitions: [{ ...empty, records: [Buffer.alloc(300_000, request.maxWaitMs)] }],
  });
  services.offer(BrokerDefinition, broker({ read }));
  const { port } = await serve(services);
  const peers = peersTo({ 1: port });
  const request = ReadRequest.decode(new Uint8Array());
  let giveBacks: (() => void)[] = [];
  const ask = async (id: number) => {
    const lend = (giveBack: () => void) => void giveBacks.push(giveBack);
    const reply = await peers.broker(1).read({ ...request, maxWaitMs: id }, { ...context(), lend });
    return reply.partitions[0]!.records[0]!;
  };
  const used = new Set<ArrayBufferLike>();
  for (let round = 0; round < 5; round++) {
    const ids = Array.from({ length: 8 }, (_, i) => 1 + i + 8 * round);
    const records = await Promise.all(ids.map(ask));
    records.forEach((each, i) => expect(Buffer.from(each).equals(Buffer.alloc(300_000, ids[i]))).toBe(true));
    for (const { buffer } of records) used.add(buffer);
    expect(giveBacks).toHaveLength(8);
    for (const giveBack of giveBacks) giveBack();
    giveBacks = [];
  }
  // Both ends are in this process and share the memory.
  expect(used.size).toBeLessThanOrEqual(16);
});

it("keeps every reply what it is until its caller has done with it, whatever their sizes and however long each is kept", async () => {
  const services = createServiceRegistry();
  const empty = ReadReply.decode(Uint8Array.of(0x0a, 0)).partitions[0]!;
  /** Of all classes of the pool, and larger than any. */
  const sizeOf = (id: number) => [200, 40_000, 70_000, 300_000, 1_100_000, 2_500_000, 5_000_000][(id * 31) % 7]! + id;
  const read: Service<typeof BrokerDefinition>["read"] = async (request, call) => {
    const records = Buffer.alloc(sizeOf(request.maxWaitMs), `reply ${request.maxWaitMs};`);
    call.lend!(() => records.fill(255));
    return { partitions: [{ ...empty, records: [records] }] };
  };
  services.offer(BrokerDefinition, broker({ read }));
  const { port } = await serve(services);
  const peers = peersTo({ 1: port });
  const request = ReadRequest.decode(new Uint8Array());
  let next = 1;
  const caller = async () => {
    while (next <= 250) {
      const id = next++;
      const giveBacks: (() => void)[] = [];
      const lend = (giveBack: () => void) => void giveBacks.push(giveBack);
      const reply = await peers.broker(1).read({ ...request, maxWaitMs: id }, { ...context(), lend });
      const records = Buffer.from(reply.partitions[0]!.records[0]!);
      const view = reply.partitions[0]!.records[0]!;
      expect(records.equals(Buffer.alloc(sizeOf(id), `reply ${id};`))).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, id % 9));
      expect(records.equals(view)).toBe(true);
      for (const giveBack of giveBacks) giveBack();
    }
  };
  await Promise.all(Array.from({ length: 12 }, caller));
  expect(next).toBeGreaterThan(250);
}, 30_000);

describe("a node of this process", () => {
  it("is called through its implementation itself", () => {
    const services = createServiceRegistry();
    const implementation = broker({});
    const peers = peersTo({}, { localNode: (nodeId) => (nodeId === 1 ? services : undefined) });
    const early = peers.broker(1);
    services.offer(BrokerDefinition, implementation);
    expect(peers.broker(1)).toBe(implementation);
    expect(early).not.toBe(implementation);
  });

  it("can be asked for before it offers the service, and called once it does", async () => {
    const services = createServiceRegistry();
    const peers = peersTo({}, { localNode: () => services });
    const early = peers.broker(1);
    await expect(early.append(append(new Uint8Array()), context())).rejects.toMatchObject({
      name: "PeerUnavailable",
      mayHaveBeenSent: false,
    });
    services.offer(BrokerDefinition, broker({ append: () => Promise.resolve(offsetReply(5)) }));
    expect((await early.append(append(new Uint8Array()), context())).partitions[0]!.baseOffset).toBe(5);
  });

  it("refuses a service twice", () => {
    const services = createServiceRegistry();
    services.offer(BrokerDefinition, broker({}));
    expect(() => services.offer(BrokerDefinition, broker({}))).toThrow("offered twice");
  });
});

describe("a node elsewhere", () => {
  it("answers over the pipe with message, trace context, deadline and the caller's node id", async () => {
    const services = createServiceRegistry();
    const seen: [AppendRequest, CallContext][] = [];
    services.offer(
      BrokerDefinition,
      broker({
        append: (request, call) => {
          seen.push([request, call]);
          return Promise.resolve(offsetReply(2 ** 40));
        },
      }),
    );
    const { port } = await serve(services);
    const peers = peersTo({ 1: port });
    const records = new Uint8Array(3_000_000).fill(9);
    const reply = await peers
      .broker(1)
      .append(append(records), context({ traceparent: "00-a-b-01", deadlineMs: 1234 }));
    expect(reply.partitions[0]!.baseOffset).toBe(2 ** 40);
    const [request, call] = seen[0]!;
    expect(Buffer.compare(request.partitions[0]!.records, records)).toBe(0);
    expect({ ...call, traceparent: call.traceparent, callerNodeId: call.callerNodeId }).toMatchObject({
      traceparent: "00-a-b-01",
      deadlineMs: 1234,
      callerNodeId: 77,
    });
  });

  it("calls the implementation in the order of the calls and answers in any order", async () => {
    const services = createServiceRegistry();
    const order: number[] = [];
    const first = deferred<AppendReply>();
    services.offer(
      BrokerDefinition,
      broker({
        append: (request) => {
          const n = request.acks;
          order.push(n);
          return n === 0 ? first.promise : Promise.resolve(offsetReply(n));
        },
      }),
    );
    const { port } = await serve(services);
    const stub = peersTo({ 1: port }).broker(1);
    const calls = Array.from({ length: 500 }, (_, n) =>
      // Sizes differ wildly, so that anything that overtakes would.
      stub.append({ ...append(new Uint8Array((n % 7) * 15_000)), acks: n }, context()),
    );
    await Promise.all(calls.slice(1));
    first.resolve(offsetReply(0));
    const replies = await Promise.all(calls);
    expect(order).toEqual(Array.from({ length: 500 }, (_, n) => n));
    expect(replies.map((reply) => reply.partitions[0]!.baseOffset)).toEqual(order);
  });

  it("that throws rejects the call with what it said, and serves the next one", async () => {
    const services = createServiceRegistry();
    let calls = 0;
    services.offer(
      BrokerDefinition,
      broker({
        append: () => {
          if (calls++ === 0) throw new TypeError("out of cheese");
          return Promise.resolve(offsetReply(1));
        },
      }),
    );
    const { port } = await serve(services);
    const stub = peersTo({ 1: port }).broker(1);
    const failure = await stub.append(append(new Uint8Array()), context()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RemoteError);
    expect(String(failure)).toContain("TypeError: out of cheese");
    expect((await stub.append(append(new Uint8Array()), context())).partitions).toHaveLength(1);
  });

  it("that is not there rejects with PeerUnavailable, certain that nothing was sent", async () => {
    const peers = peersTo({ 1: await refusedPort() });
    for (let i = 0; i < 3; i++) {
      await expect(peers.broker(1).append(append(new Uint8Array()), context())).rejects.toMatchObject({
        name: "PeerUnavailable",
        mayHaveBeenSent: false,
      });
    }
    await expect(peers.broker(2).append(append(new Uint8Array()), context())).rejects.toThrow("address is not known");
  });

  it("that accepts connections and never answers is given up", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const peers = peersTo({ 1: port }, { connectTimeoutMs: 150, controllers: [{ id: 201, host: "127.0.0.1", port }] });
    const call = peers.broker(1).append(append(new Uint8Array()), context());
    await expect(call).rejects.toMatchObject({ mayHaveBeenSent: false });
    const watch = peers
      .controller()
      .watchMetadata(WatchMetadataRequest.decode(new Uint8Array()), context({ deadlineMs: 0 }));
    await expect(watch[Symbol.asyncIterator]().next()).rejects.toThrow(/no connection|Unavail/);
    peers.close();
    silent.close();
    for (const socket of sockets) socket.destroy();
  });

  it("that does not offer the service rejects", async () => {
    const { port } = await serve(createServiceRegistry());
    await expect(peersTo({ 1: port }).broker(1).append(append(new Uint8Array()), context())).rejects.toBeInstanceOf(
      PeerUnavailable,
    );
  });

  it("that goes away fails what is under way as possibly sent, and is called again when it is back", async () => {
    const services = createServiceRegistry();
    let arrived = 0;
    services.offer(
      BrokerDefinition,
      broker({
        append: () => {
          arrived++;
          return arrived === 1 ? new Promise<AppendReply>(() => undefined) : Promise.resolve(offsetReply(arrived));
        },
      }),
    );
    const first = await serve(services);
    const stub = peersTo({ 1: first.port }).broker(1);
    const underWay = stub.append(append(new Uint8Array()), context());
    const failure = underWay.catch((error: unknown) => error);
    await until(() => arrived === 1, "the call to arrive");
    await first.stop(0);
    expect(await failure).toMatchObject({ name: "PeerUnavailable", mayHaveBeenSent: true });

    await expect(stub.append(append(new Uint8Array()), context())).rejects.toMatchObject({ mayHaveBeenSent: false });
    await serve(services, first.port);
    let reply: AppendReply | undefined;
    for (let tries = 0; tries < 50 && reply === undefined; tries++) {
      reply = await stub.append(append(new Uint8Array()), context()).catch(() => undefined);
    }
    expect(reply?.partitions[0]!.baseOffset).toBe(2);
  });

  it("that moved is called at its new address through the same stub", async () => {
    const [a, b] = await Promise.all(
      [10, 20].map((offset) => {
        const services = createServiceRegistry();
        services.offer(BrokerDefinition, broker({ append: () => Promise.resolve(offsetReply(offset)) }));
        return serve(services);
      }),
    );
    const addresses = { 1: a!.port };
    const stub = peersTo(addresses).broker(1);
    expect((await stub.append(append(new Uint8Array()), context())).partitions[0]!.baseOffset).toBe(10);
    addresses[1] = b!.port;
    expect((await stub.append(append(new Uint8Array()), context())).partitions[0]!.baseOffset).toBe(20);
  });
});

it("a machine that falls silent is noticed by both ends", async () => {
  const services = createServiceRegistry();
  let seen: CallContext | undefined;
  services.offer(
    BrokerDefinition,
    broker({
      append: (_, call) => {
        seen = call;
        return new Promise(() => undefined);
      },
    }),
  );
  const keepalive = { keepaliveMs: 100, keepaliveTimeoutMs: 200 };
  const server = await startRpcServer({ host: "127.0.0.1", port: 0, services, ...keepalive });
  open.push(server);
  // A wire between the two that one can cut without either of them being told.
  const ends: Socket[] = [];
  const wire = createServer((socket) => {
    const on = connect(server.port, "127.0.0.1");
    ends.push(socket, on);
    for (const end of [socket, on]) end.on("error", () => undefined);
    socket.on("data", (bytes) => on.write(bytes));
    on.on("data", (bytes) => socket.write(bytes));
  });
  await new Promise<void>((resolve) => wire.listen(0, "127.0.0.1", resolve));
  const peers = peersTo({ 1: (wire.address() as AddressInfo).port }, keepalive);
  const failure = peers
    .broker(1)
    .append(append(new Uint8Array()), context({ deadlineMs: 0 }))
    .catch((error: unknown) => error);
  await until(() => seen !== undefined, "the call to arrive");
  const { signal } = seen!;
  await new Promise((resolve) => setTimeout(resolve, 500)); // several keepalives pass, and nothing breaks
  expect(signal!.aborted).toBe(false);
  for (const end of ends) end.removeAllListeners("data").on("data", () => undefined);
  expect(await failure).toMatchObject({ name: "PeerUnavailable", mayHaveBeenSent: true });
  await until(() => signal!.aborted, "the server to notice");
  for (const end of ends) end.destroy();
  wire.close();
});

describe("giving up", () => {
  it("at the deadline and by the signal, and the implementation hears of both", async () => {
    const services = createServiceRegistry();
    const signals: AbortSignal[] = [];
    services.offer(
      BrokerDefinition,
      broker({
        append: (_, call) => {
          signals.push(call.signal!);
          return new Promise(() => undefined);
        },
      }),
    );
    const { port } = await serve(services);
    const stub = peersTo({ 1: port }).broker(1);
    await expect(stub.append(append(new Uint8Array()), context({ deadlineMs: 100 }))).rejects.toMatchObject({
      name: "PeerUnavailable",
      mayHaveBeenSent: true,
    });
    const abort = new AbortController();
    const call = stub.append(append(new Uint8Array()), context({ signal: abort.signal }));
    await until(() => signals.length === 2, "the second call");
    abort.abort(new Error("changed my mind"));
    await expect(call).rejects.toThrow("changed my mind");
    await until(() => signals.every((signal) => signal.aborted), "both signals");
  });
});

describe("server streams", () => {
  const update = (lastOffset: number, bytes = 0): MetadataUpdate => ({
    ...MetadataUpdate.decode(new Uint8Array()),
    lastOffset,
    records: [new Uint8Array(bytes)],
  });
  const watchRequest = WatchMetadataRequest.decode(new Uint8Array());

  it("deliver in order, stop the implementation when the watcher leaves, and wait for a slow watcher", async () => {
    const services = createServiceRegistry();
    let yielded = 0;
    let signal: AbortSignal | undefined;
    services.offer(
      ControllerDefinition,
      controller({
        async *watchMetadata(_, call) {
          signal = call.signal;
          while (!call.signal!.aborted) yield update(yielded++, 1_000_000);
        },
      }),
    );
    const { port } = await serve(services);
    const peers = peersTo({}, { controllers: [{ id: 201, host: "127.0.0.1", port }] });
    const seen: number[] = [];
    for await (const { lastOffset } of peers.controller().watchMetadata(watchRequest, context({ deadlineMs: 0 }))) {
      seen.push(lastOffset);
      if (seen.length === 1) {
        await new Promise((resolve) => setTimeout(resolve, 400));
        // 16 MB of window at each end and what waits in front of them: far from what an unbounded server would send.
        expect(yielded).toBeLessThan(120);
      }
      if (seen.length === 5) break;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    await until(() => signal!.aborted, "the implementation to hear of it");
  });

  it("go to another voter when one is not there, and end with PeerUnavailable when theirs goes", async () => {
    const services = createServiceRegistry();
    services.offer(
      ControllerDefinition,
      controller({
        async *watchMetadata(_, call) {
          yield update(1);
          await new Promise((resolve) => call.signal!.addEventListener("abort", resolve));
        },
      }),
    );
    const server = await serve(services);
    const controllers = [
      { id: 201, host: "127.0.0.1", port: await refusedPort() },
      { id: 202, host: "127.0.0.1", port: await refusedPort() },
      { id: 203, host: "127.0.0.1", port: server.port },
    ];
    const peers = peersTo({}, { controllers, nodeId: 0 });
    const updates = peers
      .controller()
      .watchMetadata(watchRequest, context({ deadlineMs: 0 }))
      [Symbol.asyncIterator]();
    expect((await updates.next()).value).toMatchObject({ lastOffset: 1 });
    await server.stop(0);
    await expect(updates.next()).rejects.toBeInstanceOf(PeerUnavailable);
  });
});

describe("who is there", () => {
  it("the server tells of callers that connect and of those whose process ends, a node's last connection counts", async () => {
    const services = createServiceRegistry();
    services.offer(BrokerDefinition, broker({ append: () => Promise.resolve(offsetReply(1)) }));
    const { port } = await serve(services);
    const heard: string[] = [];
    services.onCaller(({ nodeId, state }) => heard.push(`${nodeId} ${state}`));
    const [one, other] = [peersTo({ 1: port }), peersTo({ 1: port })];
    await one.broker(1).append(append(new Uint8Array()), context());
    await other.broker(1).append(append(new Uint8Array()), context());
    one.close();
    other.close();
    await until(() => heard.length === 2, "both events");
    expect(heard).toEqual(["77 connected", "77 gone"]);
  });

  it("the caller's end tells when a peer goes, and that nobody is there", async () => {
    const services = createServiceRegistry();
    services.offer(BrokerDefinition, broker({ append: () => Promise.resolve(offsetReply(1)) }));
    const server = await serve(services);
    const peers = peersTo({ 1: server.port, 2: await refusedPort() });
    const heard: string[] = [];
    peers.onPeer(({ nodeId, state }) => heard.push(`${nodeId} ${state}`));
    await peers.broker(1).append(append(new Uint8Array()), context());
    await server.stop(0);
    await until(() => heard.length === 2, "the end");
    await expect(peers.broker(2).append(append(new Uint8Array()), context())).rejects.toThrow(PeerUnavailable);
    expect(heard).toEqual(["1 connected", "1 gone", "2 gone"]);
  });

  it("what waits for a node that is declared dead rejects at once, and the node can be called again", async () => {
    const services = createServiceRegistry();
    let arrived = 0;
    services.offer(
      BrokerDefinition,
      broker({ append: () => (arrived++ === 0 ? new Promise(() => undefined) : Promise.resolve(offsetReply(1))) }),
    );
    const { port } = await serve(services);
    const peers = peersTo({ 1: port, 2: port });
    const heard: string[] = [];
    peers.onPeer(({ nodeId, state }) => heard.push(`${nodeId} ${state}`));
    const waiting = peers.broker(1).append(append(new Uint8Array()), context());
    await until(() => arrived === 1, "the call to arrive");
    peers.lose(2);
    peers.lose(1);
    await expect(waiting).rejects.toMatchObject({
      name: "PeerUnavailable",
      mayHaveBeenSent: true,
      message: expect.stringContaining("declared dead") as string,
    });
    await peers.broker(1).append(append(new Uint8Array()), context());
    expect(heard).toEqual(["1 connected", "1 gone", "1 connected"]);
  });

  it("a knock finds who listens, who does not, and who does not answer", async () => {
    const { port } = await serve(createServiceRegistry());
    const peers = peersTo({}, { localNode: (nodeId) => (nodeId === 9 ? createServiceRegistry() : undefined) });
    const host = "127.0.0.1";
    expect(await peers.probe(1, { host, port }, 5000)).toBe("alive");
    expect(await peers.probe(1, { host, port: await refusedPort() }, 5000)).toBe("dead");
    expect(await peers.probe(9, { host, port: await refusedPort() }, 5000)).toBe("alive");
    await expect(peers.probe(1, { host: "no.such.host.invalid", port }, 5000)).rejects.toThrow(PeerUnavailable);
  });

  it("a stopped process is alive, and dead as soon as it has ended", async () => {
    const script = `require("node:net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port); })`;
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const port = Number(await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve)));
    const peers = peersTo({});
    child.kill("SIGSTOP");
    expect(await peers.probe(1, { host: "127.0.0.1", port }, 5000)).toBe("alive");
    child.kill("SIGKILL");
    await ended;
    expect(await peers.probe(1, { host: "127.0.0.1", port }, 5000)).toBe("dead");
  });
});

describe("the server", () => {
  it("has its HTTP/2 windows raised, for each stream and for the connection", async () => {
    const { port } = await serve(createServiceRegistry());
    const session = http2Connect(`http://127.0.0.1:${port}`);
    const settings = await new Promise<Settings>((resolve) => session.once("remoteSettings", resolve));
    expect(settings.initialWindowSize).toBe(16 * 1024 * 1024);
    await until(() => (session.state.remoteWindowSize ?? 0) >= 16 * 1024 * 1024, "the connection's window");
    session.destroy();
  });

  it("names host and port when the port is taken", async () => {
    const { port } = await serve(createServiceRegistry());
    await expect(serve(createServiceRegistry(), port)).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port} for the other roles: the port is taken`,
    );
  });

  it("lets calls finish when it stops, and refuses new ones as not sent", async () => {
    const services = createServiceRegistry();
    const reply = deferred<AppendReply>();
    let arrived = 0;
    services.offer(
      BrokerDefinition,
      broker({
        append: () => {
          arrived++;
          return reply.promise;
        },
      }),
    );
    const server = await serve(services);
    const stub = peersTo({ 1: server.port }).broker(1);
    const underWay = stub.append(append(new Uint8Array()), context());
    await until(() => arrived === 1, "the call to arrive");
    const stopped = server.stop(5000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const late = stub.append(append(new Uint8Array()), context()).catch((error: unknown) => error);
    reply.resolve(offsetReply(1));
    expect((await underWay).partitions[0]!.baseOffset).toBe(1);
    await stopped;
    expect(await late).toMatchObject({ name: "PeerUnavailable", mayHaveBeenSent: false });
    expect(arrived).toBe(1);
  });
});

describe("controllers that change", () => {
  it("are looked for at an address, and found where the metadata says from then on", async () => {
    const answering = async (producerId: number) => {
      const services = createServiceRegistry();
      const reply = { errorCode: 0, firstProducerId: producerId, count: 1, leaderId: producerId };
      services.offer(ControllerDefinition, controller({ allocateProducerIds: () => Promise.resolve(reply) }));
      return serve(services);
    };
    const [first, second] = [await answering(201), await answering(202)];
    const at = (id: number, server: RpcServer) => ({ id, host: "127.0.0.1", port: server.port });
    const peers = peersTo({}, { controllers: [at(-2, first)] });
    const ask = async () =>
      (await peers.controller().allocateProducerIds({ nodeId: -1, nodeEpoch: -1 }, context())).firstProducerId;
    expect(await ask()).toBe(201);
    peers.learnControllers?.([at(202, second)]);
    await first.stop(0);
    expect(await ask()).toBe(202);
    // Without news it is what the configuration says again.
    peers.learnControllers?.([]);
    await expect(
      peers.controller().allocateProducerIds({ nodeId: -1, nodeEpoch: -1 }, context({ deadlineMs: 200 })),
    ).rejects.toMatchObject({ name: "PeerUnavailable" });
  });
});

describe("through the wire", () => {
  it("nobody holds the other's objects, and what does not serialise fails", async () => {
    const services = createServiceRegistry();
    const kept: unknown[] = [];
    services.offer(
      ControllerDefinition,
      controller({
        handle: (call) => {
          kept.push(call);
          return Promise.resolve({ body: call.body });
        },
      }),
    );
    const peers = throughTheWire(
      peersTo({}, { localNode: () => services, controllers: [{ id: 201, host: "127.0.0.1", port: 1 }] }),
    );
    const call: KafkaCall = { ...KafkaCall.decode(new Uint8Array()), apiKey: 19, body: Uint8Array.of(1, 2, 3) };
    const answer = await peers.controller().handle(call, context());
    expect(kept[0]).toMatchObject({ apiKey: 19 });
    expect(kept[0]).not.toBe(call);
    expect(answer.body.buffer).not.toBe(call.body.buffer);
    const broken = { ...call, clientId: undefined as unknown as string };
    await expect(peers.controller().handle(broken, context())).rejects.toThrow();
  });
});
