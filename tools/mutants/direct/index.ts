import { controlScenarios } from "./control";
import { partitionScenarios } from "./partition";
import { raftScenarios } from "./raft";
import type { Scenario } from "./scenario";

/** By what they show; a mutant names the one that finds it when chance does not. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  ...raftScenarios,
  ...partitionScenarios,
  ...controlScenarios,
};
