import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { HeartbeatRequest } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import type { ClassicMember } from "./classic-member";
import { heartbeatConsumerGroup } from "./consumer/classic-members";
import type { GroupState } from "./group-state";
import { completeJoinIfAllJoined, dismiss, rebalanceOrCompleteJoin } from "./rebalance";
import type { Step } from "./step";
import { sessionKey } from "./timer-key";

/**
 * Heartbeat, versions 0–4: keeps the session and tells of a rebalance.
 * Source: GroupMetadataManager.classicGroupHeartbeat, expireClassicGroupMemberHeartbeat.
 */
export function heartbeat(state: GroupState, call: CallId, { body }: { body: HeartbeatRequest }, step: Step): void {
  const consumerGroup = state.consumerGroups.get(body.groupId);
  if (consumerGroup !== undefined) return heartbeatConsumerGroup(state, consumerGroup, call, body, step);
  const group = state.groups.get(body.groupId);
  step.answer("heartbeat", call, { errorCode: check(group, body, step) });
}

function check(group: ClassicGroup | undefined, body: HeartbeatRequest, step: Step): KafkaErrorCode {
  if (body.groupId === "") return KafkaError.INVALID_GROUP_ID;
  if (group === undefined) return KafkaError.UNKNOWN_MEMBER_ID;
  const errorCode = group.checkMember(body.memberId, body.groupInstanceId);
  if (errorCode !== KafkaError.NONE) return errorCode;
  if (body.generationId !== group.generation) return KafkaError.ILLEGAL_GENERATION;
  if (group.state === "Empty") return KafkaError.UNKNOWN_MEMBER_ID;
  keepSession(group, body.memberId, step);
  return group.state === "PreparingRebalance" ? KafkaError.REBALANCE_IN_PROGRESS : KafkaError.NONE;
}

/** A sign of life of a member that is in the group. */
export function keepSession(group: ClassicGroup, memberId: string, step: Step): void {
  const member = group.members.get(memberId);
  if (member !== undefined) step.schedule(sessionKey(group.groupId, memberId), member.sessionTimeoutMs);
}

/** No sign of life for a session's length. Who waits for our answer is alive, unless it never got one. */
export function onSessionTimer(state: GroupState, group: ClassicGroup, memberId: string, step: Step): void {
  if (group.pendingJoin.has(memberId)) {
    group.remove(memberId);
    if (group.isBlank && !state.hasOffsets(group.groupId)) state.groups.delete(group.groupId);
    else completeJoinIfAllJoined(group, step);
    return;
  }
  const member = group.members.get(memberId);
  if (member === undefined) return;
  const waits = member.awaitingJoin !== null || member.awaitingSync !== null;
  if (waits && !member.isNew) return;
  dismiss(group, member, step, describeExpiry(member));
  rebalanceOrCompleteJoin(group, state.config, step, `member ${memberId} failed: no heartbeat within its session`);
}

function describeExpiry(member: ClassicMember): string {
  return member.isNew ? "its first JoinGroup took too long" : `no heartbeat for ${member.sessionTimeoutMs} ms`;
}
