// Does to the running cluster what the schedule says, and undoes it.
import type { SeededRandom } from "@moldau/base";
import { createAdmin } from "@moldau/client";
import type { ClientFleet } from "./client-fleet";
import type { TopicPlan } from "./clients";
import type { ClockSteps } from "./clocks";
import type { FailingCalls } from "./failing-calls";
import type { LoopDisk } from "./disks";
import { delay, until } from "./machine";
import { changeVoters, reassign } from "./membership";
import type { Network } from "./network";
import type { Cluster, Node } from "./nodes";
import { describe, type Fault, type Target } from "./schedule";

export interface Faulty {
  cluster: Cluster;
  network: Network;
  fleet: ClientFleet;
  disks: ReadonlyMap<string, LoopDisk>;
  clocks: ClockSteps | undefined;
  failingCalls: FailingCalls | undefined;
  topics: readonly TopicPlan[];
  durability: "os" | "fsync";
  random: SeededRandom;
  say(line: string): void;
}

/** Ends a fault. */
export type Heal = () => Promise<void>;

/** How long to wait, with durability=os, until every replica is in sync again before the next one loses its power. */
const inSyncTimeoutMs = 30_000;
/** Out of the way of whom nobody can reach: a lookup that fails within this falls back to a node at random. */
const lookupTimeoutMs = 2_000;

/** So long after its disk is well again a process may still end over what failed before. */
const afterDiskFaultMs = 10_000;
const isOfDisks = (name: string) => ["disk-full", "disk-error", "power-cut"].includes(name);

/** Begins a fault; what it resolves with ends it. A fault that does not apply now is left out, with a word why. */
export async function inject(env: Faulty, fault: Fault): Promise<Heal> {
  const nodes = fault.class === "client" || fault.class === "membership" ? [] : await resolve(env, fault.targets);
  const whom = nodes.map(({ name }) => name).join(", ");
  env.say(`fault: ${describe(fault)}${whom === "" ? "" : ` -> ${whom}`}`);
  if (!isOfDisks(fault.class)) return begin(env, fault, nodes);
  for (const node of nodes) node.mayEnd(Infinity);
  const heal = await begin(env, fault, nodes);
  return async () => {
    await heal();
    for (const node of nodes) node.mayEnd(afterDiskFaultMs);
  };
}

async function begin(env: Faulty, fault: Fault, nodes: readonly Node[]): Promise<Heal> {
  switch (fault.class) {
    case "kill":
      await Promise.all(nodes.map((node) => node.kill()));
      return () => startAgain(nodes);
    case "pause":
      for (const node of nodes) node.pause();
      return () => {
        for (const node of nodes) node.resume();
        return Promise.resolve();
      };
    case "partition":
      cut(env, fault.cut, nodes);
      return () => {
        env.network.healAll();
        return Promise.resolve();
      };
    case "disk-full": {
      const disks = disksOf(env, nodes);
      for (const disk of disks) disk.fill();
      return () => {
        for (const disk of disks) disk.free();
        return Promise.resolve();
      };
    }
    case "disk-error":
      return failCalls(env, nodes, fault.what);
    case "power-cut":
      return cutPower(env, nodes);
    case "clock":
      for (const node of nodes) env.clocks!.step(node.name, fault.stepMs);
      return () => {
        for (const node of nodes) env.clocks!.step(node.name, 0);
        return Promise.resolve();
      };
    case "client": {
      const names = env.fleet.pick(env.random, fault.count);
      for (const name of names) {
        if (fault.what === "kill") env.fleet.crash(name);
        else env.fleet.pause(name);
      }
      return () => {
        env.fleet.resumeAll();
        return Promise.resolve();
      };
    }
    case "membership":
      return fault.what === "voters" ? changeVoters(env) : reassign(env, fault.pick);
  }
}

async function startAgain(nodes: readonly Node[]): Promise<void> {
  for (const node of nodes) node.start();
}

async function failCalls(env: Faulty, nodes: readonly Node[], what: "write" | "sync" | "both"): Promise<Heal> {
  const failing = nodes.filter((node) => node.pid !== undefined);
  for (const node of failing) await env.failingCalls!.begin(node.pid!, what);
  return async () => {
    // One that ended over it has been started again, with calls that do not fail.
    for (const node of failing) if (node.pid !== undefined) await env.failingCalls!.end(node.pid);
  };
}

