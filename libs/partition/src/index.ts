export type {
  AppendAsk,
  AppendDecision,
  AppendOutcome,
  Effects,
  PartitionSettings,
  PartitionStart,
  ReadBounds,
  ReaderKind,
} from "./partition-replica";
export { PartitionReplica } from "./partition-replica";
export * from "./producers";
export type { Assignment, InSync, IsrProposal, ReplicaState, Transition } from "./replica-state";
export type { FollowerProgress } from "./follower-progress";
export * from "./sequence";
export type { AbortedTransaction } from "./transactions";
export * from "./truncation";
