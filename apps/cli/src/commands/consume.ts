import { Option, type Command } from "commander";
import type { Admin, Consumer, ConsumerOptions } from "@moldau/client";
import { consumeLoop, type ConsumeRun } from "../consume-loop";
import { CliError, usageError } from "../errors";
import { compileFormat, formatVerbs, type RecordFormat } from "../format-record";
import { withTopic } from "../nearest";
import { partitionName } from "../offsets";
import { collect, parsePartitions, wholeNumber } from "../parse-options";
import { startProgress } from "../progress";
import { jsonFormat, writeRecords, yamlFormat } from "../record-writer";
import { examples, type Session } from "../session";
import { parseStart, startOffset, type Start } from "../start-offset";

interface Options {
  group?: string;
  groupProtocol: "classic" | "consumer";
  offset: string;
  partition?: string[];
  exit?: boolean;
  count?: number;
  format?: string;
  json?: boolean;
  keyDelimiter?: string;
  printNull?: boolean;
  isolation: "read_uncommitted" | "read_committed";
}

export function consume(parent: Command, session: Session): void {
  parent
    .command("consume")
    .description("print the records of a topic")
    .argument("<topic>", "name")
    .option("-g, --group <group>", "as a member of this group: go on where it was, commit what was printed")
    .addOption(
      new Option(
        "--group-protocol <protocol>",
        "with -g: consumer is the new kind, whose coordinator assigns (KIP-848)",
      )
        .choices(["classic", "consumer"])
        .default("classic"),
    )
    .option(
      "-o, --offset <offset>",
      "beginning, end, N, -N (so many before the end), s@MS (from a time); with -g: where nothing was committed",
      "beginning",
    )
    .option("-p, --partition <n,...>", "only these partitions; may be repeated", collect)
    .option("-e, --exit", "end when everything that is there now was printed")
    .option("-c, --count <n>", "end after so many records", wholeNumber("-c", 1))
    .option("-f, --format <format>", "how a record is printed, in kcat's verbs (below)")
    .option("-J, --json", "one JSON object a record, in kcat's envelope; the same as --output json")
    .option("-K, --key-delimiter <text>", "print key and delimiter before the value")
    .option("-Z, --print-null", "print NULL for null keys and values")
    .addOption(
      new Option("--isolation <level>", "whether records of open and aborted transactions are printed")
        .choices(["read_uncommitted", "read_committed"])
        .default("read_uncommitted"),
    )
    .addHelpText("after", verbsText())
    .addHelpText(
      "after",
      examples([
        ["moldau consume orders -e", "everything there is"],
        ["moldau consume orders -o end", "what comes from now on; Ctrl-C ends"],
        ["moldau consume orders -o -10 -e", "the last ten of each partition"],
        ["moldau consume orders -g billing -c 100", "the group's next hundred, committed"],
        ["moldau consume orders -g billing --group-protocol consumer", "the same in a group of the new kind"],
        ["moldau consume orders -f '%t [%p] at %o: %k = %s\\n'", "with topic, partition, offset and key"],
        ["moldau consume orders -J -e | jq .payload", "for a script"],
      ]),
    )
    .action((topic: string, options: Options) => run(session, topic, options));
}

function verbsText(): string {
  return `\nFormat verbs:\n${formatVerbs.map(([verb, meaning]) => `  ${verb.padEnd(20)} ${meaning}`).join("\n")}`;
}

async function run(session: Session, topic: string, options: Options): Promise<void> {
  const { terminal } = session;
  const start = parseStart(options.offset);
  const format = await formatOf(session, options);
  const partitions = options.partition && parsePartitions(options.partition);
  if (options.group === undefined && options.groupProtocol !== "classic") throw usageError("--group-protocol needs -g");
  if (options.group !== undefined) checkGroupOptions(start, partitions);
  else if (start.kind === "stored") throw usageError("--offset stored is what a group committed; name it with -g");

  const interrupted = terminal.interrupted();
  const client = await session.connect();
  const opened = await session.withAdmin((admin) => plan(admin, topic, { ...options, start, partitions }));
  // Nothing to wait for: everything that there is lies before the start.
  if (opened.kind === "assigned" && options.exit && opened.total === 0) return;

  const { bootstrap, timeoutMs } = session.settings();
  let joined = false;
  const consumer = client.createConsumer({
    bootstrap,
    clientId: "moldau-cli",
    timeoutMs,
    groupId: options.group,
    groupProtocol: options.groupProtocol,
    offsetReset: offsetReset(start),
    isolation: options.isolation,
    onAssigned: () => (joined = true),
    // What was printed since the last commit must not come again with the partition's next owner.
    onRevoked: () => (options.group === undefined ? undefined : consumer.commit()),
  });
  const total = Math.min(
    options.count ?? Infinity,
    opened.kind === "assigned" && options.exit ? opened.total : Infinity,
  );
  let commit = false;
  try {
    await open(consumer, topic, opened);
    const progress = await startProgress(terminal.notes, {
      what: `consume ${topic}`,
      // A bar between printed records would help nobody.
      total: Number.isFinite(total) && !terminal.output.isTerminal ? total : undefined,
      unit: "records",
    });
    try {
      const { ended } = await consumeLoop({
        consumer,
        write: (records) => writeRecords(terminal.output, records, format),
        count: options.count,
        end: endOf(options, opened),
        commitIntervalMs: options.group === undefined ? undefined : 1000,
        joined: () => joined,
        interrupted,
        gone: terminal.output.gone,
        nowMs: () => terminal.nowMs(),
        onProgress: (records) => progress.update(records),
      });
      // What a reader that went away did not take comes again.
      commit = options.group !== undefined && ended !== "reader-gone";
    } finally {
      progress.stop();
    }
  } finally {
    await consumer.close({ commit });
  }
}

