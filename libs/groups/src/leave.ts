import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { Draft, LeaveGroupRequest, LeaveGroupResponse } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import type { ClassicMember } from "./classic-member";
import { leaveConsumerGroup } from "./consumer/classic-members";
import type { GroupCalls } from "./group-calls";
import type { GroupState } from "./group-state";
import { completeJoinIfAllJoined, dismiss, rebalanceOrCompleteJoin } from "./rebalance";
import type { Step } from "./step";
import { sessionKey } from "./timer-key";

type Leaving = LeaveGroupRequest["members"][number];

const SEVERAL_SINCE_VERSION = 3;

/**
 * LeaveGroup, versions 0–5: members go, by their own wish or by an administrator's, who names static members by their
 * instance id alone. v3 several at once (KIP-345), v5 reasons (KIP-800).
 * Source: GroupMetadataManager.classicGroupLeave.
 */
export function leave(state: GroupState, call: CallId, ask: GroupCalls["leave"]["ask"], step: Step): void {
  const { body, caller } = ask;
  const group = state.groups.get(body.groupId);
  if (body.groupId === "") return step.answer("leave", call, { errorCode: KafkaError.INVALID_GROUP_ID });

  const leaving: Pick<Leaving, "memberId" | "groupInstanceId" | "reason">[] =
    caller.apiVersion >= SEVERAL_SINCE_VERSION
      ? body.members
      : [{ memberId: body.memberId, groupInstanceId: null, reason: null }];
  const consumerGroup = state.consumerGroups.get(body.groupId);
  if (consumerGroup !== undefined) {
    const members = leaveConsumerGroup(state, consumerGroup, leaving, step);
    return step.answer("leave", call, leaveReply(members, caller.apiVersion));
  }
  if (group === undefined) return step.answer("leave", call, noneIsMember(leaving, caller.apiVersion));
  const countBefore = group.members.size;
  const members = leaving.map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    errorCode: leaveOne(group, member, step),
  }));
  if (group.members.size < countBefore) {
    const left = members.filter((member) => member.errorCode === KafkaError.NONE);
    const who = left.map((member) => member.memberId || `instance ${member.groupInstanceId}`).join(", ");
    rebalanceOrCompleteJoin(group, state.config, step, `left: ${who}`);
  } else completeJoinIfAllJoined(group, step);
  if (group.isBlank && !state.hasOffsets(group.groupId)) state.groups.delete(group.groupId);
  step.answer("leave", call, leaveReply(members, caller.apiVersion));
}

function leaveReply(
  members: { memberId: string; groupInstanceId: string | null; errorCode: KafkaErrorCode }[],
  apiVersion: number,
): Draft<LeaveGroupResponse> {
  return apiVersion >= SEVERAL_SINCE_VERSION ? { members } : { errorCode: members[0]?.errorCode ?? KafkaError.NONE };
}

function noneIsMember(
  leaving: readonly Pick<Leaving, "memberId" | "groupInstanceId">[],
  apiVersion: number,
): GroupCalls["leave"]["reply"] {
  const errorCode = KafkaError.UNKNOWN_MEMBER_ID;
  if (apiVersion < SEVERAL_SINCE_VERSION) return { errorCode };
  return { members: leaving.map(({ memberId, groupInstanceId }) => ({ memberId, groupInstanceId, errorCode })) };
}

function leaveOne(
  group: ClassicGroup,
  { memberId, groupInstanceId, reason }: Pick<Leaving, "memberId" | "groupInstanceId" | "reason">,
  step: Step,
): KafkaErrorCode {
  let leavingId = memberId;
  if (memberId === "") {
    const staticId = groupInstanceId === null ? undefined : group.staticMemberId(groupInstanceId);
    if (staticId === undefined) return KafkaError.UNKNOWN_MEMBER_ID;
    leavingId = staticId;
  } else if (group.pendingJoin.has(memberId)) {
    group.remove(memberId);
    step.cancel(sessionKey(group.groupId, memberId));
    return KafkaError.NONE;
  } else {
    const errorCode = group.checkMember(memberId, groupInstanceId);
    if (errorCode !== KafkaError.NONE) return errorCode;
  }
  const why = reason === null || reason === "" ? "left" : `left; client: ${reason}`;
  dismiss(group, group.members.get(leavingId) as ClassicMember, step, why);
  return KafkaError.NONE;
}
