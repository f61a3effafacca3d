import { batchSizeAt, baseOffsetAt, HEADER_BYTES, Layout } from "@moldau/record-batch";
import { readInt32 } from "./integers";

/** What to take from a run of batches. */
export interface BatchSelection {
  /** The first batch that ends at or above it is the first taken. */
  fetchOffset: number;
  /** Exclusive: no batch that reaches it is taken. */
  upToOffset: number;
  maxBytes: number;
  /** Take the first batch even above maxBytes. */
  atLeastOne: boolean;
}

export type BatchRange =
  /** Whole batches in bytes [start, end); `nextOffset` follows the last. `limited`: maxBytes or upToOffset ended it. */
  | { kind: "batches"; start: number; end: number; baseOffset: number; nextOffset: number; limited: boolean }
  /** The first batch begins at `start` and takes `sizeBytes`, more than is here. */
  | { kind: "more"; start: number; sizeBytes: number }
  /** No batch here ends at or above fetchOffset; a scan goes on at `end`. */
  | { kind: "passed"; end: number }
  /** The first batch is not to be had: it reaches upToOffset or exceeds maxBytes. */
  | { kind: "none" }
  /** No batch begins at `start`: the bytes are damaged. */
  | { kind: "corrupt"; start: number };

/**
 * Finds the batches to return in `bytes[0, length)`, which begins at a batch. Hops over headers; looks into nothing else.
 */
export function selectBatches(bytes: Uint8Array, length: number, selection: BatchSelection): BatchRange {
  let at = 0;
  let start = -1;
  let baseOffset = -1;
  let nextOffset = -1;
  let limited = false;
  while (length - at >= HEADER_BYTES) {
    const sizeBytes = batchSizeAt(bytes, at);
    if (sizeBytes === undefined) {
      if (start < 0) return { kind: "corrupt", start: at };
      break;
    }
    const base = baseOffsetAt(bytes, at);
    const last = base + readInt32(bytes, at + Layout.lastOffsetDelta);
    if (start < 0 && last < selection.fetchOffset) {
      at += sizeBytes;
      continue;
    }
    if (last >= selection.upToOffset) {
      if (start < 0) return { kind: "none" };
      limited = true;
      break;
    }
    if (start < 0) {
      if (sizeBytes > selection.maxBytes && !selection.atLeastOne) return { kind: "none" };
      if (at + sizeBytes > length) return { kind: "more", start: at, sizeBytes };
      start = at;
      baseOffset = base;
    } else if (at + sizeBytes - start > selection.maxBytes) {
      limited = true;
      break;
    } else if (at + sizeBytes > length) {
      break;
    }
    nextOffset = last + 1;
    at += sizeBytes;
  }
  if (start < 0) return { kind: "passed", end: at };
  return { kind: "batches", start, end: at, baseOffset, nextOffset, limited };
}
