// kafka-get-offsets. Source: org.apache.kafka.tools.GetOffsetShell of Kafka 4.1.
import type { Admin, OffsetSpec, TopicPartitionName } from "@moldau/client";
import { toText } from "../java-error";
import { bootstrapServer, commandConfig, type Options, requireOptions } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import { isInternalTopic, topicPattern } from "../topic-names";

/** Times by number, as ListOffsets knows them. */
const specs: readonly OffsetSpec[] = ["latest", "earliest", "max-timestamp", "earliest-local", "latest-tiered"];

export const getOffsetsTool: KafkaTool = {
  name: "kafka-get-offsets",
  purpose: "where the logs of partitions begin and end, or stand at a time",
  summary: "An interactive shell for getting topic-partition offsets.",
  examples: [
    ["--bootstrap-server localhost:9092 --topic orders", "where the partitions end"],
    ["--bootstrap-server localhost:9092 --topic-partitions 'orders:0-2,pay.*' --time earliest", "where some begin"],
  ],
  errorPrefix: "Error occurred: ",
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "topic", value: "regex", help: "the topics; all where it is left out" },
      { flag: "partitions", value: "0,1,...", help: "only these partitions" },
      {
        flag: "topic-partitions",
        value: "list",
        help: "topics and partitions with commas between: orders, orders:1, orders:0-3 (3 is not in it), orders:5-, :2",
      },
      {
        flag: "time",
        value: "time",
        default: "latest",
        help: "ms since 1970, or latest (-1), earliest (-2), max-timestamp (-3), earliest-local (-4), latest-tiered (-5)",
      },
      { flag: "exclude-internal-topics", help: "leave out internal topics" },
    ],
    async run(tool) {
      requireOptions(tool.options, "bootstrap-server");
      if (tool.options.has("topic-partitions") && (tool.options.has("topic") || tool.options.has("partitions"))) {
        throw new ToolError("--topic-partitions cannot be used with --topic or --partitions");
      }
      const timestamp = timestampOf(tool.options.value("time")!);
      const wanted = filterOf(tool.options);
      await tool.withAdmin((admin) => getOffsets(tool, admin, timestamp, wanted), { clientId: "GetOffsetShell" });
    },
  },
};

function timestampOf(text: string): number | OffsetSpec {
  const named = specs.find((name) => name === text);
  if (named !== undefined) return named;
  if (!/^-?\d+$/.test(text)) {
    throw new ToolError(
      `Malformed time argument ${text}. Please use -1 or latest / -2 or earliest / -3 or max-timestamp / -4 or earliest-local / ` +
        "-5 or latest-tiered, or a specified long format timestamp",
    );
  }
  return specs[-Number(text) - 1] ?? Number(text);
}

async function getOffsets(
  { options, print, warn }: ToolRun,
  admin: Admin,
  timestamp: number | OffsetSpec,
  wanted: (at: TopicPartitionName) => boolean,
): Promise<void> {
  const partitions = (await admin.describeTopics())
    .filter(({ name }) => !options.has("exclude-internal-topics") || !isInternalTopic(name))
    .flatMap(({ name, partitions: list }) => list.map(({ partition }) => ({ topic: name, partition })))
    .filter(wanted);
  if (partitions.length === 0) throw new ToolError("Could not match any topic-partitions with the specified filters");
  const found = await admin.offsetsFor(partitions.map((at) => ({ ...at, timestamp })));
  const nameOf = ({ topic, partition }: TopicPartitionName): string => `${topic}-${partition}`;
  for (const at of found.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    if (at.error !== null) {
      warn(`Skip getting offsets for topic-partition ${nameOf(at)} due to error: ${toText(at.error)}`);
    } else if (at.offset >= 0) print(`${at.topic}:${at.partition}:${at.offset}`);
  }
}

function filterOf(options: Options): (at: TopicPartitionName) => boolean {
  const rules = options.value("topic-partitions");
  if (rules !== undefined) {
    const filters = rules.split(",").map(ruleOf);
    return (at) => filters.some((filter) => filter(at));
  }
  const topic = topicPattern(options.value("topic") ?? ".*");
  const ids = partitionIds(options.value("partitions"));
  return (at) => topic.test(at.topic) && (ids.size === 0 || ids.has(at.partition));
}

function partitionIds(text: string | undefined): Set<number> {
  if (text === undefined || text === "") return new Set();
  const ids = text.split(",");
  if (!ids.every((id) => /^\d+$/.test(id))) {
    throw new ToolError(`--partitions expects a comma separated list of numeric partition ids, but received: ${text}`);
  }
  return new Set(ids.map(Number));
}

function ruleOf(rule: string): (at: TopicPartitionName) => boolean {
  const match = /^([^:,]*)(?::(?:(\d*)|(\d*)-(\d*)))?$/.exec(rule);
  if (match === null) throw new ToolError(`Invalid rule specification: ${rule}`);
  const [, topic, only, from, to] = match;
  const pattern = topicPattern(topic || ".*");
  if (only) return (at) => pattern.test(at.topic) && at.partition === Number(only);
  const lower = Number(from || 0);
  const upper = to ? Number(to) : Infinity;
  return (at) => pattern.test(at.topic) && at.partition >= lower && at.partition < upper;
}
