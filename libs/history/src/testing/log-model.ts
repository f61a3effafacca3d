import type { HistoryEvent, LogBatch, PartitionName, PollEvent, TransactionEvent, Value } from "../events";

interface Entry {
  offset: number;
  value: Value;
  epoch: number;
  transaction: Transaction | undefined;
}

interface Transaction {
  id: string;
  producer: string;
  beginMs: number;
  endInvokeMs: number | undefined;
  state: "open" | "committed" | "aborted";
  partitions: Set<Log>;
}

interface Log {
  name: PartitionName;
  entries: Entry[];
  end: number;
  epoch: number;
  leader: number;
}

interface Consumer {
  name: string;
  mode: PollEvent["mode"];
  isolation: PollEvent["isolation"];
  positions: Map<Log, number>;
}

/** Numbers below a bound, from a seed. */
export function numbersFrom(seed: number): (bound: number) => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
}

/**
 * A history that keeps every promise: of logs that are arrays, a group's offsets that are a map, and transactions that end
 * at once. Everything takes effect at its step; operations began a little before and end a little after.
 */
export function validHistory(seed: number, steps: number): HistoryEvent[] {
  const below = numbersFrom(seed);
  const events: HistoryEvent[] = [];
  const logs: Log[] = Array.from({ length: 1 + below(3) }, (_, i) => ({
    name: `orders-${i}`,
    entries: [],
    end: 0,
    epoch: 0,
    leader: 1,
  }));
  const consumers = Array.from({ length: 4 }, (_, i): Consumer => ({
    name: `consumer-${i}`,
    mode: i % 2 === 0 ? "assign" : "subscribe",
    isolation: i < 2 ? "read_uncommitted" : "read_committed",
    positions: new Map(logs.map((log) => [log, 0])),
  }));
  const sequences = new Map<string, number>();
  const committed = new Map<string, number>();
  const transactions = new Map<string, Transaction>();
  let generation = 1;
  let now = 0;
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const before = (): number => now - below(3);
  const after = (): number => now + below(3);

  function send(producer: string, transaction: Transaction | undefined): void {
    const log = pick(logs);
    const sequence = sequences.get(producer) ?? 0;
    sequences.set(producer, sequence + 1);
    const value = `${producer}/${sequence}`;
    const fate = below(10);
    const base = {
      type: "send" as const,
      process: producer,
      producer,
      sequence,
      partition: log.name,
      value,
      idempotent: producer !== "plain",
      transaction: transaction?.id,
      invokeMs: before(),
    };
    if (below(4) === 0) events.push({ ...base, outcome: { kind: "unknown" } });
    if (fate === 0) return void events.push({ ...base, outcome: { kind: "failed", endMs: after() } });
    if (fate === 1) return void events.push({ ...base, outcome: { kind: "unknown" } });
    log.entries.push({ offset: log.end, value, epoch: log.epoch, transaction });
    transaction?.partitions.add(log);
    const offset = log.end++;
    events.push({ ...base, outcome: fate === 2 ? { kind: "unknown" } : { kind: "acked", offset, endMs: after() } });
  }

  function visibleEnd(log: Log, isolation: PollEvent["isolation"]): number {
    if (isolation === "read_uncommitted") return log.end;
    return log.entries.find(({ transaction }) => transaction?.state === "open")?.offset ?? log.end;
  }

  function poll(consumer: Consumer, log: Log, limit: number): void {
    const position = consumer.positions.get(log)!;
    const end = Math.max(position, Math.min(visibleEnd(log, consumer.isolation), position + limit));
    const records = log.entries
      .filter(({ offset }) => offset >= position && offset < end)
      .filter(({ transaction }) => consumer.isolation === "read_uncommitted" || transaction?.state !== "aborted")
      .map(({ offset, value }) => [offset, value] as const);
    consumer.positions.set(log, end);
    events.push({
      type: "poll",
      process: consumer.name,
      consumer: consumer.name,
      mode: consumer.mode,
      isolation: consumer.isolation,
      partition: log.name,
      position,
      records,
      invokeMs: before(),
      endMs: after(),
    });
  }

  function endTransaction(transaction: Transaction, known: boolean): void {
    transactions.delete(transaction.producer);
    transaction.endInvokeMs = before();
    transaction.state = below(3) === 0 ? "aborted" : "committed";
    // A marker takes an offset and is no record.
    for (const log of transaction.partitions) log.end++;
    const outcome: TransactionEvent["outcome"] = known
      ? { kind: transaction.state, endMs: after() }
      : { kind: "unknown" };
    const { id, producer, beginMs, endInvokeMs } = transaction;
    events.push({ type: "transaction", process: producer, producer, transaction: id, beginMs, endInvokeMs, outcome });
  }

  for (let step = 0; step < steps; step++) {
    now += 1 + below(2);
    switch (below(12)) {
      case 0:
      case 1:
      case 2:
        send(pick(["a", "b", "plain"]), undefined);
        break;
      case 3:
      case 4: {
        const producer = pick(["t", "u"]);
        const open = transactions.get(producer);
        if (open === undefined) {
          const id = `${producer}-${step}`;
          transactions.set(producer, {
            id,
            producer,
            beginMs: now,
            endInvokeMs: undefined,
            state: "open",
            partitions: new Set(),
          });
        } else if (below(3) > 0) send(producer, open);
        else endTransaction(open, below(5) > 0);
        break;
      }
      case 5:
      case 6:
      case 7:
        poll(pick(consumers), pick(logs), 1 + below(8));
        break;
      case 8: {
        const consumer = pick(consumers);
        const log = pick(logs);
        if (consumer.mode === "assign") {
          const position = below(log.end + 1);
          consumer.positions.set(log, position);
          events.push({ type: "seek", process: consumer.name, consumer: consumer.name, partition: log.name, position });
        } else {
          generation++;
          for (const each of logs) consumer.positions.set(each, below(each.end + 1));
          events.push({
            type: "rebalance",
            process: consumer.name,
            consumer: consumer.name,
            group: "g",
            generation,
            assigned: logs.map(({ name }) => name),
            endMs: now,
          });
        }
        break;
      }
      case 9: {
        const log = pick(logs);
        const offset = (committed.get(log.name) ?? 0) + below(3);
        const base = { type: "commit" as const, process: "c", group: "g", partition: log.name, offset, generation };
        const fate = below(5);
        if (fate > 0) committed.set(log.name, offset);
        const outcome = fate === 0 ? ("failed" as const) : ("acked" as const);
        events.push({
          ...base,
          invokeMs: before(),
          outcome: fate === 1 ? { kind: "unknown" } : { kind: outcome, endMs: after() },
        });
        break;
      }
      case 10: {
        const log = pick(logs);
        const offset = committed.get(log.name) ?? -1;
        events.push({
          type: "committed-read",
          process: "c",
          group: "g",
          partition: log.name,
          offset,
          invokeMs: before(),
          endMs: after(),
        });
        break;
      }
      default: {
        const log = pick(logs);
        if (below(3) === 0) {
          log.epoch++;
          log.leader = 1 + below(3);
        }
        const at = { partition: log.name, leaderEpoch: log.epoch, atMs: now };
        const node = log.leader;
        events.push({ type: "leader", node, ...at });
        events.push({ type: "high-watermark", node, offset: log.end, ...at });
        events.push({ type: "last-stable-offset", node, offset: visibleEnd(log, "read_committed"), ...at });
        events.push({
          type: "shard-owner",
          node: log.leader,
          shard: "s",
          ownerEpoch: generation * 10 + log.leader,
          atMs: now,
        });
        events.push({ type: "controller", node: log.leader, term: log.epoch * 10 + log.leader, atMs: now });
        events.push({ type: "metadata", node: 1 + below(3), offset: step >> 3, hash: `h${step >> 3}`, atMs: now });
        if (below(4) === 0) {
          for (const replica of [1, 2]) {
            const cut = batchesOf(log).slice(0, log.end - below(2));
            const end = (cut.at(-1)?.lastOffset ?? -1) + 1;
            events.push({
              type: "log",
              node: replica,
              partition: log.name,
              highWatermark: Math.min(end, log.end - below(2)),
              batches: cut,
              atMs: now,
            });
          }
        }
      }
    }
  }

  now += 10;
  for (const transaction of transactions.values()) endTransaction(transaction, true);
  for (const isolation of ["read_uncommitted", "read_committed"] as const) {
    const reader: Consumer = {
      name: `final ${isolation}`,
      mode: "assign",
      isolation,
      positions: new Map(logs.map((log) => [log, 0])),
    };
    now += 10;
    for (const log of logs) poll(reader, log, Infinity);
  }
  events.push({ type: "final-reads", completed: true, atMs: now + 10 });
  return events;
}

/** A replica's log: markers fill the gaps between the records. */
function batchesOf(log: Log): LogBatch[] {
  const records = new Map(log.entries.map((entry) => [entry.offset, entry]));
  return Array.from({ length: log.end }, (_, offset) => ({
    baseOffset: offset,
    lastOffset: offset,
    leaderEpoch: records.get(offset)?.epoch ?? 0,
    id: records.get(offset)?.value ?? `marker at ${offset}`,
  }));
}
