import { parseArgs } from "node:util";
import type { Scale } from "./plan";
import { type Kind, kindNames } from "./systems/catalog";

export interface Options {
  scale: Scale;
  kinds: Kind[];
  /** Names of workloads; undefined: all of the plan. */
  workloads: string[] | undefined;
  brokers: (1 | 3)[];
  rounds: number | undefined;
  /** Where the table, the JSON and the plots go; undefined: only the table, to the terminal. */
  out: string | undefined;
  /** Draw this JSON again instead of measuring. */
  render: string | undefined;
  profiles: string | undefined;
  dataDir: string | undefined;
  port: number;
  list: boolean;
}

export const usage = `Measures Moldau in its shapes against Apache Kafka, in turn on this machine, and says which goals are met.

  --quick              what the goals need, in less than 5 minutes (otherwise everything, about 25 minutes)
  --smoke              every step once and tiny: whether the instrument works
  --systems LIST       of ${kindNames.join(", ")} (default: all of them); a system that cannot be measured here is named
  --workloads LIST     only these; --list names them
  --brokers 1|3|1,3    clusters of one broker, of three with three replicas, or both (default 1,3)
  --rounds N           pairs of each point (default 5; with --quick 3)
  --out DIR            write results.json, README.md and SVG plots there
  --render FILE        measure nothing; draw the plots and the table of an earlier results.json again (with --out)
  --cpu-prof DIR       CPU profiles of Moldau's processes during every run, a flame graph (SVG) beside each, and where their
                       time goes
  --list               the workloads and points of the plan
  --data DIR           where the systems keep their logs (default: the system's temporary folder)
  --port P             first of the ports; the next 600 and those 10,000 above are used, too (default 19100)
  -h, --help

Sub-commands with options of their own (--help):
  npm run bench -- groups       many groups on one coordinator, takeover of another one
  npm run bench -- compaction   what clients notice while a log is compacted

Examples:
  npm run bench -- --quick
  npm run bench -- --out docs/bench
  npm run bench -- --systems one,kafka --workloads produce,consume --brokers 1 --rounds 3
  npm run bench -- --systems one --workloads produce --cpu-prof /tmp/profiles
  npm run bench -- --render docs/bench/results.json --out docs/bench`;

/** @throws Error that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      smoke: { type: "boolean", default: false },
      systems: { type: "string", default: kindNames.join(",") },
      workloads: { type: "string" },
      brokers: { type: "string", default: "1,3" },
      rounds: { type: "string" },
      out: { type: "string" },
      render: { type: "string" },
      "cpu-prof": { type: "string" },
      list: { type: "boolean", default: false },
      data: { type: "string" },
      port: { type: "string", default: "19100" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  return {
    scale: values.smoke ? "smoke" : values.quick ? "quick" : "full",
    kinds: values.systems.split(",").map((name) => oneOf("--systems", kindNames, name)),
    workloads: values.workloads?.split(","),
    brokers: values.brokers.split(",").map((count) => (oneOf("--brokers", ["1", "3"], count) === "1" ? 1 : 3)),
    rounds: values.rounds === undefined ? undefined : wholeNumber("--rounds", values.rounds, 1),
    out: values.out,
    render: values.render,
    profiles: values["cpu-prof"],
    dataDir: values.data,
    port: wholeNumber("--port", values.port, 1_024),
    list: values.list,
  };
}

function oneOf<T extends string>(option: string, known: readonly T[], name: string): T {
  const found = known.find((each) => each === name);
  if (found === undefined) throw new Error(`${option}: "${name}" is none of ${known.join(", ")}`);
  return found;
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`${option}: "${text}" is no whole number from ${least}`);
  return value;
}
