import { join } from "node:path";
import { HEADER_BYTES, readBatchHeader } from "@moldau/record-batch";
import { readEpochs, readPartitionMetadata, writeEpochs } from "./checkpoint-files";
import type { Environment, LogHome } from "./environment";
import {
  FileSuffix,
  LEADER_EPOCH_FILE,
  PARTITION_METADATA_FILE,
  parseSegmentFileName,
  segmentFileName,
  type SegmentFileKind,
  type SegmentFileName,
} from "./file-names";
import { readText, replaceFile } from "@moldau/disk";
import { loadIndexes } from "./index-cache";
import { LeaderEpochs } from "./leader-epochs";
import type { LogConfig } from "./log-config";
import { OFFSET_INDEX_ENTRY_BYTES } from "./offset-index";
import { jitter, type LoadedLog } from "./partition-log";
import { recoverSegment, RecoveryCollector, scanBatches, type RecoveredSegment } from "./scan";
import { Segment } from "./segment";
import { letGo, markDeleted } from "./segment-removal";
import { SnapshotFiles } from "./snapshot-files";
import { isMissing } from "./storage-error";
import { TIME_INDEX_ENTRY_BYTES } from "./time-index";
import { loadTransactions } from "./transaction-recovery";

export interface LoadRequest {
  topic: string;
  partition: number;
  topicId: string | undefined;
  path: string;
  config: LogConfig;
  /** The store was closed properly: files are trusted. */
  cleanStop: boolean;
  /** From the directory's checkpoints; 0 where they know nothing. */
  recoveryPoint: number;
  logStartOffset: number;
  highWatermark: number;
  /** Where the cleaner's last round ended. */
  cleanOffset?: number | undefined;
}

interface FoundFile extends SegmentFileName {
  name: string;
}

/** Opens the log in a directory: clears up what a stop left half done, recovers, finds its ends. Source: LogLoader. */
export async function loadLog(environment: Environment, home: LogHome, request: LoadRequest): Promise<LoadedLog> {
  const { disk } = environment;
  const files = await clearUp(environment, home, request.path);
  const segments = await openSegments(environment, request, files);
  const epochs = await loadEpochs(environment, request.path);
  const recovered = await recover(environment, home, request, segments, epochs.found);

  let { logEndOffset } = recovered;
  if (segments.length > 0 && logEndOffset < request.logStartOffset) {
    await dropSegments(environment, home, request.path, segments.splice(0), "belowLogStart");
    epochs.found.clear();
  }
  if (segments.length === 0) logEndOffset = request.logStartOffset;
  const basesOf = (kind: SegmentFileKind) => files.filter((file) => file.kind === kind).map((file) => file.baseOffset);
  const snapshots = new SnapshotFiles(disk, request.path, basesOf("snapshot"));
  await snapshots.deleteAbove(logEndOffset);
  if (segments.length === 0) {
    segments.push(Segment.fresh(request.path, logEndOffset, made(environment, request.config)));
  } else {
    const indexed = new Set(basesOf("txnIndex"));
    await loadTransactions(environment, { segments, logEndOffset, read: recovered.read, indexed, snapshots });
    for (const closed of segments.slice(0, -1)) {
      if (closed.indexes) environment.indexes.put(closed, closed.indexes);
      closed.indexes = undefined;
    }
    await activate(environment, segments.at(-1)!);
    if (!epochs.wasReadable) await epochsFromBatches(environment, segments, epochs.found);
  }
  const logStartOffset = Math.max(request.logStartOffset, segments[0]!.baseOffset);
  epochs.found.truncateFromEnd(logEndOffset);
  epochs.found.truncateFromStart(logStartOffset);
  const text = writeEpochs(epochs.found.entries);
  const isUnsaved = text !== epochs.text && (epochs.text !== undefined || epochs.found.entries.length > 0);
  // A leader's epoch without batches was cut off: a thousand logs need not write that at each start.
  const epochsUnsaved = isUnsaved && request.cleanStop && epochs.wasReadable;
  if (isUnsaved && !epochsUnsaved) {
    await replaceFile(disk, join(request.path, LEADER_EPOCH_FILE), text);
  }
  return {
    topic: request.topic,
    partition: request.partition,
    topicId: request.topicId,
    path: request.path,
    config: request.config,
    segments,
    epochs: epochs.found,
    epochsUnsaved,
    snapshots,
    logStartOffset,
    logEndOffset,
    recoveryPoint: request.cleanStop ? logEndOffset : Math.min(request.recoveryPoint, logEndOffset),
    highWatermark: Math.max(logStartOffset, Math.min(request.highWatermark, logEndOffset)),
    cleanOffset: request.cleanOffset,
    isNew: false,
  };
}

