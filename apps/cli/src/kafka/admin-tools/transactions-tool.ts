// kafka-transactions. Source: org.apache.kafka.tools.TransactionsCommand of Kafka 4.1.
import { KafkaError } from "@moldau/base";
import type { ActiveProducer, Admin, TransactionDescription } from "@moldau/client";
import { hasCode, isKafkaClientError } from "../../errors";
import { tabbedTable } from "../columns";
import { toText } from "../java-error";
import { bootstrapServer, commandConfig, type Options } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";

const topic = { flag: "topic", value: "topic", help: "the topic" } as const;
const partition = { flag: "partition", value: "n", type: "integer", help: "its partition" } as const;
const brokerId = {
  flag: "broker-id",
  value: "id",
  type: "integer",
  help: "ask this replica instead of the leader",
} as const;
const MINUTE_MS = 60_000;

export const transactionsTool: KafkaTool = {
  name: "kafka-transactions",
  purpose: "list, describe and abort transactions, find those that hang",
  summary:
    "This tool is used to analyze the transactional state of producers in the cluster. It can be used to detect and recover " +
    "from hanging transactions.",
  examples: [
    ["--bootstrap-server localhost:9092 list", "all transactional ids"],
    ["--bootstrap-server localhost:9092 describe --transactional-id billing", "one"],
    ["--bootstrap-server localhost:9092 find-hanging --broker-id 1", "what keeps read_committed consumers waiting"],
  ],
  options: [bootstrapServer, commandConfig],
  subcommands: {
    list: {
      summary: "list transactions",
      options: [
        { flag: "duration-filter", value: "ms", type: "integer", help: "only those that run for longer" },
        { flag: "transactional-id-pattern", value: "regex", help: "only ids that match" },
      ],
      run: list,
    },
    describe: {
      summary: "describe the state of an active transactional-id",
      options: [{ flag: "transactional-id", value: "id", help: "the transactional id" }],
      run: describe,
    },
    "describe-producers": {
      summary: "describe the states of active producers for a topic partition",
      options: [brokerId, topic, partition],
      run: describeProducers,
    },
    abort: {
      summary: "abort a hanging transaction (requires administrative privileges)",
      options: [
        topic,
        partition,
        { flag: "start-offset", value: "offset", type: "integer", help: "where the transaction begins" },
        { flag: "producer-id", value: "id", type: "integer", help: "its producer, for Kafka before 3.0" },
        { flag: "producer-epoch", value: "n", type: "integer", help: "the producer's epoch, likewise" },
        { flag: "coordinator-epoch", value: "n", type: "integer", help: "the coordinator's epoch, likewise" },
      ],
      run: abort,
    },
    "find-hanging": {
      summary: "find hanging transactions",
      options: [
        { ...brokerId, help: "only partitions of this broker" },
        {
          flag: "max-transaction-timeout",
          value: "minutes",
          type: "integer",
          default: "15",
          help: "how long a transaction may take",
        },
        { ...topic, help: "only this topic" },
        partition,
      ],
      run: findHanging,
    },
    forceTerminateTransaction: {
      summary: "force abort an ongoing transaction on transactionalId (requires administrative privileges)",
      options: [{ flag: "transactionalId", value: "id", help: "the transactional id" }],
      async run({ options, withAdmin }) {
        const id = argument(options, "transactionalId");
        await withAdmin((admin) =>
          telling(`Failed to force terminate transactionalId \`${id}\``, admin.fenceProducer(id)),
        );
      },
    },
  },
};

function argument(options: Options, flag: string): string {
  const value = options.value(flag);
  if (value === undefined) throw new ToolUsageError(`argument --${flag} is required`);
  return value;
}

/** What the cluster refuses is told with what was asked for. */
async function telling<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isKafkaClientError(error)) throw error;
    const message = toText(error).replace(/^[\w.]+: /, "");
    throw new ToolError(`${what}: ${message}. Enable debug logging for additional detail.`);
  }
}

