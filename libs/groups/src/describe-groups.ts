import { KafkaError } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { metadataFor } from "./classic-member";
import type { GroupCalls } from "./group-calls";
import type { GroupState } from "./group-state";
import type { Step } from "./step";

/**
 * DescribeGroups for one group; undefined where there is none (the role words that for the client's version). The
 * members' metadata is shown when the group is stable: before, there is no protocol that it belongs to.
 * Source: GroupMetadataManager.describeGroups.
 */
export function describe(state: GroupState, call: CallId, { groupId }: { groupId: string }, step: Step): void {
  const group = state.groups.get(groupId);
  if (group === undefined) return step.answer("describe", call, undefined);
  const stable = group.state === "Stable";
  const protocolName = group.protocolName ?? "";
  step.answer("describe", call, {
    errorCode: KafkaError.NONE,
    groupId,
    groupState: group.state,
    protocolType: group.protocolType,
    protocolData: stable ? protocolName : "",
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: stable ? metadataFor(member, protocolName) : new Uint8Array(0),
      memberAssignment: member.assignment,
    })),
  });
}

/**
 * ListGroups of this shard; states and types filter without regard to case (KIP-518, KIP-848).
 * Source: GroupMetadataManager.listGroups.
 */
export function list(state: GroupState, call: CallId, ask: GroupCalls["list"]["ask"], step: Step): void {
  const states = new Set(ask.states.map((name) => name.toLowerCase()));
  const types = new Set(ask.types.map((name) => name.toLowerCase()));
  const listed = [];
  if (types.size === 0 || types.has("classic")) {
    for (const group of state.groups.values()) {
      if (states.size > 0 && !states.has(group.state.toLowerCase())) continue;
      const { groupId, protocolType } = group;
      listed.push({ groupId, protocolType, groupState: group.state, groupType: "classic" });
    }
  }
  if (types.size === 0 || types.has("consumer")) {
    for (const { groupId, state: groupState } of state.consumerGroups.values()) {
      if (states.size > 0 && !states.has(groupState.toLowerCase())) continue;
      listed.push({ groupId, protocolType: "consumer", groupState, groupType: "consumer" });
    }
  }
  step.answer("list", call, listed);
}
