// kafka-leader-election. Source: org.apache.kafka.tools.LeaderElectionCommand of Kafka 4.1.
import { KafkaError } from "@moldau/base";
import type { Admin, TopicPartitionName } from "@moldau/client";
import { toText } from "../java-error";
import { integerAt, objectsAt, parseJsonFile, stringAt } from "../json-file";
import { bootstrapServer, type Options } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError } from "../tool-error";

export const leaderElectionTool: KafkaTool = {
  name: "kafka-leader-election",
  purpose: "elect leaders of partitions: preferred or unclean",
  summary:
    "This tool attempts to elect a new leader for a set of topic partitions. The type of elections supported are preferred " +
    "replicas and unclean replicas.",
  examples: [
    ["--bootstrap-server localhost:9092 --election-type preferred --all-topic-partitions", "each its first replica"],
    ["--bootstrap-server localhost:9092 --election-type unclean --topic orders --partition 0", "may lose records"],
  ],
  command: {
    options: [
      bootstrapServer,
      { flag: "admin.config", value: "file", help: "properties for the client" },
      {
        flag: "election-type",
        value: "type",
        help: "preferred, or unclean: any replica that lives, records may be lost",
      },
      { flag: "topic", value: "topic", help: "the topic" },
      { flag: "partition", value: "n", type: "integer", help: "its partition" },
      { flag: "path-to-json-file", value: "file", help: '{"partitions": [{"topic": "orders", "partition": 0}]}' },
      { flag: "all-topic-partitions", help: "all partitions that need it" },
    ],
    async run(tool) {
      const type = check(tool.options);
      const partitions = await partitionsOf(tool);
      await tool.withAdmin((admin) => elect(tool, admin, type, partitions), { configFlag: "admin.config" });
    },
  },
};

function check(options: Options): "preferred" | "unclean" {
  const missing = ["bootstrap-server", "election-type"].filter((flag) => !options.has(flag));
  if (missing.length > 0) throw new ToolError(`Missing required option(s): ${missing.join(", ")}`);
  const scopes = ["topic", "all-topic-partitions", "path-to-json-file"];
  if (scopes.filter((flag) => options.has(flag)).length !== 1) {
    throw new ToolError(`One and only one of the following options is required: ${scopes.join(", ")}`);
  }
  if (options.has("topic") && !options.has("partition")) throw new ToolError("Missing required option(s): partition");
  if (!options.has("topic") && options.has("partition")) {
    throw new ToolError("Option partition is only allowed if topic is used");
  }
  const type = options.required("election-type").toLowerCase();
  if (type !== "preferred" && type !== "unclean") {
    throw new ToolError(`Cannot parse argument '${type}' of option election-type`);
  }
  return type;
}

async function partitionsOf({ options, terminal }: ToolRun): Promise<TopicPartitionName[] | null> {
  const path = options.value("path-to-json-file");
  if (path !== undefined) {
    const json = parseJsonFile(await terminal.readFile(path));
    if (json.partitions === undefined) throw new ToolError('Replica election data is missing "partitions" field');
    const partitions = objectsAt(json, "partitions").map((item) => ({
      topic: stringAt(item, "topic"),
      partition: integerAt(item, "partition"),
    }));
    const names = partitions.map(({ topic, partition }) => `${topic}-${partition}`);
    const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    if (twice.length > 0) {
      throw new ToolError(`Replica election data contains duplicate partitions: [${twice.join(", ")}]`);
    }
    return partitions;
  }
  const topic = options.value("topic");
  return topic === undefined ? null : [{ topic, partition: options.integer("partition")! }];
}

async function elect(
  { print }: ToolRun,
  admin: Admin,
  type: "preferred" | "unclean",
  partitions: readonly TopicPartitionName[] | null,
): Promise<void> {
  const outcomes = await admin.electLeaders(type, partitions);
  const nameOf = ({ topic, partition }: TopicPartitionName): string => `${topic}-${partition}`;
  const elected = outcomes.filter(({ error }) => error === null);
  const needless = outcomes.filter(({ error }) => error?.code === KafkaError.ELECTION_NOT_NEEDED);
  const failed = outcomes.filter(({ error }) => error !== null && error.code !== KafkaError.ELECTION_NOT_NEEDED);
  const shown = type.toUpperCase();
  if (elected.length > 0) {
    print(`Successfully completed leader election (${shown}) for partitions ${elected.map(nameOf).join(", ")}`);
  }
  if (needless.length > 0) print(`Valid replica already elected for partitions ${needless.map(nameOf).join(", ")}`);
  for (const at of failed) {
    print(`Error completing leader election (${shown}) for partition: ${nameOf(at)}: ${toText(at.error)}`);
  }
  if (failed.length > 0) throw new ToolError(`${failed.length} replica(s) could not be elected`);
}
