import { createRequire } from "node:module";
import type { Cell, GaugeReading, Metrics } from "./telemetry";

/** Milliseconds; what a broker's requests take. */
const DEFAULT_BUCKETS: readonly number[] = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

/**
 * Series that are made at a stretch. There may be hundreds of thousands (a lag for each group and partition), and whoever waits
 * for this process meanwhile must not wait for all of them.
 */
const PIECES_AT_A_STRETCH = 1_000;

interface Series<T> {
  labels: readonly string[];
  value: T;
}

interface Buckets {
  counts: number[];
  sum: number;
}

/** A metric under one name: something that writes its lines when scraped, piece by piece, so that others get their turn. */
interface Family {
  kind: "counter" | "gauge" | "histogram";
  labels: readonly string[];
  write(out: string[]): Iterable<void>;
  forget(label: number, value: string): void;
}

/** Of prom-client only what is used. */
interface ProcessMetrics {
  metrics(): Promise<string>;
}

export interface MetricsOptions {
  /** Whether the scrape also tells memory, CPU time, event loop lag and garbage collection of the process. */
  process?: boolean;
}

/**
 * The metrics of a process in Prometheus' text format. Hot paths hold cells and add to them; text is made when somebody
 * asks. Several nodes in one process share the names: counters add up because they share cells, gauges because readings
 * with equal labels are added.
 */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const families = new Map<string, Family>();
  let processMetrics: ProcessMetrics | undefined;

  const family = <T extends Family>(
    name: string,
    kind: Family["kind"],
    labels: readonly string[],
    make: () => T,
  ): T => {
    const known = families.get(name);
    if (!known) {
      const made = make();
      families.set(name, made);
      return made;
    }
    if (known.kind !== kind || known.labels.join() !== labels.join()) {
      throw new Error(`metric ${name} is a ${known.kind} with labels [${known.labels.join(", ")}] already`);
    }
    return known as T;
  };

  return {
    counter: (name, help, labels = []) => family(name, "counter", labels, () => new CounterFamily(name, help, labels)),
    gauge(name, help, labels, read) {
      family(name, "gauge", labels, () => new GaugeFamily(name, help, labels)).readers.push(read);
    },
    histogram: (name, help, labels = [], buckets = DEFAULT_BUCKETS) =>
      family(name, "histogram", labels, () => new HistogramFamily(name, help, labels, buckets)),
    forget(label, value) {
      for (const known of families.values()) {
        const index = known.labels.indexOf(label);
        if (index >= 0) known.forget(index, value);
      }
    },
    async render() {
      const out: string[] = [];
      let pieces = 0;
      for (const known of families.values()) {
        for (const _ of known.write(out)) {
          if (++pieces % PIECES_AT_A_STRETCH === 0) await new Promise((resolve) => setImmediate(resolve));
        }
      }
      if (options.process) out.push(await (processMetrics ??= loadProcessMetrics()).metrics());
      return out.join("\n") + "\n";
    },
  };
}

class CounterFamily implements Family {
  readonly kind = "counter";
  private readonly series = new Map<string, Series<Cell>>();

  constructor(
    private readonly name: string,
    private readonly help: string,
    readonly labels: readonly string[],
  ) {}

  cell(...values: string[]): Cell {
    return seriesOf(this, this.name, this.series, values, () => ({ value: 0 }));
  }

  *write(out: string[]): Generator<void> {
    header(out, this.name, this.help, this.kind);
    for (const { labels, value } of this.series.values()) {
      out.push(`${this.name}${labelText(this.labels, labels)} ${numberText(value.value)}`);
      yield;
    }
  }

  forget(label: number, value: string): void {
    drop(this.series, label, value);
  }
}

class GaugeFamily implements Family {
  readonly kind = "gauge";
  readonly readers: (() => Iterable<GaugeReading>)[] = [];

  constructor(
    private readonly name: string,
    private readonly help: string,
    readonly labels: readonly string[],
  ) {}

  *write(out: string[]): Generator<void> {
    header(out, this.name, this.help, this.kind);
    const sums = new Map<string, number>();
    for (const read of this.readers) {
      for (const [labels, value] of read()) {
        const key = labelText(this.labels, labels);
        sums.set(key, (sums.get(key) ?? 0) + value);
        yield;
      }
    }
    for (const [key, value] of sums) {
      out.push(`${this.name}${key} ${numberText(value)}`);
      yield;
    }
  }

  forget(): void {
    // Readings are made anew at each scrape: what is gone does not come up again.
  }
}

class HistogramFamily implements Family {
  readonly kind = "histogram";
  private readonly series = new Map<string, Series<Histogram>>();

  constructor(
    private readonly name: string,
    private readonly help: string,
    readonly labels: readonly string[],
    private readonly bounds: readonly number[],
  ) {}

  of(...values: string[]): { observe(value: number): void } {
    return seriesOf(this, this.name, this.series, values, () => new Histogram(this.bounds));
  }

  *write(out: string[]): Generator<void> {
    header(out, this.name, this.help, this.kind);
    for (const { labels, value } of this.series.values()) {
      const names = [...this.labels, "le"];
      let total = 0;
      this.bounds.forEach((bound, i) => {
        total += value.state.counts[i]!;
        out.push(`${this.name}_bucket${labelText(names, [...labels, String(bound)])} ${total}`);
      });
      total += value.state.counts[this.bounds.length]!;
      const own = labelText(this.labels, labels);
      out.push(`${this.name}_bucket${labelText(names, [...labels, "+Inf"])} ${total}`);
      out.push(`${this.name}_sum${own} ${numberText(value.state.sum)}`, `${this.name}_count${own} ${total}`);
      yield;
    }
  }

  forget(label: number, value: string): void {
    drop(this.series, label, value);
  }
}

class Histogram {
  readonly state: Buckets;

  constructor(private readonly bounds: readonly number[]) {
    this.state = { counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 };
  }

  observe(value: number): void {
    const { bounds, state } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]!) bucket++;
    state.counts[bucket]!++;
    state.sum += value;
  }
}

function seriesOf<T>(
  family: { labels: readonly string[] },
  name: string,
  series: Map<string, Series<T>>,
  values: readonly string[],
  make: () => T,
): T {
  if (values.length !== family.labels.length) {
    throw new Error(`metric ${name} has labels [${family.labels.join(", ")}], given ${values.length} values`);
  }
  const key = values.join("\u0000");
  let known = series.get(key);
  if (!known) series.set(key, (known = { labels: values, value: make() }));
  return known.value;
}

function drop<T>(series: Map<string, Series<T>>, label: number, value: string): void {
  for (const [key, { labels }] of series) if (labels[label] === value) series.delete(key);
}

function header(out: string[], name: string, help: string, kind: string): void {
  out.push(`# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`, `# TYPE ${name} ${kind}`);
}

function labelText(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return "";
  let text = "";
  for (let i = 0; i < names.length; i++) {
    text += `${i === 0 ? "{" : ","}${names[i]}="${escaped(values[i] ?? "")}"`;
  }
  return `${text}}`;
}

function escaped(value: string): string {
  if (!/[\\"\n]/.test(value)) return value;
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numberText(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}

/** prom-client knows how to read the process; it is loaded at the first scrape, since starting it costs 30 ms. */
function loadProcessMetrics(): ProcessMetrics {
  const client = createRequire(__filename)("prom-client") as typeof import("prom-client");
  const register = new client.Registry();
  client.collectDefaultMetrics({ register });
  return register;
}
