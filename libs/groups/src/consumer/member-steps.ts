import type { GroupState } from "../group-state";
import type { Step } from "../step";
import type { Assignment } from "./assignment";
import type { ConsumerGroup } from "./consumer-group";
import {
  type ConsumerMember,
  factsOf,
  isReconciledTo,
  type MemberFacts,
  progressOf,
  sameFacts,
  sameNames,
  sameProgress,
} from "./consumer-member";
import { memberOrNew } from "./consumer-group";
import { reconcile } from "./reconcile";
import { consumerGroup, refresh } from "./refresh";
import { retarget } from "./retarget";
import { awaitRevocation, cancelConsumerTimers } from "./timers";
import { write } from "./write";

/** What a member says in a heartbeat or a JoinGroup that was found to be in order. */
export interface Report {
  readonly memberId: string;
  readonly facts: MemberFacts;
  /** Partitions that the member says it has; null where it did not say. */
  readonly owned: Assignment | null;
  /** For the log, for a member that is new. */
  readonly joins: string;
}

/**
 * The three parts of a heartbeat (KIP-848): the member's facts and, if its subscription changed, a new group epoch; a target
 * for a new epoch; the member's next step towards its target. Returns the member as it is then.
 * Source: GroupMetadataManager.consumerGroupHeartbeat.
 */
export function takeIn(state: GroupState, groupId: string, report: Report, step: Step): ConsumerMember {
  const { memberId, facts, owned } = report;
  const known = state.consumerGroups.get(groupId)?.members.get(memberId);
  const before = memberOrNew(state.consumerGroups.get(groupId), memberId);
  if (known === undefined || !sameFacts(known, facts)) {
    write(state, step, { kind: "consumer member", groupId, memberId, value: facts });
  }
  const group = consumerGroup(state, groupId);
  const subscribesAnew =
    !sameNames(before.subscribedTopicNames, facts.subscribedTopicNames) ||
    before.subscribedTopicRegex !== facts.subscribedTopicRegex;
  let reason: string | null = null;
  if (subscribesAnew || group.epoch === 0) {
    reason = known === undefined ? report.joins : `member ${memberId} subscribes to other topics`;
  } else if (known !== undefined && known.rackId !== facts.rackId) {
    reason = `member ${memberId} is in ${facts.rackId === null ? "no rack" : `rack ${facts.rackId}`} now`;
  }
  refresh(state, groupId, step, reason);
  if (group.epoch > group.targetEpoch) retarget(state, group, step);
  return stepForward(state, group, memberId, owned, step);
}

function stepForward(
  state: GroupState,
  group: ConsumerGroup,
  memberId: string,
  owned: Assignment | null,
  step: Step,
): ConsumerMember {
  const { groupId } = group;
  const member = memberOrNew(group, memberId);
  const next = reconcile(group, member, owned);
  if (!sameProgress(member, next)) {
    write(state, step, { kind: "consumer current", groupId, memberId, value: progressOf({ ...member, ...next }) });
  }
  const moved = memberOrNew(group, memberId);
  if (moved !== member) awaitRevocation(groupId, moved, step);
  if (isReconciledTo(moved, group.targetEpoch)) noteSettled(group, memberId, step);
  return moved;
}

/** The member has what it is to have; if it is the last one, the rebalance is over. */
function noteSettled(group: ConsumerGroup, memberId: string, step: Step): void {
  const { rebalance, groupId, epoch, settled } = group;
  if (rebalance === null || settled.has(memberId)) return;
  settled.set(memberId, step.nowMs - rebalance.startedAtMs);
  if (settled.size < group.members.size || group.state !== "Stable") return;
  const members = [...settled].map(([id, tookMs]) => ({ memberId: id, tookMs })).sort((a, b) => a.tookMs - b.tookMs);
  step.report({
    event: "rebalance completed",
    groupId,
    generation: epoch,
    memberCount: members.length,
    reason: rebalance.reason,
    tookMs: step.nowMs - rebalance.startedAtMs,
    protocol: rebalance.assignor,
    members,
  });
  group.rebalance = null;
  settled.clear();
}

/** A static member that comes back under another member id takes over what its former self has. */
export function replaceStaticMember(
  state: GroupState,
  groupId: string,
  old: ConsumerMember,
  memberId: string,
  step: Step,
): void {
  const target = consumerGroup(state, groupId).targetOf(old.memberId);
  const progress = { ...progressOf(old), memberEpoch: 0, previousMemberEpoch: 0 };
  writeRemoval(state, groupId, old.memberId, step);
  write(state, step, { kind: "consumer member", groupId, memberId, value: factsOf(old) });
  write(state, step, { kind: "consumer target", groupId, memberId, value: target });
  write(state, step, { kind: "consumer current", groupId, memberId, value: progress });
  cancelConsumerTimers(groupId, old.memberId, step);
  step.report({
    event: "static member replaced",
    groupId,
    groupInstanceId: old.instanceId ?? "",
    oldMemberId: old.memberId,
    newMemberId: memberId,
  });
}

/** Tombstones of one member, in the order in which Kafka expects them. */
export function writeRemoval(state: GroupState, groupId: string, memberId: string, step: Step): void {
  write(state, step, { kind: "consumer current", groupId, memberId, value: null });
  write(state, step, { kind: "consumer target", groupId, memberId, value: null });
  write(state, step, { kind: "consumer member", groupId, memberId, value: null });
}
