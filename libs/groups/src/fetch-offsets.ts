import { KafkaError } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import type { GroupCalls } from "./group-calls";
import type { CommittedOffset } from "./group-record";
import type { GroupState } from "./group-state";
import type { Step } from "./step";

/**
 * OffsetFetch for one group: what was never committed is -1 without an error, also where the group does not exist.
 * Answers wait for what is being appended, so every answer is stable in the sense of `require_stable` (KIP-447) as long as
 * no transaction commits offsets.
 * Source: OffsetMetadataManager.fetchOffsets, fetchAllOffsets.
 */
export function fetchOffsets(
  state: GroupState,
  call: CallId,
  ask: GroupCalls["fetchOffsets"]["ask"],
  step: Step,
): void {
  const { groupId } = ask;
  const topics =
    ask.topics === null
      ? [...state.offsetsOf(groupId)].map(([name, partitions]) => ({
          name,
          partitions: [...partitions].map(([partition, committed]) => show(partition, committed)),
        }))
      : ask.topics.map(({ name, partitionIndexes }) => ({
          name,
          partitions: partitionIndexes.map((partition) => show(partition, state.offset(groupId, name, partition))),
        }));
  step.answer("fetchOffsets", call, { groupId, topics, errorCode: KafkaError.NONE });
}

function show(partitionIndex: number, committed: CommittedOffset | undefined) {
  return {
    partitionIndex,
    committedOffset: committed?.offset ?? -1,
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? "",
    errorCode: KafkaError.NONE,
  };
}
