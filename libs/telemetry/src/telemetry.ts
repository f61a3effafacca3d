import type { Logger } from "pino";

/** What a role gets to be observed by: structured logs, metrics, traces. Cores get none of it. */
export interface Telemetry {
  log: Logger;
  metrics: Metrics;
  tracing: Tracing;
  /** Where clients' reports about themselves go (KIP-714); absent where nobody wants them. */
  clientMetrics?: ClientMetricsReceiver;
}

/** Takes what clients report about themselves. */
export interface ClientMetricsReceiver {
  /** `payload`: OTLP's MetricsData, not compressed; kept by nobody after the call. Throws where it is none. */
  receive(payload: Uint8Array, attributes: Readonly<Record<string, string>>): void;
}

/** A plain number that hot paths add to (`cell.value += n`); the scrape reads it. Costs what an addition costs. */
export interface Cell {
  value: number;
}

/** Label values in the order of the metric's label names, then the reading. */
export type GaugeReading = readonly [labels: readonly string[], value: number];

/** Metrics by their Prometheus name. Registering a name twice returns the same metric. */
export interface Metrics {
  /** A family of counters; `cell("orders")` is the counter with these label values, created at first use. */
  counter(name: string, help: string, labels?: readonly string[]): { cell(...labelValues: string[]): Cell };
  /** A gauge that is read when somebody scrapes. */
  gauge(name: string, help: string, labels: readonly string[], read: () => Iterable<GaugeReading>): void;
  /** A family of histograms in milliseconds (or bytes); `observe` is one bucket increment. */
  histogram(
    name: string,
    help: string,
    labels?: readonly string[],
    buckets?: readonly number[],
  ): { of(...labelValues: string[]): { observe(value: number): void } };
  /** Drops the series of one label value set in every family, e.g. of a deleted topic. */
  forget(label: string, value: string): void;
  /** The Prometheus exposition text. */
  render(): Promise<string>;
}

/** One step of a trace. `traceparent` is what the next call carries. */
export interface Span {
  readonly traceparent: string;
  setAttribute(key: string, value: string | number | boolean): void;
  /** Ends the span; a message marks it failed. */
  end(error?: string): void;
}

export interface Tracing {
  /**
   * Starts a span below `parent` (a W3C traceparent, empty for a new trace). Returns undefined where the trace is not
   * sampled or nothing is exported: then nothing was allocated.
   */
  start(name: string, parent: string, attributes?: Record<string, string | number>): Span | undefined;
}
