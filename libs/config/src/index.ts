export type { Config } from "./config";
export { ConfigError } from "./config-error";
export {
  splitList,
  unitOf,
  validateValue,
  type ConfigDefinition,
  type ConfigType,
  type Importance,
  type Synonym,
  type UpdateMode,
} from "./definition";
export * from "./definitions";
export { DynamicConfig, type DynamicLayers } from "./dynamic-config";
export * from "./describe-configs";
export { loadConfig, topicDefaultsOf, type ConfigSources, type LoadedConfig } from "./load-config";
export { CLIENT_METRICS_INTERVAL_MS } from "./client-metrics-definitions";
export { type ClientAttributes, type ClientMatch, readClientMatch } from "./client-match";
export { nearestName } from "./nearest-name";
export { refusalOf } from "./refused-keys";
export { definitionsOf, resourceProblem, type ResourceProblem } from "./resource-problem";
