import type { Batch } from "./batches";
import { WireConnection } from "./connection";
import { produceFrame } from "./requests";
import type { Topic } from "./topics";

/** One connection of a producer, and the requests that go over it in turn. */
export interface Lane {
  connection: WireConnection;
  requests: readonly { frame: Buffer; partitions: readonly number[] }[];
  acks: number;
}

export interface LanePlan {
  /** In all, at least one to each leader; at most one for each partition. */
  connections: number;
  partitionsPerRequest: number;
  acks: number;
  onFailure?: (error: Error) => void;
}

/** Items in `count` shares, the n-th item in share n modulo count; none is empty. */
export function shares<T>(items: readonly T[], count: number): T[][] {
  const lists: T[][] = Array.from({ length: Math.min(count, items.length) }, () => []);
  for (const [i, item] of items.entries()) lists[i % lists.length]!.push(item);
  return lists;
}

/** Items in a row, `size` at a time. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** How many connections each leader gets. */
export const connectionsPerLeader = (connections: number, leaders: number): number =>
  Math.max(1, Math.round(connections / leaders));

/** Opens a producer's connections and encodes its requests once. */
export async function openLanes(topic: Topic, batch: Batch, plan: LanePlan): Promise<Lane[]> {
  const lanes: Lane[] = [];
  for (const [address, partitions] of topic.leaders) {
    for (const own of shares(partitions, connectionsPerLeader(plan.connections, topic.leaders.size))) {
      const requests = chunks(own, plan.partitionsPerRequest).map((list) => ({
        frame: produceFrame(topic.name, list, batch.bytes, plan.acks),
        partitions: list,
      }));
      lanes.push({ connection: await WireConnection.open(address, plan.onFailure), requests, acks: plan.acks });
    }
  }
  return lanes;
}

export function closeLanes(lanes: readonly Lane[]): void {
  for (const { connection } of lanes) connection.close();
}
