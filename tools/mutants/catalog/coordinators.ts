import type { Mutant } from "../mutant";

/** Faults in coordinators. */
export const coordinatorMutants: readonly Mutant[] = [
  {
    name: "coordinator-answers-before-commit",
    arena: "cluster",
    file: "libs/shards/src/shard.ts",
    find: "const uncommitted = this.appending.length > 0 || this.waiting.length > 0;",
    replace: "const uncommitted = false;",
    breaks: ["committed-offset-lost", "committed-offset-moved-back"],
    direct: "a coordinator answers when what the answer rests on is committed",
    why: "a committed offset is acknowledged that no replica has",
  },
  {
    name: "coordinator-serves-before-replay",
    arena: "cluster",
    file: "libs/shards/src/shard.ts",
    find: "if (offset < this.readEnd) {",
    replace: "if (offset < 0) {",
    breaks: ["committed-offset-lost"],
    direct: "a new owner serves when it has replayed the log",
    why: "a new owner that has not read the log knows of no group",
  },
  {
    name: "coordinator-keeps-what-was-refused",
    arena: "cluster",
    profile: "partition",
    file: "libs/shards/src/shard.ts",
    find: "this.timeline.revertTo(first.epoch);",
    replace: "",
    breaks: ["committed-offset-lost", "committed-offset-moved-back"],
    direct: "a coordinator forgets what its log refused",
    why: "offsets are read that were refused and are not in the log",
  },
  {
    name: "coordinator-takes-doubt-for-success",
    arena: "cluster",
    file: "libs/roles/coordinator/src/shard-log.ts",
    find: 'return { is: notWritten.has(errorCode) ? "refused" : "doubt", why };',
    replace: 'return { is: "committed" };',
    breaks: ["committed-offset-lost", "committed-offset-moved-back"],
    why: "an append without a clear answer may be nowhere",
  },
  {
    name: "coordinator-keeps-a-lost-shard",
    arena: "cluster",
    file: "libs/roles/coordinator/src/shard-log.ts",
    find: 'if (errorCode === KafkaError.NOT_COORDINATOR) return { is: "lost" };',
    replace: 'if (errorCode === KafkaError.NOT_COORDINATOR) return { is: "committed" };',
    breaks: ["committed-offset-lost", "committed-offset-moved-back", "zombie-write-after-fence"],
    why: "an owner that is fenced goes on answering as if it had written",
  },
];
