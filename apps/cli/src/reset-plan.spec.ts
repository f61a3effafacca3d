import { formatOffsetsFile, parseOffsetsFile } from "./offsets-file";
import { parseTopicScope, resetOf, type ResetTarget } from "./reset-plan";

const at = { topic: "orders", partition: 0 };
const bounds = { earliest: 10, latest: 100, committed: 40 };
const after = (target: ResetTarget, more: object = {}) => {
  const reset = resetOf(at, target, { ...bounds, ...more });
  return reset && [reset.after, reset.clamped];
};

it("goes where it is told, within the partition", () => {
  expect(after({ kind: "earliest" })).toEqual([10, false]);
  expect(after({ kind: "latest" })).toEqual([100, false]);
  expect(after({ kind: "current" })).toEqual([40, false]);
  expect(after({ kind: "current" }, { committed: null })).toEqual([100, false]);
  expect(after({ kind: "offset", offset: 55 })).toEqual([55, false]);
  expect(after({ kind: "offset", offset: 5 })).toEqual([10, true]);
  expect(after({ kind: "shift", by: -10 })).toEqual([30, false]);
  expect(after({ kind: "shift", by: 100 })).toEqual([100, true]);
  expect(after({ kind: "time", timestampMs: 1 }, { atTime: 60 })).toEqual([60, false]);
  expect(after({ kind: "time", timestampMs: 1 }, { atTime: -1 })).toEqual([100, false]);
  expect(() => after({ kind: "shift", by: 1 }, { committed: null })).toThrow("nothing was committed for orders-0");
});

it("reads what Kafka's tool exported, and what it exported itself", () => {
  const own = [{ topic: "orders", partition: 0, offset: 7 }];
  expect(parseOffsetsFile("f", formatOffsetsFile(own), "g")).toEqual(own);
  const kafkas = '"g","orders",0,7\r\nother,orders,1,8\n\n# a comment\n';
  expect(parseOffsetsFile("f", kafkas, "g")).toEqual(own);
  expect(after({ kind: "file", offsets: own })).toEqual([10, true]);
  expect(after({ kind: "file", offsets: [{ ...own[0]!, partition: 1 }] })).toBeUndefined();
  expect(() => parseOffsetsFile("f", "orders,0\n", "g")).toThrow("f line 1");
  expect(() => parseOffsetsFile("f", "orders,0,-1\n", "g")).toThrow("f line 1");
  expect(() => parseOffsetsFile("f", "other,orders,0,1\n", "g")).toThrow("no offsets for group g");
});

it("takes topics with or without partitions", () => {
  expect(parseTopicScope("orders")).toEqual({ topic: "orders", partitions: null });
  expect(parseTopicScope("orders:0,2,0")).toEqual({ topic: "orders", partitions: [0, 2] });
  expect(() => parseTopicScope("orders:x")).toThrow("--topic orders:x");
});
