// kafka-producer-perf-test. Source: org.apache.kafka.tools.ProducerPerformance of Kafka 4.1.
import { randomUUID } from "node:crypto";
import type { ClientMetric } from "@moldau/client";
import { producerSettings, transactionSettings } from "../console/producer-settings";
import { toText } from "../java-error";
import { parsePairs } from "../properties";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import { Latencies } from "./latencies";
import { printMetrics } from "./print-metrics";
import { UnderWay } from "../under-way";
import { throttleTo } from "./throttle";

const REPORT_MS = 5_000;
const TRANSACTION_DURATION_MS = 3_000;
const LETTERS = 26;
const FIRST_LETTER = 65;

export const producerPerfTestTool: KafkaTool = {
  name: "kafka-producer-perf-test",
  purpose: "send many records, and tell how fast and how late",
  summary: "This tool is used to verify the producer performance.",
  examples: [
    [
      "--topic load --num-records 1000000 --record-size 100 --throughput -1 --producer-props bootstrap.servers=localhost:9092 acks=all",
      "as fast as it goes",
    ],
    [
      "--topic load --num-records 1000000 --record-size 100 --throughput -1 --transaction-duration-ms 500 --producer-props bootstrap.servers=localhost:9092",
      "in transactions of half a second",
    ],
  ],
  command: {
    options: [
      { flag: "topic", value: "topic", help: "the topic" },
      { flag: "num-records", value: "n", type: "integer", help: "how many records" },
      { flag: "record-size", value: "bytes", type: "integer", help: "how large" },
      { flag: "payload-file", value: "file", help: "or values from this file, any of them each time" },
      { flag: "payload-delimiter", value: "text", default: "\\n", help: "what stands between them" },
      { flag: "payload-monotonic", help: "or a number that goes up" },
      { flag: "throughput", value: "n", help: "at most so many records a second; -1: no limit" },
      { flag: "producer-props", value: "key=value...", variadic: true, help: "properties of the producer" },
      { flag: "producer.config", value: "file", help: "a file of such properties" },
      { flag: "print-metrics", help: "the producer's own numbers in the end" },
      { flag: "transactional-id", value: "id", help: "in transactions, under this id" },
      {
        flag: "transaction-duration-ms",
        value: "ms",
        type: "integer",
        help: "in transactions that are committed after this time; 3000 where only an id is given",
      },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal, print, warn, flush } = tool;
  const needed = (flag: string): string => {
    const value = options.value(flag);
    if (value === undefined) throw new ToolUsageError(`argument --${flag} is required`);
    return value;
  };
  const topic = needed("topic");
  const count = Number(needed("num-records"));
  const throughput = Number(needed("throughput"));
  if (Number.isNaN(throughput))
    throw new ToolUsageError(`argument --throughput: could not convert '${needed("throughput")}' to Double`);
  if (count <= 0) throw new ToolUsageError("--num-records should be greater than zero");
  if (!options.has("producer-props") && !options.has("producer.config")) {
    throw new ToolUsageError("Either --producer-props or --producer.config must be specified.");
  }
  const durationMs = options.integer("transaction-duration-ms");
  if (durationMs !== undefined && durationMs <= 0) {
    throw new ToolUsageError("--transaction-duration-ms should be greater than zero");
  }
  const valueOf = await payloads(tool);
  const properties = new Map([
    ...(await tool.properties("producer.config")),
    ...parsePairs(options.values("producer-props")),
  ]);
  const client = await tool.clientOptions({
    clientId: "perf-producer-client",
    properties,
    configFlag: "producer.config",
  });
  const library = await tool.client(client);
  const transactionalId =
    options.value("transactional-id") ??
    properties.get("transactional.id") ??
    (durationMs === undefined ? undefined : `performance-producer-${randomUUID()}`);
  const transactional =
    transactionalId === undefined
      ? undefined
      : library.createTransactionalProducer({ ...client, ...transactionSettings(properties), transactionalId });
  const producer = transactional ?? library.createProducer({ ...client, ...producerSettings(properties) });
  await transactional?.initTransactions();
  const interrupted = terminal.interrupted();
  const latencies = new Latencies(terminal.nowMs());
  const pause = throttleTo(tool, throughput);
  const underWay = new UnderWay();
  /** When the open transaction began. */
  let begunMs: number | undefined;
  let metrics: readonly ClientMetric[] = [];
  try {
    for (let i = 0; i < count && !interrupted.aborted; i++) {
      const value = valueOf(i);
      if (transactional !== undefined && begunMs === undefined) {
        await transactional.beginTransaction();
        begunMs = terminal.nowMs();
      }
      const sentMs = terminal.nowMs();
      await underWay.add(
        producer.send({ topic, value }).then(
          () => latencies.record(terminal.nowMs() - sentMs, value.length),
          (error: unknown) => warn(toText(error)),
        ),
      );
      if (begunMs !== undefined && sentMs - begunMs >= (durationMs ?? TRANSACTION_DURATION_MS)) {
        await transactional?.commitTransaction();
        begunMs = undefined;
      }
      // The loop must not keep answers from being read.
      if ((i & 0xff) === 0xff) await new Promise((resolve) => setImmediate(resolve));
      await pause(i + 1);
      const line = latencies.report(terminal.nowMs(), REPORT_MS);
      if (line !== undefined) {
        print(line);
        await flush();
      }
    }
    if (begunMs !== undefined) await transactional?.commitTransaction();
    await producer.flush().catch(() => undefined);
    await underWay.all();
    if (options.has("print-metrics")) metrics = producer.metrics();
  } finally {
    await producer.close();
  }
  print(latencies.total(terminal.nowMs()));
  if (metrics.length > 0) printMetrics(tool, metrics, client.clientId!);
}

/** Random capitals of the size that is asked for, numbers, or any of a file's. */
async function payloads({ options, terminal, print }: ToolRun): Promise<(index: number) => Uint8Array> {
  const size = options.integer("record-size");
  const file = options.value("payload-file");
  if ([size !== undefined, file !== undefined, options.has("payload-monotonic")].filter(Boolean).length !== 1) {
    throw new ToolUsageError("one of the arguments --record-size --payload-file --payload-monotonic is required");
  }
  if (size !== undefined && size <= 0) throw new ToolUsageError("--record-size should be greater than zero");
  if (options.has("payload-monotonic")) return (index) => Buffer.from(String(index));
  if (file !== undefined) {
    print(`Reading payloads from: ${file}`);
    const delimiter = options.required("payload-delimiter").replaceAll("\\n", "\n");
    const values = (await terminal.readFile(file))
      .split(delimiter)
      .filter((text) => text !== "")
      .map((text) => Buffer.from(text));
    if (values.length === 0) throw new ToolError("File does not exist or empty file provided.");
    print(`Number of messages read: ${values.length}`);
    return () => values[Math.floor(Math.random() * values.length)]!;
  }
  return () => {
    const value = Buffer.allocUnsafe(size!);
    for (let at = 0; at < value.length; at++) value[at] = FIRST_LETTER + Math.floor(Math.random() * LETTERS);
    return value;
  };
}
