import type { HistoryEvent } from "./events";
import type { History } from "./history";

/** The invariants by name; see the README for what each promises. */
export const invariants = [
  "lost-write",
  "inconsistent-offsets",
  "duplicate",
  "poll-skip",
  "nonmonotonic-poll",
  "nonmonotonic-send",
  "aborted-read",
  "torn-transaction",
  "precommitted-read",
  "committed-offset-lost",
  "committed-offset-moved-back",
  "zombie-write-after-fence",
  "double-assignment",
  "high-watermark-moved-back",
  "last-stable-offset-moved-back",
  "log-prefix",
  "one-leader-per-epoch",
  "one-owner-per-shard-epoch",
  "one-controller-per-term",
  "metadata-agreement",
  "unseen-after-heal",
] as const;

export type Invariant = (typeof invariants)[number];

export interface Violation {
  invariant: Invariant;
  /** For a person: what happened, where, to which values. */
  message: string;
  /** The events that prove it. */
  events: readonly HistoryEvent[];
}

/** What one checker found. `checked` counts what it looked at: nothing found in nothing proves nothing. */
export interface Verdict {
  invariant: Invariant;
  checked: number;
  /** How many violations there are; `violations` holds the first of them. */
  count: number;
  violations: readonly Violation[];
}

/** Looks at a history and tells `findings`. */
export type Checker = (history: History, findings: Findings) => void;

/** Collects what a checker finds; keeps the first `limit` violations and counts the rest. */
export class Findings implements Verdict {
  checked = 0;
  count = 0;
  readonly violations: Violation[] = [];

  constructor(
    readonly invariant: Invariant,
    private readonly limit: number,
  ) {}

  violation(message: string, ...events: readonly (HistoryEvent | undefined)[]): void {
    this.count++;
    if (this.violations.length >= this.limit) return;
    this.violations.push({
      invariant: this.invariant,
      message,
      events: events.filter((event) => event !== undefined),
    });
  }
}
