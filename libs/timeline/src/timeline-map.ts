import { ABSENT, type Revertible, type Timeline } from "./timeline";

/**
 * A map whose writes the timeline can take back. Values count as immutable: replace them, never change them in place
 * (a change in place is not journalled). Iteration is in insertion order; a reverted deletion re-inserts at the end.
 */
export class TimelineMap<K, V> implements Revertible, Iterable<[K, V]> {
  private readonly entriesNow = new Map<K, V>();

  constructor(private readonly timeline: Timeline) {}

  get size(): number {
    return this.entriesNow.size;
  }

  get(key: K): V | undefined {
    return this.entriesNow.get(key);
  }

  has(key: K): boolean {
    return this.entriesNow.has(key);
  }

  set(key: K, value: V): void {
    this.timeline.wrote(this, key, this.previous(key));
    this.entriesNow.set(key, value);
  }

  /** Whether there was something to delete. */
  delete(key: K): boolean {
    if (!this.entriesNow.has(key)) return false;
    this.timeline.wrote(this, key, this.previous(key));
    return this.entriesNow.delete(key);
  }

  clear(): void {
    for (const key of [...this.entriesNow.keys()]) this.delete(key);
  }

  keys(): IterableIterator<K> {
    return this.entriesNow.keys();
  }

  values(): IterableIterator<V> {
    return this.entriesNow.values();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entriesNow[Symbol.iterator]();
  }

  /** For the timeline. */
  undo(key: unknown, previous: unknown): void {
    if (previous === ABSENT) this.entriesNow.delete(key as K);
    else this.entriesNow.set(key as K, previous as V);
  }

  private previous(key: K): V | typeof ABSENT {
    return this.entriesNow.has(key) ? (this.entriesNow.get(key) as V) : ABSENT;
  }
}
