import { consume, FilledTopic } from "./consume";
import { base, produceFigures, produceInto } from "./produce";
import type { Bench, Outcome } from "./step";
import { withTopic } from "./topic";

/**
 * The first bytes that a process writes and reads: what it costs cold. A JVM's compiler is at work then (the first GB costs
 * Apache Kafka nearly three times as much CPU as the third one), so everything that is compared comes behind it.
 */
export async function firstBytes(bench: Bench): Promise<Outcome> {
  return await withTopic(bench, base.partitions, async (topic) => {
    const load = await produceInto(bench, topic, base, bench.amounts.warmUpBytes);
    return { figures: produceFigures(load), processes: load.processes };
  });
}

/** Writes and reads it again, which is not compared. */
export async function warmUp(bench: Bench): Promise<Outcome> {
  const filled = new FilledTopic();
  const read = consume(filled);
  await filled.on(bench);
  await read(bench);
  const outcome = await read(bench);
  await filled.drop(bench);
  return outcome;
}
