import type { EndedTransaction } from "./producers";

/** An aborted transaction as `.txnindex` keeps it. Offsets are inclusive, the last stable offset exclusive. */
export interface AbortedTransaction {
  producerId: number;
  firstOffset: number;
  lastOffset: number;
  /** The last stable offset once this transaction was over: how far a reader has to look for more of them. */
  lastStableOffset: number;
}

/**
 * The transactions of a partition that readers of committed data have to wait for: open ones, and ended ones whose marker
 * is not below the high watermark yet. Source: ProducerStateManager.firstUnstableOffset.
 */
export class Transactions {
  /** producer id -> first offset, in order of the first offsets: the oldest comes first. */
  #open: Map<number, number> | undefined;
  /** Ended, marker not replicated; in order of their markers. */
  #ended: EndedTransaction[] = [];

  /** Begins behind every other that is open. */
  start(producerId: number, firstOffset: number): void {
    (this.#open ??= new Map()).set(producerId, firstOffset);
  }

  /** Takes note of an end; returns what the index of aborted transactions keeps of it. */
  end(transaction: EndedTransaction): AbortedTransaction | undefined {
    this.#open?.delete(transaction.producerId);
    this.#ended.push(transaction);
    if (!transaction.aborted) return undefined;
    const { producerId, firstOffset, lastOffset } = transaction;
    return { producerId, firstOffset, lastOffset, lastStableOffset: Math.min(this.#firstOpen(), lastOffset + 1) };
  }

  onHighWatermark(highWatermark: number): void {
    if (this.#ended.length === 0) return;
    this.#ended = this.#ended.filter(({ lastOffset }) => lastOffset >= highWatermark);
  }

  /** Whose transaction has been open for longest. */
  get oldestProducerId(): number | undefined {
    return this.#open?.keys().next().value;
  }

  /** The first offset whose fate is unknown or not replicated; Infinity where there is none. */
  firstUnstableOffset(): number {
    let first = this.#firstOpen();
    for (const { firstOffset } of this.#ended) if (firstOffset < first) first = firstOffset;
    return first;
  }

  clear(): void {
    this.#open = undefined;
    this.#ended = [];
  }

  #firstOpen(): number {
    return this.#open?.values().next().value ?? Infinity;
  }
}
