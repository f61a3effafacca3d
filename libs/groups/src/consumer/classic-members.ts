import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { HeartbeatRequest, SyncGroupRequest } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import { copyProtocols, EMPTY_BYTES } from "../classic-member";
import type { GroupCalls } from "../group-calls";
import type { GroupState } from "../group-state";
import type { Step } from "../step";
import { classicJoinKey, classicSyncKey } from "../timer-key";
import { readSubscription, writeAssignment } from "./classic-protocol";
import { type ConsumerGroup, memberOrNew } from "./consumer-group";
import { type ClassicFacts, type ConsumerMember } from "./consumer-member";
import { replaceStaticMember, takeIn } from "./member-steps";
import { downgrade, downgradeAllowed } from "./migrate";
import { consumerGroup } from "./refresh";
import { removeMembers } from "./remove-members";
import { keepConsumerSession } from "./timers";

/**
 * Members that speak the classic protocol in a consumer group, while its other members change over (KIP-848, "online
 * migration"). They are followers of a leader that does not exist: the coordinator assigns, JoinGroup is answered at once,
 * SyncGroup brings what they are to have, and Heartbeat sends them back to JoinGroup whenever there is a next step for them.
 * Source: GroupMetadataManager.classicGroup{Join,Sync,Heartbeat,Leave}ToConsumerGroup.
 */

type JoinAsk = GroupCalls["join"]["ask"];
type Leaving = { readonly memberId: string; readonly groupInstanceId: string | null; readonly reason: string | null };

const CONSUMER = "consumer";

/** JoinGroup of a group with members. */
export function joinConsumerGroup(
  state: GroupState,
  group: ConsumerGroup,
  call: CallId,
  ask: JoinAsk,
  step: Step,
): void {
  const { body, caller } = ask;
  const { groupId } = group;
  const refuse = (errorCode: KafkaErrorCode, memberId = body.memberId): void =>
    step.answer("join", call, { errorCode, memberId });
  const { groupInstanceId } = body;
  const isNew = body.memberId === "";
  const former = groupInstanceId === null ? undefined : group.staticMember(groupInstanceId);
  const known = group.members.has(body.memberId) || (isNew && former !== undefined);
  if (!known && group.members.size >= state.config.groupConsumerMaxSize) {
    return refuse(KafkaError.GROUP_MAX_SIZE_REACHED, "");
  }
  const metadata = body.protocols[0]?.metadata ?? EMPTY_BYTES;
  const subscription = readSubscription(metadata, state.cluster);
  if (subscription === undefined || !fits(group, body)) return refuse(KafkaError.INCONSISTENT_GROUP_PROTOCOL);
  if (isNew && groupInstanceId === null && caller.apiVersion >= 4) {
    return refuse(KafkaError.MEMBER_ID_REQUIRED, ask.newMemberId);
  }
  if (groupInstanceId !== null && !isNew) {
    if (former === undefined) return refuse(KafkaError.UNKNOWN_MEMBER_ID);
    if (former.memberId !== body.memberId) return refuse(KafkaError.FENCED_INSTANCE_ID);
  }

  const memberId = isNew ? ask.newMemberId : body.memberId;
  const replaced = isNew ? former : undefined;
  const lastConsumer = replaced !== undefined && downgradeAllowed(state, group, new Set([replaced.memberId]));
  const aloneAndConsumer = replaced !== undefined && replaced.classic === null && group.members.size === 1;
  if (replaced !== undefined) replaceStaticMember(state, groupId, replaced, memberId, step);
  const before = memberOrNew(consumerGroup(state, groupId), memberId);
  const classic: ClassicFacts = { sessionTimeoutMs: body.sessionTimeoutMs, protocols: copyProtocols(body.protocols) };
  const instance = groupInstanceId === null ? "" : ` (instance ${groupInstanceId})`;
  const member = takeIn(
    state,
    groupId,
    {
      memberId,
      facts: {
        instanceId: groupInstanceId ?? before.instanceId,
        rackId: subscription.rackId ?? before.rackId,
        clientId: caller.clientId,
        clientHost: caller.clientHost,
        subscribedTopicNames: subscription.topics,
        subscribedTopicRegex: "",
        rebalanceTimeoutMs: caller.apiVersion === 0 ? body.sessionTimeoutMs : body.rebalanceTimeoutMs,
        serverAssignor: before.serverAssignor,
        classic,
      },
      owned: subscription.owned,
      joins: `member ${memberId}${instance} joins with the classic protocol`,
    },
    step,
  );
  stopAwaitingJoin(consumerGroup(state, groupId), memberId, step);
  if (lastConsumer || (aloneAndConsumer && mayDowngrade(state))) {
    downgrade(state, group, { leaving: new Set(), rebalance: false }, step);
  } else {
    keepConsumerSession(state, groupId, member, step);
    step.schedule(classicSyncKey(groupId, memberId), member.rebalanceTimeoutMs);
  }
  step.answer("join", call, {
    errorCode: KafkaError.NONE,
    memberId,
    generationId: member.memberEpoch,
    protocolType: CONSUMER,
    protocolName: classic.protocols[0]?.name ?? "",
    members: [],
  });
}

/** SyncGroup: what the member is to have. */
export function syncConsumerGroup(
  state: GroupState,
  group: ConsumerGroup,
  call: CallId,
  body: SyncGroupRequest,
  step: Step,
): void {
  const found = classicMember(group, body.memberId, body.groupInstanceId);
  if (typeof found === "number") return step.answer("sync", call, { errorCode: found });
  const errorCode = checkSync(group, found, body, step);
  if (errorCode !== KafkaError.NONE) return step.answer("sync", call, { errorCode });
  const { protocols } = found.classic;
  step.cancel(classicSyncKey(group.groupId, found.memberId));
  keepConsumerSession(state, group.groupId, found, step);
  step.answer("sync", call, {
    errorCode,
    protocolType: body.protocolType,
    protocolName: body.protocolName,
    assignment: writeAssignment(found.assigned, protocols[0]?.metadata ?? EMPTY_BYTES, state.cluster),
  });
}

