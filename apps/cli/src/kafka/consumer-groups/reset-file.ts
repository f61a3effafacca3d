import { ToolError } from "../tool-error";

interface Planned {
  topic: string;
  partition: number;
  offset: number;
}

/**
 * Offsets by group from `topic,partition,offset` lines, or `group,topic,partition,offset` where several groups are meant. The
 * short form is for the one group of the command line.
 */
export function parseResetPlan(csv: string, groups: readonly string[]): Map<string, Planned[]> {
  const plan = new Map<string, Planned[]>();
  const lines = csv.split(/\r?\n/).filter((line) => line !== "");
  const short = groups.length === 1 && lines.length > 0 && lines[0]!.split(",").length === 3;
  for (const line of lines) {
    const cells = line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const [group, topic, partition, offset] = short ? [groups[0]!, ...cells] : cells;
    if (!group || !topic || !/^\d+$/.test(partition ?? "") || !/^-?\d+$/.test(offset ?? "")) {
      throw new ToolError(`cannot read "${line}": a line is ${short ? "" : "group,"}topic,partition,offset`);
    }
    const planned = plan.get(group) ?? [];
    plan.set(group, planned);
    planned.push({ topic, partition: Number(partition), offset: Number(offset) });
  }
  return plan;
}
