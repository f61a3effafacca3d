import type { MemberProtocol } from "../classic-member";
import { sameProtocols } from "../classic-member";
import { type Assignment, NO_PARTITIONS, sameAssignment } from "./assignment";

/** Epoch in a heartbeat of a member that joins, or begins anew after it was fenced. */
export const JOIN_EPOCH = 0;
/** Epoch in a heartbeat of a member that leaves for good. */
export const LEAVE_EPOCH = -1;
/** Epoch in a heartbeat of a static member that will be back; also its epoch in the group until then. */
export const STATIC_LEAVE_EPOCH = -2;

/**
 * How far a member is on its way to its target assignment.
 * - Stable: it has all of it.
 * - UnrevokedPartitions: it has partitions to give up first, and stays in its epoch until it said so.
 * - UnreleasedPartitions: it is in the newest epoch and waits for partitions that others have not given up.
 * - Unknown: written by a later release; the member has to join anew.
 * Source: MemberState of Kafka's group coordinator.
 */
export type MemberState = "Stable" | "UnrevokedPartitions" | "UnreleasedPartitions" | "Unknown";

/** What a member that speaks the classic protocol brought along (JoinGroup). */
export interface ClassicFacts {
  readonly sessionTimeoutMs: number;
  readonly protocols: readonly MemberProtocol[];
}

/** What a member said about itself; one record. */
export interface MemberFacts {
  /** `group.instance.id` of a static member. */
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Sorted, each once. */
  readonly subscribedTopicNames: readonly string[];
  /** RE2 syntax, matches whole topic names; empty for none. */
  readonly subscribedTopicRegex: string;
  /** How long it may take to give up partitions. */
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | null;
  /** Null for a member that speaks the consumer protocol. */
  readonly classic: ClassicFacts | null;
}

/** What a member holds; another record, written far more often. */
export interface MemberProgress {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: MemberState;
  /** What it may work on. */
  readonly assigned: Assignment;
  /** What it must give up; nobody else gets it before. */
  readonly pendingRevocation: Assignment;
}

/** A member of a consumer group. Immutable: a change is a new object in the group's map. */
export interface ConsumerMember extends MemberFacts, MemberProgress {
  readonly memberId: string;
}

export const NEW_FACTS: MemberFacts = {
  instanceId: null,
  rackId: null,
  clientId: "",
  clientHost: "",
  subscribedTopicNames: [],
  subscribedTopicRegex: "",
  rebalanceTimeoutMs: -1,
  serverAssignor: null,
  classic: null,
};

export const NEW_PROGRESS: MemberProgress = {
  memberEpoch: 0,
  previousMemberEpoch: 0,
  state: "Stable",
  assigned: NO_PARTITIONS,
  pendingRevocation: NO_PARTITIONS,
};

/** A member that nobody knows yet. */
export function newMember(memberId: string): ConsumerMember {
  return { memberId, ...NEW_FACTS, ...NEW_PROGRESS };
}

export function factsOf(member: ConsumerMember): MemberFacts {
  const { instanceId, rackId, clientId, clientHost, subscribedTopicNames } = member;
  const { subscribedTopicRegex, rebalanceTimeoutMs, serverAssignor, classic } = member;
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    rebalanceTimeoutMs,
    serverAssignor,
    classic,
  };
}

export function progressOf(member: ConsumerMember): MemberProgress {
  const { memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation } = member;
  return { memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation };
}

export function sameFacts(a: MemberFacts, b: MemberFacts): boolean {
  return (
    a.instanceId === b.instanceId &&
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    a.subscribedTopicRegex === b.subscribedTopicRegex &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
    a.serverAssignor === b.serverAssignor &&
    sameNames(a.subscribedTopicNames, b.subscribedTopicNames) &&
    sameClassic(a.classic, b.classic)
  );
}

export function sameProgress(a: MemberProgress, b: MemberProgress): boolean {
  return (
    a.memberEpoch === b.memberEpoch &&
    a.previousMemberEpoch === b.previousMemberEpoch &&
    a.state === b.state &&
    sameAssignment(a.assigned, b.assigned) &&
    sameAssignment(a.pendingRevocation, b.pendingRevocation)
  );
}

/** Whether nothing is left to do for the member at this epoch of the target. */
export function isReconciledTo(member: ConsumerMember, targetEpoch: number): boolean {
  return member.state === "Stable" && member.memberEpoch === targetEpoch;
}

export function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, i) => name === b[i]));
}

export function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

function sameClassic(a: ClassicFacts | null, b: ClassicFacts | null): boolean {
  if (a === null || b === null) return a === b;
  return a.sessionTimeoutMs === b.sessionTimeoutMs && sameProtocols(a.protocols, b.protocols);
}
