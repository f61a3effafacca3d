// kafka-consumer-perf-test. Source: org.apache.kafka.tools.ConsumerPerformance of Kafka 4.1.
import type { ClientMetric, Consumer } from "@moldau/client";
import { groupSettings } from "../console/group-settings";
import { javaTime } from "../java-time";
import { printMetrics } from "./print-metrics";
import { bootstrapServer, requireOptions } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolUsageError } from "../tool-error";

const MEGABYTE = 1024 * 1024;
const POLL_MS = 100;
const COLUMNS = "data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec";
const FETCH_COLUMNS = "rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec";

export const consumerPerfTestTool: KafkaTool = {
  name: "kafka-consumer-perf-test",
  purpose: "read many records, and tell how fast",
  summary: "This tool is used to verify the consumer performance.",
  examples: [["--bootstrap-server localhost:9092 --topic load --messages 1000000", "the first million"]],
  command: {
    options: [
      bootstrapServer,
      { flag: "topic", value: "topic", help: "the topic" },
      { flag: "messages", value: "n", type: "integer", help: "how many records" },
      { flag: "group", value: "group", help: "as a member of this group; of a new one where there is none" },
      {
        flag: "fetch-size",
        value: "bytes",
        type: "integer",
        default: "1048576",
        help: "bytes that are fetched at a time",
      },
      { flag: "from-latest", help: "begin at the end where nothing is committed" },
      { flag: "timeout", value: "ms", type: "integer", default: "10000", help: "end when no record came for so long" },
      { flag: "reporting-interval", value: "ms", type: "integer", default: "5000", help: "ms between lines" },
      { flag: "show-detailed-stats", help: "a line each interval instead of one in the end" },
      { flag: "hide-header", help: "no titles" },
      { flag: "print-metrics", help: "the consumer's own numbers in the end" },
      { flag: "consumer.config", value: "file", help: "properties of the consumer" },
    ],
    run,
  },
};

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal, print } = tool;
  requireOptions(options, "topic", "messages", "bootstrap-server");
  const interval = options.integer("reporting-interval")!;
  if (interval <= 0) throw new ToolUsageError("Reporting interval must be greater than 0.");
  const detailed = options.has("show-detailed-stats");
  if (!options.has("hide-header")) {
    print(`${detailed ? "time, threadId" : "start.time, end.time"}, ${COLUMNS}, ${FETCH_COLUMNS}`);
  }
  const client = await tool.clientOptions({ clientId: "perf-consumer-client", configFlag: "consumer.config" });
  let joinedMs = 0;
  const startMs = terminal.nowMs();
  const startWall = terminal.wallMs();
  let joinStartMs = startMs;
  const consumer = (await tool.client(client)).createConsumer({
    ...client,
    groupId: options.value("group") ?? `perf-consumer-${Math.floor(Math.random() * 100_000)}`,
    ...groupSettings(await tool.properties("consumer.config")),
    offsetReset: options.has("from-latest") ? "latest" : "earliest",
    fetchBytesMax: options.integer("fetch-size"),
    onRevoked: () => {
      joinStartMs = terminal.nowMs();
    },
    onAssigned: () => {
      joinedMs += terminal.nowMs() - joinStartMs;
    },
  });
  const read = { records: 0, bytes: 0 };
  let metrics: readonly ClientMetric[] = [];
  const showMetrics = (): void => {
    if (metrics.length > 0) printMetrics(tool, metrics, client.clientId!);
  };
  try {
    await consumer.subscribe([options.required("topic")]);
    await consume(tool, consumer, read, interval);
    if (options.has("print-metrics")) metrics = consumer.metrics();
  } finally {
    await consumer.close({ commit: true });
  }
  if (detailed) return showMetrics();
  const elapsed = terminal.nowMs() - startMs;
  const fetchMs = Math.round(elapsed) - Math.round(joinedMs);
  const megabytes = read.bytes / MEGABYTE;
  print(
    [
      javaTime(startWall, ":"),
      javaTime(startWall + elapsed, ":"),
      megabytes.toFixed(4),
      (megabytes / (elapsed / 1000)).toFixed(4),
      read.records,
      (read.records / (elapsed / 1000)).toFixed(4),
      Math.round(joinedMs),
      fetchMs,
      (megabytes / (fetchMs / 1000)).toFixed(4),
      (read.records / (fetchMs / 1000)).toFixed(4),
    ].join(", "),
  );
  showMetrics();
}

async function consume(
  { options, terminal, print, flush }: ToolRun,
  consumer: Consumer,
  read: { records: number; bytes: number },
  interval: number,
): Promise<void> {
  const max = options.integer("messages")!;
  const timeout = options.integer("timeout")!;
  const interrupted = terminal.interrupted();
  let lastRecord = terminal.nowMs();
  let last = { ...read, atMs: lastRecord };
  while (read.records < max && !interrupted.aborted && terminal.nowMs() - lastRecord <= timeout) {
    const records = await consumer.poll(POLL_MS);
    const now = terminal.nowMs();
    if (records.length > 0) lastRecord = now;
    for (const { key, value } of records) {
      read.records++;
      read.bytes += (key?.length ?? 0) + (value?.length ?? 0);
    }
    if (now - last.atMs >= interval) {
      if (options.has("show-detailed-stats")) {
        print(detail(terminal.wallMs(), read, last, now - last.atMs));
        await flush();
      }
      last = { ...read, atMs: now };
    }
  }
  if (read.records < max) {
    print(
      `WARNING: Exiting before consuming the expected number of messages: timeout (${timeout} ms) exceeded. ` +
        "You can use the --timeout option to increase the timeout.",
    );
  }
}

function detail(
  wallMs: number,
  read: { records: number; bytes: number },
  last: { records: number; bytes: number },
  elapsedMs: number,
): string {
  const megabytes = (read.bytes - last.bytes) / MEGABYTE;
  const rate = ((1000 * megabytes) / elapsedMs).toFixed(4);
  const perSecond = ((1000 * (read.records - last.records)) / elapsedMs).toFixed(4);
  const all = (read.bytes / MEGABYTE).toFixed(4);
  return [javaTime(wallMs, ":"), 0, all, rate, read.records, perSecond, 0, Math.round(elapsedMs), rate, perSecond].join(
    ", ",
  );
}
