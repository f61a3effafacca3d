// Hunts mutants with raft's own simulation: the profiles of its tests, and some that are made for what those rarely meet.
import { profiles } from "../../libs/raft/src/testing/profiles";
import { Simulation, type SimulationOptions } from "../../libs/raft/src/testing/simulation";
import { runSeeds } from "./seed-loop";

const storm = { crashes: true, partitions: true, pauses: true, transfers: true } as const;

const harder: readonly Omit<SimulationOptions, "seed">[] = [
  // One entry an append: what an earlier leader left behind travels apart from what the present one writes.
  {
    ...storm,
    voters: 5,
    duration: 3000,
    loss: 0.2,
    duplication: 0.1,
    delayMax: 40,
    syncMax: 20,
    faultRate: 6,
    settings: { electionTicks: 5, heartbeatTicks: 1, appendBytesMax: 1, inflightMessagesMax: 2 },
  },
  // Elections that overlap, and voters that restart in the midst of them.
  {
    ...storm,
    partitions: false,
    pauses: false,
    voters: 3,
    duration: 3000,
    loss: 0.3,
    duplication: 0.3,
    delayMax: 60,
    syncMax: 5,
    faultRate: 12,
    settings: { electionTicks: 3, heartbeatTicks: 1 },
  },
  // Disks that take about as long as elections.
  {
    ...storm,
    voters: 3,
    duration: 3000,
    loss: 0.1,
    duplication: 0.2,
    delayMax: 20,
    syncMax: 50,
    faultRate: 5,
    settings: { electionTicks: 6, heartbeatTicks: 1, appendBytesMax: 60 },
  },
];

const hunts = [...harder, ...Object.values(profiles)];

void runSeeds((seed) => {
  // One profile a seed, in turn, so that a short hunt has tried them all.
  new Simulation({ ...hunts[seed % hunts.length]!, seed }).run();
  return { violations: [] };
});
