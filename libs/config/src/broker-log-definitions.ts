import { define, LONG_MAX, type ConfigDefinition } from "./definition";

const dynamic = { mode: "cluster-wide" } as const;
const high = { importance: "high" } as const;
const oneThread = "one thread does this work";
const notTiered = "there is no tiered storage";

/** Keys about topics and their logs. Source: ServerLogConfigs, CleanerConfig, KafkaConfig of 4.0. */
export const brokerLogRows: readonly ConfigDefinition[] = [
  define(
    "boolean",
    "auto.create.topics.enable",
    true,
    "Whether a topic that a client asks for and that is not there is created.",
    high,
  ),
  define("boolean", "delete.topic.enable", true, "Whether topics can be deleted.", high),
  define("int", "num.partitions", 1, "Partitions of a topic that is created without saying how many.", { min: 1 }),
  define("int", "default.replication.factor", 1, "Replicas of a topic that is created without saying how many.", {
    min: 1,
  }),
  define("string", "log.dir", "data", "Directory of the data where log.dirs is not given.", high),
  define("string", "log.dirs", null, "Directories of the data, separated by commas; partitions are spread over them.", {
    ...high,
    synonyms: [{ key: "log.dir", scale: 1 }],
  }),
  define(
    "long",
    "log.dir.failure.timeout.ms",
    30_000,
    "How long a broker goes on when it cannot tell the controller that a directory failed.",
    { min: 1, importance: "low" },
  ),
  define("list", "log.cleanup.policy", "delete", "Default of cleanup.policy: delete, compact, both or nothing.", {
    ...dynamic,
    allowed: ["compact", "delete"],
  }),
  define(
    "string",
    "compression.type",
    "producer",
    "Default of compression.type: the codec that batches are stored with.",
    {
      ...dynamic,
      ...high,
      allowed: ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"],
    },
  ),
  define("int", "compression.gzip.level", -1, "Default effort of gzip where the broker compresses, 1 to 9 or -1.", {
    ...dynamic,
    check: (value) => (value === "-1" || /^[1-9]$/.test(value) ? undefined : `${value} is not 1 to 9 nor -1`),
  }),
  define(
    "int",
    "compression.lz4.level",
    9,
    "Default effort of lz4 where the broker compresses; 9 is the fast search.",
    {
      ...dynamic,
      min: 1,
      max: 17,
    },
  ),
  define("int", "compression.zstd.level", 3, "Default effort of zstd where the broker compresses.", {
    ...dynamic,
    min: -131_072,
    max: 22,
  }),
  define("int", "message.max.bytes", 1_048_588, "Default size of the largest batch, measured compressed.", {
    ...dynamic,
    ...high,
    min: 0,
  }),
  define("int", "min.insync.replicas", 1, "Default number of in-sync replicas that acks=all needs.", {
    ...dynamic,
    ...high,
    min: 1,
  }),
  define(
    "boolean",
    "unclean.leader.election.enable",
    false,
    "Default of whether a replica outside the ISR may lead when no other is left.",
    { ...dynamic, ...high },
  ),
  define("string", "log.message.timestamp.type", "CreateTime", "Default of whose time records carry.", {
    ...dynamic,
    allowed: ["CreateTime", "LogAppendTime"],
  }),
  define(
    "long",
    "log.message.timestamp.before.max.ms",
    LONG_MAX,
    "Default of how far behind the broker's clock timestamps may be.",
    { ...dynamic, min: 0 },
  ),
  define(
    "long",
    "log.message.timestamp.after.max.ms",
    3_600_000,
    "Default of how far ahead of the broker's clock timestamps may be.",
    { ...dynamic, min: 0 },
  ),

  define("int", "log.segment.bytes", 1_073_741_824, "Default size at which a segment is closed.", {
    ...dynamic,
    ...high,
    min: 14,
  }),
  define("long", "log.roll.ms", null, "Default age at which a segment is closed; wins over log.roll.hours.", {
    ...dynamic,
    ...high,
    min: 1,
    synonyms: [{ key: "log.roll.hours", scale: 3_600_000 }],
  }),
  define("int", "log.roll.hours", 168, "Default age at which a segment is closed.", { ...high, min: 1 }),
  define(
    "long",
    "log.roll.jitter.ms",
    null,
    "Default random time by which a segment closes earlier; wins over log.roll.jitter.hours.",
    { ...dynamic, ...high, min: 0, synonyms: [{ key: "log.roll.jitter.hours", scale: 3_600_000 }] },
  ),
  define("int", "log.roll.jitter.hours", 0, "Default random time by which a segment closes earlier.", {
    ...high,
    min: 0,
  }),
  define(
    "long",
    "log.retention.ms",
    null,
    "Default age at which segments go; wins over minutes and hours; -1 for never.",
    {
      ...dynamic,
      ...high,
      min: -1,
      synonyms: [
        { key: "log.retention.minutes", scale: 60_000 },
        { key: "log.retention.hours", scale: 3_600_000 },
      ],
    },
  ),
  define("int", "log.retention.minutes", null, "Default age at which segments go; wins over hours.", {
    ...high,
    min: -1,
    synonyms: [{ key: "log.retention.hours", scale: 60 }],
  }),
  define("int", "log.retention.hours", 168, "Default age at which segments go.", { ...high, min: -1 }),
  define(
    "long",
    "log.retention.bytes",
    -1,
    "Default size of a partition above which its oldest segments go; -1 for no limit.",
    { ...dynamic, ...high, min: -1 },
  ),
  define("long", "log.retention.check.interval.ms", 300_000, "How often segments are looked through for what may go.", {
    min: 1,
  }),
  define("int", "log.index.size.max.bytes", 10_485_760, "Default largest size of a segment's index files.", {
    ...dynamic,
    min: 4,
  }),
  define("int", "log.index.interval.bytes", 4096, "Default bytes of log between two entries of the offset index.", {
    ...dynamic,
    min: 0,
  }),
  define(
    "boolean",
    "log.preallocate",
    false,
    "Default of whether a new segment's file takes its full size at once.",
    dynamic,
  ),
  define(
    "long",
    "log.segment.delete.delay.ms",
    60_000,
    "Default time between giving a segment up and deleting its files.",
    { ...dynamic, ...high, min: 0 },
  ),
  define(
    "long",
    "log.flush.interval.messages",
    LONG_MAX,
    "Default number of records after which a log is forced to disk.",
    { ...dynamic, ...high, min: 1 },
  ),
  define("long", "log.flush.interval.ms", null, "Default time after which written records are forced to disk.", {
    ...dynamic,
    ...high,
    min: 0,
    synonyms: [{ key: "log.flush.scheduler.interval.ms", scale: 1 }],
  }),
  define(
    "long",
    "log.flush.scheduler.interval.ms",
    LONG_MAX,
    "How often logs are looked through for what must be forced to disk.",
    high,
  ),
  define("int", "log.flush.offset.checkpoint.interval.ms", 60_000, "How often recovery points are written down.", {
    ...high,
    min: 0,
  }),
  define(
    "int",
    "log.flush.start.offset.checkpoint.interval.ms",
    60_000,
    "How often log start offsets are written down.",
    { ...high, min: 0 },
  ),
  define(
    "int",
    "num.recovery.threads.per.data.dir",
    2,
    "Logs of one directory that are opened at the same time at start and stop.",
    { ...dynamic, ...high, min: 1 },
  ),
  define("int", "num.replica.alter.log.dirs.threads", null, "Threads that move replicas between directories.", {
    ...high,
    inert: oneThread,
  }),
  define("int", "background.threads", 10, "Threads for background work.", {
    ...dynamic,
    ...high,
    min: 1,
    inert: oneThread,
  }),

  define("boolean", "log.cleaner.enable", true, "Whether compacted topics are compacted."),
  define("int", "log.cleaner.threads", 1, "Logs that are compacted at the same time.", { ...dynamic, min: 0 }),
  define(
    "double",
    "log.cleaner.io.max.bytes.per.second",
    "1.7976931348623157E308",
    "Bytes a second that compaction reads and writes at most.",
    dynamic,
  ),
  define(
    "long",
    "log.cleaner.dedupe.buffer.size",
    134_217_728,
    "Memory for the keys of one round of compaction.",
    dynamic,
  ),
  define("int", "log.cleaner.io.buffer.size", 524_288, "Memory for reading and writing during compaction.", {
    ...dynamic,
    min: 0,
  }),
  define("double", "log.cleaner.io.buffer.load.factor", 0.9, "How full the table of keys may become.", dynamic),
  define("long", "log.cleaner.backoff.ms", 15_000, "How long the cleaner rests when nothing is to be compacted.", {
    ...dynamic,
    min: 0,
  }),
  define(
    "double",
    "log.cleaner.min.cleanable.ratio",
    0.5,
    "Default share of a log that must be uncleaned before the cleaner takes it up.",
    { ...dynamic, min: 0, max: 1 },
  ),
  define("long", "log.cleaner.delete.retention.ms", 86_400_000, "Default time that compacted topics keep tombstones.", {
    ...dynamic,
    min: 0,
  }),
  define(
    "long",
    "log.cleaner.min.compaction.lag.ms",
    0,
    "Default of how long a record stays out of compaction at least.",
    { ...dynamic, min: 0 },
  ),
  define(
    "long",
    "log.cleaner.max.compaction.lag.ms",
    LONG_MAX,
    "Default of how long a record may stay out of compaction at most.",
    { ...dynamic, min: 1 },
  ),
  define("long", "log.local.retention.ms", -2, "Default of local.retention.ms.", {
    ...dynamic,
    min: -2,
    inert: notTiered,
  }),
  define("long", "log.local.retention.bytes", -2, "Default of local.retention.bytes.", {
    ...dynamic,
    min: -2,
    inert: notTiered,
  }),
  define(
    "int",
    "producer.id.expiration.ms",
    86_400_000,
    "How long a partition remembers a producer that writes nothing.",
    { ...dynamic, min: 1, importance: "low" },
  ),
  define(
    "int",
    "producer.id.expiration.check.interval.ms",
    600_000,
    "How often partitions look for producers to forget.",
    { min: 1, importance: "low" },
  ),
];
