import { brokerClusterRows } from "./broker-cluster-definitions";
import { brokerGroupRows } from "./broker-group-definitions";
import { brokerLogRows } from "./broker-log-definitions";
import { brokerNetworkRows } from "./broker-network-definitions";
import { clientMetricsRows } from "./client-metrics-definitions";
import { splitList, validateValue, type ConfigDefinition } from "./definition";
import { groupRows } from "./group-definitions";
import { moldauRows } from "./moldau-definitions";
import { topicRows } from "./topic-definitions";

export type ConfigDefinitions = ReadonlyMap<string, ConfigDefinition>;

function table(...parts: (readonly ConfigDefinition[])[]): ConfigDefinitions {
  return new Map(
    parts
      .flat()
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((definition) => [definition.name, definition] as const),
  );
}

/** Keys of a topic, by name, in alphabetical order. */
export const topicConfigDefinitions: ConfigDefinitions = table(topicRows);

/** Keys of a node (any role), by name, in alphabetical order. */
export const brokerConfigDefinitions: ConfigDefinitions = table(
  brokerClusterRows,
  brokerGroupRows,
  brokerLogRows,
  brokerNetworkRows,
  moldauRows,
);

/** Keys of a group, by name, in alphabetical order. */
export const groupConfigDefinitions: ConfigDefinitions = table(groupRows);

/** Keys of a subscription to clients' metrics, by name, in alphabetical order. */
export const clientMetricsConfigDefinitions: ConfigDefinitions = table(clientMetricsRows);

/** What is wrong with a topic's key or value, as one sentence; undefined when it may be set. */
export function validateTopicConfig(name: string, value: string): string | undefined {
  return validateFrom(topicConfigDefinitions, "topic", name, value);
}

/** What is wrong with a group's key or value, as one sentence; undefined when it may be set. */
export function validateGroupConfig(name: string, value: string): string | undefined {
  return validateFrom(groupConfigDefinitions, "group", name, value);
}

/** What is wrong with a key or value of a subscription, as one sentence; undefined when it may be set. */
export function validateClientMetricsConfig(name: string, value: string): string | undefined {
  const definition = clientMetricsConfigDefinitions.get(name);
  if (!definition) return `Unknown client metrics configuration: ${name}`;
  if (name === "match") return definition.check!(value);
  const wrong = validateFrom(clientMetricsConfigDefinitions, "client metrics", name, value);
  if (!wrong || !/^\d+$/.test(value)) return wrong;
  const { min, max } = definition;
  return `Invalid value ${value} for ${name}, interval must be between ${min} and ${max} (1 hour)`;
}

/** What is wrong with a broker's key or value, as one sentence; undefined when it may be set. */
export function validateBrokerConfig(name: string, value: string): string | undefined {
  return validateFrom(brokerConfigDefinitions, "broker", name, value);
}

function validateFrom(definitions: ConfigDefinitions, kind: string, name: string, value: string): string | undefined {
  const definition = definitions.get(name);
  if (!definition) return `Unknown ${kind} config name: ${name}`;
  const wrong = validateValue(definition, value);
  if (wrong === undefined) return undefined;
  return `Invalid value ${wrongPart(definition, value)} for configuration ${name}: ${inKafkasWords(definition, value) ?? wrong}`;
}

/** Of a list Kafka names the first item that is wrong, of anything else the value. */
function wrongPart({ type, allowed }: ConfigDefinition, value: string): string {
  const item = type === "list" && allowed && splitList(value).find((each) => !allowed.includes(each));
  return item || value;
}

/** What Kafka's tools print for a value of the wrong type or out of range, which programs know. Source: ConfigDef. */
function inKafkasWords({ type, min, max, allowed }: ConfigDefinition, value: string): string | undefined {
  const text = value.trim();
  switch (type) {
    case "boolean":
      return /^(true|false)$/i.test(text) ? undefined : "Expected value to be either true or false";
    case "short":
    case "int":
    case "long":
    case "double":
      if (type === "double" ? Number.isNaN(Number(text || NaN)) : !/^[+-]?\d+$/.test(text))
        return `Not a number of type ${type.toUpperCase()}`;
      if (min !== undefined && Number(text) < min) return `Value must be at least ${min}`;
      return max !== undefined && Number(text) > max ? `Value must be no more than ${max}` : undefined;
    default: {
      const items = type === "list" ? splitList(text) : [text];
      if (allowed === undefined || items.every((item) => allowed.includes(item))) return undefined;
      return `String must be one of: ${allowed.join(", ")}`;
    }
  }
}
