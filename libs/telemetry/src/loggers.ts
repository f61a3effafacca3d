import type { Logger } from "pino";

/** Levels as Kafka's tools name them (log4j), and as pino does. */
const levelNames: readonly (readonly [shown: string, own: string])[] = [
  ["TRACE", "trace"],
  ["DEBUG", "debug"],
  ["INFO", "info"],
  ["WARN", "warn"],
  ["ERROR", "error"],
  ["FATAL", "fatal"],
  ["OFF", "silent"],
];

/** The name of the logger that the others follow. Source: org.apache.kafka.server.logger.LoggingController. */
export const ROOT_LOGGER = "root";

/** The levels that a logger can be set to, as log4j names them. */
export const logLevels: readonly string[] = levelNames.slice(0, -1).map(([shown]) => shown);

interface NamedLogger {
  log: Logger;
  /** Set by itself, not taken from the root. */
  own: boolean;
  /** Those that were made below it, which took over its level when they were made. */
  below: WeakRef<Logger>[];
}

/** The loggers of a node by name, so that somebody can turn one up while the process runs. Levels are log4j's names. */
export class Loggers {
  readonly #root: Logger;
  readonly #named = new Map<string, NamedLogger>();

  constructor(parent: Logger, bindings: Readonly<Record<string, unknown>> = {}) {
    this.#root = parent.child(bindings);
  }

  /** The logger of that name, made now; its level follows the root's until it gets one of its own. */
  create(name: string, bindings: Readonly<Record<string, unknown>>): Logger {
    const log = this.#root.child(bindings);
    const named: NamedLogger = { log, own: false, below: [] };
    log.onChild = (child) => {
      named.below = named.below.filter((known) => known.deref() !== undefined);
      named.below.push(new WeakRef(child as unknown as Logger));
    };
    this.#named.set(name, named);
    return log;
  }

  /** Names and levels, the root first. */
  levels(): [name: string, level: string][] {
    const named = [...this.#named].map(([name, { log }]): [string, string] => [name, shown(log.level)]);
    return [[ROOT_LOGGER, shown(this.#root.level)], ...named];
  }

  has(name: string): boolean {
    return name === ROOT_LOGGER || this.#named.has(name);
  }

  /** Sets a level; undefined lets the logger follow the root again, which the root itself cannot. */
  set(name: string, level: string | undefined): void {
    if (name === ROOT_LOGGER) {
      if (level === undefined) return;
      this.#root.level = own(level);
      for (const named of this.#named.values()) if (!named.own) apply(named, this.#root.level);
      return;
    }
    const named = this.#named.get(name);
    if (named === undefined) return;
    named.own = level !== undefined;
    apply(named, level === undefined ? this.#root.level : own(level));
  }
}

function apply({ log, below }: NamedLogger, level: string): void {
  log.level = level;
  for (const reference of below) {
    const child = reference.deref();
    if (child !== undefined) child.level = level;
  }
}

function shown(level: string): string {
  return levelNames.find(([, own]) => own === level)?.[0] ?? level.toUpperCase();
}

function own(level: string): string {
  return levelNames.find(([shown]) => shown === level.toUpperCase())?.[1] ?? level.toLowerCase();
}
