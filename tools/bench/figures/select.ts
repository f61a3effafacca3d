import type { Measurement } from "../measurement";
import { median, ratioOf, type Ratio } from "./statistics";

/** Where a figure is found. */
export interface Place {
  workload: string;
  point: string;
  system: string;
  figure: string;
}

/** A figure by round. */
export function series(measurements: readonly Measurement[], at: Place): Map<number, number> {
  const found = new Map<number, number>();
  for (const { workload, point, system, round, figures } of measurements) {
    const value = figures[at.figure];
    if (workload !== at.workload || point !== at.point || system !== at.system || value === undefined) continue;
    found.set(round, value);
  }
  return found;
}

/** Median over the rounds; undefined where it was not measured. */
export function medianAt(measurements: readonly Measurement[], at: Place): number | undefined {
  const values = [...series(measurements, at).values()];
  return values.length === 0 ? undefined : median(values);
}

/** One system's figure divided by another's, pair by pair. */
export function ratioAt(measurements: readonly Measurement[], at: Place, other: Partial<Place>): Ratio | undefined {
  return ratioOf(series(measurements, at), series(measurements, { ...at, ...other }));
}
