// Replicas move between brokers, and controllers leave the quorum and come back, while clients are at work.
import { KafkaError } from "@moldau/base";
import { type Admin, createAdmin } from "@moldau/client";
import { ApiKey, readUpdateFeaturesResponse, writeUpdateFeaturesRequest } from "@moldau/protocol";
import { bodyReader, frameOf, LoadConnection } from "../bench/kafka-load";
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

/**
 * Has the cluster know its voters by their disks (kraft.version 1), so that they may change; it began with a fixed list.
 * @returns what the cluster said where it refused
 */
export async function letVotersChange(bootstrap: string): Promise<string | undefined> {
  const version = 1;
  const connection = await LoadConnection.open(bootstrap);
  try {
    const answer = await connection.send(
      frameOf(ApiKey.UpdateFeatures, version, (writer) =>
        writeUpdateFeaturesRequest(
          writer,
          { timeoutMs: 30_000, featureUpdates: [{ feature: "kraft.version", maxVersionLevel: 1, upgradeType: 1 }] },
          version,
        ),
      ),
    );
    const { errorCode, errorMessage, results } = readUpdateFeaturesResponse(bodyReader(answer, true), version);
    const refused = [{ errorCode, errorMessage }, ...results].find((each) => each.errorCode !== KafkaError.NONE);
    return refused && (refused.errorMessage ?? `error ${refused.errorCode}`);
  } finally {
    connection.close();
  }
}

/** Takes a controller out of the quorum, the leader too; healing adds it again once it follows the log (KIP-853). */
export async function changeVoters(env: Faulty): Promise<Heal> {
  const nothing: Heal = () => Promise.resolve();
  const quorum = await withAdmin(env, (admin) => admin.describeQuorum()).catch(() => undefined);
  // A removal that was not healed yet is enough: of two voters none can be missed.
  if (quorum === undefined || quorum.voters.length < 3) {
    env.say("fault left out: the quorum cannot be asked, or has lost a voter already");
    return nothing;
  }
  const voter = env.random.pick(quorum.voters);
  const said = await insist(env, (admin) => admin.removeRaftVoter(voter));
  env.say(
    `controller ${voter.id} ${said === undefined ? "is removed from" : `could not be removed from (${said})`} the quorum`,
  );
  return async () => {
    const refused = await insist(env, async (admin) => {
      const now = await admin.describeQuorum();
      if (now?.voters.some(({ id }) => id === voter.id)) return;
      await admin.addRaftVoter(voter);
    });
    env.say(`controller ${voter.id} ${refused === undefined ? "votes again" : `could not be added again: ${refused}`}`);
  };
}

/** Asks until the cluster agrees, for a while; what it said last where it does not. */
async function insist(env: Faulty, ask: (admin: Admin) => Promise<void>): Promise<string | undefined> {
  const deadlineMs = monotonicMs() + patienceMs;
  for (;;) {
    try {
      await withAdmin(env, ask);
      return undefined;
    } catch (error) {
      if (monotonicMs() >= deadlineMs) return (error as Error).message;
      await delay(300);
    }
  }
}

async function withAdmin<T>(env: Faulty, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = createAdmin({ bootstrap: env.cluster.bootstrap, clientId: "chaos", timeoutMs: patienceMs });
  try {
    return await ask(admin);
  } finally {
    await admin.close().catch(() => undefined);
  }
}

async function move(env: Faulty, at: { topic: string; partition: number }, replicas: number[]): Promise<void> {
  const refused = await insist(env, async (admin) => {
    const [answer] = await admin.reassignPartitions([{ ...at, replicas }]);
    if (answer?.error) throw answer.error;
  });
  const where = `${at.topic}-${at.partition}`;
  env.say(
    refused === undefined
      ? `replicas of ${where}: ${replicas.join(", ")}`
      : `replicas of ${where} could not be moved: ${refused}`,
  );
}
