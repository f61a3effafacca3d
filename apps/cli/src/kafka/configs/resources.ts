import { KafkaError } from "@moldau/base";
import type { Admin, ConfigEntry, ConfigResourceName, ConfigResourceType } from "@moldau/client";
import { hasCode } from "../../errors";
import type { ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import type { Changes } from "./changes";

const resourceTypes: Readonly<Record<string, ConfigResourceType>> = {
  topics: "topic",
  brokers: "broker",
  "broker-loggers": "broker-logger",
  "client-metrics": "client-metrics",
  groups: "group",
};

/** ConfigSource by its number, as Kafka's client names it. Source: ConfigEntry.ConfigSource. */
const sources: Readonly<Record<number, string>> = {
  1: "DYNAMIC_TOPIC_CONFIG",
  2: "DYNAMIC_BROKER_CONFIG",
  3: "DYNAMIC_DEFAULT_BROKER_CONFIG",
  4: "STATIC_BROKER_CONFIG",
  5: "DEFAULT_CONFIG",
  6: "DYNAMIC_BROKER_LOGGER_CONFIG",
  7: "DYNAMIC_CLIENT_METRICS_CONFIG",
  8: "DYNAMIC_GROUP_CONFIG",
};

const TOPIC_NAME_MAX = 249;

/** What one resource has, sorted; only what was set on it while the cluster runs, unless everything is wanted. */
async function configsOf(admin: Admin, type: string, name: string, all: boolean): Promise<ConfigEntry[]> {
  if (type === "topics" && name !== "") checkTopicName(name);
  const resource: ConfigResourceName = { type: resourceTypes[type]!, name };
  const own = ownSource(type, name);
  return (await admin.describeConfigs(resource))
    .filter(({ source }) => all || own === undefined || source === own)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where a resource's own values come from; undefined where all count. */
function ownSource(type: string, name: string): number | undefined {
  switch (type) {
    case "topics":
      return 1;
    case "brokers":
      return name === "" ? 3 : 2;
    case "client-metrics":
      return 7;
    case "groups":
      return 8;
    default:
      return undefined;
  }
}

export async function describeResources(
  { options, print }: ToolRun,
  admin: Admin,
  type: string,
  name: string | undefined,
): Promise<void> {
  const all = options.has("all");
  if (name !== undefined && !all && !(await exists(admin, type, name))) {
    return print(`The ${type.slice(0, -1)} '${name}' doesn't exist and doesn't have dynamic config.`);
  }
  for (const each of name === undefined ? await namesOf(admin, type) : [name]) {
    print(
      each === ""
        ? `Default configs for ${type} in the cluster are:`
        : `${all ? "All" : "Dynamic"} configs for ${type.slice(0, -1)} ${each} are:`,
    );
    for (const entry of await configsOf(admin, type, each, all)) {
      const synonyms = entry.synonyms.map((synonym) => `${sources[synonym.source]}:${synonym.name}=${synonym.value}`);
      print(`  ${entry.name}=${entry.value} sensitive=${entry.sensitive} synonyms={${synonyms.join(", ")}}`);
    }
  }
}

async function exists(admin: Admin, type: string, name: string): Promise<boolean> {
  if (type === "topics") checkTopicName(name);
  if (type === "brokers" || type === "broker-loggers") {
    if (name === "") return true;
  }
  return (await namesOf(admin, type)).includes(name);
}

async function namesOf(admin: Admin, type: string): Promise<string[]> {
  switch (type) {
    case "topics":
      return (await admin.listTopics()).map(({ name }) => name);
    case "brokers":
    case "broker-loggers":
      return [...(await admin.describeCluster()).nodes.map(({ nodeId }) => String(nodeId)), ""];
    case "groups": {
      const groups = (await admin.listGroups()).map(({ groupId }) => groupId);
      return [...new Set([...groups, ...(await listed(admin, "group"))])].sort();
    }
    default:
      return (await listed(admin, "client-metrics")).sort();
  }
}

/** Kafka before 4.1 lists no groups that have configurations: then those count that are there. */
async function listed(admin: Admin, type: ConfigResourceType): Promise<string[]> {
  try {
    return (await admin.listConfigResources([type])).map(({ name }) => name);
  } catch (error) {
    if (type !== "group" || !hasCode(error, KafkaError.UNSUPPORTED_VERSION)) throw error;
    return [];
  }
}

/** All changes in one request. What is to be taken back has to be there. */
export async function alterResource(admin: Admin, type: string, name: string, { add, remove }: Changes): Promise<void> {
  const known = new Set((await configsOf(admin, type, name, false)).map((entry) => entry.name));
  const loggers = type === "broker-loggers";
  const unknown = [...remove, ...(loggers ? add.keys() : [])].filter((key) => !known.has(key));
  if (unknown.length > 0) {
    throw new ToolError(`Invalid ${loggers ? "broker logger(s)" : "config(s)"}: ${unknown.join(",")}`);
  }
  await admin.alterConfigs(
    { type: resourceTypes[type]!, name },
    { ...Object.fromEntries(remove.map((key) => [key, null])), ...Object.fromEntries(add) },
  );
}

/** Source: org.apache.kafka.common.internals.Topic.validate. */
function checkTopicName(name: string): void {
  const refuse = (why: string): never => {
    throw new ToolError(`Topic name is invalid: ${why}`);
  };
  if (name === "." || name === "..") refuse(`'${name}' is not allowed`);
  if (name.length > TOPIC_NAME_MAX) {
    refuse(`the length of '${name}' is longer than the max allowed length ${TOPIC_NAME_MAX}`);
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    refuse(`'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
  }
}
