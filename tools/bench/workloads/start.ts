// From the start of the processes to the first record that is acknowledged. A client tries every few milliseconds, so its own
// retries do not count.
import { setTimeout as delay } from "node:timers/promises";
import { KafkaError } from "@moldau/base";
import { batchOf } from "../generator/batches";
import { WireConnection } from "../generator/connection";
import { producedErrors, produceFrame } from "../generator/requests";
import { createTopic, findTopic } from "../generator/topics";
import { points } from "../points";
import type { System } from "../systems/system";
import { base } from "./produce";
import type { Bench, Outcome } from "./step";

const everyMs = 5;
const attemptMs = 2_000;
const timeoutMs = 120_000;
const topic = "first";

/** One try, whatever is there already; whether the record was acknowledged. */
async function tryToProduce(bootstrap: string, replicationFactor: number, frame: Buffer): Promise<boolean> {
  const found = await findTopic(bootstrap, topic, 1);
  if (found === undefined) {
    await createTopic(bootstrap, { name: topic, partitions: 1, replicationFactor });
    return false;
  }
  const [leader] = found.leaders.keys();
  return await new Promise<boolean>((resolve, reject) => {
    WireConnection.open(leader!, reject).then((connection) => {
      connection.request(frame, (answer) => {
        connection.close();
        resolve(producedErrors(answer).every((code) => code === KafkaError.NONE));
      });
    }, reject);
  });
}

/** Starts it and writes one record as soon as that goes. Unit: milliseconds. */
async function startToFirstAck(system: System, replicationFactor: number): Promise<number> {
  const { bytes } = batchOf({ ...base, batchBytes: base.recordBytes });
  const frame = produceFrame(topic, [0], bytes, -1);
  const startedMs = performance.now();
  system.launch();
  const attempts = async () => {
    while (performance.now() - startedMs < timeoutMs) {
      // A process that listens and does not answer yet must not hold up the next try.
      const attempt = tryToProduce(system.bootstrap, replicationFactor, frame).catch(() => false);
      if (await Promise.race([attempt, delay(attemptMs, false)])) return performance.now() - startedMs;
      await delay(everyMs);
    }
    throw new Error(`no record was acknowledged within ${timeoutMs / 1_000} s`);
  };
  return await Promise.race([attempts(), system.failed]);
}

/** Its first start, on an empty folder, with the topic made; then another one on what the first left behind. */
export async function start(bench: Bench): Promise<Outcome[]> {
  const system = bench.fresh();
  await system.prepare();
  try {
    const first = await startToFirstAck(system, bench.replicationFactor);
    await system.stop();
    const again = await startToFirstAck(system, bench.replicationFactor);
    return [
      { point: points.emptyFolder, figures: { toFirstAckMs: first } },
      { point: points.restart, figures: { toFirstAckMs: again } },
    ];
  } finally {
    await system.stop();
  }
}
