import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** Lines that the rule names, of code that stands in a file of the hot path. */
function linesNamed(code: string): number[] {
  const eslint = join(root, "node_modules/eslint/bin/eslint.js");
  const args = [eslint, "--format", "json", "--stdin", "--stdin-filename", "libs/net/src/kafka-server.ts"];
  // In a single run the parser would look at the file on disk instead of the code that is given.
  const env = { ...process.env, TSESTREE_SINGLE_RUN: "false" };
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: code, encoding: "utf8", env });
  // Before it there may be word of the workspace's graph, which the boundary rule makes when it is run for the first time.
  const begin = stdout.indexOf('[{"filePath"');
  if (begin < 0) throw new Error(`${stdout}\n${stderr}`);
  const [{ messages }] = JSON.parse(stdout.slice(begin)) as [{ messages: { ruleId: string; line: number }[] }];
  return messages.filter(({ ruleId }) => ruleId === "moldau/spread-last").map(({ line }) => line);
}

it("names what an object gains behind a spread, and nothing that replaces one of its keys", () => {
  const code = [
    `export const known = { a: 1, b: 2 };`,
    `export const gains = { ...known, c: 3 };`,
    `export const between = { c: 3, ...known, d: 4 };`,
    `export const replaces = { ...known, a: 3 };`,
    `export const before = { c: 3, ...known };`,
    `export const maybe = (more: { a?: number }) => ({ ...more, a: 3 });`,
    `export const unknown = (more: Record<string, number>) => ({ ...more, a: 3 });`,
  ];
  expect(linesNamed(code.join("\n"))).toEqual([2, 3]);
}, 120_000);
