/**
 * Raft as a deterministic state machine: `step(state, event)` changes the state and returns what the driver has to do.
 * No clock (time is `tick`), no disk ("on disk" is `persisted`), no randomness (a number comes with each tick), no await.
 *
 * A node is always in one role:
 *
 *   follower      -> pre-candidate  no leader heard for an election timeout, and it is a voter
 *   follower      -> pre-candidate  its leader is known to be dead (`leader-lost`), and it is the next in line
 *   pre-candidate -> candidate      a quorum would vote for it; or it is the only voter (then already at `start`)
 *   pre-candidate -> follower       a quorum refused; a leader or a newer term appeared
 *   pre-candidate -> pre-candidate  the timeout ran out again
 *   follower      -> candidate      `timeout-now` of its leader: leadership is handed to it, without a pre-vote
 *   candidate     -> leader         a quorum voted for it; its own vote counts once it is on disk
 *   candidate     -> follower       a quorum refused; a leader of its term or a newer term appeared
 *   candidate     -> pre-candidate  the timeout ran out
 *   leader        -> follower       a newer term appeared; no quorum was heard for an election timeout (check-quorum);
 *                                   a configuration without it is committed
 *
 * The term rises in two ways only: by standing for election, and by a message of a newer term that is not a pre-vote. A
 * vote of a newer term is not even read while a leader is heard (unless that leader asked for the election).
 *
 * A leader's view of each other member is probe, replicate or snapshot: see progress.ts. What a follower does with an
 * append, and with pieces of a snapshot: see replication.ts and snapshot.ts.
 *
 * What is promised to others (a vote, an acceptance, a candidature) leaves in `write.messagesAfter`: when the write, and
 * all before it, are on disk. A leader's appends leave at once; its own copy counts towards a commit when persisted.
 * Entries are handed out in `committed` when they are committed and on this node's disk.
 *
 * Sources: Raft (Ongaro, Ousterhout 2014) and Ongaro's dissertation, chapters 3, 4.1, 6.4, 10; KIP-595, KIP-996;
 * etcd-io/raft for the shape.
 */
import { NO_NODE, unreachable, type NodeId } from "@moldau/base";
import { isVoter } from "./configuration";
import {
  countVote,
  onLeaderLost,
  onPreVote,
  onPreVoteAck,
  onTimeoutNow,
  onVote,
  onVoteAck,
  standForElection,
  standForPreVote,
} from "./election";
import { broadcastHeartbeat, onHeartbeat } from "./heartbeats";
import { changeConfiguration, propose, transferLeadership } from "./leader";
import { forgetSilentObservers, onObserve, reachedByQuorum, voterProgress } from "./members";
import type { AppendAck, Configuration, HeartbeatAck, RaftMessage, SnapshotAck, SnapshotMetadata } from "./messages";
import { addRead, releaseReads } from "./reads";
import { inquire, onInquire, onInquireAck, onRecovered } from "./recovery";
import { advanceCommit, onAppend, onAppendAck, onHeartbeatAck } from "./replication";
import { becomeFollower } from "./roles";
import { onSnapshotAck, onSnapshotChunk, onSnapshotRead, onSnapshotSaved } from "./snapshot";
import {
  configurationOf,
  emptyEffects,
  selfOf,
  send,
  writeOf,
  type Effects,
  type Leader,
  type RaftState,
} from "./state";

export type RaftEvent =
  /** Once, first. */
  | { readonly type: "start" }
  /** A tick of time has passed. `random` is in [0, 1). */
  | { readonly type: "tick"; readonly random: number }
  | { readonly type: "message"; readonly message: RaftMessage }
  /** Every write up to `sequence` is on disk. */
  | { readonly type: "persisted"; readonly sequence: number }
  /** Answered in `proposal`. The payload is the log's from now on. */
  | { readonly type: "propose"; readonly payload: Uint8Array }
  /** Answered in `proposal`. */
  | { readonly type: "change-configuration"; readonly configuration: Configuration }
  /** Answered, in this step or a later one, in `reads` or `readsRefused`. */
  | { readonly type: "read"; readonly id: number }
  | { readonly type: "transfer"; readonly to: NodeId }
  /** The process of this leader has ended, as far as anyone can tell. Wrong word does no harm. */
  | { readonly type: "leader-lost"; readonly leaderId: NodeId }
  /** Answer to a `snapshotReads` effect; `bytes` undefined: that snapshot is gone. */
  | {
      readonly type: "snapshot-read";
      readonly to: NodeId;
      readonly snapshot: SnapshotMetadata;
      readonly offset: number;
      readonly bytes: Uint8Array | undefined;
      readonly done: boolean;
    }
  /** The caller's state after `snapshot.index` (from `snapshotMetadataAt`) is on disk. */
  | { readonly type: "snapshot-saved"; readonly snapshot: SnapshotMetadata };

