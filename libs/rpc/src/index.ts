export type { OwnedPeers, PeersOptions } from "./peers";
export { createPeers } from "./peers";
export type { LocalServices, OfferedService } from "./registry";
export { createServiceRegistry } from "./registry";
export type { RpcServer, RpcServerOptions } from "./server";
export { startRpcServer } from "./server";
export type {
  CallContext,
  ControllerAddress,
  PeerEvent,
  Peers,
  PeerState,
  ProbeOutcome,
  RpcAddress,
  Service,
  ServiceRegistry,
} from "./service";
export { noContext, PeerUnavailable, RemoteError } from "./service";
export { throughTheWire } from "./through-the-wire";
export type { WireOptions } from "./wire-options";
// For other transports: a simulation's network.
export { followController } from "./controller-route";
export { implementationOf, methodsOf, serviceOf, type Method, type ServiceDefinition } from "./method";
export { PeerStates } from "./peer-states";
