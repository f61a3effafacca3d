// Replicas on their way between the log directories of a broker.
import { KafkaError } from "@moldau/base";
import type { Admin } from "@moldau/client";
import { toText } from "../java-error";
import type { ToolRun } from "../tool";
import { TerseError, ToolError } from "../tool-error";
import { byReplica, nameOf, type ReplicaTarget } from "./assignment";

const AGAIN_MS = 100;

interface Place {
  current: string | undefined;
  future: string | undefined;
}

/** Where each of these replicas lies, and whither it is on its way. */
async function placesOf(admin: Admin, targets: readonly ReplicaTarget[]): Promise<Map<ReplicaTarget, Place>> {
  if (targets.length === 0) return new Map();
  const brokers = await admin.describeLogDirs([...new Set(targets.map(({ brokerId }) => brokerId))]);
  return new Map(
    targets.map((target) => {
      const dirs = brokers.find(({ brokerId }) => brokerId === target.brokerId)?.dirs ?? [];
      const pathOf = (isFuture: boolean): string | undefined =>
        dirs.find(({ replicas }) =>
          replicas.some(
            (replica) =>
              replica.topic === target.topic && replica.partition === target.partition && replica.isFuture === isFuture,
          ),
        )?.path;
      return [target, { current: pathOf(false), future: pathOf(true) }];
    }),
  );
}

/** A line a replica; and whether any of them is still on its way. */
export async function verifyMoves(
  admin: Admin,
  targets: readonly ReplicaTarget[],
): Promise<{ lines: string[]; ongoing: boolean }> {
  const places = await placesOf(admin, targets);
  let ongoing = false;
  const lines = [...targets].sort(byReplica).map((target) => {
    const { current, future } = places.get(target)!;
    const { brokerId, path } = target;
    const partition = nameOf(target);
    if (current === undefined) {
      return (
        `Partition ${partition} is not found in any live log dir on broker ${brokerId}. There is likely an ` +
        "offline log directory on the broker."
      );
    }
    if (future === undefined) {
      return current === path
        ? `Reassignment of replica ${partition}-${brokerId} completed successfully.`
        : `Partition ${partition} on broker ${brokerId} is not being moved from log dir ${current} to ${path}.`;
    }
    ongoing = true;
    return future === path
      ? `Reassignment of replica ${partition}-${brokerId} is still in progress.`
      : `Partition ${partition} on broker ${brokerId} is being moved to log dir ${future} instead of ${path}.`;
  });
  return { lines, ongoing };
}

/** Those that are on their way, with the directory that they came from: to move there cancels. */
export async function movesToCancel(admin: Admin, targets: readonly ReplicaTarget[]): Promise<ReplicaTarget[]> {
  const places = await placesOf(admin, targets);
  return [...places].flatMap(([target, { current, future }]) =>
    future === undefined || current === undefined ? [] : [{ ...target, path: current }],
  );
}

/** Begins the moves. A replica that is not on its broker yet is asked for again until the time is over. */
export async function startMoves(
  tool: ToolRun,
  admin: Admin,
  targets: readonly ReplicaTarget[],
  timeoutMs: number,
): Promise<void> {
  const { terminal, print } = tool;
  const end = terminal.nowMs() + timeoutMs;
  for (let left = [...targets]; ;) {
    const outcomes = await admin.alterReplicaLogDirs(left);
    const failed = outcomes.find(({ error }) => error !== null && error.code !== KafkaError.REPLICA_NOT_AVAILABLE);
    if (failed?.error) {
      throw new ToolError(`Failed to alter dir for ${nameOf(failed)}-${failed.brokerId}: ${toText(failed.error)}`);
    }
    const begun = left.filter((target) =>
      outcomes.some((at) => at.error === null && nameOf(at) === nameOf(target) && at.brokerId === target.brokerId),
    );
    for (const target of begun.sort(byReplica)) {
      print(
        `Successfully started moving log directory to ${target.path} for replica ${nameOf(target)} with broker ${target.brokerId} `,
      );
    }
    left = left.filter((target) => !begun.includes(target));
    if (left.length === 0) return;
    if (terminal.nowMs() >= end) {
      const names = left.sort(byReplica).map((target) => `${nameOf(target)}-${target.brokerId}`);
      throw new TerseError(
        `Timed out before log directory move${left.length === 1 ? "" : "s"} could be started for: ${names.join(",")}`,
      );
    }
    await tool.flush();
    await terminal.sleep(AGAIN_MS, terminal.interrupted());
  }
}
