// The generated files are committed; this is what notices a forgotten run of the generator.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { generate } from "../../../tools/protocol/generate";
import { parseSchema } from "../../../tools/protocol/schema";
import { PROTOCOL_FOLDER } from "./testing/table";

const folder = join(PROTOCOL_FOLDER, "src", "generated");

it("is what the generator writes from the table (npx tsx tools/protocol/generate.ts)", () => {
  const texts = generate();
  expect(readdirSync(folder).sort()).toEqual([...texts.keys()].sort());
  const stale = [...texts].filter(([name, text]) => readFileSync(join(folder, name), "utf8") !== text);
  expect(stale.map(([name]) => name)).toEqual([]);
});

it.each([
  ["  name: string 0+", "x.schema:1: a field before any message"],
  ["data A versions=0\n  name: string", "x.schema:2: not a field"],
  ["data A versions=0\n  name: string 0..3", "x.schema:2: not a version range: 0..3"],
  ["data A versions=0\n  name: string 0+ optional", "x.schema:2: unknown option optional"],
  ["data A versions=0\n  name: Nothing 0+", "x.schema: A.Nothing has no fields"],
  ["data A versions=0\n  a: string 0+\n  a: int8 0+", "x.schema: a field twice in A"],
  ["data A versions=0 flexible=0+\n  a: int8 0+ tag=0@0+\n  b: int8 0+ tag=0@0+", "x.schema: a tag twice in A"],
])("refuses a table such as %j", (text, message) => {
  expect(() => parseSchema(text, "x.schema")).toThrow(message);
});
