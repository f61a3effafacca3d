// kafka-replica-verification. Source: org.apache.kafka.tools.ReplicaVerificationTool of Kafka 4.1.
import type { Admin, TopicPartitionName } from "@moldau/client";
import { isKafkaClientError } from "../../errors";
import { javaTime } from "../java-time";
import { requireOptions } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import { topicPattern } from "../topic-names";
import { compareReplicas, type ReplicaAnswer } from "./compare-replicas";

const LATEST = -1;
const EARLIEST = -2;
/** Between rounds that found nothing that all replicas have. */
const PAUSE_MS = 100;

export const replicaVerificationTool: KafkaTool = {
  name: "kafka-replica-verification",
  purpose: "whether the replicas of topics have the same records",
  summary: "Validate that all replicas for a set of topics have the same data.",
  examples: [
    [
      "--broker-list localhost:9092 --topics-include 'orders.*' --time -2",
      "from the first record on, until it is stopped",
    ],
  ],
  command: {
    options: [
      { flag: "broker-list", value: "host:port,...", help: "the brokers to begin with" },
      {
        flag: "fetch-size",
        value: "bytes",
        type: "integer",
        default: "1048576",
        help: "bytes that each request asks for",
      },
      { flag: "max-wait-ms", value: "ms", type: "integer", default: "1000", help: "how long each request waits" },
      { flag: "topics-include", value: "regex", default: ".*", help: "the topics" },
      {
        flag: "time",
        value: "time",
        type: "integer",
        default: "-1",
        help: "where to begin: ms since 1970, latest (-1), earliest (-2)",
      },
      { flag: "report-interval-ms", value: "ms", type: "integer", default: "30000", help: "ms between lines" },
    ],
    run,
  },
};

interface Partition extends TopicPartitionName {
  replicas: readonly number[];
  offset: number;
}

async function run(tool: ToolRun): Promise<void> {
  const { options, terminal, print, flush } = tool;
  requireOptions(options, "broker-list");
  const servers = options.required("broker-list");
  const interrupted = terminal.interrupted();
  await tool.withAdmin(
    async (admin) => {
      const partitions = await partitionsToVerify(tool, admin);
      print(`${javaTime(terminal.wallMs(), ",")}: verification process is started`);
      await flush();
      let reportedMs = terminal.nowMs();
      while (!interrupted.aborted) {
        const { worst, moved } = await verify(tool, admin, partitions);
        // Cut short, a round is not one of all replicas.
        if (interrupted.aborted) break;
        const now = terminal.nowMs();
        if (now - reportedMs > options.integer("report-interval-ms")!) {
          reportedMs = now;
          const { lag, at } = worst;
          print(
            `${javaTime(terminal.wallMs(), ",")}: max lag is ${lag} for partition ${at.topic}-${at.partition} ` +
              `at offset ${at.offset} among ${partitions.length} partitions`,
          );
        }
        await flush();
        if (!moved) await terminal.sleep(PAUSE_MS, interrupted);
      }
    },
    { servers },
  );
}

async function partitionsToVerify({ options }: ToolRun, admin: Admin): Promise<Partition[]> {
  const pattern = topicPattern(options.required("topics-include"));
  const replicas = (await admin.describeTopics())
    .filter(({ name }) => pattern.test(name))
    .flatMap(({ name, partitions }) =>
      partitions.map((at) => ({ topic: name, partition: at.partition, replicas: at.replicas })),
    );
  if (replicas.length === 0) {
    throw new ToolError(
      "No topics found. [topics-include] if specified, is either filtering out all topics or there is no topic.",
    );
  }
  const time = options.integer("time")!;
  const timestamp = time === LATEST ? "latest" : time === EARLIEST ? "earliest" : time;
  const starts = new Map(
    (await admin.offsetsFor(replicas.map((at) => ({ ...at, timestamp })))).map((at) => {
      if (at.error !== null) throw at.error;
      return [`${at.topic}-${at.partition}`, at.offset];
    }),
  );
  return replicas.map((at) => {
    const offset = starts.get(`${at.topic}-${at.partition}`) ?? -1;
    if (offset < 0) throw new ToolError(`${at.topic}-${at.partition} has no record of that time or later`);
    return { ...at, offset };
  });
}

/** One round: every broker is asked for its replicas, and what all have is compared. */
async function verify(
  { options, terminal, print, flush }: ToolRun,
  admin: Admin,
  partitions: Partition[],
): Promise<{ worst: { lag: number; at: Partition }; moved: boolean }> {
  const limits = { partitionBytesMax: options.integer("fetch-size")!, maxWaitMs: options.integer("max-wait-ms")! };
  const answers = new Map(partitions.map((at) => [at, [] as ReplicaAnswer[]]));
  await Promise.all(
    [...new Set(partitions.flatMap(({ replicas }) => replicas))].map(async (brokerId) => {
      const mine = partitions.filter(({ replicas }) => replicas.includes(brokerId));
      // A broker that is down is waited for: what it has is verified when it is back.
      const told = await admin.replicaBatches(brokerId, mine, limits).catch((error: unknown) => {
        if (!isKafkaClientError(error)) throw error;
        return [];
      });
      for (const at of mine) {
        const found = told.find(({ topic, partition }) => topic === at.topic && partition === at.partition);
        const { highWatermark, batches } = found?.error === null ? found : { highWatermark: -1, batches: [] };
        answers.get(at)!.push({ brokerId, highWatermark, batches });
      }
    }),
  );
  let worst = { lag: -1, at: partitions[0]! };
  let moved = false;
  for (const at of partitions) {
    const replicas = answers.get(at)!;
    const { nextOffset, unmatched, misplaced } = compareReplicas(at.offset, replicas);
    const line = (text: string): void =>
      print(`${javaTime(terminal.wallMs(), ",")}: partition ${at.topic}-${at.partition}${text}`);
    for (const { lastOffset, first, other } of unmatched) {
      line(
        ` has unmatched checksum at offset ${lastOffset}; replica ${first.brokerId}'s checksum ${first.checksum}; ` +
          `replica ${other.brokerId}'s checksum ${other.checksum}`,
      );
    }
    if (misplaced !== undefined) {
      const { first, other } = misplaced;
      line(
        `: replica ${first.brokerId}'s offset ${first.lastOffset} doesn't match replica ${other.brokerId}'s offset ${other.lastOffset}`,
      );
      await flush();
      throw new ToolError("the replicas differ; nothing behind that offset can be compared");
    }
    moved ||= nextOffset !== at.offset;
    at.offset = nextOffset;
    const lag = Math.max(...replicas.map(({ highWatermark }) => highWatermark)) - nextOffset;
    if (lag > worst.lag) worst = { lag, at: { ...at } };
  }
  return { worst, moved };
}
