import { compress, decompress } from "@moldau/compression";
import { decodeGroupRecord, encodeGroupRecord, type GroupRecord } from "@moldau/groups";
import { batchesOf, buildBatch, isControl, lastOffset, recordsOf } from "@moldau/record-batch";

/** Entries as one batch for `__consumer_offsets`. `codec`: `offsets.topic.compression.codec`. */
export function buildShardBatch(entries: readonly GroupRecord[], codec: number, nowMs: number): Uint8Array {
  const records = entries.map((entry) => ({ ...encodeGroupRecord(entry), timestamp: nowMs }));
  return buildBatch({ records, codec, compress });
}

/**
 * The entries of what was read, within `offset` (a batch may begin before it) and `endOffset`, and where to read on; control
 * batches (claims, markers) hold none. `nextOffset` equals `offset` where nothing whole came back.
 * Throws where a batch or record is malformed.
 */
export function readShardBatches(
  bytes: Uint8Array,
  { offset, endOffset }: { offset: number; endOffset: number },
): { entries: GroupRecord[]; nextOffset: number } {
  const entries: GroupRecord[] = [];
  let nextOffset = offset;
  for (const { header, position } of batchesOf(bytes)) {
    nextOffset = Math.max(nextOffset, Math.min(lastOffset(header) + 1, endOffset));
    if (isControl(header.attributes)) continue;
    for (const record of recordsOf(bytes, position, { decompress })) {
      if (record.offset < offset || record.offset >= endOffset || record.key === null) continue;
      const entry = decodeGroupRecord(record.key, record.value);
      if (entry !== undefined) entries.push(entry);
    }
  }
  return { entries, nextOffset };
}
