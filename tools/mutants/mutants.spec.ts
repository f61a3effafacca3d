import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { mutants } from "./catalog";
import { scenarios } from "./direct";
import { bundle, runScenario } from "./hunt";
import { plant } from "./mutant";

const root = join(__dirname, "../..");

it("has at least 24 mutants, each under a name of its own", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(24);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

it.each(mutants)("$name still applies, changes the file and compiles", (mutant) => {
  const source = readFileSync(join(root, mutant.file), "utf8");
  const planted = plant(mutant, source);
  const compiled = (text: string): string => transformSync(text, { loader: "ts", minify: true }).code;
  expect(compiled(planted)).not.toBe(compiled(source));
});

it("names a mutant that matches more or less than once", () => {
  const mutant = { ...mutants[0]!, find: "a", replace: "b", also: undefined };
  expect(() => plant(mutant, "b")).toThrow(`mutant ${mutant.name}: "find" matches 0 times`);
  expect(() => plant(mutant, "aa")).toThrow("matches 2 times");
});

describe("direct scenarios", () => {
  const directory = mkdtempSync(join(tmpdir(), "moldau-mutants-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("pass on the product as it is", () => {
    for (const scenario of Object.values(scenarios)) scenario();
  });

  it.each(mutants.filter(({ direct }) => direct !== undefined))("find $name: $direct", async (mutant) => {
    expect(Object.keys(scenarios)).toContain(mutant.direct);
    expect(await runScenario(await bundle(directory, "direct", mutant), mutant.direct!)).toMatch(/^expected: /);
  });
});
