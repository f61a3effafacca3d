import { KafkaError } from "@moldau/base";
import type { ClassicGroup } from "../classic-group";
import { EMPTY_BYTES, metadataFor } from "../classic-member";
import type { GroupState } from "../group-state";
import { startRebalance } from "../rebalance";
import type { Step } from "../step";
import { downgradedKey, joinKey, sessionKey, syncKey } from "../timer-key";
import type { Assignment } from "./assignment";
import { readAssignment, readSubscription, writeAssignment } from "./classic-protocol";
import type { ConsumerGroup } from "./consumer-group";
import { type ConsumerMember, NEW_FACTS } from "./consumer-member";
import { keepConsumerSession } from "./timers";
import { NO_RACKS_HASH } from "./topic-racks";
import { write } from "./write";

/** `group.consumer.migration.policy`: which way a group with members may change. */
export type MigrationPolicy = "disabled" | "upgrade" | "downgrade" | "bidirectional";

/**
 * A classic group of consumers that becomes a consumer group because a member of the consumer protocol joins. Its members stay,
 * with what they have, and speak the classic protocol on; undefined where that is not allowed or not possible.
 * Source: GroupMetadataManager.validateOnlineUpgrade, ConsumerGroup.fromClassicGroup.
 */
export function upgradeOf(state: GroupState, classic: ClassicGroup): ConsumerMember[] | undefined {
  const { groupConsumerMigrationPolicy: policy, groupConsumerMaxSize } = state.config;
  if (policy !== "upgrade" && policy !== "bidirectional") return undefined;
  if (!classic.isConsumerType || classic.members.size > groupConsumerMaxSize) return undefined;
  const members: ConsumerMember[] = [];
  for (const member of classic.members.values()) {
    const { memberId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, protocols } = member;
    const protocol = classic.protocolName ?? protocols[0]?.name ?? "";
    const subscription = readSubscription(metadataFor(member, protocol), state.cluster);
    const assigned = readAssignment(member.assignment, state.cluster);
    if (subscription === undefined || assigned === undefined) return undefined;
    members.push({
      ...NEW_FACTS,
      memberId,
      instanceId: member.groupInstanceId,
      rackId: subscription.rackId,
      clientId,
      clientHost,
      subscribedTopicNames: subscription.topics,
      rebalanceTimeoutMs,
      classic: { sessionTimeoutMs, protocols },
      memberEpoch: classic.generation,
      previousMemberEpoch: classic.generation,
      state: "Stable",
      assigned,
      pendingRevocation: new Map(),
    });
  }
  return members;
}

/** Makes the classic group (with members or empty) a consumer group with these members. */
export function upgrade(
  state: GroupState,
  classic: ClassicGroup,
  members: readonly ConsumerMember[],
  step: Step,
): void {
  const { groupId, generation } = classic;
  for (const member of classic.members.values()) {
    const errorCode = KafkaError.REBALANCE_IN_PROGRESS;
    if (member.awaitingJoin !== null)
      step.answer("join", member.awaitingJoin, { errorCode, memberId: member.memberId });
    if (member.awaitingSync !== null) step.answer("sync", member.awaitingSync, { errorCode });
  }
  for (const memberId of classic.pendingJoin) step.cancel(sessionKey(groupId, memberId));
  step.cancel(joinKey(groupId));
  step.cancel(syncKey(groupId));
  write(state, step, { kind: "group", groupId, value: null });
  if (members.length === 0) return;
  for (const {
    memberId,
    memberEpoch,
    previousMemberEpoch,
    state: at,
    assigned,
    pendingRevocation,
    ...facts
  } of members) {
    write(state, step, { kind: "consumer member", groupId, memberId, value: facts });
    write(state, step, { kind: "consumer target", groupId, memberId, value: assigned });
    const progress = { memberEpoch, previousMemberEpoch, state: at, assigned, pendingRevocation };
    write(state, step, { kind: "consumer current", groupId, memberId, value: progress });
  }
  write(state, step, { kind: "consumer group", groupId, value: { epoch: generation, racksHash: NO_RACKS_HASH } });
  write(state, step, { kind: "consumer target epoch", groupId, value: { epoch: generation } });
  for (const member of members) keepConsumerSession(state, groupId, member, step);
  step.report({ event: "group changed its protocol", groupId, protocol: "consumer", memberCount: members.length });
}

