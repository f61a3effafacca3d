import { lineRules, recordOfLine } from "./line-reader";

const record = (line: string, properties: Record<string, string>) => {
  const { key, value, headers } = recordOfLine(line, 7, lineRules(new Map(Object.entries(properties))));
  return [headers!.map(({ name, value: bytes }) => [name, bytes && Buffer.from(bytes).toString()]), key, value];
};

it("splits headers, key and value", () => {
  expect(record("a\tb", {})).toEqual([[], null, "a\tb"]);
  expect(record("k\tv\tw", { "parse.key": "true" })).toEqual([[], "k", "v\tw"]);
  expect(record("h:1,i:\tk\tv", { "parse.key": "true", "parse.headers": "true" })).toEqual([
    [
      ["h", "1"],
      ["i", ""],
    ],
    "k",
    "v",
  ]);
  expect(record("k=v", { "parse.key": " TRUE ", "key.separator": "=" })).toEqual([[], "k", "v"]);
});

it("the marker is null in headers, key and value", () => {
  const properties = { "parse.key": "true", "parse.headers": "true", "null.marker": "NIL" };
  expect(record("NIL\tNIL\tNIL", properties)).toEqual([[], null, null]);
  expect(record("h:NIL\tk\tv", properties)).toEqual([[["h", null]], "k", "v"]);
});

it("a line without its separator is refused, or all value", () => {
  expect(() => record("v", { "parse.key": "true" })).toThrow("No key separator found on line number 7: 'v'");
  expect(() => record("h\tv", { "parse.headers": "true" })).toThrow(
    "No header key separator found in pair 'h' on line number 7",
  );
  expect(record("v", { "parse.key": "true", "ignore.error": "true" })).toEqual([[], null, "v"]);
  expect(() => record("v", { "headers.delimiter": "," })).toThrow(
    "headers.delimiter and headers.separator may not be equal",
  );
});
