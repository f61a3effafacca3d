import { check, violationsOf } from "./check";
import type { CommitEvent, HistoryEvent, PollEvent, SendEvent, TransactionEvent } from "./events";
import { invariants, type Invariant } from "./findings";

let sequence = 0;

/** Acknowledged at `offset`, or never answered. */
function send(value: string, offset?: number, rest: Partial<SendEvent> = {}): SendEvent {
  const invokeMs = rest.invokeMs ?? sequence * 10;
  return {
    type: "send",
    process: "p",
    producer: "p",
    sequence: sequence++,
    partition: "t-0",
    value,
    idempotent: true,
    invokeMs,
    outcome: offset === undefined ? { kind: "unknown" } : { kind: "acked", offset, endMs: invokeMs + 5 },
    ...rest,
  };
}

function poll(position: number, records: [number, string][], rest: Partial<PollEvent> = {}): PollEvent {
  return {
    type: "poll",
    process: "c",
    consumer: "c",
    mode: "assign",
    isolation: "read_uncommitted",
    partition: "t-0",
    position,
    records,
    invokeMs: 1000,
    endMs: 1001,
    ...rest,
  };
}

const committedPoll = (position: number, records: [number, string][], rest: Partial<PollEvent> = {}): PollEvent =>
  poll(position, records, { isolation: "read_committed", consumer: "rc", ...rest });

function transaction(kind: "committed" | "aborted", rest: Partial<TransactionEvent> = {}): TransactionEvent {
  return {
    type: "transaction",
    process: "p",
    producer: "p",
    transaction: "x",
    beginMs: 0,
    endInvokeMs: 500,
    outcome: { kind, endMs: 510 },
    ...rest,
  };
}

function commit(offset: number, invokeMs: number, rest: Partial<CommitEvent> = {}): CommitEvent {
  const outcome = { kind: "acked" as const, endMs: invokeMs + 5 };
  return { type: "commit", process: "c", group: "g", partition: "t-0", offset, invokeMs, outcome, ...rest };
}

const committedRead = (offset: number, invokeMs: number): HistoryEvent => ({
  type: "committed-read",
  process: "c",
  group: "g",
  partition: "t-0",
  offset,
  invokeMs,
  endMs: invokeMs + 5,
});

const log = (node: number, highWatermark: number, ids: string[], epochs = ids.map(() => 1)): HistoryEvent => ({
  type: "log",
  node,
  partition: "t-0",
  highWatermark,
  batches: ids.map((id, i) => ({ baseOffset: i, lastOffset: i, leaderEpoch: epochs[i]!, id })),
  atMs: 0,
});

const watermark = (type: "high-watermark" | "last-stable-offset", offset: number, leaderEpoch = 1): HistoryEvent => ({
  type,
  node: 1,
  partition: "t-0",
  leaderEpoch,
  offset,
  atMs: 0,
});

const rebalance = (
  consumer: string,
  generation: number,
  endMs: number,
  assigned = ["t-0"],
  process = consumer,
): HistoryEvent => ({ type: "rebalance", process, consumer, group: "g", generation, assigned, endMs });

const finalReads = (completed = true): HistoryEvent => ({
  type: "final-reads",
  completed,
  detail: completed ? undefined : "t-0 at 3 of 5",
  atMs: 2000,
});

const inTransaction = { transaction: "x" };

