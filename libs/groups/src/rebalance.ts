import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { Draft, JoinGroupResponse } from "@moldau/protocol";
import type { ClassicGroup } from "./classic-group";
import { type ClassicMember, metadataFor } from "./classic-member";
import type { GroupConfig } from "./group-config";
import type { Step } from "./step";
import { subscribedTopics } from "./subscribed-topics";
import { joinKey, sessionKey, syncKey } from "./timer-key";

/**
 * A rebalance, from its cause to the members' JoinGroup answers; `sync.ts` has the rest.
 * Source: GroupMetadataManager.prepareRebalance, completeClassicGroupJoin and what is around them (KIP-134 for the initial
 * delay).
 */

/** Least time until it is looked again whether a member came back. */
const NOBODY_JOINED_PAUSE_MS = 1_000;

/** The members have to join anew if the group is in a state to do so; if it already does, it may be complete now. */
export function rebalanceOrCompleteJoin(group: ClassicGroup, config: GroupConfig, step: Step, reason: string): void {
  if (group.state === "PreparingRebalance") completeJoinIfAllJoined(group, step);
  else startRebalance(group, config, step, reason);
}

export function startRebalance(group: ClassicGroup, config: GroupConfig, step: Step, reason: string): void {
  if (group.state === "CompletingRebalance") refuseAwaitingSync(group, step, KafkaError.REBALANCE_IN_PROGRESS);
  group.pendingSync.clear();
  step.cancel(syncKey(group.groupId));
  step.report({ event: "rebalance started", groupId: group.groupId, generation: group.generation, reason });

  const initial = group.state === "Empty";
  group.moveTo("PreparingRebalance", step.nowMs);
  group.change({ rebalance: group.rebalance ?? { reason, startedAtMs: step.nowMs } });
  if (initial) {
    // More members are on their way as a rule: one delay now saves many rebalances.
    group.change({ newMemberAdded: false });
    step.schedule(joinKey(group.groupId), config.groupInitialRebalanceDelayMs);
  } else if (group.allMembersJoined) completeJoin(group, step);
  else step.schedule(joinKey(group.groupId), group.rebalanceTimeoutMs);
}

/** The initial delay or the rebalance timeout is over. */
export function onJoinTimer(group: ClassicGroup, config: GroupConfig, step: Step): void {
  if (group.state !== "PreparingRebalance") return;
  if (group.previousState === "Empty" && group.newMemberAdded) {
    const startedAtMs = group.rebalance?.startedAtMs ?? step.nowMs;
    const remainingMs = startedAtMs + group.rebalanceTimeoutMs - step.nowMs;
    if (remainingMs > 0) {
      group.change({ newMemberAdded: false });
      step.schedule(joinKey(group.groupId), Math.min(config.groupInitialRebalanceDelayMs, remainingMs));
      return;
    }
  }
  completeJoin(group, step);
}

/** Ends the join phase early when nobody is missing. The initial delay is always waited for. */
export function completeJoinIfAllJoined(group: ClassicGroup, step: Step): void {
  if (group.state !== "PreparingRebalance" || group.previousState === "Empty") return;
  if (group.allMembersJoined) completeJoin(group, step);
}

