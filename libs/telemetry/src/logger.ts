import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import pino, { type Logger } from "pino";

export interface LoggerOptions {
  level: string;
  file?: string;
  terminalLevel?: string;
  service?: string;
}

/** A pino logger: JSON, pretty where a person watches. Lines are written at once, so that a crash loses none. */
export function createLogger(options: LoggerOptions): { log: Logger; flush(): void } {
  const settings = {
    level: options.level,
    base: options.service === undefined ? null : { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: pino.stdSerializers.err },
  };
  if (options.level === "silent") return { log: pino(settings), flush: () => undefined };
  if (options.file === undefined) {
    const destination = process.stderr.isTTY ? pretty() : pino.destination({ dest: 2, sync: true });
    return { log: pino(settings, destination), flush: () => undefined };
  }
  mkdirSync(dirname(options.file), { recursive: true });
  const file = pino.destination({ dest: options.file, append: true, sync: true });
  const log =
    options.terminalLevel === undefined
      ? pino(settings, file)
      : pino(
          settings,
          pino.multistream([
            { level: options.level as pino.Level, stream: file },
            {
              level: options.terminalLevel as pino.Level,
              stream: process.stderr.isTTY ? pretty() : pino.destination({ dest: 2, sync: true }),
            },
          ]),
        );
  return { log, flush: () => file.flushSync() };
}

/** Loaded only where a terminal is watched: it costs start-up time and memory. */
function pretty(): pino.DestinationStream {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a lazy load in CommonJS
  const { build } = require("pino-pretty") as typeof import("pino-pretty");
  return build({ destination: 2, sync: true, ignore: "pid,hostname,service", translateTime: "SYS:HH:MM:ss.l" });
}