/** A log that is not there yet, in a directory that is. */
export function emptyLog(
  environment: Environment,
  log: { topic: string; partition: number; topicId: string; path: string; config: LogConfig },
): LoadedLog {
  return {
    ...log,
    segments: [Segment.fresh(log.path, 0, made(environment, log.config))],
    epochs: new LeaderEpochs(),
    epochsUnsaved: false,
    snapshots: new SnapshotFiles(environment.disk, log.path, []),
    logStartOffset: 0,
    logEndOffset: 0,
    recoveryPoint: 0,
    highWatermark: 0,
    cleanOffset: undefined,
    isNew: true,
  };
}

function made(environment: Environment, config: LogConfig): { nowMs: number; jitterMs: number } {
  return { nowMs: environment.clock.nowMs(), jitterMs: jitter(environment, config) };
}

/**
 * Finishes or undoes what a stop interrupted: `.deleted` goes; the cleaner's `.cleaned` goes, and with it every `.swap` that
 * may belong to the same unfinished round; a complete `.swap` takes the place of what it replaces.
 * Returns the files that remain.
 */
async function clearUp(environment: Environment, home: LogHome, path: string): Promise<FoundFile[]> {
  const { disk } = environment;
  const list = async (): Promise<FoundFile[]> =>
    (await disk.list(path)).flatMap(({ name, isDirectory }) => {
      const parsed = isDirectory ? undefined : parseSegmentFileName(name);
      return parsed ? [{ ...parsed, name }] : [];
    });
  const files = await list();
  const marked = files.filter((file) => file.temporary !== undefined);
  if (marked.length === 0) return files;

  const remove = (some: readonly FoundFile[]): Promise<void[]> =>
    Promise.all(some.map((file) => disk.unlink(join(path, file.name))));
  const cleaned = files.filter((file) => file.temporary === "cleaned");
  const firstCleaned = Math.min(Infinity, ...cleaned.map((file) => file.baseOffset));
  const swaps = files.filter((file) => file.temporary === "swap");
  await remove(swaps.filter((file) => file.baseOffset >= firstCleaned));
  await remove(cleaned);
  const valid = swaps.filter((file) => file.baseOffset < firstCleaned);
  let replacedFrom = Infinity;
  let replacedTo = -Infinity;
  for (const swap of valid.filter((file) => file.kind === "log")) {
    let nextOffset = swap.baseOffset;
    const { sizeBytes } = await disk.facts(join(path, swap.name));
    await scanBatches(environment, join(path, swap.name), { from: 0, to: sizeBytes, verify: false }, ({ header }) => {
      nextOffset = header.baseOffset + header.lastOffsetDelta + 1;
      return true;
    });
    environment.files.forget(join(path, swap.name));
    replacedFrom = Math.min(replacedFrom, swap.baseOffset);
    replacedTo = Math.max(replacedTo, nextOffset);
  }
  const isReplaced = (file: FoundFile): boolean =>
    file.temporary === undefined && file.baseOffset >= replacedFrom && file.baseOffset < replacedTo;
  await remove(files.filter((file) => isReplaced(file) && file.kind !== "snapshot"));
  for (const swap of valid) {
    await disk.rename(join(path, swap.name), join(path, swap.name.slice(0, -FileSuffix.swap.length)));
  }
  const deleted = files.filter((file) => file.temporary === "deleted").map((file) => join(path, file.name));
  if (deleted.length > 0) home.deleteLater(deleted, 0);
  await disk.syncDirectory(path);
  return (await list()).filter((file) => file.temporary === undefined);
}

/** The segments by their `.log` files, in order; index files without one are leftovers and go. */
async function openSegments(environment: Environment, request: LoadRequest, files: FoundFile[]): Promise<Segment[]> {
  const { disk } = environment;
  const bases = files
    .filter((file) => file.kind === "log")
    .map((file) => file.baseOffset)
    .sort((a, b) => a - b);
  const known = new Set(bases);
  for (const file of files) {
    if (file.kind === "snapshot" || known.has(file.baseOffset)) continue;
    await disk.unlink(join(request.path, file.name));
  }
  return Promise.all(
    bases.map(async (baseOffset) => {
      const segment = new Segment(request.path, baseOffset, made(environment, request.config));
      const facts = await disk.facts(segment.logPath);
      segment.sizeBytes = facts.sizeBytes;
      segment.writtenBytes = facts.sizeBytes;
      segment.modifiedMs = facts.modifiedMs;
      return segment;
    }),
  );
}

