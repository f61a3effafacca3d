import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, Draft } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { GroupCalls } from "../group-calls";
import type { GroupState } from "../group-state";
import type { Step } from "../step";
import { type Assignment, assignmentOf, isSubset, sameAssignment, topicPartitionsOf } from "./assignment";
import { type ConsumerGroup, memberOrNew } from "./consumer-group";
import {
  type ConsumerMember,
  JOIN_EPOCH,
  LEAVE_EPOCH,
  progressOf,
  sortedNames,
  STATIC_LEAVE_EPOCH,
} from "./consumer-member";
import { replaceStaticMember, takeIn } from "./member-steps";
import { upgrade, upgradeOf } from "./migrate";
import { removeMembers } from "./remove-members";
import { awaitRevocation, keepConsumerSession } from "./timers";
import { write } from "./write";

type Ask = GroupCalls["consumerHeartbeat"]["ask"];
type Reply = Draft<ConsumerGroupHeartbeatResponse>;
type Body = ConsumerGroupHeartbeatRequest;

/** An error and what a person should know about it. */
interface Refusal {
  readonly errorCode: KafkaErrorCode;
  readonly errorMessage: string;
}

/** Versions from which on the client makes its own member id (KIP-1082). */
const CLIENT_MEMBER_ID_VERSION = 1;

/**
 * ConsumerGroupHeartbeat, versions 0–1 (KIP-848): a member joins (epoch 0), tells what it subscribes to and what it has, hears
 * what it is to have, leaves (-1), or leaves for a while as a static member (-2).
 * v1 member ids made by clients (KIP-1082) and subscriptions by regular expression.
 * Nothing is written before everything is checked.
 * Source: GroupMetadataManager.consumerGroupHeartbeat and what it calls.
 */
export function consumerHeartbeat(state: GroupState, call: CallId, ask: Ask, step: Step): void {
  step.answer("consumerHeartbeat", call, decide(state, ask, step));
}

function decide(state: GroupState, ask: Ask, step: Step): Reply | Refusal {
  const { body, caller } = ask;
  const invalid = checkBody(state, body, caller.apiVersion);
  if (invalid !== undefined) return invalid;
  const group = state.consumerGroups.get(body.groupId);
  if (body.memberEpoch === LEAVE_EPOCH || body.memberEpoch === STATIC_LEAVE_EPOCH)
    return leave(state, group, body, step);

  const memberId = body.memberId === "" ? ask.newMemberId : body.memberId;
  const owned = body.topicPartitions === null ? null : assignmentOf(body.topicPartitions);
  const entry = enter(state, group, body, memberId, owned);
  if ("errorCode" in entry) return entry;
  if (entry.makeGroup !== undefined) entry.makeGroup(step);
  if (entry.replaces !== undefined) replaceStaticMember(state, body.groupId, entry.replaces, memberId, step);
  return beat(state, ask, memberId, owned, step);
}

/** The request alone: what must be there and what must not. */
function checkBody(state: GroupState, body: Body, apiVersion: number): Refusal | undefined {
  const wrong = (errorMessage: string): Refusal => ({ errorCode: KafkaError.INVALID_REQUEST, errorMessage });
  const { memberEpoch } = body;
  if (body.groupId === "") return wrong("The group id must not be empty.");
  if (body.instanceId === "") return wrong("The instance id must not be empty.");
  if (body.rackId === "") return wrong("The rack id must not be empty.");
  if (body.memberId === "" && (apiVersion >= CLIENT_MEMBER_ID_VERSION || memberEpoch !== JOIN_EPOCH)) {
    return wrong("The member id must not be empty.");
  }
  if (memberEpoch < STATIC_LEAVE_EPOCH) return wrong(`There is no member epoch ${memberEpoch}.`);
  if (memberEpoch === STATIC_LEAVE_EPOCH && body.instanceId === null) {
    return wrong("Only a static member leaves with epoch -2; the instance id is missing.");
  }
  if (memberEpoch === JOIN_EPOCH) {
    if (body.rebalanceTimeoutMs === -1) return wrong("A member that joins must say its rebalance timeout.");
    if (body.topicPartitions === null || body.topicPartitions.length > 0) {
      return wrong("A member that joins has no partitions.");
    }
    if (body.subscribedTopicNames === null && body.subscribedTopicRegex === null) {
      return wrong("A member that joins must subscribe by topic names or by a regular expression.");
    }
  }
  const { serverAssignor, subscribedTopicRegex: expression } = body;
  const { groupConsumerAssignors } = state.config;
  if (serverAssignor !== null && !groupConsumerAssignors.includes(serverAssignor)) {
    return {
      errorCode: KafkaError.UNSUPPORTED_ASSIGNOR,
      errorMessage: `There is no assignor ${serverAssignor} here, but ${groupConsumerAssignors.join(", ")}.`,
    };
  }
  if (expression !== null && expression !== "" && state.cluster.topicsMatching(expression) === undefined) {
    return {
      errorCode: KafkaError.INVALID_REGULAR_EXPRESSION,
      errorMessage: `${expression} is not a regular expression in RE2's syntax.`,
    };
  }
  return undefined;
}

