import { FileRange } from "@moldau/base";
import { baseOffsetAt, batchSizeAt, HEADER_BYTES, Layout } from "@moldau/record-batch";
import type { BatchSelection } from "./batch-range";
import type { OpenFile } from "./descriptor-cache";
import type { Environment } from "./environment";
import { readInt32 } from "./integers";
import type { ReadResult } from "./log-reader";
import type { OffsetIndex } from "./offset-index";

/** The least that is sent out of a file: below, reading it costs no more than looking where its batches begin and end. */
const LEAST_BYTES = 128 * 1024;

const head = new Uint8Array(HEADER_BYTES);

interface BatchHead {
  baseOffset: number;
  lastOffset: number;
}

/**
 * Whole batches as a range of a segment's file, without reading more of them than two headers: from `position`, where the wanted
 * batch begins, to the last batch that the index knows within `maxBytes` and below `upToOffset`. Undefined where that is little, or the
 * index knows none, where the bytes may have to come from the disk, or where the headers are not what the index says: then
 * they are to be read.
 */
export function findRange(
  environment: Environment,
  at: { file: OpenFile; index: OffsetIndex; position: number; end: number; selection: BatchSelection },
): ReadResult | undefined {
  const { file, index, position, end, selection } = at;
  const stop = index.lookupPosition(Math.min(position + selection.maxBytes, end - HEADER_BYTES));
  if (stop === undefined || stop.position - position < LEAST_BYTES) return undefined;
  const sizeBytes = stop.position - position;
  const { disk, files } = environment;
  if (disk.isAtHand?.(file.descriptor, position, sizeBytes + HEADER_BYTES) !== true) return undefined;
  const first = headAt(environment, file, position);
  const next = headAt(environment, file, stop.position);
  if (first === undefined || next === undefined) return undefined;
  const isOfIndex = next.baseOffset <= stop.offset && stop.offset <= next.lastOffset;
  const isInOrder = first.lastOffset >= selection.fetchOffset && first.baseOffset < next.baseOffset;
  if (!isOfIndex || !isInOrder || next.baseOffset > selection.upToOffset) return undefined;
  const giveBack = files.lend(file);
  if (giveBack === undefined) return undefined;
  let released = false;
  const release = (): void => {
    if (!released) giveBack();
    released = true;
  };
  const inFile = new FileRange(file.descriptor, position, sizeBytes);
  const { baseOffset } = first;
  return { chunks: [], inFile, sizeBytes, baseOffset, nextOffset: next.baseOffset, fromOlderSegment: false, release };
}

function headAt(environment: Environment, file: OpenFile, position: number): BatchHead | undefined {
  if (environment.disk.readNow(file.descriptor, head, position) !== HEADER_BYTES) return undefined;
  if (batchSizeAt(head, 0) === undefined) return undefined;
  const baseOffset = baseOffsetAt(head, 0);
  return { baseOffset, lastOffset: baseOffset + readInt32(head, Layout.lastOffsetDelta) };
}
