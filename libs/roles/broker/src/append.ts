import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { decompress } from "@moldau/compression";
import type { AppendPartition, AppendReply, AppendRequest, AppendResult, RecordError } from "@moldau/contracts";
import { isInternalTopic } from "@moldau/metadata";
import {
  compressionCodec,
  CorruptBatchError,
  isControl,
  isTransactional,
  patchBatch,
  readControlMarker,
  validateForAppend,
  type AppendRules,
  type BatchHeader,
  type ControlMarker,
} from "@moldau/record-batch";
import type { CallContext } from "@moldau/rpc";
import type { BrokerCore } from "./broker-core";
import type { HostedPartition } from "./hosted-partition";
import { recompress } from "./recompress";
import type { TopicSettings } from "./topic-settings";
import { appendVerified } from "./verified-append";

/** What the appends of one request have in common. */
interface AppendTerms {
  acks: number;
  internal: boolean;
  produceVersion: number | undefined;
  /** "" where the client names none. */
  transactionalId: string;
  nowMs: number;
}

interface Outcome {
  error: KafkaErrorCode;
  message?: string;
  recordErrors?: RecordError[];
  baseOffset?: number;
  logAppendTimeMs?: number;
}

/**
 * The append walk: validate -> the partition decides -> base offset and leader epoch are patched in place -> the log writes
 * -> the partition learns of it -> waits that are over are answered. Everything up to the write is synchronous, so batches
 * of one producer keep their order whatever they wait for afterwards.
 */
export function createAppend(core: BrokerCore): (request: AppendRequest, call: CallContext) => Promise<AppendReply> {
  /** While a log cannot take more: appends line up behind it, in order. */
  let turn: Promise<void> | undefined;

  return async (request, call) => {
    while (turn !== undefined) await turn;
    const waiting = core.partitions.whenReady(request.partitions);
    if (waiting) await waiting;
    const full = request.partitions
      .map(({ topicId, partition }) => core.partitions.get(topicId, partition)?.log)
      .find((log) => log?.isQueueFull);
    if (full) {
      turn ??= full.whenWritable().finally(() => (turn = undefined));
      while (turn !== undefined) await turn;
    }
    const span = core.tracing.start("broker append", call.traceparent, { partitions: request.partitions.length });
    const reply = await appendAll(core, request);
    span?.end(reply.partitions.find(({ errorCode }) => errorCode !== KafkaError.NONE)?.errorMessage);
    return reply;
  };
}

function appendAll(core: BrokerCore, request: AppendRequest): AppendReply | Promise<AppendReply> {
  const results = request.partitions.map(newResult);
  if (request.acks !== 0 && request.acks !== 1 && request.acks !== -1) {
    for (const result of results) result.errorCode = KafkaError.INVALID_REQUIRED_ACKS;
    return { partitions: results };
  }
  const terms: AppendTerms = {
    acks: request.acks,
    internal: request.internal,
    produceVersion: request.produceVersion === 0 ? undefined : request.produceVersion,
    transactionalId: request.transactionalId,
    nowMs: core.clock.nowMs(),
  };
  let pending = results.length;
  let answer: (() => void) | undefined;
  /** By index; gives up waiting. */
  const cancels: ((() => void) | undefined)[] = [];
  request.partitions.forEach((asked, index) => {
    const result = results[index]!;
    let over = false;
    const finish = (outcome: Outcome) => {
      if (over) return;
      over = true;
      cancels[index] = undefined;
      fill(core, result, asked, outcome);
      if (--pending === 0) answer?.();
    };
    const cancel = appendOne(core, asked, terms, finish);
    if (cancel && !over) {
      cancels[index] = () => {
        cancel();
        finish({ error: KafkaError.REQUEST_TIMED_OUT, message: "the in-sync replicas did not write it in time" });
      };
    }
  });
  if (pending === 0) return { partitions: results };
  return new Promise((resolve) => {
    const timer = core.timers.after(request.timeoutMs, () => cancels.forEach((cancel) => cancel?.()));
    answer = () => {
      timer.cancel();
      resolve({ partitions: results });
    };
  });
}

