import { assert, NO_NODE, type NodeId, ZERO_UUID } from "@moldau/base";
import { isSame, isVoter, tally } from "./configuration";
import { followConfiguration } from "./members";
import type { PreVote, PreVoteAck, TimeoutNow, Vote, VoteAck } from "./messages";
import { inquire } from "./recovery";
import { appendAsLeader, broadcastAppend } from "./replication";
import { becomeFollower, enterTerm } from "./roles";
import {
  configurationOf,
  drawElectionTimeout,
  selfOf,
  send,
  sendAfterWrite,
  type Leader,
  type RaftState,
} from "./state";

/** Asks whether an election could be won, without disturbing anyone (KIP-996). */
export function standForPreVote(state: RaftState): void {
  if (!mayStand(state)) return seekLeader(state);
  state.role = { kind: "pre-candidate", votes: new Map([[state.nodeId, true]]) };
  state.leaderId = NO_NODE;
  drawElectionTimeout(state);
  if (tally(configurationOf(state), state.role.votes) === "won") return standForElection(state, { transfer: false });
  for (const to of othersWhoVote(state)) {
    send(state, {
      type: "pre-vote",
      from: state.nodeId,
      to,
      term: state.term + 1,
      lastIndex: state.log.lastIndex,
      lastTerm: state.log.lastTerm,
    });
  }
}

/** No leader was heard, and this node may not become one: it makes itself known to whoever leads. */
function seekLeader(state: RaftState): void {
  state.leaderId = NO_NODE;
  drawElectionTimeout(state);
  if (state.recovering && state.term === 0) return inquire(state);
  for (const to of othersWhoVote(state)) {
    send(state, { type: "observe", from: state.nodeId, to, term: state.term });
  }
}

/**
 * The leader's process is known to be dead: nobody has to wait for a timeout. The voters that are left stand one after
 * another in the order of their ids, two ticks apart, so that they do not split the vote; one who does not know yet that
 * the leader is gone refuses, and is asked again soon. Wrong word of a leader that lives costs a pre-vote.
 */
export function onLeaderLost(state: RaftState, leaderId: NodeId): void {
  if (state.role.kind === "leader" || state.leaderId !== leaderId || leaderId === NO_NODE) return;
  state.leaderId = NO_NODE;
  if (!mayStand(state)) return;
  state.hurryUntil = state.now + 2 * state.settings.electionTicks;
  const rank = configurationOf(state).voters.filter(({ id }) => id !== leaderId && id < state.nodeId).length;
  if (rank === 0) return standForPreVote(state);
  state.electionElapsed = 0;
  state.electionTimeout = 2 * rank;
}

/**
 * Begins a term. Neither the own vote counts nor are others asked before term and vote, and every entry that the claim
 * "my log ends here" rests on, are on disk: after a crash this node must not ask twice with different logs.
 */
export function standForElection(state: RaftState, options: { transfer: boolean }): void {
  if (!mayStand(state)) return drawElectionTimeout(state);
  enterTerm(state, state.term + 1);
  state.vote = state.nodeId;
  state.hardStateChanged = true;
  state.selfVote = true;
  state.role = { kind: "candidate", votes: new Map() };
  state.leaderId = NO_NODE;
  drawElectionTimeout(state);
  for (const to of othersWhoVote(state)) {
    sendAfterWrite(state, {
      type: "vote",
      from: state.nodeId,
      to,
      term: state.term,
      lastIndex: state.log.lastIndex,
      lastTerm: state.log.lastTerm,
      transfer: options.transfer,
    });
  }
}

/**
 * A voter may; so may one that a change which is not known to be committed leaves out. It may hold the only copy of that
 * change, which makes its log longer than those of the voters who remain: without it they could not elect anyone
 * (dissertation 4.2.2). It does not count its own vote then.
 */
function mayStand(state: RaftState): boolean {
  const { configurations, commit } = state;
  if (state.recovering) return false;
  let first = configurations.length - 1;
  while (first > 0 && configurations[first]!.index > commit) first--;
  return configurations.slice(first).some(({ configuration }) => isVoter(configuration, selfOf(state)));
}

function othersWhoVote(state: RaftState): NodeId[] {
  return configurationOf(state).voters.flatMap(({ id }) => (id === state.nodeId ? [] : [id]));
}

/** This node follows a leader that it heard within the election timeout, or leads: it helps nobody to disturb that. */
function hasLiveLeader(state: RaftState): boolean {
  if (state.role.kind === "leader") return true;
  return state.leaderId !== NO_NODE && state.electionElapsed < state.settings.electionTicks;
}

