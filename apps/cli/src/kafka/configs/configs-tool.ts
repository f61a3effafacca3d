// kafka-configs. Source: kafka.admin.ConfigCommand of Kafka 4.1.
import type { Admin } from "@moldau/client";
import { isKafkaClientError } from "../../errors";
import { exceptionOf, toText } from "../java-error";
import { bootstrapController, bootstrapServer, commandConfig } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { changesOf } from "./changes";
import { checkEntities, entitiesOf } from "./entities";
import { alterQuotas, describeQuotas } from "./quotas";
import { alterResource, describeResources } from "./resources";

/** These Kafka's tool tells in one line; the others with the name of the exception. */
const terse = ["UnsupportedVersionException", "InvalidConfigurationException"];

export const configsTool: KafkaTool = {
  name: "kafka-configs",
  purpose: "show and change configurations of topics, brokers, groups, client metrics, and quotas",
  summary:
    "This tool helps to manipulate and describe entity config for a topic, client, user, broker, ip, client-metrics or group",
  examples: [
    ["--bootstrap-server localhost:9092 --describe --topic orders", "what the topic sets itself"],
    ["--bootstrap-server localhost:9092 --describe --broker 1 --all", "everything, and where it comes from"],
    ["--bootstrap-server localhost:9092 --alter --topic orders --add-config retention.ms=3600000", "change it"],
    [
      "--bootstrap-server localhost:9092 --alter --topic orders --add-config 'cleanup.policy=[compact,delete]' --delete-config retention.ms",
      "and take it back",
    ],
    [
      "--bootstrap-server localhost:9092 --alter --client billing --add-config consumer_byte_rate=1048576",
      "a quota of a client id",
    ],
  ],
  describe(error) {
    if (!isKafkaClientError(error) || terse.includes(exceptionOf(error))) return undefined;
    return `Error while executing config command\njava.util.concurrent.ExecutionException: ${toText(error)}`;
  },
  command: {
    options: [
      bootstrapServer,
      bootstrapController,
      commandConfig,
      { flag: "describe", help: "show configurations" },
      { flag: "alter", help: "change them" },
      { flag: "all", help: "show also what comes from files and defaults" },
      { flag: "topic", value: "topic", help: "of a topic" },
      { flag: "broker", value: "id", help: "of a broker" },
      { flag: "broker-defaults", help: "of all brokers" },
      { flag: "broker-logger", value: "id", help: "levels of a broker's loggers" },
      { flag: "group", value: "group", help: "of a group" },
      { flag: "client-metrics", value: "name", help: "of a resource of client metrics" },
      { flag: "user", value: "user", help: "quotas of a user" },
      { flag: "user-defaults", help: "quotas of users without their own" },
      { flag: "client", value: "client-id", help: "quotas of a client id; with --user: of that user's" },
      { flag: "client-defaults", help: "quotas of client ids without their own" },
      { flag: "ip", value: "ip", help: "quotas of an address" },
      { flag: "ip-defaults", help: "quotas of addresses without their own" },
      {
        flag: "entity-type",
        value: "type",
        help: "the same in general: topics, clients, users, brokers, broker-loggers, ips, client-metrics, groups",
      },
      { flag: "entity-name", value: "name", help: "its name" },
      { flag: "entity-default", help: "instead of a name: all without their own" },
      { flag: "add-config", value: "k1=v1,k2=[v2,v3]", help: "set these; brackets around values with commas" },
      { flag: "add-config-file", value: "file", help: "set what a properties file has" },
      { flag: "delete-config", value: "k1,k2", help: "take these back" },
    ],
    async run(tool) {
      const entities = entitiesOf(tool.options);
      checkEntities(tool.options, entities);
      await tool.withAdmin((admin) => act(tool, admin, entities), { controllers: true });
    },
  },
};

async function act(tool: ToolRun, admin: Admin, entities: ReturnType<typeof entitiesOf>): Promise<void> {
  const [type] = entities.types as [string];
  const quotas = type === "users" || type === "clients" || type === "ips";
  if (tool.options.has("describe")) {
    return quotas ? describeQuotas(tool, admin, entities) : describeResources(tool, admin, type, entities.names[0]);
  }
  const changes = await changesOf(tool);
  if (quotas) await alterQuotas(admin, entities, changes);
  else await alterResource(admin, type, entities.names[0]!, changes);
  const name = entities.names[0]!;
  tool.print(
    name === ""
      ? `Completed updating default config for ${type} in the cluster.`
      : `Completed updating config for ${type.slice(0, -1)} ${name}.`,
  );
}
