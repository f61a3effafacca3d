import { clusterScenarios } from "./cluster";
import { configScenarios } from "./configs";
import { groupScenarios } from "./groups";
import { recordScenarios } from "./records";
import type { Scenario } from "./scenario";
import { topicScenarios } from "./topics";
import { transactionScenarios } from "./transactions";

export const allScenarios: readonly Scenario[] = [
  ...topicScenarios,
  ...recordScenarios,
  ...groupScenarios,
  ...transactionScenarios,
  ...clusterScenarios,
  ...configScenarios,
];