async function list({ options, print, withAdmin }: ToolRun): Promise<void> {
  const found = await withAdmin((admin) =>
    telling(
      "Failed to list transactions",
      admin.listTransactions({
        runningLongerThanMs: options.integer("duration-filter"),
        transactionalIdPattern: options.value("transactional-id-pattern"),
      }),
    ),
  );
  const rows = found.map(({ transactionalId, coordinator, producerId, state }) => [
    transactionalId,
    String(coordinator),
    String(producerId),
    state,
  ]);
  for (const line of tabbedTable(["TransactionalId", "Coordinator", "ProducerId", "TransactionState"], rows))
    print(line);
}

async function describe({ options, print, terminal, withAdmin }: ToolRun): Promise<void> {
  const id = argument(options, "transactional-id");
  const [found] = await withAdmin((admin) =>
    telling(`Failed to describe transaction state of transactional-id \`${id}\``, admin.describeTransactions([id])),
  );
  const { startedAtMs, partitions, ...transaction } = found!;
  const running = startedAtMs >= 0;
  const head = [
    "CoordinatorId",
    "TransactionalId",
    "ProducerId",
    "ProducerEpoch",
    "TransactionState",
    "TransactionTimeoutMs",
    "CurrentTransactionStartTimeMs",
    "TransactionDurationMs",
    "TopicPartitions",
  ];
  const cells = [
    transaction.coordinator,
    id,
    transaction.producerId,
    transaction.producerEpoch,
    transaction.state,
    transaction.timeoutMs,
    running ? startedAtMs : "None",
    running ? terminal.wallMs() - startedAtMs : "None",
    partitions.map((at) => `${at.topic}-${at.partition}`).join(","),
  ].map(String);
  for (const line of tabbedTable(head, [cells])) print(line);
}

async function describeProducers({ options, print, withAdmin }: ToolRun): Promise<void> {
  const at = { topic: argument(options, "topic"), partition: Number(argument(options, "partition")) };
  const replica = options.integer("broker-id");
  const what = `Failed to describe producers for partition ${at.topic}-${at.partition} on ${replica === undefined ? "leader" : `broker ${replica}`}`;
  const producers = await withAdmin((admin) =>
    telling(what, admin.describeProducers([at], replica === undefined ? {} : { brokerId: replica })),
  );
  const head = [
    "ProducerId",
    "ProducerEpoch",
    "LatestCoordinatorEpoch",
    "LastSequence",
    "LastTimestamp",
    "CurrentTransactionStartOffset",
  ];
  const rows = producers.map((producer) =>
    [
      producer.producerId,
      producer.producerEpoch,
      producer.coordinatorEpoch,
      producer.lastSequence,
      producer.lastTimestampMs,
      producer.transactionStartOffset < 0 ? "None" : producer.transactionStartOffset,
    ].map(String),
  );
  for (const line of tabbedTable(head, rows)) print(line);
}

async function abort({ options, withAdmin }: ToolRun): Promise<void> {
  const at = { topic: argument(options, "topic"), partition: Number(argument(options, "partition")) };
  const startOffset = options.integer("start-offset");
  const producerId = options.integer("producer-id");
  if (startOffset === undefined && producerId === undefined) {
    throw new ToolError(
      "The transaction to abort must be identified either with --start-offset (for brokers on 3.0 or above) or with " +
        "--producer-id, --producer-epoch, and --coordinator-epoch (for older brokers)",
    );
  }
  const older = (flag: string): number => {
    const value = options.integer(flag);
    if (value === undefined) throw new ToolError(`Missing required argument --${flag}`);
    return value;
  };
  await withAdmin(async (admin) => {
    const hanging =
      startOffset === undefined
        ? {
            ...at,
            producerId: producerId!,
            producerEpoch: older("producer-epoch"),
            coordinatorEpoch: Math.max(0, older("coordinator-epoch")),
          }
        : await openAt(admin, at, startOffset);
    await telling(`Failed to abort transaction of producer ${hanging.producerId}`, admin.abortTransaction(hanging));
  });
}

