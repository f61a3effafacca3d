// The clients that users have. They cost more than the system does, on the same two cores: what they show is what a user gets; the
// system's CPU seconds are what compares.
import { metered } from "../figures/meter";
import type { Figures } from "../measurement";
import type { OtherClient } from "../clients/client";
import { base } from "./produce";
import { type Bench, GB, type Outcome } from "./step";
import { withTopic } from "./topic";

/** Writes records with that client, then reads them with it. */
export function otherClient(client: OtherClient, part: number): (bench: Bench) => Promise<Outcome[]> {
  return (bench) =>
    withTopic(bench, base.partitions, async (topic) => {
      const { recordBytes, batchBytes } = base;
      const records = Math.round(bench.amounts.clientRecords * part);
      const { bootstrap } = bench.system;
      const task = { bootstrap, topic: topic.name, records, recordBytes, batchBytes, group: topic.name };
      const outcomes: Outcome[] = [];
      for (const role of ["produce", "consume"] as const) {
        const { result, systemCpuSeconds, rssMb, processes } = await metered(bench.system, () => client[role](task));
        const gb = ((result.records ?? records) * recordBytes) / GB;
        const figures: Figures = { ...result, cpuSecondsPerGb: systemCpuSeconds / gb, rssMb };
        outcomes.push({ point: role, figures, processes });
      }
      return outcomes;
    });
}
