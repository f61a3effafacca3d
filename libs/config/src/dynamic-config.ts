import type { Config } from "./config";
import { type UpdateMode, validateValue } from "./definition";
import { brokerConfigDefinitions } from "./definitions";
import { configOf } from "./load-config";

/** What administrators have set on brokers while they run, as the metadata has it. */
export interface DynamicLayers {
  /** On this very broker; wins. */
  own: ReadonlyMap<string, string>;
  /** On the default of all brokers (the empty resource name). */
  clusterDefault: ReadonlyMap<string, string>;
}

interface Listener {
  keys: readonly string[];
  call(): void;
}

const nothing: ReadonlyMap<string, string> = new Map();

/**
 * A process's configuration as it is in force now: what was set on this broker, else on the default of all of them, else what
 * the process was started with, else the default. Whoever reads a key that may change asks at the time of use, or listens.
 * Keys that may not change while a broker runs, and values that are not acceptable, count as not set.
 * Source: KIP-226, DynamicBrokerConfig.
 */
export class DynamicConfig implements Config {
  readonly #static: Config;
  readonly #listeners = new Set<Listener>();
  #current: Config;
  #layers: DynamicLayers = { own: nothing, clusterDefault: nothing };

  constructor(started: Config) {
    this.#static = started;
    this.#current = started;
  }

  /** Takes over what is set now, then tells who listens for a key whose value in force is another one than before. */
  update({ own, clusterDefault }: DynamicLayers): void {
    if (own === this.#layers.own && clusterDefault === this.#layers.clusterDefault) return;
    const before = this.#current;
    this.#layers = { own, clusterDefault };
    const set = new Map([...acceptable(clusterDefault, "cluster-wide"), ...acceptable(own)]);
    this.#current = set.size === 0 ? this.#static : configOf(new Map([...this.#static.given(), ...set]));
    const changed = (key: string) => before.string(key) !== this.#current.string(key);
    for (const listener of [...this.#listeners]) if (listener.keys.some(changed)) listener.call();
  }

  /** Calls `listener` after the value in force of any of the keys has changed. Returns how to stop. */
  onChange(keys: readonly string[], listener: () => void): () => void {
    const entry: Listener = { keys, call: listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  number(key: string): number {
    return this.#current.number(key);
  }
  string(key: string): string {
    return this.#current.string(key);
  }
  boolean(key: string): boolean {
    return this.#current.boolean(key);
  }
  list(key: string): string[] {
    return this.#current.list(key);
  }
  /** Whether somebody set it, before the start or since. */
  isSet(key: string): boolean {
    return this.#current.isSet(key);
  }
  /** What the process was started with: the static layer. */
  given(): ReadonlyMap<string, string> {
    return this.#static.given();
  }
  topicDefaults(): ReadonlyMap<string, string> {
    return this.#current.topicDefaults();
  }
}

/** Kafka too ignores what its newer or older self would have refused, rather than stop. */
function acceptable(layer: ReadonlyMap<string, string>, only?: UpdateMode): [string, string][] {
  return [...layer].filter(([key, value]) => {
    const definition = brokerConfigDefinitions.get(key);
    if (definition === undefined || definition.mode === "read-only") return false;
    return (only === undefined || definition.mode === only) && validateValue(definition, value) === undefined;
  });
}
