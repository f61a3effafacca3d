import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { OffsetDeleteRequest } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import { ConsumerGroup } from "./consumer/consumer-group";
import { TOMBSTONES_A_STEP } from "./group-config";
import type { GroupState } from "./group-state";
import type { Step } from "./step";

/**
 * OffsetDelete, version 0 (KIP-496): of a live `consumer` group only topics that nobody subscribes to. What an open
 * transaction has committed for the partition is void as well.
 * Source: OffsetMetadataManager.deleteOffsets, ClassicGroup.validateOffsetDelete.
 */
export function deleteOffsets(
  state: GroupState,
  call: CallId,
  { body }: { body: OffsetDeleteRequest },
  step: Step,
): void {
  const consumerGroup = state.consumerGroups.get(body.groupId);
  const group = state.groups.get(body.groupId);
  const errorCode = body.groupId === "" ? KafkaError.INVALID_GROUP_ID : check(group ?? consumerGroup);
  if (errorCode !== KafkaError.NONE) return step.answer("deleteOffsets", call, { errorCode });
  const subscribedNames = consumerGroup?.subscribedNames();
  const topics = body.topics.map(({ name, partitions }) => {
    const subscribed = subscribedNames?.has(name) ?? group?.isSubscribedTo(name) ?? false;
    return {
      name,
      partitions: partitions.map(({ partitionIndex }) => {
        if (subscribed) return { partitionIndex, errorCode: KafkaError.GROUP_SUBSCRIBED_TO_TOPIC };
        if (
          state.offset(body.groupId, name, partitionIndex) !== undefined ||
          state.pending.has(body.groupId, name, partitionIndex)
        ) {
          step.record({ kind: "offset", groupId: body.groupId, topic: name, partition: partitionIndex, value: null });
        }
        return { partitionIndex, errorCode: KafkaError.NONE };
      }),
    };
  });
  step.answer("deleteOffsets", call, { errorCode: KafkaError.NONE, topics });
}

function check(group: ClassicGroup | ConsumerGroup | undefined): KafkaErrorCode {
  if (group === undefined) return KafkaError.GROUP_ID_NOT_FOUND;
  if (group instanceof ConsumerGroup) return KafkaError.NONE;
  return group.state === "Empty" || group.isConsumerType ? KafkaError.NONE : KafkaError.NON_EMPTY_GROUP;
}

/** Topics were deleted: their offsets mean nothing any more, whoever committed them. */
export function forgetTopics(
  state: GroupState,
  call: CallId,
  { topics }: { topics: readonly string[] },
  step: Step,
): void {
  const gone = new Set(topics);
  for (const groupId of new Set([...state.groupsWithOffsets(), ...state.pending.groupIds()])) {
    for (const [topic, partition] of allPartitions(state, groupId)) {
      if (!gone.has(topic)) continue;
      if (step.recordCount === TOMBSTONES_A_STEP) return step.answer("forgetTopics", call, { more: true });
      step.record({ kind: "offset", groupId, topic, partition, value: null });
    }
  }
  step.answer("forgetTopics", call, { more: false });
}

/** Every partition of which the group has an offset, committed or pending, once. */
export function* allPartitions(state: GroupState, groupId: string): Generator<[topic: string, partition: number]> {
  for (const [topic, partitions] of state.offsetsOf(groupId)) {
    for (const [partition] of partitions) yield [topic, partition];
  }
  const seen = new Set<string>();
  for (const [topic, partition] of state.pending.partitionsOf(groupId)) {
    const name = `${topic}-${partition}`;
    if (seen.has(name) || state.offset(groupId, topic, partition) !== undefined) continue;
    seen.add(name);
    yield [topic, partition];
  }
}
