import { Violation } from "./testing/checkers";
import { profiles } from "./testing/profiles";
import { Simulation, type Mutant, type SimulationOptions, type SimulationResult } from "./testing/simulation";

/** `RAFT_SEEDS=20000 RAFT_FROM=1 npx jest libs/raft/src/simulation` for more than the daily dose. */
const SEEDS = Number(process.env["RAFT_SEEDS"] ?? 25);
const FROM = Number(process.env["RAFT_FROM"] ?? 1);

function run(options: SimulationOptions): SimulationResult {
  try {
    return new Simulation(options).run();
  } catch (error) {
    throw new Error(
      `seed ${options.seed}: ${(error as Error).message} — run it alone: RAFT_FROM=${options.seed} RAFT_SEEDS=1`,
      {
        cause: error,
      },
    );
  }
}

describe.each(Object.entries(profiles))("%s", (_name, profile) => {
  it(`keeps Raft's promises under seeds ${FROM} to ${FROM + SEEDS - 1}`, () => {
    const sum = { applied: 0, terms: 0, crashes: 0, snapshotsInstalled: 0, reads: 0, configurations: 0, wipes: 0 };
    for (let seed = FROM; seed < FROM + SEEDS; seed++) {
      const result = run({ ...profile, seed });
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += result[key];
    }
    if (process.env["RAFT_SEEDS"] !== undefined) console.log(_name, SEEDS, JSON.stringify(sum));
    // The run has to have been worth something.
    expect(sum.applied).toBeGreaterThan(SEEDS * 10);
    expect(sum.reads).toBeGreaterThan(SEEDS);
    if (profile.crashes === true) expect(sum.crashes).toBeGreaterThan(SEEDS);
    if (profile.membershipChanges === true) expect(sum.configurations).toBeGreaterThan(SEEDS);
    if (profile.wipes === true) expect(sum.wipes).toBeGreaterThan(SEEDS / 5);
    if (profile.partitions === true && SEEDS >= 25) expect(sum.snapshotsInstalled).toBeGreaterThan(0);
  });
});

it("does the same again under the same seed", () => {
  for (const seed of [11, 12, 13]) {
    const options = { ...profiles["members come and go"]!, seed };
    expect(run(options)).toEqual(run(options));
  }
});

it.each<[Mutant, string]>([
  ["answers-before-sync", "three voters, crashes"],
  ["skips-sync", "three voters, crashes"],
  ["serves-reads-alone", "five voters, everything"],
  ["trusts-an-empty-disk", "three static voters lose disks"],
])("notices a node that %s", (mutant, profile) => {
  const options = { ...profiles[profile]!, mutant, partitions: true, pauses: true, delayMax: 80, duration: 20_000 };
  let caught: unknown;
  for (let seed = 1; seed <= 300 && caught === undefined; seed++) {
    try {
      new Simulation({ ...options, seed }).run();
    } catch (error) {
      caught = error;
    }
  }
  expect(caught).toBeDefined();
  if (!(caught instanceof Violation)) expect((caught as Error).name).toBe("InvariantError");
});
