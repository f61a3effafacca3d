import { batchesOf, lastOffset } from "@moldau/record-batch";
import type { AppendPart } from "./segment";

/** A run of whole batches, as a fetch answer carries them, as parts for `append`: views, nothing is copied. */
export function partsOf(bytes: Uint8Array): AppendPart[] {
  const parts: AppendPart[] = [];
  for (const { header, position } of batchesOf(bytes)) {
    parts.push({
      bytes: bytes.subarray(position, position + header.sizeBytes),
      baseOffset: header.baseOffset,
      lastOffset: lastOffset(header),
      maxTimestamp: header.maxTimestamp,
      leaderEpoch: header.partitionLeaderEpoch,
    });
  }
  return parts;
}
