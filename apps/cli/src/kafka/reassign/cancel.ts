import { messageOf } from "../java-error";
import type { ToolRun } from "../tool";
import { TerseError } from "../tool-error";
import { byPartition, nameOf, parseReassignment } from "./assignment";
import { movesToCancel, startMoves } from "./log-dir-moves";
import { settings } from "./settings";
import { clearThrottles } from "./throttles";

/** `--cancel`: those of the file that are under way. */
export async function cancel(tool: ToolRun): Promise<void> {
  const { options, terminal, print, write } = tool;
  const { partitions, replicas } = parseReassignment(
    await terminal.readFile(options.required("reassignment-json-file")),
  );
  await tool.withAdmin(async (admin) => {
    const names = new Set(partitions.map(nameOf));
    const moving = (await admin.listReassignments()).filter((at) => names.has(nameOf(at))).sort(byPartition);
    if (moving.length === 0) print("None of the specified partition reassignments are active.");
    else {
      const outcomes = await admin.reassignPartitions(
        moving.map(({ topic, partition }) => ({ topic, partition, replicas: null })),
      );
      const failed = outcomes.filter(({ error }) => error !== null).sort(byPartition);
      if (failed.length > 0) {
        const lines = failed.map((at) => `${nameOf(at)}: ${messageOf(at.error)}`);
        const plural = failed.length === 1 ? "" : "s";
        throw new TerseError(`Error cancelling partition reassignment${plural} for:\n${lines.join("\n")}`);
      }
      const plural = moving.length === 1 ? "" : "s";
      print(`Successfully cancelled partition reassignment${plural} for: ${moving.map(nameOf).join(",")}`);
    }
    const moves = await movesToCancel(admin, replicas);
    // Kafka's tool ends no line here.
    if (moves.length === 0) write("None of the specified partition moves are active.");
    else await startMoves(tool, admin, moves, options.integer("timeout")!);
    if (!options.has("preserve-throttles")) await clearThrottles(tool, admin, partitions);
  }, settings);
}
