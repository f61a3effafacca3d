import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { isTransactional, type BatchHeader, type ControlMarker } from "@moldau/record-batch";
import { addToSequence, follows, MAX_SEQUENCE } from "./sequence";

/**
 * How many batches of a producer stay known for deduplication: as many as an idempotent producer may have in flight.
 * Source: ProducerStateEntry.NUM_BATCHES_TO_RETAIN.
 */
export const BATCHES_KEPT = 5;

const NO_SEQUENCE = -1;

interface BatchSeen {
  baseSequence: number;
  lastSequence: number;
  baseOffset: number;
  lastOffset: number;
  timestamp: number;
}

interface Producer {
  epoch: number;
  /** At most BATCHES_KEPT, oldest first, all of `epoch`. */
  batches: BatchSeen[];
  lastTimestamp: number;
  /** When this replica last heard of the producer (ms); expiry goes by it. */
  lastSeenMs: number;
  coordinatorEpoch: number;
  /** -1 where no transaction is open. */
  transactionStart: number;
}

/** One producer in the words of Kafka's snapshot file: only the last batch is kept there. */
export interface ProducerSnapshotEntry {
  producerId: number;
  producerEpoch: number;
  /** -1 where it has no batch (an epoch bumped by a marker). */
  lastSequence: number;
  lastOffset: number;
  offsetDelta: number;
  timestamp: number;
  coordinatorEpoch: number;
  /** -1 where no transaction is open. */
  currentTxnFirstOffset: number;
}

export type SequenceVerdict =
  | { kind: "new" }
  /** The batch is in the log already; answer with where it went. */
  | { kind: "duplicate"; baseOffset: number; lastOffset: number; timestamp: number }
  | { kind: "refused"; error: KafkaErrorCode; message: string };

export type MarkerVerdict =
  | { kind: "new" }
  /** This very marker is in the log already. */
  | { kind: "done" }
  | { kind: "refused"; error: KafkaErrorCode; message: string };

/** A transaction that a marker ended. Both offsets are inclusive; the last one is the marker's. */
export interface EndedTransaction {
  producerId: number;
  firstOffset: number;
  lastOffset: number;
  aborted: boolean;
}

/** What a partition without producers knows: nearly all of thousands have none. */
const NOBODY: ReadonlyMap<number, Producer> = new Map();

const NEW: SequenceVerdict = { kind: "new" };
const NEW_MARKER: MarkerVerdict = { kind: "new" };
const DONE: MarkerVerdict = { kind: "done" };

/**
 * What a partition knows of its idempotent and transactional producers. Leader and follower keep the same state from the
 * same batches; only the leader asks `check` first.
 *
 * A producer is: unknown (any sequence starts it) -> known at an epoch with its last 5 batches -> known at a higher epoch
 * (which starts at sequence 0) ... -> forgotten when it was silent for `producer.id.expiration.ms` and has no open
 * transaction. Source: KIP-98, KIP-360; ProducerStateManager, ProducerAppendInfo.
 */
export class Producers {
  #producers = NOBODY;

  get size(): number {
    return this.#producers.size;
  }

  /** Whether the producer has written or been written about here. */
  has(producerId: number): boolean {
    return this.#producers.has(producerId);
  }

  /** Whether a transaction of the producer is open at that epoch. Source: UnifiedLog.hasOngoingTransaction. */
  isInTransaction(producerId: number, producerEpoch: number): boolean {
    const known = this.#producers.get(producerId);
    return known !== undefined && known.transactionStart >= 0 && known.epoch === producerEpoch;
  }

  /** The largest timestamp (ms) of what the producer wrote last; -1 where that is nothing. */
  lastTimestampOf(producerId: number): number {
    return this.#producers.get(producerId)?.lastTimestamp ?? -1;
  }

  /** Decides about a data batch of an idempotent producer. Changes nothing. */
  check(header: BatchHeader): SequenceVerdict {
    const { producerId, producerEpoch, baseSequence } = header;
    const known = this.#producers.get(producerId);
    if (!known) return NEW;
    if (producerEpoch < known.epoch) return olderEpoch(header, known.epoch);
    if (producerEpoch > known.epoch) {
      if (baseSequence === 0) return NEW;
      return refused(
        KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER,
        `producer ${producerId} starts epoch ${producerEpoch} with sequence ${baseSequence}, not 0`,
      );
    }
    const lastSequence = addToSequence(baseSequence, header.lastOffsetDelta);
    for (const batch of known.batches) {
      if (batch.baseSequence !== baseSequence || batch.lastSequence !== lastSequence) continue;
      return {
        kind: "duplicate",
        baseOffset: batch.baseOffset,
        lastOffset: batch.lastOffset,
        timestamp: batch.timestamp,
      };
    }
    const last = known.batches.length === 0 ? -1 : known.batches[known.batches.length - 1]!.lastSequence;
    if (!follows(last, baseSequence)) {
      return refused(
        KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER,
        `producer ${producerId} (epoch ${producerEpoch}) sends sequence ${baseSequence} after ${last}`,
      );
    }
    return outsideOfTransaction(header, known) ?? NEW;
  }

