import type { Admin } from "@moldau/client";

/** The keys of KIP-73, as Kafka's own tool sets them. */
const RATES = ["leader.replication.throttled.rate", "follower.replication.throttled.rate"] as const;
const SOURCES = "leader.replication.throttled.replicas";
const TARGETS = "follower.replication.throttled.replicas";

export interface ThrottledMove {
  topic: string;
  partition: number;
  from: readonly number[];
  to: readonly number[];
}

/**
 * Lets what these moves copy take at most so many bytes a second, into each broker and out of each; other replication is not
 * slowed down. What was set under these keys before is replaced.
 */
export async function throttleMoves(admin: Admin, moves: readonly ThrottledMove[], bytesPerS: number): Promise<void> {
  const copied = moves.filter(({ from, to }) => to.some((id) => !from.includes(id)));
  for (const id of brokersOf(copied)) {
    await admin.alterConfigs(
      { type: "broker", name: String(id) },
      Object.fromEntries(RATES.map((key) => [key, String(bytesPerS)])),
    );
  }
  for (const topic of topicsOf(copied)) {
    const mine = copied.filter((move) => move.topic === topic);
    const list = (ids: (move: ThrottledMove) => readonly number[]) =>
      mine.flatMap((move) => ids(move).map((id) => `${move.partition}:${id}`)).join(",");
    await admin.alterConfigs(
      { type: "topic", name: topic },
      { [SOURCES]: list(({ from }) => from), [TARGETS]: list(({ from, to }) => to.filter((id) => !from.includes(id))) },
    );
  }
}

/** Takes the throttle of such moves away. */
export async function unthrottle(
  admin: Admin,
  { brokers, topics }: { brokers: Iterable<number>; topics: Iterable<string> },
): Promise<void> {
  for (const id of brokers) {
    await admin.alterConfigs({ type: "broker", name: String(id) }, Object.fromEntries(RATES.map((key) => [key, null])));
  }
  for (const name of topics) await admin.alterConfigs({ type: "topic", name }, { [SOURCES]: null, [TARGETS]: null });
}

export function brokersOf(moves: readonly ThrottledMove[]): number[] {
  return [...new Set(moves.flatMap(({ from, to }) => [...from, ...to]))].sort((a, b) => a - b);
}

export function topicsOf(moves: readonly ThrottledMove[]): string[] {
  return [...new Set(moves.map(({ topic }) => topic))].sort();
}
