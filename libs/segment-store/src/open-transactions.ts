import {
  CorruptBatchError,
  isControl,
  isTransactional,
  readControlMarker,
  type BatchHeader,
} from "@moldau/record-batch";
import type { ProducerSnapshotEntry } from "./producer-snapshot";
import type { ScannedBatch } from "./scan";
import type { AbortedTransaction } from "./transaction-index";

/** What a control batch says of its producer's transaction; undefined for any other batch. */
export function endOfTransaction({ header, bytes, at }: ScannedBatch): "commit" | "abort" | undefined {
  if (!isControl(header.attributes) || header.producerId < 0 || at + header.sizeBytes > bytes.length) return undefined;
  try {
    const marker = readControlMarker(bytes, at, header);
    return marker?.kind === "claim" ? undefined : marker?.kind;
  } catch (error) {
    if (error instanceof CorruptBatchError) return undefined;
    throw error;
  }
}

/**
 * Which transactions are open while a log is read from a producer snapshot on: what it takes to write a transaction index
 * anew. Source: LogSegment.recover, ProducerStateManager.
 */
export class OpenTransactions {
  /** producer id -> first offset, in order of the first offsets. */
  readonly #open: Map<number, number>;

  constructor(snapshot: readonly ProducerSnapshotEntry[]) {
    const open = snapshot.filter(({ currentTxnFirstOffset }) => currentTxnFirstOffset >= 0);
    open.sort((a, b) => a.currentTxnFirstOffset - b.currentTxnFirstOffset);
    this.#open = new Map(open.map(({ producerId, currentTxnFirstOffset }) => [producerId, currentTxnFirstOffset]));
  }

  /** The next batch; `end` where it is a transaction's marker. Returns the transaction that it aborted. */
  add(header: BatchHeader, end: "commit" | "abort" | undefined): AbortedTransaction | undefined {
    const { producerId, baseOffset, attributes } = header;
    if (producerId < 0) return undefined;
    if (end === undefined) {
      const opens = isTransactional(attributes) && !isControl(attributes) && !this.#open.has(producerId);
      if (opens) this.#open.set(producerId, baseOffset);
      return undefined;
    }
    const firstOffset = this.#open.get(producerId);
    if (firstOffset === undefined) return undefined;
    this.#open.delete(producerId);
    if (end === "commit") return undefined;
    const [oldest = Infinity] = this.#open.values();
    const lastStableOffset = Math.min(oldest, baseOffset + 1);
    return { producerId, firstOffset, lastOffset: baseOffset, lastStableOffset };
  }
}
