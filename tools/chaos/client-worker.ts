// A client process of a chaos run: speaks to the cluster, writes down what it asked and what it was told.
import { openSync, writeSync } from "node:fs";
import { createAdmin, createConsumer, createProducer } from "@moldau/client";
import { type HistoryEvent, toLine } from "@moldau/history";
import {
  type ClientKind,
  type ClientProgress,
  type ClientTask,
  partitionName,
  type Probed,
  type ToClient,
} from "./clients";
import { delay, monotonicMs } from "./machine";

const task = JSON.parse(process.argv[2]!) as ClientTask;
const file = openSync(task.historyFile, "a");
const progress: ClientProgress = { type: "progress", acked: 0, unknown: 0, polled: 0, committed: 0, lag: 0 };
/** One that is asked to end finishes what is under way. */
let stopping = false;

const nowMs = () => Math.round((monotonicMs() - task.originMs) * 1000) / 1000;
/** Written with one call each, so that a kill leaves at most the last line incomplete. */
const record = (event: HistoryEvent) => writeSync(file, toLine(event));
const partitions = task.topics.flatMap(({ name, partitions: count }) =>
  Array.from({ length: count }, (_, partition) => ({ topic: name, partition })),
);

process.on("message", (message: ToClient) => {
  if (message.type === "stop") stopping = true;
  else void onProbe(message.id, message.partitions);
});
// The run is gone: nobody wants the answers.
process.on("disconnect", () => process.exit(1));
const telling = setInterval(() => process.send?.(progress), 1_000);

const roles: Partial<Record<ClientKind, () => Promise<void>>> = {
  producer,
  "assign-consumer": assigned,
  "group-consumer": member,
  "final-reader": reader,
  auditor,
  prober: producer,
};
roles[task.kind]!().then(
  () => {
    clearInterval(telling);
    // The process ends once the last word has been sent.
    process.send?.(progress, () => process.exit(0));
  },
  (error: unknown) => {
    process.stderr.write(`${task.process}: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

function noteError(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (progress.error === text) return;
  progress.error = text;
  process.stderr.write(`${new Date().toISOString()} ${task.process} at ${nowMs()}: ${text}\n`);
}

/** What a producer has under way; set while one runs. */
let sendOne: ((at: { topic: string; partition: number }) => Promise<number | undefined>) | undefined;

/** Sends at a steady rate, whatever becomes of what was sent before; a partition keeps it for a while. */
async function producer(): Promise<void> {
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
  while (!stopping) {
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

async function onProbe(id: number, wanted: readonly number[]): Promise<void> {
  const topic = task.topics[0]!.name;
  const ends = await Promise.all(wanted.map((partition) => sendOne?.({ topic, partition })));
  process.send?.({ type: "probed", id, endMs: ends.filter((endMs) => endMs !== undefined) } satisfies Probed);
}

type Client = ReturnType<typeof createConsumer>;
type Mode = "assign" | "subscribe";

/** Records what one poll brought, by partition. */
function recordPoll(
  mode: Mode,
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
      consumer: task.process,
      mode,
      isolation: "read_uncommitted",
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

function positionsOf(consumer: Client): Map<string, number> {
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
async function assigned(): Promise<void> {
  const consumer = createConsumer({ bootstrap: task.bootstrap, clientId: task.process, offsetReset: "none" });
  const fromTheBeginning = partitions.map((at) => ({ ...at, offset: 0 }));
  while (!stopping) {
    try {
      await consumer.assign(fromTheBeginning);
      break;
    } catch (error) {
      noteError(error);
      await delay(200);
    }
  }
  while (!stopping) await pollOnce(consumer, "assign");
  await consumer.close().catch(noteError);
}

async function pollOnce(consumer: Client, mode: Mode): Promise<void> {
  const before = positionsOf(consumer);
  const invokeMs = nowMs();
  try {
    recordPoll(mode, before, await consumer.poll(300), invokeMs);
  } catch (error) {
    noteError(error);
    await delay(100);
  }
  noteLag(consumer);
}

/** A member of a group that commits about once a second, and before its partitions go. */
async function member(): Promise<void> {
  const commitEveryMs = 1_000;
  let generation = 0;
  const consumer = createConsumer({
    bootstrap: task.bootstrap,
    clientId: task.process,
    groupId: task.group,
    offsetReset: "earliest",
    sessionTimeoutMs: 10_000,
    heartbeatIntervalMs: 1_000,
    onAssigned: (list) => {
      record({
        type: "rebalance",
        process: task.process,
        consumer: task.process,
        group: task.group,
        generation: ++generation,
        assigned: list.map(({ topic, partition }) => partitionName(topic, partition)),
        endMs: nowMs(),
      });
    },
    onRevoked: () => commit(consumer),
  });
  await consumer.subscribe(task.topics.map(({ name }) => name));
  let nextCommitMs = nowMs() + commitEveryMs;
  while (!stopping) {
    await pollOnce(consumer, "subscribe");
    if (nowMs() < nextCommitMs) continue;
    nextCommitMs = nowMs() + commitEveryMs;
    await commit(consumer);
  }
  await commit(consumer);
  await consumer.close().catch(noteError);
}

/** Commits what was handed out; a partition that went to somebody else meanwhile stays unknown. */
async function commit(consumer: Client): Promise<void> {
  const invokeMs = nowMs();
  const changed = consumer.assignment().filter(({ position, committed }) => position >= 0 && position !== committed);
  const commits = changed.map(({ topic, partition, position }) => ({
    type: "commit" as const,
    process: task.process,
    group: task.group,
    partition: partitionName(topic, partition),
    offset: position,
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

/** Reads what the group has committed, again and again. */
async function auditor(): Promise<void> {
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
  while (!stopping) {
    await readAll().catch(noteError);
    await delay(1_000);
  }
  // The last one counts: it has to succeed.
  for (;;) {
    try {
      await readAll();
      break;
    } catch (error) {
      noteError(error);
      await delay(500);
    }
  }
  await admin.close();
}

/** After everything healed: every partition from its beginning to the end that it has now. */
async function reader(): Promise<void> {
  const admin = createAdmin({ bootstrap: task.bootstrap, clientId: task.process });
  let ends: Map<string, number> | undefined;
  while (ends === undefined) {
    try {
      ends = await admin.listOffsets(partitions, "latest");
    } catch (error) {
      noteError(error);
      await delay(500);
    }
  }
  await admin.close();
  const consumer = createConsumer({ bootstrap: task.bootstrap, clientId: task.process, offsetReset: "none" });
  for (;;) {
    try {
      await consumer.assign(partitions.map((at) => ({ ...at, offset: 0 })));
      break;
    } catch (error) {
      noteError(error);
      await delay(500);
    }
  }
  const isDone = () =>
    [...positionsOf(consumer)].every(([name, position]) => position >= (ends.get(name) ?? Number.POSITIVE_INFINITY));
  while (!isDone()) await pollOnce(consumer, "assign");
  await consumer.close().catch(noteError);
}
