import type { Random } from "@moldau/base";
import type { VirtualEvent, VirtualTime } from "./virtual-time";

/** 2026-01-01, where wall clocks begin. Unit: ms since the Unix epoch. */
export const WALL_START_MS = Date.UTC(2026, 0, 1);

/**
 * A timer as Node's callers know it. A pause of its owner holds it back, its owner's death ends it. What a cancelled event
 * has in a heap stays there until its time; it does nothing.
 */
class VirtualTimer {
  private event: VirtualEvent;

  constructor(
    private readonly time: VirtualTime,
    private readonly work: () => void,
    private readonly delayMs: number,
    private readonly repeats: boolean,
  ) {
    this.event = this.plan();
  }

  private plan(): VirtualEvent {
    return this.time.after(this.delayMs, () => {
      if (this.repeats) this.event = this.plan();
      this.work();
    });
  }

  clear(): void {
    this.time.cancel(this.event);
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  refresh(): this {
    this.clear();
    this.event = this.plan();
    return this;
  }
}

type Work = (...args: unknown[]) => void;

/** What runs at the moment. */
let now: { readonly time: VirtualTime; readonly random: Random } | undefined;

function current(): { readonly time: VirtualTime; readonly random: Random } {
  if (now === undefined) throw new Error("a timer or clock of a simulation is used, and none runs");
  return now;
}

const start =
  (repeats: boolean) =>
  (work: Work, delayMs?: number, ...args: unknown[]) =>
    new VirtualTimer(current().time, () => work(...args), Math.max(1, Math.floor(delayMs ?? 1)), repeats);

const clear = (timer: unknown): void => {
  if (timer instanceof VirtualTimer) timer.clear();
};

/**
 * One set for all runs, which finds the run that is under way by itself: test environments remember for good what was ever
 * put into their globals, and would remember every cluster by it.
 */
const replacements: readonly [object: object, name: string, value: unknown][] = [
  [globalThis, "setTimeout", start(false)],
  [globalThis, "clearTimeout", clear],
  [globalThis, "setInterval", start(true)],
  [globalThis, "clearInterval", clear],
  [
    globalThis,
    "setImmediate",
    (work: Work, ...args: unknown[]) => new VirtualTimer(current().time, () => work(...args), 0, false),
  ],
  [globalThis, "clearImmediate", clear],
  [performance, "now", () => current().time.nowMs],
  [Date, "now", () => WALL_START_MS + Math.floor(current().time.nowMs)],
  [Math, "random", () => current().random.next()],
];

/**
 * Puts virtual time in the place of the process's timers and clocks, and a seeded generator in that of its random numbers,
 * until the returned function is called. The roles need not know: they use Node's timers. One run at a time.
 */
export function replaceGlobals(time: VirtualTime, random: Random): () => void {
  if (now !== undefined) throw new Error("another simulation runs in this process");
  now = { time, random };
  const before = replacements.map(([object, name]) => Object.getOwnPropertyDescriptor(object, name));
  for (const [object, name, value] of replacements) {
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  }
  return () => {
    now = undefined;
    replacements.forEach(([object, name], i) => {
      const descriptor = before[i];
      if (descriptor === undefined) delete (object as Record<string, unknown>)[name];
      else Object.defineProperty(object, name, descriptor);
    });
  };
}