async function openAt(admin: Admin, at: { topic: string; partition: number }, startOffset: number) {
  const name = `${at.topic}-${at.partition}`;
  const producers = await telling(
    `Failed to validate producer state for partition ${name}`,
    admin.describeProducers([at]),
  );
  const found = producers.find(({ transactionStartOffset }) => transactionStartOffset === startOffset);
  if (found === undefined) {
    throw new ToolError(`Could not find any open transactions starting at offset ${startOffset} on partition ${name}`);
  }
  const { producerId, producerEpoch, coordinatorEpoch } = found;
  return { ...at, producerId, producerEpoch, coordinatorEpoch: Math.max(0, coordinatorEpoch) };
}

async function findHanging({ options, print, terminal, withAdmin }: ToolRun): Promise<void> {
  const broker = options.integer("broker-id");
  if (!options.has("topic") && broker === undefined) {
    throw new ToolError(
      "The `find-hanging` command requires either --topic or --broker-id to limit the scope of the search",
    );
  }
  if (options.has("partition") && !options.has("topic")) {
    throw new ToolError("The --partition argument requires --topic to be provided");
  }
  const limitMs = options.integer("max-transaction-timeout")! * MINUTE_MS;
  const now = terminal.wallMs();
  const hanging = await withAdmin(async (admin) => {
    const partitions = await partitionsToSearch(options, admin, broker);
    const producers = await telling(
      `Failed to describe producers for ${partitions.length} partitions on broker ${broker ?? ""}`,
      admin.describeProducers(partitions, broker === undefined ? {} : { brokerId: broker }),
    );
    const candidates = producers.filter(
      ({ transactionStartOffset, lastTimestampMs }) => transactionStartOffset >= 0 && now - lastTimestampMs > limitMs,
    );
    return withoutCoordinator(admin, candidates);
  });
  const head = [
    "Topic",
    "Partition",
    "ProducerId",
    "ProducerEpoch",
    "CoordinatorEpoch",
    "StartOffset",
    "LastTimestamp",
    "Duration(min)",
  ];
  const rows = hanging.map((open) =>
    [
      open.topic,
      open.partition,
      open.producerId,
      open.producerEpoch,
      open.coordinatorEpoch,
      open.transactionStartOffset,
      open.lastTimestampMs,
      Math.floor((now - open.lastTimestampMs) / MINUTE_MS),
    ].map(String),
  );
  for (const line of tabbedTable(head, rows)) print(line);
}

async function partitionsToSearch(options: Options, admin: Admin, broker: number | undefined) {
  const topicName = options.value("topic");
  const only = options.integer("partition");
  if (topicName !== undefined && only !== undefined) return [{ topic: topicName, partition: only }];
  const described = await telling(
    "Failed to describe topics",
    topicName === undefined ? admin.describeTopics() : admin.describeTopics([topicName]),
  );
  return described.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ replicas }) => broker === undefined || replicas.includes(broker))
      .map((at) => ({ topic: name, partition: at.partition })),
  );
}

/** Those open transactions that no coordinator counts as running in their partition. */
async function withoutCoordinator(admin: Admin, candidates: readonly ActiveProducer[]): Promise<ActiveProducer[]> {
  if (candidates.length === 0) return [];
  const producerIds = [...new Set(candidates.map(({ producerId }) => producerId))];
  const listed = await telling(
    `Failed to list transactions for ${producerIds.length} producers`,
    admin.listTransactions({ producerIds }),
  );
  const described = new Map<number, TransactionDescription | undefined>();
  for (const { transactionalId, producerId } of listed) {
    described.set(producerId, await descriptionOf(admin, transactionalId));
  }
  return candidates.filter(
    (open) =>
      !described
        .get(open.producerId)
        ?.partitions.some((at) => at.topic === open.topic && at.partition === open.partition),
  );
}

async function descriptionOf(admin: Admin, id: string): Promise<TransactionDescription | undefined> {
  try {
    return (await admin.describeTransactions([id]))[0];
  } catch (error) {
    if (hasCode(error, KafkaError.TRANSACTIONAL_ID_NOT_FOUND)) return undefined;
    throw error;
  }
}
