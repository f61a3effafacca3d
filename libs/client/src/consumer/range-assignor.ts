import { groupBy } from "../group-by";
import type { TopicPartitions } from "./consumer-protocol";

/** The name under which members agree on it. */
export const RANGE = "range";

/**
 * Each topic's partitions in order, cut into as many runs as there are members that want it; the first members get one
 * more where it does not come out even. Members stand in the order of their ids.
 * Source: org.apache.kafka.clients.consumer.RangeAssignor, without racks.
 */
export function assignRanges(
  members: readonly { memberId: string; topics: readonly string[] }[],
  partitionCounts: ReadonlyMap<string, number>,
): Map<string, TopicPartitions[]> {
  const assignments = new Map<string, TopicPartitions[]>(members.map(({ memberId }) => [memberId, []]));
  const wishes = members.flatMap(({ memberId, topics }) => [...new Set(topics)].map((topic) => ({ memberId, topic })));
  for (const [topic, wanting] of groupBy(wishes, (wish) => wish.topic)) {
    const count = partitionCounts.get(topic) ?? 0;
    const memberIds = wanting.map(({ memberId }) => memberId).sort((a, b) => (a < b ? -1 : 1));
    const each = Math.floor(count / memberIds.length);
    const extra = count % memberIds.length;
    let next = 0;
    memberIds.forEach((memberId, index) => {
      const length = each + (index < extra ? 1 : 0);
      if (length === 0) return;
      const partitions = Array.from({ length }, (_, i) => next + i);
      next += length;
      assignments.get(memberId)!.push({ topic, partitions });
    });
  }
  return assignments;
}
