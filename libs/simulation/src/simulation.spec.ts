import { drawPlan, profiles } from "./plan";
import { reproduction, runSeed, type RunResult } from "./run-seed";
import type { Fault } from "./schedule";

/** More of them: `npm run simulate`. */
const SEEDS = Number(process.env["SIMULATION_SEEDS"] ?? 200);
const PARTS = 4;
/** So many are run twice, one in so many; and each in which something happens that did not in those. */
const AGAIN_EVERY = 5;
/** Ids of clients, as the world gives them out. */
const CLIENTS = [901, 902, 903, 904, 905];

jest.setTimeout(600_000);

async function expectKept(seed: number, profile?: string): Promise<RunResult> {
  const options = profile === undefined ? {} : { profile };
  const result = await runSeed(seed, options);
  const { violations, acked, polled } = result;
  const found = violations.map(({ invariant, message }) => `${invariant}: ${message}`).join("\n");
  if (found !== "") throw new Error(`${found}\n${reproduction(seed, options)}`);
  expect(acked).toBeGreaterThan(0);
  expect(polled).toBeGreaterThanOrEqual(acked);
  return result;
}

/** Jest makes Node describe a hundred frames of every error; `npm run simulate -- --seed` shows where one was made. */
const { stackTraceLimit } = Error;
beforeAll(() => void (Error.stackTraceLimit = 0));
afterAll(() => void (Error.stackTraceLimit = stackTraceLimit));

describe("real roles in virtual time keep every promise, and a seed is a run", () => {
  /** What happened in seeds that were run twice, by name. */
  const happenedTwice = new Set<string>();

  it.each(Array.from({ length: PARTS }, (_, part) => part))(`seeds, part %i of ${PARTS}`, async (part) => {
    for (let seed = 1 + part; seed <= SEEDS; seed += PARTS) {
      const { traceHash, kinds } = await expectKept(seed);
      if (seed % AGAIN_EVERY !== 0 && kinds.every((kind) => happenedTwice.has(kind))) continue;
      expect(`seed ${seed} ${(await expectKept(seed)).traceHash}`).toBe(`seed ${seed} ${traceHash}`);
      for (const kind of kinds) happenedTwice.add(kind);
    }
  });

  it.each(Object.keys(profiles))("profile %s", async (profile) => {
    for (let seed = 1; seed <= 3; seed++) await expectKept(seed, profile);
  });

  it("writes are acknowledged while no controller lives, or none can be reached", async () => {
    for (let seed = 1, checked = 0; checked < 6; seed++) {
      const { controllers, nodes, chaosMs } = drawPlan(seed, "calm");
      if (chaosMs < 2_500) continue;
      const forMs = chaosMs;
      const others = [...nodes.map(({ nodeId }) => nodeId).filter((id) => !controllers.includes(id)), ...CLIENTS];
      const gone: Fault[] =
        seed % 2 === 0
          ? controllers.map((node) => ({ atMs: 0, kind: "kill", node, downMs: forMs }))
          : [{ atMs: 0, kind: "cut", from: controllers, to: others, bothWays: true, forMs }];
      const { violations, ackedMs, chaosFromMs } = await runSeed(seed, { profile: "calm", schedule: gone });
      expect(violations).toEqual([]);
      // A producer without an id has to have one from a controller first.
      if (!ackedMs.some((ms) => ms < chaosFromMs)) continue;
      checked++;
      const meanwhile = ackedMs.filter((ms) => ms > chaosFromMs + 100 && ms < chaosFromMs + chaosMs);
      expect(Math.max(...meanwhile)).toBeGreaterThan(chaosFromMs + chaosMs - 600);
    }
  });

  it("a run without its faults is another run, and keeps the promises too", async () => {
    const [all, none] = [await runSeed(11), await runSeed(11, { only: [] })];
    expect(all.faults.length).toBeGreaterThan(0);
    expect(none.faults).toEqual([]);
    expect(none.violations).toEqual([]);
    expect(none.traceHash).not.toBe(all.traceHash);
  });
});