/**
 * Whether the group is to become a classic one when these members are gone: all others speak the classic protocol, and the last
 * one that did not is among those who go.
 */
export function downgradeAllowed(state: GroupState, group: ConsumerGroup, leaving: ReadonlySet<string>): boolean {
  const { groupConsumerMigrationPolicy: policy, groupMaxSize } = state.config;
  if (policy !== "downgrade" && policy !== "bidirectional") return false;
  let staying = 0;
  let lastConsumerLeaves = false;
  for (const member of group.members.values()) {
    if (leaving.has(member.memberId)) lastConsumerLeaves ||= member.classic === null;
    else if (member.classic === null) return false;
    else staying++;
  }
  return lastConsumerLeaves && staying > 0 && staying <= groupMaxSize;
}

/**
 * Makes the consumer group a classic one of the members that stay, stable with their targets as assignments. Where members
 * left, a rebalance begins at once, because nobody has what those had; where a static member of the classic protocol takes
 * over from one of the consumer protocol, nothing moves.
 * Source: GroupMetadataManager.convertToClassicGroup, ClassicGroup.fromConsumerGroup.
 */
export function downgrade(
  state: GroupState,
  group: ConsumerGroup,
  { leaving, rebalance }: { leaving: ReadonlySet<string>; rebalance: boolean },
  step: Step,
): void {
  const { groupId, epoch } = group;
  const staying = [...group.members.values()].filter((member) => !leaving.has(member.memberId));
  const targets = new Map<string, Assignment>();
  for (const { memberId } of staying) targets.set(memberId, group.targetOf(memberId));
  for (const record of [...group.tombstones()]) write(state, step, record);

  const classic = state.groups.get(groupId) ?? state.create(groupId, step.nowMs);
  const assignments = new Map<string, Uint8Array>();
  for (const member of staying) {
    if (member.classic === null) continue;
    const { memberId, instanceId, clientId, clientHost, rebalanceTimeoutMs } = member;
    const { sessionTimeoutMs, protocols } = member.classic;
    const assignment = writeAssignment(
      targets.get(memberId) ?? new Map<string, readonly number[]>(),
      protocols[0]?.metadata ?? EMPTY_BYTES,
      state.cluster,
    );
    assignments.set(memberId, assignment);
    classic.put({
      memberId,
      groupInstanceId: instanceId,
      clientId,
      clientHost,
      rebalanceTimeoutMs,
      sessionTimeoutMs,
      protocols,
      assignment,
      isNew: false,
      awaitingJoin: null,
      awaitingSync: null,
      joinedAtMs: step.nowMs,
    });
    step.schedule(sessionKey(groupId, memberId), sessionTimeoutMs);
  }
  classic.change({ protocolType: "consumer", generation: epoch });
  classic.change({ protocolName: classic.selectProtocol() });
  const value = classic.toMetadata({ generation: epoch, assignments, nowMs: step.nowMs });
  write(state, step, { kind: "group", groupId, value });
  // Not in this step: replaying the record makes the group stable.
  if (rebalance) step.schedule(downgradedKey(groupId), 0);
  step.report({ event: "group changed its protocol", groupId, protocol: "classic", memberCount: staying.length });
}

/** The rebalance that begins when members left and the rest became a classic group. */
export function onDowngraded(state: GroupState, group: ClassicGroup, step: Step): void {
  if (group.state === "Stable") startRebalance(group, state.config, step, "became a classic group as a member left");
}
