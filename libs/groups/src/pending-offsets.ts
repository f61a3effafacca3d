import { type Timeline, TimelineMap, TimelineSet } from "@moldau/timeline";
import type { TransactionRef } from "./group-record";
import { OffsetStore, type StoredOffset } from "./offset-store";

/** A transaction that has committed offsets in this shard and whose marker has not come. */
interface OpenTransaction {
  readonly producerEpoch: number;
  readonly offsets: OffsetStore;
  /** All groups that it has touched, also where its offsets were deleted since. */
  readonly groupIds: TimelineSet<string>;
}

/**
 * Offsets that wait for the end of their transaction. A transaction stays open until its marker, even when a deletion has
 * left it without offsets: its records are in the log.
 * Source: OffsetMetadataManager.pendingTransactionalOffsets, openTransactionsByGroup.
 */
export class PendingOffsets {
  private readonly transactions: TimelineMap<number, OpenTransaction>;
  private readonly producersByGroup: TimelineMap<string, TimelineSet<number>>;

  constructor(private readonly timeline: Timeline) {
    this.transactions = new TimelineMap(timeline);
    this.producersByGroup = new TimelineMap(timeline);
  }

  /** Epoch of the producer's open transaction here, undefined for none. */
  epochOf(producerId: number): number | undefined {
    return this.transactions.get(producerId)?.producerEpoch;
  }

  put(transaction: TransactionRef, groupId: string, topic: string, partition: number, value: StoredOffset): void {
    const { producerId, producerEpoch } = transaction;
    let open = this.transactions.get(producerId);
    if (open === undefined || open.producerEpoch < producerEpoch) {
      open =
        open === undefined
          ? { producerEpoch, offsets: new OffsetStore(this.timeline), groupIds: new TimelineSet(this.timeline) }
          : { ...open, producerEpoch };
      this.transactions.set(producerId, open);
    }
    open.offsets.put(groupId, topic, partition, value);
    open.groupIds.add(groupId);
    let producers = this.producersByGroup.get(groupId);
    if (producers === undefined) this.producersByGroup.set(groupId, (producers = new TimelineSet(this.timeline)));
    producers.add(producerId);
  }

  /** The offsets of a transaction that ends here; undefined where it has none. */
  end(producerId: number): OffsetStore | undefined {
    const open = this.transactions.get(producerId);
    if (open === undefined) return undefined;
    this.transactions.delete(producerId);
    for (const groupId of open.groupIds) {
      const producers = this.producersByGroup.get(groupId);
      producers?.delete(producerId);
      if (producers?.size === 0) this.producersByGroup.delete(groupId);
    }
    return open.offsets;
  }

  /** A tombstone: whatever transactions say of the partition is void. */
  remove(groupId: string, topic: string, partition: number): void {
    for (const offsets of this.storesOf(groupId)) offsets.remove(groupId, topic, partition);
  }

  has(groupId: string, topic: string, partition: number): boolean {
    for (const offsets of this.storesOf(groupId)) {
      if (offsets.get(groupId, topic, partition) !== undefined) return true;
    }
    return false;
  }

  /** Whether some transaction that has to do with the group is open. */
  hasTransactions(groupId: string): boolean {
    return this.producersByGroup.has(groupId);
  }

  groupIds(): Iterable<string> {
    return this.producersByGroup.keys();
  }

  /** Partitions with pending offsets; one comes several times where several transactions are about it. */
  *partitionsOf(groupId: string): Generator<[topic: string, partition: number]> {
    for (const offsets of this.storesOf(groupId)) {
      for (const [topic, partitions] of offsets.ofGroup(groupId)) {
        for (const [partition] of partitions) yield [topic, partition];
      }
    }
  }

  private *storesOf(groupId: string): Generator<OffsetStore> {
    for (const producerId of this.producersByGroup.get(groupId) ?? []) {
      const open = this.transactions.get(producerId);
      if (open !== undefined) yield open.offsets;
    }
  }
}
