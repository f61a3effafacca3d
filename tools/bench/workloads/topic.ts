import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { deleteTopic, makeTopic, type Topic } from "../generator/topics";
import type { System } from "../systems/system";
import type { Bench } from "./step";

/** A new topic of this bench's replication; acks=all waits for two of three at least, as users have it. */
export function benchTopic(bench: Bench, partitions: number): Promise<Topic> {
  const { replicationFactor } = bench;
  const configs: Record<string, string> = replicationFactor === 3 ? { "min.insync.replicas": "2" } : {};
  return makeTopic(bench.system.bootstrap, { name: bench.topicName(), partitions, replicationFactor, configs });
}

const goneTimeoutMs = 10_000;

/** Deletes a topic and waits until its files are gone, so that their deletion is no part of another measurement. */
export async function dropTopic(system: System, name: string): Promise<void> {
  await deleteTopic(system.bootstrap, name);
  for (const deadline = Date.now() + goneTimeoutMs; Date.now() < deadline;) {
    if (foldersOf(system, name).length === 0) return;
    await delay(50);
  }
}

/** The folders of a topic's partitions on all brokers. */
export function foldersOf(system: System, topic: string): string[] {
  const partition = new RegExp(`^${topic}[-.]`);
  return readdirSync(system.dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => listed(join(system.dir, name)))
    .filter((path) => partition.test(path.slice(path.lastIndexOf("/") + 1)));
}

function listed(dir: string): string[] {
  try {
    return readdirSync(dir).map((name) => join(dir, name));
  } catch {
    return [];
  }
}

/** Works with a topic that is deleted afterwards. */
export async function withTopic<T>(bench: Bench, partitions: number, work: (topic: Topic) => Promise<T>): Promise<T> {
  const topic = await benchTopic(bench, partitions);
  try {
    return await work(topic);
  } finally {
    await dropTopic(bench.system, topic.name);
  }
}
