export { DataDirectoryError } from "./cluster-id";
export { controllerRole } from "./controller-role";
export { type QuorumSeed, seedQuorum } from "./quorum";
