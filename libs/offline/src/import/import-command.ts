import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Random } from "@moldau/base";
import type { MetadataImage } from "@moldau/metadata";
import { CLUSTER_METADATA_DIRECTORY } from "@moldau/segment-store";
import type { Output } from "../dump/dump-command";
import { OfflineError } from "../errors";
import { bytesText, type FileWays } from "./file-ways";
import { inspectKafkaDirectory, type KafkaDirectory } from "./kafka-directory";
import { kafkaImageOf } from "./kafka-image";
import { type Cargo, layOut, type Progress, refuseTaken, type SeedQuorum, weigh } from "./lay-out";
import { type KafkaMetadata, readMetadataLog } from "./metadata-log";
import { type ImportPlan, planImport } from "./plan";
import { translate } from "./translate";

/** Everything `moldau import` understands, after defaults. */
export interface ImportArguments {
  readonly kafkaData: readonly string[];
  readonly dataDir: string;
  readonly dryRun: boolean;
  readonly link: "auto" | "always" | "never";
  readonly controllers: number;
  readonly keepNodeIds: boolean;
  readonly withoutSecurity: boolean;
  readonly unclean: boolean;
  readonly staleReplicas: boolean;
}

/** Ids of the controllers of `moldau up`. */
const FIRST_CONTROLLER_ID = 201;

/** Parses the arguments; undefined after help was printed. @throws OfflineError with one line that says what to do */
export function parseImportArguments(args: readonly string[]): ImportArguments | undefined {
  let message = "";
  const command = new Command("moldau import")
    .description(
      "Makes a data directory for `moldau up` out of the log directories of an Apache Kafka 4 cluster (KRaft) that was stopped.\n" +
        "Topics, records, configuration, quotas, groups, offsets and transactions come along. Kafka's directories are only read.",
    )
    .option(
      "--kafka-data <dir[,dir...]>",
      "REQUIRED: log.dirs of one broker or of several, and metadata.log.dir",
      collect,
    )
    .option("--data-dir <dir>", "REQUIRED: the new data directory")
    .option("--dry-run", "say what would be done, and do nothing", false)
    .addOption(new Option("--copy", "copy every file").conflicts("link"))
    .addOption(
      new Option(
        "--link",
        "give closed segments a second name instead of a copy (default: clones or links where that is possible, else copies)",
      ),
    )
    .addOption(
      new Option("--controllers <n>", "controllers of the new cluster: 1, 3 or 5").default(1).argParser((text) => {
        if (!["1", "3", "5"].includes(text)) throw new InvalidArgumentError("a quorum has 1, 3 or 5 controllers.");
        return Number(text);
      }),
    )
    .option("--keep-node-ids", "nodes keep Kafka's ids instead of 1, 2, 3 in their order (for `moldau server`)", false)
    .option("--unclean", "take directories of a broker that was not stopped in order", false)
    .option("--stale-replicas", "take replicas that were not in sync where no better one is given", false)
    .option("--without-security", "leave ACLs, SCRAM credentials and delegation tokens behind", false)
    .addHelpText(
      "after",
      `
One directory or several of one broker give a cluster of one node; directories of n brokers give nodes 1 to n, each with the
replicas that lie in its directories. Replicas on brokers that were not given fall away.
With links, Kafka and Moldau share the bodies of closed segments, and what one of them cuts is cut for the other: give --copy to
be able to go back to Kafka, or do not start it again.

Examples:
  moldau import --kafka-data /var/lib/kafka/data --data-dir ./data --dry-run
  moldau import --kafka-data /var/lib/kafka/data --data-dir ./data && moldau up --data ./data
  moldau import --kafka-data b1,b2,b3 --data-dir ./data && moldau up --data ./data --brokers 3`,
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (message += text), outputError: () => undefined });
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    const { code, message: said } = error as { code?: string; message: string };
    if (code === "commander.helpDisplayed" || code === "commander.help") return undefined;
    throw new OfflineError(`${said.replace(/^error: /, "").replaceAll("\n", " ")}; see moldau import --help`);
  }
  const given = command.opts<{
    kafkaData?: string[];
    dataDir?: string;
    dryRun: boolean;
    copy?: boolean;
    link?: boolean;
    controllers: number;
    keepNodeIds: boolean;
    unclean: boolean;
    staleReplicas: boolean;
    withoutSecurity: boolean;
  }>();
  if (given.kafkaData === undefined || given.kafkaData.length === 0) {
    throw new OfflineError("--kafka-data is missing: name the log directories of Kafka; see moldau import --help");
  }
  if (given.dataDir === undefined) {
    throw new OfflineError("--data-dir is missing: name the new data directory; see moldau import --help");
  }
  const { copy, link, dataDir, kafkaData, ...rest } = given;
  return {
    ...rest,
    kafkaData,
    dataDir: resolve(dataDir),
    link: copy === true ? "never" : link === true ? "always" : "auto",
  };
}

function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(",").filter((path) => path !== "")];
}

export interface ImportEnvironment extends Output {
  readonly random: Random;
  readonly seedQuorum: SeedQuorum;
  readonly nowMs: () => number;
  /** What the file systems do; the real ones where left out. */
  readonly ways?: FileWays;
}