  /**
   * Decides about a data batch that a coordinator writes for a transactional producer (offsets that are committed with a
   * transaction): it has no sequence, its epoch counts. Source: ProducerAppendInfo with AppendOrigin.COORDINATOR.
   */
  checkOfCoordinator(header: BatchHeader): SequenceVerdict {
    const known = this.#producers.get(header.producerId);
    if (known === undefined) return NEW;
    if (header.producerEpoch < known.epoch) return olderEpoch(header, known.epoch);
    return outsideOfTransaction(header, known) ?? NEW;
  }

  /**
   * Decides about a transaction marker. Changes nothing.
   *
   * Under transactions v2 each transaction has an epoch of its own, one above which its marker is written: a marker whose
   * epoch the producer has reached is in the log already, unless the producer has written at that epoch, which makes it the
   * end of an earlier transaction that comes late. Under v1 epochs are equal and a late marker cannot be told from the right
   * one. Source: KIP-890; ProducerAppendInfo.checkProducerEpoch.
   */
  checkMarker(marker: TransactionMarker, transactionVersion: number): MarkerVerdict {
    const known = this.#producers.get(marker.producerId);
    if (!known) return NEW_MARKER;
    const { producerId, producerEpoch, coordinatorEpoch } = marker;
    if (producerEpoch < known.epoch) {
      return {
        kind: "refused",
        error: KafkaError.INVALID_PRODUCER_EPOCH,
        message: `marker for producer ${producerId} has epoch ${producerEpoch}; its epoch is ${known.epoch}`,
      };
    }
    if (coordinatorEpoch < known.coordinatorEpoch) {
      return {
        kind: "refused",
        error: KafkaError.TRANSACTION_COORDINATOR_FENCED,
        message: `marker for producer ${producerId} has coordinator epoch ${coordinatorEpoch}; ${known.coordinatorEpoch} has written since`,
      };
    }
    if (transactionVersion < 2 || producerEpoch > known.epoch) return NEW_MARKER;
    if (known.batches.length === 0 && known.transactionStart < 0) return DONE;
    return {
      kind: "refused",
      error: KafkaError.INVALID_PRODUCER_EPOCH,
      message: `marker for producer ${producerId} comes late: it writes with the marker's epoch ${producerEpoch} already`,
    };
  }

  /** Takes note of a data batch at its final place. Returns the transaction's first offset where this batch opened one. */
  apply(header: BatchHeader, nowMs: number): number | undefined {
    if (header.producerId < 0) return undefined;
    const producer = this.#at(header.producerId, header.producerEpoch, nowMs);
    const { baseOffset } = header;
    producer.lastTimestamp = header.maxTimestamp;
    if (producer.batches.length === BATCHES_KEPT) producer.batches.shift();
    producer.batches.push({
      baseSequence: header.baseSequence,
      lastSequence: lastSequenceOf(header),
      baseOffset,
      lastOffset: baseOffset + header.lastOffsetDelta,
      timestamp: header.maxTimestamp,
    });
    if (producer.transactionStart >= 0 || !isTransactional(header.attributes)) return undefined;
    producer.transactionStart = baseOffset;
    return baseOffset;
  }

  /** Takes note of a transaction marker at `offset`. Returns the transaction that it ended, if one was open. */
  applyMarker(
    marker: TransactionMarker,
    { offset, timestamp, nowMs }: { offset: number; timestamp: number; nowMs: number },
  ): EndedTransaction | undefined {
    const producer = this.#at(marker.producerId, marker.producerEpoch, nowMs);
    producer.lastTimestamp = timestamp;
    producer.coordinatorEpoch = marker.coordinatorEpoch;
    const firstOffset = producer.transactionStart;
    if (firstOffset < 0) return undefined;
    producer.transactionStart = -1;
    return { producerId: marker.producerId, firstOffset, lastOffset: offset, aborted: marker.kind === "abort" };
  }

