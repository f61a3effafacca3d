import type { Logger } from "pino";
import { createLogger } from "./logging";
import { createMetrics } from "./metrics";
import type { Telemetry } from "./telemetry";
import { noTracing, startTracing } from "./tracing";

export interface TelemetryOptions {
  /** Name of the program in logs and traces, e.g. moldau-broker. */
  service: string;
  nodeId: number;
  /** trace, debug, info, warn, error, fatal or silent. */
  level: string;
  /** Where log lines go as JSON; undefined means standard error, pretty on a terminal. */
  file?: string;
  /** With `file`: what a person at the terminal sees beside it; nothing where undefined. */
  terminalLevel?: string;
  /** Base URL of an OTLP/HTTP receiver; empty means that nothing is traced, at no cost. */
  otlpEndpoint: string;
  /** Share of requests that are traced, 0 to 1. */
  sampleRatio: number;
}

/** Telemetry with an end. */
export interface OwnedTelemetry extends Telemetry {
  /** Sends what traces are left, for at most two seconds. */
  shutdown(): Promise<void>;
}

/** Logs, metrics and traces of one process. */
export function createTelemetry(options: TelemetryOptions): OwnedTelemetry {
  const tracing = options.otlpEndpoint === "" ? noTracing : startTracing(options);
  return {
    log: createLogger(options),
    metrics: createMetrics({ process: true }),
    tracing,
    shutdown: () => tracing.shutdown(),
  };
}

/** For tests: metrics work, nothing is logged or traced. Lines can be had by passing a log. */
export function createTestTelemetry(log?: Logger): OwnedTelemetry {
  return {
    log: log ?? createLogger({ service: "test", nodeId: 0, level: "silent" }),
    metrics: createMetrics(),
    tracing: noTracing,
    shutdown: () => Promise.resolve(),
  };
}
