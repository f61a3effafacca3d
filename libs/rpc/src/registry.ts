import { implementationOf, type Implementation, type ServiceDefinition } from "./method";
import { PeerStates } from "./peer-states";
import type { Service, ServiceRegistry } from "./service";

/** A service that a node offers. */
export interface OfferedService {
  readonly definition: ServiceDefinition;
  readonly implementation: Implementation;
}

/** The registry as the process that holds it sees it: what is offered, and by whom it is answered. */
export interface LocalServices extends ServiceRegistry {
  /** The implementation, or undefined where this node does not (yet) offer the service. */
  implementation<D extends ServiceDefinition>(definition: D): Service<D> | undefined;
  /** Calls `listener` for each service offered so far and for each one offered later. */
  onOffer(listener: (offered: OfferedService) => void): void;
  /** What the pipes that lead here say of their callers; told by the server. */
  readonly callers: PeerStates;
}

/** The services of one node. A process that hosts several nodes has one of these for each. */
export function createServiceRegistry(): LocalServices {
  const services = new Map<string, OfferedService>();
  const listeners: ((offered: OfferedService) => void)[] = [];
  const callers = new PeerStates();
  return {
    callers,
    onCaller: (listener) => callers.listen(listener),
    offer(definition, implementation) {
      if (services.has(definition.fullName)) throw new Error(`${definition.fullName} is offered twice by one node`);
      const offered = { definition, implementation: implementationOf(implementation) };
      services.set(definition.fullName, offered);
      for (const listener of listeners) listener(offered);
    },
    implementation<D extends ServiceDefinition>(definition: D) {
      return services.get(definition.fullName)?.implementation as unknown as Service<D> | undefined;
    },
    onOffer(listener) {
      listeners.push(listener);
      for (const offered of services.values()) listener(offered);
    },
  };
}
