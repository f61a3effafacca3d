import { createAdmin, createConsumer } from "@moldau/client";
import { partitionName } from "../clients";
import { delay } from "../machine";
import { readMetadata } from "./administrator";
import { pollOnce, positionsOf } from "./consumers";
import { life, noteError, nowMs, partitions, record, task, untilItSucceeds } from "./context";

/** Reads what the group has committed, again and again. */
export async function auditor(): Promise<void> {
  const admin = createAdmin({ bootstrap: task.bootstrap, clientId: task.process, timeoutMs: 10_000 });
  const readAll = async () => {
    const invokeMs = nowMs();
    const offsets = new Map(
      (await admin.committedOffsets(task.group)).map(
        (at) => [partitionName(at.topic, at.partition), at.offset] as const,
      ),
    );
    for (const { topic, partition } of partitions) {
      record({
        type: "committed-read",
        process: task.process,
        group: task.group,
        partition: partitionName(topic, partition),
        offset: offsets.get(partitionName(topic, partition)) ?? -1,
        invokeMs,
        endMs: nowMs(),
      });
    }
  };
  while (!life.stopping) {
    await readAll().catch(noteError);
    await delay(1_000);
  }
  // The last one counts.
  await untilItSucceeds(readAll);
  await admin.close();
}

/** After everything healed: every partition from its beginning to the end that it has now. */
export async function finalReader(): Promise<void> {
  const admin = createAdmin({ bootstrap: task.bootstrap, clientId: task.process });
  const ends = await untilItSucceeds(() => admin.listOffsets(partitions, "latest"));
  await untilItSucceeds(() => readMetadata(admin));
  await admin.close();
  const consumer = createConsumer({ bootstrap: task.bootstrap, clientId: task.process, offsetReset: "none" });
  await untilItSucceeds(() => consumer.assign(partitions.map((at) => ({ ...at, offset: 0 }))));
  const isDone = () =>
    [...positionsOf(consumer)].every(([name, position]) => position >= (ends.get(name) ?? Number.POSITIVE_INFINITY));
  while (!isDone()) await pollOnce(consumer, "assign");
  await consumer.close().catch(noteError);
}
