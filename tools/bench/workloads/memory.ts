import { rssOf } from "../figures/meter";
import type { Bench, Outcome } from "./step";

/** What it holds behind all that was measured before. */
export function memoryNow({ system }: Bench): Promise<Outcome> {
  return Promise.resolve({ figures: { rssMb: rssOf(system) } });
}
