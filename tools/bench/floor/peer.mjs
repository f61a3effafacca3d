// The far end of the physical floor, and nothing else than what its role says; at the end it prints what it took. Whoever reads a
// socket connects it, since Node lets only those read with a buffer of their own.
//   peer.mjs sink FILE CHUNK PORT   from the socket at the port into a file
//   peer.mjs well FILE CHUNK        from a file into a socket that comes; prints its port first
//   peer.mjs relay FILE CHUNK       from a well of its own into a socket that comes; prints its port first, counts both
//   peer.mjs pass FILE CHUNK PORT   from three sockets at the port into the file, and on into three that come; prints its port first,
//                                   ends with them
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readSync, writeSync } from "node:fs";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

const [role, file, chunkText, port] = process.argv.slice(2);
const chunk = Number(chunkText);
const host = "127.0.0.1";
const PAIRS = 3;
const roles = { sink, well, relay, pass };
let before = process.cpuUsage();
await roles[role]();

function finish(others = 0) {
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpuSeconds: others + (user + system) / 1e6 }));
  process.exit();
}

function sink() {
  const descriptor = openSync(file, "w");
  const callback = (length, buffer) => {
    writeSync(descriptor, buffer, 0, length);
    return true;
  };
  const onread = { buffer: Buffer.allocUnsafe(chunk), callback };
  connect({ port, host, onread }).on("end", () => finish());
}

async function well() {
  pour(await guest());
}

/** The one that connects to this process. */
async function guest() {
  const server = createServer({ noDelay: true }).listen(0, host);
  await once(server, "listening");
  console.log(server.address().port);
  const [socket] = await once(server, "connection");
  before = process.cpuUsage();
  return socket;
}

/** The file from its beginning to its end. */
function pour(socket) {
  const descriptor = openSync(file, "r");
  const buffers = [Buffer.allocUnsafe(chunk), Buffer.allocUnsafe(chunk)];
  let turn = 0;
  const next = () => {
    // Two buffers in turn: one is filled while the other is on its way.
    const buffer = buffers[turn++ % 2];
    const length = readSync(descriptor, buffer, 0, chunk, null);
    if (length === 0) socket.end(() => finish());
    else socket.write(length === chunk ? buffer : buffer.subarray(0, length), next);
  };
  next();
}

async function relay() {
  const child = spawn(process.execPath, [process.argv[1], "well", file, chunkText], { stdio: ["ignore", "pipe", 2] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const wellPort = Number((await lines.next()).value);
  const out = await guest();
  // From now on: it may be over before the well has said what it took.
  const closed = once(out, "close");
  const free = Array.from({ length: 4 }, () => Buffer.allocUnsafe(chunk));
  const source = connect({
    port: wellPort,
    host,
    onread: {
      buffer: () => free.pop(),
      callback: (length, buffer) => {
        out.write(buffer.subarray(0, length), () => {
          free.push(buffer);
          if (free.length === 1) source.resume();
        });
        return free.length > 0;
      },
    },
  });
  source.on("end", () => out.end());
  const { value: told } = await lines.next();
  await closed;
  finish(JSON.parse(told).cpuSeconds);
}

async function pass() {
  const outs = [];
  const server = createServer({ noDelay: true });
  const complete = new Promise((resolve) => server.on("connection", (out) => outs.push(out) === PAIRS && resolve()));
  await once(server.listen(0, host), "listening");
  console.log(server.address().port);
  await complete;
  before = process.cpuUsage();
  const descriptor = openSync(file, "w");
  for (const out of outs) {
    const free = Array.from({ length: 32 }, () => Buffer.allocUnsafe(chunk));
    const source = connect({
      port,
      host,
      onread: {
        buffer: () => free.pop(),
        callback: (length, buffer) => {
          const bytes = buffer.subarray(0, length);
          writeSync(descriptor, bytes);
          out.write(bytes, () => {
            free.push(buffer);
            if (free.length === 1) source.resume();
          });
          return free.length > 0;
        },
      },
    });
    await once(source, "connect");
    source.on("close", () => finish());
  }
}
