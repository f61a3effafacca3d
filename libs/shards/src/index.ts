export { Shard, type ShardOptions, type ShardPhase } from "./shard";
export type { ShardEffect } from "./shard-effect";
export type { CallId, Outcome, ShardMachine, ShardMachineFactory, TimerChange } from "./shard-machine";
export { Timers } from "./timers";
