import { check, type HistoryEvent } from "@moldau/history";
import { countEvents, processRow, settleCommits, table, verdictRows } from "./verdict";

const send = (sequence: number, outcome: Extract<HistoryEvent, { type: "send" }>["outcome"]): HistoryEvent => ({
  type: "send",
  process: "p1.0",
  producer: "p1.0",
  sequence,
  partition: "orders-0",
  value: `p1.0:${sequence}`,
  idempotent: true,
  invokeMs: sequence,
  outcome,
});
const commit = (offset: number, invokeMs: number, endMs?: number): HistoryEvent => ({
  type: "commit",
  process: "g1.0",
  group: "chaos",
  partition: "orders-0",
  offset,
  invokeMs,
  outcome: endMs === undefined ? { kind: "unknown" } : { kind: "acked", endMs },
});
const committedRead = (offset: number, invokeMs: number): HistoryEvent => ({
  type: "committed-read",
  process: "a1.0",
  group: "chaos",
  partition: "orders-0",
  offset,
  invokeMs,
  endMs: invokeMs + 1,
});

it("keeps a commit once: as it ended, or as unknown where nobody knows", () => {
  const events = [commit(5, 10), commit(5, 10, 12), commit(9, 20)];
  expect(settleCommits(events)).toEqual([commit(5, 10, 12), commit(9, 20)]);
});

it("holds a committed offset that went back against the cluster only once its commit is settled", () => {
  const events = [commit(5, 10), commit(5, 10, 12), commit(9, 20), commit(9, 20, 22), committedRead(5, 30)];
  const violated = (history: HistoryEvent[]) =>
    verdictRows(check(history))
      .filter(({ verdict }) => verdict === "VIOLATED")
      .map(({ invariant }) => invariant);
  expect(violated(settleCommits(events))).toEqual(["committed-offset-moved-back"]);
  expect(violated(events)).toEqual([]);
});

it("tells what held from what was not looked at", () => {
  const rows = verdictRows(check([send(0, { kind: "acked", offset: 0, endMs: 1 })]));
  const verdictOf = (name: string) => rows.find(({ invariant }) => invariant === name)?.verdict;
  expect(verdictOf("duplicate")).toBe("held");
  expect(verdictOf("committed-offset-lost")).toBe("not looked at");
});

it("counts a send once", () => {
  const events = [
    send(0, { kind: "unknown" }),
    send(0, { kind: "acked", offset: 0, endMs: 1 }),
    send(1, { kind: "unknown" }),
  ];
  expect(countEvents([...events, commit(1, 1), commit(1, 1, 2)])).toMatchObject({ sends: 2, acked: 1, commits: 1 });
});

it("holds the end of a process against the cluster, except where its disk failed", () => {
  expect(processRow([])).toMatchObject({ verdict: "held" });
  expect(processRow([{ expected: true }])).toMatchObject({ checked: 1, violations: 0, verdict: "held" });
  expect(processRow([{ expected: true }, { expected: false }])).toMatchObject({ violations: 1, verdict: "VIOLATED" });
});

it("aligns columns", () => {
  expect(
    table(
      ["what", "count"],
      [
        ["a", 5],
        ["longer", 12],
      ],
    ),
  ).toBe(["what    count", "------  -----", "a           5", "longer     12"].join("\n"));
});
