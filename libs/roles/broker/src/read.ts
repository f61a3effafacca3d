import { KafkaError } from "@moldau/base";
import type { LocalReadResult, ReadPartition, ReadReply, ReadRequest } from "@moldau/contracts";
import { isActive } from "@moldau/metadata";
import { divergence, type ReaderKind } from "@moldau/partition";
import type { CallContext } from "@moldau/rpc";
import {
  type AbortedTransaction,
  StorageError,
  type PartitionLog,
  type ReadRequest as LogReadRequest,
} from "@moldau/segment-store";
import { leaderHint } from "./append";
import type { BrokerCore } from "./broker-core";
import type { HostedPartition } from "./hosted-partition";
import { ReadWait, type ReadEvents } from "./read-wait";

/** `replica_id` of a role that reads to the log's end. */
const ROLE = -2;

interface Pass {
  results: LocalReadResult[];
  bytes: number;
  /** What the reader asked for at most and at least, as far as there is memory for its answer. */
  maxBytes: number;
  minBytes: number;
  /** Something the reader must see now: an error, a divergence, an older segment, a high watermark it does not know. */
  urgent: boolean;
  /** Partitions that a throttled follower gets nothing of: it asks again when its wait is over, or when they change. */
  held: HostedPartition[];
  /** Where there is something to wait for. */
  hosted: HostedPartition[];
  /** Up to where each of those was readable when it was looked at. */
  bounds: number[];
  changes: number[];
  call: CallContext;
}

/**
 * The read walk: epochs and bounds from the partition, bytes from the log, whole batches, at most `max_bytes` but always
 * one batch of the first partition that has any (rule 14). Where that is less than `min_bytes` it waits, by events, and
 * reads once more. Consumers share what memory there is for their answers. A follower's read is also its report of how far
 * it has come.
 */
export function createRead(core: BrokerCore): (request: ReadRequest, call: CallContext) => Promise<ReadReply> {
  return async (request, call) => {
    // A follower asks again soon, and its other partitions must not wait for one that is not here yet.
    const waiting = request.replicaId >= 0 ? undefined : core.partitions.whenReady(request.partitions);
    if (waiting) await waiting;
    const span = core.tracing.start("broker read", call.traceparent, { partitions: request.partitions.length });
    let pass = await readAll(core, request, call);
    const canWait = pass.hosted.length + pass.held.length > 0;
    const mustWait = request.maxWaitMs > 0 && pass.bytes < pass.minBytes && !pass.urgent && canWait;
    if (mustWait && !call.signal?.aborted) {
      await untilReadable(core, request, pass, call);
      // Nobody hears the answer, and what a follower said then is no report of now.
      if (call.signal?.aborted) return { partitions: pass.results };
      pass = await readAll(core, request, call);
    }
    count(core, request, pass);
    span?.end();
    return { partitions: pass.results };
  };
}

function readerOf(request: ReadRequest): { kind: ReaderKind; events: ReadEvents } {
  if (request.replicaId !== -1) return { kind: "log-end", events: "written" };
  return request.isolationLevel === 1
    ? { kind: "committed", events: "stable" }
    : { kind: "uncommitted", events: "committed" };
}

function untilReadable(core: BrokerCore, request: ReadRequest, pass: Pass, call: CallContext): Promise<void> {
  return new Promise((resolve) => {
    const wait = new ReadWait({
      partitions: pass.hosted,
      held: pass.held,
      events: readerOf(request).events,
      missingBytes: pass.minBytes - pass.bytes,
      maxWaitMs: request.maxWaitMs,
      wantsHighWatermark: request.replicaId >= 0,
      timers: core.timers,
      done: () => {
        call.signal?.removeEventListener("abort", giveUp);
        resolve();
      },
    });
    const giveUp = () => wait.end();
    call.signal?.addEventListener("abort", giveUp);
    // Between the look and the wait nothing may have slipped through: the log read is asynchronous.
    const { kind } = readerOf(request);
    const slipped = ({ replica, changes }: HostedPartition, i: number) =>
      replica.readable(kind) > pass.bounds[i]! || changes !== pass.changes[i];
    if (pass.hosted.some(slipped)) wait.end();
  });
}

