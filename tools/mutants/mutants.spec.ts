import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { mutants } from "./catalog";
import { fileOf, scenarioFiles } from "./direct";
import { bundleScenario, runScenario } from "./hunt";
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

describe.each(Object.entries(scenarioFiles))("direct scenarios of %s", (file, scenarios) => {
  const directory = mkdtempSync(join(tmpdir(), "moldau-mutants-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(Object.entries(scenarios))("%s", async (_name, scenario) => {
    await scenario();
  });

  const found = mutants.flatMap((mutant) =>
    mutant.direct !== undefined && fileOf(mutant.direct) === file ? [{ ...mutant, direct: mutant.direct }] : [],
  );
  it.each(found)(
    "$direct: not with $name",
    async (mutant) => {
      expect(await runScenario(await bundleScenario(directory, mutant))).toMatch(/^expected: /);
    },
    120_000,
  );
});
