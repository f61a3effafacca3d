// What every driver written in JavaScript shares: one task as JSON on the command line, events as JSON lines on stdout.
//
// A driver makes a client do one task:
//   create        {topic, partitions, replicationFactor}
//   produce       {topic, file, codec, acks}           every record of the file; ends when all are acknowledged
//   produceStream {topic, out, prefix, pauseMs}        numbered records until SIGTERM; writes each acknowledged value to `out`
//   consume       {topic, out, count, idleMs, isolation} by assignment, all partitions from the beginning
//   consumeGroup  {topic, group, out, count, idleMs}   as a group member; commits; ends at `count`, or on SIGTERM
//   member        {topic, group, protocol, instanceId, out}   as a group member until SIGTERM; writes what it was given, what was
//                 taken and what it read to `out` (see ../group-log.mjs), each line when it happens
//   transform     {from, to, factor, add, group, transactionalId, abortPercent}   reads `from` read_committed, writes
//                 `id:n * factor + add` for each `id:n` to `to` and commits offsets, in transactions, until SIGTERM
// A record file has one JSON line a record: {k, v: base64 | null, h: [[name, base64]], p: partition}.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";

export const task = JSON.parse(process.argv[2]);

export function emit(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

export const bytes = (base64) => (base64 === null ? null : Buffer.from(base64, "base64"));
export const base64 = (value) => (value === null || value === undefined ? null : Buffer.from(value).toString("base64"));

export function records() {
  return readFileSync(task.file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { k, v, h, p } = JSON.parse(line);
      return { key: bytes(k), value: bytes(v), headers: h.map(([name, value]) => [name, bytes(value)]), partition: p };
    });
}

/** Collects what was consumed, in the order in which it came. */
export class Collected {
  #lines = [];
  count = 0;
  lastAt = Date.now();

  constructor() {
    writeFileSync(task.out, "");
  }

  add({ key, value, headers, partition, offset }) {
    this.#lines.push(JSON.stringify({ k: base64(key), v: base64(value), h: headers, p: partition, o: Number(offset) }));
    this.count++;
    this.lastAt = Date.now();
    if (this.#lines.length >= 1000) this.flush();
    if (this.count % 1000 === 0) emit({ event: "progress", count: this.count });
  }

  flush() {
    if (this.#lines.length > 0) appendFileSync(task.out, `${this.#lines.join("\n")}\n`);
    this.#lines = [];
  }

  /** Resolves when `count` records are there, nothing came for `idleMs`, or the harness said stop. */
  async done() {
    const started = Date.now();
    this.lastAt = started;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (stopped()) return "stopped";
      if (task.count !== undefined && this.count >= task.count) return "count";
      if (Date.now() - this.lastAt > (task.idleMs ?? 30_000)) return "idle";
    }
  }
}

const monotonicMs = () => Number(process.hrtime.bigint() / 1000n) / 1000;

/** What a group member was given, what was taken from it and what it read, as it happens; see ../group-log.mjs. */
export class MemberLog {
  #held = new Set();
  #lines = [];

  constructor() {
    writeFileSync(task.out, "");
    // Records are many: they are written every now and then, all else at once.
    setInterval(() => this.#flush(), 100).unref();
  }

  #flush() {
    if (this.#lines.length > 0) appendFileSync(task.out, this.#lines.join(""));
    this.#lines = [];
  }

  #note(event, now = true) {
    this.#lines.push(`${JSON.stringify({ t: monotonicMs(), ...event })}\n`);
    if (now) this.#flush();
  }

  assigned(partitions) {
    for (const partition of partitions) this.#held.add(partition);
    this.#note({ e: "assigned", p: partitions });
    emit({ event: "assigned", partitions: [...this.#held] });
  }

  revoked(partitions = [...this.#held]) {
    if (partitions.length === 0) return;
    for (const partition of partitions) this.#held.delete(partition);
    this.#note({ e: "revoked", p: partitions });
    emit({ event: "assigned", partitions: [...this.#held] });
  }

  /** For clients that say what is theirs now, not what has changed. */
  now(partitions) {
    this.revoked([...this.#held].filter((partition) => !partitions.includes(partition)));
    const fresh = partitions.filter((partition) => !this.#held.has(partition));
    if (fresh.length > 0) this.assigned(fresh);
  }

  record(partition, offset, value) {
    this.#note({ e: "record", p: partition, o: Number(offset), v: String(value) }, false);
  }

  closing() {
    this.#note({ e: "closing" });
  }

  async untilStopped() {
    while (!stopped()) await new Promise((resolve) => setTimeout(resolve, 20));
    this.closing();
  }
}

/** `w-7` or `w-7:14` -> key and value with the number of it changed as the task says. */
export function transformed(value) {
  const [name, number] = String(value).split(":");
  const n = Number(number ?? name.split("-")[1]);
  return { key: name, value: `${name}:${n * task.factor + task.add}` };
}

export const isAborting = () => Math.random() * 100 < task.abortPercent;

let stop = false;
process.on("SIGTERM", () => (stop = true));
export const stopped = () => stop;

/** Runs the task of this process with the functions of a client. */
export async function drive(client) {
  const run = client[task.op];
  if (!run) {
    emit({ event: "skipped", reason: `${task.op} is not in this client` });
    process.exit(0);
  }
  try {
    const result = await run();
    emit({ event: "done", ...result });
    process.exit(0);
  } catch (error) {
    emit({ event: "failed", error: String(error?.stack ?? error) });
    process.exit(1);
  }
}

/** Sends numbered records until SIGTERM; notes each acknowledged one. `send(value)` resolves when it is acknowledged. */
export async function streamRecords(send, inFlight = 8) {
  writeFileSync(task.out, "");
  let next = 0;
  let acked = 0;
  const worker = async () => {
    while (!stopped()) {
      const value = `${task.prefix}-${next++}`;
      for (;;) {
        try {
          await send(value);
          appendFileSync(task.out, `${value}\n`);
          acked++;
          break;
        } catch (error) {
          emit({ event: "retry", value, error: String(error?.message ?? error).slice(0, 200) });
          if (stopped()) break;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
      await new Promise((resolve) => setTimeout(resolve, task.pauseMs ?? 5));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { acked };
}

/** Records in runs that fit one request: clients that make one batch of what they are given leave the splitting to us. */
export function* inRequests(all, countMax = 1000, bytesMax = 900_000) {
  let run = [];
  let bytes = 0;
  for (const record of all) {
    const size = (record.key?.length ?? 0) + (record.value?.length ?? 0) + 100;
    if (run.length > 0 && (run.length >= countMax || bytes + size > bytesMax)) {
      yield run;
      run = [];
      bytes = 0;
    }
    run.push(record);
    bytes += size;
  }
  if (run.length > 0) yield run;
}
