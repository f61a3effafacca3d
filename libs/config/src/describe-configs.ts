import { type ConfigDefinition, type ConfigType } from "./definition";
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
    for (const synonym of definition.synonyms) {
      for (const found of layersOf(synonym.key, broker)) {
        synonyms.push({ ...found, value: found.value === null ? null : scaled(found.value, synonym) });
      }
    }
    synonyms.push(...defaultOf(definition));
    return entry(definition, synonyms, false);
  });
}

/** Every key of a broker. */
export function describeBroker(broker: BrokerLayers): ConfigEntry[] {
  return [...brokerConfigDefinitions.values()].map((definition) => {
    const synonyms: ConfigSynonym[] = [...layersOf(definition.name, broker)];
    for (const synonym of definition.synonyms) {
      for (const found of layersOf(synonym.key, broker)) {
        synonyms.push({ ...found, value: found.value === null ? null : scaled(found.value, synonym) });
      }
    }
    synonyms.push(...defaultOf(definition));
    return entry(definition, synonyms, definition.mode === "read-only");
  });
}

/** What was set for all brokers together: the empty resource name lists only that. */
export function describeBrokerDefaults(dynamicDefault: Values): ConfigEntry[] {
  return [...dynamicDefault.keys()].flatMap((name) => {
    const definition = brokerConfigDefinitions.get(name);
    return definition
      ? [entry(definition, own(definition.name, dynamicDefault, ConfigSource.dynamicDefaultBroker), false)]
      : [];
  });
}

/** Every key of a group: what was set on it, else what the broker implies, else the default. */
export function describeGroup(overrides: Values, broker: BrokerLayers): ConfigEntry[] {
  return [...groupConfigDefinitions.values()].map((definition) => {
    const synonyms = own(definition.name, overrides, ConfigSource.group);
    for (const synonym of definition.synonyms) synonyms.push(...layersOf(synonym.key, broker));
    synonyms.push(...defaultOf(definition));
    return entry(definition, synonyms, false);
  });
}

/** Every key of a subscription to clients' metrics: what was set on it, else the default. */
export function describeClientMetrics(set: Values): ConfigEntry[] {
  return [...clientMetricsConfigDefinitions.values()].map((definition) =>
    entry(definition, [...own(definition.name, set, ConfigSource.clientMetrics), ...defaultOf(definition)], false),
  );
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

function layersOf(key: string, broker: BrokerLayers): ConfigSynonym[] {
  return [
    ...own(key, broker.dynamic, ConfigSource.dynamicBroker),
    ...own(key, broker.dynamicDefault, ConfigSource.dynamicDefaultBroker),
    ...own(key, broker.static, ConfigSource.staticBroker),
  ];
}

/** The default ends the list under the first broker key's name, as Kafka shows it. */
function defaultOf(definition: ConfigDefinition): ConfigSynonym[] {
  const source = ConfigSource.default;
  if (definition.default !== null) {
    return [{ name: definition.synonyms[0]?.key ?? definition.name, value: definition.default, source }];
  }
  for (const synonym of definition.synonyms) {
    const value = brokerConfigDefinitions.get(synonym.key)?.default ?? null;
    if (value !== null && value !== "-1") return [{ name: synonym.key, value: scaled(value, synonym), source }];
  }
  return [];
}

function entry(definition: ConfigDefinition, synonyms: ConfigSynonym[], readOnly: boolean): ConfigEntry {
  const sensitive = definition.type === "password";
  const hidden = sensitive ? synonyms.map((synonym) => ({ ...synonym, value: null })) : synonyms;
  const first = hidden[0];
  return {
    name: definition.name,
    value: first?.value ?? null,
    source: first?.source ?? ConfigSource.default,
    isDefault: (first?.source ?? ConfigSource.default) === ConfigSource.default,
    readOnly,
    sensitive,
    type: configTypeCodes[definition.type],
    documentation: definition.documentation,
    synonyms: hidden,
  };
}
