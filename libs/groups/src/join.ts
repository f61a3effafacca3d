import { assert, KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { JoinGroupRequest } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import { type ClassicMember, copyProtocols, EMPTY_BYTES, sameProtocols } from "./classic-member";
import { joinConsumerGroup } from "./consumer/classic-members";
import { write } from "./consumer/write";
import type { GroupCalls } from "./group-calls";
import { NEW_MEMBER_JOIN_TIMEOUT_MS } from "./group-config";
import type { GroupState } from "./group-state";
import { completeJoinIfAllJoined, joinReply, membersForLeader, rebalanceOrCompleteJoin } from "./rebalance";
import { startRebalance } from "./rebalance";
import type { Step } from "./step";
import { sessionKey } from "./timer-key";

type Ask = GroupCalls["join"]["ask"];

/**
 * JoinGroup, versions 0–9. A member asks for a place in the next generation and waits until it exists.
 * v1 rebalance timeout, v4 MEMBER_ID_REQUIRED (KIP-394), v5 instance ids (KIP-345), v7 protocol type, v8 reason (KIP-800),
 * v9 skipAssignment (KIP-814).
 * Source: GroupMetadataManager.classicGroupJoin and what it calls.
 */
export function join(state: GroupState, call: CallId, ask: Ask, step: Step): void {
  const { body } = ask;
  const refuse = (errorCode: KafkaErrorCode, memberId = body.memberId): void =>
    step.answer("join", call, { errorCode, memberId });

  const { groupMinSessionTimeoutMs, groupMaxSessionTimeoutMs } = state.config;
  if (body.groupId === "") return refuse(KafkaError.INVALID_GROUP_ID);
  if (body.sessionTimeoutMs < groupMinSessionTimeoutMs || body.sessionTimeoutMs > groupMaxSessionTimeoutMs) {
    return refuse(KafkaError.INVALID_SESSION_TIMEOUT);
  }
  const consumerGroup = state.consumerGroups.get(body.groupId);
  if (consumerGroup !== undefined) {
    if (consumerGroup.members.size > 0) return joinConsumerGroup(state, consumerGroup, call, ask, step);
    // An empty one makes way for a classic group.
    if (body.memberId !== "") return refuse(KafkaError.UNKNOWN_MEMBER_ID);
    for (const record of [...consumerGroup.tombstones()]) write(state, step, record);
  }
  const known = state.groups.get(body.groupId);
  if (known === undefined && body.memberId !== "") return refuse(KafkaError.UNKNOWN_MEMBER_ID);
  if (known !== undefined && !hasRoom(known, body.memberId, state.config.groupMaxSize)) {
    if (body.memberId !== "") leaveForLackOfRoom(known, body.memberId, step);
    return refuse(KafkaError.GROUP_MAX_SIZE_REACHED, "");
  }
  const group = known ?? state.create(body.groupId, step.nowMs);
  if (!group.supportsProtocols(body.protocolType, body.protocols)) {
    if (group.isBlank) state.groups.delete(group.groupId);
    return refuse(KafkaError.INCONSISTENT_GROUP_PROTOCOL);
  }
  if (body.memberId === "") joinAsNew(state, group, call, ask, step);
  else joinAgain(state, group, call, ask, step);
}

function joinAsNew(state: GroupState, group: ClassicGroup, call: CallId, ask: Ask, step: Step): void {
  const { body, caller, newMemberId } = ask;
  if (body.groupInstanceId !== null) {
    const oldMemberId = group.staticMemberId(body.groupInstanceId);
    if (oldMemberId === undefined) addMember(state, group, call, ask, newMemberId, step);
    else replaceStaticMember(state, group, { call, ask, oldMemberId }, step);
  } else if (caller.apiVersion >= 4) {
    // The member comes back with this id: so a client that retries does not leave a ghost behind each time (KIP-394).
    group.pendingJoin.add(newMemberId);
    step.schedule(sessionKey(group.groupId, newMemberId), body.sessionTimeoutMs);
    step.answer("join", call, { errorCode: KafkaError.MEMBER_ID_REQUIRED, memberId: newMemberId });
  } else addMember(state, group, call, ask, newMemberId, step);
}

function joinAgain(state: GroupState, group: ClassicGroup, call: CallId, ask: Ask, step: Step): void {
  const { body } = ask;
  const { memberId } = body;
  if (group.pendingJoin.has(memberId) && body.groupInstanceId === null) {
    return addMember(state, group, call, ask, memberId, step);
  }
  const errorCode = group.checkMember(memberId, body.groupInstanceId);
  if (errorCode !== KafkaError.NONE) return step.answer("join", call, { errorCode, memberId });

  const member = group.members.get(memberId) as ClassicMember;
  const rejoin = (why: string): void => {
    updateMember(group, member, call, ask, step);
    rebalanceOrCompleteJoin(group, state.config, step, withClientReason(why, body));
  };
  switch (group.state) {
    case "PreparingRebalance":
      return rejoin(`member ${memberId} joins again`);
    case "CompletingRebalance":
      // The same metadata: it has missed the answer. Changed: the leader works with what no longer holds.
      if (!sameProtocols(member.protocols, body.protocols)) return rejoin(`member ${memberId} changed its metadata`);
      return step.answer("join", call, joinReply(group, memberId));
    case "Stable":
      // A leader that joins again knows of something that we cannot see, such as new partitions of a topic.
      if (group.leaderId === memberId) return rejoin(`leader ${memberId} joins again`);
      if (!sameProtocols(member.protocols, body.protocols)) return rejoin(`member ${memberId} changed its metadata`);
      return step.answer("join", call, { ...joinReply(group, memberId), members: [] });
    case "Empty":
      return step.answer("join", call, { errorCode: KafkaError.UNKNOWN_MEMBER_ID, memberId });
  }
}

function addMember(
  state: GroupState,
  group: ClassicGroup,
  call: CallId,
  { body, caller }: Ask,
  memberId: string,
  step: Step,
): void {
  if (group.members.size === 0) group.change({ protocolType: body.protocolType });
  if (group.state === "PreparingRebalance" && group.previousState === "Empty") group.change({ newMemberAdded: true });
  group.put({
    memberId,
    groupInstanceId: body.groupInstanceId,
    clientId: caller.clientId,
    clientHost: caller.clientHost,
    rebalanceTimeoutMs: rebalanceTimeoutMs(body, caller.apiVersion),
    sessionTimeoutMs: body.sessionTimeoutMs,
    protocols: copyProtocols(body.protocols),
    assignment: EMPTY_BYTES,
    isNew: true,
    awaitingJoin: call,
    awaitingSync: null,
    joinedAtMs: step.nowMs,
  });
  step.schedule(sessionKey(group.groupId, memberId), NEW_MEMBER_JOIN_TIMEOUT_MS);
  const instance = body.groupInstanceId === null ? "" : ` (instance ${body.groupInstanceId})`;
  rebalanceOrCompleteJoin(group, state.config, step, withClientReason(`member ${memberId}${instance} joins`, body));
}

function updateMember(
  group: ClassicGroup,
  member: ClassicMember,
  call: CallId,
  { body, caller }: Ask,
  step: Step,
): void {
  group.put({
    ...member,
    protocols: copyProtocols(body.protocols),
    rebalanceTimeoutMs: rebalanceTimeoutMs(body, caller.apiVersion),
    sessionTimeoutMs: body.sessionTimeoutMs,
    awaitingJoin: call,
    joinedAtMs: step.nowMs,
  });
}

/**
 * A static member came back without knowing its member id: it takes over the place of its former self, which is fenced
 * from now on. In a stable group nobody else notices, unless the group's protocol would change.
 */
function replaceStaticMember(
  state: GroupState,
  group: ClassicGroup,
  { call, ask, oldMemberId }: { call: CallId; ask: Ask; oldMemberId: string },
  step: Step,
): void {
  const { body, caller, newMemberId } = ask;
  const groupInstanceId = body.groupInstanceId as string;
  const formerLeaderId = group.leaderId ?? "";
  const old = group.members.get(oldMemberId);
  assert(old !== undefined, `group ${group.groupId}: instance ${groupInstanceId} has no member`);

  const fenced = KafkaError.FENCED_INSTANCE_ID;
  if (old.awaitingJoin !== null) {
    step.answer("join", old.awaitingJoin, { errorCode: fenced, memberId: oldMemberId });
  }
  if (old.awaitingSync !== null) step.answer("sync", old.awaitingSync, { errorCode: fenced });
  group.members.delete(oldMemberId);
  if (group.pendingSync.delete(oldMemberId)) group.pendingSync.add(newMemberId);
  if (formerLeaderId === oldMemberId) group.change({ leaderId: newMemberId });
  step.cancel(sessionKey(group.groupId, oldMemberId));
  const member: ClassicMember = { ...old, memberId: newMemberId, awaitingJoin: null, awaitingSync: null };
  group.put(member);
  step.schedule(sessionKey(group.groupId, newMemberId), body.sessionTimeoutMs);
  step.report({ event: "static member replaced", groupId: group.groupId, groupInstanceId, oldMemberId, newMemberId });

  updateMember(group, member, call, ask, step);
  switch (group.state) {
    case "Stable": {
      if (group.selectProtocol() !== group.protocolName) {
        const why = `static member ${newMemberId} (instance ${groupInstanceId}) changes the group's protocol`;
        return rebalanceOrCompleteJoin(group, state.config, step, withClientReason(why, body));
      }
      group.put({ ...(group.members.get(newMemberId) as ClassicMember), awaitingJoin: null });
      const value = group.toMetadata({ generation: group.generation, assignments: "current", nowMs: step.nowMs });
      step.record({ kind: "group", groupId: group.groupId, value });
      const leads = group.leaderId === newMemberId;
      const maySkip = caller.apiVersion >= 9;
      step.answer("join", call, {
        ...joinReply(group, newMemberId),
        // A leader of before v9 would assign anew if it knew that it leads; so it hears of its former id.
        leader: maySkip ? (group.leaderId ?? "") : formerLeaderId,
        members: maySkip && leads ? membersForLeader(group) : [],
        skipAssignment: maySkip && leads,
      });
      return;
    }
    case "CompletingRebalance":
      // The leader may be assigning to the former id at this moment.
      return startRebalance(
        group,
        state.config,
        step,
        withClientReason(`static member ${newMemberId} (instance ${groupInstanceId}) came back`, body),
      );
    case "PreparingRebalance":
      return completeJoinIfAllJoined(group, step);
    case "Empty":
      assert(false, `group ${group.groupId} is empty and has static member ${oldMemberId}`);
  }
}

/** While members gather, those who are here count (who comes last is turned away); else the members of the generation. */
function hasRoom(group: ClassicGroup, memberId: string, groupMaxSize: number): boolean {
  const member = group.members.get(memberId);
  switch (group.state) {
    case "Empty":
      return true;
    case "PreparingRebalance":
      return (member !== undefined && member.awaitingJoin !== null) || group.awaitingJoinCount < groupMaxSize;
    case "CompletingRebalance":
    case "Stable":
      return member !== undefined || group.members.size < groupMaxSize;
  }
}

function leaveForLackOfRoom(group: ClassicGroup, memberId: string, step: Step): void {
  const member = group.members.get(memberId);
  group.remove(memberId);
  step.cancel(sessionKey(group.groupId, memberId));
  if (member !== undefined) {
    step.report({ event: "member removed", groupId: group.groupId, memberId, reason: "the group is full" });
  }
  completeJoinIfAllJoined(group, step);
}

/** Version 0 knows one timeout for both. */
function rebalanceTimeoutMs(body: JoinGroupRequest, apiVersion: number): number {
  return apiVersion === 0 ? body.sessionTimeoutMs : body.rebalanceTimeoutMs;
}

function withClientReason(why: string, body: JoinGroupRequest): string {
  return body.reason === null || body.reason === "" ? why : `${why}; client: ${body.reason}`;
}
