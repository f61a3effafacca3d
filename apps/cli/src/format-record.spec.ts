import type { IncomingRecord } from "@moldau/client";
import { compileFormat, type FormatOptions } from "./format-record";

const record: IncomingRecord = {
  topic: "orders",
  partition: 3,
  offset: 9_007_199_254_740_000,
  timestampMs: 1_700_000_000_123,
  key: Buffer.from("käy"),
  value: Buffer.of(0, 0xff, 0x0a, 0x41),
  headers: [],
};

function print(format: string, change: Partial<IncomingRecord> = {}, options?: FormatOptions): Buffer {
  const out: Uint8Array[] = [];
  compileFormat(format, options)({ ...record, ...change }, out);
  return Buffer.concat(out);
}

const text = (...args: Parameters<typeof print>): string => print(...args).toString();

it.each([
  ["%t", "orders"],
  ["%p", "3"],
  ["%o", "9007199254740000"],
  ["%T", "1700000000123"],
  ["%k", "käy"],
  ["%K", "4"],
  ["%S", "4"],
  ["%%", "%"],
  ["%%s", "%s"],
  ["100%% of %t", "100% of orders"],
  ["", ""],
  ["plain", "plain"],
  ["%t%p%o", "orders39007199254740000"],
  ["Topic %t [%p] at offset %o: key %k\\n", "Topic orders [3] at offset 9007199254740000: key käy\n"],
  ["a\\tb\\rc\\nd", "a\tb\rc\nd"],
  ["\\x41\\x4a", "AJ"],
  ["\\65\\0101", "AA"],
  ["\\\\n", "\\n"],
  ["\\q\\", "q\\"],
  ["ž → %p", "ž → 3"],
])("%j prints %j", (format, printed) => {
  expect(text(format)).toBe(printed);
});

it("leaves bytes as they are", () => {
  expect(print("%s")).toEqual(Buffer.of(0, 0xff, 0x0a, 0x41));
  expect(print("<%s>\\x00\\xff")).toEqual(Buffer.of(0x3c, 0, 0xff, 0x0a, 0x41, 0x3e, 0, 0xff));
});

it("tells null from empty by length, and by name where asked to", () => {
  const empty = { key: Buffer.of(), value: Buffer.of() };
  const nulls = { key: null, value: null };
  expect(text("%k|%K|%s|%S", empty)).toBe("|0||0");
  expect(text("%k|%K|%s|%S", nulls)).toBe("|-1||-1");
  expect(text("%k|%s", nulls, { nullText: "NULL" })).toBe("NULL|NULL");
  expect(text("%k|%s", empty, { nullText: "NULL" })).toBe("|");
});

it("prints the value's length in binary, big-endian", () => {
  expect(print("%R")).toEqual(Buffer.of(0, 0, 0, 4));
  expect(print("%R", { value: Buffer.alloc(0x1_02_03) })).toEqual(Buffer.of(0, 1, 2, 3));
  expect(print("%R", { value: null })).toEqual(Buffer.of(0xff, 0xff, 0xff, 0xff));
});

it("prints headers in order, repeated names too, null as NULL", () => {
  const headers = [
    { name: "a", value: Buffer.from("1") },
    { name: "a", value: Buffer.of() },
    { name: "b", value: null },
    { name: "c", value: Buffer.of(0xfe, 0, 0x31) },
  ];
  expect(print("%h;", { headers })).toEqual(
    Buffer.concat([Buffer.from("a=1,a=,b=NULL,c="), Buffer.of(0xfe, 0, 0x31), Buffer.from(";")]),
  );
  expect(text("%h;", { headers: [] })).toBe(";");
});

it("refuses verbs that do not exist, before anything is printed", () => {
  expect(() => compileFormat("%s %q")).toThrow(
    'format "%s %q" has %q, which is none of %s %S %R %k %K %T %h %t %p %o %%',
  );
  expect(() => compileFormat("50%")).toThrow('format "50%" ends in a single %; a percent sign is %%');
  expect(() => compileFormat("% d")).toThrow("has % , which");
});
