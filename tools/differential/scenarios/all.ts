import { recordScenarios } from "./records";
import type { Scenario } from "./scenario";
import { topicScenarios } from "./topics";

export const allScenarios: readonly Scenario[] = [...topicScenarios, ...recordScenarios];