/** Name, history, and all that the checkers may say about it. */
const cases: [name: string, events: () => HistoryEvent[], expected: Invariant[]][] = [
  ["nothing", () => [], []],
  [
    "writes that are read",
    () => [send("a", 0), send("b", 1), send("c"), poll(0, [[0, "a"]]), poll(1, [[1, "b"]]), finalReads()],
    [],
  ],
  ["an unanswered write that was written", () => [send("a"), poll(0, [[0, "a"]])], []],
  ["a write read by nobody", () => [send("a", 0), send("b", 1), poll(0, [[1, "b"]])], ["lost-write", "poll-skip"]],
  ["a write below where anyone looked", () => [send("a", 0), send("b", 1), poll(1, [[1, "b"]])], []],
  [
    "a lost write that was acknowledged by one only",
    () => [send("a", 0, { acks: 1 }), poll(0, [[1, "b"]]), send("b")],
    [],
  ],
  [
    "loss that somebody allowed",
    () => [send("a", 0), send("b", 1), poll(0, [[1, "b"]]), { type: "unclean-election", partition: "t-0", atMs: 1 }],
    [],
  ],
  [
    "two values acknowledged at one offset",
    () => [send("a", 3, { producer: "q" }), send("b", 3, { invokeMs: 0, sequence: 99 })],
    ["inconsistent-offsets"],
  ],
  [
    "two values read at one offset",
    () => [send("a"), send("b"), poll(0, [[0, "a"]]), poll(0, [[0, "b"]], { consumer: "d" })],
    ["inconsistent-offsets"],
  ],
  ["a value twice", () => [send("a", 0), poll(0, [[0, "a"]]), poll(1, [[1, "a"]])], ["duplicate"]],
  [
    "a value twice without idempotence",
    () => [
      send("a", 0, { idempotent: false }),
      poll(0, [
        [0, "a"],
        [1, "a"],
      ]),
    ],
    [],
  ],
  [
    "a record passed over between polls",
    () => [
      send("a"),
      send("b"),
      send("c"),
      poll(0, [
        [0, "a"],
        [1, "b"],
        [2, "c"],
      ]),
      poll(0, [[0, "a"]], { consumer: "d" }),
      poll(2, [[2, "c"]], { consumer: "d" }),
    ],
    ["poll-skip"],
  ],
  [
    "a record passed over after a seek",
    () => [
      ...["a", "b", "c"].map((value) => send(value)),
      poll(0, [
        [0, "a"],
        [1, "b"],
        [2, "c"],
      ]),
      poll(0, [[0, "a"]], { consumer: "d" }),
      { type: "seek", process: "d", consumer: "d", partition: "t-0", position: 2 },
      poll(2, [[2, "c"]], { consumer: "d" }),
    ],
    [],
  ],
  [
    "a skip under subscribe across a rebalance",
    () => [
      ...["a", "b", "c"].map((value) => send(value)),
      poll(0, [
        [0, "a"],
        [1, "b"],
        [2, "c"],
      ]),
      poll(0, [[0, "a"]], { consumer: "d", mode: "subscribe" }),
      rebalance("d", 2, 1002),
      poll(2, [[2, "c"]], { consumer: "d", mode: "subscribe" }),
    ],
    [],
  ],
  [
    "an empty poll that moved the position over a record",
    () => [
      ...["a", "b"].map((value) => send(value)),
      poll(0, [
        [0, "a"],
        [1, "b"],
      ]),
      poll(0, [], { consumer: "d" }),
      poll(1, [[1, "b"]], { consumer: "d" }),
    ],
    ["poll-skip"],
  ],
  [
    "aborted records that read_committed passes over",
    () => [
      send("a", 0, inTransaction),
      send("b", 2),
      transaction("aborted"),
      poll(0, [
        [0, "a"],
        [2, "b"],
      ]),
      committedPoll(0, [[2, "b"]]),
    ],
    [],
  ],
  ["a record given again", () => [send("a", 0), poll(0, [[0, "a"]]), poll(0, [[0, "a"]])], ["nonmonotonic-poll"]],
  [
    "records out of order within a poll",
    () => [
      send("a"),
      send("b"),
      poll(0, [
        [1, "b"],
        [0, "a"],
      ]),
    ],
    ["poll-skip", "nonmonotonic-poll"],
  ],
  ["a record below the position asked for", () => [send("a"), poll(5, [[0, "a"]])], ["nonmonotonic-poll"]],
  ["a producer's sends in another order", () => [send("a", 1), send("b", 0)], ["nonmonotonic-send"]],
  [
    "overlapping sends without idempotence in another order",
    () => [send("a", 1, { idempotent: false, invokeMs: 0 }), send("b", 0, { idempotent: false, invokeMs: 3 })],
    [],
  ],
  [
    "a write acknowledged below one that had been acknowledged before it began",
    () => [send("a", 7, { producer: "q", invokeMs: 0 }), send("b", 7, { producer: "r", invokeMs: 50 })],
    ["inconsistent-offsets", "nonmonotonic-send"],
  ],
  [
    "a failed send that is there",
    () => [send("a", 0, { outcome: { kind: "failed", endMs: 5 } }), poll(0, [[0, "a"]])],
    ["aborted-read"],
  ],
  ["a value that nobody sent", () => [poll(0, [[0, "?"]])], ["aborted-read"]],
  [
    "an aborted record that read_committed sees",
    () => [send("a", 0, inTransaction), transaction("aborted"), committedPoll(0, [[0, "a"]])],
    ["aborted-read"],
  ],
  [
    "an aborted record that read_uncommitted sees",
    () => [send("a", 0, inTransaction), transaction("aborted"), poll(0, [[0, "a"]])],
    [],
  ],
  [
    "half of a transaction whose outcome nobody knows",
    () => [
      send("a", 0, inTransaction),
      send("b", 0, { ...inTransaction, partition: "t-1" }),
      send("c", 3, { partition: "t-1" }),
      committedPoll(0, [[0, "a"]]),
      committedPoll(0, [[3, "c"]], { partition: "t-1" }),
    ],
    ["torn-transaction"],
  ],
  [
    "half of a transaction so far",
    () => [
      send("a", 0, inTransaction),
      send("b", 0, { ...inTransaction, partition: "t-1" }),
      transaction("committed"),
      committedPoll(0, [[0, "a"]]),
    ],
    [],
  ],
  [
    "half of a transaction in the end",
    () => [
      send("a", 0, inTransaction),
      send("b", 0, { ...inTransaction, partition: "t-1" }),
      committedPoll(0, [[0, "a"]]),
      committedPoll(0, [], { partition: "t-1" }),
      finalReads(),
    ],
    ["torn-transaction"],
  ],
  [
    "a record read before its transaction was committed",
    () => [send("a", 0, inTransaction), transaction("committed"), committedPoll(0, [[0, "a"]], { endMs: 499 })],
    ["precommitted-read"],
  ],
  [
    "a transaction that reads itself",
    () => [send("a", 0, inTransaction), transaction("committed"), committedPoll(0, [[0, "a"]], inTransaction)],
    ["precommitted-read"],
  ],
  ["a committed offset", () => [commit(5, 0), committedRead(5, 10)], []],
  ["a committed offset that is gone", () => [commit(5, 0), committedRead(-1, 10)], ["committed-offset-lost"]],
  ["a read while the first commit is under way", () => [commit(5, 0), committedRead(-1, 2)], []],
  ["an offset that nobody committed", () => [commit(5, 0), committedRead(6, 10)], ["committed-offset-lost"]],
  [
    "a committed offset that moved back",
    () => [commit(5, 0), commit(8, 10), committedRead(5, 20)],
    ["committed-offset-moved-back"],
  ],
  [
    "an offset committed by someone nobody heard of again",
    () => [commit(5, 0, { outcome: { kind: "unknown" } }), commit(8, 10), committedRead(5, 20)],
    [],
  ],
  [
    "a commit that failed",
    () => [commit(5, 0), commit(8, 10, { outcome: { kind: "failed", endMs: 11 } }), committedRead(5, 20)],
    [],
  ],
  [
    "offsets of a transaction that was aborted",
    () => [commit(5, 0), commit(8, 10, inTransaction), transaction("aborted"), committedRead(8, 600)],
    ["committed-offset-lost"],
  ],
  [
    "offsets of a transaction that was committed",
    () => [
      commit(5, 0),
      commit(8, 10, inTransaction),
      transaction("committed"),
      committedRead(5, 100),
      committedRead(8, 600),
    ],
    [],
  ],
  [
    "a fenced producer that writes",
    () => [{ type: "fence", process: "q", producer: "p", by: "q", atMs: 10 }, send("a", 0, { invokeMs: 20 })],
    ["zombie-write-after-fence"],
  ],
  [
    "a fenced producer whose unanswered write is seen",
    () => [
      { type: "fence", process: "q", producer: "p", by: "q", atMs: 10 },
      send("a", undefined, { invokeMs: 20 }),
      poll(0, [[0, "a"]]),
    ],
    ["zombie-write-after-fence"],
  ],
  [
    "a producer that wrote before it was fenced",
    () => [{ type: "fence", process: "q", producer: "p", by: "q", atMs: 10 }, send("a", 0, { invokeMs: 5 })],
    [],
  ],
  [
    "a member of an old generation that commits",
    () => [rebalance("c", 1, 0), rebalance("d", 2, 10), commit(5, 20, { generation: 1 })],
    ["zombie-write-after-fence"],
  ],
  [
    "a member that commits while others join",
    () => [rebalance("c", 1, 0), rebalance("d", 2, 10), commit(5, 9, { generation: 1 })],
    [],
  ],
  [
    "a partition that two members are given in one generation",
    () => [rebalance("c", 1, 0), rebalance("d", 1, 10)],
    ["double-assignment"],
  ],
  [
    "a partition that goes to another member with the next generation",
    () => [rebalance("c", 1, 0), rebalance("c", 1, 5), rebalance("d", 2, 10)],
    [],
  ],
  [
    "a member under KIP-848 that commits for what another one was given at a later epoch",
    () => [rebalance("c", 1, 0), rebalance("d", 2, 10), commit(5, 20, { process: "c", memberEpoch: 1 })],
    ["double-assignment"],
  ],
  [
    "a member under KIP-848 that commits for what it has given up, and another one was given at their epoch",
    () => [rebalance("c", 2, 0, ["t-1"]), rebalance("d", 2, 10), commit(5, 20, { process: "c", memberEpoch: 2 })],
    ["double-assignment"],
  ],
  [
    "a member under KIP-848 that commits at an earlier epoch than others have, for what is its own",
    () => [rebalance("c", 1, 0), rebalance("d", 2, 10, ["t-1"]), commit(5, 20, { process: "c", memberEpoch: 1 })],
    [],
  ],
  [
    "a member under KIP-848 that has a partition again, and another one that heard late that it was to have it",
    () => [
      rebalance("c", 1, 0),
      rebalance("c", 3, 10),
      rebalance("d", 2, 15),
      commit(5, 20, { process: "c", memberEpoch: 3 }),
    ],
    [],
  ],
  [
    "a static member whose former process commits",
    () => [
      rebalance("i", 1, 0, ["t-0"], "c"),
      rebalance("i", 1, 10, ["t-0"], "d"),
      commit(5, 20, { process: "c", generation: 1 }),
    ],
    ["double-assignment"],
  ],
  [
    "a static member whose new process commits",
    () => [
      rebalance("i", 1, 0, ["t-0"], "c"),
      rebalance("i", 1, 10, ["t-0"], "d"),
      commit(5, 20, { process: "d", generation: 1 }),
    ],
    [],
  ],
  [
    "a former owner that appends behind the newer one's claim",
    () => [
      {
        type: "log",
        node: 1,
        partition: "t-0",
        highWatermark: 0,
        batches: [1, 2, 1].map((ownerEpoch, i) => ({
          baseOffset: i,
          lastOffset: i,
          leaderEpoch: 1,
          id: i,
          ownerEpoch,
        })),
        atMs: 0,
      },
    ],
    ["zombie-write-after-fence"],
  ],
  ["a high watermark that rises", () => [watermark("high-watermark", 3), watermark("high-watermark", 4)], []],
  [
    "a high watermark that moves back",
    () => [watermark("high-watermark", 4), watermark("high-watermark", 3)],
    ["high-watermark-moved-back"],
  ],
  [
    "a high watermark that is lower in another epoch",
    () => [watermark("high-watermark", 4), watermark("high-watermark", 3, 2)],
    [],
  ],
  [
    "a last stable offset that moves back",
    () => [watermark("last-stable-offset", 4), watermark("last-stable-offset", 3)],
    ["last-stable-offset-moved-back"],
  ],
  ["equal logs of different lengths", () => [log(1, 2, ["a", "b", "c"]), log(2, 1, ["a", "b"])], []],
  [
    "logs that differ above the high watermark and by epoch",
    () => [log(1, 1, ["a", "b"]), log(2, 1, ["a", "c"], [1, 2])],
    [],
  ],
  ["logs that differ within an epoch", () => [log(1, 1, ["a", "b"]), log(2, 1, ["a", "c"])], ["log-prefix"]],
  [
    "logs that differ below both high watermarks",
    () => [log(1, 2, ["a", "b"]), log(2, 2, ["a", "c"], [1, 2])],
    ["log-prefix"],
  ],
  ["a log that ends below its high watermark", () => [log(1, 2, ["a"])], ["log-prefix"]],
  [
    "a log with a hole",
    () => {
      const whole = log(1, 1, ["a", "b", "c"]);
      return whole.type === "log" ? [{ ...whole, batches: whole.batches.filter((_, i) => i !== 1) }] : [];
    },
    ["log-prefix"],
  ],
  [
    "two leaders in an epoch",
    () => [1, 2].map((node) => ({ type: "leader", node, partition: "t-0", leaderEpoch: 3, atMs: 0 })),
    ["one-leader-per-epoch"],
  ],
  [
    "a leader each epoch",
    () => [1, 2].map((node) => ({ type: "leader", node, partition: "t-0", leaderEpoch: node, atMs: 0 })),
    [],
  ],
  [
    "two owners of a shard in an epoch",
    () => [1, 2].map((node) => ({ type: "shard-owner", node, shard: "s", ownerEpoch: 3, atMs: 0 })),
    ["one-owner-per-shard-epoch"],
  ],
  [
    "two controllers in a term",
    () => [1, 2].map((node) => ({ type: "controller", node, term: 3, atMs: 0 })),
    ["one-controller-per-term"],
  ],
  [
    "two nodes with different metadata",
    () => [1, 2].map((node) => ({ type: "metadata", node, offset: 3, hash: node, atMs: 0 })),
    ["metadata-agreement"],
  ],
  [
    "a write above all that the final reads saw",
    () => [send("a", 0), send("b", 1), poll(0, [[0, "a"]]), finalReads()],
    ["unseen-after-heal"],
  ],
  ["a write above what was read so far", () => [send("a", 0), send("b", 1), poll(0, [[0, "a"]])], []],
  ["final reads that did not complete", () => [finalReads(false)], ["unseen-after-heal"]],
];

