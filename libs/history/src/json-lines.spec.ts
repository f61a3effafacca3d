import { fromLines, merge, toLine } from "./json-lines";
import type { HistoryEvent } from "./events";

const leader: HistoryEvent = { type: "leader", node: 1, partition: "t-0", leaderEpoch: 2, atMs: 30 };

it("reads what it wrote", () => {
  expect(fromLines(toLine(leader) + toLine({ ...leader, node: 2 }))).toEqual([leader, { ...leader, node: 2 }]);
});

it("leaves out a last line that was cut off", () => {
  expect(fromLines(toLine(leader) + toLine(leader).slice(0, 20))).toEqual([leader]);
  expect(fromLines(toLine(leader).trimEnd())).toEqual([leader]);
});

it.each([
  ["no JSON", "x\n", "clients.jsonl, line 1: not JSON: x"],
  ["no object", "[]\n", "clients.jsonl, line 1: an event is an object"],
  ["an unknown type", '{"type":"toString"}\n', "clients.jsonl, line 1: unknown event type toString"],
  ["a missing field", '{"type":"controller","node":1,"atMs":1}\n', 'line 1: controller without a number in "term"'],
])("names the line with %s", (_name, text, message) => {
  expect(() => fromLines(text, "clients.jsonl")).toThrow(message);
});

it("puts recorders together by time and keeps each one's order", () => {
  const at = (node: number, atMs: number): HistoryEvent => ({ ...leader, node, atMs });
  const seek: HistoryEvent = { type: "seek", process: "c", consumer: "c", partition: "t-0", position: 3 };
  expect(
    merge([
      [at(1, 10), seek, at(1, 40)],
      [at(2, 20), at(2, 5), at(2, 50)],
    ]),
  ).toEqual([at(1, 10), seek, at(2, 20), at(2, 5), at(1, 40), at(2, 50)]);
});
