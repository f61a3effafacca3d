import type { Uuid } from "@moldau/base";
import type { Assignment } from "../assignment";
import type { AssignorInput, AssignorMember } from "./assignor";

/** Racks of the replicas of each partition of a topic. */
export type PartitionRacks = readonly (readonly string[])[];

const NOWHERE: readonly string[] = [];

/** Where partitions have replicas, as far as that is to be minded: undefined where no rack of a member has any. */
export function racksToMind({ members, partitionRacks }: AssignorInput): Racks | undefined {
  if (partitionRacks === undefined) return undefined;
  const named = new Set<string>();
  for (const { rackId } of members) if (rackId !== null) named.add(rackId);
  for (const partitions of partitionRacks.values()) {
    for (const racks of new Set(partitions))
      if (racks.some((rack) => named.has(rack))) return new Racks(partitionRacks);
  }
  return undefined;
}

export class Racks {
  constructor(private readonly partitionRacks: ReadonlyMap<Uuid, PartitionRacks>) {}

  of(topicId: Uuid, partition: number): readonly string[] {
    return this.partitionRacks.get(topicId)?.[partition] ?? NOWHERE;
  }

  /** Whether the partition has a replica in the member's rack. */
  isLocal({ rackId }: AssignorMember, topicId: Uuid, partition: number): boolean {
    return rackId !== null && this.of(topicId, partition).includes(rackId);
  }

  /** How many partitions are with a member in a rack of theirs. */
  countLocal(members: readonly AssignorMember[], assignments: ReadonlyMap<string, Assignment>): number {
    let count = 0;
    for (const member of members) {
      for (const [topicId, partitions] of assignments.get(member.memberId) ?? []) {
        for (const partition of partitions) if (this.isLocal(member, topicId, partition)) count++;
      }
    }
    return count;
  }
}
