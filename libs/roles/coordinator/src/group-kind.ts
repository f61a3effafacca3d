import {
  batchKeyOf,
  type ClusterView,
  type GroupCalls,
  type GroupConfig,
  type GroupEvent,
  GroupMachine,
  type GroupRecord,
  type GroupState,
  sizeOfGroupRecord,
} from "@moldau/groups";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { buildGroupBatch, groupBatchMeaning } from "./group-batches";
import { readShardBatches } from "./log-batches";
import type { OwnedShard, ShardKind } from "./owned-shard";
import type { OwnedShards } from "./owned-shards";

export type GroupShard = OwnedShard<GroupCalls, GroupRecord, GroupEvent, GroupState>;
export type GroupShards = OwnedShards<GroupCalls, GroupRecord, GroupEvent, GroupState>;

/** Shards of groups. `codec`: `offsets.topic.compression.codec`. */
export function groupKind(
  config: GroupConfig,
  codec: number,
  cluster: ClusterView,
): ShardKind<GroupCalls, GroupRecord, GroupEvent, GroupState> {
  return {
    topic: GROUP_METADATA_TOPIC,
    machine: (timeline) => new GroupMachine(timeline, config, cluster),
    sizeOf: sizeOfGroupRecord,
    batchKeyOf,
    build: (entries, nowMs) => buildGroupBatch(entries, codec, nowMs),
    read: (bytes, bounds) => readShardBatches(bytes, bounds, groupBatchMeaning),
    contents: (state) => ({ groups: state.groups.size + state.consumerGroups.size }),
  };
}