async function loadEpochs(
  environment: Environment,
  path: string,
): Promise<{ found: LeaderEpochs; text: string | undefined; wasReadable: boolean }> {
  const text = await readText(environment.disk, join(path, LEADER_EPOCH_FILE)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const entries = text === undefined ? undefined : readEpochs(text);
  return { found: new LeaderEpochs(entries), text, wasReadable: entries !== undefined };
}

/** Undefined where the file is missing (older brokers wrote none) or says nothing. */
export async function loadTopicId(environment: Environment, path: string): Promise<string | undefined> {
  const text = await readText(environment.disk, join(path, PARTITION_METADATA_FILE)).catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  return readPartitionMetadata(text);
}

/**
 * After an unclean stop, every segment from the recovery point on is read and cut at the first batch that is not right;
 * segments behind it go. Elsewhere only missing or misshapen indexes are built anew.
 */
async function recover(
  environment: Environment,
  home: LogHome,
  request: LoadRequest,
  segments: Segment[],
  epochs: LeaderEpochs,
): Promise<{ logEndOffset: number; read: ReadonlyMap<Segment, RecoveredSegment> }> {
  const read = new Map<Segment, RecoveredSegment>();
  const holdsRecoveryPoint = segments.findLastIndex((segment) => segment.baseOffset <= request.recoveryPoint);
  const firstUnflushed = request.cleanStop ? segments.length : Math.max(0, holdsRecoveryPoint);
  await Promise.all(
    segments.slice(0, firstUnflushed).map(async (segment) => {
      segment.syncedBytes = segment.writtenBytes;
      const defect = await indexDefect(environment, segment);
      if (defect) await rebuildIndexes(environment, request, segment, defect);
    }),
  );
  let logEndOffset = request.logStartOffset;
  for (let i = firstUnflushed; i < segments.length; i++) {
    const segment = segments[i]!;
    const end = await recoverTail(environment, request, segment, epochs);
    read.set(segment, end.found);
    logEndOffset = end.nextOffset;
    const next = segments[i + 1];
    if (!next) break;
    // The end of a segment may be lost without a trace while the file behind it survived: the log must not get a hole. Below
    // the cleaner's checkpoint holes are its doing.
    const isGap = next.baseOffset > Math.max(end.nextOffset, request.cleanOffset ?? 0);
    if (!end.truncated && !isGap) continue;
    const reason = end.truncated ? "behindCorruption" : "behindGap";
    await dropSegments(environment, home, request.path, segments.splice(i + 1), reason);
  }
  const last = segments.at(-1);
  if (last && firstUnflushed >= segments.length) {
    const end = await endOfTrusted(environment, last);
    if (end !== undefined) return { logEndOffset: end, read };
    // A clean stop promised whole batches; something else cut the file since.
    const { nextOffset, found } = await recoverTail(environment, request, last, epochs);
    read.set(last, found);
    logEndOffset = nextOffset;
  }
  return { logEndOffset, read };
}

/** Reads and cuts one segment, and builds its indexes anew. */
async function recoverTail(
  environment: Environment,
  request: LoadRequest,
  segment: Segment,
  epochs: LeaderEpochs,
): Promise<{ nextOffset: number; truncated: boolean; found: RecoveredSegment }> {
  const { baseOffset, sizeBytes } = segment;
  const { indexIntervalBytes } = request.config;
  const found = await recoverSegment(environment, segment.logPath, { baseOffset, sizeBytes, indexIntervalBytes });
  const truncatedBytes = sizeBytes - found.validBytes;
  if (truncatedBytes > 0) {
    const file = await environment.files.acquire(segment.logPath);
    try {
      await environment.disk.truncate(file.descriptor, found.validBytes);
      await environment.disk.sync(file.descriptor);
    } finally {
      environment.files.release(file);
    }
  }
  segment.sizeBytes = found.validBytes;
  segment.writtenBytes = found.validBytes;
  segment.syncedBytes = 0;
  segment.largest = found.largest;
  segment.firstBatchTimestamp = found.firstBatchTimestamp;
  segment.indexes = found.indexes;
  await segment.writeIndexes(environment, { sync: true });
  for (const { epoch, startOffset } of found.epochs) {
    if (epoch > (epochs.latest()?.epoch ?? -1)) epochs.assign(epoch, startOffset);
  }
  environment.emit({
    type: "segmentRecovered",
    path: segment.logPath,
    keptBytes: found.validBytes,
    truncatedBytes,
    nextOffset: found.nextOffset,
    defect: found.defect,
  });
  return { nextOffset: found.nextOffset, truncated: truncatedBytes > 0, found };
}

async function indexDefect(environment: Environment, segment: Segment): Promise<string | undefined> {
  for (const [kind, entryBytes] of [
    ["index", OFFSET_INDEX_ENTRY_BYTES],
    ["timeIndex", TIME_INDEX_ENTRY_BYTES],
  ] as const) {
    const path = join(segment.directory, segmentFileName(segment.baseOffset, kind));
    const facts = await environment.disk.facts(path).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (!facts) return `${path} is missing`;
    if (facts.sizeBytes % entryBytes !== 0) return `${path} has ${facts.sizeBytes} bytes, no multiple of ${entryBytes}`;
  }
  return undefined;
}

/** From a segment whose batches are trusted: nothing is cut, whatever the scan meets. */
async function rebuildIndexes(
  environment: Environment,
  request: LoadRequest,
  segment: Segment,
  defect: string,
): Promise<void> {
  const collector = new RecoveryCollector(segment.baseOffset, request.config.indexIntervalBytes);
  const range = { from: 0, to: segment.sizeBytes, verify: false };
  await scanBatches(environment, segment.logPath, range, ({ header }) => collector.add(header));
  const found = collector.finish(undefined);
  segment.largest = found.largest;
  segment.indexes = found.indexes;
  segment.forgetWrittenIndexes();
  await segment.writeIndexes(environment, { sync: true });
  segment.indexes = undefined;
  environment.emit({ type: "indexRebuilt", path: segment.logPath, defect });
}

/** The end offset of a segment by its last index entry and the batches behind it; undefined when those are not whole. */
async function endOfTrusted(environment: Environment, segment: Segment): Promise<number | undefined> {
  const indexes = await loadIndexes(environment.disk, segment.directory, segment.baseOffset);
  if (indexes.offset.defect(indexes.offset.sizeBytes, segment.sizeBytes)) return undefined;
  if (indexes.time.defect(indexes.time.sizeBytes)) return undefined;
  let nextOffset = segment.baseOffset;
  const range = { from: indexes.offset.last()?.position ?? 0, to: segment.sizeBytes, verify: false };
  const end = await scanBatches(environment, segment.logPath, range, ({ header, filePosition }) => {
    if (filePosition === 0) segment.firstBatchTimestamp = header.maxTimestamp;
    nextOffset = header.baseOffset + header.lastOffsetDelta + 1;
    return true;
  });
  segment.indexes = indexes;
  segment.largest = indexes.time.last();
  segment.noteWrittenIndexes();
  return end.defect === undefined ? nextOffset : undefined;
}

/** Makes the last segment ready for appends. The others give their indexes to the cache. */
async function activate(environment: Environment, active: Segment): Promise<void> {
  if (active.transactions.count > 0) await active.transactions.hold(environment);
  if (!active.indexes) {
    active.indexes = await loadIndexes(environment.disk, active.directory, active.baseOffset);
    active.noteWrittenIndexes();
  }
  active.largest ??= active.indexes.time.last();
  if (active.sizeBytes < HEADER_BYTES || active.firstBatchTimestamp !== undefined) return;
  const file = await environment.files.acquire(active.logPath);
  try {
    const head = environment.buffers.take(HEADER_BYTES);
    await environment.disk.read(file.descriptor, head.subarray(0, HEADER_BYTES), 0);
    active.firstBatchTimestamp = readBatchHeader(head, 0).maxTimestamp;
    environment.buffers.give(head);
  } finally {
    environment.files.release(file);
  }
}

/** Without a readable checkpoint the batches themselves say which epochs there were. */
async function epochsFromBatches(environment: Environment, segments: Segment[], epochs: LeaderEpochs): Promise<void> {
  for (const segment of segments) {
    const range = { from: 0, to: segment.sizeBytes, verify: false };
    await scanBatches(environment, segment.logPath, range, ({ header }) => {
      const { partitionLeaderEpoch, baseOffset } = header;
      if (partitionLeaderEpoch > (epochs.latest()?.epoch ?? -1)) epochs.assign(partitionLeaderEpoch, baseOffset);
      return true;
    });
  }
}

async function dropSegments(
  environment: Environment,
  home: LogHome,
  path: string,
  segments: readonly Segment[],
  reason: "behindCorruption" | "behindGap" | "belowLogStart",
): Promise<void> {
  for (const segment of segments) letGo(environment, segment);
  const doomed = await markDeleted(environment, path, [...segments].reverse());
  home.deleteLater(doomed, 0);
  environment.emit({ type: "segmentsDropped", path, baseOffsets: segments.map((one) => one.baseOffset), reason });
}
