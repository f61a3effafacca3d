/** One sample of a rate: how many bytes since when. */
interface Sample {
  startMs: number;
  bytes: number;
}

/**
 * The bytes of throttled replication per second, measured over a window of samples, against a limit. Bytes are counted after
 * they moved, so a single read may exceed the limit; what follows waits until the rate over the window is below it again.
 * Source: KIP-73; kafka.server.ReplicationQuotaManager, SimpleRate, SampledStat.
 */
export class ReplicationThrottle {
  /** Bytes per second; Infinity: none. */
  limit = Infinity;
  readonly #sampleMs: number;
  readonly #windowMs: number;
  readonly #samples: Sample[] = [];

  /** `samples` is replication.quota.window.num, `sampleMs` replication.quota.window.size.seconds in milliseconds. */
  constructor({ samples, sampleMs }: { samples: number; sampleMs: number }) {
    this.#sampleMs = sampleMs;
    this.#windowMs = samples * sampleMs;
  }

  record(bytes: number, nowMs: number): void {
    this.#expire(nowMs);
    const last = this.#samples.at(-1);
    if (last && nowMs - last.startMs < this.#sampleMs) last.bytes += bytes;
    else this.#samples.push({ startMs: nowMs, bytes });
  }

  /** Bytes per second over the samples of the window, which count as one sample's length at least. */
  rate(nowMs: number): number {
    this.#expire(nowMs);
    const oldest = this.#samples[0];
    if (!oldest) return 0;
    const bytes = this.#samples.reduce((sum, sample) => sum + sample.bytes, 0);
    return (bytes * 1000) / Math.max(nowMs - oldest.startMs, this.#sampleMs);
  }

  isExceeded(nowMs: number): boolean {
    return this.limit !== Infinity && this.rate(nowMs) > this.limit;
  }

  #expire(nowMs: number): void {
    while (this.#samples.length > 0 && nowMs - this.#samples[0]!.startMs >= this.#windowMs) this.#samples.shift();
  }
}

/** Which replicas a topic's list of throttled replicas names: all, or `partition:broker` pairs. */
export type ThrottledReplicas = "*" | ReadonlySet<string>;

/** Reads `leader.` or `follower.replication.throttled.replicas`. Source: TopicConfigHandler.parseThrottledPartitions. */
export function readThrottledReplicas(value: string | undefined): ThrottledReplicas {
  const items = (value ?? "").split(",").map((item) => item.trim());
  return items.includes("*") ? "*" : new Set(items.filter(Boolean));
}

export function isThrottled(replicas: ThrottledReplicas, partition: number, nodeId: number): boolean {
  return replicas === "*" || (replicas.size > 0 && replicas.has(`${partition}:${nodeId}`));
}
