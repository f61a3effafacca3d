import type { Done } from "./worker";

/** Counts what a run over many seeds did, and says how far it is. */
export class Summary {
  readonly #startedMs = performance.now();
  #seeds = 0;
  #found = 0;
  #steps = 0;
  #virtualMs = 0;
  #acked = 0;
  #polled = 0;
  readonly #faults = new Map<string, number>();
  readonly #violated = new Map<string, number>();
  #toldMs = performance.now();

  constructor(
    private readonly profile: string,
    private readonly total: number,
  ) {}

  add({ seed, violations, steps, virtualMs, acked, polled, faults }: Done): void {
    this.#seeds++;
    this.#steps += steps;
    this.#virtualMs += virtualMs;
    this.#acked += acked;
    this.#polled += polled;
    for (const kind of faults) this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1);
    if (violations[0] !== undefined) {
      this.#found++;
      console.log(`seed ${seed} VIOLATED ${violations[0].invariant}: ${violations[0].message}`);
    }
    for (const invariant of new Set(violations.map((each) => each.invariant))) {
      this.#violated.set(invariant, (this.#violated.get(invariant) ?? 0) + 1);
    }
    if (performance.now() - this.#toldMs < 10_000) return;
    this.#toldMs = performance.now();
    console.log(`${this.#seeds} of ${this.total} seeds, ${this.#found} found something, ${this.#rate()}`);
  }

  #rate(): string {
    const seconds = (performance.now() - this.#startedMs) / 1000;
    return `${(this.#seeds / seconds).toFixed(1)} seeds/s`;
  }

  print(): void {
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const rows: [string, string][] = [
      ["profile", this.profile],
      ["seeds", String(this.#seeds)],
      ["found something", String(this.#found)],
      ["real time", `${seconds.toFixed(0)} s, ${this.#rate()}`],
      ["virtual time", `${(this.#virtualMs / 3_600_000).toFixed(1)} h`],
      ["steps", String(this.#steps)],
      ["records acknowledged", String(this.#acked)],
      ["records read", String(this.#polled)],
      [
        "faults",
        [...this.#faults]
          .sort()
          .map(([kind, count]) => `${kind} ${count}`)
          .join(", ") || "none",
      ],
    ];
    if (this.#violated.size > 0) {
      rows.push(["violated, in seeds", [...this.#violated].map(([name, count]) => `${name} ${count}`).join(", ")]);
    }
    for (const [name, value] of rows) console.log(`${name.padEnd(22)}${value}`);
  }
}
