import type { GroupState } from "../group-state";
import type { Step } from "../step";
import type { GroupTimer } from "../timer-key";
import type { ConsumerGroup } from "./consumer-group";
import type { ConsumerMember } from "./consumer-member";
import { removeMembers } from "./remove-members";

/** A timer of a member ran out; those of a classic group that was here before mean nothing any more. */
export function onConsumerTimer(state: GroupState, group: ConsumerGroup, timer: GroupTimer, step: Step): void {
  if (!("memberId" in timer)) return;
  const member = group.members.get(timer.memberId);
  const reason = member === undefined ? undefined : reasonToRemove(member, timer.timer);
  if (member !== undefined && reason !== undefined) removeMembers(state, group, [{ member, reason }], step);
}

function reasonToRemove(member: ConsumerMember, timer: GroupTimer["timer"]): string | undefined {
  switch (timer) {
    case "session":
      return "no heartbeat within its session";
    case "revoke":
      // Others wait for what it still holds.
      if (member.state !== "UnrevokedPartitions") return undefined;
      return `did not give up its partitions within ${member.rebalanceTimeoutMs} ms`;
    case "classic join":
      return member.classic === null ? undefined : `did not join again within ${member.rebalanceTimeoutMs} ms`;
    case "classic sync":
      return member.classic === null ? undefined : `sent no SyncGroup within ${member.rebalanceTimeoutMs} ms`;
    default:
      return undefined;
  }
}
