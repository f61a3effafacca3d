// Many groups on one coordinator process: how long heartbeats take and what they cost.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KafkaError } from "@moldau/base";
import { build as buildHistogram } from "hdr-histogram-js";
import type { Cluster } from "../conformance/cluster.mjs";
import { coordinatorOf, inGroupsOf } from "./coordinators";
import { LoadMember } from "./group-member";
import { cpuSeconds, pidOfRole } from "./figures/process";

export interface HeartbeatPlan {
  groups: number;
  members: number;
  everyMs: number;
  seconds: number;
  /** Where the coordinator writes its profile; undefined: it is not profiled. */
  profileDirectory: string | undefined;
}

export interface HeartbeatResult {
  joinedMs: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** How late the load generator itself was: what a busy machine adds to any answer. */
  generatorP99Ms: number;
  /** Cores taken by each process, the load generator included. */
  cores: Map<string, number>;
  rssMb: number;
  /** Heartbeats that were answered with an error, by its code. */
  errors: Map<number, number>;
  profile: string | undefined;
}

const joiningAtOnce = 200;
const tickMs = 5;

export async function measureHeartbeats(cluster: Cluster, plan: HeartbeatPlan): Promise<HeartbeatResult> {
  const address = cluster.bootstrap.split(",")[0]!;
  const joiningFrom = performance.now();
  const members: LoadMember[] = [];
  const names = Array.from({ length: plan.groups }, (_, i) => `bench-${i}`);
  // Whoever is in keeps its place while others join.
  const keeping = setInterval(() => {
    for (const member of members) void member.heartbeat();
  }, plan.everyMs);
  await inGroupsOf(joiningAtOnce, names, async (name, i) => {
    const door = await coordinatorOf(address, name);
    // The remainder goes to the first groups, one each.
    const count = Math.floor(plan.members / plan.groups) + (i < plan.members % plan.groups ? 1 : 0);
    const own = await Promise.all(Array.from({ length: count }, () => LoadMember.open(name, door, 30_000)));
    await Promise.all(own.map((member) => member.enter()));
    members.push(...own);
  });
  clearInterval(keeping);
  const joinedMs = performance.now() - joiningFrom;

  const times = buildHistogram({ highestTrackableValue: 600_000_000 });
  const lateness = buildHistogram({ highestTrackableValue: 600_000_000 });
  const errors = new Map<number, number>();
  let measuring = false;
  let counted = 0;
  const startMs = performance.now();
  const dueMs = members.map(() => startMs + Math.random() * plan.everyMs);
  const beat = async (member: LoadMember) => {
    const sentMs = performance.now();
    const code = await member.heartbeat();
    if (!measuring) return;
    times.recordValue(Math.round((performance.now() - sentMs) * 1000));
    counted++;
    if (code !== KafkaError.NONE) errors.set(code, (errors.get(code) ?? 0) + 1);
  };
  const beating = setInterval(() => {
    const nowMs = performance.now();
    for (let i = 0; i < members.length; i++) {
      if (dueMs[i]! > nowMs) continue;
      if (measuring) lateness.recordValue(Math.round((nowMs - dueMs[i]!) * 1000));
      dueMs[i] = dueMs[i]! + plan.everyMs;
      void beat(members[i]!);
    }
  }, tickMs);
  // Two rounds until everything is compiled.
  await delay(2 * plan.everyMs);
  const pids = new Map([
    ...cluster.roles().map((role) => [role, pidOfRole(cluster.dir, role)] as const),
    ["load generator", process.pid] as const,
  ]);
  const coordinator = pids.get("coordinator-101")!;
  if (plan.profileDirectory !== undefined) process.kill(coordinator, "SIGUSR2");
  const before = new Map([...pids].map(([role, pid]) => [role, cpuSeconds(pid)]));
  const fromMs = performance.now();
  measuring = true;
  await delay(plan.seconds * 1000);
  measuring = false;
  const seconds = (performance.now() - fromMs) / 1000;
  const cores = new Map([...pids].map(([role, pid]) => [role, (cpuSeconds(pid) - before.get(role)!) / seconds]));
  clearInterval(beating);
  let profile: string | undefined;
  if (plan.profileDirectory !== undefined) {
    process.kill(coordinator, "SIGUSR2");
    await delay(3_000);
    profile = readFileSync(join(plan.profileDirectory, `${coordinator}.cpuprofile`), "utf8");
  }
  const rssMb = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${coordinator}/status`, "utf8"))![1]) / 1024;
  for (const member of members) member.close();
  const ms = (histogram: typeof times, percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  return {
    joinedMs,
    perSecond: counted / seconds,
    p50Ms: ms(times, 50),
    p99Ms: ms(times, 99),
    maxMs: times.maxValue / 1000,
    generatorP99Ms: ms(lateness, 99),
    cores,
    rssMb,
    errors,
    profile,
  };
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