/** How a member gets into the group, where it may. */
interface Entry {
  /** Makes the group before anything else. */
  readonly makeGroup?: (step: Step) => void;
  /** Static member whose place it takes. */
  readonly replaces?: ConsumerMember;
}

function enter(
  state: GroupState,
  group: ConsumerGroup | undefined,
  body: Body,
  memberId: string,
  owned: Assignment | null,
): Entry | Refusal {
  const joins = body.memberEpoch === JOIN_EPOCH;
  if (group === undefined) return joins ? enterNew(state, body, memberId) : noGroup(body.groupId);
  const former = body.instanceId === null ? undefined : group.staticMember(body.instanceId);
  const member = group.members.get(memberId);
  if (member === undefined && former === undefined && group.members.size >= state.config.groupConsumerMaxSize) {
    return full(state);
  }
  if (body.instanceId !== null && former?.memberId !== memberId) {
    if (!joins) return former === undefined ? unknownInstance(body) : fencedInstance(body, former);
    if (former === undefined) return member === undefined ? {} : checkEpoch(member, body.memberEpoch, owned);
    if (former.classic === null && former.memberEpoch !== STATIC_LEAVE_EPOCH) return unreleased(body, former);
    return { replaces: former };
  }
  if (member !== undefined) return checkEpoch(member, body.memberEpoch, owned);
  return joins ? {} : unknownMember(memberId, body.groupId);
}

/** There is no consumer group yet; there may be a classic one, which makes way if it is empty, or changes over. */
function enterNew(state: GroupState, body: Body, memberId: string): Entry | Refusal {
  const classic = state.groups.get(body.groupId);
  if (classic === undefined) return {};
  if (classic.state === "Empty") return { makeGroup: (step) => upgrade(state, classic, [], step) };
  const members = upgradeOf(state, classic);
  if (members === undefined) return noGroup(body.groupId);
  const replaces = members.find((member) => member.instanceId !== null && member.instanceId === body.instanceId);
  if (replaces === undefined && members.length >= state.config.groupConsumerMaxSize) return full(state);
  const same = members.find((member) => member.memberId === memberId);
  if (same !== undefined) return fenced(same, body.memberEpoch);
  const makeGroup = (step: Step): void => upgrade(state, classic, members, step);
  return replaces === undefined ? { makeGroup } : { makeGroup, replaces };
}

/**
 * The member's own epoch is right; so is the one before, if the member has nothing but what it was given: the answer with
 * the newer epoch was lost.
 */
function checkEpoch(member: ConsumerMember, epoch: number, owned: Assignment | null): Entry | Refusal {
  if (member.state === "Unknown" && (owned === null || owned.size > 0)) return fenced(member, epoch);
  if (epoch === member.memberEpoch) return {};
  const lostAnswer =
    epoch < member.memberEpoch &&
    epoch === member.previousMemberEpoch &&
    owned !== null &&
    isSubset(owned, member.assigned);
  return lostAnswer ? {} : fenced(member, epoch);
}