/** One event in, everything that follows from it out. Throws InvariantError when the protocol is broken: stop then. */
export function step(state: RaftState, event: RaftEvent): Effects {
  dispatch(state, event);
  return finish(state);
}

function dispatch(state: RaftState, event: RaftEvent): void {
  const { role } = state;
  switch (event.type) {
    case "start":
      return start(state);
    case "tick":
      return tick(state, event.random);
    case "message":
      return onMessage(state, event.message);
    case "persisted":
      return onPersisted(state, event.sequence);
    case "propose":
      state.effects.proposal = propose(state, event.payload);
      return;
    case "change-configuration":
      state.effects.proposal = changeConfiguration(state, event.configuration);
      return;
    case "read":
      if (role.kind === "leader") addRead(state, role, event.id);
      else state.effects.readsRefused.push(event.id);
      return;
    case "transfer":
      return transferLeadership(state, event.to);
    case "leader-lost":
      return onLeaderLost(state, event.leaderId);
    case "snapshot-read":
      if (role.kind === "leader") onSnapshotRead(state, role, event);
      return;
    case "snapshot-saved":
      return onSnapshotSaved(state, event.snapshot);
    default:
      return unreachable(event, "raft event");
  }
}

function start(state: RaftState): void {
  const configuration = configurationOf(state);
  if (!isVoter(configuration, selfOf(state))) return;
  if (configuration.voters.length === 1) {
    // Nobody else can hold a promise of this node's against it.
    state.recovering = false;
    standForElection(state, { transfer: false });
  } else if (state.recovering && state.term === 0) {
    inquire(state);
  }
}

function tick(state: RaftState, random: number): void {
  state.random = random;
  state.now++;
  state.electionElapsed++;
  if (state.role.kind === "leader") return tickLeader(state, state.role);
  if (state.electionElapsed >= state.electionTimeout) standForPreVote(state);
}

function tickLeader(state: RaftState, leader: Leader): void {
  const { settings } = state;
  if (leader.transfer !== undefined && state.now - leader.transfer.sinceTick >= settings.electionTicks) {
    leader.transfer = undefined;
  }
  if (state.electionElapsed >= settings.electionTicks) {
    state.electionElapsed = 0;
    if (!heardQuorum(state, leader)) return becomeFollower(state, state.term, NO_NODE);
    forgetSilentObservers(state, leader);
  }
  if (++state.heartbeatElapsed >= settings.heartbeatTicks) broadcastHeartbeat(state, leader);
}

/** Whether a quorum was heard since the last call. */
function heardQuorum(state: RaftState, leader: Leader): boolean {
  const heard = reachedByQuorum(state, leader, 1, (progress) => Number(progress.active)) === 1;
  for (const progress of leader.progress.values()) progress.active = false;
  return heard;
}

function onMessage(state: RaftState, message: RaftMessage): void {
  switch (message.type) {
    case "pre-vote":
      return onPreVote(state, message);
    case "pre-vote-ack":
      return onPreVoteAck(state, message);
    case "vote":
      return onVote(state, message);
    case "vote-ack":
      return onVoteAck(state, message);
    case "append":
      return onAppend(state, message);
    case "heartbeat":
      return onHeartbeat(state, message);
    case "snapshot-chunk":
      return onSnapshotChunk(state, message);
    case "timeout-now":
      return onTimeoutNow(state, message);
    case "observe":
      return onObserve(state, message);
    case "inquire":
      return onInquire(state, message);
    case "inquire-ack":
      return onInquireAck(state, message);
    case "recovered":
      return onRecovered(state, message);
    case "append-ack":
    case "heartbeat-ack":
    case "snapshot-ack":
      return onAnswer(state, message);
    default:
      return unreachable(message, "raft message");
  }
}

