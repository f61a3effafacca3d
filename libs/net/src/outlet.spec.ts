import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BufferPool, FileRange, type Piece } from "@moldau/base";
import type { ClientConnection } from "./connection";
import { Outlet } from "./outlet";
import { type SendFile, systemCalls } from "./system-calls";
import { Client, serve, until } from "./testing/serve";

const CONTENT = Buffer.from(Uint32Array.from({ length: 5_000_000 }, (_, i) => i).buffer);
let directory = "";
let file = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "moldau-outlet-"));
  file = openSync(join(directory, "log"), "w+");
  writeSync(file, CONTENT);
});
afterEach(() => {
  closeSync(file);
  rmSync(directory, { recursive: true });
});

const range = (position: number, length: number) => new FileRange(file, position, length);
/** The bytes that pieces stand for. */
const bytesOf = (pieces: readonly Piece[]) =>
  Buffer.concat(
    pieces.map((piece) =>
      piece instanceof FileRange ? CONTENT.subarray(piece.position, piece.position + piece.length) : piece,
    ),
  );

// Elsewhere nobody is told that pieces may lie in files.
const onLinux = systemCalls() === undefined ? it.skip : it;

describe("answers with pieces of files", () => {
  onLinux("leave in the order of the requests, among others, and give back what was lent for them", async () => {
    const answers: Piece[][] = [
      [Buffer.from("small")],
      [Buffer.from("head"), range(0, 300_000), Buffer.from("between"), range(1_000_001, 1)],
      [Buffer.from("small, behind a file")],
      [Buffer.alloc(50_000, "m"), range(7, 9_000_000)],
      [range(19_000_000, 1_000_000), Buffer.from("tail")],
      [range(3, 5), range(8, 1), Buffer.alloc(20_000, "l")],
    ];
    let given = 0;
    let told: boolean | undefined;
    const { port, server } = await serve({
      handle: (frame, _connection, memory) => {
        told = memory.takesFiles;
        memory.lend(() => given++);
        return Promise.resolve(answers[frame[0]!]!);
      },
    });
    const client = new Client(port);
    for (let round = 0; round < 5; round++) client.send(...answers.map((_, i) => Buffer.from([i])));
    await until(() => client.frames.length === 5 * answers.length, "all answers");
    expect(told).toBe(true);
    for (const [i, frame] of client.frames.entries()) {
      expect([i, frame.equals(bytesOf(answers[i % answers.length]!))]).toEqual([i, true]);
    }
    await until(() => given === 5 * answers.length, "what was lent");
    const [connection] = server.connections;
    expect(connection!.bytesOut).toBe(client.frames.reduce((sum, { length }) => sum + 4 + length, 0));
  });

  onLinux("wait for a client that does not read, whose next requests wait too", async () => {
    let taken = 0;
    let given = 0;
    const answer = [range(0, CONTENT.length), Buffer.from("end")];
    const { port } = await serve({
      handle: (_frame, _connection, memory) => {
        taken++;
        memory.lend(() => given++);
        return Promise.resolve(answer);
      },
    });
    const client = new Client(port);
    client.socket.pause();
    client.send("one");
    await until(() => taken === 1, "the request");
    await sleep(20);
    client.send("two");
    await sleep(50);
    expect([taken, given]).toEqual([1, 0]);
    client.socket.resume();
    await until(() => client.frames.length === 2, "both answers");
    for (const frame of client.frames) expect(frame.equals(bytesOf(answer))).toBe(true);
    await until(() => given === 2, "what was lent");
  });

  onLinux("give back once what was lent where the client goes in the middle", async () => {
    let given = 0;
    const { port, closed } = await serve({
      handle: (_frame, _connection, memory) => {
        memory.lend(() => given++);
        return Promise.resolve([range(0, CONTENT.length)]);
      },
    });
    const client = new Client(port);
    client.send("go");
    await until(() => client.socket.bytesRead > 100_000, "the beginning");
    client.socket.destroy();
    await until(() => closed.length === 1, "the end");
    await sleep(20);
    expect(given).toBe(1);
  });

  onLinux("leave before a server that ends has closed the connection", async () => {
    const { port, server } = await serve({ handle: () => Promise.resolve([range(0, CONTENT.length)]) });
    const client = new Client(port);
    client.socket.pause();
    client.send("go");
    await until(() => [...server.connections].some(({ bytesOut }) => bytesOut > 0), "the answer");
    const ended = server.close(10_000);
    await sleep(20);
    client.socket.resume();
    await ended;
    await until(() => client.closed, "the end");
    expect(client.frames[0]!.equals(CONTENT)).toBe(true);
  });

  onLinux("end with the connection where the file is shorter than was promised", async () => {
    const { port, closed } = await serve({ handle: () => Promise.resolve([range(0, CONTENT.length)]) });
    ftruncateSync(file, 1_000_000);
    const client = new Client(port);
    client.send("go");
    await until(() => closed.length === 1, "the end");
    expect(closed[0]![1]).toMatch(/^a file ended \d+ bytes before the end of what was to be sent of it$/);
    expect(client.frames).toEqual([]);
  });

  onLinux("end with a connection whose peer reads nothing of them for too long", async () => {
    let given = 0;
    const { port, closed } = await serve({
      limits: { maxStallMs: 200 },
      handle: (_frame, _connection, memory) => {
        memory.lend(() => given++);
        return Promise.resolve([range(0, CONTENT.length)]);
      },
    });
    const client = new Client(port, false);
    client.socket.pause();
    client.send("go");
    await until(() => closed.length === 1, "the end");
    expect(closed[0]![1]).toMatch(/reads none of its answers: \d+ bytes wait/);
    expect(given).toBe(1);
  });
});

