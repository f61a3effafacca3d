import type { TopicPartitions } from "./transaction-record";

/** All of both, topics in order of their names, partitions ascending. The first itself where the second adds nothing. */
export function union(a: readonly TopicPartitions[], b: readonly TopicPartitions[]): readonly TopicPartitions[] {
  const sets = setsOf(a);
  let added = false;
  for (const { topic, partitions } of b) {
    for (const partition of partitions) {
      const set = sets.get(topic);
      if (set === undefined) sets.set(topic, new Set([partition]));
      else if (set.has(partition)) continue;
      else set.add(partition);
      added = true;
    }
  }
  return added ? listOf(sets) : a;
}

/** What the first has and the second has not; the first itself where they have nothing in common. */
export function without(a: readonly TopicPartitions[], b: readonly TopicPartitions[]): readonly TopicPartitions[] {
  const sets = setsOf(a);
  let removed = false;
  for (const { topic, partitions } of b) {
    const set = sets.get(topic);
    if (set === undefined) continue;
    for (const partition of partitions) if (set.delete(partition)) removed = true;
    if (set.size === 0) sets.delete(topic);
  }
  return removed ? listOf(sets) : a;
}

export function has(all: readonly TopicPartitions[], topic: string, partition: number): boolean {
  return all.find((item) => item.topic === topic)?.partitions.includes(partition) ?? false;
}

export function countOf(all: readonly TopicPartitions[]): number {
  return all.reduce((count, { partitions }) => count + partitions.length, 0);
}

function setsOf(all: readonly TopicPartitions[]): Map<string, Set<number>> {
  return new Map(all.map(({ topic, partitions }) => [topic, new Set(partitions)]));
}

function listOf(sets: ReadonlyMap<string, ReadonlySet<number>>): TopicPartitions[] {
  return [...sets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([topic, partitions]) => ({ topic, partitions: [...partitions].sort((a, b) => a - b) }));
}
