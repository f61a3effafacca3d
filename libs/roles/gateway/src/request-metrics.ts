import { apis } from "@moldau/protocol";
import type { Cell, Metrics } from "@moldau/telemetry";

/** Counts requests by API under the names that dashboards for Kafka know. Per request one addition and one bucket. */
export class RequestMetrics {
  private readonly cells = new Map<number, Cell>();
  private readonly errors = new Map<number, Cell>();
  private readonly times = new Map<number, { observe(value: number): void }>();

  constructor(private readonly metrics: Metrics) {}

  /** Kafka's name of an API, or its key where it has none. */
  nameOf(apiKey: number): string {
    return apis.get(apiKey)?.name ?? String(apiKey);
  }

  answered(apiKey: number, version: number, elapsedMs: number): void {
    const key = apiKey * 64 + version;
    let cell = this.cells.get(key);
    if (!cell) {
      cell = this.metrics
        .counter("kafka_network_requestmetrics_requests_total", "Requests answered", ["request", "version"])
        .cell(this.nameOf(apiKey), String(version));
      this.cells.set(key, cell);
    }
    cell.value++;
    let time = this.times.get(apiKey);
    if (!time) {
      time = this.metrics
        .histogram("kafka_network_requestmetrics_totaltimems", "Milliseconds from a request's frame to its answer", [
          "request",
        ])
        .of(this.nameOf(apiKey));
      this.times.set(apiKey, time);
    }
    time.observe(elapsedMs);
  }

  failed(apiKey: number): void {
    let cell = this.errors.get(apiKey);
    if (!cell) {
      cell = this.metrics
        .counter("kafka_network_requestmetrics_errors_total", "Requests that ended their connection", ["request"])
        .cell(this.nameOf(apiKey));
      this.errors.set(apiKey, cell);
    }
    cell.value++;
  }
}
