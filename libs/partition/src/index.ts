export type { AppendOutcome, Effects } from "./effects";
export { PartitionReplica } from "./partition-replica";
export * from "./producers";
export type { Assignment, InSync, IsrProposal, ReplicaState, Transition } from "./replica-state";
export type { FollowerProgress } from "./follower-progress";
export * from "./sequence";
export type { AbortedTransaction } from "./transactions";
export * from "./truncation";
export type * from "./steps";