/** `moldau import`. @throws OfflineError with one line that says what was wrong and what to do */
export async function importCommand(args: readonly string[], environment: ImportEnvironment): Promise<void> {
  const given = parseImportArguments(args);
  if (given === undefined) return;
  const say = (line: string) => environment.out.write(`${line}\n`);
  if (!given.dryRun) await refuseTaken(given.dataDir);
  const directories = given.kafkaData.map(inspectKafkaDirectory);
  const plan = planImport(directories, kafkaImageOf(newestMetadata(directories)), given);
  const cargo = await weigh(plan, given.link, given.dataDir);
  const controllers = Array.from({ length: given.controllers }, (_, i) => FIRST_CONTROLLER_ID + i);
  for (const line of preview(plan, cargo)) say(line);
  for (const note of plan.notes) say(`note: ${note}`);
  if (given.dryRun) {
    for (const note of translate(plan, new Map()).notes) say(`note: ${note}`);
    say(`nothing was done (--dry-run); without it ${given.dataDir} would be made`);
    return;
  }
  const progress = progressLine(environment);
  const notes = await layOut(plan, cargo, {
    directory: given.dataDir,
    controllers,
    link: given.link,
    random: environment.random,
    seedQuorum: environment.seedQuorum,
    ...(environment.ways && { ways: environment.ways }),
    onNote: (note) => say(`note: ${note}`),
    onProgress: progress.tell,
  });
  progress.end();
  for (const note of notes) say(`note: ${note}`);
  say(`imported: ${given.dataDir}`);
  say(given.keepNodeIds ? "start each node with moldau server" : `start it: ${startCommand(given, plan.nodes.length)}`);
}

/** Of all copies of the metadata that were given, the one that reaches farthest. */
function newestMetadata(directories: readonly KafkaDirectory[]): KafkaMetadata {
  const sources = directories.filter(({ hasMetadataLog }) => hasMetadataLog);
  if (sources.length === 0) {
    throw new OfflineError(
      `no ${CLUSTER_METADATA_DIRECTORY} in ${directories.map(({ path }) => path).join(", ")}: without it nobody knows the topics; ` +
        "give the metadata.log.dir of a broker or controller too (by default the first of its log.dirs)",
    );
  }
  const found = sources.map(({ path }) => readMetadataLog(join(path, CLUSTER_METADATA_DIRECTORY)));
  return found.reduce((best, each) =>
    each.epoch > best.epoch || (each.epoch === best.epoch && each.endOffset > best.endOffset) ? each : best,
  );
}

function startCommand(given: ImportArguments, brokers: number): string {
  const parts = ["moldau up --data", given.dataDir];
  if (brokers > 1) parts.push(`--brokers ${brokers}`);
  if (given.controllers > 1) parts.push(`--controllers ${given.controllers}`);
  return parts.join(" ");
}

function* preview(plan: ImportPlan, cargo: Cargo): Generator<string, void> {
  const { image } = plan;
  yield `cluster ${plan.clusterId}, metadata up to offset ${image.offset} of epoch ${image.epoch}`;
  for (const { nodeId, kafkaNodeId, sources } of plan.nodes) {
    const count = plan.replicas.filter((replica) => replica.nodeId === nodeId).length;
    yield `node ${nodeId}: ${count} partitions from ${sources.map(({ path }) => path).join(", ")} (Kafka's node ${kafkaNodeId})`;
  }
  const partitions = [...image.topicsById.values()].reduce((sum, topic) => sum + topic.partitions.length, 0);
  yield `${image.topicsById.size} topics, ${partitions} partitions, ${configCount(image)} dynamic configurations, ${image.clientQuotas.size} client quotas, next producer id ${image.producerIds.nextProducerId}`;
  const features = [...image.features].map(([name, level]) => `${name} ${level}`);
  yield `features: ${features.join(", ")}`;
  yield `to copy: ${bytesText(cargo.copyBytes)}; to link: ${bytesText(cargo.linkBytes)}`;
}

function configCount(image: MetadataImage): number {
  let count = 0;
  for (const { type, name } of image.configuredResources()) count += image.configs(type, name).size;
  return count;
}

const TERMINAL_INTERVAL_MS = 100;
const LOG_INTERVAL_MS = 5_000;

/** One line that changes on a terminal, a line now and then elsewhere; nothing for what is done at once. */
function progressLine({ err, nowMs }: ImportEnvironment): { tell(progress: Progress): void; end(): void } {
  const isTerminal = (err as NodeJS.WriteStream).isTTY === true;
  const intervalMs = isTerminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS;
  let lastMs = nowMs();
  let shown = false;
  return {
    tell({ partitions, partitionsTotal, copiedBytes, copyBytesTotal }) {
      if (nowMs() - lastMs < intervalMs) return;
      lastMs = nowMs();
      shown = true;
      const text = `${partitions} of ${partitionsTotal} partitions, ${bytesText(copiedBytes)} of ${bytesText(copyBytesTotal)} copied`;
      err.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (shown && isTerminal) err.write("\r\u001b[K");
    },
  };
}
