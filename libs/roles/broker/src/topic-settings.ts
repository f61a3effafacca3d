import { compressionId, compressionNames } from "@moldau/compression";
import { readThrottledReplicas, type PartitionSettings, type ThrottledReplicas } from "@moldau/partition";
import { defaultLogConfig, type LogConfig } from "@moldau/segment-store";

/** What a topic's configuration means to the broker. Times in milliseconds. */
export interface TopicSettings {
  log: LogConfig;
  partition: PartitionSettings;
  maxMessageBytes: number;
  /** cleanup.policy has compact. */
  compacted: boolean;
  /** cleanup.policy has delete. */
  deletes: boolean;
  /** message.timestamp.type is LogAppendTime. */
  logAppendTime: boolean;
  timestampBeforeMaxMs: number;
  timestampAfterMaxMs: number;
  /** compression.type as a codec; undefined for `producer`. */
  codec: number | undefined;
  /** leader. and follower.replication.throttled.replicas: whose copying is throttled. */
  leaderThrottled: ThrottledReplicas;
  followerThrottled: ThrottledReplicas;
  /** compression.<codec>.level; undefined where nothing is recompressed or the codec has no levels. */
  compressionLevel: number | undefined;
}

/** Settings of the broker that every partition has in common. Times in milliseconds. */
export interface BrokerSettings {
  replicaLagTimeMaxMs: number;
  producerIdExpirationMs: number;
}

/** Beyond what a timestamp or an offset can be: no limit. */
function limit(value: number): number {
  return value > Number.MAX_SAFE_INTEGER ? Infinity : value;
}

/**
 * Reads a topic's settings. `given` gives what is configured for a key (topic, else the broker's defaults); where it gives
 * nothing or no number, Kafka 4.0's default holds.
 */
export function readTopicSettings(given: (key: string) => string | undefined, broker: BrokerSettings): TopicSettings {
  // Kafka takes values with blanks around them.
  const value = (key: string): string | undefined => given(key)?.trim();
  const number = (key: string, otherwise: number): number => {
    const text = value(key);
    const parsed = text === undefined || text === "" ? NaN : Number(text);
    return Number.isFinite(parsed) ? limit(parsed) : otherwise;
  };
  const policies = (value("cleanup.policy") ?? "delete").split(",").map((policy) => policy.trim());
  const compressionType = value("compression.type") ?? "producer";
  const codec =
    compressionType === "producer"
      ? undefined
      : compressionId(compressionType === "uncompressed" ? "none" : compressionType);
  const level = (name: string): number | undefined => {
    const text = value(`compression.${name}.level`);
    return text === undefined ? undefined : Number(text);
  };
  return {
    log: {
      segmentBytes: number("segment.bytes", defaultLogConfig.segmentBytes),
      segmentMs: number("segment.ms", defaultLogConfig.segmentMs),
      segmentJitterMs: number("segment.jitter.ms", defaultLogConfig.segmentJitterMs),
      segmentIndexBytes: number("segment.index.bytes", defaultLogConfig.segmentIndexBytes),
      indexIntervalBytes: number("index.interval.bytes", defaultLogConfig.indexIntervalBytes),
      compact: policies.includes("compact"),
      minCleanableRatio: number("min.cleanable.dirty.ratio", defaultLogConfig.minCleanableRatio),
      minCompactionLagMs: number("min.compaction.lag.ms", defaultLogConfig.minCompactionLagMs),
      maxCompactionLagMs: number("max.compaction.lag.ms", defaultLogConfig.maxCompactionLagMs),
      deleteRetentionMs: number("delete.retention.ms", defaultLogConfig.deleteRetentionMs),
      deleteByPolicy: policies.includes("delete"),
      retentionMs: number("retention.ms", defaultLogConfig.retentionMs),
      retentionBytes: number("retention.bytes", defaultLogConfig.retentionBytes),
      fileDeleteDelayMs: number("file.delete.delay.ms", defaultLogConfig.fileDeleteDelayMs),
      flushMessages: number("flush.messages", defaultLogConfig.flushMessages),
      flushMs: number("flush.ms", defaultLogConfig.flushMs),
    },
    partition: {
      minInsyncReplicas: number("min.insync.replicas", 1),
      replicaLagTimeMaxMs: broker.replicaLagTimeMaxMs,
      producerIdExpirationMs: broker.producerIdExpirationMs,
    },
    maxMessageBytes: number("max.message.bytes", 1_048_588),
    compacted: policies.includes("compact"),
    deletes: policies.includes("delete"),
    logAppendTime: value("message.timestamp.type") === "LogAppendTime",
    timestampBeforeMaxMs: number("message.timestamp.before.max.ms", Infinity),
    timestampAfterMaxMs: number("message.timestamp.after.max.ms", 3_600_000),
    codec,
    leaderThrottled: readThrottledReplicas(value("leader.replication.throttled.replicas")),
    followerThrottled: readThrottledReplicas(value("follower.replication.throttled.replicas")),
    compressionLevel: codec === undefined ? undefined : level(compressionNames[codec]!),
  };
}

/**
 * Reads settings once for everybody whose configuration is the same object: a topic's partitions, and all topics that have
 * none of their own. Configurations of an image never change, a changed one is another object.
 */
export class SharedSettings {
  #defaults: ReadonlyMap<string, string> | undefined;
  #broker: BrokerSettings | undefined;
  #known = new WeakMap<ReadonlyMap<string, string>, TopicSettings>();

  of(
    configured: ReadonlyMap<string, string>,
    defaults: ReadonlyMap<string, string>,
    broker: BrokerSettings,
  ): TopicSettings {
    const { replicaLagTimeMaxMs, producerIdExpirationMs } = broker;
    const isSameBroker =
      this.#defaults === defaults &&
      this.#broker?.replicaLagTimeMaxMs === replicaLagTimeMaxMs &&
      this.#broker.producerIdExpirationMs === producerIdExpirationMs;
    if (!isSameBroker) {
      this.#defaults = defaults;
      this.#broker = broker;
      this.#known = new WeakMap();
    }
    let settings = this.#known.get(configured);
    if (!settings) {
      settings = readTopicSettings((key) => configured.get(key) ?? defaults.get(key), broker);
      this.#known.set(configured, settings);
    }
    return settings;
  }
}
