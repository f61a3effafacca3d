import { assert, type NodeId } from "@moldau/base";
import { appendEntry, commitTo, send, sendAfterWrite, standing, writeOf } from "./state";
import type { Leader, RaftState } from "./state";
import { entryBytes } from "./entry-log";
import type { Append, AppendAck, Entry, EntryType, HeartbeatAck } from "./messages";
import { progressOf, reachedByQuorum } from "./members";
import { acknowledge, becomeProbe, becomeReplicate, type Progress } from "./progress";
import { helpRecover } from "./recovery";
import { beginSnapshot, retrySnapshot } from "./snapshot";
import { followLeader, rejectStale } from "./roles";
import { onRoundAnswered } from "./reads";

// ---- leader

/** Appends an entry of the leader's own term. It goes out with the next `broadcastAppend`. */
export function appendAsLeader(state: RaftState, leader: Leader, type: EntryType, payload: Uint8Array): Entry {
  const entry: Entry = { index: state.log.lastIndex + 1, term: state.term, type, payload };
  appendEntry(state, entry);
  leader.uncommittedBytes += entryBytes(entry);
  return entry;
}

/** Sends each member what it lacks, as far as the in-flight limits let it; nothing to those who lack nothing. */
export function broadcastAppend(state: RaftState, leader: Leader): void {
  for (const [to, progress] of leader.progress) sendAppends(state, to, progress);
}

function sendAppends(state: RaftState, to: NodeId, progress: Progress): void {
  while (sendAppend(state, to, progress, { allowEmpty: progress.sentCommit < state.commit }));
}

/** Sends one append to a member that has just appeared, to find out where it stands. */
export function sendFirst(state: RaftState, to: NodeId, progress: Progress): void {
  sendAppend(state, to, progress, { allowEmpty: true });
}

/** Sends one append. `allowEmpty`: also when there is nothing to carry, to find out or tell where the other stands. */
function sendAppend(state: RaftState, to: NodeId, progress: Progress, options: { allowEmpty: boolean }): boolean {
  const { log, settings } = state;
  const { phase } = progress;
  if (phase.kind === "snapshot" || (phase.kind === "probe" && phase.waiting)) return false;
  const previousIndex = progress.next - 1;
  const previousTerm = log.termAt(previousIndex);
  if (previousTerm === undefined) {
    beginSnapshot(state, to, progress);
    return false;
  }
  const full =
    phase.kind === "replicate" &&
    (phase.inflight.length >= settings.inflightMessagesMax || phase.inflightBytes >= settings.inflightBytesMax);
  const entries = full ? [] : log.slice(progress.next, settings.appendBytesMax);
  if (entries.length === 0 && !options.allowEmpty) return false;
  progress.sentCommit = state.commit;
  send(state, {
    type: "append",
    from: state.nodeId,
    to,
    term: state.term,
    previousIndex,
    previousTerm,
    commit: state.commit,
    entries,
  });
  if (phase.kind === "probe") {
    phase.waiting = true;
  } else if (entries.length > 0) {
    const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
    phase.inflight.push({ lastIndex: previousIndex + entries.length, bytes });
    phase.inflightBytes += bytes;
    progress.next += entries.length;
  }
  return entries.length > 0;
}

/**
 * Commits what a quorum has on disk, but only once an entry of this term is among it (Raft 5.4.2). The leader's own copy
 * counts from when it is persisted.
 */
export function advanceCommit(state: RaftState, leader: Leader): void {
  const { log } = state;
  const index = reachedByQuorum(state, leader, log.persisted, (progress) => progress.match);
  if (index <= state.commit || log.termAt(index) !== state.term) return;
  for (let i = Math.max(state.commit + 1, leader.firstIndex); i <= index; i++) {
    leader.uncommittedBytes -= entryBytes(log.entryAt(i)!);
  }
  commitTo(state, index);
  broadcastAppend(state, leader);
}

export function onAppendAck(state: RaftState, leader: Leader, message: AppendAck): void {
  const progress = progressOf(state, leader, message);
  if (progress === undefined) return;
  progress.recovering = message.recovering === true;
  if (message.accepted) onAccepted(state, leader, progress, message);
  else onRejected(state, progress, message);
  if (progress.recovering) helpRecover(state, leader, message.from, progress);
}

