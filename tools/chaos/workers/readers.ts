import { createAdmin, createConsumer } from "@moldau/client";
import { partitionName } from "../clients";
import { delay } from "../machine";
import { readMetadata } from "./administrator";
import { pollOnce, positionsOf, type Reading } from "./consumers";
import { life, noteError, nowMs, partitions, progress, record, task, untilItSucceeds } from "./context";

/** Reads what the group has committed, again and again. */
export async function auditor(): Promise<void> {
  const admin = createAdmin({ bootstrap: task.bootstrap, clientId: task.process, timeoutMs: 10_000 });
  const groups = task.transactions ? [task.group, `${task.group}-txn`] : [task.group];
  const readAll = async () => {
    for (const group of groups) await readGroup(group);
  };
  const readGroup = async (group: string) => {
    const invokeMs = nowMs();
    // An acknowledged EndTxn is a promise: until its marker has arrived the offsets before it may be seen, but for this.
    const committed = await admin.committedOffsets(group, { requireStable: true });
    const offsets = new Map(committed.map((at) => [partitionName(at.topic, at.partition), at.offset] as const));
    for (const { topic, partition } of partitions) {
      record({
        type: "committed-read",
        process: task.process,
        group,
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
  progress.ends = await readTo(ends, { mode: "assign", isolation: "read_uncommitted", consumer: task.process });
  if (!task.transactions) return;
  const consumer = `${task.process}-committed`;
  progress.committedEnds = await readTo(ends, { mode: "assign", isolation: "read_committed", consumer });
}

/** Everything from the beginning; offsets behind the last record of each partition. */
async function readTo(ends: ReadonlyMap<string, number>, reading: Reading): Promise<Record<string, number>> {
  const consumer = createConsumer({
    bootstrap: task.bootstrap,
    clientId: reading.consumer,
    offsetReset: "none",
    isolation: reading.isolation,
  });
  await untilItSucceeds(() => consumer.assign(partitions.map((at) => ({ ...at, offset: 0 }))));
  const isDone = () =>
    [...positionsOf(consumer)].every(([name, position]) => position >= (ends.get(name) ?? Number.POSITIVE_INFINITY));
  const read: Record<string, number> = {};
  while (!isDone()) for (const [partition, end] of await pollOnce(consumer, reading)) read[partition] = end;
  await consumer.close().catch(noteError);
  return read;
}
