import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { Config } from "./config";
import { hasDoor, listenerProblems, samePorts } from "./listener-problems";
import {
  brokerConfigDefinitions,
  clientMetricsConfigDefinitions,
  groupConfigDefinitions,
  topicConfigDefinitions,
  validateClientMetricsConfig,
  validateBrokerConfig,
  validateGroupConfig,
  validateTopicConfig,
  type ConfigDefinitions,
} from "./definitions";

/** Kafka's ConfigResource types that keep dynamic configuration. */
const resource = { topic: 2, broker: 4, clientMetrics: 16, group: 32 } as const;

/** What is wrong with the configuration of a resource, with Kafka's code for it. */
export interface ResourceProblem {
  errorCode: KafkaErrorCode;
  errorMessage: string;
}

/** May be 0 in a file, as in Kafka, but not be taken to it while a broker runs. */
const CLEANER_THREADS = "log.cleaner.threads";

/** With none of these allowed nobody could come in to take it back. Source: ListenerConnectionQuota.validateReconfiguration. */
const CONNECTIONS = ["max.connections", "max.connection.creation.rate"];
const LISTENERS = "listeners";
const PROTOCOLS = "listener.security.protocol.map";

type Values = ReadonlyMap<string, string>;

/** The keys that a resource of this type has; undefined for types that keep no configuration. */
export function definitionsOf(type: number): ConfigDefinitions | undefined {
  switch (type) {
    case resource.topic:
      return topicConfigDefinitions;
    case resource.broker:
      return brokerConfigDefinitions;
    case resource.clientMetrics:
      return clientMetricsConfigDefinitions;
    case resource.group:
      return groupConfigDefinitions;
    default:
      return undefined;
  }
}

/**
 * What is wrong with `values` as the complete dynamic configuration of a resource; undefined when they may be set. `config` has
 * the bounds that a broker sets to its groups, and topics' defaults; `name` is empty for the default of all brokers.
 * Source: ControllerConfigurationValidator, ConfigAdminManager (which calls what is wrong with a broker's an invalid request).
 */
export function resourceProblem(
  type: number,
  name: string,
  values: Values,
  config: Pick<Config, "number" | "string" | "topicDefaults">,
): ResourceProblem | undefined {
  const check = checkOf(type);
  if (check === undefined) return problem(KafkaError.INVALID_REQUEST, `Unknown resource type ${type}`);
  const fixed = type === resource.broker ? [...values.keys()].filter(isReadOnly) : [];
  if (fixed.length > 0) {
    return problem(KafkaError.INVALID_REQUEST, `Cannot update these configs dynamically: Set(${fixed.join(", ")})`);
  }
  const single = type === resource.broker && name === "" ? [...values.keys()].filter(isPerBroker) : [];
  if (single.length > 0) {
    const names = `Set(${single.join(", ")})`;
    const message = `Cannot update these configs at default cluster level, broker id must be specified: ${names}`;
    return problem(KafkaError.INVALID_REQUEST, message);
  }
  for (const [key, value] of values) {
    const message = check(key, value);
    if (message !== undefined) return problem(codeOf(type, key), message);
  }
  if (type === resource.broker && Number(values.get(CLEANER_THREADS) ?? 1) < 1) {
    return problem(KafkaError.INVALID_REQUEST, "Log cleaner threads should be at least 1");
  }
  const shut = type === resource.broker && CONNECTIONS.find((key) => Number(values.get(key) ?? 1) < 1);
  if (shut) return problem(KafkaError.INVALID_REQUEST, `Invalid ${shut} ${values.get(shut)}`);
  const unusable = type === resource.broker ? listenersContradiction(values, config) : undefined;
  if (unusable !== undefined) return problem(KafkaError.INVALID_REQUEST, unusable);
  const message =
    type === resource.group
      ? groupContradiction(values, config)
      : type === resource.topic
        ? topicContradiction(values, config.topicDefaults())
        : undefined;
  return message === undefined ? undefined : problem(KafkaError.INVALID_CONFIG, message);
}

/**
 * What is wrong with the listeners that a broker is to have. Without a protocol map of its own the one of the process that
 * decides stands in for that broker's file.
 */
function listenersContradiction(values: Values, config: Pick<Config, "string">): string | undefined {
  const listeners = values.get(LISTENERS);
  if (listeners === undefined) return undefined;
  if (!hasDoor(listeners)) return `${LISTENERS}: clients need at least one listener, e.g. PLAINTEXT://127.0.0.1:9092`;
  const [wrong = samePorts(listeners)] = listenerProblems(listeners, values.get(PROTOCOLS) ?? config.string(PROTOCOLS));
  return wrong && `Error creating broker listeners from '${listeners}': ${wrong}`;
}

/** Set for single brokers only: two processes cannot listen at one address. */
function isPerBroker(key: string): boolean {
  return brokerConfigDefinitions.get(key)?.mode === "per-broker";
}

/** Read when a broker starts, and only then. */
function isReadOnly(key: string): boolean {
  return brokerConfigDefinitions.get(key)?.mode === "read-only";
}

function checkOf(type: number): ((key: string, value: string) => string | undefined) | undefined {
  switch (type) {
    case resource.topic:
      return validateTopicConfig;
    case resource.broker:
      return validateBrokerConfig;
    case resource.clientMetrics:
      return validateClientMetricsConfig;
    case resource.group:
      return validateGroupConfig;
    default:
      return undefined;
  }
}

function codeOf(type: number, key: string): KafkaErrorCode {
  if (type === resource.broker) return KafkaError.INVALID_REQUEST;
  if (type === resource.clientMetrics && key !== "match") return KafkaError.INVALID_REQUEST;
  return KafkaError.INVALID_CONFIG;
}

function problem(errorCode: KafkaErrorCode, errorMessage: string): ResourceProblem {
  return { errorCode, errorMessage };
}

/** Source: GroupConfig.validateValues (KIP-848). */
function groupContradiction(values: Values, config: Pick<Config, "number">): string | undefined {
  const heartbeat = "consumer.heartbeat.interval.ms";
  const session = "consumer.session.timeout.ms";
  const inForce = (key: string): number => Number(values.get(key) ?? groupConfigDefinitions.get(key)!.default);
  for (const key of [heartbeat, session]) {
    if (!values.has(key)) continue;
    const rest = key.slice("consumer.".length);
    const [min, max] = [`group.consumer.min.${rest}`, `group.consumer.max.${rest}`];
    if (inForce(key) < config.number(min)) return `${key} must be greater than or equal to ${min}`;
    if (inForce(key) > config.number(max)) return `${key} must be less than or equal to ${max}`;
  }
  if (inForce(session) <= inForce(heartbeat)) return `${session} must be greater than ${heartbeat}`;
  return undefined;
}

/** Source: LogConfig.validateValues. */
function topicContradiction(values: Values, defaults: Values): string | undefined {
  const inForce = (key: string): string => values.get(key) ?? defaults.get(key) ?? "0";
  const [min, max] = [inForce("min.compaction.lag.ms"), inForce("max.compaction.lag.ms")];
  if (Number(min) <= Number(max)) return undefined;
  return `conflict topic config setting min.compaction.lag.ms (${min}) > max.compaction.lag.ms (${max})`;
}
