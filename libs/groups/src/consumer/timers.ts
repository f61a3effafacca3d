import type { GroupState } from "../group-state";
import type { Step } from "../step";
import { classicJoinKey, classicSyncKey, revokeKey, sessionKey } from "../timer-key";
import type { ConsumerGroup } from "./consumer-group";
import type { ConsumerMember } from "./consumer-member";

/** A sign of life. Members of the classic protocol bring their own session timeout. */
export function keepConsumerSession(state: GroupState, groupId: string, member: ConsumerMember, step: Step): void {
  const timeoutMs =
    member.classic?.sessionTimeoutMs ??
    state.cluster.overrides(groupId).consumerSessionTimeoutMs ??
    state.config.groupConsumerSessionTimeoutMs;
  step.schedule(sessionKey(groupId, member.memberId), timeoutMs);
}

/** From here on the member has its rebalance timeout to give up partitions. */
export function awaitRevocation(groupId: string, member: ConsumerMember, step: Step): void {
  if (member.classic !== null) return;
  const key = revokeKey(groupId, member.memberId);
  if (member.state === "UnrevokedPartitions") step.schedule(key, member.rebalanceTimeoutMs);
  else step.cancel(key);
}

export function cancelConsumerTimers(groupId: string, memberId: string, step: Step): void {
  step.cancel(sessionKey(groupId, memberId));
  step.cancel(revokeKey(groupId, memberId));
  step.cancel(classicJoinKey(groupId, memberId));
  step.cancel(classicSyncKey(groupId, memberId));
}

/** Sessions of a group that was loaded begin anew: heartbeats went nowhere while the shard had no owner. */
export function scheduleLoaded(state: GroupState, group: ConsumerGroup, step: Step): void {
  for (const member of group.members.values()) {
    keepConsumerSession(state, group.groupId, member, step);
    awaitRevocation(group.groupId, member, step);
  }
}
