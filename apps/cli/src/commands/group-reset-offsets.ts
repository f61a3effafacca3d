import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { CliError, usageError } from "../errors";
import { withTopic } from "../nearest";
import { formatOffsetsFile, parseOffsetsFile } from "../offsets-file";
import { partitionName, type TopicPartition } from "../offsets";
import { collect, wholeNumber } from "../parse-options";
import { plural, table } from "../render";
import { parseTopicScope, type Reset, resetOf, type ResetTarget } from "../reset-plan";
import { examples, type Session } from "../session";
import { parseDatetime, parseDuration } from "../times";

interface Options {
  topic?: string[];
  allTopics?: boolean;
  toEarliest?: boolean;
  toLatest?: boolean;
  toCurrent?: boolean;
  toOffset?: number;
  shiftBy?: number;
  toDatetime?: string;
  byDuration?: string;
  fromFile?: string;
  dryRun?: boolean;
  execute?: boolean;
  export?: boolean;
}

export function groupResetOffsets(parent: Command, session: Session): void {
  parent
    .command("reset-offsets")
    .description("let a group without members go on reading elsewhere; shows what would change unless --execute")
    .argument("<group>", "id; one that does not exist is made")
    .option("--topic <topic>", "of these topics, or TOPIC:0,2 for some partitions; may be repeated", collect)
    .option("--all-topics", "of all topics that the group has committed for")
    .option("--to-earliest", "to the first record there is")
    .option("--to-latest", "to the end: only what comes from now on")
    .option("--to-current", "to where the group is: with --export, to keep it")
    .option("--to-offset <n>", "to this offset", wholeNumber("--to-offset", 0))
    .option("--shift-by <n>", "by so many records forward, or (-n) back", integer)
    .option("--to-datetime <time>", "to the first record at or after it: 2026-11-21T09:30:00 (UTC), or with a zone")
    .option("--by-duration <span>", "to the first record of the last 90s, 15m, 2h, 7d, P1DT2H")
    .option("--from-file <path>", "to what a file says, topic,partition,offset a line; - is standard input")
    .option("--dry-run", "only show it (what happens without --execute)")
    .option("--execute", "do it")
    .option("--export", "print the new offsets as such a file, and change nothing")
    .addHelpText(
      "after",
      examples([
        ["moldau group reset-offsets billing --topic orders --to-earliest", "what would change"],
        ["moldau group reset-offsets billing --topic orders --to-earliest --execute", "everything again"],
        ["moldau group reset-offsets billing --all-topics --by-duration 2h --execute", "the last two hours again"],
        ["moldau group reset-offsets billing --topic orders:0 --shift-by 1 --execute", "past a record that kills"],
        ["moldau group reset-offsets billing --all-topics --to-current --export > saved.csv", "keep where it is"],
        ["moldau group reset-offsets billing --from-file saved.csv --execute", "back to it"],
      ]),
    )
    .action((group: string, options: Options) => run(session, group, options));
}

function integer(text: string): number {
  if (!/^[+-]?\d{1,15}$/.test(text)) throw usageError(`--shift-by ${text} is not a whole number`);
  return Number(text);
}

async function run(session: Session, groupId: string, options: Options): Promise<void> {
  if (options.execute && (options.dryRun || options.export)) {
    throw usageError("--execute changes offsets, --dry-run and --export do not; say one of them");
  }
  const target = await targetOf(session, groupId, options);
  checkScope(options, target);
  const execute = options.execute === true;
  const resets = await session.withAdmin(async (admin) => {
    if (execute) await checkNobodyReads(admin, groupId);
    const planned = await planOf(admin, groupId, options, target);
    if (execute) {
      const offsets = planned.map(({ topic, partition, after }) => ({ topic, partition, offset: after }));
      await admin.commitOffsets(groupId, offsets);
    }
    return planned;
  });
  if (options.export) {
    const offsets = resets.map(({ topic, partition, after }) => ({ topic, partition, offset: after }));
    await session.terminal.output.write(formatOffsetsFile(offsets));
    return;
  }
  await session.print({
    data: { groupId, executed: execute, offsets: resets },
    text: async () => {
      const rows = resets.map(({ topic, partition, before, after, clamped }) => [
        topic,
        partition,
        before ?? undefined,
        after,
        before === null ? undefined : after - before,
        clamped ? "kept within the partition" : "",
      ]);
      const head = ["TOPIC", "PARTITION", "BEFORE", "AFTER", "CHANGE", ""];
      const what = `${plural(resets.length, "offset")} of group ${groupId}`;
      return `${await table(head, rows)}\n\n${execute ? `reset ${what}` : `would reset ${what}; do it with --execute`}`;
    },
  });
}

