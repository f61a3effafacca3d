import type { Admin } from "@moldau/client";
import { row, widthOf } from "../columns";
import type { ToolRun } from "../tool";
import { ToolUsageError } from "../tool-error";
import { isConsumerGroup } from "./consumer-groups-tool";

/** As their names are written; Kafka takes them in any case. */
const groupStates = [
  "PreparingRebalance",
  "CompletingRebalance",
  "Stable",
  "Dead",
  "Empty",
  "Assigning",
  "Reconciling",
];
const groupTypes = ["Consumer", "Classic"];

const GROUP_WIDTH_MIN = 15;
const GROUP_SPACE = 10;
const COLUMN_WIDTH = 20;

/** `--list`: names alone, or with `--state` and `--type` a table. */
export async function listGroups({ options, print }: ToolRun, admin: Admin): Promise<void> {
  const withState = options.has("state");
  const withType = options.has("type");
  const states = wanted(options.value("state"), groupStates, "state", "states");
  const types = wanted(options.value("type"), groupTypes, "types", "types");
  const groups = (await admin.listGroups({ states, types })).filter(({ protocolType, type }) =>
    isConsumerGroup(protocolType, type),
  );
  if (!withState && !withType) {
    for (const { groupId } of groups) print(groupId);
    return;
  }
  const widths = [
    widthOf(
      GROUP_WIDTH_MIN,
      groups.map(({ groupId }) => groupId),
    ) + GROUP_SPACE,
    COLUMN_WIDTH,
    COLUMN_WIDTH,
  ];
  const line = (group: string, type: string, state: string): string =>
    row([group, ...(withType ? [type] : []), ...(withState ? [state] : [])], widths);
  print(line("GROUP", "TYPE", "STATE"));
  for (const { groupId, type, state } of groups) print(line(groupId, nameOf(type, groupTypes), state || "Unknown"));
}

function nameOf(word: string, names: readonly string[]): string {
  return names.find((name) => name.toLowerCase() === word.toLowerCase()) ?? "Unknown";
}

/** A list with commas between as Kafka writes the words; refuses those that consumer groups cannot have. */
function wanted(text: string | undefined, names: readonly string[], what: string, whats: string): string[] {
  if (text === undefined || text === "") return [];
  return text.split(",").map((word) => {
    const found = names.find((name) => name.toLowerCase() === word.trim().toLowerCase());
    if (found === undefined) {
      throw new ToolUsageError(`Invalid ${what} list '${text}'. Valid ${whats} are: ${names.join(", ")}`);
    }
    return found;
  });
}
