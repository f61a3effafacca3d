/**
 * What a hop between two processes costs: a server process and this one, Append and Read over the pipe.
 * Run: node --conditions=@moldau/source --import tsx libs/rpc/bench/pipe.bench.ts [seconds per case]
 */
import {
  AppendReply,
  AppendRequest,
  BrokerDefinition,
  ReadReply,
  ReadRequest,
  type ReadResult,
} from "@moldau/contracts";
import { fork } from "node:child_process";
import { createPeers, createServiceRegistry, noContext, startRpcServer, type Peers, type Service } from "../src/index";

type Broker = Service<typeof BrokerDefinition>;

const secondsPerCase = Number(process.argv[2] ?? 2);
const EMPTY_RESULT: ReadResult = ReadReply.decode(Uint8Array.of(0x0a, 0)).partitions[0]!;

function implementation(): Broker {
  const chunk = new Uint8Array(1 << 20).fill(7);
  const refuse = (): Promise<never> => Promise.reject(new Error("not part of the bench"));
  const appended: AppendReply = AppendReply.decode(Uint8Array.of(0x0a, 0));
  return {
    append: () => Promise.resolve(appended),
    read: (request) =>
      Promise.resolve({ partitions: [{ ...EMPTY_RESULT, records: [chunk.subarray(0, request.maxBytes)] }] }),
    listOffsets: refuse,
    epochEnds: refuse,
    deleteRecords: refuse,
    describeLogDirs: refuse,
    alterReplicaLogDirs: refuse,
    describeProducers: refuse,
    claim: refuse,
    writeMarkers: refuse,
  };
}

async function serve(): Promise<void> {
  const services = createServiceRegistry();
  services.offer(BrokerDefinition, implementation());
  const { port } = await startRpcServer({ host: "127.0.0.1", port: 0, services });
  process.on("message", () => process.send!(process.cpuUsage()));
  process.send!(port);
}

async function measure(
  name: string,
  bytesPerCall: number,
  inFlight: number,
  serverCpu: () => Promise<NodeJS.CpuUsage>,
  call: () => Promise<unknown>,
): Promise<void> {
  const run = async (seconds: number): Promise<number> => {
    const end = performance.now() + seconds * 1000;
    let calls = 0;
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (performance.now() < end) {
          await call();
          calls++;
        }
      }),
    );
    return calls;
  };
  await run(0.3);
  const theirs = await serverCpu();
  const ours = process.cpuUsage();
  const start = performance.now();
  const calls = await run(secondsPerCase);
  const seconds = (performance.now() - start) / 1000;
  const own = process.cpuUsage(ours);
  const now = await serverCpu();
  const cpu = (usage: NodeJS.CpuUsage): number => (usage.user + usage.system) / 1e6;
  const serverSeconds = cpu(now) - cpu(theirs);
  const gigabytes = (calls * bytesPerCall) / 1e9;
  const perGb =
    bytesPerCall > 1000
      ? `, CPU-s/GB ${(cpu(own) / gigabytes).toFixed(2)}+${(serverSeconds / gigabytes).toFixed(2)}`
      : "";
  const perCall = `CPU µs/call ${((cpu(own) / calls) * 1e6).toFixed(0)}+${((serverSeconds / calls) * 1e6).toFixed(0)}`;
  console.log(
    `${name.padEnd(34)} ${(calls / seconds).toFixed(0).padStart(8)} calls/s ${((gigabytes * 1000) / seconds).toFixed(0).padStart(6)} MB/s  ${perCall}${perGb}`,
  );
}

async function main(): Promise<void> {
  const child = fork(__filename, ["serve"], { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) => child.once("message", (message) => resolve(Number(message))));
  const serverCpu = (): Promise<NodeJS.CpuUsage> =>
    new Promise((resolve) => {
      child.once("message", (usage) => resolve(usage as NodeJS.CpuUsage));
      child.send("cpu");
    });
  const owned = createPeers({
    nodeId: -1,
    localNode: () => undefined,
    addressOf: () => ({ host: "127.0.0.1", port }),
    controllers: [],
  });
  const peers: Peers = owned;
  const broker = peers.broker(1);
  const request = AppendRequest.decode(new Uint8Array());
  const partition = {
    topicId: "AAAAAAAAAAAAAAAAAAAAAA",
    partition: 3,
    leaderEpoch: 5,
    ownerEpoch: -1,
    claimOffset: -1,
  };
  for (const kb of process.env.KB?.split(",").map(Number) ?? [0.1, 16, 64, 256, 1024]) {
    const records = new Uint8Array(Math.round(kb * 1024)).fill(1);
    const message = { ...request, acks: -1, partitions: [{ ...partition, records }] };
    const inFlight = kb < 1 ? 64 : 8;
    await measure(`append ${kb} KB, ${inFlight} in flight`, records.length, inFlight, serverCpu, () =>
      broker.append(message, noContext),
    );
  }
  for (const kb of [16, 64, 256, 1024]) {
    const message: ReadRequest = { ...ReadRequest.decode(new Uint8Array()), maxBytes: kb * 1024 };
    await measure(`read ${kb} KB, 8 in flight`, kb * 1024, 8, serverCpu, () => broker.read(message, noContext));
  }
  const small = { ...request, partitions: [{ ...partition, records: new Uint8Array(100) }] };
  await measure("append 0.1 KB, 1 in flight", 100, 1, serverCpu, () => broker.append(small, noContext));
  owned.close();
  child.kill();
}

void (process.argv[2] === "serve" ? serve() : main());
