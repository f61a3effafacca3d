import { assert } from "@moldau/base";
import type { Entry } from "./messages";

/**
 * The log in memory: every entry after `base`. Bounded by the snapshots that move `base` up.
 *
 * `persisted` is the index up to which the log is known to be on disk; entries above it are handed to the driver and on
 * their way. Nobody is told about an entry, and no commit counts it, before it is persisted here.
 */
export class EntryLog {
  #baseIndex: number;
  #baseTerm: number;
  #entries: Entry[];
  #persisted: number;

  constructor(base: { index: number; term: number }, entries: readonly Entry[]) {
    this.#baseIndex = base.index;
    this.#baseTerm = base.term;
    this.#entries = [...entries];
    this.#persisted = base.index + entries.length;
    let term = base.term;
    entries.forEach((entry, i) => {
      assert(entry.index === base.index + i + 1, `entry ${entry.index} follows ${base.index + i}`);
      assert(entry.term >= term, `entry ${entry.index} has term ${entry.term} after ${term}`);
      term = entry.term;
    });
  }

  /** Index before the first entry that is still here. */
  get baseIndex(): number {
    return this.#baseIndex;
  }

  get lastIndex(): number {
    return this.#baseIndex + this.#entries.length;
  }

  get lastTerm(): number {
    return this.#entries.length === 0 ? this.#baseTerm : this.#entries[this.#entries.length - 1]!.term;
  }

  get persisted(): number {
    return this.#persisted;
  }

  /** Term of the entry at `index`; known for the base too, undefined for anything older or not there yet. */
  termAt(index: number): number | undefined {
    if (index === this.#baseIndex) return this.#baseTerm;
    return this.#entries[index - this.#baseIndex - 1]?.term;
  }

  entryAt(index: number): Entry | undefined {
    return this.#entries[index - this.#baseIndex - 1];
  }

  /** Entries from `from` on, at least one if there is one, and then while their payloads stay below `bytesMax`. */
  slice(from: number, bytesMax: number): Entry[] {
    const result: Entry[] = [];
    let bytes = 0;
    for (let i = from - this.#baseIndex - 1; i >= 0 && i < this.#entries.length; i++) {
      const entry = this.#entries[i]!;
      bytes += entryBytes(entry);
      if (result.length > 0 && bytes > bytesMax) break;
      result.push(entry);
    }
    return result;
  }

  append(entry: Entry): void {
    assert(entry.index === this.lastIndex + 1, `append of ${entry.index} after ${this.lastIndex}`);
    this.#entries.push(entry);
  }

  /** Drops `from` and everything after it. */
  truncateFrom(from: number): void {
    assert(from > this.#baseIndex, `truncation at ${from} behind the snapshot ${this.#baseIndex}`);
    this.#entries.length = from - this.#baseIndex - 1;
    if (this.#persisted >= from) this.#persisted = from - 1;
  }

  /** Forgets everything up to and including `index`, which must be on disk in a snapshot. */
  compactTo(index: number): void {
    if (index <= this.#baseIndex) return;
    const term = this.termAt(index);
    assert(term !== undefined && index <= this.#persisted, `compaction to ${index}, log is at ${this.#persisted}`);
    this.#entries = this.#entries.slice(index - this.#baseIndex);
    this.#baseIndex = index;
    this.#baseTerm = term;
  }

  /** Starts anew behind a snapshot that the leader sent. Nothing counts as persisted until the snapshot is. */
  restore(base: { index: number; term: number }): void {
    this.#baseIndex = base.index;
    this.#baseTerm = base.term;
    this.#entries = [];
    this.#persisted = 0;
  }

  /**
   * The log up to (`index`, `term`) reached the disk. Ignored when the log has changed there since: what replaced it has
   * a write of its own under way.
   */
  markPersisted(index: number, term: number): void {
    if (index > this.#persisted && this.termAt(index) === term) this.#persisted = index;
  }

  /** Whether a log that ends in (`index`, `term`) holds everything that this one may have committed. */
  isUpToDate(index: number, term: number): boolean {
    return term > this.lastTerm || (term === this.lastTerm && index >= this.lastIndex);
  }

  /**
   * The newest index at or below `index` whose term is at most `term`: where two logs may still agree. With it a leader
   * steps back a term at a time, not an entry at a time. Goes down to the base, below which nothing is known.
   */
  newestAtMost(index: number, term: number): number {
    let at = Math.min(index, this.lastIndex);
    while (at > this.#baseIndex && this.termAt(at)! > term) at--;
    return at;
  }
}

/** What an entry weighs in limits: its payload and a fixed share for the rest, so that empty entries count too. */
export function entryBytes(entry: Entry): number {
  return entry.payload.length + 24;
}
