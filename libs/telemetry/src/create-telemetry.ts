import { type Logger } from "pino";
import { createLogger } from "./logger";
import { PromMetrics } from "./prom-metrics";
import type { Metrics, Telemetry, Tracing } from "./telemetry";
import { startTracing } from "./tracing";

export interface TelemetryOptions {
  /** Name of the program in traces, e.g. moldau-broker. */
  service: string;
  nodeId: number;
  /** trace, debug, info, warn, error, fatal or silent. */
  level: string;
  /** Where log lines go as JSON; undefined means standard error, pretty on a terminal. */
  file?: string;
  /** With `file`: what a person at the terminal sees beside it; nothing where undefined. */
  terminalLevel?: string;
  /** Base URL of an OTLP/HTTP collector; empty means that nothing is traced, at no cost. */
  otlpEndpoint: string;
  /** Share of requests that are traced, 0 to 1. */
  sampleRatio: number;
}

/** Telemetry with an end: what is buffered is written out. */
export interface OwnedTelemetry extends Telemetry {
  shutdown(): Promise<void>;
}

/** Logs, metrics and traces of one process. */
export function createTelemetry(options: TelemetryOptions): OwnedTelemetry {
  const logger = createLogger(options);
  const tracing = startTracing(options);
  return {
    log: logger.log,
    metrics: new PromMetrics(),
    tracing,
    async shutdown() {
      await tracing.shutdown();
      logger.flush();
    },
  };
}

const noTracing: Tracing = { start: () => undefined };

/** For tests: metrics work, nothing is logged or traced. Lines can be had by passing a log. */
export function createTestTelemetry(log?: Logger): Telemetry {
  const metrics: Metrics = new PromMetrics();
  return { log: log ?? createLogger({ level: "silent" }).log, metrics, tracing: noTracing };
}
