// kafka-topics. Source: org.apache.kafka.tools.TopicCommand of Kafka 4.1.
import { KafkaError, ZERO_UUID } from "@moldau/base";
import type { Admin, TopicDescription } from "@moldau/client";
import { hasCode } from "../../errors";
import { bootstrapServer, commandConfig, type Options, refuseWith, requireOptions } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import { topicNames } from "../topic-names";
import { describeTopics } from "./describe-topics";
import { parseReplicaAssignment } from "./replica-assignment";

const REPLICATION_FACTOR_MAX = 32_767;
const actions = ["alter", "create", "describe", "list", "delete"] as const;
const reports = [
  "under-replicated-partitions",
  "under-min-isr-partitions",
  "at-min-isr-partitions",
  "unavailable-partitions",
] as const;

export const topicsTool: KafkaTool = {
  name: "kafka-topics",
  purpose: "create, list, describe, alter and delete topics",
  summary: "This tool helps to create, delete, describe, or change a topic.",
  examples: [
    ["--bootstrap-server localhost:9092 --create --topic orders --partitions 3", "a topic"],
    ["--bootstrap-server localhost:9092 --list", "their names"],
    ["--bootstrap-server localhost:9092 --describe --topic 'orders.*'", "partitions, leaders, replicas"],
    ["--bootstrap-server localhost:9092 --describe --under-replicated-partitions", "what is not well"],
    ["--bootstrap-server localhost:9092 --alter --topic orders --partitions 6", "more partitions"],
  ],
  errorPrefix: "Error while executing topic command : ",
  errorsOn: "output",
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "list", help: "the names of all topics" },
      { flag: "create", help: "make a topic" },
      { flag: "delete", help: "delete a topic" },
      { flag: "alter", help: "more partitions for a topic; configurations are changed with kafka-configs" },
      { flag: "describe", help: "partitions, leaders, replicas and configurations" },
      { flag: "topic", value: "topic", help: "the topic; a regular expression too, except with --create" },
      { flag: "topic-id", value: "topic-id", help: "the topic by its id, for --describe" },
      { flag: "config", value: "name=value", help: "a configuration of the topic that is created; may be repeated" },
      { flag: "delete-config", value: "name", help: "no longer there; see kafka-configs" },
      {
        flag: "partitions",
        value: "n",
        type: "integer",
        help: "how many the topic has, or is to have; the cluster's default where --create has none",
      },
      {
        flag: "replication-factor",
        value: "n",
        type: "integer",
        help: "replicas of each partition of a new topic; the cluster's default where there is none",
      },
      {
        flag: "replica-assignment",
        value: "1:2,2:3,...",
        help: "the brokers of each partition by hand: colons between replicas, commas between partitions",
      },
      { flag: "under-replicated-partitions", help: "describe only partitions with replicas that are not in sync" },
      { flag: "unavailable-partitions", help: "describe only partitions whose leader is not there" },
      { flag: "under-min-isr-partitions", help: "describe only partitions with less than min.insync.replicas" },
      { flag: "at-min-isr-partitions", help: "describe only partitions with exactly min.insync.replicas" },
      { flag: "topics-with-overrides", help: "describe only topics with configurations of their own" },
      { flag: "if-exists", help: "no error where the topic is not there" },
      { flag: "if-not-exists", help: "no error where the topic to create is there" },
      { flag: "exclude-internal", help: "leave out internal topics" },
      {
        flag: "partition-size-limit-per-response",
        value: "n",
        type: "integer",
        help: "how many partitions are asked for at a time",
      },
    ],
    async run(tool) {
      const { options } = tool;
      check(tool);
      await tool.withAdmin((admin) => {
        if (options.has("create")) return create(tool, admin);
        if (options.has("alter")) return alter(tool, admin);
        if (options.has("list")) return list(tool, admin);
        if (options.has("describe")) return describe(tool, admin);
        return remove(tool, admin);
      });
    },
  },
};

