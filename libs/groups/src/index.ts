export type { ClassicGroup, ClassicGroupState } from "./classic-group";
export type {
  Caller,
  DescribedGroup,
  FetchedGroupOffsets,
  GroupCallName,
  GroupCalls,
  GroupReply,
  GroupRequest,
  ListedGroup,
} from "./group-calls";
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
