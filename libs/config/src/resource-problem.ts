import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { Config } from "./config";
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
 * the bounds that a broker sets to its groups, and topics' defaults.
 * Source: ControllerConfigurationValidator, ConfigAdminManager (which calls what is wrong with a broker's an invalid request).
 */
export function resourceProblem(
  type: number,
  values: Values,
  config: Pick<Config, "number" | "topicDefaults">,
): ResourceProblem | undefined {
  const check = checkOf(type);
  if (check === undefined) return problem(KafkaError.INVALID_REQUEST, `Unknown resource type ${type}`);
  const fixed = type === resource.broker ? [...values.keys()].filter(isReadOnly) : [];
  if (fixed.length > 0) {
    return problem(KafkaError.INVALID_REQUEST, `Cannot update these configs dynamically: Set(${fixed.join(", ")})`);
  }
  for (const [key, value] of values) {
    const message = check(key, value);
    if (message !== undefined) return problem(codeOf(type, key), message);
  }
  if (type === resource.broker && Number(values.get(CLEANER_THREADS) ?? 1) < 1) {
    return problem(KafkaError.INVALID_REQUEST, "Log cleaner threads should be at least 1");
  }
  const message =
    type === resource.group
      ? groupContradiction(values, config)
      : type === resource.topic
        ? topicContradiction(values, config.topicDefaults())
        : undefined;
  return message === undefined ? undefined : problem(KafkaError.INVALID_CONFIG, message);
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
