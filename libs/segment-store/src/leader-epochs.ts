import type { EpochEntry } from "./checkpoint-files";

/** No epoch, no offset: what an OffsetForLeaderEpoch answer carries where the log knows nothing. */
export const UNDEFINED_EPOCH = -1;
export const UNDEFINED_OFFSET = -1;

export interface EpochEndOffset {
  epoch: number;
  /** Exclusive. */
  endOffset: number;
}

/**
 * Where each leader epoch of a log begins; epochs and offsets both rise strictly. Pure: the log persists it.
 * Source: KIP-101, KIP-279, LeaderEpochFileCache.
 */
export class LeaderEpochs {
  #entries: EpochEntry[] = [];

  constructor(entries: readonly EpochEntry[] = []) {
    for (const entry of entries) this.assign(entry.epoch, entry.startOffset);
  }

  get entries(): readonly EpochEntry[] {
    return this.#entries;
  }

  latest(): EpochEntry | undefined {
    return this.#entries.at(-1);
  }

  earliest(): EpochEntry | undefined {
    return this.#entries[0];
  }

  /**
   * Notes that `epoch` begins at `startOffset`; entries that this contradicts go. Says whether anything changed: an epoch
   * that is already the latest keeps the lower start.
   */
  assign(epoch: number, startOffset: number): boolean {
    if (epoch < 0 || startOffset < 0) return false;
    const latest = this.latest();
    if (latest && latest.epoch === epoch && startOffset >= latest.startOffset) return false;
    while (this.#entries.length > 0) {
      const last = this.#entries.at(-1)!;
      if (last.epoch < epoch && last.startOffset < startOffset) break;
      this.#entries.pop();
    }
    this.#entries.push({ epoch, startOffset });
    return true;
  }

  /**
   * The largest epoch at or below the one asked and where it ends; for the latest that is the log's end. An epoch that is
   * newer than all we know gets (-1, -1); one older than all gets itself and the start of the first.
   */
  endOffsetFor(epoch: number, logEndOffset: number): EpochEndOffset {
    const undefinedEnd = { epoch: UNDEFINED_EPOCH, endOffset: UNDEFINED_OFFSET };
    if (epoch === UNDEFINED_EPOCH) return undefinedEnd;
    if (this.latest()?.epoch === epoch) return { epoch, endOffset: logEndOffset };
    const higher = this.#entries.findIndex((entry) => entry.epoch > epoch);
    if (higher < 0) return undefinedEnd;
    return { epoch: this.#entries[higher - 1]?.epoch ?? epoch, endOffset: this.#entries[higher]!.startOffset };
  }

  /** The epoch that `offset` was or will be written in; undefined below the first. */
  epochForOffset(offset: number): number | undefined {
    return this.#entries.findLast((entry) => entry.startOffset <= offset)?.epoch;
  }

  /** Forgets epochs that begin at or above `endOffset`. Says whether anything changed. */
  truncateFromEnd(endOffset: number): boolean {
    const before = this.#entries.length;
    while (this.#entries.length > 0 && this.#entries.at(-1)!.startOffset >= endOffset) this.#entries.pop();
    return this.#entries.length !== before;
  }

  /** Forgets epochs that end at or below `startOffset`; the one that holds it now begins there. */
  truncateFromStart(startOffset: number): boolean {
    const holding = this.#entries.findLastIndex((entry) => entry.startOffset <= startOffset);
    if (holding < 0) return false;
    const first = { epoch: this.#entries[holding]!.epoch, startOffset };
    const changed = holding > 0 || this.#entries[0]!.startOffset !== startOffset;
    this.#entries.splice(0, holding + 1, first);
    return changed;
  }

  clear(): boolean {
    const changed = this.#entries.length > 0;
    this.#entries = [];
    return changed;
  }
}
