// Reassignments as files of JSON, in Kafka's own shape.
import { fieldAt, integerAt, objectsAt, parseJsonFile, stringAt } from "../json-file";
import { ToolError } from "../tool-error";

export interface PartitionTarget {
  topic: string;
  partition: number;
  replicas: number[];
}

/** A replica that is to lie in a certain directory. */
export interface ReplicaTarget {
  topic: string;
  partition: number;
  brokerId: number;
  path: string;
}

/** "any": the broker chooses the directory. */
const ANY_DIR = "any";

export function nameOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`;
}

export function byPartition(a: { topic: string; partition: number }, b: { topic: string; partition: number }): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;
}

export function byReplica(a: ReplicaTarget, b: ReplicaTarget): number {
  return a.brokerId - b.brokerId || byPartition(a, b);
}

/** As `--reassignment-json-file` has it. */
export function parseReassignment(text: string): { partitions: PartitionTarget[]; replicas: ReplicaTarget[] } {
  const replicas: ReplicaTarget[] = [];
  const partitions = objectsAt(parseJsonFile(text), "partitions").map((item): PartitionTarget => {
    const topic = stringAt(item, "topic");
    const partition = integerAt(item, "partition");
    const ids = integers(fieldAt(item, "replicas"));
    const dirs = item.log_dirs === undefined ? ids.map(() => ANY_DIR) : strings(item.log_dirs);
    if (dirs.length !== ids.length) {
      throw new ToolError(
        `Size of replicas list [${ids.join(", ")}] is different from size of log dirs list [${dirs.join(", ")}] ` +
          `for partition ${topic}-${partition}`,
      );
    }
    for (const [index, path] of dirs.entries()) {
      if (path !== ANY_DIR) replicas.push({ topic, partition, brokerId: ids[index]!, path });
    }
    return { topic, partition, replicas: ids };
  });
  return { partitions, replicas };
}

/** Throws for what cannot be carried out. */
export function checkTargets(partitions: readonly PartitionTarget[]): void {
  if (partitions.length === 0) throw new ToolError("Partition reassignment list cannot be empty");
  if (partitions.some(({ replicas }) => replicas.length === 0)) {
    throw new ToolError("Partition replica list cannot be empty");
  }
  const twice = duplicates(partitions.map(nameOf));
  if (twice.length > 0) {
    throw new ToolError(`Partition reassignment contains duplicate topic partitions: ${twice.join(",")}`);
  }
  const doubled = partitions
    .map((target) => ({ target, ids: duplicates(target.replicas) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ target, ids }) => `${nameOf(target)} contains multiple entries for ${ids.join(",")}`);
  if (doubled.length > 0) {
    throw new ToolError(`Partition replica lists may not contain duplicate entries: ${doubled.join(". ")}`);
  }
}

export function duplicates<T>(items: readonly T[]): T[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

/** The same shape, in one line. */
export function formatReassignment(partitions: readonly PartitionTarget[]): string {
  return JSON.stringify({
    version: 1,
    partitions: [...partitions].sort(byPartition).map(({ topic, partition, replicas }) => ({
      topic,
      partition,
      replicas,
      log_dirs: replicas.map(() => ANY_DIR),
    })),
  });
}

function integers(value: unknown): number[] {
  if (!Array.isArray(value) || !value.every(Number.isSafeInteger)) {
    throw new ToolError(`Expected \`Integer\` value, received ${JSON.stringify(value)}`);
  }
  return value as number[];
}

function strings(value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw new ToolError(`Expected \`String\` value, received ${JSON.stringify(value)}`);
  }
  return value as string[];
}
