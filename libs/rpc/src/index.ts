export type { CallContext, Peers, Service, ServiceRegistry } from "./service";
export { noContext, PeerUnavailable } from "./service";
