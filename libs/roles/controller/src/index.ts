export { DataDirectoryError } from "./cluster-id";
export { controllerRole } from "./controller-role";
export { type QuorumFile, type QuorumSeed, readQuorumFile, seedQuorum } from "./quorum";
