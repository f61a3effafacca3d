import type { BatchHeader } from "@moldau/record-batch";
import { isTransactional } from "@moldau/record-batch";
import type { AbortedTransaction } from "../transaction-index";

/** What a control batch says: how its producer's transaction ended, nothing any more, or something else. */
export type ControlKind = "commit" | "abort" | "empty" | "other";

interface Aborted {
  transaction: AbortedTransaction;
  /** A batch of it is still in the log. */
  seen: boolean;
}

/**
 * Which transactions are open while the cleaner walks through a log: which records were aborted, and which markers may go
 * because nothing of their transaction is left. Never walks beyond the last stable offset, so that every transaction is decided.
 * Source: CleanedTransactionMetadata.
 */
export class CleanedTransactions {
  readonly #committed = new Set<number>();
  readonly #aborted = new Map<number, Aborted>();
  /** In the order of their first offsets, from `#next` on still to come. */
  #ahead: AbortedTransaction[] = [];
  #next = 0;

  /** Aborted transactions of the part of the log that comes next. */
  add(transactions: readonly AbortedTransaction[]): void {
    if (transactions.length === 0) return;
    this.#ahead = [...this.#ahead.slice(this.#next), ...transactions].sort((a, b) => a.firstOffset - b.firstOffset);
    this.#next = 0;
  }

  /** Whether the batch's records were aborted, and so may go. */
  onData(header: BatchHeader): boolean {
    this.#openUpTo(header.baseOffset + header.lastOffsetDelta);
    if (!isTransactional(header.attributes)) return false;
    const aborted = this.#aborted.get(header.producerId);
    if (aborted) {
      aborted.seen = true;
      return true;
    }
    this.#committed.add(header.producerId);
    return false;
  }

  /**
   * Whether the marker may go, as nothing of its transaction was met. `keep`: the aborted transaction that stays in the index,
   * since there still are records to be skipped.
   */
  onControl(header: BatchHeader, kind: ControlKind): { mayGo: boolean; keep?: AbortedTransaction } {
    this.#openUpTo(header.baseOffset + header.lastOffsetDelta);
    switch (kind) {
      case "abort": {
        const aborted = this.#aborted.get(header.producerId);
        this.#aborted.delete(header.producerId);
        return aborted?.seen ? { mayGo: false, keep: aborted.transaction } : { mayGo: true };
      }
      case "commit":
        return { mayGo: !this.#committed.delete(header.producerId) };
      case "empty":
        return { mayGo: true };
      case "other":
        return { mayGo: false };
    }
  }

  #openUpTo(offset: number): void {
    while (this.#next < this.#ahead.length && this.#ahead[this.#next]!.firstOffset <= offset) {
      const transaction = this.#ahead[this.#next++]!;
      if (!this.#aborted.has(transaction.producerId)) {
        this.#aborted.set(transaction.producerId, { transaction, seen: false });
      }
    }
  }
}