onLinux("the kernel holds no more of answers than it was told (socket.send.buffer.bytes)", async () => {
  const heldWith = async (sendBufferBytes: number): Promise<number> => {
    const { port, server } = await serve({
      limits: { sendBufferBytes },
      handle: () => Promise.resolve([range(0, CONTENT.length)]),
    });
    const client = new Client(port, false);
    client.send("fetch");
    const connection = () => [...server.connections][0] as ClientConnection<undefined>;
    await until(() => server.connections.size === 1 && connection().bytesOut > 0, "the answer");
    await sleep(50);
    return connection().bytesOut - connection().unsentBytes;
  };
  expect(await heldWith(16 * 1024)).toBeLessThan((await heldWith(-1)) / 2);
});

describe("outlet", () => {
  const failing = (code: string): SendFile => {
    return () => {
      throw Object.assign(new Error(`${code}: sendfile`), { code });
    };
  };

  /** What the peer of a socket gets of it, and what the outlet says. */
  async function sent(sendFile: SendFile, pieces: Piece[]): Promise<{ bytes: Buffer; reason: string | undefined }> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const { port } = server.address() as { port: number };
    const client = new Client(port, false);
    const arrived: Buffer[] = [];
    client.socket.on("data", (chunk: Buffer) => arrived.push(chunk));
    const socket = await accepted;
    const reason = await new Promise<string | undefined>((resolve) => {
      const outlet = new Outlet({
        socket,
        memory: new BufferPool(1024 * 1024),
        sendFile,
        moved: () => undefined,
        emptied: () => resolve(undefined),
        failed: resolve,
      });
      outlet.push([Buffer.from("head"), ...pieces], () => undefined);
      outlet.advance();
    });
    socket.end();
    await until(() => client.closed, "the end");
    server.close();
    return { bytes: Buffer.concat(arrived), reason };
  }

  it.each([
    ["a socket that is always full", (): "full" => "full"],
    ["a file system that cannot do that", failing("EINVAL")],
  ])("reads and writes for %s", async (_what, sendFile) => {
    const pieces = [range(5, 3_000_000), Buffer.from("between"), range(77, 100)];
    const { bytes, reason } = await sent(sendFile, pieces);
    expect(reason).toBeUndefined();
    expect(bytes.equals(bytesOf([Buffer.from("head"), ...pieces]))).toBe(true);
  });

  it("gives up where the peer is gone, and where the file cannot be read", async () => {
    expect((await sent(failing("EPIPE"), [range(0, 10)])).reason).toBe("EPIPE");
    expect((await sent(failing("EIO"), [new FileRange(9_999, 0, 10)])).reason).toMatch(/^EBADF/);
  });
});
