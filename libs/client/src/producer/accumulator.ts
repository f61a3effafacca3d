// Records by partition, in batches, in the order they were handed over. No clock and no socket in here.
import type { RecordDraft } from "@moldau/record-batch";

export interface PendingRecord {
  draft: RecordDraft;
  /** What it counts for against the limits. */
  bytes: number;
  resolve(at: { partition: number; offset: number }): void;
  reject(error: Error): void;
}

/** Whose a batch is, for the broker to tell a repeated one (KIP-98). */
export interface ProducerIdentity {
  producerId: number;
  producerEpoch: number;
}

/** A batch as it goes out, every time it does. */
export interface Encoded {
  bytes: Uint8Array;
  identity: ProducerIdentity | undefined;
  baseSequence: number;
}

export interface Batch {
  records: PendingRecord[];
  bytes: number;
  /** Milliseconds, as all times here, on the sender's clock. */
  createdMs: number;
  attempts: number;
  /** No record joins any more. */
  sealed: boolean;
  encoded: Encoded | undefined;
  /** Whether an attempt may have been appended although nobody said so. */
  inDoubt: boolean;
}

/**
 * The batches of one partition. At most one is under way: then a retry cannot overtake a later batch, and sequence numbers
 * need no repair. Partitions go side by side.
 */
export interface PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  readonly batches: Batch[];
  inFlight: boolean;
  /** Not before this time: a retry waits. */
  notBeforeMs: number;
  /** Sequence of the next batch under this identity. */
  identity: ProducerIdentity | undefined;
  nextSequence: number;
}

export interface AccumulatorOptions {
  lingerMs: number;
  batchBytesMax: number;
}

export class Accumulator {
  /** Of all records that wait or are under way. */
  bytes = 0;
  private readonly queues = new Map<string, Map<number, PartitionQueue>>();
  private readonly active = new Set<PartitionQueue>();
  private flushedMs = -Infinity;

  constructor(private readonly options: AccumulatorOptions) {}

  /** Puts a record behind the others of its partition; true when the sender should look: a batch is new, or full. */
  append(topic: string, partition: number, record: PendingRecord, nowMs: number): boolean {
    const queue = this.queue(topic, partition);
    const { batchBytesMax } = this.options;
    this.bytes += record.bytes;
    this.active.add(queue);
    const last = queue.batches.at(-1);
    if (last !== undefined && !last.sealed && last.bytes + record.bytes <= batchBytesMax) {
      last.records.push(record);
      last.bytes += record.bytes;
      return last.bytes >= batchBytesMax;
    }
    if (last !== undefined) last.sealed = true;
    queue.batches.push(newBatch([record], nowMs));
    return true;
  }

  /** What there is now need not linger. */
  flush(nowMs: number): void {
    this.flushedMs = nowMs;
  }

  /** Partitions whose first batch may go, and when to look again (Infinity: when something happens). */
  ready(nowMs: number): { queues: PartitionQueue[]; nextMs: number } {
    const queues: PartitionQueue[] = [];
    let nextMs = Infinity;
    for (const queue of this.active) {
      if (queue.inFlight) continue;
      const batch = queue.batches[0]!;
      const full = batch.sealed || queue.batches.length > 1 || batch.bytes >= this.options.batchBytesMax;
      const flushed = batch.createdMs <= this.flushedMs;
      const lingeredMs = full || flushed ? 0 : batch.createdMs + this.options.lingerMs;
      const dueMs = Math.max(lingeredMs, queue.notBeforeMs);
      if (dueMs <= nowMs) queues.push(queue);
      else nextMs = Math.min(nextMs, dueMs);
    }
    return { queues, nextMs };
  }

  /** Every partition with records, for what concerns all of them. */
  waiting(): Iterable<PartitionQueue> {
    return this.active;
  }

  /** Takes the first batch out: it is acknowledged, or has failed. */
  remove(queue: PartitionQueue): Batch {
    const batch = queue.batches.shift()!;
    this.bytes -= batch.bytes;
    if (queue.batches.length === 0) this.active.delete(queue);
    return batch;
  }

  /** Takes out what is not under way, the oldest first. */
  removeWaiting(queue: PartitionQueue): Batch[] {
    const removed = queue.batches.splice(queue.inFlight ? 1 : 0);
    for (const batch of removed) this.bytes -= batch.bytes;
    if (queue.batches.length === 0) this.active.delete(queue);
    return removed;
  }

  /** Puts these batches where the first one was; records that are in none of them are forgotten. */
  replaceFirst(queue: PartitionQueue, parts: readonly (readonly PendingRecord[])[]): void {
    const batch = this.remove(queue);
    const batches = parts
      .filter((records) => records.length > 0)
      .map((records) => ({ ...newBatch([...records], batch.createdMs), attempts: batch.attempts, sealed: true }));
    queue.batches.unshift(...batches);
    for (const { bytes } of batches) this.bytes += bytes;
    if (queue.batches.length > 0) this.active.add(queue);
  }

  private queue(topic: string, partition: number): PartitionQueue {
    let ofTopic = this.queues.get(topic);
    if (ofTopic === undefined) this.queues.set(topic, (ofTopic = new Map()));
    let queue = ofTopic.get(partition);
    if (queue === undefined) {
      queue = {
        topic,
        partition,
        batches: [],
        inFlight: false,
        notBeforeMs: -Infinity,
        identity: undefined,
        nextSequence: 0,
      };
      ofTopic.set(partition, queue);
    }
    return queue;
  }
}

function newBatch(records: PendingRecord[], createdMs: number): Batch {
  const bytes = records.reduce((sum, record) => sum + record.bytes, 0);
  return { records, bytes, createdMs, attempts: 0, sealed: false, encoded: undefined, inDoubt: false };
}

/** Sequence numbers wrap from 2^31 - 1 to 0. */
export function sequenceAfter(sequence: number, records: number): number {
  return (sequence + records) & 0x7fff_ffff;
}
