import type { NodeId } from "@moldau/base";
import type { Configuration } from "@moldau/raft";
import type { ControllerAddress, RpcAddress } from "@moldau/rpc";

/** The listener on which controllers answer each other, and every other role. */
export const QUORUM_LISTENER = "RPC";
/** Strangers that are remembered by what they said of themselves. */
const GREETED_MAX = 32;

/**
 * Where the controllers answer. The voters' own endpoints count, as far as the configuration in the log has them; then
 * what a controller said of itself when it made itself known; then what this process was configured with.
 */
export class ControllerAddresses {
  readonly #configured: readonly ControllerAddress[];
  readonly #greeted = new Map<NodeId, ControllerAddress>();
  #voters: readonly ControllerAddress[] = [];
  readonly #changed: (controllers: readonly ControllerAddress[]) => void;

  constructor(configured: readonly ControllerAddress[], changed: (controllers: readonly ControllerAddress[]) => void) {
    this.#configured = configured;
    this.#changed = changed;
  }

  /** The voters as the configuration names them, or as this process does where it names ids only. */
  get voters(): readonly ControllerAddress[] {
    return this.#voters.length > 0 ? this.#voters : this.#configured;
  }

  of(nodeId: NodeId): RpcAddress | undefined {
    return this.#all().get(nodeId);
  }

  /** A controller said where it answers. */
  greet(address: ControllerAddress): void {
    const known = this.#greeted.get(address.id);
    if (known !== undefined && known.host === address.host && known.port === address.port) return;
    this.#greeted.delete(address.id);
    if (this.#greeted.size >= GREETED_MAX) this.#greeted.delete(this.#greeted.keys().next().value!);
    this.#greeted.set(address.id, address);
    this.#changed([...this.#all().values()]);
  }

  /** The configuration in force; tells of it where it names addresses that were not told before. */
  follow(configuration: Configuration): void {
    const voters = configuration.voters.flatMap(({ id, endpoints }) => {
      const endpoint = endpoints.find(({ name }) => name === QUORUM_LISTENER);
      return endpoint === undefined ? [] : [{ id, host: endpoint.host, port: endpoint.port }];
    });
    const text = (each: ControllerAddress): string => `${each.id}@${each.host}:${each.port}`;
    if (voters.map(text).join() === this.#voters.map(text).join()) return;
    this.#voters = voters;
    this.#changed([...this.#all().values()]);
  }

  #all(): Map<NodeId, ControllerAddress> {
    const all = new Map(this.#configured.map((each) => [each.id, each]));
    for (const each of [...this.#greeted.values(), ...this.#voters]) all.set(each.id, each);
    return all;
  }
}
