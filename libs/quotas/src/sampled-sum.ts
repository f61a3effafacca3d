/** How a sum over time is cut into samples: `quota.window.num` and `quota.window.size.seconds`. */
export interface SampleOptions {
  readonly samples: number;
  /** Length of one sample. Unit: ms. */
  readonly sampleMs: number;
}

/** What averages for people are taken over. Source: Kafka's metrics.num.samples and metrics.sample.window.ms. */
export const forPeople: SampleOptions = { samples: 2, sampleMs: 30_000 };

interface Sample {
  value: number;
  count: number;
  startMs: number;
  lastMs: number;
}

/**
 * A sum over the last `samples` samples. A sample begins with the first value after the one before it is over, so there
 * are none for times without values; one that overlaps the beginning of the window counts as a whole.
 * Source: SampledStat, WindowedSum and Rate of kafka-clients.
 */
export class SampledSum {
  /** One more than counts, for the one that overlaps the beginning. */
  private readonly ring: Sample[] = [];
  private current = 0;

  constructor(private readonly options: SampleOptions) {}

  record(value: number, nowMs: number): void {
    const { samples, sampleMs } = this.options;
    let sample = this.ring[this.current];
    if (sample === undefined) this.ring.push((sample = newSample(nowMs)));
    else if (nowMs - sample.startMs >= sampleMs) {
      this.current = (this.current + 1) % (samples + 1);
      sample = this.ring[this.current];
      if (sample === undefined) this.ring.push((sample = newSample(nowMs)));
      else reset(sample, nowMs);
    }
    sample.value += value;
    sample.count++;
    sample.lastMs = nowMs;
  }

  sum(nowMs: number): number {
    this.purge(nowMs);
    let sum = 0;
    for (const { value } of this.ring) sum += value;
    return sum;
  }

  /** Average of the values; 0 where there are none. */
  average(nowMs: number): number {
    const sum = this.sum(nowMs);
    let count = 0;
    for (const each of this.ring) count += each.count;
    return count === 0 ? 0 : sum / count;
  }

  /**
   * Time that the sum covers: since the oldest sample began, but at least all samples but one and what has passed of the
   * current one, so that a beginner does not look fast. Unit: ms.
   */
  windowMs(nowMs: number): number {
    this.purge(nowMs);
    const { samples, sampleMs } = this.options;
    let oldestMs = nowMs;
    for (const { startMs } of this.ring) oldestMs = Math.min(oldestMs, startMs);
    const elapsedMs = nowMs - oldestMs;
    const missing = samples - 1 - Math.floor(elapsedMs / sampleMs);
    return Math.max(1, elapsedMs + Math.max(0, missing) * sampleMs);
  }

  /** Unit: values a second. */
  rate(nowMs: number): number {
    return (this.sum(nowMs) * 1000) / this.windowMs(nowMs);
  }

  private purge(nowMs: number): void {
    const { samples, sampleMs } = this.options;
    for (const sample of this.ring) if (nowMs - sample.lastMs >= samples * sampleMs) reset(sample, nowMs);
  }
}

function newSample(nowMs: number): Sample {
  return { value: 0, count: 0, startMs: nowMs, lastMs: nowMs };
}

function reset(sample: Sample, nowMs: number): void {
  sample.value = sample.count = 0;
  sample.startMs = sample.lastMs = nowMs;
}
