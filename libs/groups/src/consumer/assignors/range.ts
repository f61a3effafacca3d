import type { Uuid } from "@moldau/base";
import type { Assignment } from "../assignment";
import { type Assignor, type AssignorMember, compare } from "./assignor";
import { NOBODY } from "./ledger";
import { type Racks, racksToMind } from "./racks";
import { shareByRack } from "./share-by-rack";

/**
 * Each topic's partitions as contiguous ranges over its subscribers, who stand in one order for all topics: topics with the
 * same number of partitions and the same subscribers are divided alike, so that they can be joined. Static members come
 * first, by instance id, and so keep their place when they restart.
 *
 * Where members name racks, partitions leave the ranges for a member in a rack of theirs as far as each topic stays evenly
 * divided; topics that are divided alike stay so, and a partition number counts as being in a rack if it is for all of them.
 * If no more partitions are in a rack of theirs for it, ranges stay ranges.
 * Source: RangeAssignor of Kafka's group coordinator, which does not mind racks; for racks that of its consumer (KIP-881).
 */
export const range: Assignor = (input) => {
  const { members, partitionCounts } = input;
  const ordered = [...members].sort(byInstanceThenMember);
  const racks = racksToMind(input);
  const result = new Map<string, Map<Uuid, number[]>>();
  for (const { count, subscribers, topicIds } of dividedAlike(ordered, partitionCounts)) {
    const ranges = rangesOf(count, subscribers.length);
    const owners = racks === undefined ? ranges : bringHome(ranges, subscribers, topicIds, racks);
    for (const [partition, owner] of owners.entries()) {
      const { memberId } = subscribers[owner]!;
      for (const topicId of topicIds) take(result, memberId, topicId, partition);
    }
  }
  return result satisfies ReadonlyMap<string, Assignment>;
};

interface TopicsAlike {
  readonly count: number;
  readonly subscribers: readonly AssignorMember[];
  readonly topicIds: Uuid[];
}

/** Topics by number of partitions and subscribers. */
function dividedAlike(
  ordered: readonly AssignorMember[],
  partitionCounts: ReadonlyMap<Uuid, number>,
): Iterable<TopicsAlike> {
  const subscribersOf = new Map<Uuid, number[]>();
  for (const [index, { topicIds }] of ordered.entries()) {
    for (const topicId of topicIds) {
      const subscribers = subscribersOf.get(topicId);
      if (subscribers === undefined) subscribersOf.set(topicId, [index]);
      else subscribers.push(index);
    }
  }
  const groups = new Map<string, TopicsAlike>();
  for (const [topicId, count] of partitionCounts) {
    const indexes = subscribersOf.get(topicId);
    if (indexes === undefined) continue;
    const key = `${count}:${indexes.join()}`;
    const group = groups.get(key);
    if (group !== undefined) group.topicIds.push(topicId);
    else groups.set(key, { count, subscribers: indexes.map((index) => ordered[index]!), topicIds: [topicId] });
  }
  return groups.values();
}

/** The owner of each partition, by index; the first ones have one more where it does not come out even. */
function rangesOf(count: number, memberCount: number): number[] {
  const quota = Math.floor(count / memberCount);
  const extra = count % memberCount;
  const owners: number[] = [];
  for (let index = 0; index < memberCount; index++) {
    for (let i = 0; i < quota + (index < extra ? 1 : 0); i++) owners.push(index);
  }
  return owners;
}

function bringHome(
  ranges: number[],
  subscribers: readonly AssignorMember[],
  topicIds: readonly Uuid[],
  racks: Racks,
): number[] {
  const owners = shareByRack({
    owners: ranges,
    racks: ranges.map((_, partition) => inAll(topicIds, partition, racks)),
    memberRacks: subscribers.map(({ rackId }) => rackId),
  });
  let gain = 0;
  for (const [partition, owner] of owners.entries()) {
    const former = ranges[partition] ?? NOBODY;
    if (owner === former) continue;
    for (const topicId of topicIds) {
      gain += Number(racks.isLocal(subscribers[owner]!, topicId, partition));
      gain -= Number(racks.isLocal(subscribers[former]!, topicId, partition));
    }
  }
  return gain > 0 ? owners : ranges;
}

/** Racks in which the partition of this number has a replica of every topic. */
function inAll([first, ...others]: readonly Uuid[], partition: number, racks: Racks): readonly string[] {
  if (first === undefined) return [];
  const racksOfFirst = racks.of(first, partition);
  if (others.length === 0) return racksOfFirst;
  return racksOfFirst.filter((rack) => others.every((topicId) => racks.of(topicId, partition).includes(rack)));
}

function take(result: Map<string, Map<Uuid, number[]>>, memberId: string, topicId: Uuid, partition: number): void {
  let assignment = result.get(memberId);
  if (assignment === undefined) result.set(memberId, (assignment = new Map()));
  const partitions = assignment.get(topicId);
  if (partitions === undefined) assignment.set(topicId, [partition]);
  else partitions.push(partition);
}

function byInstanceThenMember(a: AssignorMember, b: AssignorMember): number {
  if (a.instanceId !== null && b.instanceId !== null) return compare(a.instanceId, b.instanceId);
  if (a.instanceId !== null || b.instanceId !== null) return a.instanceId === null ? 1 : -1;
  return compare(a.memberId, b.memberId);
}
