import { KafkaError } from "@moldau/base";
import type { Admin } from "@moldau/client";
import { hasCode } from "../../errors";
import type { ToolRun } from "../tool";
import { byPartition, nameOf, parseReassignment, type PartitionTarget } from "./assignment";
import { verifyMoves } from "./log-dir-moves";
import { settings } from "./settings";
import { clearThrottles } from "./throttles";

/** `--verify`: how far each partition is; throttles go when all have arrived. */
export async function verify(tool: ToolRun): Promise<void> {
  const { options, terminal, print } = tool;
  const { partitions, replicas } = parseReassignment(
    await terminal.readFile(options.required("reassignment-json-file")),
  );
  await tool.withAdmin(async (admin) => {
    const ongoing = await admin.listReassignments();
    const moving = new Set(ongoing.map(nameOf));
    print("Status of partition reassignment:");
    const now = await replicasNow(admin, partitions);
    for (const target of [...partitions].sort(byPartition)) print(statusOf(target, moving, now));
    const moves = await verifyMoves(admin, replicas);
    print(moves.lines.join("\n"));
    if (ongoing.length === 0 && !moves.ongoing && !options.has("preserve-throttles")) {
      await clearThrottles(tool, admin, partitions);
    }
  }, settings);
}

function statusOf(
  target: PartitionTarget,
  moving: ReadonlySet<string>,
  now: ReadonlyMap<string, readonly number[]>,
): string {
  const name = nameOf(target);
  if (moving.has(name)) return `Reassignment of partition ${name} is still in progress.`;
  const replicas = now.get(name) ?? [];
  if (replicas.join(",") === target.replicas.join(",")) return `Reassignment of partition ${name} is completed.`;
  return (
    `There is no active reassignment of partition ${name}, but replica set is ${replicas.join(",")} rather than ` +
    `${target.replicas.join(",")}.`
  );
}

/** A topic that is not there has no replicas. */
async function replicasNow(
  admin: Admin,
  partitions: readonly PartitionTarget[],
): Promise<Map<string, readonly number[]>> {
  const now = new Map<string, readonly number[]>();
  for (const topic of new Set(partitions.map((target) => target.topic))) {
    try {
      const [described] = await admin.describeTopics([topic]);
      for (const { partition, replicas } of described!.partitions) now.set(nameOf({ topic, partition }), replicas);
    } catch (error) {
      if (!hasCode(error, KafkaError.UNKNOWN_TOPIC_OR_PARTITION)) throw error;
    }
  }
  return now;
}

/** `--list`. */
export async function list({ print, withAdmin }: ToolRun): Promise<void> {
  const ongoing = await withAdmin((admin) => admin.listReassignments(), settings);
  if (ongoing.length === 0) return print("No partition reassignments found.");
  print("Current partition reassignments:");
  for (const at of [...ongoing].sort(byPartition)) {
    const adding = at.adding.length === 0 ? "" : ` adding: ${at.adding.join(",")}.`;
    const removing = at.removing.length === 0 ? "" : ` removing: ${at.removing.join(",")}.`;
    print(`${nameOf(at)}: replicas: ${at.replicas.join(",")}.${adding}${removing}`);
  }
}
