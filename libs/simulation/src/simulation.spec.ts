import { profiles } from "./plan";
import { reproduction, runSeed } from "./run-seed";

/** More of them: `npm run simulate`. */
const SEEDS = Number(process.env["SIMULATION_SEEDS"] ?? 200);
const PARTS = 4;

jest.setTimeout(600_000);

async function expectKept(seed: number, profile?: string): Promise<string> {
  const options = profile === undefined ? {} : { profile };
  const { violations, traceHash, acked, polled } = await runSeed(seed, options);
  const found = violations.map(({ invariant, message }) => `${invariant}: ${message}`).join("\n");
  if (found !== "") throw new Error(`${found}\n${reproduction(seed, options)}`);
  expect(acked).toBeGreaterThan(0);
  expect(polled).toBeGreaterThanOrEqual(acked);
  return traceHash;
}

describe("real roles in virtual time keep every promise, and a seed is a run", () => {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(`seeds, part %i of ${PARTS}`, async (part) => {
    for (let seed = 1 + part; seed <= SEEDS; seed += PARTS) {
      expect(`seed ${seed} ${await expectKept(seed)}`).toBe(`seed ${seed} ${await expectKept(seed)}`);
    }
  });

  it.each(Object.keys(profiles))("profile %s", async (profile) => {
    for (let seed = 1; seed <= 3; seed++) await expectKept(seed, profile);
  });

  it("a run without its faults is another run, and keeps the promises too", async () => {
    const [all, none] = [await runSeed(11), await runSeed(11, { only: [] })];
    expect(all.faults.length).toBeGreaterThan(0);
    expect(none.faults).toEqual([]);
    expect(none.violations).toEqual([]);
    expect(none.traceHash).not.toBe(all.traceHash);
  });
});
