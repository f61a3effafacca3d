/**
 * Who follows this leader: the voters of its configuration, and observers that made themselves known. An observer is
 * written nowhere; the leader forgets it when it falls silent, and the next leader hears of it from itself (KIP-853).
 */
import { type NodeId, ZERO_UUID } from "@moldau/base";
import { isSame, isVoter, quorumValue } from "./configuration";
import type { AppendAck, HeartbeatAck, Observe, SnapshotAck } from "./messages";
import { newProgress, type Progress } from "./progress";
import { sendFirst } from "./replication";
import { configurationOf, selfOf, type Leader, type RaftState } from "./state";

/** More than anybody runs; a bound on what strangers can make a leader remember. */
const OBSERVERS_MAX = 16;
/** Election timeouts of silence after which an observer is forgotten. */
const OBSERVER_SILENCE = 10;
/** Disks of one node that a leader remembers as gone. */
const RETIRED_MAX = 8;

/** Makes `progress` follow the configuration: new voters are probed from the end, former ones go on as observers. */
export function followConfiguration(state: RaftState, leader: Leader): void {
  for (const voter of configurationOf(state).voters) {
    if (voter.id === state.nodeId || leader.progress.has(voter.id)) continue;
    leader.progress.set(voter.id, newProgress(state.log.lastIndex, state.now, voter.directoryId));
  }
}

/** What the leader knows of the voter with this id; undefined where the node there is not the voter. */
export function voterProgress(state: RaftState, leader: Leader, id: NodeId): Progress | undefined {
  const progress = leader.progress.get(id);
  const voter = configurationOf(state).voters.find((each) => each.id === id);
  if (progress === undefined || voter === undefined) return undefined;
  return isSame(voter, { id, directoryId: progress.directoryId }) ? progress : undefined;
}

/** The highest value that a quorum has reached: `own` for this node, and what `valueOf` says for the others. */
export function reachedByQuorum(
  state: RaftState,
  leader: Leader,
  own: number,
  valueOf: (progress: Progress) => number,
): number {
  const configuration = configurationOf(state);
  return quorumValue(configuration, (voter) => {
    if (voter.id === state.nodeId) return isSame(voter, selfOf(state)) ? own : 0;
    const progress = voterProgress(state, leader, voter.id);
    return progress === undefined || progress.recovering ? 0 : valueOf(progress);
  });
}

/**
 * What the leader knows of the one who answered, undefined where the answer counts for nothing. A node that speaks from
 * another disk than before begins anew, and its former disk never speaks again.
 */
export function progressOf(
  state: RaftState,
  leader: Leader,
  message: AppendAck | HeartbeatAck | SnapshotAck | Observe,
): Progress | undefined {
  const directoryId = message.fromDirectory ?? ZERO_UUID;
  let progress = leader.progress.get(message.from);
  if (progress === undefined || progress.retired.includes(directoryId)) return undefined;
  if (progress.directoryId === ZERO_UUID) {
    progress.directoryId = directoryId;
  } else if (progress.directoryId !== directoryId) {
    const isStatic = configurationOf(state).voters.some(
      (voter) => voter.id === message.from && voter.directoryId === ZERO_UUID,
    );
    // A voter that is known with its disk may come back with it; of a static one, each new disk replaces the last.
    const retired = isStatic ? [...progress.retired, progress.directoryId].slice(-RETIRED_MAX) : [];
    progress = { ...newProgress(state.log.lastIndex, state.now, directoryId), retired };
    leader.progress.set(message.from, progress);
  }
  progress.active = true;
  progress.heardAt = state.now;
  return progress;
}

export function onObserve(state: RaftState, message: Observe): void {
  const { role } = state;
  if (role.kind !== "leader" || message.from === state.nodeId) return;
  if (!role.progress.has(message.from)) {
    if (observersOf(state, role).length >= OBSERVERS_MAX) return;
    const progress = newProgress(state.log.lastIndex, state.now, message.fromDirectory);
    role.progress.set(message.from, progress);
  }
  const progress = progressOf(state, role, message);
  if (progress !== undefined) sendFirst(state, message.from, progress);
}

/** Those who follow and do not vote: observers, and nodes that have a voter's id and another disk. */
export function observersOf(state: RaftState, leader: Leader): NodeId[] {
  const configuration = configurationOf(state);
  return [...leader.progress].flatMap(([id, { directoryId }]) =>
    isVoter(configuration, { id, directoryId }) ? [] : [id],
  );
}

/** Leads itself and nobody else: time changes nothing here until somebody is heard of or asks for something. */
export function standsAlone({ role }: RaftState): boolean {
  return role.kind === "leader" && role.progress.size === 0 && role.reads.length === 0 && role.transfer === undefined;
}

/** Observers come back by themselves; a voter that is silent is missed. */
export function forgetSilentObservers(state: RaftState, leader: Leader): void {
  const { voters } = configurationOf(state);
  for (const id of observersOf(state, leader)) {
    const silence = state.now - leader.progress.get(id)!.heardAt;
    if (silence < OBSERVER_SILENCE * state.settings.electionTicks) continue;
    leader.progress.delete(id);
    const voter = voters.find((each) => each.id === id);
    if (voter !== undefined) {
      leader.progress.set(id, newProgress(state.log.lastIndex, state.now, voter.directoryId));
    }
  }
}
