interface Sample {
  readonly timeMs: number;
  /** Offset of the next record to come, as the leader had it then. */
  readonly endOffset: number;
}

const SAMPLES_MAX = 64;

/**
 * Where a partition ended at some moments of the past, to tell when a record was written without reading it. Of bounded size:
 * when it is full, every other sample goes, so the more distant past is known more coarsely. While nothing is written, two
 * samples are enough.
 */
export class OffsetHistory {
  private samples: Sample[] = [];

  get endOffset(): number | undefined {
    return this.samples[this.samples.length - 1]?.endOffset;
  }

  get length(): number {
    return this.samples.length;
  }

  add(timeMs: number, endOffset: number): void {
    // An unclean election cut the log: what was known of records beyond its end is about others now.
    while ((this.endOffset ?? -1) > endOffset) this.samples.pop();
    const last = this.samples[this.samples.length - 1];
    if (last !== undefined && timeMs <= last.timeMs) return;
    const beforeLast = this.samples[this.samples.length - 2];
    if (last?.endOffset === endOffset && beforeLast?.endOffset === endOffset) this.samples.pop();
    else if (this.samples.length === SAMPLES_MAX) this.samples = this.samples.filter((_, i) => i % 2 === 0);
    this.samples.push({ timeMs, endOffset });
  }

  /**
   * When the record at `offset` was written, between samples as if writing had been even. The time of the first sample where it
   * is older than that (it was written no later); undefined where it is not written yet, or nothing is known.
   */
  writtenAtMs(offset: number): number | undefined {
    const after = this.samples.findIndex((sample) => sample.endOffset > offset);
    if (after === -1) return undefined;
    const next = this.samples[after] as Sample;
    const before = this.samples[after - 1];
    if (before === undefined) return next.timeMs;
    const share = (offset - before.endOffset) / (next.endOffset - before.endOffset);
    return before.timeMs + share * (next.timeMs - before.timeMs);
  }
}
