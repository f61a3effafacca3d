export { QUORUM_LISTENER } from "./addresses";
export { QuorumStorageError } from "./files";
export type { QuorumLog } from "./member";
export {
  NotLeaderError,
  ProposalRefusedError,
  SupersededError,
  type CommittedEntry,
  type Leadership,
  type LoadedSnapshot,
  type Quorum,
  type QuorumDescription,
  type VoterState,
} from "./quorum";
export { METADATA_LOG_DIRECTORY, startQuorum, type QuorumOptions } from "./start-quorum";
export { VoterChanges, type NewVoter, type VoterChangeOutcome } from "./voter-changes";
export { type QuorumSeed, seedQuorum } from "./seed-quorum";
export { type QuorumFile, readQuorumFile } from "./read-quorum-file";
