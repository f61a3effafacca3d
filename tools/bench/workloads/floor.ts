// The physical floor: the same bytes through a bare TCP socket into a file, and back, also by way of one process more. What no broker in Node can be below, and
// what remains of its figures above it is the broker's own work.
import { once } from "node:events";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { batchOf } from "../generator/batches";
import { readBatches } from "../generator/consumer";
import type { Figures, Measurement } from "../measurement";
import { points, workloads } from "../points";
import { run } from "../systems/children";
import { passed } from "./floor-latency";
import { listening, peer } from "./floor-peer";
import { base } from "./produce";
import { type Amounts, GB } from "./step";

const answerer = join(__dirname, "../floor/answerer.mjs");

export const floorSystem = { name: "floor", title: "a bare TCP socket and a file (two processes)" };

interface Passage {
  seconds: number;
  cpuSeconds: number;
  ownCpuSeconds: number;
}

/** Into the far end's file, over the connection that it makes. */
async function pushed(file: string, bytes: number, chunk: number): Promise<Passage> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let startedMs = 0;
  let own: NodeJS.CpuUsage | undefined;
  server.once("connection", (socket) => {
    startedMs = performance.now();
    own = process.cpuUsage();
    sendAll(socket, bytes, chunk);
  });
  const { port } = server.address() as { port: number };
  const { stdout } = await run(process.execPath, [peer, "sink", file, String(chunk), String(port)]);
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(own);
  server.close();
  return { seconds, cpuSeconds: Number(JSON.parse(stdout).cpuSeconds), ownCpuSeconds: (user + system) / 1e6 };
}

/** Out of the far end's file, read as the generator reads: into one buffer, over and over. */
async function pulled(role: "well" | "relay", file: string, chunk: number): Promise<Passage> {
  const { port, took } = await listening([peer, role, file, String(chunk)]);
  const startedMs = performance.now();
  const own = process.cpuUsage();
  const onread = { buffer: Buffer.allocUnsafe(256 * 1024), callback: () => true };
  await once(connect({ port, host: "127.0.0.1", onread }).resume(), "end");
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(own);
  return { seconds, cpuSeconds: await took(), ownCpuSeconds: (user + system) / 1e6 };
}

function sendAll(socket: Socket, bytes: number, chunk: number): void {
  const payload = Buffer.alloc(chunk, "floor");
  let left = Math.ceil(bytes / chunk);
  // As many on their way as the load generator has on a connection.
  let onTheWay = 0;
  const more = () => {
    while (left > 0 && onTheWay < 5) {
      left--;
      onTheWay++;
      socket.write(payload, () => {
        onTheWay--;
        more();
      });
    }
    if (left === 0 && onTheWay === 0) socket.end();
  };
  more();
}

/** The generator's consumers, and answers that are nothing but a file read and written. */
async function fetched(file: string, bytes: number): Promise<Passage & { bytes: number }> {
  const topic = "floor";
  const batch = batchOf(base);
  const batches = Math.ceil(bytes / batch.bytes.length);
  const descriptor = openSync(file, "w");
  for (let i = 0; i < batches; i++) writeSync(descriptor, batch.bytes);
  closeSync(descriptor);
  const { child, port, took } = await listening([answerer, file, String(batch.bytes.length), topic]);
  const leaders = new Map([[`127.0.0.1:${port}`, Array.from({ length: 12 }, (_, i) => i)]]);
  const own = process.cpuUsage();
  const read = await readBatches({ name: topic, leaders, partitions: 12 }, batches, { connections: base.connections });
  const { user, system } = process.cpuUsage(own);
  child.kill("SIGTERM");
  return { ...read, cpuSeconds: await took(), ownCpuSeconds: (user + system) / 1e6 };
}

const figuresOf = ({ seconds, cpuSeconds, ownCpuSeconds }: Passage, bytes: number): Figures => ({
  mbPerSecond: bytes / 1e6 / seconds,
  cpuSecondsPerGb: cpuSeconds / (bytes / GB),
  generatorCpuSecondsPerGb: ownCpuSeconds / (bytes / GB),
});

/** Into a file and out of it again, straight and through a relay, in chunks of 64 KB and of 1 MB; to the generator's fetches; and at a rate. */
export async function measureFloor(
  dir: string,
  { bytesMax: bytes, latencyMs }: Pick<Amounts, "bytesMax" | "latencyMs">,
  rounds: number,
): Promise<Measurement[]> {
  const file = join(dir, "floor");
  const measurements: Measurement[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const [size, chunk] of [
      ["64 KB", 64_000],
      ["1 MB", 1_000_000],
    ] as const) {
      const into = await pushed(file, bytes, chunk);
      const out = await pulled("well", file, chunk);
      const own = { workload: workloads.floor, system: floorSystem.name, round };
      measurements.push({ ...own, point: `socket to file, ${size}`, figures: figuresOf(into, bytes) });
      measurements.push({ ...own, point: `file to socket, ${size}`, figures: figuresOf(out, bytes) });
      const relayed = await pulled("relay", file, chunk);
      measurements.push({ ...own, point: `file to socket to socket, ${size}`, figures: figuresOf(relayed, bytes) });
      rmSync(file, { force: true });
    }
    const fetches = await fetched(file, bytes);
    const own = { workload: workloads.floor, system: floorSystem.name, round };
    measurements.push({ ...own, point: points.bareFetches, figures: figuresOf(fetches, fetches.bytes) });
    rmSync(file, { force: true });
    measurements.push({ ...own, point: points.barePassing, figures: await passed(file, latencyMs) });
    rmSync(file, { force: true });
  }
  return measurements;
}
