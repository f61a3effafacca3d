// Replicas move between brokers while clients are at work.
import { type Admin, createAdmin } from "@moldau/client";
import type { Faulty, Heal } from "./faults";
import { delay, monotonicMs } from "./machine";
import { shuffle } from "./random";

const patienceMs = 8_000;

/**
 * Takes a partition's replica away from one broker, or changes whom it prefers; healing puts it on all brokers again, in a
 * new order, so that the broker copies everything anew.
 */
export async function reassign(env: Faulty, pick: number): Promise<Heal> {
  const all = env.topics.flatMap(({ name, partitions }) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition })),
  );
  const at = all[pick % all.length]!;
  const brokers = env.cluster.nodes.filter(({ role }) => role === "broker").map(({ plan }) => plan.nodeId);
  const fewer = shuffle(env.random, brokers).slice(0, env.random.chance(0.7) ? brokers.length - 1 : brokers.length);
  await move(env, at, fewer);
  return () => move(env, at, shuffle(env.random, brokers));
}

/** Asks until the cluster has agreed; other faults may be in its way. */
async function move(env: Faulty, at: { topic: string; partition: number }, replicas: number[]): Promise<void> {
  const admin = createAdmin({ bootstrap: env.cluster.bootstrap, clientId: "chaos", timeoutMs: patienceMs });
  const deadlineMs = monotonicMs() + patienceMs;
  try {
    while (monotonicMs() < deadlineMs) {
      const refused = await ask(admin, { ...at, replicas });
      if (refused === undefined) {
        env.say(`replicas of ${at.topic}-${at.partition}: ${replicas.join(", ")}`);
        return;
      }
      await delay(300);
      if (monotonicMs() >= deadlineMs)
        env.say(`replicas of ${at.topic}-${at.partition} could not be moved: ${refused}`);
    }
  } finally {
    await admin.close().catch(() => undefined);
  }
}

async function ask(
  admin: Admin,
  change: { topic: string; partition: number; replicas: number[] },
): Promise<string | undefined> {
  try {
    return (await admin.reassignPartitions([change]))[0]?.error?.message;
  } catch (error) {
    return (error as Error).message;
  }
}
