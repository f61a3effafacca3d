import { type Config, definitionsOf, resourceProblem } from "@moldau/config";
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
    configRules: configRulesOf(config, topicDefaults),
  };
}

function configRulesOf(config: Config, topicDefaults: ReadonlyMap<string, string>): ConfigRules {
  return {
    validate: (type, name, values) => resourceProblem(type, name, values, config),
    isList: (type, key) => definitionsOf(type)?.get(key)?.type === "list",
    defaultOf(type, key) {
      const configured = type === ConfigResourceType.TOPIC ? topicDefaults.get(key) : undefined;
      return configured ?? definitionsOf(type)?.get(key)?.default ?? undefined;
    },
  };
}
