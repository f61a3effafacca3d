import { existsSync, readFileSync } from "node:fs";
import { decompress } from "@moldau/compression";
import { cursorOf, lastOffset, type BatchHeader } from "@moldau/record-batch";
import { OffsetIndex, TimeIndex } from "@moldau/segment-store";
import { BatchFile } from "../batch-file";
import { OfflineError } from "../errors";
import type { DumpOptions } from "./dump-options";
import type { Findings } from "./findings";
import { type DumpLine, out } from "./lines";
import { absolute, baseOffsetOf, siblingOf } from "./segment-files";

type IndexOptions = Pick<DumpOptions, "indexSanityCheck" | "verifyIndexOnly" | "maxMessageSize">;

/** The entries of an offset index, each held against the batch that it points to. */
export function* dumpIndex(file: string, options: IndexOptions, findings: Findings): Generator<DumpLine, void> {
  const bytes = readFileSync(file);
  const index = new OffsetIndex(baseOffsetOf(file), bytes);
  const log = new BatchFile(logOf(file));
  try {
    if (index.count === 0) {
      yield out(`${file} is empty.`);
      return;
    }
    if (options.indexSanityCheck) {
      refuse(file, index.defect(bytes.length, Infinity));
      yield out(`${file} passed sanity check.`);
      return;
    }
    for (let slot = 0; slot < index.count; slot++) {
      const { offset, position } = index.entry(slot);
      // Files that a crash left at the length they were made with end in zeros.
      if (offset === index.baseOffset && slot > 0) return;
      const found = firstBatch(log, position, position + options.maxMessageSize);
      if (found === undefined) {
        throw new OfflineError(
          `${file}: entry ${slot} names position ${position}, where ${log.path} has no whole batch of up to ${options.maxMessageSize} bytes`,
        );
      }
      if (lastOffset(found) !== offset) findings.indexMismatches.add(absolute(file), [offset, lastOffset(found)]);
      if (!options.verifyIndexOnly) yield out(`offset: ${offset} position: ${position}`);
    }
  } finally {
    log.close();
  }
}

/** The entries of a time index, each held against the batch that holds the timestamp. */
export function* dumpTimeIndex(file: string, options: IndexOptions, findings: Findings): Generator<DumpLine, void> {
  const bytes = readFileSync(file);
  const baseOffset = baseOffsetOf(file);
  const index = new TimeIndex(baseOffset, bytes);
  const offsetsFile = siblingOf(file, ".index");
  const offsets = new OffsetIndex(baseOffset, existsSync(offsetsFile) ? readFileSync(offsetsFile) : undefined);
  if (options.indexSanityCheck) {
    refuse(file, index.defect(bytes.length));
    yield out(`${file} passed sanity check.`);
    return;
  }
  const log = new BatchFile(logOf(file));
  try {
    let before = -1;
    for (let slot = 0; slot < index.count; slot++) {
      const { timestamp, offset } = index.entry(slot);
      if (offset === index.baseOffset && slot > 0) return;
      const found = batchOf(log, offsets.lookup(offset).position, offset);
      if (found === undefined) findings.notFound.add(absolute(file), [offset, -1]);
      else if (found.lastOffset !== offset) findings.notFound.add(absolute(file), [offset, found.lastOffset]);
      else {
        if (found.maxTimestamp !== timestamp) {
          findings.timestampMismatches.add(absolute(file), [timestamp, found.maxTimestamp]);
        }
        if (before >= timestamp) findings.outOfOrder.add(absolute(file), [timestamp, before]);
      }
      if (!options.verifyIndexOnly) yield out(`timestamp: ${timestamp} offset: ${offset}`);
      before = timestamp;
    }
  } finally {
    log.close();
  }
}

function firstBatch(log: BatchFile, from: number, to: number): BatchHeader | undefined {
  for (const { header } of log.batches(from, to)) return header;
  return undefined;
}

/** The first batch from `position` on that reaches `offset`, and the largest timestamp of its records. */
function batchOf(
  log: BatchFile,
  position: number,
  offset: number,
): { lastOffset: number; maxTimestamp: number } | undefined {
  for (const { header, bytes } of log.batches(position)) {
    if (lastOffset(header) < offset) continue;
    let maxTimestamp = -1;
    const cursor = cursorOf(bytes, 0, { decompress }, header);
    while (cursor.next()) maxTimestamp = Math.max(maxTimestamp, cursor.timestamp);
    return { lastOffset: lastOffset(header), maxTimestamp };
  }
  return undefined;
}

function logOf(file: string): string {
  const log = siblingOf(file, ".log");
  if (!existsSync(log)) throw new OfflineError(`${file}: the log of its segment, ${log}, is not there`);
  return log;
}

function refuse(file: string, defect: string | undefined): void {
  if (defect !== undefined)
    throw new OfflineError(`${file} is corrupt: ${defect}; a broker makes it anew at its start`);
}
