import { assert } from "@moldau/base";
import { batchKeyOf, decodeGroupRecord, encodeGroupRecord, type GroupRecord } from "@moldau/groups";
import { buildControlBatch } from "@moldau/record-batch";
import { type BatchMeaning, buildShardBatch } from "./log-batches";

/**
 * Entries of one `batchKeyOf` as one batch for `__consumer_offsets`: a plain one, a transactional one, or the control batch
 * of a marker. `codec`: `offsets.topic.compression.codec`.
 */
export function buildGroupBatch(entries: readonly GroupRecord[], codec: number, nowMs: number): Uint8Array {
  const first = entries[0] as GroupRecord;
  const key = batchKeyOf(first);
  assert(
    entries.every((entry) => batchKeyOf(entry) === key),
    "entries that may not share a batch",
  );
  if (first.kind === "marker") {
    const { producerId, producerEpoch, coordinatorEpoch, commit } = first;
    const kind = commit ? "commit" : "abort";
    return buildControlBatch({ marker: { kind, producerId, producerEpoch, coordinatorEpoch }, timestamp: nowMs });
  }
  const drafts = entries.flatMap((entry) => (entry.kind === "marker" ? [] : encodeGroupRecord(entry)));
  return buildShardBatch(drafts, codec, nowMs, first.kind === "offset" ? first.transaction : undefined);
}

/** For `readShardBatches`: `__consumer_offsets` with its transactions. */
export const groupBatchMeaning: BatchMeaning<GroupRecord> = {
  record: decodeGroupRecord,
  marker: (end) => ({ kind: "marker", ...end }),
};
