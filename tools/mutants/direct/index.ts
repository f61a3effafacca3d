import { scenarios as brokerScenarios } from "./broker";
import { scenarios as controlScenarios } from "./control";
import { scenarios as controllerScenarios } from "./controller";
import { scenarios as coordinatorScenarios } from "./coordinator";
import { scenarios as partitionScenarios } from "./partition";
import { scenarios as raftScenarios } from "./raft";
import type { Scenario } from "./scenario";
import { scenarios as shardScenarios } from "./shards";
import { scenarios as storageScenarios } from "./storage";
import { scenarios as transactionScenarios } from "./transactions";

/** By the file of this folder, and then by what they show. A mutant names the one that finds it when chance does not. */
export const scenarioFiles: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  broker: brokerScenarios,
  control: controlScenarios,
  controller: controllerScenarios,
  coordinator: coordinatorScenarios,
  partition: partitionScenarios,
  raft: raftScenarios,
  shards: shardScenarios,
  storage: storageScenarios,
  transactions: transactionScenarios,
};

/** The file that holds a scenario. @throws Error where none does. */
export function fileOf(scenario: string): string {
  const found = Object.entries(scenarioFiles).find(([, scenarios]) => Object.hasOwn(scenarios, scenario));
  if (found === undefined) throw new Error(`no file of tools/mutants/direct has the scenario "${scenario}"`);
  return found[0];
}
