import { ToolError } from "../tool-error";

/** `1:2,2:3`: the brokers of partition 0, then of 1; undefined where nothing is said. */
export function parseReplicaAssignment(text: string | undefined): number[][] | undefined {
  if (text === undefined || text === "") return undefined;
  const partitions = text.split(",").map((replicas) => replicas.split(":").map((id) => brokerId(id.trim())));
  for (const [partition, replicas] of partitions.entries()) {
    const twice = [...new Set(replicas.filter((id, at) => replicas.indexOf(id) !== at))];
    if (twice.length > 0) {
      throw new ToolError(`Partition replica lists may not contain duplicate entries: ${twice.join(",")}`);
    }
    if (replicas.length !== partitions[0]!.length) {
      throw new ToolError(`Partition ${partition} has different replication factor: [${replicas.join(", ")}]`);
    }
  }
  return partitions;
}

function brokerId(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new ToolError(`For input string: "${text}"`);
  return Number(text);
}
