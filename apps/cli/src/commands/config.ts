import type { ConfigEntry, ConfigResourceName } from "@moldau/client";
import { type Command, Option } from "commander";
import { CliError, usageError } from "../errors";
import { withConfigKeys } from "../nearest";
import { parseConfigs } from "../parse-options";
import { table } from "../render";
import { examples, type Session } from "../session";

const types = ["topic", "broker", "broker-logger", "group", "client-metrics"] as const;

/** Where a value comes from, in words. */
const sources: ReadonlyMap<number, string> = new Map([
  [1, "topic"],
  [2, "this broker"],
  [3, "all brokers"],
  [4, "its file"],
  [5, "default"],
  [6, "logger"],
  [7, "client metrics"],
  [8, "group"],
]);

/** The word for the default of all brokers, which Kafka names by an empty string. */
const ALL_BROKERS = "all";

export function configCommands(parent: Command, session: Session): void {
  listCommand(parent, session);
  describeCommand(parent, session);
  changeCommands(parent, session);
}

function listCommand(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list what has a configuration of its own, or may have one")
    .addOption(new Option("--type <type>", "only of this type").choices(types))
    .addHelpText("after", examples([["moldau config list --type client-metrics", "what clients are asked to report"]]))
    .action(async ({ type }: { type?: (typeof types)[number] }) => {
      const resources = await session.withAdmin((admin) => admin.listConfigResources(type && [type]));
      const data = resources.map((each) => ({ type: each.type, name: shownName(each) }));
      await session.print({
        data,
        text: () =>
          table(
            ["TYPE", "NAME"],
            data.map((each) => [each.type, each.name]),
          ),
      });
    });
}

function describeCommand(parent: Command, session: Session): void {
  parent
    .command("describe")
    .description("show a configuration: what is in force and where it comes from")
    .argument("<type>", types.join(", "))
    .argument("<name>", `its name; a broker's is its id, ${ALL_BROKERS} the default of all brokers`)
    .option("--all", "defaults too")
    .option("--key <key>", "only this key, with what it means")
    .addHelpText(
      "after",
      examples([
        ["moldau config describe topic orders", "what was set"],
        [
          "moldau config describe topic orders --key retention.ms",
          "one key, with its meaning and everything behind it",
        ],
        ["moldau config describe broker 1 --all", "everything"],
      ]),
    )
    .action((type: string, name: string, options: { all?: boolean; key?: string }) =>
      describe(session, resourceOf(type, name), options),
    );
}

function changeCommands(parent: Command, session: Session): void {
  const changing = (name: string, description: string, what: string, meaning: string): Command =>
    parent
      .command(name)
      .description(description)
      .argument("<type>", types.join(", "))
      .argument("<name>", `its name; a broker's is its id, ${ALL_BROKERS} the default of all brokers`)
      .argument(what, meaning)
      .option("--dry-run", "let the cluster check it, change nothing");
  changing("set", "set configuration keys", "<key=value...>", "values; the other keys stay as they are")
    .addHelpText(
      "after",
      examples([
        ["moldau config set topic orders retention.ms=86400000", "keep a day"],
        ["moldau config set broker all log.retention.ms=172800000", "for topics without their own, at once"],
        ["moldau config set broker-logger 1 moldau.broker=debug", "more in the log of broker 1"],
      ]),
    )
    .action((type: string, name: string, pairs: string[], options: { dryRun?: boolean }) =>
      change(session, resourceOf(type, name), parseConfigs(pairs), options),
    );
  changing("unset", "go back to what is in force without these keys", "<key...>", "keys")
    .addHelpText("after", examples([["moldau config unset topic orders retention.ms", "the cluster's default again"]]))
    .action((type: string, name: string, keys: string[], options: { dryRun?: boolean }) =>
      change(session, resourceOf(type, name), Object.fromEntries(keys.map((key) => [key, null])), options),
    );
}

function resourceOf(type: string, name: string): ConfigResourceName {
  const known = types.find((each) => each === type);
  if (known === undefined) throw usageError(`${type} has no configuration; what has: ${types.join(", ")}`);
  if (known === "broker" && name === ALL_BROKERS) return { type: known, name: "" };
  if ((known === "broker" || known === "broker-logger") && !/^\d+$/.test(name)) {
    throw usageError(
      `${name} is no broker; one is named by its id${known === "broker" ? `, all by ${ALL_BROKERS}` : ""}`,
    );
  }
  return { type: known, name };
}

const shownName = ({ type, name }: ConfigResourceName): string =>
  type === "broker" && name === "" ? ALL_BROKERS : name;

async function describe(
  session: Session,
  resource: ConfigResourceName,
  options: { all?: boolean; key?: string },
): Promise<void> {
  const entries = await session.withAdmin((admin) => admin.describeConfigs(resource));
  if (options.key !== undefined) return describeKey(session, resource, entries, options.key);
  const shown = options.all ? entries : entries.filter(({ isDefault, source }) => !isDefault && source !== 4);
  const data = shown.map(dataOf).sort((a, b) => (a.key < b.key ? -1 : 1));
  await session.print({
    data,
    text: () =>
      data.length === 0
        ? `nothing was set on ${resource.type} ${shownName(resource)}; --all shows the defaults`
        : table(
            ["KEY", "VALUE", "FROM"],
            data.map(({ key, value, from }) => [key, value ?? undefined, from]),
          ),
  });
}

async function describeKey(
  session: Session,
  resource: ConfigResourceName,
  entries: readonly ConfigEntry[],
  key: string,
): Promise<void> {
  const entry = entries.find(({ name }) => name === key);
  if (entry === undefined) {
    throw new CliError(`${resource.type} ${shownName(resource)} has no key ${key}; --all shows those that it has`);
  }
  const synonyms = entry.synonyms.map(({ name, value, source }) => ({
    key: name,
    value,
    from: sources.get(source) ?? "",
  }));
  await session.print({
    data: { ...dataOf(entry), documentation: entry.documentation, readOnly: entry.readOnly, synonyms },
    text: async () =>
      [
        `${key}=${entry.value ?? (entry.sensitive ? "(hidden)" : "")}`,
        ...(entry.documentation ? [entry.documentation] : []),
        ...(entry.readOnly ? ["Can only be changed in the file, with a restart."] : []),
        ...(synonyms.length === 0
          ? []
          : [
              "",
              await table(
                ["KEY", "VALUE", "FROM"],
                synonyms.map(({ key: name, value, from }) => [name, value ?? undefined, from]),
              ),
            ]),
      ].join("\n"),
  });
}

function dataOf({ name, value, source }: ConfigEntry): { key: string; value: string | null; from: string } {
  return { key: name, value, from: sources.get(source) ?? `source ${source}` };
}

async function change(
  session: Session,
  resource: ConfigResourceName,
  changes: Readonly<Record<string, string | null>>,
  { dryRun = false }: { dryRun?: boolean },
): Promise<void> {
  await session.withAdmin((admin) => {
    const alter = () => admin.alterConfigs(resource, changes, { validateOnly: dryRun });
    return resource.type === "topic" ? withConfigKeys(Object.keys(changes), alter) : alter();
  });
  const said = Object.entries(changes).map(([key, value]) => (value === null ? `${key} unset` : `${key}=${value}`));
  await session.print({
    data: { type: resource.type, name: shownName(resource), changes, dryRun },
    text: () =>
      `${dryRun ? "would be changed" : "changed"} on ${resource.type} ${shownName(resource)}: ${said.join(", ")}`,
  });
}
