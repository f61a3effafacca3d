// kafka-verifiable-consumer: an event a line, as JSON. Source: org.apache.kafka.tools.VerifiableConsumer of Kafka 4.1.
import type { Consumer, IncomingRecord, TopicPartitionName } from "@moldau/client";
import { isKafkaClientError } from "../../errors";
import { groupSettings } from "../console/group-settings";
import { messageOf } from "../java-error";
import { bootstrapServer } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolUsageError } from "../tool-error";

const POLL_MS = 500;

export const verifiableConsumerTool: KafkaTool = {
  name: "kafka-verifiable-consumer",
  purpose: "read as a member of a group, and tell what happens",
  summary:
    "This tool consumes messages from a specific topic and emits consumer events (e.g. group rebalances, received messages, and offsets committed) as JSON objects to STDOUT.",
  examples: [["--bootstrap-server localhost:9092 --topic orders --group-id billing --verbose", "until it is stopped"]],
  command: {
    options: [
      bootstrapServer,
      { flag: "topic", value: "topic", help: "the topic" },
      {
        flag: "group-protocol",
        value: "protocol",
        default: "classic",
        help: "the group's protocol: classic, consumer",
      },
      { flag: "group-remote-assignor", value: "name", help: "the coordinator's assignor, with the consumer protocol" },
      { flag: "group-id", value: "group", help: "the group" },
      { flag: "group-instance-id", value: "id", help: "a static member's name" },
      { flag: "max-messages", value: "n", type: "integer", default: "-1", help: "end after so many records" },
      { flag: "session-timeout", value: "ms", type: "integer", help: "session time-out of the member" },
      { flag: "verbose", help: "an event for every record" },
      { flag: "enable-autocommit", help: "commit now and then, without an event" },
      {
        flag: "reset-policy",
        value: "policy",
        default: "earliest",
        help: "where nothing is committed: earliest, latest, none",
      },
      {
        flag: "assignment-strategy",
        value: "class",
        default: "org.apache.kafka.clients.consumer.RangeAssignor",
        help: "with the classic protocol: how the members spread the partitions",
      },
      { flag: "consumer.config", value: "file", help: "properties of the consumer" },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal } = tool;
  const needed = (flag: string): string => {
    const value = options.value(flag);
    if (value === undefined) throw new ToolUsageError(`argument --${flag} is required`);
    return value;
  };
  const topic = needed("topic");
  const groupId = needed("group-id");
  const policy = options.value("reset-policy");
  if (policy !== "earliest" && policy !== "latest" && policy !== "none") {
    throw new ToolUsageError(`argument --reset-policy: invalid choice: '${policy}'`);
  }
  const membership = groupSettings(await membershipProperties(tool));
  const client = await tool.clientOptions({ configFlag: "consumer.config" });
  const { createConsumer } = await tool.client(client);
  const event = (name: string, fields: object = {}): void =>
    tool.print(JSON.stringify({ timestamp: terminal.wallMs(), name, ...fields }));
  const named = (partitions: readonly TopicPartitionName[]) =>
    partitions.map(({ topic: name, partition }) => ({ topic: name, partition }));
  let held: TopicPartitionName[] = [];
  const consumer = createConsumer({
    ...client,
    groupId,
    offsetReset: policy,
    ...membership,
    onAssigned: (partitions) => {
      held.push(...partitions);
      event("partitions_assigned", { partitions: named(partitions) });
    },
    onRevoked: (partitions) => {
      held = held.filter(
        (at) => !partitions.some((gone) => gone.topic === at.topic && gone.partition === at.partition),
      );
      event("partitions_revoked", { partitions: named(partitions) });
    },
  });
  event("startup_complete");
  try {
    await consumer.subscribe([topic]);
    await consume(tool, consumer, event);
  } finally {
    await consumer.close({ commit: options.has("enable-autocommit") });
    // Java's client gives its partitions back when it is closed.
    if (held.length > 0) event("partitions_revoked", { partitions: named(held) });
    event("shutdown_complete");
  }
}

/** The file's properties, with what the command line says of the membership. */
async function membershipProperties(tool: ToolRun): Promise<Map<string, string>> {
  const { options } = tool;
  const properties = await tool.properties("consumer.config");
  const isNew = options.value("group-protocol")!.toLowerCase() === "consumer";
  const given = [
    ["group.protocol", options.value("group-protocol")],
    ["group.remote.assignor", isNew ? options.value("group-remote-assignor") : undefined],
    ["partition.assignment.strategy", isNew ? undefined : options.value("assignment-strategy")],
    ["group.instance.id", options.value("group-instance-id")],
    ["session.timeout.ms", options.value("session-timeout")],
  ] as const;
  for (const [key, value] of given) if (value !== undefined) properties.set(key, value);
  return properties;
}

type Event = (name: string, fields?: object) => void;

async function consume({ options, terminal, flush }: ToolRun, consumer: Consumer, event: Event): Promise<void> {
  const max = options.integer("max-messages")!;
  const interrupted = terminal.interrupted();
  let count = 0;
  while ((max < 0 || count < max) && !interrupted.aborted) {
    const records = await consumer.poll(POLL_MS, max < 0 ? undefined : max - count);
    if (records.length > 0) {
      count += records.length;
      consumed(records, event, options.has("verbose"));
      if (!options.has("enable-autocommit")) await commit(consumer, records, event);
    }
    await flush();
  }
}

function consumed(records: readonly IncomingRecord[], event: Event, verbose: boolean): void {
  const partitions = [...lastOffsets(records).values()].map(({ topic, partition }) => {
    const offsets = records
      .filter((record) => record.topic === topic && record.partition === partition)
      .map(({ offset }) => offset);
    return { topic, partition, count: offsets.length, minOffset: offsets[0], maxOffset: offsets.at(-1) };
  });
  const text = (bytes: Uint8Array | null): string | null =>
    bytes === null ? null : Buffer.from(bytes).toString("utf8");
  for (const { key, value, topic, partition, offset } of verbose ? records : []) {
    event("record_data", { key: text(key), value: text(value), topic, partition, offset });
  }
  event("records_consumed", { count: records.length, partitions });
}

async function commit(consumer: Consumer, records: readonly IncomingRecord[], event: Event): Promise<void> {
  const offsets = [...lastOffsets(records).values()].map(({ topic, partition, offset }) => ({
    topic,
    partition,
    offset: offset + 1,
  }));
  try {
    await consumer.commit();
    event("offsets_committed", { offsets, success: true });
  } catch (error) {
    if (!isKafkaClientError(error)) throw error;
    event("offsets_committed", { offsets, error: messageOf(error), success: false });
  }
}

function lastOffsets(records: readonly IncomingRecord[]): Map<string, IncomingRecord> {
  return new Map(records.map((record) => [`${record.topic}-${record.partition}`, record]));
}
