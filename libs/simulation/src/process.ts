import type { NodeId } from "@moldau/base";
import { BrokerDefinition } from "@moldau/contracts";
import { createServiceRegistry, type LocalServices, PeerStates, type Service } from "@moldau/rpc";
import type { Owner } from "./virtual-time";

/** One life of a process: what it offers, and whether it lives. A restarted node is another process. */
export class SimulatedProcess {
  readonly owner: Owner = { alive: true, pausedUntilMs: 0 };
  readonly services: LocalServices = createServiceRegistry();
  /** What this process's own connections say of others. */
  readonly peerStates = new PeerStates();

  constructor(
    readonly nodeId: NodeId,
    /** Counts a node's starts. */
    readonly incarnation: number,
  ) {}

  /** For observers: without the network. */
  brokerService(): Service<typeof BrokerDefinition> | undefined {
    return this.services.implementation(BrokerDefinition);
  }

  get alive(): boolean {
    return this.owner.alive;
  }
}
