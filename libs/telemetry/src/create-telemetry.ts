import { createLogger, type LoggingOptions } from "./logging";
import { createMetrics } from "./metrics";
import type { Telemetry } from "./telemetry";
import { noTracing, startTracing } from "./tracing";

export interface TelemetryOptions {
  /** The process's configuration: moldau.log.level, moldau.log.format, moldau.otlp.endpoint, moldau.trace.sample.ratio. */
  config: { string(key: string): string; number(key: string): number };
  /** As logs and traces name the process: `moldau-broker`. */
  service: string;
  nodeId: number;
  /** Where logs go; standard output without it. */
  file?: string;
}

export interface RunningTelemetry extends Telemetry {
  /** Sends what traces are left, for at most two seconds. */
  shutdown(): Promise<void>;
}

/** Logs, metrics and traces of a process. Traces cost nothing, not even loading, where no endpoint is configured. */
export function createTelemetry({ config, service, nodeId, file }: TelemetryOptions): RunningTelemetry {
  const endpoint = config.string("moldau.otlp.endpoint");
  const sampleRatio = config.number("moldau.trace.sample.ratio");
  const tracing = endpoint === "" ? noTracing : startTracing({ service, nodeId, endpoint, sampleRatio });
  const level = config.string("moldau.log.level");
  const format = config.string("moldau.log.format") as LoggingOptions["format"];
  return {
    log: createLogger({ service, nodeId, level, format, file }),
    metrics: createMetrics({ process: true }),
    tracing,
    shutdown: () => tracing.shutdown(),
  };
}

/** For tests of rooms that want telemetry: real metrics, silent logs, no traces. */
export function createTestTelemetry(): RunningTelemetry {
  return {
    log: createLogger({ service: "test", nodeId: 0, level: "silent", format: "json", destination: { write() {} } }),
    metrics: createMetrics(),
    tracing: noTracing,
    shutdown: () => Promise.resolve(),
  };
}
