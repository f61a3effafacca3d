/**
 * Writes libs/protocol/src/generated from libs/protocol/schema: `npx tsx tools/protocol/generate.ts`.
 * A test calls `generate` and compares, so a forgotten run does not go unnoticed.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emitFile } from "./emit";
import { emitIndex } from "./emit-index";
import { readSchemas } from "./schema";

const PROTOCOL = join(__dirname, "..", "..", "libs", "protocol");

/** File name (without folder) to text, for every generated file. */
export function generate(schemaFolder = join(PROTOCOL, "schema")): Map<string, string> {
  const files = readSchemas(schemaFolder);
  const texts = new Map<string, string>();
  for (const file of files) texts.set(`${file.name}.ts`, emitFile(file));
  for (const [name, text] of emitIndex(files)) texts.set(name, text);
  return texts;
}

if (require.main === module) {
  const folder = join(PROTOCOL, "src", "generated");
  const texts = generate();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!texts.has(name)) rmSync(join(folder, name));
  for (const [name, text] of texts) writeFileSync(join(folder, name), text);
  console.log(`${texts.size} files written to libs/protocol/src/generated`);
}