/** The moment of a power cut is one: nothing runs between the loss of what was in memory and the end of the process. */
async function cutPower(env: Faulty, nodes: readonly Node[]): Promise<Heal> {
  const storing = nodes.filter(({ name }) => env.disks.has(name));
  if (env.durability === "os" && storing.some(({ role }) => role === "broker") && !(await inSync(env))) {
    env.say("fault left out: a replica is not in sync, so that a power cut may lose records with durability=os");
    return () => Promise.resolve();
  }
  for (const node of storing) node.pause();
  for (const node of storing) await env.disks.get(node.name)!.cutPower();
  await Promise.all(storing.map((node) => node.kill()));
  return async () => {
    for (const node of storing) {
      await env.disks.get(node.name)!.restorePower();
      node.start();
    }
  };
}

/** Whether every replica of every partition is in sync, waiting a while for it. */
export async function inSync(env: { cluster: Cluster }, timeoutMs = inSyncTimeoutMs): Promise<boolean> {
  const admin = createAdmin({ bootstrap: env.cluster.bootstrap, clientId: "chaos", timeoutMs: lookupTimeoutMs });
  try {
    return await until(async () => {
      const topics = await admin.describeTopics().catch(() => undefined);
      return (
        topics !== undefined &&
        topics.every(({ partitions }) => partitions.every((p) => p.isr.length === p.replicas.length))
      );
    }, timeoutMs);
  } finally {
    await admin.close();
  }
}

function disksOf(env: Faulty, nodes: readonly Node[]): LoopDisk[] {
  return nodes.flatMap(({ name }) => env.disks.get(name) ?? []);
}

function cut({ cluster, network }: Faulty, how: string, nodes: readonly Node[]): void {
  const inside = new Set(nodes.map(({ name }) => name));
  const addresses = (names: readonly Node[]) => names.map(({ name }) => network.addressOf(name));
  for (const node of nodes) {
    switch (how) {
      case "isolate":
        network.block(node.name, { from: "all", to: "all" });
        break;
      case "lossy":
        network.block(node.name, { from: "all", to: "all", share: 0.2 });
        break;
      case "deaf":
        network.block(node.name, { from: "all", to: [] });
        break;
      case "mute":
        network.block(node.name, { from: [], to: "all" });
        break;
      default: {
        const lost = cluster.nodes.filter((other) =>
          how === "pair" ? inside.has(other.name) && other !== node : !inside.has(other.name),
        );
        network.block(node.name, { from: addresses(lost), to: addresses(lost) });
      }
    }
  }
}

/** The processes that a fault's targets mean at this moment, each once. */
async function resolve(env: Faulty, targets: readonly Target[]): Promise<Node[]> {
  const found = new Set<Node>();
  for (const target of targets) {
    if (target === "all") for (const node of env.cluster.nodes) found.add(node);
    else if (target.startsWith("all:")) {
      for (const node of env.cluster.nodes) if (node.role === target.slice(4)) found.add(node);
    } else if (target === "active-controller") found.add(await activeController(env));
    else if (target.startsWith("leader:")) found.add(await leaderOf(env, Number(target.slice(7))));
    else found.add(env.cluster.node(target));
  }
  return [...found];
}

async function activeController(env: Faulty): Promise<Node> {
  const fallback = env.random.pick(env.cluster.nodes.filter(({ role }) => role === "controller"));
  const quorum = await ask(env, (admin) => admin.describeQuorum());
  return env.cluster.nodeOf(quorum?.leaderId ?? -1) ?? fallback;
}

async function leaderOf(env: Faulty, pick: number): Promise<Node> {
  const fallback = env.random.pick(env.cluster.nodes.filter(({ role }) => role === "broker"));
  const all = env.topics.flatMap(({ name, partitions }) =>
    Array.from({ length: partitions }, (_, partition) => ({ name, partition })),
  );
  const wanted = all[pick % all.length]!;
  const topics = await ask(env, (admin) => admin.describeTopics([wanted.name]));
  const leader = topics?.[0]?.partitions.find(({ partition }) => partition === wanted.partition)?.leader;
  return env.cluster.nodeOf(leader ?? -1) ?? fallback;
}

async function ask<T>(
  env: Faulty,
  question: (admin: ReturnType<typeof createAdmin>) => Promise<T>,
): Promise<T | undefined> {
  const admin = createAdmin({ bootstrap: env.cluster.bootstrap, clientId: "chaos", timeoutMs: lookupTimeoutMs });
  try {
    return await Promise.race([question(admin), delay(lookupTimeoutMs).then(() => undefined)]);
  } catch {
    return undefined;
  } finally {
    await admin.close().catch(() => undefined);
  }
}
