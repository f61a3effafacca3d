export { type AdminServer, type AdminSource, ListenError, startAdminServer } from "./admin-server";
export { followDynamicConfig } from "./follow-dynamic-config";
export { type HostOptions, type NodeSpec, type RunningHost, startHost, systemEnvironment } from "./host";
export { linkToParent, type FromChild, type FromParent, type ParentLink } from "./parent-link";
export { knowsOwnStart } from "./own-start";
export {
  advertisedEndpoints,
  type NodeRegistration,
  type NodeRegistrationOptions,
  startNodeRegistration,
} from "./node-registration";
export { type Listener, controllersOf, parseListeners, parseVoters } from "./parse-listeners";
export {
  exitStatusOf,
  type ProcessLife,
  type RunningProcess,
  runMain,
  runUntilStopped,
  UsageError,
} from "./process-life";
export { type ProducerIds, startProducerIds } from "./producer-ids";
export type { Environment, Role, RoleContext, RunningRole } from "./role";
export { serverCommand, type ServerCommandOptions, splitOption } from "./server-command";
export { chooseFreePorts } from "./free-ports";
export { type ClusterShape, type NodePlan, planTopology, type RoleName, TopologyError } from "./topology";
