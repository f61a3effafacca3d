export {
  RaftDecodeError,
  decodeConfiguration,
  decodeRaftMessage,
  encodeConfiguration,
  encodeRaftMessage,
} from "./encoding";
export { entryTypeCode, entryTypeOf } from "./encoding";
export { configurationProblem, isSame, isVoter, staticVoter, type ReplicaKey } from "./configuration";
export { observersOf, standsAlone, voterProgress } from "./members";
export type {
  Configuration,
  Entry,
  EntryType,
  HardState,
  RaftMessage,
  SnapshotMetadata,
  Voter,
  VoterEndpoint,
} from "./messages";
export type { Progress } from "./progress";
export { step, type RaftEvent } from "./raft";
export { configurationOf, createRaft, defaultRaftSettings, snapshotMetadataAt } from "./state";
export type {
  Effects,
  Leader,
  ProposalOutcome,
  RaftSettings,
  RaftStart,
  RaftState,
  Role,
  SnapshotRead,
  Write,
} from "./state";
