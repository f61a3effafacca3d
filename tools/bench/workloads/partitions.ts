// What a record costs when there are more partitions. The batches stay as large as they were: what is asked is what partitions
// cost, not what small batches do.
import { execFileSync } from "node:child_process";
import type { Topic } from "../generator/topics";
import { batchOf } from "../generator/batches";
import { readBatches } from "../generator/consumer";
import { metered } from "../figures/meter";
import { withPages } from "../figures/pages";
import { partitionsPoint } from "../points";
import { base, produceFigures, produceInto, type ProducePoint } from "./produce";
import { type Bench, GB, type Outcome } from "./step";
import { benchTopic, dropTopic } from "./topic";

const pointOf = (partitions: number): ProducePoint => ({
  ...base,
  batchBytes: 16_000,
  partitionsPerRequest: 4,
  partitions,
});

/** Topics of as many partitions, all there at the same time; each round goes through all of them. */
export class PartitionGrowth {
  private readonly topics = new Map<string, Topic[]>();

  constructor(private readonly counts: readonly number[]) {}

  async before(bench: Bench): Promise<void> {
    const topics: Topic[] = [];
    this.topics.set(bench.system.name, topics);
    for (const partitions of this.counts) {
      const topic = await benchTopic(bench, partitions);
      topics.push(topic);
      // A partition's first batch makes its files; that is not what is asked.
      const point = pointOf(partitions);
      await produceInto(bench, topic, point, 2 * partitions * point.batchBytes);
    }
  }

  async run(bench: Bench): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const topic of this.topics.get(bench.system.name)!) {
      // Nothing is deleted in between: dirty pages of the topics before would be this one's to wait for.
      execFileSync("sync");
      const bytes = bench.amounts.bytesMax * bench.replicationFactor;
      const load = await withPages(bench.system.dir, bytes, () => produceInto(bench, topic, pointOf(topic.partitions)));
      outcomes.push({
        point: partitionsPoint(topic.partitions),
        figures: produceFigures(load),
        processes: load.processes,
      });
    }
    return outcomes;
  }

  async after(bench: Bench): Promise<void> {
    for (const topic of this.topics.get(bench.system.name) ?? []) await dropTopic(bench.system, topic.name);
    this.topics.delete(bench.system.name);
  }
}

/** Reads back what was just written to so many partitions. */
export function consumeFrom(partitions: number): (bench: Bench) => Promise<Outcome> {
  return async (bench) => {
    const topic = await benchTopic(bench, partitions);
    try {
      const point = pointOf(partitions);
      const written = await produceInto(bench, topic, point, bench.amounts.consumeBytes / 2);
      const batches = written.result.payloadBytes / batchOf(point).payloadBytes;
      const plan = { connections: base.connections };
      const read = await metered(bench.system, () => readBatches(topic, batches, plan));
      const { seconds, bytes, records } = read.result;
      const figures = {
        mbPerSecond: bytes / 1e6 / seconds,
        recordsPerSecond: records / seconds,
        cpuSecondsPerGb: read.systemCpuSeconds / (bytes / GB),
        cpuUsPerRecord: (read.systemCpuSeconds * 1e6) / records,
        rssMb: read.rssMb,
      };
      return { figures, processes: read.processes };
    } finally {
      await dropTopic(bench.system, topic.name);
    }
  };
}
