import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { OffsetDeleteRequest } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import { TOMBSTONES_A_STEP } from "./group-config";
import type { GroupState } from "./group-state";
import type { Step } from "./step";

/**
 * OffsetDelete, version 0 (KIP-496): of a live `consumer` group only topics that nobody subscribes to.
 * Source: OffsetMetadataManager.deleteOffsets, ClassicGroup.validateOffsetDelete.
 */
export function deleteOffsets(
  state: GroupState,
  call: CallId,
  { body }: { body: OffsetDeleteRequest },
  step: Step,
): void {
  const group = state.groups.get(body.groupId);
  const errorCode = check(group);
  if (group === undefined || errorCode !== KafkaError.NONE) return step.answer("deleteOffsets", call, { errorCode });
  const topics = body.topics.map(({ name, partitions }) => {
    const subscribed = group.isSubscribedTo(name);
    return {
      name,
      partitions: partitions.map(({ partitionIndex }) => {
        if (subscribed) return { partitionIndex, errorCode: KafkaError.GROUP_SUBSCRIBED_TO_TOPIC };
        if (state.offset(body.groupId, name, partitionIndex) !== undefined) {
          step.record({ kind: "offset", groupId: body.groupId, topic: name, partition: partitionIndex, value: null });
        }
        return { partitionIndex, errorCode: KafkaError.NONE };
      }),
    };
  });
  step.answer("deleteOffsets", call, { errorCode: KafkaError.NONE, topics });
}

function check(group: ClassicGroup | undefined): KafkaErrorCode {
  if (group === undefined) return KafkaError.GROUP_ID_NOT_FOUND;
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
  for (const groupId of state.groupsWithOffsets()) {
    for (const [topic, partitions] of state.offsetsOf(groupId)) {
      if (!gone.has(topic)) continue;
      for (const [partition] of partitions) {
        if (step.recordCount === TOMBSTONES_A_STEP) return step.answer("forgetTopics", call, { more: true });
        step.record({ kind: "offset", groupId, topic, partition, value: null });
      }
    }
  }
  step.answer("forgetTopics", call, { more: false });
}
