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
 * Deadlines of requests that wait: thousands of them, nearly all cancelled. Setting one is a push, cancelling a flag. One
 * timer wakes the wheel at the next slot that holds anything, so that a broker whose followers wait is not woken a hundred
 * times a second. Precision is one tick of 10 ms, late rather than early.
 */
export class TimerWheel {
  readonly #clock: Clock;
  readonly #slots: Entry[][] = Array.from({ length: SLOTS }, () => []);
  #tick: number;
  #entries = 0;
  #sleep: NodeJS.Timeout | undefined;
  /** When `#sleep` ends. */
  #wakeTick = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tick = this.#now();
  }

  /** Runs `run` once, `delayMs` from now or a little later, unless cancelled. */
  after(delayMs: number, run: () => void): WheelTimer {
    const now = this.#now();
    if (this.#entries === 0) this.#tick = now;
    const dueTick = now + Math.max(1, Math.ceil(delayMs / SLOT_MS));
    const entry = new Entry(dueTick, run);
    this.#slots[dueTick % SLOTS]!.push(entry);
    this.#entries++;
    if (dueTick < this.#wakeTick) this.#sleepUntil(dueTick);
    return entry;
  }

  /** Forgets everything. */
  stop(): void {
    this.#sleepUntil(Infinity);
    this.#entries = 0;
    for (const slot of this.#slots) slot.length = 0;
  }

  #now(): number {
    return Math.floor(this.#clock.monotonicMs() / SLOT_MS);
  }

  #sleepUntil(tick: number): void {
    clearTimeout(this.#sleep);
    this.#wakeTick = tick;
    this.#sleep = undefined;
    if (tick === Infinity) return;
    const inMs = tick * SLOT_MS - this.#clock.monotonicMs();
    this.#sleep = setTimeout(() => this.#advance(), Math.max(1, Math.ceil(inMs)));
    this.#sleep.unref();
  }

  /** The next slot behind `tick` with anything in it; what is in it may be due a turn of the wheel later. */
  #nextTick(tick: number): number {
    if (this.#entries === 0) return Infinity;
    for (let next = tick + 1; next <= tick + SLOTS; next++) if (this.#slots[next % SLOTS]!.length > 0) return next;
    return Infinity;
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
    this.#sleepUntil(this.#nextTick(now));
    for (const entry of due) entry.run?.();
  }
}
