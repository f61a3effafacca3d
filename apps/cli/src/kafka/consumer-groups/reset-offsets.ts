import type { Admin, KafkaClientErrorShape, OffsetSpec, TopicPartitionName } from "@moldau/client";
import { parseDatetime, parseDuration } from "../../times";
import { row } from "../columns";
import type { Options } from "../options";
import type { ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import { parseResetPlan } from "./reset-file";
import { byTopicAndPartition, partitionsInScope } from "./topic-scope";

export const resetScenarios = [
  "to-offset",
  "shift-by",
  "to-datetime",
  "by-duration",
  "to-earliest",
  "to-latest",
  "to-current",
  "from-file",
] as const;

export type NewOffset = TopicPartitionName & { offset: number };

const WIDTHS = [30, 30, 10, 15];

/** `--reset-offsets`: works out the offsets of each group, writes them where `--execute` says so, and shows them. */
export async function resetOffsets(tool: ToolRun, admin: Admin, ids: readonly string[]): Promise<void> {
  const { options, print, write } = tool;
  const plans = new Map<string, NewOffset[]>();
  const files = await planFromFile(tool);
  for (const { groupId, state } of await admin.describeGroups(ids)) {
    if (state !== "Empty" && state !== "Dead") {
      print(
        `\nError: Assignments can only be reset if the group '${groupId}' is inactive, but the current state is ${state}.`,
      );
      plans.set(groupId, []);
      continue;
    }
    const plan = (await planFor(tool, admin, groupId, files)).sort(byTopicAndPartition);
    if (options.has("execute") && plan.length > 0) await admin.commitOffsets(groupId, plan);
    plans.set(groupId, plan);
  }
  if (options.has("export")) {
    const single = options.values("group").length === 1;
    print(
      [...plans]
        .flatMap(([group, plan]) =>
          plan.map(({ topic, partition, offset }) => [...(single ? [] : [group]), topic, partition, offset].join(",")),
        )
        .map((line) => `${line}\n`)
        .join(""),
    );
    return;
  }
  if (plans.size > 0) write(`\n${row(["GROUP", "TOPIC", "PARTITION", "NEW-OFFSET"], WIDTHS)}`);
  for (const [group, plan] of plans) {
    for (const { topic, partition, offset } of plan) write(`\n${row([group, topic, partition, offset], WIDTHS)}`);
  }
  print("");
}

async function planFromFile({ options, terminal }: ToolRun): Promise<Map<string, NewOffset[]> | undefined> {
  const path = options.value("from-file");
  if (path === undefined) return undefined;
  return parseResetPlan(await terminal.readFile(path), options.values("group"));
}

async function planFor(
  tool: ToolRun,
  admin: Admin,
  groupId: string,
  files: ReadonlyMap<string, NewOffset[]> | undefined,
): Promise<NewOffset[]> {
  const { options, print } = tool;
  const partitions = await scopeOf(options, admin, groupId);
  const scenario = resetScenarios.find((name) => options.has(name));
  switch (scenario) {
    case "to-offset": {
      const offset = options.integer("to-offset")!;
      return withinLog(
        admin,
        partitions.map((at) => ({ ...at, offset })),
      );
    }
    case "to-earliest":
      return offsetsAt(admin, partitions, "earliest");
    case "to-latest":
      return offsetsAt(admin, partitions, "latest");
    case "to-datetime":
      return atTime(tool, admin, partitions, parseDatetime("--to-datetime", options.required(scenario)));
    case "by-duration":
      return atTime(
        tool,
        admin,
        partitions,
        tool.terminal.wallMs() - parseDuration("--by-duration", options.required(scenario)),
      );
    case "shift-by": {
      const by = options.integer("shift-by")!;
      const committed = await committedBy(admin, groupId);
      return withinLog(
        admin,
        partitions.map((at) => {
          const offset = committed.get(keyOf(at));
          if (offset === undefined) {
            throw new ToolUsageError(
              `Cannot shift offset for partition ${at.topic}-${at.partition} since there is no current committed offset`,
            );
          }
          return { ...at, offset: offset + by };
        }),
      );
    }
    case "from-file": {
      const plan = files?.get(groupId);
      if (plan === undefined) {
        print(`\nError: No reset plan for group ${groupId} found`);
        return [];
      }
      return withinLog(admin, plan);
    }
    case "to-current": {
      const committed = await committedBy(admin, groupId);
      const known = partitions.filter((at) => committed.has(keyOf(at)));
      const ends = await offsetsAt(
        admin,
        partitions.filter((at) => !committed.has(keyOf(at))),
        "latest",
      );
      return [...known.map((at) => ({ ...at, offset: committed.get(keyOf(at))! })), ...ends];
    }
    case undefined: {
      const names = resetScenarios.map((name) => `[${name}]`).join(", ");
      throw new ToolUsageError(`Option '[reset-offsets]' requires one of the following scenarios: [${names}]`);
    }
  }
}

async function scopeOf(options: Options, admin: Admin, groupId: string): Promise<TopicPartitionName[]> {
  if (options.has("all-topics")) {
    const committed = await admin.committedOffsets(groupId);
    return committed.filter(({ offset }) => offset >= 0).map(({ topic, partition }) => ({ topic, partition }));
  }
  if (options.has("topic")) return partitionsInScope(admin, options.values("topic"));
  if (!options.has("from-file")) {
    throw new ToolUsageError("One of the reset scopes should be defined: --all-topics, --topic.");
  }
  return [];
}

/** What a group has committed, by `topic:partition`. */
export async function committedBy(admin: Admin, groupId: string): Promise<Map<string, number>> {
  const committed = await admin.committedOffsets(groupId);
  return new Map(committed.filter(({ offset }) => offset >= 0).map((at) => [keyOf(at), at.offset]));
}

/** Where these partitions stand for a time; throws for the first that cannot be told. */
export async function offsetsAt(
  admin: Admin,
  partitions: readonly TopicPartitionName[],
  timestamp: number | OffsetSpec,
): Promise<NewOffset[]> {
  const found = await admin.offsetsFor(partitions.map(({ topic, partition }) => ({ topic, partition, timestamp })));
  const failure: KafkaClientErrorShape | null | undefined = found.find(({ error }) => error !== null)?.error;
  if (failure) throw failure;
  return found.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
}

/** The first record from a time on; the end where there is none. */
async function atTime(
  { print }: ToolRun,
  admin: Admin,
  partitions: readonly TopicPartitionName[],
  timestampMs: number,
): Promise<NewOffset[]> {
  const found = await offsetsAt(admin, partitions, timestampMs);
  const none = found.filter(({ offset }) => offset < 0);
  for (const { topic, partition } of none) {
    print(`\nWarn: Partition ${partition} from topic ${topic} is empty. Falling back to latest known offset.`);
  }
  return [...found.filter(({ offset }) => offset >= 0), ...(await offsetsAt(admin, none, "latest"))];
}

/** Offsets before the start or behind the end become those. */
async function withinLog(admin: Admin, wanted: readonly NewOffset[]): Promise<NewOffset[]> {
  const [starts, ends] = await Promise.all([offsetsAt(admin, wanted, "earliest"), offsetsAt(admin, wanted, "latest")]);
  return wanted.map((at, index) => {
    const start = starts[index];
    const end = ends[index];
    if (start === undefined || end === undefined) throw new ToolError(`no offsets of ${at.topic}-${at.partition}`);
    return { ...at, offset: Math.max(start.offset, Math.min(at.offset, end.offset)) };
  });
}

export function keyOf({ topic, partition }: TopicPartitionName): string {
  return `${topic}:${partition}`;
}
