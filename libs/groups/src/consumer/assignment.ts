import type { Uuid } from "@moldau/base";

/** Partitions by topic id. Lists are ascending, without repetition and never empty. Immutable. */
export type Assignment = ReadonlyMap<Uuid, readonly number[]>;

/** Partitions of one topic as requests, responses and records carry them. */
export interface TopicPartitions {
  readonly topicId: Uuid;
  readonly partitions: readonly number[];
}

export const NO_PARTITIONS: Assignment = new Map();

/** Partitions from a message or a record, in order and each once; copies. */
export function assignmentOf(topics: Iterable<TopicPartitions>): Assignment {
  const sets = new Map<Uuid, Set<number>>();
  for (const { topicId, partitions } of topics) {
    let set = sets.get(topicId);
    if (set === undefined) sets.set(topicId, (set = new Set()));
    for (const partition of partitions) set.add(partition);
  }
  const assignment = new Map<Uuid, readonly number[]>();
  for (const [topicId, set] of sets) if (set.size > 0) assignment.set(topicId, ascending(set));
  return assignment;
}

export function topicPartitionsOf(assignment: Assignment): { topicId: Uuid; partitions: number[] }[] {
  return [...assignment].map(([topicId, partitions]) => ({ topicId, partitions: [...partitions] }));
}

export function sameAssignment(a: Assignment, b: Assignment): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [topicId, partitions] of a) {
    const others = b.get(topicId);
    if (others === undefined || others.length !== partitions.length) return false;
    for (let i = 0; i < partitions.length; i++) if (partitions[i] !== others[i]) return false;
  }
  return true;
}

export function countPartitions(assignment: Assignment): number {
  let count = 0;
  for (const partitions of assignment.values()) count += partitions.length;
  return count;
}

/** Whether every partition of `part` is in `whole`. */
export function isSubset(part: Assignment, whole: Assignment): boolean {
  for (const [topicId, partitions] of part) {
    const others = whole.get(topicId);
    if (others === undefined) return false;
    const has = new Set(others);
    for (const partition of partitions) if (!has.has(partition)) return false;
  }
  return true;
}

/** Whether some partition is in both. */
export function overlaps(a: Assignment, b: Assignment): boolean {
  for (const [topicId, partitions] of a) {
    const others = b.get(topicId);
    if (others === undefined) continue;
    const has = new Set(others);
    for (const partition of partitions) if (has.has(partition)) return true;
  }
  return false;
}

export function ascending(partitions: Iterable<number>): number[] {
  return [...partitions].sort((a, b) => a - b);
}
