import type { Logger } from "pino";
import { exportMetricsRequest } from "./otlp-metrics";
import type { ClientMetricsReceiver, Metrics } from "./telemetry";

export interface ClientMetricsReceiverOptions {
  /** Base address of an OTLP/HTTP receiver, e.g. http://127.0.0.1:4318. */
  otlpEndpoint: string;
  metrics: Metrics;
  log: Pick<Logger, "warn">;
}

export interface RunningClientMetricsReceiver extends ClientMetricsReceiver {
  /** Waits for what is under way, at most two seconds, and drops the rest. */
  shutdown(): Promise<void>;
}

/** Reports that wait for the collector; later ones are dropped and counted. Unit: bytes. */
const WAITING_BYTES_MAX = 16 * 1024 * 1024;
/** Requests to the collector at the same time. */
const CONCURRENCY = 4;
const REQUEST_MS = 10_000;
const SHUTDOWN_MS = 2_000;
const WARN_EVERY_MS = 60_000;

/**
 * Hands what clients report about themselves (KIP-714) on to an OTLP receiver over HTTP, each report as it came, with what the
 * gateway knows of the client as resource attributes. A collector that is slow or gone costs reports, never memory.
 */
export function startClientMetricsReceiver(options: ClientMetricsReceiverOptions): RunningClientMetricsReceiver {
  const base = options.otlpEndpoint.replace(/\/+$/, "").replace(/\/v1\/traces$/, "");
  const url = base.endsWith("/v1/metrics") ? base : `${base}/v1/metrics`;
  const outcomes = options.metrics.counter(
    "moldau_client_metrics_reports_total",
    "Reports of clients about themselves, by what became of them",
    ["outcome"],
  );
  const [sent, failed, dropped] = [outcomes.cell("sent"), outcomes.cell("failed"), outcomes.cell("dropped")];
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let warnedMs = -Infinity;

  const send = async (body: Uint8Array): Promise<void> => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body,
        signal: AbortSignal.timeout(REQUEST_MS),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      sent.value++;
    } catch (error) {
      failed.value++;
      const nowMs = performance.now();
      if (nowMs - warnedMs < WARN_EVERY_MS) return;
      warnedMs = nowMs;
      options.log.warn({ url, err: error }, "clients' metrics could not be handed on");
    }
  };
  const pump = (): void => {
    while (!stopped && underWay.size < CONCURRENCY && waiting.length > 0) {
      const body = waiting.shift()!;
      waitingBytes -= body.length;
      const task: Promise<void> = send(body).finally(() => {
        underWay.delete(task);
        pump();
      });
      underWay.add(task);
    }
  };

  return {
    receive(payload, attributes) {
      const body = exportMetricsRequest(payload, attributes);
      if (stopped || waitingBytes + body.length > WAITING_BYTES_MAX) {
        dropped.value++;
        return;
      }
      waiting.push(body);
      waitingBytes += body.length;
      pump();
    },
    async shutdown() {
      stopped = true;
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, SHUTDOWN_MS)));
      await Promise.race([Promise.all(underWay), deadline]);
      clearTimeout(timer);
    },
  };
}
