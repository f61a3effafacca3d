import type { Uuid } from "@moldau/base";
import type { Assignment } from "../assignment";
import { type Assignor, type AssignorMember, compare } from "./assignor";

/**
 * Each topic's partitions as contiguous ranges over its subscribers, who stand in one order for all topics: topics with the
 * same number of partitions and the same subscribers are divided alike, so that they can be joined. Static members come
 * first, by instance id, and so keep their place when they restart.
 * Source: RangeAssignor of Kafka's group coordinator (not rack-aware, as there).
 */
export const range: Assignor = ({ members, partitionCounts }) => {
  const ordered = [...members].sort(byInstanceThenMember);
  const result = new Map<string, Map<Uuid, readonly number[]>>();
  for (const [topicId, count] of partitionCounts) {
    const subscribers = ordered.filter((member) => member.topicIds.has(topicId));
    if (subscribers.length === 0) continue;
    const quota = Math.floor(count / subscribers.length);
    const extra = count % subscribers.length;
    let next = 0;
    for (const [i, { memberId }] of subscribers.entries()) {
      const partitions = Array.from({ length: quota + (i < extra ? 1 : 0) }, (_, at) => next + at);
      next += partitions.length;
      if (partitions.length > 0) take(result, memberId, topicId, partitions);
    }
  }
  return result;
};

function take(
  result: Map<string, Map<Uuid, readonly number[]>>,
  memberId: string,
  topicId: Uuid,
  partitions: readonly number[],
): void {
  const assignment = result.get(memberId) ?? new Map<Uuid, readonly number[]>();
  assignment.set(topicId, partitions);
  result.set(memberId, assignment satisfies Assignment);
}

function byInstanceThenMember(a: AssignorMember, b: AssignorMember): number {
  if (a.instanceId !== null && b.instanceId !== null) return compare(a.instanceId, b.instanceId);
  if (a.instanceId !== null || b.instanceId !== null) return a.instanceId === null ? 1 : -1;
  return compare(a.memberId, b.memberId);
}
