import type { Revertible, Timeline } from "./timeline";

/** A single variable that the timeline can set back. The value counts as immutable: assign a new one. */
export class TimelineValue<T> implements Revertible {
  private now: T;

  constructor(
    private readonly timeline: Timeline,
    initial: T,
  ) {
    this.now = initial;
  }

  get value(): T {
    return this.now;
  }

  set value(next: T) {
    if (next === this.now) return;
    this.timeline.wrote(this, undefined, this.now);
    this.now = next;
  }

  /** For the timeline. */
  undo(_key: unknown, previous: unknown): void {
    this.now = previous as T;
  }
}
