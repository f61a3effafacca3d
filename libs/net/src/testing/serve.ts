import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../connection";
import { framed, FrameReader } from "../frame-reader";
import { createKafkaServer, type KafkaServer, type KafkaServerOptions } from "../kafka-server";

// Servers and clients of one spec file; they end with each test.

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

export async function serve(options: Partial<KafkaServerOptions<undefined>> = {}): Promise<Seen> {
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

export class Client {
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

export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 2) {
    if (waited > 10_000) throw new Error(`waited too long for: ${what}`);
    await sleep(2);
  }
}

export function deferred<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
