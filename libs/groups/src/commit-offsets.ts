import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { OffsetCommitRequest } from "@moldau/protocol";
import type { CallId } from "@moldau/shards";
import type { ClassicGroup } from "./classic-group";
import type { GroupCalls } from "./group-calls";
import type { GroupState } from "./group-state";
import { keepSession } from "./heartbeat";
import type { Step } from "./step";

/**
 * OffsetCommit, versions 0–10, by a member of the present generation, or by anyone while the group is empty (tools,
 * consumers that assign partitions themselves).
 * v1 generation, v2–4 retention, v6 leader epochs (KIP-320), v7 instance ids, v9 stale members are told by the error, v10
 * topic ids (the role resolves them).
 * Source: OffsetMetadataManager.commitOffset, ClassicGroup.validateOffsetCommit.
 */
export function commitOffsets(
  state: GroupState,
  call: CallId,
  { body, caller }: GroupCalls["commitOffsets"]["ask"],
  step: Step,
): void {
  const group = state.groups.get(body.groupId);
  const refusal = check(group, body, caller.apiVersion);
  if (refusal === KafkaError.NONE && group !== undefined && group.state !== "Empty") {
    keepSession(group, body.memberId, step);
  }
  const expireTimestampMs = body.retentionTimeMs === -1 ? -1 : step.nowMs + body.retentionTimeMs;
  const topics = body.topics.map((topic) => ({
    name: topic.name,
    topicId: topic.topicId,
    partitions: topic.partitions.map((partition) => {
      const { partitionIndex } = partition;
      const metadata = partition.committedMetadata ?? "";
      if (refusal !== KafkaError.NONE) return { partitionIndex, errorCode: refusal };
      if (metadata.length > state.config.offsetMetadataMaxBytes) {
        return { partitionIndex, errorCode: KafkaError.OFFSET_METADATA_TOO_LARGE };
      }
      step.record({
        kind: "offset",
        groupId: body.groupId,
        topic: topic.name,
        partition: partitionIndex,
        value: {
          offset: partition.committedOffset,
          leaderEpoch: partition.committedLeaderEpoch,
          metadata,
          commitTimestampMs: partition.commitTimestamp === -1 ? step.nowMs : partition.commitTimestamp,
          expireTimestampMs,
        },
      });
      return { partitionIndex, errorCode: KafkaError.NONE };
    }),
  }));
  step.answer("commitOffsets", call, { topics });
}

function check(group: ClassicGroup | undefined, body: OffsetCommitRequest, apiVersion: number): KafkaErrorCode {
  const { generationIdOrMemberEpoch: generation, memberId, groupInstanceId } = body;
  if (group === undefined) {
    if (generation < 0) return KafkaError.NONE;
    return apiVersion >= 9 ? KafkaError.GROUP_ID_NOT_FOUND : KafkaError.ILLEGAL_GENERATION;
  }
  if (generation < 0 && group.state === "Empty") return KafkaError.NONE;
  if (generation < 0 && memberId === "" && groupInstanceId === null) return KafkaError.UNKNOWN_MEMBER_ID;
  const errorCode = group.checkMember(memberId, groupInstanceId);
  if (errorCode !== KafkaError.NONE) return errorCode;
  if (generation !== group.generation) return KafkaError.ILLEGAL_GENERATION;
  // The member has heard of the new generation and not yet of its assignment: it cannot know what it consumed in it.
  return group.state === "CompletingRebalance" ? KafkaError.REBALANCE_IN_PROGRESS : KafkaError.NONE;
}
