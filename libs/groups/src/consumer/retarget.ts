import type { Uuid } from "@moldau/base";
import type { GroupState } from "../group-state";
import type { Step } from "../step";
import { NO_PARTITIONS, sameAssignment } from "./assignment";
import { assignors } from "./assignors";
import type { PartitionRacks } from "./assignors/racks";
import type { ConsumerGroup } from "./consumer-group";
import type { ConsumerMember } from "./consumer-member";
import { write } from "./write";

/** The assignor that the members' votes choose; the first one configured where nobody votes. */
export function assignorOf(state: GroupState, group: ConsumerGroup): string {
  return group.preferredAssignor() ?? state.config.groupConsumerAssignors[0] ?? "uniform";
}

/**
 * Makes a target assignment for the group's epoch and records what differs from the last one.
 * Source: TargetAssignmentBuilder.
 */
export function retarget(state: GroupState, group: ConsumerGroup, step: Step): void {
  const { groupId, epoch } = group;
  const name = assignorOf(state, group);
  const partitionCounts = new Map<Uuid, number>();
  for (const { id, partitionCount } of group.topics.values()) partitionCounts.set(id, partitionCount);
  // A name that a later configuration no longer has still means something to this build, or the default does.
  const assign = assignors.get(name) ?? assignors.get("uniform")!;
  const partitionRacks = group.mindsRacks ? racksOf(state, group) : undefined;
  const result = assign({
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId,
      rackId: member.rackId,
      topicIds: topicIdsOf(group, member),
      previous: group.targetOf(member.memberId),
    })),
    partitionCounts,
    partitionRacks,
  });
  for (const memberId of [...group.members.keys()]) {
    const value = result.get(memberId) ?? NO_PARTITIONS;
    const before = group.target.get(memberId);
    if (before === undefined || !sameAssignment(before, value)) {
      write(state, step, { kind: "consumer target", groupId, memberId, value });
    }
  }
  write(state, step, { kind: "consumer target epoch", groupId, value: { epoch } });
  if (group.rebalance !== null) group.rebalance = { ...group.rebalance, assignor: name };
}

/** Racks as the cluster has them now: that they changed raised the epoch, and what follows from them is recorded. */
function racksOf(state: GroupState, group: ConsumerGroup): Map<Uuid, PartitionRacks> {
  const partitionRacks = new Map<Uuid, PartitionRacks>();
  for (const [name, { id }] of group.topics) {
    const racks = state.cluster.topicRacks(name);
    if (racks !== undefined) partitionRacks.set(id, racks.partitions);
  }
  return partitionRacks;
}

function topicIdsOf(group: ConsumerGroup, member: ConsumerMember): Set<Uuid> {
  const ids = new Set<Uuid>();
  for (const name of group.subscriptionOf(member)) {
    const topic = group.topics.get(name);
    if (topic !== undefined) ids.add(topic.id);
  }
  return ids;
}
