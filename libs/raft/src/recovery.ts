/**
 * A static voter (one known by its id only) whose disk is empty may have lost what it promised: a vote, an acceptance. If
 * it went on as if nothing had been, the same term could have two leaders, and what only it and one other held could be
 * lost. It is `recovering`, on disk, from its first moment: it neither votes nor stands, and what it acknowledges counts
 * for no quorum, until one of two things is certain:
 *
 *   nobody ever promised anything    the other voters all say, asked by this very disk, that they have never voted or
 *                                    accepted anything: the cluster is new (`inquire`)
 *   a leader has brought it back     the leader commits an entry that it appended after it had heard of this disk, by a
 *                                    quorum without it; once this node holds that entry, it holds whatever it may have
 *                                    accepted before (`recovered`)
 *
 * So the first start of a cluster with static voters wants all of them there at once, and a static quorum survives the
 * loss of a disk while a quorum of the others lives. What remains: with five voters, a vote that the lost disk gave in a
 * term newer than the leader's, to a candidate that is cut off ever since, could be given a second time. Voters that are
 * known with their disks (KIP-853) have no such gap: without its disk a node is not the voter.
 */
import { ZERO_UUID } from "@moldau/base";
import type { Inquire, InquireAck, Recovered } from "./messages";
import type { NodeId } from "@moldau/base";
import { voterProgress } from "./members";
import type { Progress } from "./progress";
import { appendAsLeader, broadcastAppend } from "./replication";
import { configurationOf, send, type Leader, type RaftState } from "./state";

/** Asks the other voters whether their disks are as empty as this one's. */
export function inquire(state: RaftState): void {
  for (const { id: to } of configurationOf(state).voters) {
    if (to !== state.nodeId) send(state, { type: "inquire", from: state.nodeId, to, term: state.term });
  }
}

export function onInquire(state: RaftState, message: Inquire): void {
  send(state, {
    type: "inquire-ack",
    from: state.nodeId,
    to: message.from,
    term: state.term,
    asked: message.fromDirectory ?? ZERO_UUID,
    // A term begins with the first vote, and nothing is accepted outside a term.
    fresh: state.term === 0,
  });
  // It has only just come: what it is to say to this node's own question need not wait for the next round.
  if (state.recovering && state.term === 0 && !state.freshVoters.has(message.from)) {
    send(state, { type: "inquire", from: state.nodeId, to: message.from, term: state.term });
  }
}

export function onInquireAck(state: RaftState, message: InquireAck): void {
  if (!state.recovering || state.term !== 0 || message.asked !== state.directoryId) return;
  if (!message.fresh) {
    state.freshVoters.delete(message.from);
    // There is a cluster: whoever leads it knows of this node from now on.
    return send(state, { type: "observe", from: state.nodeId, to: message.from, term: state.term });
  }
  state.freshVoters.add(message.from);
  const others = configurationOf(state).voters.filter(({ id }) => id !== state.nodeId);
  if (!others.every(({ id }) => state.freshVoters.has(id))) return;
  // On disk before it helps anybody to begin the first term: once that has begun, nobody is fresh any more.
  state.recovering = false;
  state.hardStateChanged = true;
}

/** A recovering member has answered: shows it, when it can, that it has got back everything. */
export function helpRecover(state: RaftState, leader: Leader, to: NodeId, progress: Progress): void {
  if (voterProgress(state, leader, to) !== progress) return;
  if (progress.recoverIndex === undefined) {
    progress.recoverIndex = appendAsLeader(state, leader, "leader", new Uint8Array(0)).index;
    broadcastAppend(state, leader);
  }
  if (progress.match < progress.recoverIndex || state.commit < progress.recoverIndex) return;
  send(state, {
    type: "recovered",
    from: state.nodeId,
    to,
    term: state.term,
    directoryId: progress.directoryId,
    index: progress.recoverIndex,
  });
}

export function onRecovered(state: RaftState, message: Recovered): void {
  if (message.term !== state.term || message.from !== state.leaderId) return;
  if (!state.recovering || message.directoryId !== state.directoryId) return;
  if (state.log.persisted < message.index) return;
  state.recovering = false;
  state.hardStateChanged = true;
}
