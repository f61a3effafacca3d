import { compress } from "@moldau/compression";
import { buildBatch } from "@moldau/record-batch";

/** What a batch consists of. */
export interface BatchShape {
  recordBytes: number;
  /** Of the records together, before compression. */
  batchBytes: number;
  codec: keyof typeof codecs;
}

export const codecs = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;

export interface Batch {
  bytes: Uint8Array;
  records: number;
  /** What counts for MB/s: the records' values, before compression. */
  payloadBytes: number;
}

const words = [
  "order",
  "customer",
  "created",
  "amount",
  "currency",
  "EUR",
  "status",
  "open",
  "paid",
  "shipped",
  "item",
];

/**
 * Values look like JSON of a shop, so that codecs find in them what they find in life (lz4 about 2 : 1, zstd about 3 : 1);
 * each record differs. The same bytes at every call.
 */
export function batchOf({ recordBytes, batchBytes, codec }: BatchShape): Batch {
  let seed = 42;
  const random = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
  const records = Math.max(1, Math.floor(batchBytes / recordBytes));
  const valueOf = () => {
    let text = "{";
    while (text.length < recordBytes) text += `"${words[random(words.length)]}":${random(1e9)},`;
    return Buffer.from(text.slice(0, recordBytes));
  };
  const timestamp = Date.now();
  const drafts = Array.from({ length: records }, () => ({ value: valueOf(), timestamp }));
  const bytes = buildBatch({ records: drafts, codec: codecs[codec], compress });
  return { bytes, records, payloadBytes: records * recordBytes };
}
