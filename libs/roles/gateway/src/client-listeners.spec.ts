import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { type Listener, ListenError, parseListeners } from "@moldau/host";
import { createKafkaServer, type KafkaServer } from "@moldau/net";
import { createTestTelemetry } from "@moldau/telemetry";
import { ClientListeners, clientListeners } from "./client-listeners";

let server: KafkaServer<undefined>;
let listeners: ClientListeners;
const sockets: Socket[] = [];

beforeEach(() => {
  server = createKafkaServer<undefined>({
    open: () => undefined,
    handle: (_frame, connection) => Promise.resolve([Buffer.from(connection.label)]),
  });
  listeners = new ClientListeners(server, createTestTelemetry().log);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close(0);
});

async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  const ports: number[] = [];
  for (const each of holders) {
    if (!each.listening) await once(each, "listening");
    ports.push((each.address() as AddressInfo).port);
  }
  await Promise.all(holders.map((each) => new Promise((resolve) => each.close(resolve))));
  return ports;
}

const at = (text: string): Listener[] => parseListeners("listeners", text.split(","));

/** Asks at a port by which listener it was reached; undefined where nobody listens. */
async function askedAt(port: number): Promise<string | undefined> {
  const socket = connect({ host: "127.0.0.1", port });
  sockets.push(socket);
  try {
    await once(socket, "connect");
  } catch {
    return undefined;
  }
  socket.write(Buffer.from([0, 0, 0, 1, 7]));
  const [answer] = (await once(socket, "data")) as [Buffer];
  return answer.subarray(4).toString();
}

it("are all that are configured, but the one of the other roles", () => {
  const config = (value: string) => ({ list: () => value.split(",") });
  const names = clientListeners(config("IN://h:1,RPC://h:2,OUT://h:3")).map(({ name }) => name);
  expect(names).toEqual(["IN", "OUT"]);
  expect(() => clientListeners(config("RPC://h:2"))).toThrow(ListenError);
});

it("come, go and move while the gateway runs; who stays keeps its connections", async () => {
  const [a, b, c] = (await freePorts(3)) as [number, number, number];
  await listeners.open(at(`IN://127.0.0.1:${a}`)[0]!);
  const kept = connect({ host: "127.0.0.1", port: a });
  sockets.push(kept);
  await once(kept, "connect");
  await listeners.follow(at(`IN://127.0.0.1:${a},OUT://127.0.0.1:${b}`));
  expect([await askedAt(a), await askedAt(b), listeners.size]).toEqual(["IN", "OUT", 2]);
  await listeners.follow(at(`IN://127.0.0.1:${a},OUT://127.0.0.1:${c}`));
  expect([kept.destroyed, [...server.connections].some(({ remotePort }) => remotePort === kept.localPort)]).toEqual([
    false,
    true,
  ]);
  expect([await askedAt(b), await askedAt(c), listeners.size]).toEqual([undefined, "OUT", 2]);
  // The names change places.
  await listeners.follow(at(`OUT://127.0.0.1:${a},IN://127.0.0.1:${c}`));
  expect([await askedAt(a), await askedAt(c), listeners.size]).toEqual(["OUT", "IN", 2]);
  await listeners.follow(at(`IN://127.0.0.1:${c}`));
  expect([await askedAt(a), await askedAt(c), listeners.size]).toEqual([undefined, "IN", 1]);
});

it("serve where one of them cannot be opened", async () => {
  const [a, b] = (await freePorts(2)) as [number, number];
  await listeners.open(at(`IN://127.0.0.1:${a}`)[0]!);
  const other = createKafkaServer<undefined>({ open: () => undefined, handle: () => Promise.resolve(null) });
  await other.listen({ host: "127.0.0.1", port: b });
  await listeners.follow(at(`IN://127.0.0.1:${a},OUT://127.0.0.1:${b}`));
  expect([await askedAt(a), listeners.size]).toEqual(["IN", 1]);
  await other.close(0);
});
