export { minimise } from "./minimise";
export { drawPlan, profiles, type Plan } from "./plan";
export { reproduction, runSeed, type RunOptions, type RunResult } from "./run-seed";
export { describeFault, type Fault, type FaultKind } from "./schedule";