it.each(cases)("%s", (_name, events, expected) => {
  sequence = 0;
  const found = violationsOf(events());
  expect([...new Set(found.map(({ invariant }) => invariant))].sort()).toEqual([...expected].sort());
  for (const { message, events: proof } of found) {
    expect(message).not.toMatch(/undefined|NaN|\[object/);
    expect(proof.length).toBeGreaterThan(0);
  }
});

it("has a history that breaks each invariant", () => {
  expect([...new Set(cases.flatMap(([, , expected]) => expected))].sort()).toEqual([...invariants].sort());
});

it("takes an outcome that became known later", () => {
  sequence = 0;
  const first = send("a");
  const known: SendEvent = { ...first, outcome: { kind: "acked", offset: 0, endMs: 9 } };
  expect(violationsOf([first, known, first, send("b", 1), poll(0, [[1, "b"]])]).map((each) => each.invariant)).toEqual([
    "lost-write",
    "poll-skip",
  ]);
});

it("counts all violations, keeps some, and says how much it looked at", () => {
  sequence = 0;
  const events = Array.from({ length: 50 }, (_, i) => send(`v${i}`, i));
  const verdict = check([...events, poll(0, [[60, "w"]])], { limit: 3 }).find(
    ({ invariant }) => invariant === "lost-write",
  )!;
  expect(verdict).toMatchObject({ checked: 50, count: 50 });
  expect(verdict.violations).toHaveLength(3);
});