function checkGroupOptions(start: Start, partitions: readonly number[] | undefined): void {
  if (partitions) throw usageError("with -g the group spreads the partitions; leave out -p or -g");
  if (start.kind !== "beginning" && start.kind !== "end" && start.kind !== "stored") {
    throw usageError(
      "with -g reading starts where the group was; --offset is beginning or end, for where it never was",
    );
  }
}

function offsetReset(start: Start): ConsumerOptions["offsetReset"] {
  return start.kind === "end" ? "latest" : start.kind === "stored" ? "none" : "earliest";
}

async function formatOf(session: Session, options: Options): Promise<RecordFormat> {
  const { output } = session.settings();
  const structured = options.json || output === "json" ? "json" : output === "yaml" ? "yaml" : undefined;
  if (structured && (options.format !== undefined || options.keyDelimiter !== undefined)) {
    throw usageError(`-f and -K are for text; leave them out with ${structured === "json" ? "JSON" : "YAML"} output`);
  }
  if (structured === "json") return jsonFormat;
  if (structured === "yaml") return yamlFormat();
  const withKey = options.keyDelimiter === undefined ? "" : `%k${options.keyDelimiter.replaceAll("%", "%%")}`;
  return compileFormat(options.format ?? `${withKey}%s\\n`, { nullText: options.printNull ? "NULL" : "" });
}

type Plan =
  | { kind: "group" }
  | {
      kind: "assigned";
      starts: { topic: string; partition: number; offset: number }[];
      ends: ReadonlyMap<string, number>;
      /** Offsets between starts and ends: the records there are at most. */
      total: number;
    };

/** What to read, from where, to where: asked once, so that `-e` has a fixed end however fast others write. */
async function plan(
  admin: Admin,
  topic: string,
  options: Pick<Options, "group" | "isolation"> & { start: Start; partitions: readonly number[] | undefined },
): Promise<Plan> {
  const [described] = await withTopic(admin, topic, () => admin.describeTopics([topic]), "create");
  const { group, start, isolation } = options;
  if (group !== undefined || start.kind === "stored") return { kind: "group" };
  const all = (described?.partitions ?? []).map(({ partition }) => partition).sort((a, b) => a - b);
  const unknown = options.partitions?.find((partition) => !all.includes(partition));
  if (unknown !== undefined) {
    throw new CliError(`topic ${topic} has no partition ${unknown}; it has 0 to ${all.length - 1}`);
  }
  const partitions = (options.partitions ?? all).map((partition) => ({ topic, partition }));
  const [earliest, latest, atTime] = await Promise.all([
    admin.listOffsets(partitions, "earliest"),
    // Nobody who reads committed records gets past the last stable offset as long as a transaction is open.
    admin.listOffsets(partitions, "latest", { isolation }),
    start.kind === "time" ? admin.listOffsets(partitions, start.timestampMs) : undefined,
  ]);
  const starts = partitions.map((at) => {
    const name = partitionName(at);
    const bounds = { earliest: earliest.get(name) ?? 0, latest: latest.get(name) ?? 0, atTime: atTime?.get(name) };
    return { ...at, offset: startOffset(start, bounds) };
  });
  const total = starts.reduce((sum, at) => sum + ((latest.get(partitionName(at)) ?? 0) - at.offset), 0);
  return { kind: "assigned", starts, ends: latest, total };
}

async function open(consumer: Consumer, topic: string, opened: Plan): Promise<void> {
  if (opened.kind === "group") await consumer.subscribe([topic]);
  else await consumer.assign(opened.starts);
}

function endOf(options: Options, opened: Plan): ConsumeRun["end"] {
  if (!options.exit) return { kind: "never" };
  return opened.kind === "group" ? { kind: "caught-up" } : { kind: "offsets", ends: opened.ends };
}
