import type { Logger, Metrics, Telemetry } from "@moldau/telemetry";

/** One line that a role logged. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Log lines go to `onLine`, debug lines included; nothing is measured or traced. */
export function simulatedTelemetry(onLine: (line: LogLine) => void): Telemetry {
  return { log: loggerTo(onLine, {}), metrics: unread(), tracing: { start: () => undefined } };
}

/**
 * Takes what is counted and keeps nothing: nobody asks. One a process: roles remember what they registered by it, so a shared
 * one would hold every cluster that was ever simulated.
 */
function unread(): Metrics {
  return {
    counter: () => ({ cell: () => ({ value: 0 }) }),
    gauge: () => undefined,
    histogram: () => ({ of: () => ({ observe: () => undefined }) }),
    forget: () => undefined,
    render: () => Promise.resolve(""),
  };
}

function loggerTo(onLine: (line: LogLine) => void, bound: Record<string, unknown>): Logger {
  const level = (name: string) => (first: unknown, second?: unknown) => {
    const fields = typeof first === "object" && first !== null ? (first as Record<string, unknown>) : {};
    const message = typeof first === "string" ? first : typeof second === "string" ? second : "";
    onLine({ level: name, message, fields: { ...bound, ...fields } });
  };
  const logger = {
    level: "debug",
    trace: () => undefined,
    debug: level("debug"),
    info: level("info"),
    warn: level("warn"),
    error: level("error"),
    fatal: level("fatal"),
    child: (more: Record<string, unknown>) => loggerTo(onLine, { ...bound, ...more }),
    isLevelEnabled: () => true,
  };
  return logger as unknown as Logger;
}
