import type { Logger } from "pino";
import { startClientMetricsReceiver } from "./client-metrics-receiver";
import { createLogger } from "./logging";
import { createMetrics } from "./metrics";
import type { Telemetry } from "./telemetry";
import { noTracing, startTracing } from "./tracing";

export interface TelemetryOptions {
  /** The process's configuration: moldau.log.level, moldau.otlp.endpoint, moldau.trace.sample.ratio. */
  config: { string(key: string): string; number(key: string): number };
  /** Name of the program in logs and traces, e.g. moldau-broker. */
  service: string;
  nodeId: number;
  /** Where log lines go as JSON; undefined means standard error, pretty on a terminal. */
  file?: string;
  /** With `file`: what a person at the terminal sees beside it; nothing where undefined. */
  terminalLevel?: string;
}

/** Telemetry with an end. */
export interface OwnedTelemetry extends Telemetry {
  /** Sends what traces and reports of clients are left, for at most two seconds. */
  shutdown(): Promise<void>;
}

/** Logs, metrics and traces of one process. Traces cost nothing, not even loading, where no endpoint is configured. */
export function createTelemetry({ config, service, nodeId, file, terminalLevel }: TelemetryOptions): OwnedTelemetry {
  const otlpEndpoint = config.string("moldau.otlp.endpoint");
  const sampleRatio = config.number("moldau.trace.sample.ratio");
  const tracing = otlpEndpoint === "" ? noTracing : startTracing({ service, nodeId, otlpEndpoint, sampleRatio });
  const log = createLogger({ service, nodeId, level: config.string("moldau.log.level"), file, terminalLevel });
  const metrics = createMetrics({ process: true });
  const clientMetrics = otlpEndpoint === "" ? undefined : startClientMetricsReceiver({ otlpEndpoint, metrics, log });
  return {
    log,
    metrics,
    tracing,
    clientMetrics,
    shutdown: async () => void (await Promise.all([tracing.shutdown(), clientMetrics?.shutdown()])),
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
