import { type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import type { Configuration, Voter } from "./messages";

/** A node on one disk. With another disk, or none, it is somebody else and remembers no promise (KIP-853). */
export interface ReplicaKey {
  readonly id: NodeId;
  readonly directoryId: Uuid;
}

/** A voter that is known by its id only, as controller.quorum.voters names it: whatever disk it comes with. */
export function staticVoter(id: NodeId): Voter {
  return { id, directoryId: ZERO_UUID, endpoints: [] };
}

/** How many voters make a decision. */
export function quorumSize(configuration: Configuration): number {
  return Math.floor(configuration.voters.length / 2) + 1;
}

/** The highest value that a quorum of voters has reached, given each voter's value. 0 where there are no voters. */
export function quorumValue(configuration: Configuration, valueOf: (voter: Voter) => number): number {
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
  for (const { id } of configuration.voters) {
    const vote = votes.get(id);
    if (vote === true) granted++;
    else if (vote === false) refused++;
  }
  const needed = quorumSize(configuration);
  if (granted >= needed) return "won";
  return configuration.voters.length - refused < needed ? "lost" : "open";
}

/** Whether `key` is `voter`; a static voter is whoever has its id. */
export function isSame(voter: Voter, key: ReplicaKey): boolean {
  return voter.id === key.id && (voter.directoryId === ZERO_UUID || voter.directoryId === key.directoryId);
}

/** The voter that this node on this disk is, if any. */
export function voterOf(configuration: Configuration, key: ReplicaKey): Voter | undefined {
  return configuration.voters.find((voter) => isSame(voter, key));
}

export function isVoter(configuration: Configuration, key: ReplicaKey): boolean {
  return voterOf(configuration, key) !== undefined;
}

/**
 * Why `next` must not follow `current`; undefined when it may. Voters change one at a time, so that every old and every
 * new quorum share a node (Raft dissertation 4.1, KIP-853). A voter that comes with another disk is another voter; that a
 * static one's disk becomes known, or that endpoints change, changes no quorum.
 */
export function configurationProblem(current: Configuration, next: Configuration): string | undefined {
  if (next.voters.length === 0) return "a quorum needs at least one voter";
  if (new Set(next.voters.map(({ id }) => id)).size !== next.voters.length) return "a node is listed twice";
  const added = next.voters.filter((voter) => !isVoter(current, voter)).length;
  const removed = current.voters.filter(
    (voter) => !next.voters.some((each) => isSame(voter, each) || isSame(each, voter)),
  ).length;
  if (added + removed > 1) return "voters change one at a time";
  return undefined;
}

/** The same set with ids in ascending order, as the encoding and comparisons want it. */
export function normalizeConfiguration(configuration: Configuration): Configuration {
  return { voters: [...configuration.voters].sort((a, b) => a.id - b.id) };
}
