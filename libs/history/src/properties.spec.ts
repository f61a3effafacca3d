import fc from "fast-check";
import { violationsOf } from "./check";
import type { HistoryEvent, PollEvent, SendEvent } from "./events";
import type { Invariant } from "./findings";
import { History, isPromised } from "./history";
import { fromLines, merge, toLine } from "./json-lines";
import { numbersFrom, validHistory } from "./testing/log-model";

const seeds = fc.integer({ min: 1, max: 1_000_000 });

it("finds nothing in the histories of a naive log", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 600 }), (seed, steps) => {
      expect(violationsOf(validHistory(seed, steps))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it("finds nothing either when it was written as lines by several recorders", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const events = validHistory(seed, 300);
      const files = new Map<string, string>();
      for (const event of events) {
        const recorder = "process" in event ? event.process : "inside";
        files.set(recorder, (files.get(recorder) ?? "") + toLine(event));
      }
      expect(violationsOf(merge([...files].map(([name, text]) => fromLines(text, name))))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

/** What is changed in a valid history; undefined where this one has no place for it. */
type Corruption = (
  events: HistoryEvent[],
  pick: <T>(from: readonly T[]) => T | undefined,
) => HistoryEvent[] | undefined;

const corruptions: Record<Invariant, Corruption> = {
  "lost-write": (events, pick) => {
    const lost = pick(readBelowTheEnd(events));
    return lost && withoutValue(events, lost);
  },
  "inconsistent-offsets": (events, pick) =>
    changePoll(events, pick, (poll, [offset]) => {
      const send = new History(events)
        .partition(poll.partition)
        .sends.find(({ outcome }) => outcome.kind === "acked" && outcome.offset === offset);
      return send && poll.records.map(([at, value]) => [at, at === offset ? "another" : value] as const);
    }),
  duplicate: (events, pick) =>
    changePoll(events, pick, (poll, [, value]) => {
      const send = new History(events).partition(poll.partition).sendOf.get(value);
      if (!send?.idempotent || send.outcome.kind !== "acked") return undefined;
      return [...poll.records, [poll.records.at(-1)![0] + 1_000_000, value] as const];
    }),
  "poll-skip": (events, pick) => {
    const others = new Map<number, PollEvent>();
    for (const event of events) {
      if (event.type === "poll" && event.isolation === "read_committed") {
        for (const [offset] of event.records) if (event.partition === "orders-0") others.set(offset, event);
      }
    }
    const polls = events.filter((event) => event.type === "poll").filter(({ partition }) => partition === "orders-0");
    const poll = pick(polls.filter(({ records }) => records.length > 1 && others.get(records[0]![0]) !== undefined));
    const first = poll?.records[0]![0];
    if (poll === undefined || others.get(first!) === poll) return undefined;
    return events.map((event) => (event === poll ? { ...poll, records: poll.records.slice(1) } : event));
  },
  "nonmonotonic-poll": (events, pick) =>
    changePoll(events, pick, (poll, record) => (record === poll.records[0] ? [...poll.records, record] : undefined)),
  "nonmonotonic-send": (events, pick) => {
    const send = pick(events.filter((event) => event.type === "send" && event.producer === "a" && isAcked(event)));
    if (send === undefined) return undefined;
    const { process, producer, sequence, partition, idempotent, outcome } = send as SendEvent;
    const offset = outcome.kind === "acked" ? outcome.offset : 0;
    const later = { process, producer, sequence: sequence + 0.5, partition, idempotent, value: "later", invokeMs: 1e9 };
    return [...events, { ...later, type: "send", outcome: { kind: "acked", offset, endMs: 1e9 } }];
  },
  "aborted-read": (events, pick) => {
    const history = new History(events);
    const read = [...history.partitions.values()].flatMap(({ readCommittedBy, sendOf }) =>
      [...readCommittedBy.keys()].flatMap((value) => sendOf.get(value)?.transaction ?? []),
    );
    const id = pick(read);
    if (id === undefined) return undefined;
    return events.map((event) =>
      event.type === "transaction" && event.transaction === id
        ? { ...event, outcome: { kind: "aborted", endMs: event.beginMs } }
        : event,
    );
  },
  "torn-transaction": (events, pick) => {
    const history = new History(events);
    const sends = [...history.partitions.values()].flatMap(({ sends, readCommittedBy }) =>
      sends.filter((send) => send.transaction !== undefined && isAcked(send) && readCommittedBy.has(send.value)),
    );
    const torn = pick(sends.filter((a) => sends.some((b) => a !== b && a.transaction === b.transaction)));
    return torn && withoutValue(events, torn);
  },
  "double-assignment": (events, pick) => {
    const joined = pick(
      events.filter((event) => event.type === "rebalance").filter(({ assigned }) => assigned.length > 0),
    );
    return joined && [...events, { ...joined, consumer: "another" }];
  },
  "precommitted-read": (events, pick) => {
    const history = new History(events);
    const poll = pick(
      events
        .filter((event) => event.type === "poll")
        .filter(({ isolation, partition, records }) => {
          const send = history.partition(partition).sendOf.get(records[0]?.[1] ?? "");
          return isolation === "read_committed" && send?.transaction !== undefined;
        }),
    );
    return poll && events.map((event) => (event === poll ? { ...poll, endMs: -1, invokeMs: -1 } : event));
  },
  "committed-offset-lost": (events, pick) => {
    const read = pick(events.filter((event) => event.type === "committed-read" && event.offset >= 0));
    if (read === undefined) return undefined;
    const later = { ...read, offset: -1, invokeMs: 1e9, endMs: 1e9 } as HistoryEvent;
    const certain = events.some(
      (event) => event.type === "commit" && isSame(event, read) && event.outcome.kind === "acked",
    );
    return certain ? [...events, later] : undefined;
  },
  "committed-offset-moved-back": (events, pick) => {
    const commits = events
      .filter((event) => event.type === "commit")
      .filter(({ partition }) => partition === "orders-0");
    const acked = commits.flatMap(({ offset, invokeMs, outcome }) =>
      outcome.kind === "acked" ? [{ offset, invokeMs, endMs: outcome.endMs }] : [],
    );
    const latest = Math.max(...acked.map(({ invokeMs }) => invokeMs));
    const old = pick(
      acked.filter(({ offset }) => acked.every((each) => each.offset !== offset || each.endMs < latest)),
    )?.offset;
    if (commits.some((event) => event.offset === old && event.outcome.kind === "unknown")) return undefined;
    const at = { process: "c", group: "g", partition: "orders-0", invokeMs: 1e9, endMs: 1e9 };
    return old === undefined ? undefined : [...events, { type: "committed-read", offset: old, ...at }];
  },
  "zombie-write-after-fence": (events, pick) => {
    const send = pick(events.filter((event) => event.type === "send" && isAcked(event)));
    if (send?.type !== "send") return undefined;
    const { producer, process, invokeMs } = send;
    return [{ type: "fence", process, producer, by: "its successor", atMs: invokeMs - 1 }, ...events];
  },
  "high-watermark-moved-back": (events, pick) => after(events, pick, "high-watermark", { offset: -1 }),
  "last-stable-offset-moved-back": (events, pick) => after(events, pick, "last-stable-offset", { offset: -1 }),
  "log-prefix": (events, pick) => {
    const log = pick(events.filter((event) => event.type === "log" && event.highWatermark > 0));
    if (log?.type !== "log") return undefined;
    const batches = log.batches.map((batch, i) => (i === 0 ? { ...batch, id: "another" } : batch));
    return [...events, { ...log, node: 9, batches }];
  },
  "one-leader-per-epoch": (events, pick) => after(events, pick, "leader", { node: 9 }),
  "one-owner-per-shard-epoch": (events, pick) => after(events, pick, "shard-owner", { node: 9 }),
  "one-controller-per-term": (events, pick) => after(events, pick, "controller", { node: 9 }),
  "metadata-agreement": (events, pick) => after(events, pick, "metadata", { hash: "another" }),
  "unseen-after-heal": (events, pick) => {
    const send = pick(events.filter((event) => event.type === "send" && isAcked(event)));
    if (send?.type !== "send") return undefined;
    const outcome = { kind: "acked" as const, offset: 1_000_000, endMs: 1e9 };
    return [...events, { ...send, producer: "z", transaction: undefined, value: "late", outcome, invokeMs: 1e9 }];
  },
};

it.each(Object.entries(corruptions) as [Invariant, Corruption][])(
  "says %s of a history corrupted that way",
  (invariant, corrupt) => {
    let tried = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const below = numbersFrom(seed + 7);
        const corrupted = corrupt(validHistory(seed, 300), (from) => from[below(from.length)]);
        if (corrupted === undefined) return;
        tried++;
        expect(violationsOf(corrupted).map((violation) => violation.invariant)).toContain(invariant);
      }),
      { numRuns: 60 },
    );
    expect(tried).toBeGreaterThan(5);
  },
);

function isAcked(event: HistoryEvent): boolean {
  return event.type === "send" && event.outcome.kind === "acked";
}

function isSame(a: HistoryEvent, b: HistoryEvent): boolean {
  return "partition" in a && "partition" in b && a.partition === b.partition;
}

function after<T extends HistoryEvent["type"]>(
  events: HistoryEvent[],
  pick: <E>(from: readonly E[]) => E | undefined,
  type: T,
  change: Partial<Extract<HistoryEvent, { type: T }>> | { offset: number },
): HistoryEvent[] | undefined {
  const event = pick(events.filter((each) => each.type === type));
  return event && [...events, { ...event, ...change } as HistoryEvent];
}

function changePoll(
  events: HistoryEvent[],
  pick: <T>(from: readonly T[]) => T | undefined,
  change: (poll: PollEvent, record: PollEvent["records"][number]) => PollEvent["records"] | undefined,
): HistoryEvent[] | undefined {
  const poll = pick(events.filter((event) => event.type === "poll" && event.records.length > 0));
  if (poll?.type !== "poll") return undefined;
  const record = pick(poll.records)!;
  const records = change(poll, record);
  return records && events.map((event) => (event === poll ? { ...poll, records } : event));
}

/** Promised sends whose value was read, and something above it too. */
function readBelowTheEnd(events: HistoryEvent[]): SendEvent[] {
  const history = new History(events);
  return [...history.partitions.values()].flatMap(({ sends, readBy, highestRead }) =>
    sends.filter((send) => isPromised(history, send) && readBy.has(send.value) && send.outcome.offset < highestRead),
  );
}

function withoutValue(events: HistoryEvent[], send: SendEvent): HistoryEvent[] {
  return events.map((event) =>
    event.type === "poll" && event.partition === send.partition
      ? { ...event, records: event.records.filter(([, value]) => value !== send.value) }
      : event,
  );
}
