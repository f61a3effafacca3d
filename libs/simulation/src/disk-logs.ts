import type { LogBatch } from "@moldau/history";
import { batchesOf, crc32c, isControl, readRecords } from "@moldau/record-batch";
import type { SimulatedNode } from "./simulated-node";

/** A record as a log file holds it. */
export interface StoredRecord {
  readonly offset: number;
  readonly value: string;
}

export interface StoredLog {
  readonly batches: readonly LogBatch[];
  readonly records: readonly StoredRecord[];
}

const decoder = new TextDecoder();

/** What the files of a partition say on one machine, read as a stranger would: not by the code that wrote them. */
export async function storedLog(node: SimulatedNode, partition: string): Promise<StoredLog> {
  const directory = `/data/${partition}`;
  const batches: LogBatch[] = [];
  const records: StoredRecord[] = [];
  const names = await node.disk.list(directory).then(
    (entries) => entries.map(({ name }) => name).filter((name) => name.endsWith(".log")),
    () => [],
  );
  for (const name of names.sort()) {
    const bytes = node.disk.contentOf(`${directory}/${name}`);
    for (const { header, position } of batchesOf(bytes)) {
      const { baseOffset, lastOffsetDelta, partitionLeaderEpoch, sizeBytes } = header;
      batches.push({
        baseOffset,
        lastOffset: baseOffset + lastOffsetDelta,
        leaderEpoch: partitionLeaderEpoch,
        id: crc32c(bytes, position, position + sizeBytes),
      });
      if (isControl(header.attributes)) continue;
      for (const { offset, value } of readRecords(bytes, position)) {
        records.push({ offset, value: decoder.decode(value ?? undefined) });
      }
    }
  }
  return { batches, records };
}