/** The join phase ends: a new generation of those who came; static members stay even when they did not. */
export function completeJoin(group: ClassicGroup, step: Step): void {
  const { groupId } = group;
  step.cancel(joinKey(groupId));
  const removed: string[] = [];
  for (const member of [...group.members.values()]) {
    if (member.awaitingJoin !== null || member.groupInstanceId !== null) continue;
    group.remove(member.memberId);
    step.cancel(sessionKey(groupId, member.memberId));
    removed.push(member.memberId);
  }
  if (group.members.size === 0) return becomeEmpty(group, step, removed);
  if (!electJoinedLeader(group)) {
    // Only static members that have not come back: wait for them, their sessions decide.
    step.schedule(joinKey(groupId), Math.max(group.rebalanceTimeoutMs, NOBODY_JOINED_PAUSE_MS));
    return;
  }

  const protocolName = group.selectProtocol();
  group.change({
    generation: group.generation + 1,
    protocolName,
    subscribedTopics: subscribedTopics(
      group.protocolType,
      [...group.members.values()].map((member) => metadataFor(member, protocolName)),
    ),
  });
  group.moveTo("CompletingRebalance", step.nowMs);
  group.pendingSync.clear();
  const arrivals: { memberId: string; tookMs: number }[] = [];
  const startedAtMs = group.rebalance?.startedAtMs ?? step.nowMs;
  for (const member of [...group.members.values()]) {
    if (member.awaitingJoin !== null) {
      step.answer("join", member.awaitingJoin, joinReply(group, member.memberId));
      arrivals.push({ memberId: member.memberId, tookMs: Math.max(member.joinedAtMs - startedAtMs, 0) });
    }
    group.put({ ...member, awaitingJoin: null, isNew: false });
    step.schedule(sessionKey(groupId, member.memberId), member.sessionTimeoutMs);
    group.pendingSync.add(member.memberId);
  }
  step.schedule(syncKey(groupId), group.rebalanceTimeoutMs);
  step.report({
    event: "members joined",
    groupId,
    generation: group.generation,
    protocol: protocolName,
    leaderId: group.leaderId ?? "",
    members: arrivals.sort((a, b) => a.tookMs - b.tookMs),
    removed,
  });
}

/** The answer to a member of the present generation; only the leader sees the others' metadata. */
export function joinReply(group: ClassicGroup, memberId: string): Draft<JoinGroupResponse> {
  const protocolName = group.protocolName ?? "";
  return {
    errorCode: KafkaError.NONE,
    generationId: group.generation,
    protocolType: group.protocolType,
    protocolName,
    leader: group.leaderId ?? "",
    skipAssignment: false,
    memberId,
    members: group.leaderId === memberId ? membersForLeader(group) : [],
  };
}

export function membersForLeader(group: ClassicGroup): Draft<JoinGroupResponse["members"][number]>[] {
  const protocolName = group.protocolName ?? "";
  return [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    metadata: metadataFor(member, protocolName),
  }));
}

/** Takes a member out; a call of its own that waits is told UNKNOWN_MEMBER_ID, so that a live client joins anew. */
export function dismiss(group: ClassicGroup, member: ClassicMember, step: Step, reason: string): void {
  const { groupId } = group;
  const { memberId } = member;
  if (member.awaitingJoin !== null) {
    step.answer("join", member.awaitingJoin, { memberId: "", errorCode: KafkaError.UNKNOWN_MEMBER_ID });
  }
  if (member.awaitingSync !== null) {
    step.answer("sync", member.awaitingSync, { errorCode: KafkaError.UNKNOWN_MEMBER_ID });
  }
  group.remove(memberId);
  step.cancel(sessionKey(groupId, memberId));
  step.report({ event: "member removed", groupId, memberId, reason });
}

/** Those who wait for the leader's assignment get an error instead; their old assignments no longer count. */
function refuseAwaitingSync(group: ClassicGroup, step: Step, errorCode: KafkaErrorCode): void {
  for (const member of [...group.members.values()]) {
    if (member.awaitingSync !== null) {
      step.answer("sync", member.awaitingSync, { errorCode });
      step.schedule(sessionKey(group.groupId, member.memberId), member.sessionTimeoutMs);
    }
    group.put({ ...member, awaitingSync: null, assignment: new Uint8Array(0) });
  }
}

function becomeEmpty(group: ClassicGroup, step: Step, removed: readonly string[]): void {
  const { groupId } = group;
  for (const memberId of removed) {
    step.report({ event: "member removed", groupId, memberId, reason: "did not rejoin in time" });
  }
  const generation = group.generation + 1;
  const value = group.toMetadata({ generation, assignments: "current", nowMs: step.nowMs });
  step.record({ kind: "group", groupId, value });
  step.report({ event: "group is empty", groupId, generation });
}

/** Keeps the leader if it joined, else the first member that did takes its place. False where nobody joined. */
function electJoinedLeader(group: ClassicGroup): boolean {
  const leader = group.leaderId === null ? undefined : group.members.get(group.leaderId);
  if (leader !== undefined && leader.awaitingJoin !== null) return true;
  for (const member of group.members.values()) {
    if (member.awaitingJoin === null) continue;
    group.change({ leaderId: member.memberId });
    return true;
  }
  return false;
}
