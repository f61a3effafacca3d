// kafka-verifiable-producer: an event a line, as JSON. Source: org.apache.kafka.tools.VerifiableProducer of Kafka 4.1.
import { producerSettings, withoutTransactions } from "../console/producer-settings";
import { exceptionOf, messageOf } from "../java-error";
import { bootstrapServer } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolUsageError } from "../tool-error";
import { UnderWay } from "../under-way";
import { throttleTo } from "./throttle";

export const verifiableProducerTool: KafkaTool = {
  name: "kafka-verifiable-producer",
  purpose: "send numbers, and tell what became of each",
  summary:
    'This tool produces increasing integers to the specified topic and prints JSON metadata to stdout on each "send" request.',
  examples: [["--bootstrap-server localhost:9092 --topic orders --max-messages 100", "the numbers from 0 to 99"]],
  command: {
    options: [
      bootstrapServer,
      { flag: "topic", value: "topic", help: "the topic" },
      { flag: "max-messages", value: "n", type: "integer", default: "-1", help: "how many; -1: until it is stopped" },
      { flag: "throughput", value: "n", type: "integer", default: "-1", help: "at most so many a second" },
      { flag: "acks", value: "acks", default: "-1", help: "acknowledgements: 0, 1, -1" },
      { flag: "producer.config", value: "file", help: "properties of the producer" },
      {
        flag: "message-create-time",
        short: "T",
        value: "ms",
        type: "integer",
        default: "-1",
        help: "timestamps from here on",
      },
      { flag: "value-prefix", value: "n", help: "stands before each value, with a dot" },
      { flag: "repeating-keys", value: "n", type: "integer", help: "keys from 0 to n - 1, in turn" },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal } = tool;
  const topic = options.value("topic");
  if (topic === undefined) throw new ToolUsageError("argument --topic is required");
  const properties = new Map([
    ...(await tool.properties("producer.config")),
    ["acks", options.value("acks")!] as const,
  ]);
  withoutTransactions(properties, "kafka-verifiable-producer");
  const client = await tool.clientOptions({ configFlag: "producer.config" });
  const producer = (await tool.client(client)).createProducer({ ...client, ...producerSettings(properties) });
  const event = async (name: string, fields: object): Promise<void> => {
    tool.print(JSON.stringify({ timestamp: terminal.wallMs(), name, ...fields }));
    await tool.flush();
  };
  const interrupted = terminal.interrupted();
  const throughput = options.integer("throughput")!;
  const max = options.integer("max-messages")!;
  const keys = options.integer("repeating-keys");
  const prefix = options.has("value-prefix") ? `${options.value("value-prefix")}.` : "";
  const createdMs = options.integer("message-create-time")!;
  const startMs = terminal.nowMs();
  const pause = throttleTo(tool, throughput);
  const underWay = new UnderWay();
  let sent = 0;
  let acked = 0;
  await event("startup_complete", {});
  try {
    for (let i = 0; (max < 0 || i < max) && !interrupted.aborted; i++) {
      const key = keys === undefined ? null : String(i % keys);
      const value = `${prefix}${i}`;
      const timestampMs = createdMs < 0 ? undefined : createdMs + Math.floor(terminal.nowMs() - startMs);
      sent++;
      await underWay.add(
        producer.send({ topic, key, value, timestampMs }).then(
          ({ partition, offset }) => {
            acked++;
            return event("producer_send_success", { key, value, offset, topic, partition });
          },
          (error: unknown) =>
            event("producer_send_error", {
              key,
              value,
              topic,
              exception: `class org.apache.kafka.common.errors.${exceptionOf(error)}`,
              message: messageOf(error),
            }),
        ),
      );
      await pause(i + 1);
    }
    await producer.flush().catch(() => undefined);
    await underWay.all();
  } finally {
    await producer.close();
  }
  await event("shutdown_complete", {});
  await event("tool_data", {
    sent,
    acked,
    target_throughput: throughput,
    avg_throughput: (1000 * acked) / (terminal.nowMs() - startMs),
  });
}
