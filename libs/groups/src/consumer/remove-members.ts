import type { GroupState } from "../group-state";
import type { Step } from "../step";
import { downgrade, downgradeAllowed } from "./migrate";
import type { ConsumerGroup } from "./consumer-group";
import type { ConsumerMember } from "./consumer-member";
import { writeRemoval } from "./member-steps";
import { refresh } from "./refresh";
import { cancelConsumerTimers } from "./timers";

/**
 * Members leave, or are put out. Where only members of the classic protocol remain, the group becomes a classic one.
 * Source: GroupMetadataManager.consumerGroupFenceMembers.
 */
export function removeMembers(
  state: GroupState,
  group: ConsumerGroup,
  leaving: readonly { readonly member: ConsumerMember; readonly reason: string }[],
  step: Step,
): void {
  const { groupId } = group;
  const ids = new Set(leaving.map(({ member }) => member.memberId));
  for (const { member, reason } of leaving) {
    cancelConsumerTimers(groupId, member.memberId, step);
    step.report({ event: "member removed", groupId, memberId: member.memberId, reason });
  }
  if (downgradeAllowed(state, group, ids)) return downgrade(state, group, { leaving: ids, rebalance: true }, step);
  for (const { member } of leaving) writeRemoval(state, groupId, member.memberId, step);
  refresh(state, groupId, step, reasonOf(leaving));
}

function reasonOf(leaving: readonly { readonly member: ConsumerMember; readonly reason: string }[]): string {
  return leaving.map(({ member, reason }) => `member ${member.memberId}: ${reason}`).join("; ");
}
