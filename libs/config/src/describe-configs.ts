import { canonicalValue, type ConfigDefinition, type ConfigType, type Synonym } from "./definition";
import {
  brokerConfigDefinitions,
  clientMetricsConfigDefinitions,
  groupConfigDefinitions,
  topicConfigDefinitions,
} from "./definitions";
import { scaled } from "./load-config";

/** Where a value comes from, as DescribeConfigs numbers it. Source: ConfigEntry.ConfigSource, KIP-226, KIP-1043. */
export const ConfigSource = {
  unknown: 0,
  topic: 1,
  dynamicBroker: 2,
  dynamicDefaultBroker: 3,
  staticBroker: 4,
  default: 5,
  brokerLogger: 6,
  clientMetrics: 7,
  group: 8,
} as const;
export type ConfigSourceCode = (typeof ConfigSource)[keyof typeof ConfigSource];

/** Types as DescribeConfigs v3+ numbers them. */
export const configTypeCodes: Readonly<Record<ConfigType, number>> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
};

const UNKNOWN_TYPE = 0;

export interface ConfigSynonym {
  name: string;
  value: string | null;
  source: ConfigSourceCode;
}

/** One row of a DescribeConfigs answer; the handler picks what its version has. */
export interface ConfigEntry {
  name: string;
  /** Null where there is none, and for secrets. */
  value: string | null;
  source: ConfigSourceCode;
  isDefault: boolean;
  readOnly: boolean;
  sensitive: boolean;
  /** As `configTypeCodes` has it. */
  type: number;
  /** Null for what has none. */
  documentation: string | null;
  /** All values that there are for this key, the one in force first. */
  synonyms: ConfigSynonym[];
}

type Values = ReadonlyMap<string, string>;

/** The layers that a broker's value may come from; each empty where nothing was set. */
export interface BrokerLayers {
  /** IncrementalAlterConfigs on this broker. */
  dynamic: Values;
  /** … on the default of all brokers (empty resource name). */
  dynamicDefault: Values;
  /** The process's own configuration: `config.given()`. */
  static: Values;
}

/** Every key of a topic: what was set on it, else what the broker implies, else the default. */
export function describeTopic(overrides: Values, broker: BrokerLayers): ConfigEntry[] {
  return [...topicConfigDefinitions.values()].map((definition) => {
    const synonyms = own(definition.name, overrides, ConfigSource.topic);
    if (definition.synonyms.length > 0) synonyms.push(...brokerSynonyms(definition.synonyms, broker));
    return entry(definition, synonyms, { unset: definition.default });
  });
}

/** Every key of a broker. */
export function describeBroker(broker: BrokerLayers): ConfigEntry[] {
  return [...brokerConfigDefinitions.values()].flatMap((definition) => {
    const itself: Synonym = { key: definition.name, scale: 1 };
    // Of the same in other units Kafka tells; that log.dir stands in for log.dirs, say, it does not.
    const others = definition.type === "int" || definition.type === "long" ? definition.synonyms : [];
    const synonyms = brokerSynonyms([itself, ...others], broker);
    if (definition.onlyWhenSet) {
      const set = synonyms.filter(({ source }) => source !== ConfigSource.default);
      return set.length === 0 ? [] : [entry(definition, set)];
    }
    return [entry(definition, synonyms, { readOnly: definition.mode === "read-only" })];
  });
}

/** What was set for all brokers together: the empty resource name lists only that. */
export function describeBrokerDefaults(dynamicDefault: Values): ConfigEntry[] {
  return [...dynamicDefault.keys()].flatMap((name) => {
    const definition = brokerConfigDefinitions.get(name);
    return definition ? [entry(definition, own(name, dynamicDefault, ConfigSource.dynamicDefaultBroker))] : [];
  });
}

/** Every key of a group: what was set on it, else what its broker says, which Kafka calls the default. */
export function describeGroup(overrides: Values, broker: BrokerLayers): ConfigEntry[] {
  return [...groupConfigDefinitions.values()].map((definition) => {
    const { name, synonyms } = definition;
    const set = own(name, overrides, ConfigSource.group);
    if (set.length > 0) return entry(definition, set);
    const value = brokerSynonyms(synonyms, broker)[0]?.value ?? definition.default;
    return entry(definition, [{ name, value, source: ConfigSource.default }]);
  });
}

/** What was set on a subscription to clients' metrics; nothing for one that is not there. */
export function describeClientMetrics(set: Values): ConfigEntry[] {
  return [...clientMetricsConfigDefinitions.values()]
    .filter(({ name }) => set.has(name))
    .map((definition) => ({
      ...entry(definition, own(definition.name, set, ConfigSource.clientMetrics)),
      synonyms: [],
    }));
}

/** The loggers of a process with their levels; they are no configuration, so nothing else is known of them (KIP-412). */
export function describeLoggers(levels: Iterable<readonly [name: string, level: string]>): ConfigEntry[] {
  const source = ConfigSource.brokerLogger;
  return Array.from(levels, ([name, value]) => ({
    name,
    value,
    source,
    isDefault: false,
    readOnly: false,
    sensitive: false,
    type: UNKNOWN_TYPE,
    documentation: null,
    synonyms: [],
  }));
}

function own(name: string, values: Values, source: ConfigSourceCode): ConfigSynonym[] {
  const value = values.get(name);
  return value === undefined ? [] : [{ name, value, source }];
}

/** A value and what to multiply it with to have it in the unit of the key that it stands for. */
interface ScaledSynonym extends ConfigSynonym {
  scale?: number;
}

/**
 * All values that a broker has for a key and those that stand in for it, the one in force first. As in Kafka, a default under
 * another name is not told by itself (log.retention.hours for log.retention.ms).
 */
function brokerSynonyms(synonyms: readonly Synonym[], broker: BrokerLayers): ScaledSynonym[] {
  const found: ScaledSynonym[] = [];
  const layers = [
    [broker.dynamic, ConfigSource.dynamicBroker],
    [broker.dynamicDefault, ConfigSource.dynamicDefaultBroker],
    [broker.static, ConfigSource.staticBroker],
  ] as const;
  for (const [values, source] of layers) {
    for (const { key, scale } of synonyms) found.push(...own(key, values, source).map((each) => ({ ...each, scale })));
  }
  for (const { key, scale } of synonyms) {
    const value = brokerConfigDefinitions.get(key)?.default ?? null;
    if (value === null || (found.length === 0 && key !== synonyms[0]?.key)) continue;
    found.push({ name: key, value, source: ConfigSource.default, scale });
  }
  return found;
}

function entry(
  definition: ConfigDefinition,
  found: readonly ScaledSynonym[],
  { readOnly = false, unset = null }: { readOnly?: boolean; unset?: string | null } = {},
): ConfigEntry {
  const sensitive = definition.type === "password";
  const first = found[0];
  const value =
    first === undefined
      ? unset
      : first.value === null
        ? null
        : canonicalValue(definition.type, scaled(first.value.trim(), first.scale ?? 1));
  return {
    name: definition.name,
    value: sensitive ? null : value,
    source: first?.source ?? ConfigSource.default,
    isDefault: (first?.source ?? ConfigSource.default) === ConfigSource.default,
    readOnly,
    sensitive,
    type: configTypeCodes[definition.type],
    documentation: definition.documentation,
    synonyms: found.map(({ name, value: given, source }) => {
      // What was set on the resource itself Kafka tells as it read it, what its broker has as it was given.
      const shown = source === ConfigSource.topic || source === ConfigSource.group ? value : given;
      return { name, value: sensitive ? null : shown, source };
    }),
  };
}
