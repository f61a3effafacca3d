import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readBatches } from "../generator/consumer";
import { batchOf } from "../generator/batches";
import type { Topic } from "../generator/topics";
import { metered } from "../figures/meter";
import { base, produceInto } from "./produce";
import { type Bench, GB, type Outcome } from "./step";
import { benchTopic, dropTopic, foldersOf } from "./topic";

/** A topic that is written once and read by several steps. */
export class FilledTopic {
  private readonly topics = new Map<string, { topic: Topic; batches: number }>();

  /** Written when it is first asked for on a system. */
  async on(bench: Bench): Promise<{ topic: Topic; batches: number }> {
    const known = this.topics.get(bench.system.name);
    if (known !== undefined) return known;
    const topic = await benchTopic(bench, base.partitions);
    const { result } = await produceInto(bench, topic, base, bench.amounts.consumeBytes);
    const filled = { topic, batches: result.payloadBytes / batchOf(base).payloadBytes };
    this.topics.set(bench.system.name, filled);
    return filled;
  }

  async drop(bench: Bench): Promise<void> {
    const known = this.topics.get(bench.system.name);
    this.topics.delete(bench.system.name);
    if (known !== undefined) await dropTopic(bench.system, known.topic.name);
  }
}

/** Reads the topic from its beginning to its end. `cold`: its files are not in the page cache. */
export function consume(filled: FilledTopic, { cold = false, groups = 1 } = {}): (bench: Bench) => Promise<Outcome> {
  return async (bench) => {
    const { topic, batches } = await filled.on(bench);
    if (cold) dropFromPageCache(foldersOf(bench.system, topic.name));
    const plan = { connections: base.connections };
    const { result, systemCpuSeconds, generatorCpuSeconds, rssMb, processes } = await metered(
      bench.system,
      async () => {
        const started = performance.now();
        const all: Awaited<ReturnType<typeof readBatches>>[] = [];
        // Again and again until it is long enough to be measured; cold, it is only once.
        do all.push(...(await Promise.all(Array.from({ length: groups }, () => readBatches(topic, batches, plan)))));
        while (!cold && performance.now() - started < bench.amounts.durationMs);
        const total = (of: "bytes" | "records") => all.reduce((sum, each) => sum + each[of], 0);
        return { seconds: (performance.now() - started) / 1_000, bytes: total("bytes"), records: total("records") };
      },
    );
    const gb = result.bytes / GB;
    const figures = {
      mbPerSecond: (gb * 1_000) / result.seconds,
      recordsPerSecond: result.records / result.seconds,
      cpuSecondsPerGb: systemCpuSeconds / gb,
      generatorCpuSecondsPerGb: generatorCpuSeconds / gb,
      rssMb,
    };
    return { figures, processes };
  };
}

/** Advises the kernel to forget these folders' files once they are on disk; needs no privilege (posix_fadvise). */
export function dropFromPageCache(folders: readonly string[]): void {
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".log"))) {
      const path = join(folder, file);
      execFileSync("dd", [`of=${path}`, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"], { stdio: "ignore" });
    }
  }
}