/** Starts one partition's append; returns how to stop waiting for it, where there is something to wait for. */
function appendOne(
  core: BrokerCore,
  asked: AppendPartition,
  terms: AppendTerms,
  finish: (outcome: Outcome) => void,
): (() => void) | undefined {
  const hosted = core.partitions.get(asked.topicId, asked.partition);
  if (!hosted) {
    const error = core.partitions.absence(asked);
    finish({ error, message: "the partition is not on this broker" });
    return undefined;
  }
  hosted.cells.produceRequests.value++;
  if (!terms.internal && isInternalTopic(hosted.topic)) {
    finish({ error: KafkaError.INVALID_TOPIC_EXCEPTION, message: `clients may not write to ${hosted.topic}` });
    return undefined;
  }
  if (hosted.isBusy) {
    finish({ error: KafkaError.NOT_LEADER_OR_FOLLOWER, message: "the partition is changing its leader" });
    return undefined;
  }
  const notLeader = hosted.replica.checkLeader(asked.leaderEpoch);
  if (notLeader !== KafkaError.NONE) {
    finish({ error: notLeader, message: "this broker does not lead the partition in that epoch" });
    return undefined;
  }
  const verdict = validateForAppend(asked.records, rulesOf(hosted, terms));
  if (!verdict.ok) {
    finish(verdict);
    return undefined;
  }
  const { header, maxTimestamp } = verdict;
  const { records, leaderEpoch, ownerEpoch, claimOffset } = asked;
  const batch: AppendedBatch = { records, header, maxTimestamp, leaderEpoch, ownerEpoch, claimOffset, terms };
  const ofClient = asked.ownerEpoch < 0 && !isControl(header.attributes);
  if (!ofClient || !isTransactional(header.attributes) || !core.verification.isEnabled) {
    return appendBatch(core, hosted, batch, finish);
  }
  return appendVerified(core, hosted, { header, ...terms }, finish, (verification) =>
    appendBatch(core, hosted, { ...batch, verification, terms: { ...terms, nowMs: core.clock.nowMs() } }, finish),
  );
}

/** A valid batch on its way into the log. */
export interface AppendedBatch {
  records: Uint8Array;
  header: BatchHeader;
  /** Where the header states a wrong one. */
  maxTimestamp?: number;
  leaderEpoch: number;
  ownerEpoch: number;
  claimOffset?: number;
  transactionVersion?: number;
  verification?: number;
  terms: AppendTerms;
}