/** Heartbeat: a sign of life, and whether the member has to join again. */
export function heartbeatConsumerGroup(
  state: GroupState,
  group: ConsumerGroup,
  call: CallId,
  body: HeartbeatRequest,
  step: Step,
): void {
  const found = classicMember(group, body.memberId, body.groupInstanceId);
  if (typeof found === "number") return step.answer("heartbeat", call, { errorCode: found });
  if (found.memberEpoch !== body.generationId) {
    return step.answer("heartbeat", call, { errorCode: KafkaError.ILLEGAL_GENERATION });
  }
  keepConsumerSession(state, group.groupId, found, step);
  const mustJoin =
    found.memberEpoch < group.epoch ||
    found.state === "UnrevokedPartitions" ||
    (found.state === "UnreleasedPartitions" && !group.waitsForOthers(found));
  if (mustJoin) awaitJoin(group, found, step);
  else stopAwaitingJoin(group, found.memberId, step);
  step.answer("heartbeat", call, { errorCode: mustJoin ? KafkaError.REBALANCE_IN_PROGRESS : KafkaError.NONE });
}

/** LeaveGroup, also by an administrator, who names static members of either protocol by their instance id alone. */
export function leaveConsumerGroup(
  state: GroupState,
  group: ConsumerGroup,
  leaving: readonly Leaving[],
  step: Step,
): { memberId: string; groupInstanceId: string | null; errorCode: KafkaErrorCode }[] {
  const gone = new Map<string, { member: ConsumerMember; reason: string }>();
  const answers = leaving.map(({ memberId, groupInstanceId, reason }) => {
    const byAdministrator = memberId === "" && groupInstanceId !== null;
    const found = byAdministrator
      ? (group.staticMember(groupInstanceId) ?? KafkaError.UNKNOWN_MEMBER_ID)
      : classicMember(group, memberId, groupInstanceId);
    if (typeof found === "number") return { memberId, groupInstanceId, errorCode: found };
    if (gone.has(found.memberId)) return { memberId, groupInstanceId, errorCode: KafkaError.UNKNOWN_MEMBER_ID };
    const why = reason === null || reason === "" ? "left" : `left; client: ${reason}`;
    gone.set(found.memberId, { member: found, reason: why });
    return { memberId, groupInstanceId, errorCode: KafkaError.NONE };
  });
  if (gone.size > 0) removeMembers(state, group, [...gone.values()], step);
  return answers;
}

type ClassicMemberOfGroup = ConsumerMember & { readonly classic: ClassicFacts };

function classicMember(
  group: ConsumerGroup,
  memberId: string,
  instanceId: string | null,
): ClassicMemberOfGroup | KafkaErrorCode {
  const member = instanceId === null ? group.members.get(memberId) : group.staticMember(instanceId);
  if (member === undefined) return KafkaError.UNKNOWN_MEMBER_ID;
  if (member.memberId !== memberId) return KafkaError.FENCED_INSTANCE_ID;
  return isClassic(member) ? member : KafkaError.UNKNOWN_MEMBER_ID;
}

function isClassic(member: ConsumerMember): member is ClassicMemberOfGroup {
  return member.classic !== null;
}

/** It must be of type `consumer` and offer a protocol that every other member of the classic protocol offers. */
function fits(group: ConsumerGroup, body: JoinAsk["body"]): boolean {
  if (body.protocolType !== CONSUMER || body.protocols.length === 0) return false;
  const others = [...group.members.values()].filter(isClassic).filter(({ memberId }) => memberId !== body.memberId);
  return body.protocols.some(({ name }) =>
    others.every(({ classic }) => classic.protocols.some((protocol) => protocol.name === name)),
  );
}

function checkSync(
  group: ConsumerGroup,
  member: ClassicMemberOfGroup,
  body: SyncGroupRequest,
  step: Step,
): KafkaErrorCode {
  if (member.memberEpoch !== body.generationId) return KafkaError.ILLEGAL_GENERATION;
  if (body.protocolType !== null && body.protocolType !== CONSUMER) return KafkaError.INCONSISTENT_GROUP_PROTOCOL;
  if (body.protocolName !== null && body.protocolName !== member.classic.protocols[0]?.name) {
    return KafkaError.INCONSISTENT_GROUP_PROTOCOL;
  }
  // A member that has to give up partitions first hears what it keeps, and joins again after that.
  if (group.epoch > member.memberEpoch && member.state !== "UnrevokedPartitions") {
    awaitJoin(group, member, step);
    return KafkaError.REBALANCE_IN_PROGRESS;
  }
  return KafkaError.NONE;
}

/** The first time that it is sent back to JoinGroup counts. */
function awaitJoin(group: ConsumerGroup, member: ConsumerMember, step: Step): void {
  if (!group.joinAwaited.add(member.memberId)) return;
  step.schedule(classicJoinKey(group.groupId, member.memberId), member.rebalanceTimeoutMs);
}

function stopAwaitingJoin(group: ConsumerGroup, memberId: string, step: Step): void {
  if (group.joinAwaited.delete(memberId)) step.cancel(classicJoinKey(group.groupId, memberId));
}

function mayDowngrade(state: GroupState): boolean {
  const { groupConsumerMigrationPolicy: policy } = state.config;
  return policy === "downgrade" || policy === "bidirectional";
}
