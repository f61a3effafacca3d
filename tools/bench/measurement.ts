/** What one run of one workload gave: by name, the unit last in it (`mbPerSecond`, `p99Ms`, `rssMb`). */
export type Figures = Readonly<Record<string, number>>;

/** CPU time and memory of one process of the measured system. */
export interface ProcessFigures {
  name: string;
  cpuSeconds: number;
  rssMb: number;
}

/** One run: a row of the JSON. */
export interface Measurement {
  /** `produce`, `end to end` … */
  workload: string;
  /** What differs from the base point: `10 KB records`; `base` where nothing does. */
  point: string;
  /** See systems/catalog.ts. */
  system: string;
  /** The n-th time round all systems; figures of one round are a pair. */
  round: number;
  figures: Figures;
  /** Where it was measured, what each process of the system took. */
  processes?: ProcessFigures[];
}

/** A run that did not come to its end. */
export interface Failure {
  workload: string;
  point: string;
  system: string;
  round: number;
  error: string;
}

/** Something that was not measured, and why. */
export interface Skipped {
  what: string;
  why: string;
}

/** Everything of a run of the benchmark: what is written as JSON and drawn from it. */
export interface Results {
  startedAt: string;
  scale: "smoke" | "quick" | "full";
  rounds: number;
  tookSeconds: number;
  machine: Record<string, string>;
  systems: { name: string; title: string }[];
  measurements: Measurement[];
  failures: Failure[];
  skipped: Skipped[];
}
