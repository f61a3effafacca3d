import { batchOf, type BatchShape } from "../generator/batches";
import { type Load, produceAtPeak } from "../generator/closed-loop";
import type { Topic } from "../generator/topics";
import { type Metered, metered } from "../figures/meter";
import { withPages } from "../figures/pages";
import { type Bench, GB, type Outcome } from "./step";
import { withTopic } from "./topic";

/** How a producer works. */
export interface ProducePoint extends BatchShape {
  partitions: number;
  partitionsPerRequest: number;
  acks: number;
  connections: number;
  /** Requests on their way on each connection; Java's default is 5. */
  inFlight: number;
}

/** What everything else differs from in one thing. */
export const base: ProducePoint = {
  recordBytes: 1_000,
  batchBytes: 64_000,
  codec: "none",
  partitions: 12,
  partitionsPerRequest: 1,
  acks: -1,
  connections: 3,
  inFlight: 5,
};

/** As much as goes into a topic. */
export function produceInto(
  bench: Bench,
  topic: Topic,
  point: ProducePoint,
  bytesMax?: number,
): Promise<Metered<Load>> {
  const { durationMs, bytesMax: most } = bench.amounts;
  // Told how much to write, it takes the time that needs.
  const limits = { inFlight: point.inFlight, durationMs: bytesMax ? 120_000 : durationMs, bytesMax: bytesMax ?? most };
  return metered(bench.system, () => produceAtPeak(topic, batchOf(point), point, limits));
}

export function produceFigures({ result, systemCpuSeconds, generatorCpuSeconds, rssMb }: Metered<Load>) {
  return {
    mbPerSecond: result.payloadBytes / 1e6 / result.seconds,
    recordsPerSecond: result.records / result.seconds,
    requestsPerSecond: result.requests / result.seconds,
    cpuSecondsPerGb: systemCpuSeconds / (result.payloadBytes / GB),
    cpuUsPerRecord: (systemCpuSeconds * 1e6) / result.records,
    cpuUsPerRequest: (systemCpuSeconds * 1e6) / result.requests,
    generatorCpuSecondsPerGb: generatorCpuSeconds / (result.payloadBytes / GB),
    rssMb,
  };
}

/** A batch or more in each partition: the first one makes its files, which is a matter of the file system and not of how they produce. */
async function begin(topic: Topic, point: ProducePoint): Promise<void> {
  // Connections do not go at the same pace; twice as many reach them all.
  const bytesMax = 2 * point.partitions * batchOf(point).payloadBytes;
  await produceAtPeak(topic, batchOf(point), { ...point, acks: -1 }, { inFlight: 1, durationMs: 60_000, bytesMax });
}

/** Peak of a producer on a topic of its own. */
export function produce(point: ProducePoint): (bench: Bench) => Promise<Outcome> {
  return (bench) =>
    withTopic(bench, point.partitions, async (topic) => {
      await begin(topic, point);
      const bytes = bench.amounts.bytesMax * bench.replicationFactor;
      const load = await withPages(bench.system.dir, bytes, () => produceInto(bench, topic, point));
      return { figures: produceFigures(load), processes: load.processes };
    });
}
