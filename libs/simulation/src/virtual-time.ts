/** Whose work an event is. What a dead owner had planned never happens; what a paused one has planned happens late. */
export interface Owner {
  alive: boolean;
  /** Stands still until then (virtual ms): its timers and the messages to it wait, in their order. */
  pausedUntilMs: number;
}

/** The owner of what must happen whoever dies: the world's own work. */
export const NOBODY: Owner = { alive: true, pausedUntilMs: 0 };

export interface VirtualEvent {
  readonly atMs: number;
  readonly sequence: number;
  readonly owner: Owner;
  /** Undefined once it was carried out or cancelled. */
  work: (() => void) | undefined;
}

/** Taken before anybody replaces the globals. */
const nextTurn = setImmediate;

/**
 * Runs what promises and `nextTick` have waiting, at once. Costs a tenth of a turn of the event loop, which would do the same.
 * Node has no documented name for it.
 */
const runMicrotasks = (process as unknown as { _tickCallback(): void })._tickCallback;

/**
 * Time that goes on only when everything that could happen now has happened. Events are carried out one at a time, in order
 * of their times and, at equal times, of their creation; after each, all promises that it settled have run.
 */
export class VirtualTime {
  nowMs = 0;
  /** Events carried out. */
  steps = 0;
  /** The owner of the event that is being carried out. */
  current: Owner = NOBODY;
  #sequence = 0;
  readonly #heap: VirtualEvent[] = [];

  /** Plans `work` after `delayMs`, for the current owner unless another one is named. */
  after(delayMs: number, work: () => void, owner: Owner = this.current): VirtualEvent {
    return this.at(this.nowMs + Math.max(0, delayMs), work, owner);
  }

  at(atMs: number, work: () => void, owner: Owner): VirtualEvent {
    const event: VirtualEvent = { atMs: Math.max(atMs, this.nowMs), sequence: this.#sequence++, owner, work };
    this.#push(event);
    return event;
  }

  cancel(event: VirtualEvent): void {
    event.work = undefined;
  }

  /** Carries out events up to `untilMs`, or until `stop` says so or nothing is left. */
  run(untilMs: number, stop: () => boolean = () => false): Promise<void> {
    // In a turn of its own: promises cannot be run from within one of them.
    return new Promise((resolve, reject) =>
      nextTurn(() => {
        try {
          this.#run(untilMs, stop);
          resolve();
        } catch (error) {
          reject(error as Error);
        }
      }),
    );
  }

  #run(untilMs: number, stop: () => boolean): void {
    while (!stop()) {
      const event = this.#heap[0];
      if (event === undefined || event.atMs > untilMs) break;
      this.#pop();
      const { owner, work } = event;
      if (work === undefined || !owner.alive) continue;
      if (owner.pausedUntilMs > event.atMs) {
        // Keeps its sequence, so that what waited together comes in the old order.
        this.#push({ ...event, atMs: owner.pausedUntilMs });
        event.work = undefined;
        continue;
      }
      this.nowMs = event.atMs;
      this.steps++;
      event.work = undefined;
      this.current = owner;
      work();
      runMicrotasks();
      this.current = NOBODY;
    }
    if (!stop()) this.nowMs = Math.max(this.nowMs, untilMs);
  }

  #push(event: VirtualEvent): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: VirtualEvent, b: VirtualEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
