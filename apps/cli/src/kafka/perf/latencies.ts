const MEGABYTE = 1024 * 1024;

/** Latencies and sizes of what was sent, altogether and since the last line. */
export class Latencies {
  private readonly all: number[] = [];
  private bytes = 0;
  private window = { count: 0, bytes: 0, total: 0, max: 0, startMs: 0 };

  constructor(private readonly startMs: number) {
    this.window.startMs = startMs;
  }

  record(latencyMs: number, bytes: number): void {
    this.all.push(latencyMs);
    this.bytes += bytes;
    const { window } = this;
    window.count++;
    window.bytes += bytes;
    window.total += latencyMs;
    window.max = Math.max(window.max, latencyMs);
  }

  /** The line of the last seconds, where `intervalMs` is over; then they begin anew. */
  report(nowMs: number, intervalMs: number): string | undefined {
    const { count, bytes, total, max, startMs } = this.window;
    const elapsed = nowMs - startMs;
    if (elapsed < intervalMs || count === 0) return undefined;
    this.window = { count: 0, bytes: 0, total: 0, max: 0, startMs: nowMs };
    return (
      `${rates(count, bytes, elapsed)}, ${(total / count).toFixed(1)} ms avg latency, ` +
      `${max.toFixed(1)} ms max latency.`
    );
  }

  /** The line for everything. */
  total(nowMs: number): string {
    const sorted = Float64Array.from(this.all).sort();
    const at = (part: number): number => Math.floor(sorted[Math.floor(part * sorted.length)] ?? 0);
    const sum = sorted.reduce((a, b) => a + b, 0);
    const average = sorted.length === 0 ? NaN : sum / sorted.length;
    return (
      `${rates(sorted.length, this.bytes, nowMs - this.startMs)}, ${average.toFixed(2)} ms avg latency, ` +
      `${(sorted.at(-1) ?? 0).toFixed(2)} ms max latency, ${at(0.5)} ms 50th, ${at(0.95)} ms 95th, ${at(0.99)} ms 99th, ` +
      `${at(0.999)} ms 99.9th.`
    );
  }
}

function rates(count: number, bytes: number, elapsedMs: number): string {
  const perSecond = (1000 * count) / elapsedMs;
  const megabytes = (1000 * bytes) / elapsedMs / MEGABYTE;
  return `${count} records sent, ${perSecond.toFixed(1)} records/sec (${megabytes.toFixed(2)} MB/sec)`;
}
