import { KafkaError } from "@moldau/base";
import type { ConsumerGroupDescribeResponse } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { GroupState } from "../group-state";
import type { Step } from "../step";
import type { Assignment } from "./assignment";
import { assignorOf } from "./retarget";

type Described = ConsumerGroupDescribeResponse["groups"][number];
type DescribedAssignment = Described["members"][number]["assignment"];

const MEMBER_TYPE_CLASSIC = 0;
const MEMBER_TYPE_CONSUMER = 1;

/**
 * ConsumerGroupDescribe for one group, versions 0–1; undefined where there is no such consumer group. v1 member types.
 * Source: GroupMetadataManager.consumerGroupDescribe (KIP-848, KIP-1099).
 */
export function describeConsumerGroup(
  state: GroupState,
  call: CallId,
  { groupId }: { groupId: string },
  step: Step,
): void {
  const group = state.consumerGroups.get(groupId);
  if (group === undefined) return step.answer("consumerDescribe", call, undefined);
  step.answer("consumerDescribe", call, {
    errorCode: KafkaError.NONE,
    groupId,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.targetEpoch,
    assignorName: assignorOf(state, group),
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId,
      rackId: member.rackId,
      memberEpoch: member.memberEpoch,
      clientId: member.clientId,
      clientHost: member.clientHost,
      subscribedTopicNames: [...member.subscribedTopicNames],
      subscribedTopicRegex: member.subscribedTopicRegex,
      assignment: show(state, member.assigned),
      targetAssignment: show(state, group.targetOf(member.memberId)),
      memberType: member.classic === null ? MEMBER_TYPE_CONSUMER : MEMBER_TYPE_CLASSIC,
    })),
  });
}

/** Topics that are gone have no name to show. */
function show(state: GroupState, assignment: Assignment): DescribedAssignment {
  const topicPartitions = [];
  for (const [topicId, partitions] of assignment) {
    const topicName = state.cluster.topicName(topicId);
    if (topicName !== undefined) topicPartitions.push({ topicId, topicName, partitions: [...partitions] });
  }
  return { topicPartitions };
}