async function readAll(core: BrokerCore, request: ReadRequest, call: CallContext): Promise<Pass> {
  const pass: Pass = {
    results: [],
    bytes: 0,
    maxBytes: request.maxBytes,
    minBytes: request.minBytes,
    urgent: false,
    held: [],
    hosted: [],
    bounds: [],
    changes: [],
    call,
  };
  // Replicas and roles are few, and everybody waits for them.
  if (request.replicaId === -1) {
    pass.maxBytes = Math.min(pass.maxBytes, core.answerMemory.share());
    pass.minBytes = Math.min(pass.minBytes, pass.maxBytes);
  }
  for (const asked of request.partitions) pass.results.push(await readOne(core, request, asked, pass));
  return pass;
}

async function readOne(
  core: BrokerCore,
  request: ReadRequest,
  asked: ReadPartition,
  pass: Pass,
): Promise<LocalReadResult> {
  const result: LocalReadResult = newResult(asked);
  const fail = (error: number): LocalReadResult => {
    result.errorCode = error;
    pass.urgent = true;
    if (error === KafkaError.NOT_LEADER_OR_FOLLOWER || error === KafkaError.FENCED_LEADER_EPOCH) {
      Object.assign(result, leaderHint(core, asked));
    }
    return result;
  };
  const hosted = core.partitions.get(asked.topicId, asked.partition);
  if (!hosted) return fail(core.partitions.absence(asked));
  if (hosted.isBusy && !hosted.isMoving) return fail(KafkaError.NOT_LEADER_OR_FOLLOWER);
  const { replica, log } = hosted;
  // A consumer that names its rack may read from a follower (KIP-392); nobody else.
  const mayFollow = request.replicaId === -1 && request.rackId !== "";
  const { currentLeaderEpoch } = asked;
  const check = () => (mayFollow ? replica.checkEpoch(currentLeaderEpoch) : replica.checkLeader(currentLeaderEpoch));
  const error = check();
  if (error !== KafkaError.NONE) return fail(error);

  const { fetchOffset } = asked;
  const bounds = () => {
    result.highWatermark = replica.highWatermark;
    result.lastStableOffset = replica.lastStableOffset;
    result.logStartOffset = replica.logStartOffset;
  };
  bounds();
  if (fetchOffset < replica.logStartOffset) return fail(KafkaError.OFFSET_OUT_OF_RANGE);
  if (asked.lastFetchedEpoch >= 0) {
    const { lastFetchedEpoch } = asked;
    const diverging = divergence({ lastFetchedEpoch, fetchOffset }, log.endOffsetForEpoch(lastFetchedEpoch));
    if (diverging && diverging.endOffset < 0) return fail(KafkaError.OFFSET_OUT_OF_RANGE);
    if (diverging) {
      result.divergingEpoch = diverging.epoch;
      result.divergingEndOffset = diverging.endOffset;
      pass.urgent = true;
      return result;
    }
  }
  const outOfRange = replica.checkOffset(fetchOffset);
  if (outOfRange !== KafkaError.NONE) return fail(outOfRange);
  if (mayFollow && core.readsFromClosest) {
    result.preferredReadReplica = closestReplica(core, hosted, request.rackId, fetchOffset);
    if (result.preferredReadReplica >= 0) {
      // The consumer goes there for its records.
      pass.urgent = true;
      return result;
    }
  }
  if (request.replicaId >= 0) {
    const { replicaId, replicaEpoch } = request;
    const node = core.observer.image.brokers.get(replicaId);
    const eligible = isActive(node) && node?.epoch === replicaEpoch;
    const { logStartOffset } = asked;
    const fetch = { replicaId, fetchOffset, logStartOffset, nodeEpoch: replicaEpoch, eligible };
    const refused = replica.onFollowerFetch(fetch, core.clock.nowMs());
    if (refused !== KafkaError.NONE) return fail(refused);
    hosted.settle();
    hosted.noteLogStarts();
    bounds();
    // Only where it can follow: its high watermark goes no farther than its log.
    const reachable = Math.min(replica.highWatermark, fetchOffset);
    if (asked.highWatermark >= 0 && reachable > asked.highWatermark) pass.urgent = true;
    if (core.throttles.holdsBackReader(hosted, replicaId)) {
      pass.held.push(hosted);
      return result;
    }
  }
  const upToOffset = replica.readable(readerOf(request).kind);
  const { leaderEpoch } = replica;
  const { generation } = hosted;
  pass.hosted.push(hosted);
  pass.bounds.push(upToOffset);
  pass.changes.push(hosted.changes);
  if (fetchOffset >= upToOffset) {
    log.noteReaderAt(fetchOffset);
    return result;
  }
  const maxBytes = Math.min(asked.maxBytes, pass.maxBytes - pass.bytes);
  try {
    const isCommitted = request.replicaId === -1 && request.isolationLevel === 1;
    const takesFiles = pass.call.takesFiles === true && pass.call.lend !== undefined;
    const wanted = { fetchOffset, upToOffset, maxBytes, atLeastOne: pass.bytes === 0, takesFiles };
    const { read, skipped } = await readWithAborted(log, wanted, isCommitted);
    // Another log by now: cut, or led in another epoch than the one that the bounds were taken in (KAFKA-18723).
    if (
      hosted.generation !== generation ||
      replica.leaderEpoch !== leaderEpoch ||
      (hosted.isBusy && !hosted.isMoving)
    ) {
      read.release();
      return fail(check() || KafkaError.NOT_LEADER_OR_FOLLOWER);
    }
    result.records = read.chunks;
    if (read.inFile !== undefined) result.recordsInFile = read.inFile;
    core.answerMemory.lend(pass.call, read);
    pass.bytes += read.sizeBytes;
    if (request.replicaId >= 0) core.throttles.noteSent(hosted, read.sizeBytes);
    if (read.fromOlderSegment) pass.urgent = true;
    result.aborted = skipped.map(({ producerId, firstOffset }) => ({ producerId, firstOffset }));
  } catch (failure) {
    if (!(failure instanceof StorageError)) throw failure;
    // It lies in another directory now: the next read is of that.
    if (hosted.isMoving || hosted.log !== log) return result;
    if (failure.code === KafkaError.KAFKA_STORAGE_ERROR) hosted.fail();
    return fail(hosted.isRemoved ? core.partitions.absence(asked) : failure.code);
  }
  return result;
}

