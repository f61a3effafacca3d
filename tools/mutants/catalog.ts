import { brokerMutants } from "./catalog/brokers";
import { controllerMutants } from "./catalog/controllers";
import { coordinatorMutants } from "./catalog/coordinators";
import { groupMutants } from "./catalog/groups";
import { partitionMutants } from "./catalog/partition";
import { raftMutants } from "./catalog/raft";
import { transactionMutants } from "./catalog/transactions";
import type { Mutant } from "./mutant";

export const mutants: readonly Mutant[] = [
  ...raftMutants,
  ...partitionMutants,
  ...controllerMutants,
  ...brokerMutants,
  ...coordinatorMutants,
  ...groupMutants,
  ...transactionMutants,
];

/** @throws Error with the known names. */
export function mutantOf(name: string): Mutant {
  const found = mutants.find((mutant) => mutant.name === name);
  if (found === undefined) {
    throw new Error(`there is no mutant ${name}; known: ${mutants.map((mutant) => mutant.name).join(", ")}`);
  }
  return found;
}
