import { messageOf } from "../java-error";
import type { ToolRun } from "../tool";
import { TerseError, ToolError } from "../tool-error";
import { byPartition, checkTargets, formatReassignment, nameOf, parseReassignment } from "./assignment";
import { assignmentOf } from "./generate";
import { startMoves } from "./log-dir-moves";
import { settings } from "./settings";
import { movesOf, throttleLogDirs, throttleReplication } from "./throttles";

/** `--execute`. */
export async function execute(tool: ToolRun): Promise<void> {
  const { options, terminal, print } = tool;
  const { partitions, replicas } = parseReassignment(
    await terminal.readFile(options.required("reassignment-json-file")),
  );
  checkTargets(partitions);
  const throttle = options.integer("throttle")!;
  const logDirThrottle = options.integer("replica-alter-log-dirs-throttle")!;
  await tool.withAdmin(async (admin) => {
    const ongoing = await admin.listReassignments();
    if (ongoing.length > 0 && !options.has("additional")) {
      throw new TerseError(
        "Cannot execute because there is an existing partition assignment.  Use --additional to override this and " +
          "create a new partition assignment in addition to the existing one. The --additional flag can also be used to " +
          "change the throttle by resubmitting the current reassignment.",
      );
    }
    const known = (await admin.describeCluster()).nodes.map(({ nodeId }) => nodeId);
    const unknown = partitions.flatMap((target) => target.replicas).find((id) => !known.includes(id));
    if (unknown !== undefined) throw new ToolError(`Unknown broker id ${unknown}`);
    const names = new Set(partitions.map(nameOf));
    const current = (await assignmentOf(admin, [...new Set(partitions.map(({ topic }) => topic))])).filter((at) =>
      names.has(nameOf(at)),
    );
    const missing = [...names].filter((name) => !current.some((at) => nameOf(at) === name));
    if (missing.length > 0) {
      throw new ToolError(
        "org.apache.kafka.common.errors.UnknownTopicOrPartitionException: Unable to find partition: " +
          missing.join(", "),
      );
    }
    print(`Current partition replica assignment\n\n${formatReassignment(current)}\n`);
    print("Save this to use as the --reassignment-json-file option during rollback");
    const replicasNow = new Map(current.map((at) => [nameOf(at), at.replicas]));
    if (throttle >= 0 || logDirThrottle >= 0) {
      print(
        "Warning: You must run --verify periodically, until the reassignment completes, to ensure the throttle is removed.",
      );
      if (throttle >= 0) {
        await throttleReplication(tool, admin, movesOf(ongoing, partitions, replicasNow), throttle);
      }
      if (logDirThrottle >= 0) {
        await throttleLogDirs(
          tool,
          admin,
          replicas.map(({ brokerId }) => brokerId),
          logDirThrottle,
        );
      }
    }
    if (options.has("disallow-replication-factor-change")) refuseOtherFactor(partitions, replicasNow);
    const outcomes = await admin.reassignPartitions(partitions);
    const failed = outcomes.filter(({ error }) => error !== null).sort(byPartition);
    if (failed.length > 0) {
      const lines = failed.map((at) => `${nameOf(at)}: ${messageOf(at.error)}`);
      throw new TerseError(`Error reassigning partition(s):\n${lines.join("\n")}`);
    }
    const started = [...partitions].sort(byPartition).map(nameOf).join(",");
    print(`Successfully started partition reassignment${partitions.length === 1 ? "" : "s"} for ${started}`);
    if (replicas.length > 0) await startMoves(tool, admin, replicas, options.integer("timeout")!);
  }, settings);
}

/** What the cluster itself refuses from version 1 of the request on; here it holds for every Kafka. */
function refuseOtherFactor(
  partitions: readonly { topic: string; partition: number; replicas: readonly number[] }[],
  current: ReadonlyMap<string, readonly number[]>,
): void {
  const changed = partitions.filter((at) => current.get(nameOf(at))!.length !== at.replicas.length).sort(byPartition);
  if (changed.length === 0) return;
  const lines = changed.map(
    (at) =>
      `${nameOf(at)}: The replication factor is changed from ${current.get(nameOf(at))!.length} to ${at.replicas.length}`,
  );
  throw new TerseError(`Error reassigning partition(s):\n${lines.join("\n")}`);
}
