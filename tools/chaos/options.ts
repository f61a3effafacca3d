// What `npm run chaos` understands.
import { parseArgs } from "node:util";

/** Kinds of faults, in the order of the tables. */
export const faultClasses = [
  "kill",
  "pause",
  "partition",
  "disk-full",
  "disk-error",
  "power-cut",
  "clock",
  "client",
  "membership",
] as const;
export type FaultClass = (typeof faultClasses)[number];

export interface ChaosOptions {
  /** How long faults are injected, minutes; healing and final reads come on top. */
  minutes: number;
  faults: readonly FaultClass[];
  seed: number;
  transactions: boolean;
  durability: "fsync" | "os";
  /** Where history, logs and data stay; undefined: a temporary directory, kept where something was violated. */
  keep: string | undefined;
  mutant: string | undefined;
  /** Operations a second of all clients together. */
  rate: number;
  /** Number of leaders to kill; undefined: a run with a fault schedule. */
  failover: number | undefined;
  how: "kill" | "vanish";
  /** Partitions of the topic of `--failover`. */
  partitions: number;
  /** First port where namespaces cannot be had. */
  port: number;
  overrides: readonly string[];
  cleanOnly: boolean;
}

/** An argument cannot be used: one line, exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

export const help = `Real faults against a split cluster of 10 processes (3 controllers, 3 brokers, 2 coordinators, 2 gateways) under
load of clients in processes of their own; their history is recorded and checked.

  --minutes M          how long faults are injected (default 5); healing and final reads come on top
  --faults a,b         out of ${faultClasses.join(", ")} (default all);
                       what this machine does not allow is reported as SKIPPED, by name
  --seed S             of the schedule (default: the time; it is printed)
  --rate N             operations a second of all clients together (default 100)
  --txn                also transactional producers and read_committed consumers (clients of librdkafka)
  --durability MODE    os (default; one storage node at a time loses power) or fsync (any of them, all of them)
  --failover N         instead: kill -9 the leader of a partition N times and measure until the next acknowledged write
  --how kill|vanish    with --failover: vanish drops every packet of the machine first, so that no reset arrives
  --partitions N       with --failover: partitions of the topic, measured until every one is writable again (default 1)
  --mutant NAME        bundles the product with a planted fault (npm run mutants lists them)
  -o key=value         one configuration key of every node
  --keep DIR           keep history, logs and data there; otherwise they are kept only after a violation
  --port P             first port where there are no network namespaces (default 43000)
  --clean              only remove what a crashed run has left behind (namespaces, mounts, processes)

Exit status: 0 no violation, 1 a violation or no recovery, 2 the run could not start.

Examples:
  npm run chaos -- --minutes 5
  npm run chaos -- --minutes 2 --faults kill,partition --seed 7
  npm run chaos -- --minutes 5 --faults power-cut --durability fsync --keep /tmp/chaos
  npm run chaos -- --failover 50
  npm run chaos -- --failover 10 --how vanish`;

/**
 * Parses the arguments; undefined where help was asked for.
 * @throws UsageError with one line that says what to do
 */
export function parseOptions(args: readonly string[], nowMs: number): ChaosOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  return {
    minutes: positive("--minutes", values.minutes),
    faults: parseFaults(values.faults),
    seed: values.seed === undefined ? Math.floor(nowMs / 1000) % 1_000_000 : whole("--seed", values.seed, 0),
    transactions: values.txn,
    durability: oneOf("--durability", values.durability, ["os", "fsync"] as const),
    keep: values.keep,
    mutant: values.mutant,
    rate: positive("--rate", values.rate),
    failover: values.failover === undefined ? undefined : whole("--failover", values.failover, 1),
    how: oneOf("--how", values.how, ["kill", "vanish"] as const),
    partitions: whole("--partitions", values.partitions, 1),
    port: whole("--port", values.port, 1024),
    overrides: values.option.map((item) => {
      if (item.indexOf("=") < 1) throw new UsageError(`-o ${item}: give it as key=value`);
      return item;
    }),
    cleanOnly: values.clean,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: "string", default: "5" },
        faults: { type: "string", default: faultClasses.join(",") },
        seed: { type: "string" },
        rate: { type: "string", default: "100" },
        txn: { type: "boolean", default: false },
        durability: { type: "string", default: "os" },
        failover: { type: "string" },
        how: { type: "string", default: "kill" },
        partitions: { type: "string", default: "1" },
        mutant: { type: "string" },
        option: { type: "string", short: "o", multiple: true, default: [] },
        keep: { type: "string" },
        port: { type: "string", default: "43000" },
        clean: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
      strict: true,
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; see npm run chaos -- --help`);
  }
}

function parseFaults(text: string): FaultClass[] {
  const names = text.split(",").filter((name) => name !== "");
  const unknown = names.find((name) => !(faultClasses as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--faults: "${unknown}" is none of ${faultClasses.join(", ")}`);
  }
  return faultClasses.filter((name) => names.includes(name));
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new UsageError(`${option} ${text}: give a number above 0`);
  return value;
}

function whole(option: string, text: string, minimum: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum) {
    throw new UsageError(`${option} ${text}: give a whole number from ${minimum} on`);
  }
  return value;
}

function oneOf<const T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${option} ${text}: give ${choices.join(" or ")}`);
  return found;
}
