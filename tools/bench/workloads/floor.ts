// The physical floor: the same bytes through a bare TCP socket into a file, and back. What no broker in Node can be below, and
// what remains of its figures above it is the broker's own work.
import { join } from "node:path";
import { createServer, type Socket } from "node:net";
import { rmSync } from "node:fs";
import type { Figures, Measurement } from "../measurement";
import { workloads } from "../points";
import { run } from "../systems/children";
import { GB } from "./step";

const peer = join(__dirname, "../floor/peer.mjs");

export const floorSystem = { name: "floor", title: "a bare TCP socket and a file (two processes)" };

interface Passage {
  seconds: number;
  cpuSeconds: number;
  ownCpuSeconds: number;
}

/** One connection from the far end to this process. */
async function pass(
  role: "sink" | "spring",
  file: string,
  chunk: number,
  work: (socket: Socket) => void,
): Promise<Passage> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let startedMs = 0;
  let own: NodeJS.CpuUsage | undefined;
  server.once("connection", (socket) => {
    startedMs = performance.now();
    own = process.cpuUsage();
    work(socket);
  });
  const { port } = server.address() as { port: number };
  const { stdout } = await run(process.execPath, [peer, role, file, String(chunk), String(port)]);
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(own);
  server.close();
  return { seconds, cpuSeconds: Number(JSON.parse(stdout).cpuSeconds), ownCpuSeconds: (user + system) / 1e6 };
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

const figuresOf = ({ seconds, cpuSeconds, ownCpuSeconds }: Passage, bytes: number): Figures => ({
  mbPerSecond: bytes / 1e6 / seconds,
  cpuSecondsPerGb: cpuSeconds / (bytes / GB),
  generatorCpuSecondsPerGb: ownCpuSeconds / (bytes / GB),
});

/** Into a file and out of it again, in chunks of 64 KB and of 1 MB. */
export async function measureFloor(dir: string, bytes: number, rounds: number): Promise<Measurement[]> {
  const file = join(dir, "floor");
  const measurements: Measurement[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const [size, chunk] of [
      ["64 KB", 64_000],
      ["1 MB", 1_000_000],
    ] as const) {
      const into = await pass("sink", file, chunk, (socket) => sendAll(socket, bytes, chunk));
      const out = await pass("spring", file, chunk, (socket) => socket.resume());
      const own = { workload: workloads.floor, system: floorSystem.name, round };
      measurements.push({ ...own, point: `socket to file, ${size}`, figures: figuresOf(into, bytes) });
      measurements.push({ ...own, point: `file to socket, ${size}`, figures: figuresOf(out, bytes) });
      rmSync(file, { force: true });
    }
  }
  return measurements;
}
