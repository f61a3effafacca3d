import type { Uuid } from "@moldau/base";
import type { Assignment } from "../assignment";
import type { PartitionRacks } from "./racks";

/** A member as assignors see it. */
export interface AssignorMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** Where it is; null: it does not say. */
  readonly rackId: string | null;
  /** Existing topics that it subscribes to. */
  readonly topicIds: ReadonlySet<Uuid>;
  /** What it was to have before; may name partitions that are no longer there. */
  readonly previous: Assignment;
}

/** Members and the partition counts of all topics that they subscribe to. */
export interface AssignorInput {
  readonly members: readonly AssignorMember[];
  readonly partitionCounts: ReadonlyMap<Uuid, number>;
  /** Undefined where racks are not to be minded, as when no member names one. */
  readonly partitionRacks?: ReadonlyMap<Uuid, PartitionRacks> | undefined;
}

/** Distributes every partition of the subscribed topics; members that get nothing may be missing. Pure, deterministic. */
export type Assignor = (input: AssignorInput) => ReadonlyMap<string, Assignment>;

/** Whether all members subscribe to the same topics. */
export function everyoneAlike(members: readonly AssignorMember[]): boolean {
  const first = members[0];
  if (first === undefined) return true;
  return members.every(
    ({ topicIds }) => topicIds.size === first.topicIds.size && [...topicIds].every((id) => first.topicIds.has(id)),
  );
}

/** Members in an order that does not depend on who came when. */
export function byMemberId(members: readonly AssignorMember[]): AssignorMember[] {
  return [...members].sort((a, b) => compare(a.memberId, b.memberId));
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
