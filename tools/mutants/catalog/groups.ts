import type { Mutant } from "../mutant";

/** Faults in groups: each gives a partition to two members at once. */
export const groupMutants: readonly Mutant[] = [
  {
    name: "group-gives-what-is-not-given-up",
    arena: "cluster",
    profile: "groups",
    file: "libs/groups/src/consumer/reconcile.ts",
    find: `if (group.isOwned(topicId, partition)) unreleased = true;
      else gets.push(partition);`,
    replace: "gets.push(partition);",
    breaks: ["double-assignment"],
    why: "a member gets what its target says although the former owner still works on it",
  },
  {
    name: "group-frees-without-waiting",
    arena: "cluster",
    profile: "groups",
    file: "libs/groups/src/consumer/reconcile.ts",
    find: "if (revoked.size > 0 && stillOwns(owned, revoked)) {",
    replace: "if (revoked.size < 0) {",
    breaks: ["double-assignment"],
    why: "what a member is to give up is free at once, and not when it says that it has given it up",
  },
  {
    name: "group-forgets-what-is-being-given-up",
    arena: "cluster",
    profile: "groups",
    file: "libs/groups/src/consumer/consumer-group.ts",
    find: `for (const assignment of [member.assigned, member.pendingRevocation]) {
        for (const [topicId, partitions] of assignment) {
          for (const partition of partitions) this.owners.set`,
    replace: `for (const assignment of [member.assigned]) {
        for (const [topicId, partitions] of assignment) {
          for (const partition of partitions) this.owners.set`,
    breaks: ["double-assignment"],
    why: "partitions that a member still has to give up count as nobody's",
  },
];
