import { KafkaError } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { checkConsumerFetch } from "./consumer/consumer-offsets";
import type { FetchedGroupOffsets, GroupCalls } from "./group-calls";
import type { CommittedOffset } from "./group-record";
import type { GroupState } from "./group-state";
import type { Step } from "./step";

type FetchedPartition = NonNullable<NonNullable<FetchedGroupOffsets["topics"]>[number]["partitions"]>[number];

/**
 * OffsetFetch for one group: what was never committed is -1 without an error, also where the group does not exist.
 * Answers wait for what is being appended. With `requireStable` (KIP-447) a partition whose offset an open transaction may
 * yet change is UNSTABLE_OFFSET_COMMIT, to be asked again.
 * Source: OffsetMetadataManager.fetchOffsets, fetchAllOffsets.
 */
export function fetchOffsets(
  state: GroupState,
  call: CallId,
  ask: GroupCalls["fetchOffsets"]["ask"],
  step: Step,
): void {
  const { groupId, requireStable } = ask;
  const consumerGroup = state.consumerGroups.get(groupId);
  const errorCode = consumerGroup === undefined ? KafkaError.NONE : checkConsumerFetch(consumerGroup, ask.member);
  if (errorCode !== KafkaError.NONE) return step.answer("fetchOffsets", call, { groupId, topics: [], errorCode });
  const show = (topic: string, partition: number, committed: CommittedOffset | undefined): FetchedPartition =>
    requireStable && state.pending.has(groupId, topic, partition)
      ? shown(partition, undefined, KafkaError.UNSTABLE_OFFSET_COMMIT)
      : shown(partition, committed, KafkaError.NONE);
  const topics =
    ask.topics === null
      ? [...state.offsetsOf(groupId)].map(([name, partitions]) => ({
          name,
          partitions: [...partitions].map(([partition, committed]) => show(name, partition, committed)),
        }))
      : ask.topics.map(({ name, partitionIndexes }) => ({
          name,
          partitions: partitionIndexes.map((partition) =>
            show(name, partition, state.offset(groupId, name, partition)),
          ),
        }));
  step.answer("fetchOffsets", call, { groupId, topics, errorCode: KafkaError.NONE });
}

function shown(partitionIndex: number, committed: CommittedOffset | undefined, errorCode: number): FetchedPartition {
  return {
    partitionIndex,
    committedOffset: committed?.offset ?? -1,
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? "",
    errorCode,
  };
}
