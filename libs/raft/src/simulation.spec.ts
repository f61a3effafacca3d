import { Violation } from "./testing/checkers";
import { Simulation, type Mutant, type SimulationOptions, type SimulationResult } from "./testing/simulation";

/** `RAFT_SEEDS=20000 RAFT_FROM=1 npx jest libs/raft/src/simulation` for more than the daily dose. */
const SEEDS = Number(process.env["RAFT_SEEDS"] ?? 25);
const FROM = Number(process.env["RAFT_FROM"] ?? 1);

const profiles: Record<string, Omit<SimulationOptions, "seed">> = {
  "three voters, calm": { voters: 3, duration: 2000, transfers: true },
  "three voters, lossy network": { voters: 3, duration: 4000, loss: 0.2, duplication: 0.2, delayMax: 60 },
  "three voters, crashes": { voters: 3, duration: 6000, crashes: true, syncMax: 40 },
  "three voters, everything": {
    voters: 3,
    duration: 6000,
    loss: 0.1,
    duplication: 0.1,
    delayMax: 40,
    syncMax: 30,
    crashes: true,
    partitions: true,
    transfers: true,
  },
  "five voters, everything": {
    voters: 5,
    duration: 6000,
    loss: 0.1,
    duplication: 0.2,
    delayMax: 40,
    syncMax: 30,
    crashes: true,
    partitions: true,
    transfers: true,
  },
  "three voters, storm": {
    voters: 3,
    duration: 4000,
    loss: 0.2,
    duplication: 0.3,
    delayMax: 60,
    syncMax: 60,
    crashes: true,
    partitions: true,
    pauses: true,
    transfers: true,
    faultRate: 4,
    settings: { electionTicks: 5, heartbeatTicks: 1 },
  },
  "members come and go in a storm": {
    voters: 2,
    spares: 2,
    duration: 4000,
    loss: 0.1,
    duplication: 0.2,
    delayMax: 40,
    syncMax: 40,
    crashes: true,
    partitions: true,
    pauses: true,
    transfers: true,
    membershipChanges: true,
    faultRate: 5,
    settings: { electionTicks: 6, heartbeatTicks: 1 },
  },
  "members come and go": {
    voters: 3,
    spares: 2,
    duration: 6000,
    loss: 0.05,
    duplication: 0.1,
    delayMax: 25,
    crashes: true,
    partitions: true,
    pauses: true,
    transfers: true,
    faultRate: 2,
    membershipChanges: true,
  },
};

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
    const sum = { applied: 0, terms: 0, crashes: 0, snapshotsInstalled: 0, reads: 0, configurations: 0 };
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
