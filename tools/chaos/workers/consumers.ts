import { createConsumer } from "@moldau/client";
import { partitionName } from "../clients";
import { delay } from "../machine";
import { life, noteError, nowMs, partitions, progress, record, task } from "./context";

type Client = ReturnType<typeof createConsumer>;
/** How a consumer reads, as its polls are recorded. */
export interface Reading {
  mode: "assign" | "subscribe";
  isolation: "read_uncommitted" | "read_committed";
  /** Name of the consumer instance. */
  consumer: string;
}

const uncommitted = (mode: Reading["mode"]): Reading => ({
  mode,
  isolation: "read_uncommitted",
  consumer: task.process,
});

/** Records what one poll brought, by partition. */
function recordPoll(
  reading: Reading,
  before: ReadonlyMap<string, number>,
  records: Awaited<ReturnType<Client["poll"]>>,
  invokeMs: number,
): void {
  const endMs = nowMs();
  const byPartition = new Map<string, [number, string][]>();
  for (const { topic, partition, offset, value } of records) {
    const name = partitionName(topic, partition);
    let list = byPartition.get(name);
    if (list === undefined) byPartition.set(name, (list = []));
    list.push([offset, value === null ? "" : Buffer.from(value).toString()]);
  }
  for (const [partition, list] of byPartition) {
    const position = before.get(partition) ?? -1;
    record({
      type: "poll",
      process: task.process,
      ...reading,
      partition,
      // Where the position was not known before the poll it is where the records begin.
      position: position >= 0 ? position : list[0]![0],
      records: list,
      invokeMs,
      endMs,
    });
  }
  progress.polled += records.length;
}

/** Next offset of each partition by its name; -1 where it is not known yet. */
export function positionsOf(consumer: Client): Map<string, number> {
  return new Map(
    consumer.assignment().map(({ topic, partition, position }) => [partitionName(topic, partition), position]),
  );
}

function noteLag(consumer: Client): void {
  progress.lag = consumer
    .assignment()
    .reduce((sum, { position, highWatermark }) => sum + Math.max(0, highWatermark - Math.max(0, position)), 0);
}

/** A consumer without a group, over everything from the beginning. */
export async function assigned(): Promise<void> {
  const consumer = createConsumer({ bootstrap: task.bootstrap, clientId: task.process, offsetReset: "none" });
  const fromTheBeginning = partitions.map((at) => ({ ...at, offset: 0 }));
  while (!life.stopping) {
    try {
      await consumer.assign(fromTheBeginning);
      break;
    } catch (error) {
      noteError(error);
      await delay(200);
    }
  }
  while (!life.stopping) await pollOnce(consumer, uncommitted("assign"));
  await consumer.close().catch(noteError);
}

/** One poll, recorded; offsets behind the last record of each partition that it brought. */
export async function pollOnce(consumer: Client, reading: Reading): Promise<Map<string, number>> {
  const before = positionsOf(consumer);
  const invokeMs = nowMs();
  const ends = new Map<string, number>();
  try {
    const records = await consumer.poll(300);
    recordPoll(reading, before, records, invokeMs);
    for (const { topic, partition, offset } of records) ends.set(partitionName(topic, partition), offset + 1);
  } catch (error) {
    noteError(error);
    await delay(100);
  }
  noteLag(consumer);
  progress.positions = Object.fromEntries(positionsOf(consumer));
  return ends;
}

/** A member of a group that commits about once a second, and before its partitions go. */
export async function member(): Promise<void> {
  const commitEveryMs = 1_000;
  let generation: number | undefined;
  const consumer = createConsumer({
    bootstrap: task.bootstrap,
    clientId: task.process,
    groupId: task.group,
    offsetReset: "earliest",
    sessionTimeoutMs: 10_000,
    heartbeatIntervalMs: 1_000,
    onAssigned: (list, of) => {
      generation = of;
      record({
        type: "rebalance",
        process: task.process,
        consumer: task.process,
        group: task.group,
        generation,
        assigned: list.map(({ topic, partition }) => partitionName(topic, partition)),
        endMs: nowMs(),
      });
    },
    onRevoked: () => commit(consumer, generation),
  });
  await consumer.subscribe(task.topics.map(({ name }) => name));
  let nextCommitMs = nowMs() + commitEveryMs;
  while (!life.stopping) {
    await pollOnce(consumer, uncommitted("subscribe"));
    if (nowMs() < nextCommitMs) continue;
    nextCommitMs = nowMs() + commitEveryMs;
    await commit(consumer, generation);
  }
  await commit(consumer, generation);
  await consumer.close().catch(noteError);
}

/** Commits what was handed out; a partition that went to somebody else meanwhile stays unknown. */
async function commit(consumer: Client, generation: number | undefined): Promise<void> {
  const invokeMs = nowMs();
  const changed = consumer.assignment().filter(({ position, committed }) => position >= 0 && position !== committed);
  const commits = changed.map(({ topic, partition, position }) => ({
    type: "commit" as const,
    process: task.process,
    group: task.group,
    partition: partitionName(topic, partition),
    offset: position,
    generation,
    invokeMs,
  }));
  for (const each of commits) record({ ...each, outcome: { kind: "unknown" } });
  try {
    await consumer.commit();
    const after = new Map(
      consumer.assignment().map((at) => [partitionName(at.topic, at.partition), at.committed] as const),
    );
    for (const each of commits) {
      if (after.get(each.partition) !== each.offset) continue;
      record({ ...each, outcome: { kind: "acked", endMs: nowMs() } });
      progress.committed++;
    }
  } catch (error) {
    noteError(error);
  }
}
