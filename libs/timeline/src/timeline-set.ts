import { ABSENT, type Revertible, type Timeline } from "./timeline";

/** A set whose additions and deletions the timeline can take back. Iteration is in insertion order. */
export class TimelineSet<K> implements Revertible, Iterable<K> {
  private readonly members = new Set<K>();

  constructor(private readonly timeline: Timeline) {}

  get size(): number {
    return this.members.size;
  }

  has(key: K): boolean {
    return this.members.has(key);
  }

  /** Whether it was new. */
  add(key: K): boolean {
    if (this.members.has(key)) return false;
    this.timeline.wrote(this, key, ABSENT);
    this.members.add(key);
    return true;
  }

  /** Whether there was something to delete. */
  delete(key: K): boolean {
    if (!this.members.has(key)) return false;
    this.timeline.wrote(this, key, true);
    return this.members.delete(key);
  }

  clear(): void {
    for (const key of [...this.members]) this.delete(key);
  }

  [Symbol.iterator](): IterableIterator<K> {
    return this.members[Symbol.iterator]();
  }

  /** For the timeline. */
  undo(key: unknown, previous: unknown): void {
    if (previous === ABSENT) this.members.delete(key as K);
    else this.members.add(key as K);
  }
}
