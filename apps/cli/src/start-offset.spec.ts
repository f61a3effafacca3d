import { parseStart, startOffset } from "./start-offset";

it.each([
  ["beginning", { kind: "beginning" }],
  ["end", { kind: "end" }],
  ["stored", { kind: "stored" }],
  ["0", { kind: "at", offset: 0 }],
  ["42", { kind: "at", offset: 42 }],
  ["-3", { kind: "before-end", count: 3 }],
  ["s@1700000000000", { kind: "time", timestampMs: 1_700_000_000_000 }],
])("--offset %s", (text, start) => {
  expect(parseStart(text)).toEqual(start);
});

it.each(["", "start", "-0", "1.5", "--1", "s@", "1e3"])("--offset %j is refused", (text) => {
  expect(() => parseStart(text)).toThrow("is none of beginning, end, stored, N, -N, s@MILLISECONDS");
});

it("stays within what the partition has", () => {
  const bounds = { earliest: 10, latest: 20 };
  expect(startOffset({ kind: "beginning" }, bounds)).toBe(10);
  expect(startOffset({ kind: "end" }, bounds)).toBe(20);
  expect(startOffset({ kind: "at", offset: 5 }, bounds)).toBe(10);
  expect(startOffset({ kind: "at", offset: 15 }, bounds)).toBe(15);
  expect(startOffset({ kind: "at", offset: 25 }, bounds)).toBe(20);
  expect(startOffset({ kind: "before-end", count: 3 }, bounds)).toBe(17);
  expect(startOffset({ kind: "before-end", count: 30 }, bounds)).toBe(10);
  expect(startOffset({ kind: "time", timestampMs: 1 }, { ...bounds, atTime: 12 })).toBe(12);
  expect(startOffset({ kind: "time", timestampMs: 1 }, { ...bounds, atTime: -1 })).toBe(20);
});