/** Appends one valid batch. Both the clients' and the broker's own batches (claims, transaction markers) come this way. */
export function appendBatch(
  core: BrokerCore,
  hosted: HostedPartition,
  batch: AppendedBatch,
  finish: (outcome: Outcome) => void,
): (() => void) | undefined {
  const { header, terms } = batch;
  const { settings, replica, log, cells } = hosted;
  const { acks, nowMs } = terms;
  let bytes = batch.records;
  let marker: ControlMarker | undefined;
  try {
    if (isControl(header.attributes)) marker = readControlMarker(bytes, 0, header);
    else if (settings.codec !== undefined && compressionCodec(header.attributes) !== settings.codec) {
      bytes = recompress(bytes, header, settings.codec, settings.compressionLevel);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    finish({ error: error instanceof CorruptBatchError ? error.code : KafkaError.CORRUPT_MESSAGE, message });
    return undefined;
  }
  const tooLarge = terms.internal ? undefined : sizeRefusal(bytes.length, settings);
  if (tooLarge) {
    finish(tooLarge);
    return undefined;
  }
  const logAppendTimeMs = settings.logAppendTime ? nowMs : undefined;
  const maxTimestamp = logAppendTimeMs ?? batch.maxTimestamp ?? header.maxTimestamp;
  const foreseen = replica.assignedEndOffset + header.lastOffsetDelta;
  hosted.snapshots.beforeAppend({ sizeBytes: bytes.length, maxTimestamp, lastOffset: foreseen });
  const decision = replica.append({
    header,
    marker,
    transactionVersion: batch.transactionVersion,
    leaderEpoch: batch.leaderEpoch,
    ownerEpoch: batch.ownerEpoch,
    claimOffset: batch.claimOffset,
    verification: batch.verification,
    acks,
    nowMs,
  });
  if (decision.kind === "refused") {
    finish(decision);
    return undefined;
  }
  const success: Outcome = { error: KafkaError.NONE, baseOffset: decision.baseOffset, logAppendTimeMs };
  const { waitId } = decision;
  if (decision.kind === "duplicate") {
    if (settings.logAppendTime) success.logAppendTimeMs = decision.timestamp;
    if (waitId === 0) {
      finish(success);
      return undefined;
    }
  } else {
    const { baseOffset, leaderEpoch: partitionLeaderEpoch, aborted } = decision;
    patchBatch(
      bytes,
      0,
      { baseOffset, partitionLeaderEpoch, logAppendTimeMs, maxTimestamp: batch.maxTimestamp },
      header,
    );
    const lastOffset = baseOffset + header.lastOffsetDelta;
    const leaderEpoch = partitionLeaderEpoch;
    const written = log.append([{ bytes, baseOffset, lastOffset, maxTimestamp, leaderEpoch, aborted }]);
    hosted.snapshots.afterAppend();
    cells.messagesIn.value += header.recordCount;
    cells.bytesIn.value += bytes.length;
    reportWritten(core, hosted, written, lastOffset + 1, bytes.length, () => {
      // acks=0: nobody waits for the answer, but the bytes are the caller's until they are written.
      if (waitId === 0) finish(success);
    });
  }
  if (waitId === 0) return undefined;
  // A failure after the write names the offset too: whoever asks knows that the batch is in the log.
  hosted.onAppendOver(waitId, (error) => finish({ ...success, error }));
  return () => hosted.cancelAppendWait(waitId);
}

/** A batch that is too large in the topic's own codec, or for any segment. Source: UnifiedLog.append. */
function sizeRefusal(sizeBytes: number, { maxMessageBytes, log }: TopicSettings): Outcome | undefined {
  if (sizeBytes > maxMessageBytes) {
    const message = `the batch takes ${sizeBytes} bytes in the topic's codec; max.message.bytes is ${maxMessageBytes}`;
    return { error: KafkaError.MESSAGE_TOO_LARGE, message };
  }
  if (sizeBytes > log.segmentBytes) {
    const message = `the batch takes ${sizeBytes} bytes; segment.bytes is ${log.segmentBytes}`;
    return { error: KafkaError.RECORD_LIST_TOO_LARGE, message };
  }
  return undefined;
}

/**
 * Tells the core when the log has written up to `endOffset`. With durability=fsync it counts only when the disk has it; a
 * leader lets its followers read it before, so that all disks work at the same time. A follower says nothing before its own
 * has it, since its next fetch is its word.
 */
export function reportWritten(
  core: Pick<BrokerCore, "fsync" | "clock">,
  hosted: HostedPartition,
  written: Promise<void>,
  endOffset: number,
  sizeBytes: number,
  afterwards: () => void,
): void {
  const { generation, log, replica } = hosted;
  const reported = hosted.noteAppend();
  const onDisk = (): Promise<void> => {
    if (replica.isLeader && hosted.generation === generation) {
      replica.onReadable(endOffset, sizeBytes);
      hosted.settle();
    }
    return log.flushUpTo(endOffset);
  };
  (core.fsync ? written.then(onDisk) : written).then(
    () => {
      if (hosted.generation === generation) {
        replica.onWritten(endOffset, sizeBytes, core.clock.nowMs());
        hosted.settle();
      }
      reported();
      afterwards();
    },
    () => {
      // The store has taken the directory offline and said so; whoever waits hears it here.
      hosted.fail();
      reported();
      afterwards();
    },
  );
}

function rulesOf({ settings }: HostedPartition, { internal, produceVersion, nowMs }: AppendTerms): AppendRules {
  return {
    produceVersion,
    maxMessageBytes: settings.maxMessageBytes,
    compacted: settings.compacted,
    logAppendTime: settings.logAppendTime,
    timestampBeforeMaxMs: settings.timestampBeforeMaxMs,
    timestampAfterMaxMs: settings.timestampAfterMaxMs,
    nowMs,
    allowControl: internal,
    decompress,
  };
}

function newResult({ topicId, partition }: AppendPartition): AppendResult {
  return {
    topicId,
    partition,
    errorCode: KafkaError.NONE,
    errorMessage: "",
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
    recordErrors: [],
    currentLeaderId: -1,
    currentLeaderEpoch: -1,
  };
}

function fill(core: BrokerCore, result: AppendResult, asked: AppendPartition, outcome: Outcome): void {
  const hosted = core.partitions.get(asked.topicId, asked.partition);
  result.errorCode = outcome.error;
  if (hosted) result.logStartOffset = hosted.replica.logStartOffset;
  result.baseOffset = outcome.baseOffset ?? -1;
  if (outcome.error === KafkaError.NONE) {
    result.logAppendTimeMs = outcome.logAppendTimeMs ?? -1;
    return;
  }
  if (hosted) hosted.cells.failedProduceRequests.value++;
  result.errorMessage = outcome.message ?? "";
  if (outcome.recordErrors) result.recordErrors = outcome.recordErrors;
  if (outcome.error === KafkaError.NOT_LEADER_OR_FOLLOWER || outcome.error === KafkaError.FENCED_LEADER_EPOCH) {
    Object.assign(result, leaderHint(core, asked));
  }
}

/** Where the leader is as far as this broker knows (KIP-951). */
export function leaderHint(
  core: Pick<BrokerCore, "observer">,
  { topicId, partition }: { topicId: string; partition: number },
): { currentLeaderId: number; currentLeaderEpoch: number } {
  const image = core.observer.image.partition(topicId, partition);
  return { currentLeaderId: image?.leader ?? -1, currentLeaderEpoch: image?.leaderEpoch ?? -1 };
}
