import {
  brokerConfigDefinitions,
  type Config,
  groupConfigDefinitions,
  topicConfigDefinitions,
  validateDynamicBrokerConfig,
  validateGroupConfig,
  validateTopicConfig,
} from "@moldau/config";
import type { ConfigRules, ControlSettings } from "@moldau/control";
import { ConfigResourceType } from "@moldau/metadata";

/** What a controller's configuration says to its decisions. */
export function controlSettingsOf(config: Config): ControlSettings {
  const topicDefaults = config.topicDefaults();
  return {
    defaultPartitions: config.number("num.partitions"),
    defaultReplicationFactor: config.number("default.replication.factor"),
    deleteTopicEnabled: config.boolean("delete.topic.enable"),
    sessionTimeoutMs: config.number("broker.session.timeout.ms"),
    topicDefaults,
    configRules: configRulesOf(topicDefaults),
  };
}

/** Keys of a client metrics subscription (KIP-714). */
const clientMetricsKeys: ReadonlySet<string> = new Set(["metrics", "interval.ms", "match"]);

function configRulesOf(topicDefaults: ReadonlyMap<string, string>): ConfigRules {
  const definitionOf = (type: number, key: string) => {
    switch (type) {
      case ConfigResourceType.TOPIC:
        return topicConfigDefinitions.get(key);
      case ConfigResourceType.BROKER:
        return brokerConfigDefinitions.get(key);
      case ConfigResourceType.GROUP:
        return groupConfigDefinitions.get(key);
      default:
        return undefined;
    }
  };
  const check = (type: number, resource: string, key: string, value: string): string | undefined => {
    switch (type) {
      case ConfigResourceType.TOPIC:
        return validateTopicConfig(key, value);
      case ConfigResourceType.BROKER:
        return validateDynamicBrokerConfig(key, value, resource === "");
      case ConfigResourceType.GROUP:
        return validateGroupConfig(key, value);
      case ConfigResourceType.CLIENT_METRICS:
        return clientMetricsKeys.has(key) ? undefined : `Unknown client metrics configuration: ${key}`;
      default:
        return `Resources of type ${type} have no configuration.`;
    }
  };
  return {
    validate(type, resource, values) {
      for (const [key, value] of values) {
        const problem = check(type, resource, key, value);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
    isList: (type, key) => definitionOf(type, key)?.type === "list",
    defaultOf(type, key) {
      const configured = type === ConfigResourceType.TOPIC ? topicDefaults.get(key) : undefined;
      return configured ?? definitionOf(type, key)?.default ?? undefined;
    },
  };
}
