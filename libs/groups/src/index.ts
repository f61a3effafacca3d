export type { ClassicGroup, ClassicGroupState } from "./classic-group";
export type {
  Caller,
  DescribedConsumerGroup,
  DescribedGroup,
  FetchedGroupOffsets,
  GroupCallName,
  GroupCalls,
  GroupReply,
  GroupRequest,
  ListedGroup,
} from "./group-calls";
export { assignors } from "./consumer/assignors";
export { type TopicRacks, topicRacksOf } from "./consumer/topic-racks";
export { type ClusterView, emptyCluster, type GroupOverrides, type TopicFacts } from "./consumer/cluster-view";
export type { ConsumerGroup, ConsumerGroupState } from "./consumer/consumer-group";
export type { ConsumerRecord } from "./consumer/consumer-record";
export type { MigrationPolicy } from "./consumer/migrate";
export { defaultGroupConfig, type GroupConfig } from "./group-config";
export type { GroupEvent } from "./group-event";
export { decodeGroupRecord, encodeGroupRecord } from "./group-log";
export { GroupMachine } from "./group-machine";
export {
  batchKeyOf,
  type CommittedOffset,
  type GroupMetadata,
  type GroupMetadataMember,
  type GroupRecord,
  sizeOfGroupRecord,
  type TransactionMarkerRecord,
  type TransactionRef,
} from "./group-record";
export { GroupState } from "./group-state";
