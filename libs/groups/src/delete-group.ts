import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import type { ConsumerGroup } from "./consumer/consumer-group";
import type { GroupState } from "./group-state";
import { allPartitions } from "./delete-offsets";
import type { Step } from "./step";

/**
 * DeleteGroups for one group: only while it has no members; its offsets go with it, those of
 * open transactions too.
 * Source: GroupCoordinatorShard.deleteGroups.
 */
export function deleteGroup(state: GroupState, call: CallId, { groupId }: { groupId: string }, step: Step): void {
  const consumerGroup = state.consumerGroups.get(groupId);
  const group = state.groups.get(groupId);
  const errorCode = consumerGroup === undefined ? check(group) : checkConsumerGroup(consumerGroup);
  if (errorCode === KafkaError.NONE) {
    for (const [topic, partition] of allPartitions(state, groupId)) {
      step.record({ kind: "offset", groupId, topic, partition, value: null });
    }
    if (consumerGroup === undefined) step.record({ kind: "group", groupId, value: null });
    else for (const record of consumerGroup.tombstones()) step.record(record);
  }
  step.answer("deleteGroup", call, errorCode);
}

function check(group: ClassicGroup | undefined): KafkaErrorCode {
  if (group === undefined) return KafkaError.GROUP_ID_NOT_FOUND;
  return group.state === "Empty" ? KafkaError.NONE : KafkaError.NON_EMPTY_GROUP;
}

function checkConsumerGroup(group: ConsumerGroup): KafkaErrorCode {
  return group.members.size === 0 ? KafkaError.NONE : KafkaError.NON_EMPTY_GROUP;
}
