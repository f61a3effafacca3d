// kafka-e2e-latency. Source: org.apache.kafka.tools.EndToEndLatency of Kafka 4.1, with the options that 4.2 has besides its words.
import type { Admin } from "@moldau/client";
import { bootstrapServer, commandConfig } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";

const POLL_MS = 60_000;
const REPORT_EVERY = 1000;

export const e2eLatencyTool: KafkaTool = {
  name: "kafka-e2e-latency",
  purpose: "how long a record takes from its producer to a consumer",
  summary: "This tool measures end-to-end latency in Kafka by sending messages and timing their reception.",
  examples: [
    ["localhost:9092 latency 1000 all 100", "a thousand records of 100 bytes"],
    [
      "--bootstrap-server localhost:9092 --topic latency --num-records 1000 --producer-acks all --record-size 100",
      "the same",
    ],
  ],
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "topic", value: "topic", help: "the topic; made where there is none" },
      { flag: "num-records", value: "n", type: "integer", help: "how many records" },
      { flag: "producer-acks", value: "1|all", help: "acknowledgements" },
      { flag: "record-size", value: "bytes", type: "integer", help: "how large" },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal, print } = tool;
  const [servers, topic, count, acks, size, file] = options.has("bootstrap-server")
    ? [
        options.value("bootstrap-server"),
        options.value("topic"),
        options.value("num-records"),
        options.value("producer-acks"),
        options.value("record-size"),
      ]
    : options.words;
  if (!servers || !topic || !/^\d+$/.test(count ?? "") || !acks || !/^\d+$/.test(size ?? "")) {
    throw new ToolUsageError(
      "USAGE: moldau kafka-e2e-latency broker_list topic num_messages producer_acks message_size_bytes [optional] properties_file",
    );
  }
  if (acks !== "1" && acks !== "all") {
    throw new ToolError("Latency testing requires synchronous acknowledgement. Please use 1 or all");
  }
  const client = await tool.clientOptions({ servers, configPath: file });
  const { createAdmin, createProducer, createConsumer } = await tool.client(client);
  const admin = createAdmin(client);
  const producer = createProducer({ ...client, acks: acks === "1" ? 1 : -1, idempotent: acks === "all", lingerMs: 0 });
  const consumer = createConsumer({ ...client, offsetReset: "latest", maxWaitMs: 0 });
  try {
    await consumer.assign(await ends(tool, admin, topic));
    const latencies: number[] = [];
    for (let i = 0; i < Number(count) && !terminal.interrupted().aborted; i++) {
      const value = Buffer.alloc(Number(size), 65 + Math.floor(Math.random() * 26));
      const begin = terminal.nowMs();
      await producer.send({ topic, value });
      const records = await consumer.poll(POLL_MS);
      const elapsed = terminal.nowMs() - begin;
      const [record] = records;
      if (record === undefined) throw new ToolError(`poll() timed out before finding a result (timeout:[${POLL_MS}])`);
      if (!Buffer.from(record.value ?? []).equals(value)) {
        throw new ToolError("The message read did not match the message sent: does somebody else write there?");
      }
      if (records.length !== 1) {
        throw new ToolError(`Only one result was expected during this test. We found [${records.length}]`);
      }
      if (i % REPORT_EVERY === 0) print(`${i}\t${elapsed}`);
      latencies.push(elapsed);
    }
    const sorted = [...latencies].sort((a, b) => a - b);
    const at = (part: number): number => Math.floor(sorted[Math.floor(sorted.length * part)] ?? 0);
    const sum = sorted.reduce((a, b) => a + b, 0);
    print(`Avg latency: ${(sum / sorted.length).toFixed(4)} ms`);
    print(`Percentiles: 50th = ${at(0.5)}, 99th = ${at(0.99)}, 99.9th = ${at(0.999)}`);
  } finally {
    await consumer.close();
    await producer.close();
    await admin.close();
  }
}

/** The ends of all partitions; the topic is made where there is none. */
async function ends({ print }: ToolRun, admin: Admin, topic: string) {
  if (!(await admin.listTopics()).some(({ name }) => name === topic)) {
    print(`Topic "${topic}" does not exist. Will create topic with 1 partition(s) and replication factor = 1`);
    await admin.createTopic({ name: topic, partitions: 1, replicationFactor: 1 });
  }
  const [described] = await admin.describeTopics([topic]);
  return described!.partitions.map(({ partition }) => ({ topic, partition, offset: "latest" as const }));
}
