import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { checkConsumerCommit } from "./consumer/consumer-offsets";
import { keepConsumerSession } from "./consumer/timers";
import type { GroupCalls } from "./group-calls";
import type { TransactionRef } from "./group-record";
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
  const { groupId, memberId, groupInstanceId, generationIdOrMemberEpoch: generation } = body;
  const refusal = checkOffsetCommit(state, groupId, {
    generation,
    memberId,
    groupInstanceId,
    transactional: false,
    apiVersion: caller.apiVersion,
    groupIdNotFound: caller.apiVersion >= 9 ? KafkaError.GROUP_ID_NOT_FOUND : KafkaError.ILLEGAL_GENERATION,
  });
  const consumerMember = state.consumerGroups.get(groupId)?.members.get(memberId);
  if (refusal === KafkaError.NONE && consumerMember?.classic) keepConsumerSession(state, groupId, consumerMember, step);
  const group = state.groups.get(groupId);
  if (refusal === KafkaError.NONE && group !== undefined && group.state !== "Empty") {
    keepSession(group, memberId, step);
  }
  const expireTimestampMs = body.retentionTimeMs === -1 ? -1 : step.nowMs + body.retentionTimeMs;
  const topics = body.topics.map(({ name, topicId, partitions }) => ({
    name,
    topicId,
    partitions: decideOffsets(state, { groupId, topic: name, expireTimestampMs }, partitions, refusal, step),
  }));
  step.answer("commitOffsets", call, { topics });
}

/** Who commits, as the request says. */
export interface Committer {
  readonly generation: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly transactional: boolean;
  /** Of OffsetCommit; says nothing of a transactional commit. */
  readonly apiVersion: number;
  /** What a generation of a group that does not exist is told. */
  readonly groupIdNotFound: KafkaErrorCode;
}

/** Whether somebody may commit offsets for the group now. */
export function checkOffsetCommit(state: GroupState, groupId: string, committer: Committer): KafkaErrorCode {
  const { generation, memberId, groupInstanceId, transactional } = committer;
  const consumerGroup = state.consumerGroups.get(groupId);
  if (consumerGroup !== undefined) {
    const by = transactional ? "transaction" : { apiVersion: committer.apiVersion };
    return checkConsumerCommit(consumerGroup, { memberId, memberEpoch: generation }, by);
  }
  const group = state.groups.get(groupId);
  if (group === undefined) return generation < 0 ? KafkaError.NONE : committer.groupIdNotFound;
  if (generation < 0 && group.state === "Empty") return KafkaError.NONE;
  if (generation >= 0 || memberId !== "" || groupInstanceId !== null) {
    const errorCode = group.checkMember(memberId, groupInstanceId);
    if (errorCode !== KafkaError.NONE) return errorCode;
    if (generation !== group.generation) return KafkaError.ILLEGAL_GENERATION;
    // Producers of before TxnOffsetCommit v3 do not know their member; the transaction fences them.
  } else if (!transactional) return KafkaError.UNKNOWN_MEMBER_ID;
  // The member has heard of the new generation and not yet of its assignment: it cannot know what it consumed in it.
  const unassigned = !transactional && group.state === "CompletingRebalance";
  return unassigned ? KafkaError.REBALANCE_IN_PROGRESS : KafkaError.NONE;
}

interface AskedOffset {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  /** Version 1 of OffsetCommit names one. */
  readonly commitTimestamp?: number;
  readonly committedMetadata: string | null;
}

/** Records the offsets of one topic, except where the metadata is too long or all are refused. */
export function decideOffsets(
  state: GroupState,
  { groupId, topic, expireTimestampMs }: { groupId: string; topic: string; expireTimestampMs: number },
  partitions: readonly AskedOffset[],
  refusal: KafkaErrorCode,
  step: Step,
  transaction?: TransactionRef,
): { partitionIndex: number; errorCode: KafkaErrorCode }[] {
  return partitions.map(
    ({ partitionIndex, committedOffset, committedLeaderEpoch, commitTimestamp, committedMetadata }) => {
      const metadata = committedMetadata ?? "";
      if (refusal !== KafkaError.NONE) return { partitionIndex, errorCode: refusal };
      if (metadata.length > state.config.offsetMetadataMaxBytes) {
        return { partitionIndex, errorCode: KafkaError.OFFSET_METADATA_TOO_LARGE };
      }
      step.record({
        kind: "offset",
        groupId,
        topic,
        partition: partitionIndex,
        value: {
          offset: committedOffset,
          leaderEpoch: committedLeaderEpoch,
          metadata,
          commitTimestampMs: commitTimestamp === undefined || commitTimestamp === -1 ? step.nowMs : commitTimestamp,
          expireTimestampMs,
        },
        ...(transaction === undefined ? {} : { transaction }),
      });
      return { partitionIndex, errorCode: KafkaError.NONE };
    },
  );
}
