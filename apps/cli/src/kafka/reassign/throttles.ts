// Throttles of a reassignment: a rate on every broker that takes part, and the replicas that it is for on every topic.
import { KafkaError } from "@moldau/base";
import type { Admin, Reassignment } from "@moldau/client";
import { hasCode } from "../../errors";
import type { ToolRun } from "../tool";
import { nameOf, type PartitionTarget } from "./assignment";

const LEADER_RATE = "leader.replication.throttled.rate";
const FOLLOWER_RATE = "follower.replication.throttled.rate";
const LOG_DIR_RATE = "replica.alter.log.dirs.io.max.bytes.per.second";
const LEADER_REPLICAS = "leader.replication.throttled.replicas";
const FOLLOWER_REPLICAS = "follower.replication.throttled.replicas";

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
  const list = (of: ReadonlyMap<number, Move>, side: "sources" | "destinations"): string =>
    [...of.values()]
      .flatMap((move) => [...move[side]].map((id) => `${move.partition}:${id}`))
      .sort()
      .join(",");
  for (const [topic, of] of moves) {
    await admin.alterConfigs(
      { type: "topic", name: topic },
      { [LEADER_REPLICAS]: list(of, "sources"), [FOLLOWER_REPLICAS]: list(of, "destinations") },
    );
  }
  const brokers = new Set<number>();
  for (const of of moves.values()) {
    for (const { sources, destinations } of of.values())
      for (const id of [...sources, ...destinations]) brokers.add(id);
  }
  const rate = String(bytesPerSecond);
  for (const id of brokers) {
    await admin.alterConfigs({ type: "broker", name: String(id) }, { [LEADER_RATE]: rate, [FOLLOWER_RATE]: rate });
  }
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
  for (const id of brokers) {
    await admin.alterConfigs(
      { type: "broker", name: String(id) },
      { [LEADER_RATE]: null, [FOLLOWER_RATE]: null, [LOG_DIR_RATE]: null },
    );
  }
  const topics = [...new Set(targets.map(({ topic }) => topic))];
  print(`Clearing topic-level throttles on topic${topics.length === 1 ? "" : "s"} ${topics.join(",")}`);
  for (const name of topics) {
    try {
      await admin.alterConfigs({ type: "topic", name }, { [LEADER_REPLICAS]: null, [FOLLOWER_REPLICAS]: null });
    } catch (error) {
      // A topic that was deleted meanwhile has no throttles.
      if (!hasCode(error, KafkaError.UNKNOWN_TOPIC_OR_PARTITION)) throw error;
    }
  }
}