async function targetOf(session: Session, groupId: string, options: Options): Promise<ResetTarget> {
  const targets: (ResetTarget | undefined)[] = [
    options.toEarliest ? { kind: "earliest" } : undefined,
    options.toLatest ? { kind: "latest" } : undefined,
    options.toCurrent ? { kind: "current" } : undefined,
    options.toOffset === undefined ? undefined : { kind: "offset", offset: options.toOffset },
    options.shiftBy === undefined ? undefined : { kind: "shift", by: options.shiftBy },
    options.toDatetime === undefined
      ? undefined
      : { kind: "time", timestampMs: parseDatetime("--to-datetime", options.toDatetime) },
    options.byDuration === undefined
      ? undefined
      : { kind: "time", timestampMs: session.terminal.wallMs() - parseDuration("--by-duration", options.byDuration) },
    options.fromFile === undefined
      ? undefined
      : { kind: "file", offsets: parseOffsetsFile(options.fromFile, await read(session, options.fromFile), groupId) },
  ];
  const [target, ...others] = targets.filter((each) => each !== undefined);
  if (target === undefined || others.length > 0) {
    throw usageError(
      "say where to: one of --to-earliest, --to-latest, --to-current, --to-offset, --shift-by, --to-datetime, --by-duration, --from-file",
    );
  }
  return target;
}

async function read({ terminal }: Session, path: string): Promise<string> {
  if (path !== "-") {
    return terminal.readFile(path).catch((error: Error) => {
      throw new CliError(`--from-file ${path}: ${error.message}`);
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of terminal.input.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function checkScope({ topic, allTopics }: Options, target: ResetTarget): void {
  const named = topic !== undefined;
  if (named && allTopics) throw usageError("--topic and --all-topics exclude each other");
  if (target.kind !== "file" && !named && !allTopics) throw usageError("say of which topics: --topic or --all-topics");
}

/** Members would not notice, and commit over it. */
async function checkNobodyReads(admin: Admin, groupId: string): Promise<void> {
  const [group] = await admin.describeGroups([groupId]);
  if (group === undefined || group.state === "Dead" || group.state === "Empty") return;
  throw new CliError(
    `group ${groupId} is ${group.state} with ${plural(group.members.length, "member")}: stop them first; see moldau group describe ${groupId}`,
  );
}

async function planOf(admin: Admin, groupId: string, options: Options, target: ResetTarget): Promise<Reset[]> {
  const committed = new Map(
    (await admin.committedOffsets(groupId))
      .filter(({ offset }) => offset >= 0)
      .map((commit) => [partitionName(commit), commit]),
  );
  const partitions = await scopeOf(admin, options, target, [...committed.values()]);
  if (partitions.length === 0) throw new CliError(`group ${groupId} has committed nothing; name topics with --topic`);
  const [earliest, latest, atTime] = await Promise.all([
    admin.listOffsets(partitions, "earliest"),
    admin.listOffsets(partitions, "latest"),
    target.kind === "time" ? admin.listOffsets(partitions, target.timestampMs) : new Map<string, number>(),
  ]);
  return partitions.flatMap((at) => {
    const name = partitionName(at);
    const reset = resetOf(at, target, {
      earliest: earliest.get(name) ?? 0,
      latest: latest.get(name) ?? 0,
      committed: committed.get(name)?.offset ?? null,
      atTime: atTime.get(name),
    });
    return reset === undefined ? [] : [reset];
  });
}

async function scopeOf(
  admin: Admin,
  { topic: texts }: Options,
  target: ResetTarget,
  committed: readonly TopicPartition[],
): Promise<TopicPartition[]> {
  const scope: TopicPartition[] = [];
  if (texts === undefined) scope.push(...(target.kind === "file" ? target.offsets : committed));
  for (const { topic, partitions } of (texts ?? []).map(parseTopicScope)) {
    const [described] = await withTopic(admin, topic, () => admin.describeTopics([topic]));
    const count = described?.partitions.length ?? 0;
    const missing = partitions?.find((partition) => partition >= count);
    if (missing !== undefined) throw new CliError(`topic ${topic} has ${plural(count, "partition")} and no ${missing}`);
    for (const partition of partitions ?? Array.from({ length: count }, (_, i) => i)) scope.push({ topic, partition });
  }
  return scope
    .map(({ topic, partition }) => ({ topic, partition }))
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}
