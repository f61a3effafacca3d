// The floor of latencies at a rate.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { dirname } from "node:path";
import { newHistogram, percentiles, record } from "../generator/latencies";
import { startTicker } from "../generator/ticker";
import { withPagesAtPace } from "../figures/pages";
import type { Figures } from "../measurement";
import { listening, peer } from "./floor-peer";
import { base } from "./produce";
import { GB } from "./step";

/** About the half load of a broker on two cores. */
const PASSED_PER_SECOND = 3_200;
const PAIRS = 3;
const WARM_UP_MS = 500;

/**
 * What the generator sends at a rate, written into a file and passed on at once by a process that does nothing else: from due to
 * arrived. It is part of every broker's latencies, and a machine that stands still now and then shows it here.
 */
export async function passed(file: string, durationMs: number): Promise<Figures> {
  const chunk = base.batchBytes;
  const server = createServer({ noDelay: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sources: Socket[] = [];
  const connected = new Promise<void>((resolve) =>
    server.on("connection", (socket) => {
      if (sources.push(socket) === PAIRS) resolve();
    }),
  );
  const { port: ownPort } = server.address() as { port: number };
  const { port, took } = await listening([peer, "pass", file, String(chunk), String(ownPort)]);
  const arrived = newHistogram();
  const due: number[][] = Array.from({ length: PAIRS }, () => []);
  const payload = Buffer.alloc(chunk, "floor");
  const total = Math.round(((WARM_UP_MS + durationMs) * PASSED_PER_SECOND) / 1_000);
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  let left = total;
  let recordFromMs = Infinity;
  const arriving = (pair: number) => {
    let bytes = 0;
    let next = 0;
    const buffer = Buffer.allocUnsafe(256 * 1024);
    const callback = (length: number): boolean => {
      bytes += length;
      for (; bytes >= chunk; bytes -= chunk) {
        const dueMs = due[pair]![next++]!;
        if (dueMs >= recordFromMs) record(arrived, performance.now() - dueMs);
        if (--left === 0) done();
      }
      return true;
    };
    return connect({ port, host: "127.0.0.1", onread: { buffer, callback } });
  };
  const targets: Socket[] = [];
  // One after the other: the far end pairs them with its own in the order in which they come.
  for (let i = 0; i < PAIRS; i++) {
    const target = arriving(i);
    targets.push(target);
    await once(target, "connect");
  }
  await connected;
  let generatorCpuSeconds = 0;
  await withPagesAtPace(dirname(file), { bytes: total * chunk, durationMs: WARM_UP_MS + durationMs }, async () => {
    const own = process.cpuUsage();
    const startMs = performance.now() + 5;
    recordFromMs = startMs + WARM_UP_MS;
    let sent = 0;
    const stop = startTicker(1_000 / PASSED_PER_SECOND, () => {
      for (; sent < total && startMs + (sent * 1_000) / PASSED_PER_SECOND <= performance.now(); sent++) {
        due[sent % PAIRS]!.push(startMs + (sent * 1_000) / PASSED_PER_SECOND);
        sources[sent % PAIRS]!.write(payload);
      }
    });
    await all;
    await stop();
    const { user, system } = process.cpuUsage(own);
    generatorCpuSeconds = (user + system) / 1e6;
  });
  for (const socket of [...sources, ...targets]) socket.destroy();
  server.close();
  const gb = (total * chunk) / GB;
  return {
    ...percentiles(arrived),
    mbPerSecond: (PASSED_PER_SECOND * chunk) / 1e6,
    cpuSecondsPerGb: (await took()) / gb,
    generatorCpuSecondsPerGb: generatorCpuSeconds / gb,
  };
}
