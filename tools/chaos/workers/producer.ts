import { createProducer } from "@moldau/client";
import { partitionName, type Probed } from "../clients";
import { delay } from "../machine";
import { life, noteError, nowMs, partitions, progress, record, task } from "./context";

/** What a producer has under way; set while one runs. */
let sendOne: ((at: { topic: string; partition: number }) => Promise<number | undefined>) | undefined;

/** Sends at a steady rate, whatever becomes of what was sent before; a partition keeps it for a while. */
export async function producer(): Promise<void> {
  const inFlightMax = 50;
  const sendsInARow = 8;
  const client = createProducer({ bootstrap: task.bootstrap, clientId: task.process });
  let inFlight = 0;
  let sequence = 0;
  let paced = 0;
  sendOne = async (at) => {
    const value = `${task.process}:${sequence}`;
    const send = {
      type: "send" as const,
      process: task.process,
      producer: task.process,
      sequence: sequence++,
      partition: partitionName(at.topic, at.partition),
      value,
      idempotent: true,
      invokeMs: nowMs(),
    };
    inFlight++;
    record({ ...send, outcome: { kind: "unknown" } });
    try {
      const { offset } = await client.send({ ...at, key: task.process, value });
      const endMs = nowMs();
      record({ ...send, outcome: { kind: "acked", offset, endMs } });
      progress.acked++;
      return endMs;
    } catch (error) {
      // An attempt may have been written, or may still be: nobody knows.
      progress.unknown++;
      noteError(error);
      return undefined;
    } finally {
      inFlight--;
    }
  };
  const start = nowMs();
  const shift = [...task.process].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  while (!life.stopping) {
    const due = start + (paced * 1000) / task.rate;
    const waitMs = due - nowMs();
    if (waitMs > 0) await delay(Math.min(waitMs, 200));
    else if (inFlight < inFlightMax) {
      void sendOne(partitions[(Math.floor(paced++ / sendsInARow) + shift) % partitions.length]!);
    } else await delay(20);
  }
  while (inFlight > 0) await delay(50);
  await client.close().catch(noteError);
}

/** Sends one record to each of these partitions at once, beside what the producer sends anyway. */
export async function onProbe(id: number, wanted: readonly number[]): Promise<void> {
  const topic = task.topics[0]!.name;
  const ends = await Promise.all(wanted.map((partition) => sendOne?.({ topic, partition })));
  process.send?.({ type: "probed", id, endMs: ends.filter((endMs) => endMs !== undefined) } satisfies Probed);
}
