import { broadcastHeartbeat } from "./heartbeats";
import { reachedByQuorum } from "./members";
import type { Leader, RaftState } from "./state";

/**
 * Linearizable reads without a write (Raft dissertation 6.4): remember the commit index, let a quorum confirm with one
 * round of heartbeats that this node still leads, answer once that index is applied. Reads that come while a round is
 * under way share the next one.
 */
export function addRead(state: RaftState, leader: Leader, id: number): void {
  leader.reads.push({ id, index: readIndex(state, leader), round: leader.round + 1 });
  if (answeredRound(state, leader) >= leader.round) startRound(state, leader);
}

/** Only a leader whose own term has committed knows all that is committed. */
function readIndex(state: RaftState, leader: Leader): number | undefined {
  return state.commit >= leader.firstIndex ? state.commit : undefined;
}

function startRound(state: RaftState, leader: Leader): void {
  leader.round++;
  broadcastHeartbeat(state, leader);
}

/** The newest round that a quorum has answered. */
function answeredRound(state: RaftState, leader: Leader): number {
  return reachedByQuorum(state, leader, leader.round, (progress) => progress.round);
}

/** A member answered a newer round. */
export function onRoundAnswered(state: RaftState, leader: Leader): void {
  if (answeredRound(state, leader) < leader.round) return;
  if (leader.reads.some((read) => read.round > leader.round)) startRound(state, leader);
}

/** Answers the reads that are confirmed and applied. */
export function releaseReads(state: RaftState, leader: Leader): void {
  if (leader.reads.length === 0) return;
  const answered = answeredRound(state, leader);
  leader.reads = leader.reads.filter((read) => {
    read.index ??= readIndex(state, leader);
    if (read.index === undefined || read.round > answered || read.index > state.applied) return true;
    state.effects.reads.push(read.id);
    return false;
  });
}
