import { type Counter, type Gauge, Registry } from "prom-client";
import type { Cell, GaugeReading, Metrics } from "./telemetry";

/** Milliseconds; from a fast append to a slow rebalance. */
const defaultBuckets = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000];

interface CounterFamily {
  labels: readonly string[];
  cells: Map<string, { values: readonly string[]; cell: Cell }>;
  cell(...labelValues: string[]): Cell;
}

interface HistogramSeries {
  values: readonly string[];
  counts: number[];
  sum: number;
  count: number;
  observe(value: number): void;
}

interface HistogramFamily {
  labels: readonly string[];
  buckets: readonly number[];
  series: Map<string, HistogramSeries>;
  of(...labelValues: string[]): { observe(value: number): void };
}

/**
 * Metrics whose hot side is a plain number; prom-client's objects are only filled when somebody scrapes. Counters read
 * by prom-client, histograms written out here, since prom-client has no way to set a bucket from outside.
 */
export class PromMetrics implements Metrics {
  private readonly registry = new Registry();
  private readonly counters = new Map<string, CounterFamily>();
  private readonly histograms = new Map<string, HistogramFamily & { help: string }>();
  private readonly gauges = new Map<string, { gauge: Gauge; reads: (() => Iterable<GaugeReading>)[] }>();

  counter(name: string, help: string, labels: readonly string[] = []): CounterFamily {
    const known = this.counters.get(name);
    if (known) return known;
    const cells: CounterFamily["cells"] = new Map();
    const { Counter } = prom();
    new Counter({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      collect(this: Counter) {
        this.reset();
        for (const { values, cell } of cells.values()) this.labels(...values).inc(cell.value);
      },
    });
    const family: CounterFamily = {
      labels,
      cells,
      cell(...values) {
        const key = values.join("\u0000");
        let entry = cells.get(key);
        if (!entry) cells.set(key, (entry = { values, cell: { value: 0 } }));
        return entry.cell;
      },
    };
    this.counters.set(name, family);
    return family;
  }

  gauge(name: string, help: string, labels: readonly string[], read: () => Iterable<GaugeReading>): void {
    const known = this.gauges.get(name);
    if (known) {
      // Several nodes of one process report under one name.
      known.reads.push(read);
      return;
    }
    const reads = [read];
    const { Gauge } = prom();
    const gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      collect(this: Gauge) {
        this.reset();
        for (const each of reads) for (const [values, value] of each()) this.labels(...values).inc(value);
      },
    });
    this.gauges.set(name, { gauge, reads });
  }

  histogram(
    name: string,
    help: string,
    labels: readonly string[] = [],
    buckets: readonly number[] = defaultBuckets,
  ): HistogramFamily {
    const known = this.histograms.get(name);
    if (known) return known;
    const series = new Map<string, HistogramSeries>();
    const family = {
      help,
      labels,
      buckets,
      series,
      of(...values: string[]) {
        const key = values.join("\u0000");
        let one = series.get(key);
        if (!one) series.set(key, (one = newSeries(values, buckets)));
        return one;
      },
    };
    this.histograms.set(name, family);
    return family;
  }

  forget(label: string, value: string): void {
    for (const family of [...this.counters.values()]) {
      const at = family.labels.indexOf(label);
      if (at >= 0) for (const [key, { values }] of family.cells) if (values[at] === value) family.cells.delete(key);
    }
    for (const family of this.histograms.values()) {
      const at = family.labels.indexOf(label);
      if (at >= 0) for (const [key, { values }] of family.series) if (values[at] === value) family.series.delete(key);
    }
  }

  async render(): Promise<string> {
    const parts = [await this.registry.metrics()];
    for (const [name, family] of this.histograms) parts.push(renderHistogram(name, family));
    return parts.filter((part) => part !== "").join("\n");
  }
}

/** Loaded when the first metric is registered, not before. */
function prom(): typeof import("prom-client") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a lazy load in CommonJS
  return require("prom-client") as typeof import("prom-client");
}

function newSeries(values: readonly string[], buckets: readonly number[]): HistogramSeries {
  return {
    values,
    counts: new Array<number>(buckets.length + 1).fill(0),
    sum: 0,
    count: 0,
    observe(value) {
      let i = 0;
      while (i < buckets.length && value > buckets[i]!) i++;
      this.counts[i]!++;
      this.sum += value;
      this.count++;
    },
  };
}

function renderHistogram(name: string, family: HistogramFamily & { help: string }): string {
  const lines = [`# HELP ${name} ${family.help}`, `# TYPE ${name} histogram`];
  for (const { values, counts, sum, count } of family.series.values()) {
    const own = family.labels.map((label, i) => `${label}="${escape(values[i] ?? "")}"`);
    let below = 0;
    family.buckets.forEach((bound, i) => {
      below += counts[i]!;
      lines.push(`${name}_bucket{${[...own, `le="${bound}"`].join(",")}} ${below}`);
    });
    lines.push(`${name}_bucket{${[...own, 'le="+Inf"'].join(",")}} ${count}`);
    const labels = own.length > 0 ? `{${own.join(",")}}` : "";
    lines.push(`${name}_sum${labels} ${sum}`, `${name}_count${labels} ${count}`);
  }
  return `${lines.join("\n")}\n`;
}

function escape(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
