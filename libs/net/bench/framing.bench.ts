/**
 * What framing costs: a server process and this one as its client, both with this room's code.
 * Run: node --conditions=@moldau/source --import tsx libs/net/bench/framing.bench.ts [seconds per case]
 */
import { fork } from "node:child_process";
import { connect, type OnReadOpts } from "node:net";
import { createKafkaServer, framed, FrameReader } from "../src/index";

const secondsPerCase = Number(process.argv[2] ?? 2);

/** Four bytes of the request say how long an answer is wanted. */
async function serve(): Promise<void> {
  const body = Buffer.alloc(1 << 20, 7);
  const server = createKafkaServer<undefined>({
    open: () => undefined,
    handle: (frame) => Promise.resolve([body.subarray(0, Buffer.from(frame.buffer, frame.byteOffset).readUInt32BE(0))]),
  });
  const port = await server.listen({ host: "127.0.0.1", port: 0 });
  process.on("message", () => process.send!(process.cpuUsage()));
  process.send!(port);
}

async function main(): Promise<void> {
  const child = fork(__filename, ["serve"], { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) => child.once("message", (message) => resolve(Number(message))));
  const serverCpu = (): Promise<NodeJS.CpuUsage> =>
    new Promise((resolve) => {
      child.once("message", (usage) => resolve(usage as NodeJS.CpuUsage));
      child.send("cpu");
    });
  const cpu = (usage: NodeJS.CpuUsage): number => (usage.user + usage.system) / 1e6;
  const cases: [string, number, number, number][] = [
    ["small calls", 64, 64, 64],
    ["produce 16 KB", 16 << 10, 64, 8],
    ["produce 64 KB", 64 << 10, 64, 8],
    ["produce 1 MB", 1 << 20, 64, 8],
    ["fetch 64 KB", 64, 64 << 10, 4],
    ["fetch 1 MB", 64, 1 << 20, 4],
  ];
  for (const [name, sent, wanted, inFlight] of cases) {
    const request = Buffer.alloc(sent);
    request.writeUInt32BE(wanted, 0);
    let answers = 0;
    const reader = new FrameReader({
      maxFrameBytes: 1 << 24,
      onFrame: () => {
        answers++;
        send();
      },
    });
    const onread = { buffer: () => reader.space(), callback: (n: number) => (reader.filled(n), true) } as OnReadOpts;
    const socket = connect({ host: "127.0.0.1", port, onread, noDelay: true });
    function send(): void {
      for (const chunk of framed([request])) socket.write(chunk);
    }
    await new Promise((resolve) => socket.once("connect", resolve));
    for (let i = 0; i < inFlight; i++) send();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const theirs = cpu(await serverCpu());
    const own = process.cpuUsage();
    const [before, start] = [answers, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, secondsPerCase * 1000));
    const seconds = (performance.now() - start) / 1000;
    const calls = answers - before;
    const serverSeconds = cpu(await serverCpu()) - theirs;
    const clientSeconds = cpu(process.cpuUsage(own));
    socket.destroy();
    const gigabytes = (calls * Math.max(sent, wanted)) / 1e9;
    console.log(
      `${name.padEnd(14)} ${inFlight} in flight ${(calls / seconds).toFixed(0).padStart(8)} calls/s ${((gigabytes * 1000) / seconds).toFixed(0).padStart(5)} MB/s  ` +
        `server CPU ${((serverSeconds / calls) * 1e6).toFixed(1)} µs/call, ${(serverSeconds / gigabytes).toFixed(2)} s/GB (client ${(clientSeconds / gigabytes).toFixed(2)})`,
    );
  }
  child.kill();
}

void (process.argv[2] === "serve" ? serve() : main());
