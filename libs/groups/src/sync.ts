import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { Draft, SyncGroupRequest, SyncGroupResponse } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import { type ClassicMember, copyBytes } from "./classic-member";
import { syncConsumerGroup } from "./consumer/classic-members";
import type { GroupState } from "./group-state";
import { startRebalance } from "./rebalance";
import type { Step } from "./step";
import { sessionKey, syncKey } from "./timer-key";

/**
 * SyncGroup, versions 0–5: the leader brings everyone's assignment, the others fetch theirs. The assignment is recorded,
 * so that a generation survives its coordinator; everyone is answered when the record is committed.
 * v3 instance ids, v5 protocol type and name are checked (KIP-559).
 * Source: GroupMetadataManager.classicGroupSync, expirePendingSync.
 */
export function sync(state: GroupState, call: CallId, { body }: { body: SyncGroupRequest }, step: Step): void {
  const consumerGroup = state.consumerGroups.get(body.groupId);
  if (consumerGroup !== undefined) return syncConsumerGroup(state, consumerGroup, call, body, step);
  const group = state.groups.get(body.groupId);
  const errorCode = body.groupId === "" ? KafkaError.INVALID_GROUP_ID : checkSync(group, body);
  if (group === undefined || errorCode !== KafkaError.NONE) return step.answer("sync", call, { errorCode });
  const member = group.members.get(body.memberId) as ClassicMember;

  group.pendingSync.delete(member.memberId);
  if (group.pendingSync.size === 0) step.cancel(syncKey(group.groupId));
  if (group.state === "Stable") return step.answer("sync", call, syncReply(group, member.assignment));

  group.put({ ...member, awaitingSync: call });
  if (group.leaderId === member.memberId) assign(group, body, step);
}

/** The members that never asked for their assignment are gone; the others need a generation without them. */
export function onSyncTimer(state: GroupState, group: ClassicGroup, step: Step): void {
  const missing = [...group.pendingSync];
  const generationRuns = group.state === "CompletingRebalance" || group.state === "Stable";
  if (!generationRuns || missing.length === 0) return;
  for (const memberId of missing) {
    group.remove(memberId);
    step.cancel(sessionKey(group.groupId, memberId));
    step.report({ event: "member removed", groupId: group.groupId, memberId, reason: "sent no SyncGroup in time" });
  }
  startRebalance(group, state.config, step, `members without SyncGroup were removed: ${missing.join(", ")}`);
}

function assign(group: ClassicGroup, body: SyncGroupRequest, step: Step): void {
  const assignments = new Map<string, Uint8Array>();
  for (const { memberId, assignment } of body.assignments) assignments.set(memberId, copyBytes(assignment));
  const { groupId, generation } = group;
  const value = group.toMetadata({ generation, assignments, nowMs: step.nowMs });
  step.record({ kind: "group", groupId, value });
  for (const recorded of value.members) {
    const member = group.members.get(recorded.memberId) as ClassicMember;
    if (member.awaitingSync === null) continue;
    step.answer("sync", member.awaitingSync, syncReply(group, recorded.assignment));
    group.put({ ...member, awaitingSync: null });
    // Sessions stand still while a member waits for us.
    step.schedule(sessionKey(groupId, member.memberId), member.sessionTimeoutMs);
  }
  const { rebalance } = group;
  step.report({
    event: "rebalance completed",
    groupId,
    generation,
    memberCount: value.members.length,
    reason: rebalance?.reason ?? "",
    tookMs: rebalance === null ? 0 : step.nowMs - rebalance.startedAtMs,
  });
}

function checkSync(group: ClassicGroup | undefined, body: SyncGroupRequest): KafkaErrorCode {
  if (group === undefined || group.state === "Empty") return KafkaError.UNKNOWN_MEMBER_ID;
  const errorCode = group.checkMember(body.memberId, body.groupInstanceId);
  if (errorCode !== KafkaError.NONE) return errorCode;
  if (body.generationId !== group.generation) return KafkaError.ILLEGAL_GENERATION;
  if (differs(body.protocolType, group.protocolType) || differs(body.protocolName, group.protocolName)) {
    return KafkaError.INCONSISTENT_GROUP_PROTOCOL;
  }
  return group.state === "PreparingRebalance" ? KafkaError.REBALANCE_IN_PROGRESS : KafkaError.NONE;
}

function differs(asked: string | null, actual: string | null): boolean {
  return asked !== null && asked !== actual;
}

function syncReply(group: ClassicGroup, assignment: Uint8Array): Draft<SyncGroupResponse> {
  return {
    errorCode: KafkaError.NONE,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    assignment,
  };
}
