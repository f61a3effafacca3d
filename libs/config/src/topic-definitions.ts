import { define, LONG_MAX, splitList, type ConfigDefinition, type Synonym } from "./definition";

const same = (key: string): Synonym[] => [{ key, scale: 1 }];
const compressions = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"];

const notTiered = (value: string): string | undefined =>
  value.toLowerCase() === "true" ? "tiered storage is not supported" : undefined;

const throttled = (value: string): string | undefined =>
  value === "*" || splitList(value).every((item) => /^\d+:\d+$/.test(item))
    ? undefined
    : `"${value}" is neither * nor partition:broker,…`;

/** Keys of a topic, with the broker keys that set their defaults. Source: LogConfig and ServerTopicConfigSynonyms of 4.0. */
export const topicRows: readonly ConfigDefinition[] = [
  define(
    "list",
    "cleanup.policy",
    "delete",
    "What happens to old segments: delete drops them by age and size, compact keeps the last record of each key, an empty list keeps everything.",
    { allowed: ["compact", "delete"], synonyms: same("log.cleanup.policy") },
  ),
  define(
    "string",
    "compression.type",
    "producer",
    "Codec that batches are stored with; producer keeps each batch as it came.",
    {
      allowed: compressions,
      synonyms: same("compression.type"),
    },
  ),
  define(
    "int",
    "compression.gzip.level",
    -1,
    "Effort of gzip where the broker compresses, 1 to 9; -1 for the library's default.",
    {
      synonyms: same("compression.gzip.level"),
      check: (value) => (value === "-1" || /^[1-9]$/.test(value) ? undefined : `${value} is not 1 to 9 nor -1`),
    },
  ),
  define("int", "compression.lz4.level", 9, "Effort of lz4 where the broker compresses; 9 is the fast search.", {
    min: 1,
    max: 17,
    synonyms: same("compression.lz4.level"),
  }),
  define("int", "compression.zstd.level", 3, "Effort of zstd where the broker compresses.", {
    min: -131_072,
    max: 22,
    synonyms: same("compression.zstd.level"),
  }),
  define(
    "long",
    "delete.retention.ms",
    86_400_000,
    "How long a compacted topic keeps tombstones, so that a reader from the start still sees them.",
    {
      min: 0,
      synonyms: same("log.cleaner.delete.retention.ms"),
    },
  ),
  define("long", "file.delete.delay.ms", 60_000, "Time between giving a segment up and deleting its files.", {
    min: 0,
    synonyms: same("log.segment.delete.delay.ms"),
  }),
  define(
    "long",
    "flush.messages",
    LONG_MAX,
    "Records after which the log is forced to disk; replication is the usual safety.",
    {
      min: 1,
      synonyms: same("log.flush.interval.messages"),
    },
  ),
  define("long", "flush.ms", LONG_MAX, "Time after which written records are forced to disk.", {
    min: 0,
    synonyms: [...same("log.flush.interval.ms"), ...same("log.flush.scheduler.interval.ms")],
  }),
  define(
    "list",
    "follower.replication.throttled.replicas",
    "",
    "Replicas whose copying is throttled on the follower: partition:broker pairs, or *.",
    {
      check: throttled,
    },
  ),
  define("int", "index.interval.bytes", 4096, "Bytes of log between two entries of the offset index.", {
    min: 0,
    synonyms: same("log.index.interval.bytes"),
  }),
  define(
    "list",
    "leader.replication.throttled.replicas",
    "",
    "Replicas whose copying is throttled on the leader: partition:broker pairs, or *.",
    {
      check: throttled,
    },
  ),
  define(
    "long",
    "local.retention.bytes",
    -2,
    "With tiered storage: bytes kept on the broker; -2 follows retention.bytes.",
    {
      min: -2,
      synonyms: same("log.local.retention.bytes"),
      inert: "there is no tiered storage",
    },
  ),
  define("long", "local.retention.ms", -2, "With tiered storage: time kept on the broker; -2 follows retention.ms.", {
    min: -2,
    synonyms: same("log.local.retention.ms"),
    inert: "there is no tiered storage",
  }),
  define("long", "max.compaction.lag.ms", LONG_MAX, "The longest that a record may stay out of compaction.", {
    min: 1,
    synonyms: same("log.cleaner.max.compaction.lag.ms"),
  }),
  define(
    "int",
    "max.message.bytes",
    1_048_588,
    "Size of the largest batch that the topic takes, measured as it comes, compressed.",
    {
      min: 0,
      synonyms: same("message.max.bytes"),
    },
  ),
  define(
    "long",
    "message.timestamp.after.max.ms",
    3_600_000,
    "How far ahead of the broker's clock a record's timestamp may be.",
    {
      min: 0,
      synonyms: same("log.message.timestamp.after.max.ms"),
    },
  ),
  define(
    "long",
    "message.timestamp.before.max.ms",
    LONG_MAX,
    "How far behind the broker's clock a record's timestamp may be.",
    {
      min: 0,
      synonyms: same("log.message.timestamp.before.max.ms"),
    },
  ),
  define(
    "string",
    "message.timestamp.type",
    "CreateTime",
    "Whose time a record carries: the producer's (CreateTime) or the broker's (LogAppendTime).",
    {
      allowed: ["CreateTime", "LogAppendTime"],
      synonyms: same("log.message.timestamp.type"),
    },
  ),
  define(
    "double",
    "min.cleanable.dirty.ratio",
    0.5,
    "Share of a compacted log that must be uncleaned before the cleaner takes it up.",
    {
      min: 0,
      max: 1,
      synonyms: same("log.cleaner.min.cleanable.ratio"),
    },
  ),
  define("long", "min.compaction.lag.ms", 0, "How long a record stays out of compaction at least.", {
    min: 0,
    synonyms: same("log.cleaner.min.compaction.lag.ms"),
  }),
  define("int", "min.insync.replicas", 1, "In-sync replicas that acks=all needs; with fewer the write is refused.", {
    min: 1,
    synonyms: same("min.insync.replicas"),
  }),
  define("boolean", "preallocate", false, "Whether a new segment's file takes its full size at once.", {
    synonyms: same("log.preallocate"),
  }),
  define(
    "boolean",
    "remote.log.copy.disable",
    false,
    "With tiered storage: whether nothing more is copied to the remote tier.",
    {
      inert: "there is no tiered storage",
    },
  ),
  define(
    "boolean",
    "remote.log.delete.on.disable",
    false,
    "With tiered storage: whether remote data goes when the topic leaves the tier.",
    {
      inert: "there is no tiered storage",
    },
  ),
  define("boolean", "remote.storage.enable", false, "Whether old segments move to a remote tier.", {
    check: notTiered,
  }),
  define("long", "retention.bytes", -1, "Size of a partition above which its oldest segments go; -1 for no limit.", {
    min: -1,
    synonyms: same("log.retention.bytes"),
  }),
  define("long", "retention.ms", 604_800_000, "Age at which a segment goes, by its largest timestamp; -1 for never.", {
    min: -1,
    synonyms: [
      { key: "log.retention.ms", scale: 1 },
      { key: "log.retention.minutes", scale: 60_000 },
      { key: "log.retention.hours", scale: 3_600_000 },
    ],
  }),
  define("int", "segment.bytes", 1_073_741_824, "Size at which a segment is closed and the next one begins.", {
    min: 14,
    synonyms: same("log.segment.bytes"),
  }),
  define("int", "segment.index.bytes", 10_485_760, "Largest size of a segment's index files.", {
    min: 4,
    synonyms: same("log.index.size.max.bytes"),
  }),
  define(
    "long",
    "segment.jitter.ms",
    0,
    "Random time by which a segment is closed earlier, so that not all roll at once.",
    {
      min: 0,
      synonyms: [
        { key: "log.roll.jitter.ms", scale: 1 },
        { key: "log.roll.jitter.hours", scale: 3_600_000 },
      ],
    },
  ),
  define("long", "segment.ms", 604_800_000, "Age at which a segment is closed even when it is not full.", {
    min: 1,
    synonyms: [
      { key: "log.roll.ms", scale: 1 },
      { key: "log.roll.hours", scale: 3_600_000 },
    ],
  }),
  define(
    "boolean",
    "unclean.leader.election.enable",
    false,
    "Whether a replica outside the ISR may lead when no other is left, at the price of lost records.",
    {
      synonyms: same("unclean.leader.election.enable"),
    },
  ),
];
