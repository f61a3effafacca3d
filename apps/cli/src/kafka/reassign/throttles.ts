// Throttles of a reassignment: a rate on every broker that takes part, and the replicas that it is for on every topic.
import type { Admin, Reassignment } from "@moldau/client";
import { throttleCopies, unthrottleBrokers, unthrottleTopics } from "../../replication-throttle";
import type { ToolRun } from "../tool";
import { nameOf, type PartitionTarget } from "./assignment";

const LOG_DIR_RATE = "replica.alter.log.dirs.io.max.bytes.per.second";

interface Move {
  partition: number;
  sources: ReadonlySet<number>;
  destinations: ReadonlySet<number>;
}

/** From where to where replicas are copied, by topic: what is under way, and what is proposed. */
export function movesOf(
  ongoing: readonly Reassignment[],
  proposed: readonly PartitionTarget[],
  current: ReadonlyMap<string, readonly number[]>,
): Map<string, Map<number, Move>> {
  const moves = new Map<string, Map<number, Move>>();
  const put = (topic: string, move: Move): void => {
    const of = moves.get(topic) ?? new Map<number, Move>();
    moves.set(topic, of.set(move.partition, move));
  };
  for (const { topic, partition, replicas, adding } of ongoing) {
    const sources = new Set(replicas.filter((id) => !adding.includes(id)));
    put(topic, { partition, sources, destinations: new Set(adding) });
  }
  for (const target of proposed) {
    const known = moves.get(target.topic)?.get(target.partition);
    const sources = known?.sources ?? new Set(current.get(nameOf(target)) ?? []);
    const destinations = new Set(target.replicas.filter((id) => !sources.has(id)));
    put(target.topic, { partition: target.partition, sources, destinations });
  }
  return moves;
}

/** `--throttle`. */
export async function throttleReplication(
  { print }: ToolRun,
  admin: Admin,
  moves: ReadonlyMap<string, ReadonlyMap<number, Move>>,
  bytesPerSecond: number,
): Promise<void> {
  const copies = [...moves].flatMap(([topic, of]) =>
    [...of.values()].map(({ partition, sources, destinations }) => ({
      topic,
      partition,
      sources: [...sources],
      destinations: [...destinations],
    })),
  );
  await throttleCopies(admin, copies, bytesPerSecond);
  print(`The inter-broker throttle limit was set to ${bytesPerSecond} B/s`);
}

/** `--replica-alter-log-dirs-throttle`. */
export async function throttleLogDirs(
  { print }: ToolRun,
  admin: Admin,
  brokerIds: Iterable<number>,
  bytesPerSecond: number,
): Promise<void> {
  for (const id of new Set(brokerIds)) {
    await admin.alterConfigs({ type: "broker", name: String(id) }, { [LOG_DIR_RATE]: String(bytesPerSecond) });
  }
  print(`The replica-alter-dir throttle limit was set to ${bytesPerSecond} B/s`);
}

/** Takes all throttles back: nobody remembers which brokers had been part of it. */
export async function clearThrottles(
  { print }: ToolRun,
  admin: Admin,
  targets: readonly PartitionTarget[],
): Promise<void> {
  const live = (await admin.describeCluster()).nodes.map(({ nodeId }) => nodeId);
  const brokers = [...new Set([...live, ...targets.flatMap(({ replicas }) => replicas)])].sort((a, b) => a - b);
  print(`Clearing broker-level throttles on broker${brokers.length === 1 ? "" : "s"} ${brokers.join(",")}`);
  await unthrottleBrokers(admin, brokers, [LOG_DIR_RATE]);
  const topics = [...new Set(targets.map(({ topic }) => topic))];
  print(`Clearing topic-level throttles on topic${topics.length === 1 ? "" : "s"} ${topics.join(",")}`);
  await unthrottleTopics(admin, topics);
}
