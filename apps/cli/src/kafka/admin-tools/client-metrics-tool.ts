// kafka-client-metrics. Source: org.apache.kafka.tools.ClientMetricsCommand of Kafka 4.1.
import { randomBytes } from "node:crypto";
import type { Admin } from "@moldau/client";
import { bootstrapServer, commandConfig, type Options, refuseWith } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolUsageError } from "../tool-error";

const actions = ["alter", "delete", "describe", "list"] as const;

export const clientMetricsTool: KafkaTool = {
  name: "kafka-client-metrics",
  purpose: "which metrics clients send to the cluster",
  summary: "This tool helps to manipulate and describe client metrics configurations.",
  examples: [
    [
      "--bootstrap-server localhost:9092 --alter --name slow --metrics org.apache.kafka.consumer. --interval 60000",
      "ask",
    ],
    ["--bootstrap-server localhost:9092 --describe", "what is asked for"],
  ],
  errorPrefix: "Error while executing client metrics command : ",
  errorsOn: "output",
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "alter", help: "change a resource, or make it" },
      { flag: "delete", help: "delete a resource" },
      { flag: "describe", help: "show a resource, or all" },
      { flag: "list", help: "show the names of all" },
      { flag: "name", value: "name", help: "the resource" },
      { flag: "generate-name", help: "make a name for it" },
      { flag: "interval", value: "ms", help: "how often clients send; empty: the default again" },
      {
        flag: "match",
        value: "k1=v1,k2=v2",
        help:
          "which clients: client_id, client_instance_id, client_software_name, client_software_version, client_source_address, " +
          "client_source_port",
      },
      { flag: "metrics", value: "m1,m2", help: "prefixes of metrics' names" },
    ],
    async run(tool) {
      check(tool.options);
      await tool.withAdmin((admin) => act(tool, admin));
    },
  },
};

function check(options: Options): void {
  if (actions.filter((action) => options.has(action)).length !== 1) {
    throw new ToolUsageError("Command must include exactly one action: --alter, --delete, --describe or --list.");
  }
  if (!options.has("bootstrap-server")) throw new ToolUsageError("--bootstrap-server must be specified.");
  refuseWith(options, "delete", "generate-name", "interval", "match", "metrics");
  refuseWith(options, "describe", "generate-name", "interval", "match", "metrics");
  refuseWith(options, "list", "name", "generate-name", "interval", "match", "metrics");
  if (options.has("alter")) {
    if (options.has("name") === options.has("generate-name")) {
      throw new ToolUsageError("One of --name or --generate-name must be specified with --alter.");
    }
    if (!/^[-+]?\d*$/.test(options.value("interval") ?? "")) {
      throw new ToolUsageError("Invalid interval value. Enter an integer, or leave empty to reset.");
    }
  }
  if (options.has("delete") && !options.has("name")) {
    throw new ToolUsageError("A client metrics resource name must be specified with --delete.");
  }
}

async function act({ options, print }: ToolRun, admin: Admin): Promise<void> {
  const resource = (name: string) => ({ type: "client-metrics", name }) as const;
  const names = async (): Promise<string[]> =>
    (await admin.listConfigResources(["client-metrics"])).map(({ name }) => name);
  if (options.has("list")) return print((await names()).join("\n"));
  if (options.has("describe")) {
    const known = await names();
    const name = options.value("name");
    if (name !== undefined && !known.includes(name)) {
      return print(`The client metric resource ${name} doesn't exist and doesn't have dynamic config.`);
    }
    for (const each of name === undefined ? known : [name]) {
      print(`Client metrics configs for ${each} are:`);
      for (const entry of await admin.describeConfigs(resource(each))) print(`  ${entry.name}=${entry.value}`);
    }
    return;
  }
  if (options.has("delete")) {
    const name = options.required("name");
    const entries = await admin.describeConfigs(resource(name));
    await admin.alterConfigs(resource(name), Object.fromEntries(entries.map((entry) => [entry.name, null])));
    return print(`Deleted client metrics config for ${name}.`);
  }
  const name = options.value("name") ?? randomBytes(16).toString("base64url");
  const changes: Record<string, string | null> = {};
  for (const [flag, key] of [
    ["interval", "interval.ms"],
    ["metrics", "metrics"],
    ["match", "match"],
  ] as const) {
    if (options.has(flag)) changes[key] = options.values(flag).join(",") || null;
  }
  await admin.alterConfigs(resource(name), changes);
  print(`Altered client metrics config for ${name}.`);
}
