// Offsets of a group as a file that kafka-consumer-groups.sh writes and reads too: topic,partition,offset a line.
import { CliError } from "./errors";
import type { TopicPartition } from "./offsets";

export interface FileOffset extends TopicPartition {
  offset: number;
}

/** Kafka's tool puts the group first where it was asked for several; lines of other groups are passed over. */
export function parseOffsetsFile(path: string, text: string, groupId: string): FileOffset[] {
  const offsets: FileOffset[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    const cells = line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const [group, topic, partition, offset] = cells.length === 3 ? [groupId, ...cells] : cells;
    const numbers = [partition, offset].every((cell) => cell !== undefined && /^\d{1,15}$/.test(cell));
    if (cells.length < 3 || cells.length > 4 || topic === undefined || topic === "" || !numbers) {
      throw new CliError(`${path} line ${i + 1}: ${line} is not topic,partition,offset`, 2);
    }
    if (group === groupId) offsets.push({ topic, partition: Number(partition), offset: Number(offset) });
  });
  if (offsets.length === 0) throw new CliError(`${path} has no offsets for group ${groupId}`, 2);
  return offsets;
}

export function formatOffsetsFile(offsets: readonly FileOffset[]): string {
  return offsets.map(({ topic, partition, offset }) => `${topic},${partition},${offset}\n`).join("");
}
