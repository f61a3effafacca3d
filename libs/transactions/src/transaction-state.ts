import { type Timeline, TimelineMap } from "@moldau/timeline";
import { isPrepared, type Transaction } from "./transaction";
import type { TransactionConfig } from "./transaction-config";
import type { TopicPartitions, TransactionRecord } from "./transaction-record";

/** All transactional ids of one shard. */
export class TransactionState {
  private readonly all: TimelineMap<string, Transaction>;

  constructor(
    timeline: Timeline,
    readonly config: TransactionConfig,
  ) {
    this.all = new TimelineMap(timeline);
  }

  /** How many transactional ids there are. */
  get size(): number {
    return this.all.size;
  }

  get(transactionalId: string): Transaction | undefined {
    return this.all.get(transactionalId);
  }

  values(): Iterable<Transaction> {
    return this.all.values();
  }

  replay({ transactionalId, value }: TransactionRecord): void {
    if (value === null) this.all.delete(transactionalId);
    else this.all.set(transactionalId, { transactionalId, value, unmarked: isPrepared(value) ? value.partitions : [] });
  }

  /** These partitions of a prepared transaction still lack the marker. Not in the log: the next owner writes all again. */
  setUnmarked(transaction: Transaction, unmarked: readonly TopicPartitions[]): void {
    this.all.set(transaction.transactionalId, { ...transaction, unmarked });
  }
}
