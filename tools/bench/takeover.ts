// A coordinator with many committed offsets is killed: how long until another one answers for each of its groups.
import { KafkaError } from "@moldau/base";
import type { Cluster } from "../conformance/cluster.mjs";
import { coordinatorOf, inGroupsOf } from "./coordinators";
import { ask, groupCalls } from "./group-calls";
import { LoadConnection } from "./kafka-load";
import { pidOfRole } from "./figures/process";

export interface TakeoverPlan {
  /** Offsets of the coordinator that is killed. */
  offsets: number;
  /** Partitions that each group has committed. */
  partitions: number;
  replicationFactor: number;
}

export interface TakeoverResult {
  groups: number;
  committedMs: number;
  /** From kill -9 until the group's offsets were read, for each group, ascending. */
  readMs: number[];
}

const topic = "bench-offsets";
const askEveryMs = 10;
const timeoutMs = 60_000;
const victim = "coordinator-101";

/** @throws Error where an offset that was acknowledged is not there, or a group is not served within a minute */
export async function measureTakeover(cluster: Cluster, plan: TakeoverPlan): Promise<TakeoverResult> {
  const address = cluster.bootstrap.split(",")[0]!;
  const connection = await LoadConnection.open(address);
  const created = await ask(connection, groupCalls.createTopics, {
    topics: [{ name: topic, numPartitions: plan.partitions, replicationFactor: plan.replicationFactor }],
    timeoutMs: 60_000,
  });
  if (created.topics[0]!.errorCode !== KafkaError.NONE)
    throw new Error(`no topic: error ${created.topics[0]!.errorCode}`);
  const wanted = Math.ceil(plan.offsets / plan.partitions);
  const own: { group: string; door: string }[] = [];
  for (let i = 0; own.length < wanted; i++) {
    const group = `takeover-${i}`;
    // Made once, so that the coordinators' topic is there.
    await coordinatorOf(address, group);
    const found = await ask(connection, groupCalls.findCoordinator, { key: group, keyType: 0 });
    if (found.nodeId === nodeIdOf(victim)) own.push({ group, door: `${found.host}:${found.port}` });
  }
  const committingFrom = performance.now();
  await inGroupsOf(4, own, async ({ group, door }, i) => {
    const at = await LoadConnection.open(door);
    const partitions = Array.from({ length: plan.partitions }, (_, partitionIndex) => ({
      partitionIndex,
      committedOffset: offsetOf(i, partitionIndex),
    }));
    for (;;) {
      const reply = await ask(at, groupCalls.commit, {
        groupId: group,
        generationIdOrMemberEpoch: -1,
        topics: [{ name: topic, partitions }],
      });
      if (reply.topics[0]!.partitions.every(({ errorCode }) => errorCode === KafkaError.NONE)) break;
      await delay(50);
    }
    at.close();
  });
  const committedMs = performance.now() - committingFrom;
  await delay(2_000);

  process.kill(pidOfRole(cluster.dir, victim), "SIGKILL");
  const killedMs = performance.now();
  const readMs: number[] = [];
  await inGroupsOf(own.length, own, async ({ group }, i) => {
    for (;;) {
      const offset = await readOffset(connection, group, 0);
      const nowMs = performance.now() - killedMs;
      if (offset !== undefined) {
        if (offset !== offsetOf(i, 0))
          throw new Error(`${group} has offset ${offset}, committed was ${offsetOf(i, 0)}`);
        readMs.push(nowMs);
        return;
      }
      if (nowMs > timeoutMs) throw new Error(`${group} was not served within ${timeoutMs / 1000} s`);
      await delay(askEveryMs);
    }
  });
  await inGroupsOf(4, own, async ({ group }, i) => {
    const door = await coordinatorOf(address, group);
    const at = await LoadConnection.open(door);
    const partitionIndexes = Array.from({ length: plan.partitions }, (_, partition) => partition);
    const reply = await ask(at, groupCalls.fetch, { groupId: group, topics: [{ name: topic, partitionIndexes }] });
    at.close();
    const lost = reply.topics[0]!.partitions.filter(
      ({ partitionIndex, committedOffset }) => committedOffset !== offsetOf(i, partitionIndex),
    );
    if (lost.length > 0) throw new Error(`${group} has lost ${lost.length} of ${plan.partitions} offsets`);
  });
  connection.close();
  return { groups: own.length, committedMs, readMs: readMs.sort((a, b) => a - b) };
}

/** Any number that tells groups and partitions apart. */
const offsetOf = (group: number, partition: number) => group * 10_000 + partition;
const nodeIdOf = (role: string) => Number(role.split("-")[1]);
const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The committed offset of one partition, read where the group is served now; undefined: not yet. */
async function readOffset(connection: LoadConnection, group: string, partition: number): Promise<number | undefined> {
  const found = await ask(connection, groupCalls.findCoordinator, { key: group, keyType: 0 });
  if (found.errorCode !== KafkaError.NONE) return undefined;
  const door = await doorTo(`${found.host}:${found.port}`);
  const reply = await ask(door, groupCalls.fetch, {
    groupId: group,
    topics: [{ name: topic, partitionIndexes: [partition] }],
  });
  const answered = reply.topics[0]?.partitions[0];
  if (reply.errorCode !== KafkaError.NONE || answered?.errorCode !== KafkaError.NONE) return undefined;
  return answered.committedOffset;
}

const doors = new Map<string, Promise<LoadConnection>>();

/** One connection for each address: gateways outlive the coordinator. */
function doorTo(address: string): Promise<LoadConnection> {
  let door = doors.get(address);
  if (door === undefined) doors.set(address, (door = LoadConnection.open(address)));
  return door;
}