function check(tool: ToolRun): void {
  const { options } = tool;
  if (actions.filter((action) => options.has(action)).length !== 1) {
    throw new ToolUsageError(
      "Command must include exactly one action: --list, --describe, --create, --alter or --delete",
    );
  }
  if (options.has("delete-config")) {
    tool.warn(
      "delete-config option is no longer supported and deprecated since version 4.0. The config will be fully removed in future releases.",
    );
  }
  if (!options.has("bootstrap-server")) throw new ToolUsageError("--bootstrap-server must be specified");
  if (options.has("describe") && options.has("if-exists")) {
    if (!options.has("topic") && !options.has("topic-id")) {
      throw new ToolUsageError("--topic or --topic-id is required to describe a topic");
    }
    if (options.has("topic") && options.has("topic-id")) {
      tool.print(
        "Only topic id will be used when both --topic and --topic-id are specified and topicId is not Uuid.ZERO_UUID",
      );
    }
  }
  if (!options.has("list") && !options.has("describe")) requireOptions(options, "topic");
  if (options.has("alter")) {
    if (options.has("config")) {
      throw new ToolUsageError(
        'Option combination "[[bootstrap-server], [config]]" can\'t be used with option "[alter]" ' +
          "(To alter topic configurations, the kafka-configs tool can be used.)",
      );
    }
    requireOptions(options, "partitions");
  }
  const only = (flag: string, ...allowed: readonly string[]): void =>
    refuseWith(options, flag, ...actions.filter((action) => !allowed.includes(action)));
  only("config", "alter", "create");
  only("partitions", "alter", "create");
  only("replication-factor", "create");
  only("replica-assignment", "alter", "create");
  if (options.has("create")) refuseWith(options, "replica-assignment", "partitions", "replication-factor");
  for (const report of reports) {
    only(report, "describe");
    refuseWith(options, report, "topics-with-overrides");
  }
  only("topics-with-overrides", "describe");
  only("if-exists", "alter", "delete", "describe");
  only("if-not-exists", "create");
  only("exclude-internal", "list", "describe");
}

/** Names that match `--topic`, sorted; an error where there are none and there should be. */
async function matching(options: Options, admin: Admin): Promise<string[]> {
  const topics = (await admin.listTopics()).sort((a, b) => (a.name < b.name ? -1 : 1));
  const pattern = options.value("topic");
  const names = topicNames(topics, { pattern, excludeInternal: options.has("exclude-internal") });
  if (pattern && names.length === 0 && !options.has("if-exists") && !options.has("list")) {
    throw new ToolError(`Topic '${pattern}' does not exist as expected`);
  }
  return names;
}

async function create(tool: ToolRun, admin: Admin): Promise<void> {
  const { options } = tool;
  const name = options.required("topic");
  const replicationFactor = options.integer("replication-factor");
  const partitions = options.integer("partitions");
  const assignments = parseReplicaAssignment(options.value("replica-assignment"));
  const configs = parseConfigs(options.values("config"));
  if (/[._]/.test(name)) {
    tool.print(
      "WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could " +
        "collide. To avoid issues it is best to use either, but not both.",
    );
  }
  if (replicationFactor !== undefined && (replicationFactor < 1 || replicationFactor > REPLICATION_FACTOR_MAX)) {
    throw new ToolError(`The replication factor must be between 1 and ${REPLICATION_FACTOR_MAX} inclusive`);
  }
  if (partitions !== undefined && partitions < 1) throw new ToolError("The partitions must be greater than 0");
  try {
    await admin.createTopic({ name, partitions, replicationFactor, assignments, configs });
    tool.print(`Created topic ${name}.`);
  } catch (error) {
    if (!options.has("if-not-exists") || !hasCode(error, KafkaError.TOPIC_ALREADY_EXISTS)) throw error;
  }
}

function parseConfigs(pairs: readonly string[]): Record<string, string> {
  const configs = pairs.map((pair) => pair.split(/\s*=\s*/));
  if (configs.some((pair) => pair.length !== 2)) {
    throw new ToolError(
      'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".',
    );
  }
  return Object.fromEntries(configs.map(([key, value]) => [key!.trim(), value!.trim()]));
}

async function list(tool: ToolRun, admin: Admin): Promise<void> {
  tool.print((await matching(tool.options, admin)).join("\n"));
}

async function alter(tool: ToolRun, admin: Admin): Promise<void> {
  const { options } = tool;
  const count = options.integer("partitions")!;
  const assignments = parseReplicaAssignment(options.value("replica-assignment"));
  const names = await matching(options, admin);
  const described = await admin.describeTopics(names);
  await Promise.all(
    described.map(({ name, partitions }) =>
      admin.createPartitions(name, count, {
        assignments: assignments?.slice(partitions.length),
      }),
    ),
  );
}

async function remove(tool: ToolRun, admin: Admin): Promise<void> {
  await Promise.all((await matching(tool.options, admin)).map((name) => admin.deleteTopic(name)));
}

async function describe(tool: ToolRun, admin: Admin): Promise<void> {
  const { options } = tool;
  const names = await wanted(options, admin);
  const topics = await admin.describeTopicPartitions(names, options.integer("partition-size-limit-per-response"));
  for (const line of await describeTopics(admin, topics, {
    reports: reports.filter((report) => options.has(report)),
    onlyOverrides: options.has("topics-with-overrides"),
  })) {
    tool.print(line);
  }
}

async function wanted(options: Options, admin: Admin): Promise<string[]> {
  const id = options.value("topic-id");
  if (id === undefined || id === ZERO_UUID) return matching(options, admin);
  const topics = await admin.describeTopics();
  const found = topics.filter(
    ({ topicId, internal }: TopicDescription) => topicId === id && !(internal && options.has("exclude-internal")),
  );
  if (found.length === 0 && !options.has("if-exists"))
    throw new ToolError(`TopicId '${id}' does not exist as expected`);
  return found.map(({ name }) => name);
}