function closestReplica(core: BrokerCore, { replica }: HostedPartition, rackId: string, fetchOffset: number): number {
  const { brokers } = core.observer.image;
  const rackOf = (nodeId: number) => {
    const node = brokers.get(nodeId);
    return isActive(node) ? node!.rack : undefined;
  };
  return replica.closestReplica({ rackId, fetchOffset, rackOf });
}

function count(core: BrokerCore, request: ReadRequest, pass: Pass): void {
  for (const result of pass.results) {
    const cells = core.partitions.get(result.topicId, result.partition)?.cells;
    if (!cells) continue;
    cells.fetchRequests.value++;
    if (result.errorCode !== KafkaError.NONE) cells.failedFetchRequests.value++;
    const out = request.replicaId >= 0 ? cells.replicationBytesOut : cells.bytesOut;
    if (request.replicaId === ROLE) continue;
    for (const chunk of result.records) out.value += chunk.length;
    out.value += result.recordsInFile?.length ?? 0;
  }
}

function newResult({ topicId, partition }: ReadPartition): LocalReadResult {
  return {
    topicId,
    partition,
    errorCode: KafkaError.NONE,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    divergingEpoch: -1,
    divergingEndOffset: -1,
    currentLeaderId: -1,
    currentLeaderEpoch: -1,
    aborted: [],
    preferredReadReplica: -1,
    records: [],
  };
}

/**
 * Batches and, for a reader of committed data, whose of their records to skip. Both of one log: the cleaner drops aborted
 * records and with them the notes about them.
 */
async function readWithAborted(log: PartitionLog, wanted: LogReadRequest, isCommitted: boolean) {
  for (;;) {
    const { replacements } = log;
    const read = await log.read(wanted);
    if (!isCommitted || read.sizeBytes === 0) return { read, skipped: [] };
    let skipped: readonly AbortedTransaction[] | undefined;
    try {
      const aborted = log.abortedTransactions({ from: wanted.fetchOffset, to: read.nextOffset });
      skipped = aborted instanceof Promise ? await aborted : aborted;
      if (log.replacements === replacements) return { read, skipped };
      skipped = undefined;
    } finally {
      if (skipped === undefined) read.release();
    }
  }
}
