// kafka-console-consumer. Source: org.apache.kafka.tools.consumer.ConsoleConsumer of Kafka 4.1.
import type { Admin, Consumer, ConsumerOptions } from "@moldau/client";
import { bootstrapServer, type Options, requireOptions } from "../options";
import { parsePairs } from "../properties";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import { topicNames } from "../topic-names";
import { groupSettings } from "./group-settings";
import { formatterOf } from "./record-formatter";

const DEFAULT_FORMATTER = "org.apache.kafka.tools.consumer.DefaultMessageFormatter";
/** How long one look for records takes at most: until an interruption is noticed. */
const POLL_MS = 500;
const COMMIT_INTERVAL_MS = 5_000;

export const consoleConsumerTool: KafkaTool = {
  name: "kafka-console-consumer",
  purpose: "print the records of topics",
  summary: "This tool helps to read data from Kafka topics and outputs it to standard output.",
  examples: [
    ["--bootstrap-server localhost:9092 --topic orders --from-beginning", "all records, and those to come"],
    ["--bootstrap-server localhost:9092 --topic orders --group billing --timeout-ms 5000", "as a member of a group"],
    ["--bootstrap-server localhost:9092 --topic orders --partition 0 --offset 42 --max-messages 1", "one record"],
    [
      "--bootstrap-server localhost:9092 --topic orders --property print.key=true --property print.headers=true",
      "with headers and key",
    ],
  ],
  command: {
    options: [
      bootstrapServer,
      { flag: "topic", value: "topic", help: "the topic" },
      { flag: "include", value: "regex", help: "the topics that match" },
      {
        flag: "partition",
        value: "n",
        type: "integer",
        help: "only this partition, from its end unless --offset is there",
      },
      { flag: "offset", value: "offset", default: "latest", help: "where to begin: a number, earliest or latest" },
      { flag: "from-beginning", help: "begin with the first record where nothing is committed" },
      { flag: "group", value: "group", help: "read as a member of this group" },
      { flag: "max-messages", value: "n", type: "integer", help: "end after so many records" },
      { flag: "timeout-ms", value: "ms", type: "integer", help: "end when no record came for so long" },
      {
        flag: "isolation-level",
        value: "level",
        default: "read_uncommitted",
        help: "read_committed leaves out records of open and aborted transactions",
      },
      { flag: "formatter", value: "class", default: DEFAULT_FORMATTER, help: "how records are shown" },
      {
        flag: "property",
        value: "key=value",
        help:
          "of the formatter; may be repeated: print.timestamp, print.key, print.offset, print.epoch, print.partition, print.headers, " +
          "print.value, key.separator, line.separator, headers.separator, null.literal, key.deserializer, value.deserializer, " +
          "headers.deserializer",
      },
      { flag: "formatter-config", value: "file", help: "a file of such properties" },
      { flag: "key-deserializer", value: "class", help: "how keys are shown" },
      { flag: "value-deserializer", value: "class", help: "how values are shown" },
      { flag: "consumer-property", value: "key=value", help: "of the consumer; may be repeated" },
      { flag: "consumer.config", value: "file", help: "a file of such properties" },
      { flag: "skip-message-on-error", help: "pass over records that cannot be shown" },
      { flag: "enable-systest-events", help: "say when the consumer has ended" },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options } = tool;
  check(options);
  const properties = new Map([
    ...(await tool.properties("consumer.config")),
    ...parsePairs(options.values("consumer-property")),
  ]);
  const groupId = groupOf(options, properties);
  const format = formatterOf(options.required("formatter"), await formatterProperties(tool));
  const client = await tool.clientOptions({ clientId: "console-consumer", properties, configFlag: "consumer.config" });
  const settings = { ...consumerSettings(options, properties), ...groupSettings(properties) };
  const autoCommit = groupId !== undefined && properties.get("enable.auto.commit") !== "false";
  const { createAdmin, createConsumer } = await tool.client(client);
  const admin = createAdmin(client);
  let consumer: Consumer | undefined;
  try {
    const topics = await topicsToRead(options, admin);
    consumer = createConsumer({
      ...client,
      ...settings,
      groupId,
      onRevoked: () => (autoCommit ? consumer?.commit() : undefined),
    });
    if (groupId !== undefined) await consumer.subscribe(topics);
    else await consumer.assign(await starts(options, admin, topics, settings.offsetReset));
    await consume(tool, consumer, format, autoCommit);
  } finally {
    await consumer?.close({ commit: autoCommit });
    await admin.close();
  }
  if (options.has("enable-systest-events")) tool.print("shutdown_complete");
}

function check(options: Options): void {
  if (options.has("topic") === options.has("include")) {
    throw new ToolUsageError("Exactly one of --include/--topic is required. ");
  }
  if (options.has("partition")) {
    if (!options.has("topic")) throw new ToolUsageError("The topic is required when partition is specified.");
    if (options.has("from-beginning") && options.has("offset")) {
      throw new ToolUsageError("Options from-beginning and offset cannot be specified together.");
    }
  } else if (options.has("offset")) {
    throw new ToolUsageError("The partition is required when offset is specified.");
  }
  requireOptions(options, "bootstrap-server");
  offsetOf(options);
}

/** The group that is named, in one place or in several alike. */
function groupOf(options: Options, properties: ReadonlyMap<string, string>): string | undefined {
  const ids = new Set([options.value("group"), properties.get("group.id")].filter((id) => id !== undefined));
  if (ids.size > 1) {
    throw new ToolUsageError(
      "The group ids provided in different places (directly using '--group', via '--consumer-property', or via " +
        `'--consumer.config') do not match. Detected group ids: ${[...ids].map((id) => `'${id}'`).join(", ")}`,
    );
  }
  if (ids.size > 0 && options.has("partition")) {
    throw new ToolUsageError("Options group and partition cannot be specified together.");
  }
  return [...ids][0];
}

async function formatterProperties(tool: ToolRun): Promise<Map<string, string>> {
  const { options } = tool;
  const properties = await tool.properties("formatter-config");
  for (const what of ["key", "value"]) {
    const name = options.value(`${what}-deserializer`);
    if (name) properties.set(`${what}.deserializer`, name);
  }
  return new Map([...properties, ...parsePairs(options.values("property"))]);
}

function consumerSettings(
  options: Options,
  properties: ReadonlyMap<string, string>,
): Pick<ConsumerOptions, "isolation" | "maxWaitMs" | "fetchBytesMax"> & {
  offsetReset: NonNullable<ConsumerOptions["offsetReset"]>;
} {
  const number = (key: string): number | undefined => {
    const text = properties.get(key);
    return text === undefined ? undefined : Number(text);
  };
  const level = options.has("isolation-level") ? undefined : properties.get("isolation.level");
  const isolation = level ?? options.value("isolation-level")!;
  if (isolation !== "read_committed" && isolation !== "read_uncommitted") {
    throw new ToolError(
      `Invalid value ${isolation} for configuration isolation.level: String must be one of: read_committed, read_uncommitted`,
    );
  }
  const reset = properties.get("auto.offset.reset");
  if (reset !== undefined && options.has("from-beginning") && reset !== "earliest") {
    throw new ToolUsageError(
      `Can't simultaneously specify --from-beginning and 'auto.offset.reset=${reset}', please remove one option`,
    );
  }
  return {
    isolation,
    offsetReset:
      reset === "earliest" || reset === "none" ? reset : options.has("from-beginning") ? "earliest" : "latest",
    maxWaitMs: number("fetch.max.wait.ms"),
    fetchBytesMax: number("fetch.max.bytes"),
  };
}

async function topicsToRead(options: Options, admin: Admin): Promise<string[]> {
  const topic = options.value("topic");
  if (topic !== undefined) return [topic];
  const pattern = options.required("include");
  const names = topicNames(await admin.listTopics(), { pattern, excludeInternal: true });
  if (names.length === 0) throw new ToolError(`no topic matches ${pattern}`);
  return names;
}

/** Without a group every partition is read from where the options say. */
async function starts(
  options: Options,
  admin: Admin,
  topics: readonly string[],
  reset: "earliest" | "latest" | "none",
): Promise<Parameters<Consumer["assign"]>[0]> {
  const partition = options.integer("partition");
  if (partition !== undefined) return [{ topic: topics[0]!, partition, offset: offsetOf(options) }];
  const described = await admin.describeTopics(topics);
  const offset = reset === "earliest" ? "earliest" : "latest";
  return described.flatMap(({ name, partitions }) =>
    partitions.map((at) => ({ topic: name, partition: at.partition, offset }) as const),
  );
}

function offsetOf(options: Options): number | "earliest" | "latest" {
  if (!options.has("offset")) return options.has("from-beginning") ? "earliest" : "latest";
  const text = options.value("offset")!;
  const word = text.toLowerCase();
  if (word === "earliest" || word === "latest") return word;
  if (!/^\d+$/.test(text)) {
    throw new ToolUsageError(
      `The provided offset value '${text}' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long.`,
    );
  }
  return Number(text);
}

async function consume(
  tool: ToolRun,
  consumer: Consumer,
  format: ReturnType<typeof formatterOf>,
  autoCommit: boolean,
): Promise<void> {
  const { options, terminal } = tool;
  const max = options.integer("max-messages") ?? -1;
  const timeout = options.integer("timeout-ms") ?? -1;
  const interrupted = terminal.interrupted();
  let count = 0;
  let lastRecord = terminal.nowMs();
  let lastCommit = lastRecord;
  try {
    while ((max < 0 || count < max) && !interrupted.aborted && !terminal.output.gone.aborted) {
      const quiet = terminal.nowMs() - lastRecord;
      if (timeout >= 0 && quiet > timeout) break;
      const wait = timeout < 0 ? POLL_MS : Math.max(1, Math.min(POLL_MS, timeout - quiet + 1));
      const records = await consumer.poll(wait, max < 0 ? undefined : max - count);
      if (records.length > 0) {
        const shown: Uint8Array[] = [];
        for (const record of records) {
          try {
            const bytes = format(record);
            if (bytes !== undefined) shown.push(bytes);
          } catch (error) {
            if (!options.has("skip-message-on-error")) throw error;
            tool.warn(`Error processing message, skipping this message: ${(error as Error).message}`);
          }
        }
        count += records.length;
        if (shown.length > 0) await terminal.output.write(Buffer.concat(shown));
        lastRecord = terminal.nowMs();
      }
      if (autoCommit && terminal.nowMs() - lastCommit >= COMMIT_INTERVAL_MS) {
        await consumer.commit();
        lastCommit = terminal.nowMs();
      }
    }
    if (terminal.output.gone.aborted) tool.warn("Unable to write to standard out, closing consumer.");
  } finally {
    tool.warn(`Processed a total of ${count} messages`);
  }
}