/**
 * Two who stand at once would split the votes. Where the leader is known to be gone, which makes that likely, the one
 * with the longer log or else the lower id goes first: the other grants and steps back. Not for one whom the other has
 * refused, and only for as long as there is a hurry: it might be the other one that a quorum can hear.
 */
export function onPreVote(state: RaftState, message: PreVote): void {
  const { log, nodeId, role } = state;
  const rival = role.kind === "pre-candidate" && state.now < state.hurryUntil;
  const first =
    rival &&
    nodeId < message.from &&
    role.votes.get(message.from) !== false &&
    log.lastIndex === message.lastIndex &&
    log.lastTerm === message.lastTerm;
  const granted =
    message.term > state.term &&
    !state.recovering &&
    !first &&
    !hasLiveLeader(state) &&
    log.isUpToDate(message.lastIndex, message.lastTerm);
  if (granted && rival) becomeFollower(state, state.term, NO_NODE);
  // In term 0 with what makes this node a voter at all: see recovery.ts.
  const answer = state.term === 0 ? sendAfterWrite : send;
  answer(state, {
    type: "pre-vote-ack",
    from: state.nodeId,
    to: message.from,
    // A refusal carries our own term, so that one who fell behind learns it.
    term: granted ? message.term : state.term,
    granted,
  });
}

export function onPreVoteAck(state: RaftState, message: PreVoteAck): void {
  if (!message.granted && message.term > state.term) return becomeFollower(state, message.term, NO_NODE);
  if (state.role.kind !== "pre-candidate") return;
  if (message.granted && message.term !== state.term + 1) return;
  if (!isVotersOwn(state, message)) return;
  state.role.votes.set(message.from, message.granted);
  const result = tally(configurationOf(state), state.role.votes);
  if (result === "won") standForElection(state, { transfer: false });
  else if (result === "lost") becomeFollower(state, state.term, NO_NODE);
}

export function onVote(state: RaftState, message: Vote): void {
  // Its term would take the node out of the only state in which it can find out that the cluster is new.
  if (state.recovering && state.term === 0) return;
  if (message.term > state.term) {
    if (!message.transfer && hasLiveLeader(state)) return;
    becomeFollower(state, message.term, NO_NODE);
  }
  const granted =
    message.term === state.term &&
    !state.recovering &&
    state.role.kind !== "leader" &&
    (state.vote === message.from || (state.vote === NO_NODE && state.leaderId === NO_NODE)) &&
    state.log.isUpToDate(message.lastIndex, message.lastTerm);
  if (granted) {
    if (state.vote !== message.from) state.hardStateChanged = true;
    state.vote = message.from;
    state.electionElapsed = 0;
  }
  sendAfterWrite(state, { type: "vote-ack", from: state.nodeId, to: message.from, term: state.term, granted });
}

export function onVoteAck(state: RaftState, message: VoteAck): void {
  if (message.term > state.term) return becomeFollower(state, message.term, NO_NODE);
  if (message.term === state.term && isVotersOwn(state, message)) countVote(state, message.from, message.granted);
}

/** The vote comes from the disk that has it: a voter that came back with another one is nobody yet. */
function isVotersOwn(state: RaftState, message: PreVoteAck | VoteAck): boolean {
  const key = { id: message.from, directoryId: message.fromDirectory ?? ZERO_UUID };
  return configurationOf(state).voters.some((voter) => isSame(voter, key));
}

/** A vote of the present term; the own one comes when it is on disk. */
export function countVote(state: RaftState, from: NodeId, granted: boolean): void {
  if (state.role.kind !== "candidate") return;
  state.role.votes.set(from, granted);
  const result = tally(configurationOf(state), state.role.votes);
  if (result === "won") becomeLeader(state);
  else if (result === "lost") becomeFollower(state, state.term, NO_NODE);
}

function becomeLeader(state: RaftState): void {
  assert(state.role.kind === "candidate", "only a candidate becomes leader");
  const leader: Leader = {
    kind: "leader",
    firstIndex: state.log.lastIndex + 1,
    progress: new Map(),
    round: 0,
    reads: [],
    transfer: undefined,
    uncommittedBytes: 0,
  };
  state.role = leader;
  state.leaderId = state.nodeId;
  state.electionElapsed = 0;
  state.heartbeatElapsed = 0;
  followConfiguration(state, leader);
  appendAsLeader(state, leader, "leader", new Uint8Array(0));
  broadcastAppend(state, leader);
}

export function onTimeoutNow(state: RaftState, message: TimeoutNow): void {
  if (message.term !== state.term || state.role.kind === "leader" || !mayStand(state)) return;
  standForElection(state, { transfer: true });
}
