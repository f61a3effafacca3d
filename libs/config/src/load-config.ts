import { InvariantError } from "@moldau/base";
import type { Config } from "./config";
import { ConfigError } from "./config-error";
import { splitList, validateValue } from "./definition";
import { brokerConfigDefinitions, topicConfigDefinitions } from "./definitions";
import { listenerProblems } from "./listener-problems";
import { nearestName } from "./nearest-name";
import { readConfigFile } from "./read-config-file";
import { refusalOf } from "./refused-keys";

export interface ConfigSources {
  /** A .properties, .yaml or .json file. */
  file?: string;
  /** Usually process.env: `MOLDAU_NUM_PARTITIONS` is num.partitions, `MOLDAU_LOG_LEVEL` is moldau.log.level. */
  env?: Readonly<Record<string, string | undefined>>;
  /** `-o key=value`; wins over everything. */
  overrides?: ReadonlyMap<string, string>;
}

/** A Config that knows what it was made of. */
export interface LoadedConfig extends Config {
  /** The value of a key as text, its default included; undefined where there is none. */
  value(key: string): string | undefined;
  /** One line for each key that was set and has no effect here. */
  warnings(): readonly string[];
}

interface Given {
  value: string;
  where: string;
}

const ENV_PREFIX = "MOLDAU_";
/** Variables of the `moldau` command itself; a shell that has them set must still be able to start a cluster. */
const COMMAND_VARIABLES: ReadonlySet<string> = new Set(["MOLDAU_BOOTSTRAP", "MOLDAU_DEBUG"]);

/**
 * Reads and checks the configuration of a process. `-o` wins over the environment, that over the file, that over
 * defaults. Keys that nobody knows, values out of range and keys that would promise protection that is not there are
 * refused, all at once, each with its place and the nearest known name. Throws ConfigError.
 */
export function loadConfig(sources: ConfigSources = {}): LoadedConfig {
  const given = new Map<string, Given>();
  const problems: string[] = [];
  if (sources.file !== undefined) {
    const seen = new Map<string, number>();
    for (const { key, value, line } of readConfigFile(sources.file)) {
      const where = `file ${sources.file} line ${line}`;
      const earlier = seen.get(key);
      if (earlier !== undefined) problems.push(`${key} is given twice (${where}, and line ${earlier})`);
      seen.set(key, line);
      given.set(key, { value, where });
    }
  }
  for (const [variable, value] of Object.entries(sources.env ?? {})) {
    if (!variable.startsWith(ENV_PREFIX) || value === undefined || COMMAND_VARIABLES.has(variable)) continue;
    given.set(keyOfVariable(variable), { value, where: `environment ${variable}` });
  }
  const endpoint = sources.env?.["OTEL_EXPORTER_OTLP_ENDPOINT"];
  if (endpoint && !given.has("moldau.otlp.endpoint")) {
    given.set("moldau.otlp.endpoint", { value: endpoint, where: "environment OTEL_EXPORTER_OTLP_ENDPOINT" });
  }
  for (const [key, value] of sources.overrides ?? []) given.set(key, { value, where: `-o ${key}=${value}` });

  for (const [key, { value, where }] of given) {
    const problem = problemWith(key, value);
    if (problem) problems.push(`${problem} (${where})`);
  }
  if (problems.length === 0) problems.push(...contradictions(given));
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  return configOf(new Map([...given].map(([key, { value }]) => [key, value.trim()] as const)));
}

function problemWith(key: string, value: string): string | undefined {
  const definition = brokerConfigDefinitions.get(key);
  if (definition) {
    const wrong = validateValue(definition, value);
    return wrong && `${key}: ${wrong}`;
  }
  const refusal = refusalOf(key);
  if (refusal) return `${key} cannot be set: ${refusal}`;
  const brokerKey = topicConfigDefinitions.get(key)?.synonyms[0]?.key;
  if (brokerKey) return `${key} is a key of topics; the default for all of them is ${brokerKey}`;
  const near = nearestName(key, brokerConfigDefinitions.keys());
  return near ? `unknown key ${key}: did you mean ${near}?` : `unknown key ${key}`;
}

/** What only several keys together tell. */
function contradictions(given: ReadonlyMap<string, Given>): string[] {
  const problems: string[] = [];
  const value = (key: string): string => given.get(key)?.value ?? brokerConfigDefinitions.get(key)?.default ?? "";
  for (const key of ["listeners", "advertised.listeners"]) {
    const found = given.get(key);
    if (found === undefined) continue;
    const wrong = listenerProblems(found.value, value("listener.security.protocol.map"));
    problems.push(...wrong.map((each) => `${key}: ${each} (${found.where})`));
  }
  const [nodeId, brokerId] = [given.get("node.id"), given.get("broker.id")];
  if (nodeId && brokerId && nodeId.value.trim() !== brokerId.value.trim()) {
    problems.push(`node.id and broker.id differ; leave broker.id out (${brokerId.where})`);
  }
  return problems;
}

function keyOfVariable(variable: string): string {
  const key = variable.slice(ENV_PREFIX.length).toLowerCase().replaceAll("_", ".");
  return !brokerConfigDefinitions.has(key) && brokerConfigDefinitions.has(`moldau.${key}`) ? `moldau.${key}` : key;
}

/** A Config of these values, which were checked already, over the defaults. */
export function configOf(given: ReadonlyMap<string, string>): LoadedConfig {
  const value = (key: string): string | undefined => {
    const definition = brokerConfigDefinitions.get(key);
    if (!definition) throw new InvariantError(`no configuration key ${key}`);
    const own = given.get(key);
    if (own !== undefined) return own;
    if (definition.default !== null) return definition.default;
    for (const synonym of definition.synonyms) {
      const stand = brokerConfigDefinitions.get(synonym.key)!;
      const text = given.get(synonym.key) ?? (stand.default === "-1" && key === "node.id" ? null : stand.default);
      if (text !== null) return scaled(text, synonym.scale);
    }
    return undefined;
  };
  let defaults: ReadonlyMap<string, string> | undefined;
  const config: LoadedConfig = {
    number(key) {
      const text = value(key);
      const number = text === undefined || text === "" ? NaN : Number(text);
      if (Number.isNaN(number)) throw new InvariantError(`configuration key ${key} has no numeric value: ${text}`);
      return number;
    },
    string: (key) => value(key) ?? "",
    boolean: (key) => value(key)?.toLowerCase() === "true",
    list: (key) => splitList(value(key) ?? ""),
    isSet: (key) => given.has(key) || (key === "node.id" && given.has("broker.id")),
    // Asked for each partition that is opened.
    topicDefaults: () => (defaults ??= topicDefaultsOf(given)),
    given: () => given,
    value,
    warnings: () =>
      [...given.keys()].flatMap((key) => {
        const inert = brokerConfigDefinitions.get(key)?.inert;
        return inert ? [`${key} has no effect: ${inert}`] : [];
      }),
  };
  return config;
}

/** The default of every topic key as the broker's settings imply it. */
export function topicDefaultsOf(given: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const [name, definition] of topicConfigDefinitions) {
    const set = definition.synonyms.find(({ key }) => given.has(key));
    defaults.set(name, set ? scaled(given.get(set.key)!, set.scale) : (definition.default ?? ""));
  }
  return defaults;
}

/** A synonym's value in the unit of the key that it stands for; -1 and other negative values mean "none" in any unit. */
export function scaled(value: string, scale: number): string {
  if (scale === 1) return value;
  const number = Number(value);
  return number < 0 ? value : String(number * scale);
}