/** What a member answers to its leader: counts in the term it was asked in, and only there. */
function onAnswer(state: RaftState, message: AppendAck | HeartbeatAck | SnapshotAck): void {
  if (message.term > state.term) return becomeFollower(state, message.term, NO_NODE);
  if (message.term < state.term || state.role.kind !== "leader") return;
  switch (message.type) {
    case "append-ack":
      return onAppendAck(state, state.role, message);
    case "heartbeat-ack":
      return onHeartbeatAck(state, state.role, message);
    case "snapshot-ack":
      return onSnapshotAck(state, state.role, message);
  }
}

function onPersisted(state: RaftState, sequence: number): void {
  while (state.outstanding.length > 0 && state.outstanding[0]!.sequence <= sequence) {
    const write = state.outstanding.shift()!;
    if (write.restored !== undefined) {
      state.effects.restored = write.restored;
      state.applied = write.restored.index;
    }
    state.log.markPersisted(write.lastIndex, write.lastTerm);
    if (write.selfVoteTerm === state.term) countVote(state, state.nodeId, true);
  }
  if (state.role.kind === "leader") advanceCommit(state, state.role);
}

/** Completes the effects of a step: the write, what may be handed out now, what changed for the observer. */
function finish(state: RaftState): Effects {
  if (state.role.kind === "leader") removeIfOut(state, state.role);
  handOut(state);
  if (state.role.kind === "leader") releaseReads(state, state.role);
  report(state);
  closeWrite(state);
  const { effects } = state;
  state.effects = emptyEffects();
  return effects;
}

/** A leader that a committed configuration left out has done its last duty. */
function removeIfOut(state: RaftState, leader: Leader): void {
  const newest = state.configurations[state.configurations.length - 1]!;
  if (state.commit < newest.index || isVoter(newest.configuration, selfOf(state))) return;
  // The others learn of the commit from the appends that are already among this step's messages; one who has the whole
  // log need not wait for its timeout.
  const heir = newest.configuration.voters.find(({ id }) => {
    const progress = voterProgress(state, leader, id);
    return progress !== undefined && !progress.recovering && progress.match === state.log.lastIndex;
  });
  if (heir !== undefined) {
    send(state, { type: "timeout-now", from: state.nodeId, to: heir.id, term: state.term });
  }
  for (const read of leader.reads) state.effects.readsRefused.push(read.id);
  leader.reads = [];
  becomeFollower(state, state.term, NO_NODE);
}

function handOut(state: RaftState): void {
  const until = Math.min(state.commit, state.log.persisted);
  while (state.applied < until) {
    const entry = state.log.entryAt(state.applied + 1);
    if (entry === undefined) return;
    state.effects.committed.push(entry);
    state.applied++;
  }
}

function report(state: RaftState): void {
  const { reported, role } = state;
  const active = role.kind === "leader" && state.applied >= role.firstIndex;
  if (reported.leaderId === state.leaderId && reported.term === state.term && reported.active === active) return;
  state.reported = { leaderId: state.leaderId, term: state.term, active };
  state.effects.leadership = state.reported;
}

/**
 * Gives the write its number and remembers what it will have made good. Where there is nothing to write and nothing on
 * its way, what was to follow the write may go at once.
 */
function closeWrite(state: RaftState): void {
  if (state.hardStateChanged) {
    writeOf(state).hardState = { term: state.term, vote: state.vote, recovering: state.recovering };
    state.hardStateChanged = false;
  }
  const { write } = state.effects;
  if (write === undefined) return;
  const empty =
    write.hardState === undefined &&
    write.snapshotChunk === undefined &&
    write.truncateFrom === undefined &&
    write.entries.length === 0;
  if (empty && state.outstanding.length === 0) {
    state.effects.messages.push(...write.messagesAfter);
    state.effects.write = undefined;
    return;
  }
  state.nextSequence++;
  state.outstanding.push({
    sequence: write.sequence,
    lastIndex: state.log.lastIndex,
    lastTerm: state.log.lastTerm,
    selfVoteTerm: state.selfVote ? state.term : -1,
    restored: write.snapshotChunk?.done === true ? write.snapshotChunk.snapshot : undefined,
  });
  state.selfVote = false;
}
