// Moves batches from the accumulator to the leaders of their partitions, and decides what an answer means.
// A batch: waiting → under way → acknowledged | waiting again (same bytes, same sequence) | split | failed.
import { KafkaError } from "@moldau/base";
import { compress } from "@moldau/compression";
import type { ProduceResponse, ProduceResponsePartitionProduceResponse } from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { calls } from "../calls";
import { check, isClientError, KafkaClientError, refused } from "../client-error";
import { ANSWER_SLACK_MS, type Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { backoffMs } from "../retry";
import { partitionName, type TopicPartition } from "../topic-partition";
import {
  type Accumulator,
  type Batch,
  type PartitionQueue,
  type PendingRecord,
  type ProducerIdentity,
  sequenceAfter,
} from "./accumulator";

/** What the sender needs of a cluster. */
export type ProduceCluster = Pick<
  Cluster,
  "timeoutMs" | "signal" | "topic" | "metadata" | "call" | "callAny" | "tell" | "retry"
>;

export interface SenderOptions {
  acks: -1 | 0 | 1;
  codec: number;
  idempotent: boolean;
  transaction?: SenderTransaction;
}

/** The transaction that all records belong to. */
export interface SenderTransaction {
  readonly transactionalId: string;
  /** Leaders of partitions add them to it (KIP-890). */
  readonly isV2: boolean;
  /** Under which records go out; undefined for none now. */
  readonly identity: ProducerIdentity | undefined;
  /** Why no record goes out any more. */
  readonly over: Error | undefined;
  /** Whether records may go to this partition; where not yet, the sender is woken when they may. */
  mayProduce(at: TopicPartition): boolean;
  /** A record has failed. `inDoubt`: or is in the log, although nobody said so. */
  recordFailed(error: Error, inDoubt?: boolean): void;
}

/** Bytes of batches in one request, unless a single batch is larger. */
const REQUEST_BYTES_MAX = 1024 * 1024;
/** Requests under way to one node, each for other partitions. */
const REQUESTS_MAX = 5;

/** The batch was not appended as it is, but its parts may be. */
const tooLarge: readonly number[] = [KafkaError.MESSAGE_TOO_LARGE, KafkaError.RECORD_LIST_TOO_LARGE];
/** The broker has lost track of this producer, or the other way round: go on under a new id. */
const identityLost: readonly number[] = [
  KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER,
  KafkaError.UNKNOWN_PRODUCER_ID,
  KafkaError.INVALID_PRODUCER_EPOCH,
];
/** From this version of Produce on, leaders add partitions to a transaction (KIP-890). */
const TRANSACTIONS_V2_SINCE = 12;
const produceV1 = { ...calls.produce, max: Math.min(calls.produce.max, TRANSACTIONS_V2_SINCE - 1) };
const produceV2 = { ...calls.produce, min: TRANSACTIONS_V2_SINCE };
/** The last transaction's markers are being written; that is soon over. */
export const CONCURRENT_MS = 20;

/** After these the batch may be in the log. */
const doubtful: readonly number[] = [
  KafkaError.NETWORK_EXCEPTION,
  KafkaError.REQUEST_TIMED_OUT,
  KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
];

export class Sender {
  private readonly requestsByNode = new Map<number, number>();
  private identity: ProducerIdentity | undefined;
  private identifying = false;
  private refreshing = false;
  private leaderlessRounds = 0;
  private scheduled = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cluster: ProduceCluster,
    private readonly accumulator: Accumulator,
    private readonly options: SenderOptions,
    /** Called when records have left the accumulator. */
    private readonly onRoom: () => void,
  ) {}

  /** Looks for what can be sent, once the present turn of the event loop has handed over what it has. */
  wake(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.run();
    });
  }

  /** No more timers; what still waits is rejected with `error`. */
  stop(error: Error): void {
    clearTimeout(this.timer);
    for (const queue of [...this.accumulator.waiting()]) {
      while (queue.batches.length > 0) this.fail(queue, error);
    }
  }

  private run(): void {
    clearTimeout(this.timer);
    const nowMs = performance.now();
    const { transaction } = this.options;
    if (transaction?.over !== undefined) this.failWaiting(transaction.over);
    this.expire(nowMs);
    const { queues: ready, nextMs } = this.accumulator.ready(nowMs);
    if (nextMs < Infinity) this.timer = setTimeout(() => this.wake(), Math.max(1, nextMs - nowMs));
    const queues = transaction === undefined ? ready : ready.filter((queue) => transaction.mayProduce(queue));
    if (queues.length === 0) return;
    if (transaction !== undefined) this.identity = transaction.identity;
    else if (this.options.idempotent && this.identity === undefined) return this.identify();
    const leaderless = new Set<string>();
    const byLeader = groupBy(queues, ({ topic, partition }) => {
      const leader = this.cluster.topic(topic)?.partitions[partition]?.leader ?? -1;
      if (leader < 0) leaderless.add(topic);
      return leader;
    });
    byLeader.delete(-1);
    if (leaderless.size > 0) this.refresh([...leaderless], backoffMs(this.leaderlessRounds));
    else this.leaderlessRounds = 0;
    for (const [nodeId, list] of byLeader) this.dispatch(nodeId, list);
  }

  private dispatch(nodeId: number, queues: PartitionQueue[]): void {
    let next = 0;
    while (next < queues.length && (this.requestsByNode.get(nodeId) ?? 0) < REQUESTS_MAX) {
      const chosen: PartitionQueue[] = [];
      let bytes = 0;
      while (next < queues.length) {
        const size = queues[next]!.batches[0]!.bytes;
        if (chosen.length > 0 && bytes + size > REQUEST_BYTES_MAX) break;
        bytes += size;
        chosen.push(queues[next++]!);
      }
      void this.produce(nodeId, chosen);
    }
  }

  /** Sends the first batch of each queue in one request. Never rejects. */
  private async produce(nodeId: number, queues: readonly PartitionQueue[]): Promise<void> {
    this.requestsByNode.set(nodeId, (this.requestsByNode.get(nodeId) ?? 0) + 1);
    for (const queue of queues) queue.inFlight = true;
    try {
      await this.exchange(
        nodeId,
        queues.filter((queue) => this.encode(queue)),
      );
    } finally {
      this.requestsByNode.set(nodeId, this.requestsByNode.get(nodeId)! - 1);
      for (const queue of queues) queue.inFlight = false;
      this.onRoom();
      this.wake();
    }
  }

  private async exchange(nodeId: number, queues: readonly PartitionQueue[]): Promise<void> {
    if (queues.length === 0) return;
    const { acks, transaction } = this.options;
    const timeoutMs = Math.max(1000, this.cluster.timeoutMs / 2);
    const topicData = [...groupBy(queues, ({ topic }) => topic)].map(([name, list]) => ({
      name,
      topicId: this.cluster.topic(name)?.topicId,
      partitionData: list.map(({ partition, batches }) => ({ index: partition, records: batches[0]!.encoded!.bytes })),
    }));
    const request = { transactionalId: transaction?.transactionalId ?? null, acks, timeoutMs, topicData };
    const call = transaction === undefined ? calls.produce : transaction.isV2 ? produceV2 : produceV1;
    const open = new Set(queues);
    try {
      if (acks === 0) {
        await this.cluster.tell(nodeId, calls.produce, request);
        for (const queue of queues) {
          open.delete(queue);
          this.acknowledge(queue, -1);
        }
        return;
      }
      const options = { timeoutMs: timeoutMs + ANSWER_SLACK_MS };
      const response = await this.cluster.call(nodeId, call, request, options);
      for (const queue of queues) {
        const answer = this.answerFor(queue, response);
        open.delete(queue);
        this.settle(queue, answer);
      }
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const queue of open) this.broken(queue, failure);
    }
  }

  private answerFor(queue: PartitionQueue, { responses }: ProduceResponse): ProduceResponsePartitionProduceResponse {
    const topicId = this.cluster.topic(queue.topic)?.topicId;
    const topic = responses.find(({ name, topicId: id }) => (name === "" ? id === topicId : name === queue.topic));
    const answer = topic?.partitionResponses.find(({ index }) => index === queue.partition);
    if (answer !== undefined) return answer;
    throw new KafkaClientError(`no answer for ${partitionName(queue)}`, KafkaError.NETWORK_EXCEPTION);
  }

  private settle(queue: PartitionQueue, answer: ProduceResponsePartitionProduceResponse): void {
    const { errorCode, baseOffset, errorMessage, recordErrors } = answer;
    // A repeated batch that the broker no longer knows the offset of is in the log all the same.
    if (errorCode === 0) return this.acknowledge(queue, baseOffset);
    if (errorCode === KafkaError.DUPLICATE_SEQUENCE_NUMBER) return this.acknowledge(queue, -1);
    const batch = queue.batches[0]!;
    const error = refused(`produce to ${partitionName(queue)}`, errorCode, errorMessage);
    if (tooLarge.includes(errorCode) && batch.records.length > 1) {
      const half = Math.ceil(batch.records.length / 2);
      this.accumulator.replaceFirst(queue, [batch.records.slice(0, half), batch.records.slice(half)]);
    } else if (errorCode === KafkaError.INVALID_RECORD && recordErrors.length > 0) {
      const bad = new Map(
        recordErrors.map(({ batchIndex, batchIndexErrorMessage }) => [batchIndex, batchIndexErrorMessage]),
      );
      const good = batch.records.filter((record, index) => {
        const why = bad.get(index);
        if (why === undefined) return true;
        const error = refused(`produce to ${partitionName(queue)}`, errorCode, why ?? errorMessage);
        this.options.transaction?.recordFailed(error);
        record.reject(error);
        return false;
      });
      this.accumulator.replaceFirst(queue, [good.length < batch.records.length ? good : []]);
    } else {
      this.broken(queue, error);
    }
  }

  /** An attempt that ended in an error: another one, or the end of the batch. */
  private broken(queue: PartitionQueue, error: Error): void {
    const batch = queue.batches[0]!;
    const code = isClientError(error) ? error.code : KafkaError.UNKNOWN_SERVER_ERROR;
    if (doubtful.includes(code)) batch.inDoubt = true;
    const { idempotent, transaction } = this.options;
    // A transaction has one identity: it is lost with that, and its coordinator gives another one.
    const lost = idempotent && transaction === undefined && identityLost.includes(code);
    if (lost) this.forgetIdentity(batch);
    const nowMs = performance.now();
    const again = (lost || (isClientError(error) && error.retriable)) && nowMs < this.deadlineOf(batch);
    if (!again || transaction?.over !== undefined) return this.fail(queue, error);
    if (code === KafkaError.CONCURRENT_TRANSACTIONS) {
      queue.notBeforeMs = nowMs + Math.min(CONCURRENT_MS, backoffMs(batch.attempts++));
      return;
    }
    queue.notBeforeMs = nowMs + backoffMs(batch.attempts++);
    if (!lost) this.refresh([queue.topic], 0);
  }

  private acknowledge(queue: PartitionQueue, baseOffset: number): void {
    const batch = this.accumulator.remove(queue);
    queue.nextSequence = sequenceAfter(queue.nextSequence, batch.records.length);
    batch.records.forEach(({ resolve }, index) =>
      resolve({ partition: queue.partition, offset: baseOffset < 0 ? -1 : baseOffset + index }),
    );
  }

  private fail(queue: PartitionQueue, error: Error): void {
    const batch = this.accumulator.remove(queue);
    // The next batch must not bear the sequence of one that may be in the log: it would be taken for its repetition.
    this.rejectAll(batch, error);
  }

  private rejectAll(batch: Batch, error: Error): void {
    const { transaction } = this.options;
    if (transaction !== undefined) transaction.recordFailed(error, batch.inDoubt);
    else if (batch.inDoubt) this.forgetIdentity(batch);
    for (const { reject } of batch.records) reject(error);
  }

  /** What is under way ends by itself. */
  private failWaiting(error: Error): void {
    let any = false;
    for (const queue of [...this.accumulator.waiting()]) {
      for (const batch of this.accumulator.removeWaiting(queue)) {
        any = true;
        this.rejectAll(batch, error);
      }
    }
    if (any) this.onRoom();
  }

  private expire(nowMs: number): void {
    for (const queue of [...this.accumulator.waiting()]) {
      while (!queue.inFlight && queue.batches.length > 0 && nowMs >= this.deadlineOf(queue.batches[0]!)) {
        const what = `produce to ${partitionName(queue)}: not acknowledged within ${this.cluster.timeoutMs} ms`;
        this.fail(queue, new KafkaClientError(what, KafkaError.REQUEST_TIMED_OUT));
        this.onRoom();
      }
    }
  }

  private deadlineOf(batch: Batch): number {
    return batch.createdMs + this.cluster.timeoutMs;
  }

  /** Makes the bytes of the first batch, once; false where it cannot be made and has failed. */
  private encode(queue: PartitionQueue): boolean {
    const batch = queue.batches[0]!;
    batch.sealed = true;
    if (batch.encoded !== undefined) return true;
    const identity = this.identity;
    if (queue.identity !== identity) {
      queue.identity = identity;
      queue.nextSequence = 0;
    }
    try {
      const baseSequence = identity === undefined ? -1 : queue.nextSequence;
      const records = batch.records.map(({ draft }: PendingRecord) => draft);
      const { codec } = this.options;
      const transactional = this.options.transaction !== undefined;
      const bytes = buildBatch({ records, codec, compress, transactional, ...identity, baseSequence });
      batch.encoded = { bytes, identity, baseSequence };
      return true;
    } catch (error) {
      this.fail(queue, error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }

  private forgetIdentity(batch: Batch): void {
    if (batch.encoded !== undefined && batch.encoded.identity === this.identity) this.identity = undefined;
    batch.encoded = undefined;
  }

  /** Gets a producer id; what waits for it fails when there is none to be had. */
  private identify(): void {
    if (this.identifying) return;
    this.identifying = true;
    const request = { transactionalId: null, transactionTimeoutMs: 60_000 };
    this.cluster
      .retry(async () => {
        const { errorCode, producerId, producerEpoch } = await this.cluster.callAny(calls.initProducerId, request);
        check("a producer id", errorCode);
        this.identity = { producerId, producerEpoch };
      })
      .catch((error: Error) => {
        for (const queue of [...this.accumulator.waiting()]) {
          while (!queue.inFlight && queue.batches.length > 0) this.fail(queue, error);
        }
        this.onRoom();
      })
      .finally(() => {
        this.identifying = false;
        this.wake();
      });
  }

  /** Looks up leaders; `pauseMs` later it may be done again. */
  private refresh(topics: readonly string[], pauseMs: number): void {
    if (this.refreshing || this.cluster.signal.aborted) return;
    this.refreshing = true;
    if (pauseMs > 0) this.leaderlessRounds++;
    this.cluster
      .metadata(topics)
      // A node that does not answer is no news; the batch's own time limit ends the trying.
      .catch(() => undefined)
      .finally(() =>
        setTimeout(() => {
          this.refreshing = false;
          this.wake();
        }, pauseMs),
      );
  }
}
