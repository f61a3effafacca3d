import type { Clock } from "@moldau/base";

const SLOT_MS = 10;
const SLOTS = 512;

/** A deadline that has not passed yet. */
export interface WheelTimer {
  cancel(): void;
}

class Entry implements WheelTimer {
  constructor(
    /** Turn of the wheel's tick at which it is due. */
    readonly dueTick: number,
    /** Let go of when cancelled: it may hold a request's bytes. */
    public run: (() => void) | undefined,
  ) {}
  cancel(): void {
    this.run = undefined;
  }
}

/**
 * Deadlines of requests that wait: thousands of them, nearly all cancelled. One interval timer ticks every 10 ms while any
 * is set; setting one is a push, cancelling a flag. Precision is one tick, late rather than early.
 */
export class TimerWheel {
  readonly #clock: Clock;
  readonly #slots: Entry[][] = Array.from({ length: SLOTS }, () => []);
  #tick: number;
  #entries = 0;
  #ticker: NodeJS.Timeout | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tick = this.#now();
  }

  /** Runs `run` once, `delayMs` from now or a little later, unless cancelled. */
  after(delayMs: number, run: () => void): WheelTimer {
    if (!this.#ticker) {
      this.#tick = this.#now();
      this.#ticker = setInterval(() => this.#advance(), SLOT_MS);
      this.#ticker.unref();
    }
    const dueTick = this.#now() + Math.max(1, Math.ceil(delayMs / SLOT_MS));
    const entry = new Entry(dueTick, run);
    this.#slots[dueTick % SLOTS]!.push(entry);
    this.#entries++;
    return entry;
  }

  /** Forgets everything. */
  stop(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    this.#entries = 0;
    for (const slot of this.#slots) slot.length = 0;
  }

  #now(): number {
    return Math.floor(this.#clock.monotonicMs() / SLOT_MS);
  }

  #advance(): void {
    const now = this.#now();
    const due: Entry[] = [];
    // After a long pause one turn of the wheel sees every slot.
    for (let tick = Math.max(this.#tick + 1, now - SLOTS + 1); tick <= now; tick++) {
      const slot = this.#slots[tick % SLOTS]!;
      if (slot.length === 0) continue;
      let kept = 0;
      for (const entry of slot) {
        if (!entry.run) this.#entries--;
        else if (entry.dueTick <= now) due.push(entry);
        else slot[kept++] = entry;
      }
      slot.length = kept;
    }
    this.#tick = now;
    this.#entries -= due.length;
    for (const entry of due) entry.run?.();
    if (this.#entries === 0) {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    }
  }
}
