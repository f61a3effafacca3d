import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { type ClusterShape, splitOption, UsageError } from "@moldau/host";

/** Everything `moldau up` understands, after defaults. */
export interface UpArguments extends ClusterShape {
  adminPort: number;
  restart: "always" | "never";
  configFile: string | undefined;
}

function wholeNumber(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`give a whole number from ${minimum} to ${maximum}.`);
    }
    return value;
  };
}

/**
 * Parses the arguments of `moldau up`; undefined after help was printed.
 * @throws UsageError with one line that says what to do
 */
export function parseUpArguments(args: readonly string[]): UpArguments | undefined {
  const instances = wholeNumber(0, 99);
  let message = "";
  const command = new Command("moldau up")
    .description("Runs a local cluster: one process with all roles, or each role in a process of its own.")
    .option("--split", "each role instance is its own operating-system process", false)
    .addOption(new Option("--controllers <n>", "controllers: 1, 3 or 5").argParser(wholeNumber(1, 5)).default(1))
    .addOption(new Option("--brokers <n>", "storage brokers, node ids 1…n").argParser(wholeNumber(1, 99)).default(1))
    .addOption(new Option("--coordinators <n>", "group coordinators").argParser(wholeNumber(1, 99)).default(1))
    .addOption(
      new Option("--gateways <n>", "protocol gateways (with --advertise ports)").argParser(instances).default(1),
    )
    .option("--data <dir>", "data directory", "./data")
    .addOption(
      new Option("--port <p>", "bootstrap port; 0 lets the system choose")
        .argParser(wholeNumber(0, 65535))
        .default(9092),
    )
    .addOption(
      new Option("--admin-port <p>", "port of /readyz, /livez and /metrics")
        .argParser(wholeNumber(0, 65535))
        .default(9644),
    )
    .addOption(
      new Option(
        "--advertise <policy>",
        "self: each broker is its own door; ports: gateways stand apart (default with --split)",
      ).choices(["self", "ports"]),
    )
    .option("--racks <names>", "broker.rack of the brokers, in turn, e.g. a,b,c")
    .addOption(
      new Option("--restart <when>", "start a dead child again").choices(["always", "never"]).default("always"),
    )
    .option("-o, --option <key=value...>", "a configuration key for every role, e.g. -o num.partitions=3")
    .option("--config <file>", "configuration for every role: .properties or YAML")
    .addHelpText(
      "after",
      `
Examples:
  moldau up                                      one process, bootstrap 127.0.0.1:9092, data in ./data
  moldau up --split --brokers 3 --gateways 2     a process for each role
  moldau up --port 19092 -o num.partitions=6     other port, six partitions for new topics`,
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (message += text), outputError: () => undefined });
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    const { code, message: said } = error as { code?: string; message: string };
    if (code === "commander.helpDisplayed" || code === "commander.help") return undefined;
    throw new UsageError(`${said.replace(/^error: /, "").replaceAll("\n", " ")}; see moldau up --help`);
  }
  const given = command.opts<{
    split: boolean;
    controllers: number;
    brokers: number;
    coordinators: number;
    gateways: number;
    data: string;
    port: number;
    adminPort: number;
    advertise?: "self" | "ports";
    racks?: string;
    restart: "always" | "never";
    option?: string[];
    config?: string;
  }>();
  return {
    split: given.split,
    controllers: given.controllers,
    brokers: given.brokers,
    coordinators: given.coordinators,
    gateways: given.gateways,
    dataDir: resolve(given.data),
    port: given.port,
    adminPort: given.adminPort,
    advertise: given.advertise ?? (given.split || given.gateways > 1 ? "ports" : "self"),
    racks: given.racks?.split(",").filter(Boolean) ?? [],
    restart: given.restart,
    configFile: given.config,
    overrides: new Map((given.option ?? []).map(splitOption)),
  };
}
