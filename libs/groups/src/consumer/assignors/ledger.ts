import { assert, type Uuid } from "@moldau/base";
import { type Assignment, assignmentOf } from "../assignment";
import { type AssignorInput, type AssignorMember, byMemberId, compare } from "./assignor";

/** Nobody. */
export const NOBODY = -1;

/**
 * Who has which partition while an assignor works, and how many each member has. Members are named by their index, in order of
 * their ids. Begins with what may stay: what a member had and still subscribes to and still exists, each partition once.
 */
export class Ledger {
  readonly members: readonly AssignorMember[];
  /** Partitions of each member. */
  readonly loads: number[];
  /** Topics in order of their ids. */
  readonly topicIds: readonly Uuid[];
  /** Owner by partition. */
  private readonly ownersOf = new Map<Uuid, number[]>();
  private readonly subscribersOf = new Map<Uuid, number[]>();

  constructor({ members, partitionCounts }: AssignorInput) {
    this.members = byMemberId(members);
    this.loads = this.members.map(() => 0);
    for (const [index, { topicIds }] of this.members.entries()) {
      for (const topicId of topicIds) {
        const subscribers = this.subscribersOf.get(topicId);
        if (subscribers === undefined) this.subscribersOf.set(topicId, [index]);
        else subscribers.push(index);
      }
    }
    this.topicIds = [...this.subscribersOf.keys()].filter((id) => partitionCounts.has(id)).sort(compare);
    for (const topicId of this.topicIds) {
      this.ownersOf.set(topicId, new Array<number>(partitionCounts.get(topicId) ?? 0).fill(NOBODY));
    }
    for (const [index, { topicIds, previous }] of this.members.entries()) {
      for (const [topicId, partitions] of previous) {
        const owners = topicIds.has(topicId) ? this.ownersOf.get(topicId) : undefined;
        if (owners === undefined) continue;
        for (const partition of partitions) if (owners[partition] === NOBODY) this.give(topicId, partition, index);
      }
    }
  }

  /** Partition owners of a topic, in order of the partitions. */
  owners(topicId: Uuid): readonly number[] {
    return this.ownersOf.get(topicId) ?? [];
  }

  subscribers(topicId: Uuid): readonly number[] {
    return this.subscribersOf.get(topicId) ?? [];
  }

  load(index: number): number {
    return this.loads[index] ?? 0;
  }

  /** Gives a partition to a member, or to nobody; whoever had it has it no longer. */
  give(topicId: Uuid, partition: number, index: number): void {
    const owners = this.ownersOf.get(topicId);
    const former = owners?.[partition];
    assert(owners !== undefined && former !== undefined, `partition ${partition} of topic ${topicId} does not exist`);
    if (former !== NOBODY) this.loads[former] = this.load(former) - 1;
    if (index !== NOBODY) this.loads[index] = this.load(index) + 1;
    owners[partition] = index;
  }

  toAssignments(): ReadonlyMap<string, Assignment> {
    const lists = this.members.map(() => new Map<Uuid, number[]>());
    for (const [topicId, owners] of this.ownersOf) {
      for (const [partition, owner] of owners.entries()) {
        const topics = lists[owner];
        if (topics === undefined) continue;
        const partitions = topics.get(topicId);
        if (partitions === undefined) topics.set(topicId, [partition]);
        else partitions.push(partition);
      }
    }
    return new Map(
      this.members.map(({ memberId }, index) => [
        memberId,
        assignmentOf([...(lists[index] ?? [])].map(([topicId, partitions]) => ({ topicId, partitions }))),
      ]),
    );
  }
}