function onAccepted(state: RaftState, leader: Leader, progress: Progress, message: AppendAck): void {
  assert(
    message.index <= state.log.lastIndex,
    `node ${message.from} accepted ${message.index}, beyond the leader's log`,
  );
  const { phase } = progress;
  acknowledge(progress, message.index);
  if (phase.kind === "probe") {
    becomeReplicate(progress);
  } else if (phase.kind === "snapshot") {
    if (progress.match < phase.snapshot.index) return;
    becomeReplicate(progress);
  }
  advanceCommit(state, leader);
  sendAppends(state, message.from, progress);
  const { transfer } = leader;
  if (transfer?.to === message.from && progress.match === state.log.lastIndex) {
    send(state, { type: "timeout-now", from: state.nodeId, to: message.from, term: state.term });
  }
}

function onRejected(state: RaftState, progress: Progress, message: AppendAck): void {
  const { phase } = progress;
  if (phase.kind === "snapshot") return;
  if (message.index <= progress.match) {
    if (message.hintIndex >= progress.match) return;
    forgetMatch(progress, message.hintIndex);
  } else if (phase.kind === "replicate") {
    becomeProbe(progress, progress.match + 1);
  } else {
    if (progress.next - 1 !== message.index) return;
    const agreeing = state.log.newestAtMost(message.hintIndex, message.hintTerm);
    becomeProbe(progress, Math.max(progress.match, Math.min(message.index - 1, agreeing)) + 1);
  }
  sendAppend(state, message.from, progress, { allowEmpty: true });
}

/**
 * The member's log ends before what it once acknowledged: it lost its disk. An answer out of order looks the same; then
 * the next acceptance corrects this.
 */
function forgetMatch(progress: Progress, lastIndex: number): void {
  progress.match = 0;
  if (progress.phase.kind !== "snapshot") becomeProbe(progress, lastIndex + 1);
}

/** The member lives: whatever was lost on the way to it is found out now. */
export function onHeartbeatAck(state: RaftState, leader: Leader, message: HeartbeatAck): void {
  const progress = progressOf(state, leader, message);
  if (progress === undefined) return;
  progress.recovering = message.recovering === true;
  if (message.lastIndex < progress.match) forgetMatch(progress, message.lastIndex);
  const { phase } = progress;
  if (phase.kind === "snapshot") retrySnapshot(state, message.from, progress);
  if (phase.kind === "probe") phase.waiting = false;
  if (phase.kind === "probe" || progress.match < state.log.lastIndex) {
    sendAppend(state, message.from, progress, { allowEmpty: true });
  }
  if (message.round > progress.round) {
    progress.round = message.round;
    onRoundAnswered(state, leader);
  }
  if (progress.recovering) helpRecover(state, leader, message.from, progress);
}

// ---- follower

export function onAppend(state: RaftState, message: Append): void {
  if (message.term < state.term) return rejectStale(state, message.from);
  followLeader(state, message.term, message.from);
  const { log } = state;
  const answer = (accepted: boolean, index: number, hint: { index: number; term: number }): void =>
    sendAfterWrite(state, {
      type: "append-ack",
      from: state.nodeId,
      to: message.from,
      term: state.term,
      accepted,
      index,
      hintIndex: hint.index,
      hintTerm: hint.term,
      ...standing(state),
    });
  const none = { index: 0, term: 0 };
  if (message.previousIndex < state.commit) return answer(true, state.commit, none);
  if (log.termAt(message.previousIndex) !== message.previousTerm) {
    const hintIndex = log.newestAtMost(message.previousIndex, message.previousTerm);
    return answer(false, message.previousIndex, { index: hintIndex, term: log.termAt(hintIndex)! });
  }
  for (const entry of message.entries) {
    const term = log.termAt(entry.index);
    if (term === entry.term) continue;
    if (term !== undefined) truncate(state, entry.index);
    appendEntry(state, entry);
  }
  const lastNew = message.previousIndex + message.entries.length;
  commitTo(state, Math.min(message.commit, lastNew));
  answer(true, lastNew, none);
}

function truncate(state: RaftState, from: number): void {
  assert(from > state.commit, `term ${state.term} would replace entry ${from}, which is committed`);
  state.log.truncateFrom(from);
  while (state.configurations.length > 1 && state.configurations[state.configurations.length - 1]!.index >= from) {
    state.configurations.pop();
  }
  writeOf(state).truncateFrom = from;
}
