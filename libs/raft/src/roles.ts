import { assert, NO_NODE, type NodeId } from "@moldau/base";
import { drawElectionTimeout, send, type RaftState } from "./state";

/** Raises the term. The vote of the old term is void. */
export function enterTerm(state: RaftState, term: number): void {
  assert(term >= state.term, `term ${term} after ${state.term}`);
  if (term === state.term) return;
  state.term = term;
  state.vote = NO_NODE;
  state.hardStateChanged = true;
}

/** Any role → follower. Reads that a leader has not answered are refused: their callers ask the next one. */
export function becomeFollower(state: RaftState, term: number, leaderId: NodeId): void {
  enterTerm(state, term);
  if (state.role.kind === "leader") {
    for (const read of state.role.reads) state.effects.readsRefused.push(read.id);
  }
  if (state.role.kind !== "follower") state.role = { kind: "follower" };
  state.leaderId = leaderId;
  drawElectionTimeout(state);
}

/** A message that only the leader of `term` sends has come: it leads. */
export function followLeader(state: RaftState, term: number, leaderId: NodeId): void {
  assert(
    term > state.term || (state.role.kind !== "leader" && (state.leaderId === NO_NODE || state.leaderId === leaderId)),
    `term ${term} has two leaders, ${state.leaderId} and ${leaderId}`,
  );
  if (term > state.term || state.role.kind !== "follower" || state.leaderId !== leaderId) {
    state.incoming = undefined;
    becomeFollower(state, term, leaderId);
  }
  state.electionElapsed = 0;
  state.hurryUntil = 0;
}

/** Tells a leader of an older term about ours: it steps down. Without it a node that a vote took ahead stays cut off. */
export function rejectStale(state: RaftState, to: NodeId): void {
  send(state, {
    type: "append-ack",
    from: state.nodeId,
    to,
    term: state.term,
    accepted: false,
    index: 0,
    hintIndex: 0,
    hintTerm: 0,
  });
}
