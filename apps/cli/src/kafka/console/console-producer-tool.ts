// kafka-console-producer. Source: org.apache.kafka.tools.ConsoleProducer of Kafka 4.1.
import { splitLines } from "../../lines";
import { toText } from "../java-error";
import { bootstrapServer, type OptionDefinition, requireOptions } from "../options";
import { parsePairs } from "../properties";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import { UnderWay } from "../under-way";
import { type LineRules, lineRules, recordOfLine } from "./line-reader";
import { producerSettings, withoutTransactions } from "./producer-settings";

/** Options that set one property of the producer: the option wins over the property, the property over the default. */
const settings: readonly (readonly [flag: string, key: string, preset: string | undefined, help: string])[] = [
  ["timeout", "linger.ms", "1000", "ms that a record may wait for others to be sent with"],
  ["request-required-acks", "acks", "-1", "acknowledgements: all or -1, 1, 0"],
  ["request-timeout-ms", "request.timeout.ms", "1500", "ms for one request"],
  ["message-send-max-retries", "retries", "3", "how often a record is sent again"],
  ["retry-backoff-ms", "retry.backoff.ms", "100", "ms before it is sent again"],
  ["socket-buffer-size", "send.buffer.bytes", "102400", "bytes of the socket's buffer"],
  ["max-memory-bytes", "buffer.memory", "33554432", "bytes of records that may wait"],
  ["batch-size", "batch.size", undefined, "bytes of a batch"],
  ["max-partition-memory-bytes", "batch.size", undefined, "the same"],
  ["metadata-expiry-ms", "metadata.max.age.ms", "300000", "ms after which metadata is asked for again"],
  ["max-block-ms", "max.block.ms", "60000", "ms that sending may wait for room"],
];

export const consoleProducerTool: KafkaTool = {
  name: "kafka-console-producer",
  purpose: "send the lines of standard input as records",
  summary: "This tool helps to read data from standard input and publish it to Kafka.",
  examples: [
    ["--bootstrap-server localhost:9092 --topic orders", "a record a line"],
    [
      "--bootstrap-server localhost:9092 --topic orders --property parse.key=true --property key.separator=:",
      "lines like 7:paid",
    ],
    [
      "--bootstrap-server localhost:9092 --topic orders --property parse.headers=true --compression-codec zstd",
      "lines like source:web<Tab>paid",
    ],
  ],
  command: {
    options: [
      bootstrapServer,
      { flag: "topic", value: "topic", help: "the topic" },
      { flag: "sync", help: "send one record at a time" },
      {
        flag: "compression-codec",
        value: "codec",
        valueOptional: true,
        help: "none, gzip, snappy, lz4 or zstd; gzip where none is named",
      },
      ...settings.map(([flag, , preset, help]): OptionDefinition => ({
        flag,
        value: flag === "request-required-acks" ? "acks" : "n",
        ...(flag === "request-required-acks" ? {} : { type: "integer" as const }),
        default: preset,
        help,
      })),
      { flag: "line-reader", value: "class", help: "how lines become records; there is Kafka's own, and no other" },
      {
        flag: "property",
        value: "key=value",
        help:
          "of the reader; may be repeated: parse.key, key.separator, parse.headers, headers.delimiter, headers.separator, " +
          "headers.key.separator, null.marker, ignore.error",
      },
      { flag: "reader-config", value: "file", help: "a file of such properties" },
      { flag: "producer-property", value: "key=value", help: "of the producer; may be repeated" },
      { flag: "producer.config", value: "file", help: "a file of such properties" },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal } = tool;
  requireOptions(options, "topic", "bootstrap-server");
  const reader = options.value("line-reader");
  if (reader !== undefined && !reader.endsWith(".LineMessageReader")) {
    throw new ToolError(`${reader}: Java's classes cannot be used here; leave --line-reader out`);
  }
  const rules = lineRules(
    new Map([...(await tool.properties("reader-config")), ...parsePairs(options.values("property"))]),
  );
  const properties = await producerProperties(tool);
  withoutTransactions(properties, "kafka-console-producer");
  const client = await tool.clientOptions({ clientId: "console-producer", properties, configFlag: "producer.config" });
  const producer = (await tool.client(client)).createProducer({ ...client, ...producerSettings(properties) });
  try {
    const partitionOf = await partitionerOf(tool, properties.get("partitioner.class"));
    // A record's failure is told by its own send.
    const hurry = (): Promise<void> => producer.flush().catch(() => undefined);
    const settled = await sendLines(tool, rules, {
      send: (record) => producer.send({ ...record, partition: partitionOf?.() }),
      hurry: () => void hurry(),
    });
    // Nothing more comes that a batch might wait for.
    await hurry();
    await settled();
  } finally {
    await producer.close();
  }
  if (terminal.input.isTerminal) tool.print("");
}

/** Kafka's other partitioner, which gives every partition its turn; undefined: by key, and else as the client finds best. */
async function partitionerOf(tool: ToolRun, className: string | undefined): Promise<(() => number) | undefined> {
  if (className === undefined || className === "") return undefined;
  if (!className.endsWith(".RoundRobinPartitioner")) {
    throw new ToolError(`${className}: Java's classes cannot be used here; there is RoundRobinPartitioner`);
  }
  const topic = tool.options.required("topic");
  const [described] = await tool.withAdmin((admin) => admin.describeTopics([topic]), { configFlag: "producer.config" });
  let turn = -1;
  return () => (turn = (turn + 1) % described!.partitions.length);
}

async function producerProperties(tool: ToolRun): Promise<Map<string, string>> {
  const { options } = tool;
  const properties = new Map([
    ...(await tool.properties("producer.config")),
    ...parsePairs(options.values("producer-property")),
  ]);
  for (const [flag, key] of settings) {
    const value = options.value(flag);
    if (value !== undefined && (options.has(flag) || !properties.has(key))) properties.set(key, value);
  }
  const codec = options.has("compression-codec") ? options.value("compression-codec") || "gzip" : "none";
  properties.set("compression.type", codec);
  return properties;
}

/** Reads no faster than the cluster acknowledges. A record that fails is told and, without `--sync`, passed over, as Kafka's tool does.
 * What it returns resolves when everything is acknowledged or has failed. */
async function sendLines(
  { options, terminal, warn, flush }: ToolRun,
  rules: LineRules,
  {
    send,
    hurry,
  }: {
    send(record: ReturnType<typeof recordOfLine> & { topic: string }): Promise<unknown>;
    /** Called when nothing more is read until something is acknowledged: no batch need wait for more. */
    hurry(): void;
  },
): Promise<() => Promise<void>> {
  const topic = options.required("topic");
  const sync = options.has("sync");
  const prompt = terminal.input.isTerminal ? (): Promise<void> => terminal.output.write(">") : undefined;
  const underWay = new UnderWay();
  let read = 0;
  await prompt?.();
  const interrupted = terminal.interrupted();
  for await (const bytes of splitLines(terminal.input.chunks(), Buffer.from("\n"), { interrupted })) {
    if (interrupted.aborted) break;
    const number = ++read;
    const line = Buffer.from(bytes).toString("utf8").replace(/\r$/, "");
    const sent = send({ topic, ...recordOfLine(line, number, rules) });
    if (sync) await sent;
    else {
      const full = underWay.add(
        sent.then(
          () => undefined,
          (error: unknown) => {
            warn(`Error when sending message to topic ${topic} with line ${number}: ${toText(error)}`);
            return flush();
          },
        ),
      );
      if (full !== undefined) {
        hurry();
        await full;
      }
    }
    await prompt?.();
  }
  return () => underWay.all();
}
