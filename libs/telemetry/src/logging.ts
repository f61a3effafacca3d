import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import pino, { type DestinationStream, type Level, type Logger } from "pino";
import type * as Pretty from "pino-pretty";
import { parseTraceparent } from "./traceparent";

export interface LoggingOptions {
  /** As every line names the process: `moldau-broker`. */
  service: string;
  nodeId: number;
  /** trace, debug, info, warn, error, fatal or silent. */
  level: string;
  /** A file to append JSON lines to; standard error without it, pretty where that is a terminal. */
  file?: string;
  /** With `file`: from which level on a person at the terminal sees lines as well; none where undefined. */
  terminalLevel?: string;
  /** Takes the lines in place of file and standard error, for tests. */
  destination?: DestinationStream;
}

const STDERR = 2;

/**
 * One JSON line an event. A `traceparent` field is written as trace_id and span_id, the names that log stores join traces
 * by. Lines are written synchronously: a crash loses none, and hot paths log nothing.
 */
export function createLogger(options: LoggingOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, instance: options.nodeId, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => (typeof fields["traceparent"] === "string" ? withTraceIds(fields) : fields),
      },
    },
    options.destination ?? destinationOf(options),
  );
}

function destinationOf({ level, file, terminalLevel }: LoggingOptions): DestinationStream {
  if (level === "silent") return { write: () => undefined };
  if (file === undefined) return terminal();
  mkdirSync(dirname(file), { recursive: true });
  const stream = pino.destination({ dest: file, append: true, sync: true });
  if (terminalLevel === undefined) return stream;
  return pino.multistream([
    // Whatever its loggers let through: their levels may change while the process runs.
    { level: "trace", stream },
    { level: terminalLevel as Level, stream: terminal() },
  ]);
}

/** pino-pretty is loaded only where a terminal is watched: it costs start-up time and memory. */
function terminal(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination({ dest: STDERR, sync: true });
  const { build } = createRequire(__filename)("pino-pretty") as typeof Pretty;
  return build({
    destination: STDERR,
    sync: true,
    colorize: true,
    translateTime: "SYS:HH:MM:ss.l",
    ignore: "pid,service,instance",
  });
}

function withTraceIds(fields: Record<string, unknown>): Record<string, unknown> {
  const { traceparent, ...rest } = fields;
  const context = parseTraceparent(traceparent as string);
  return context ? { ...rest, trace_id: context.traceId, span_id: context.spanId } : rest;
}