  /** First offsets of the open transactions with their producers, smallest first. */
  openTransactions(): { producerId: number; firstOffset: number }[] {
    return [...this.#producers]
      .filter(([, { transactionStart }]) => transactionStart >= 0)
      .map(([producerId, { transactionStart }]) => ({ producerId, firstOffset: transactionStart }))
      .sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Forgets producers that were silent for `expirationMs` and have no transaction open. Returns how many. */
  expire(nowMs: number, expirationMs: number): number {
    let forgotten = 0;
    for (const [producerId, producer] of this.#producers) {
      if (producer.transactionStart >= 0 || nowMs - producer.lastSeenMs < expirationMs) continue;
      this.#own().delete(producerId);
      forgotten++;
    }
    return forgotten;
  }

  /** The state as a snapshot file keeps it. */
  export(): ProducerSnapshotEntry[] {
    return [...this.#producers].map(([producerId, producer]) => {
      const last = producer.batches[producer.batches.length - 1];
      return {
        producerId,
        producerEpoch: producer.epoch,
        lastSequence: last ? last.lastSequence : -1,
        lastOffset: last ? last.lastOffset : -1,
        offsetDelta: last ? last.lastOffset - last.baseOffset : 0,
        timestamp: producer.lastTimestamp,
        coordinatorEpoch: producer.coordinatorEpoch,
        currentTxnFirstOffset: producer.transactionStart,
      };
    });
  }

  /** Replaces the state by a snapshot's. Producers count as seen now: how long ago they wrote, a snapshot does not say. */
  import(entries: Iterable<ProducerSnapshotEntry>, nowMs: number): void {
    this.#producers = NOBODY;
    for (const entry of entries) {
      const batches: BatchSeen[] = [];
      if (entry.lastOffset >= 0) {
        const before = entry.lastSequence - entry.offsetDelta;
        const wrapped = before < 0 ? before + MAX_SEQUENCE + 1 : before;
        batches.push({
          baseSequence: entry.lastSequence < 0 ? NO_SEQUENCE : wrapped,
          lastSequence: entry.lastSequence,
          baseOffset: entry.lastOffset - entry.offsetDelta,
          lastOffset: entry.lastOffset,
          timestamp: entry.timestamp,
        });
      }
      this.#own().set(entry.producerId, {
        epoch: entry.producerEpoch,
        batches,
        lastTimestamp: entry.timestamp,
        lastSeenMs: nowMs,
        coordinatorEpoch: entry.coordinatorEpoch,
        transactionStart: entry.currentTxnFirstOffset,
      });
    }
  }

  #own(): Map<number, Producer> {
    if (this.#producers === NOBODY) this.#producers = new Map();
    return this.#producers as Map<number, Producer>;
  }

  /** The producer at `epoch`; a new epoch forgets the old one's batches. */
  #at(producerId: number, epoch: number, nowMs: number): Producer {
    let producer = this.#producers.get(producerId);
    if (!producer) {
      producer = {
        epoch,
        batches: [],
        lastTimestamp: -1,
        lastSeenMs: nowMs,
        coordinatorEpoch: -1,
        transactionStart: -1,
      };
      this.#own().set(producerId, producer);
    } else if (producer.epoch !== epoch) {
      producer.epoch = epoch;
      producer.batches = [];
    }
    producer.lastSeenMs = nowMs;
    return producer;
  }
}

export type TransactionMarker = Extract<ControlMarker, { kind: "commit" | "abort" }>;

/** -1 for batches without sequence, which coordinators write. */
function lastSequenceOf({ baseSequence, lastOffsetDelta }: BatchHeader): number {
  return baseSequence < 0 ? NO_SEQUENCE : addToSequence(baseSequence, lastOffsetDelta);
}

function olderEpoch({ producerId, producerEpoch }: BatchHeader, epoch: number): SequenceVerdict {
  return refused(
    KafkaError.INVALID_PRODUCER_EPOCH,
    `producer ${producerId} writes with epoch ${producerEpoch}; its epoch is ${epoch}`,
  );
}

function outsideOfTransaction(header: BatchHeader, known: Producer): SequenceVerdict | undefined {
  if (known.transactionStart < 0 || isTransactional(header.attributes)) return undefined;
  return refused(
    KafkaError.INVALID_TXN_STATE,
    `producer ${header.producerId} has an open transaction and writes outside of it`,
  );
}

function refused(error: KafkaErrorCode, message: string): SequenceVerdict {
  return { kind: "refused", error, message };
}