function beat(state: GroupState, { body, caller }: Ask, memberId: string, owned: Assignment | null, step: Step): Reply {
  const { groupId } = body;
  const before = memberOrNew(state.consumerGroups.get(groupId), memberId);
  const instance = body.instanceId === null ? "" : ` (instance ${body.instanceId})`;
  const facts = {
    instanceId: body.instanceId ?? before.instanceId,
    rackId: body.rackId ?? before.rackId,
    clientId: caller.clientId,
    clientHost: caller.clientHost,
    subscribedTopicNames:
      body.subscribedTopicNames === null ? before.subscribedTopicNames : sortedNames(body.subscribedTopicNames),
    subscribedTopicRegex: body.subscribedTopicRegex ?? before.subscribedTopicRegex,
    rebalanceTimeoutMs: body.rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : body.rebalanceTimeoutMs,
    serverAssignor: body.serverAssignor ?? before.serverAssignor,
    classic: null,
  };
  const member = takeIn(state, groupId, { memberId, facts, owned, joins: `member ${memberId}${instance} joins` }, step);
  keepConsumerSession(state, groupId, member, step);
  const saysAll =
    body.rebalanceTimeoutMs !== -1 &&
    (body.subscribedTopicNames !== null || body.subscribedTopicRegex !== null) &&
    body.topicPartitions !== null;
  const tell = body.memberEpoch === JOIN_EPOCH || saysAll || !sameAssignment(before.assigned, member.assigned);
  return {
    errorCode: KafkaError.NONE,
    memberId,
    memberEpoch: member.memberEpoch,
    heartbeatIntervalMs:
      state.cluster.overrides(groupId).consumerHeartbeatIntervalMs ?? state.config.groupConsumerHeartbeatIntervalMs,
    assignment: tell ? { topicPartitions: topicPartitionsOf(member.assigned) } : null,
  };
}

function leave(state: GroupState, group: ConsumerGroup | undefined, body: Body, step: Step): Reply | Refusal {
  if (group === undefined) return noGroup(body.groupId);
  const { memberId, memberEpoch, instanceId, groupId } = body;
  const member = instanceId === null ? group.members.get(memberId) : group.staticMember(instanceId);
  if (member === undefined) return instanceId === null ? unknownMember(memberId, groupId) : unknownInstance(body);
  if (member.memberId !== memberId) return fencedInstance(body, member);
  if (memberEpoch === STATIC_LEAVE_EPOCH) {
    // Its partitions stay its own until it is back or its session ends.
    const value = { ...progressOf(member), memberEpoch: STATIC_LEAVE_EPOCH, pendingRevocation: new Map() };
    write(state, step, { kind: "consumer current", groupId, memberId, value });
    awaitRevocation(groupId, { ...member, state: "Stable" }, step);
  } else removeMembers(state, group, [{ member, reason: "left" }], step);
  return { errorCode: KafkaError.NONE, memberId, memberEpoch };
}

const noGroup = (groupId: string): Refusal => ({
  errorCode: KafkaError.GROUP_ID_NOT_FOUND,
  errorMessage: `There is no consumer group ${groupId}.`,
});

const full = (state: GroupState): Refusal => ({
  errorCode: KafkaError.GROUP_MAX_SIZE_REACHED,
  errorMessage: `The group has the ${state.config.groupConsumerMaxSize} members that it may have.`,
});

const unknownMember = (memberId: string, groupId: string): Refusal => ({
  errorCode: KafkaError.UNKNOWN_MEMBER_ID,
  errorMessage: `Group ${groupId} has no member ${memberId}.`,
});

const unknownInstance = ({ instanceId, groupId }: Body): Refusal => ({
  errorCode: KafkaError.UNKNOWN_MEMBER_ID,
  errorMessage: `Group ${groupId} has no static member ${instanceId}.`,
});

const fencedInstance = ({ instanceId }: Body, owner: ConsumerMember): Refusal => ({
  errorCode: KafkaError.FENCED_INSTANCE_ID,
  errorMessage: `Instance ${instanceId} is member ${owner.memberId} now.`,
});

const unreleased = ({ instanceId }: Body, owner: ConsumerMember): Refusal => ({
  errorCode: KafkaError.UNRELEASED_INSTANCE_ID,
  errorMessage: `Instance ${instanceId} is in use by member ${owner.memberId}, which has not left.`,
});

const fenced = (member: ConsumerMember, epoch: number): Refusal => ({
  errorCode: KafkaError.FENCED_MEMBER_EPOCH,
  errorMessage: `Member ${member.memberId} is at epoch ${member.memberEpoch}, not ${epoch}: it must give up its partitions and join again.`,
});
