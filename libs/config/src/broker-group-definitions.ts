import { define, INT_MAX, type ConfigDefinition } from "./definition";

const high = { importance: "high" } as const;
const low = { importance: "low" } as const;

/** Keys about groups, offsets and transactions. Source: GroupCoordinatorConfig, TransactionLogConfig of 4.0. */
export const brokerGroupRows: readonly ConfigDefinition[] = [
  define("int", "group.min.session.timeout.ms", 6000, "The shortest session timeout that a member may ask for."),
  define("int", "group.max.session.timeout.ms", 1_800_000, "The longest session timeout that a member may ask for."),
  define(
    "int",
    "group.initial.rebalance.delay.ms",
    3000,
    "How long an empty group waits for more members before its first rebalance.",
  ),
  define("int", "group.max.size", INT_MAX, "Members that a group takes.", { min: 1 }),
  define("list", "group.coordinator.rebalance.protocols", "classic,consumer", "Kinds of groups that are served.", {
    allowed: ["consumer", "classic", "share"],
  }),
  define("int", "group.coordinator.threads", 4, "Threads of Kafka's group coordinator.", {
    ...high,
    min: 1,
    inert: "one event loop does this work",
  }),
  define("int", "group.coordinator.append.linger.ms", 5, "How long a coordinator gathers records before it writes.", {
    min: 0,
  }),
  define(
    "int",
    "group.consumer.session.timeout.ms",
    45_000,
    "Silence after which a member of a consumer group (KIP-848) is taken for dead.",
    { min: 1 },
  ),
  define(
    "int",
    "group.consumer.min.session.timeout.ms",
    45_000,
    "The least that a group's own session timeout may be.",
    { min: 1 },
  ),
  define(
    "int",
    "group.consumer.max.session.timeout.ms",
    60_000,
    "The most that a group's own session timeout may be.",
    { min: 1 },
  ),
  define(
    "int",
    "group.consumer.heartbeat.interval.ms",
    5000,
    "How often members of a consumer group (KIP-848) report.",
    { min: 1 },
  ),
  define(
    "int",
    "group.consumer.min.heartbeat.interval.ms",
    5000,
    "The least that a group's own heartbeat interval may be.",
    { min: 1 },
  ),
  define(
    "int",
    "group.consumer.max.heartbeat.interval.ms",
    15_000,
    "The most that a group's own heartbeat interval may be.",
    { min: 1 },
  ),
  define("int", "group.consumer.max.size", INT_MAX, "Members that a consumer group (KIP-848) takes.", { min: 1 }),
  define(
    "list",
    "group.consumer.assignors",
    "uniform,range",
    "Assignors of consumer groups; the first is the default.",
  ),
  define(
    "string",
    "group.consumer.migration.policy",
    "bidirectional",
    "Whether groups may change between the classic and the consumer protocol.",
    {
      check: (value) =>
        /^(disabled|downgrade|upgrade|bidirectional)$/i.test(value)
          ? undefined
          : `"${value}" is not disabled, downgrade, upgrade or bidirectional`,
    },
  ),
  define(
    "int",
    "offsets.topic.num.partitions",
    50,
    "Partitions of __consumer_offsets; must not change once it is there.",
    { ...high, min: 1 },
  ),
  define("short", "offsets.topic.replication.factor", 3, "Replicas of __consumer_offsets.", { ...high, min: 1 }),
  define("int", "offsets.topic.segment.bytes", 104_857_600, "Segment size of __consumer_offsets.", { ...high, min: 1 }),
  define(
    "int",
    "offsets.topic.compression.codec",
    0,
    "Codec of __consumer_offsets: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.",
    { ...high, min: 0, max: 4 },
  ),
  define(
    "int",
    "offsets.load.buffer.size",
    5_242_880,
    "Bytes that a coordinator reads at a time when it loads a shard.",
    { ...high, min: 1 },
  ),
  define("int", "offsets.commit.timeout.ms", 5000, "How long an offset commit may take to be replicated.", {
    ...high,
    min: 1,
  }),
  define("int", "offsets.retention.minutes", 10_080, "How long offsets of an empty group are kept.", {
    ...high,
    min: 1,
  }),
  define(
    "long",
    "offsets.retention.check.interval.ms",
    600_000,
    "How often offsets are looked through for what may go.",
    { ...high, min: 1 },
  ),
  define("int", "offset.metadata.max.bytes", 4096, "Size of the text that a commit may carry.", { ...high, min: 0 }),

  define(
    "int",
    "transaction.max.timeout.ms",
    900_000,
    "The longest timeout that a transactional producer may ask for.",
    { ...high, min: 1 },
  ),
  define("int", "transactional.id.expiration.ms", 604_800_000, "How long an unused transactional id is remembered.", {
    ...high,
    min: 1,
  }),
  define(
    "int",
    "transaction.state.log.num.partitions",
    50,
    "Partitions of __transaction_state; must not change once it is there.",
    { ...high, min: 1 },
  ),
  define("short", "transaction.state.log.replication.factor", 3, "Replicas of __transaction_state.", {
    ...high,
    min: 1,
  }),
  define("int", "transaction.state.log.min.isr", 2, "min.insync.replicas of __transaction_state.", { ...high, min: 1 }),
  define("int", "transaction.state.log.segment.bytes", 104_857_600, "Segment size of __transaction_state.", {
    ...high,
    min: 1,
  }),
  define(
    "int",
    "transaction.state.log.load.buffer.size",
    5_242_880,
    "Bytes that a coordinator reads at a time when it loads a shard.",
    { ...high, min: 1 },
  ),
  define(
    "boolean",
    "transaction.partition.verification.enable",
    true,
    "Whether a partition asks the coordinator if it is part of the transaction.",
    { ...low, mode: "cluster-wide" },
  ),
  define(
    "int",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms",
    10_000,
    "How often transactions are looked through for those that took too long.",
    { ...low, min: 1 },
  ),
  define(
    "int",
    "transaction.remove.expired.transaction.cleanup.interval.ms",
    3_600_000,
    "How often transactional ids are looked through for what may go.",
    { ...low, min: 1 },
  ),
  define(
    "int",
    "add.partitions.to.txn.retry.backoff.ms",
    20,
    "Wait before a partition is added to a transaction again.",
    { ...high, min: 1 },
  ),
  define("int", "add.partitions.to.txn.retry.backoff.max.ms", 100, "How long a partition is tried to be added.", {
    ...high,
    min: 0,
  }),
];
