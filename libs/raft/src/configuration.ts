import type { NodeId } from "@moldau/base";
import type { Configuration } from "./messages";

/** How many voters make a decision. */
export function quorumSize(configuration: Configuration): number {
  return Math.floor(configuration.voters.length / 2) + 1;
}

/** The highest value that a quorum of voters has reached, given each voter's value. 0 where there are no voters. */
export function quorumValue(configuration: Configuration, valueOf: (voter: NodeId) => number): number {
  const { voters } = configuration;
  if (voters.length === 0) return 0;
  if (voters.length === 1) return valueOf(voters[0]!);
  const values = voters.map(valueOf).sort((a, b) => b - a);
  return values[quorumSize(configuration) - 1]!;
}

export type Tally = "won" | "lost" | "open";

/** Where an election stands. Votes of nodes that are not voters do not count. */
export function tally(configuration: Configuration, votes: ReadonlyMap<NodeId, boolean>): Tally {
  let granted = 0;
  let refused = 0;
  for (const voter of configuration.voters) {
    const vote = votes.get(voter);
    if (vote === true) granted++;
    else if (vote === false) refused++;
  }
  const needed = quorumSize(configuration);
  if (granted >= needed) return "won";
  return configuration.voters.length - refused < needed ? "lost" : "open";
}

export function isVoter(configuration: Configuration, nodeId: NodeId): boolean {
  return configuration.voters.includes(nodeId);
}

export function membersOf(configuration: Configuration): NodeId[] {
  return [...configuration.voters, ...configuration.learners];
}

/**
 * Why `next` must not follow `current`; undefined when it may. Voters change one at a time, so that every old and every
 * new quorum share a node (Raft dissertation 4.1, KIP-853). Learners may change freely.
 */
export function configurationProblem(current: Configuration, next: Configuration): string | undefined {
  if (next.voters.length === 0) return "a quorum needs at least one voter";
  const members = membersOf(next);
  if (new Set(members).size !== members.length) return "a node is listed twice";
  const added = next.voters.filter((id) => !current.voters.includes(id)).length;
  const removed = current.voters.filter((id) => !next.voters.includes(id)).length;
  if (added + removed > 1) return "voters change one at a time";
  return undefined;
}

/** The same set with ids in ascending order, as the encoding and comparisons want it. */
export function normalizeConfiguration(configuration: Configuration): Configuration {
  const ascending = (a: NodeId, b: NodeId): number => a - b;
  return {
    voters: [...configuration.voters].sort(ascending),
    learners: [...configuration.learners].sort(ascending),
  };
}
