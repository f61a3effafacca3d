import { assert, type NodeId } from "@moldau/base";
import type { SnapshotAck, SnapshotChunk, SnapshotMetadata } from "./messages";
import { progressOf } from "./members";
import type { Progress } from "./progress";
import { followLeader, rejectStale } from "./roles";
import { commitTo, send, sendAfterWrite, standing, writeOf, type Leader, type RaftState } from "./state";

// ---- leader

/** The member needs entries that are gone: it gets the newest snapshot. */
export function beginSnapshot(state: RaftState, to: NodeId, progress: Progress): void {
  const { snapshot } = state;
  assert(snapshot !== undefined, "the log was compacted without a snapshot");
  progress.phase = { kind: "snapshot", snapshot, offset: 0, requestedAt: state.now };
  requestChunk(state, to, progress);
}

function requestChunk(state: RaftState, to: NodeId, progress: Progress): void {
  const { phase } = progress;
  if (phase.kind !== "snapshot") return;
  phase.requestedAt = state.now;
  state.effects.snapshotReads.push({
    to,
    snapshot: phase.snapshot,
    offset: phase.offset,
    bytesMax: state.settings.snapshotChunkBytes,
  });
}

/** Sends a chunk again that was not answered for a quarter of an election timeout. */
export function retrySnapshot(state: RaftState, to: NodeId, progress: Progress): void {
  const { phase } = progress;
  if (phase.kind !== "snapshot") return;
  if (state.now - phase.requestedAt >= state.settings.electionTicks / 4) requestChunk(state, to, progress);
}

/** The driver read what was asked for; without bytes the snapshot has been replaced by a newer one meanwhile. */
export function onSnapshotRead(
  state: RaftState,
  leader: Leader,
  read: { to: NodeId; snapshot: SnapshotMetadata; offset: number; bytes: Uint8Array | undefined; done: boolean },
): void {
  const progress = leader.progress.get(read.to);
  if (progress?.phase.kind !== "snapshot") return;
  const { phase } = progress;
  if (phase.snapshot.index !== read.snapshot.index || phase.offset !== read.offset) return;
  if (read.bytes === undefined) {
    if (state.snapshot !== undefined && state.snapshot.index > phase.snapshot.index) {
      beginSnapshot(state, read.to, progress);
    }
    return;
  }
  send(state, {
    type: "snapshot-chunk",
    from: state.nodeId,
    to: read.to,
    term: state.term,
    snapshot: phase.snapshot,
    offset: read.offset,
    bytes: read.bytes,
    done: read.done,
  });
}

export function onSnapshotAck(state: RaftState, leader: Leader, message: SnapshotAck): void {
  const progress = progressOf(state, leader, message);
  if (progress === undefined) return;
  const { phase } = progress;
  if (phase.kind !== "snapshot" || phase.snapshot.index !== message.index) return;
  if (phase.offset === message.nextOffset) return;
  phase.offset = message.nextOffset;
  requestChunk(state, message.from, progress);
}

// ---- follower

export function onSnapshotChunk(state: RaftState, message: SnapshotChunk): void {
  if (message.term < state.term) return rejectStale(state, message.from);
  followLeader(state, message.term, message.from);
  const { snapshot } = message;
  if (state.log.termAt(snapshot.index) === snapshot.term) commitTo(state, snapshot.index);
  if (snapshot.index <= state.commit) {
    state.incoming = undefined;
    return accept(state, message.from, state.commit);
  }
  const incoming = takeChunk(state, message);
  if (incoming === undefined) return;
  if (!message.done) {
    return sendAfterWrite(state, {
      type: "snapshot-ack",
      from: state.nodeId,
      to: message.from,
      term: state.term,
      index: snapshot.index,
      nextOffset: incoming.nextOffset,
    });
  }
  state.incoming = undefined;
  state.log.restore(snapshot);
  state.commit = snapshot.index;
  state.snapshot = snapshot;
  state.configurations = [{ index: snapshot.index, configuration: snapshot.configuration }];
  accept(state, message.from, snapshot.index);
}

/** Adds a chunk that fits to this step's write. One that does not fit is answered with the place to go on at. */
function takeChunk(state: RaftState, message: SnapshotChunk): { nextOffset: number } | undefined {
  const { snapshot, offset, bytes, done } = message;
  let incoming = state.incoming;
  if (incoming?.index !== snapshot.index || incoming.term !== snapshot.term) incoming = undefined;
  if (offset !== (incoming?.nextOffset ?? 0)) {
    sendAfterWrite(state, {
      type: "snapshot-ack",
      from: state.nodeId,
      to: message.from,
      term: state.term,
      index: snapshot.index,
      nextOffset: incoming?.nextOffset ?? 0,
    });
    return undefined;
  }
  state.incoming = { index: snapshot.index, term: snapshot.term, nextOffset: offset + bytes.length };
  writeOf(state).snapshotChunk = { snapshot, offset, bytes, done };
  return state.incoming;
}

function accept(state: RaftState, to: NodeId, index: number): void {
  sendAfterWrite(state, {
    type: "append-ack",
    from: state.nodeId,
    to,
    term: state.term,
    accepted: true,
    index,
    hintIndex: 0,
    hintTerm: 0,
    ...standing(state),
  });
}

// ---- own snapshots

/** The caller's state after `snapshot.index` is on disk: the log behind it may go, save for what late members want. */
export function onSnapshotSaved(state: RaftState, snapshot: SnapshotMetadata): void {
  if (snapshot.index <= (state.snapshot?.index ?? 0)) return;
  assert(snapshot.index <= state.applied, `a snapshot of ${snapshot.index}, applied is ${state.applied}`);
  state.snapshot = snapshot;
  const kept = Math.max(state.log.baseIndex, snapshot.index - state.settings.trailingEntries);
  state.log.compactTo(kept);
  const current = state.configurations.filter((each) => each.index <= snapshot.index).length;
  state.configurations.splice(0, Math.max(0, current - 1));
  state.effects.compactedTo = kept;
}
