import { createRequire } from "node:module";
import pino, { type DestinationStream, type Logger } from "pino";
import type * as Pretty from "pino-pretty";
import { parseTraceparent } from "./traceparent";

export interface LoggingOptions {
  service: string;
  nodeId: number;
  /** pino's level names, or silent. */
  level: string;
  /** A file to append to; standard output without it. */
  file?: string;
  /** `auto`: pretty where standard output is a terminal and no file is given. */
  format: "auto" | "json" | "pretty";
  /** Takes the lines in place of file and standard output, for tests. */
  destination?: DestinationStream;
}

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

function destinationOf({ file, format }: LoggingOptions): DestinationStream {
  const pretty = format === "pretty" || (format === "auto" && file === undefined && process.stdout.isTTY);
  if (!pretty) return pino.destination({ dest: file ?? 1, mkdir: true, sync: true });
  const build = createRequire(__filename)("pino-pretty") as typeof Pretty.default;
  return build({
    destination: file ?? 1,
    mkdir: true,
    sync: true,
    colorize: file === undefined && process.stdout.isTTY,
    translateTime: "SYS:HH:MM:ss.l",
    ignore: "pid,service,instance",
  });
}

function withTraceIds(fields: Record<string, unknown>): Record<string, unknown> {
  const { traceparent, ...rest } = fields;
  const context = parseTraceparent(traceparent as string);
  return context ? { ...rest, trace_id: context.traceId, span_id: context.spanId } : rest;
}
