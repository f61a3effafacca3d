import { assert, NO_NODE, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import { decodeConfiguration } from "./encoding";
import { EntryLog } from "./entry-log";
import { normalizeConfiguration, type ReplicaKey } from "./configuration";
import type { Configuration, Entry, HardState, RaftMessage, SnapshotMetadata, Voter } from "./messages";
import type { Progress } from "./progress";

export interface RaftSettings {
  /** A follower that hears nothing stands for election after this many ticks, up to twice as many (drawn). */
  readonly electionTicks: number;
  readonly heartbeatTicks: number;
  /** One append carries at most this (and at least one entry). */
  readonly appendBytesMax: number;
  /** What may be under way to one member, unanswered. */
  readonly inflightBytesMax: number;
  readonly inflightMessagesMax: number;
  /** A leader refuses proposals beyond this much that is not committed yet. */
  readonly uncommittedBytesMax: number;
  readonly entryBytesMax: number;
  readonly snapshotChunkBytes: number;
  /** Entries kept behind a snapshot, so that a member that is only a little late needs no snapshot. */
  readonly trailingEntries: number;
}

export const defaultRaftSettings: RaftSettings = {
  electionTicks: 20,
  heartbeatTicks: 4,
  appendBytesMax: 256 * 1024,
  inflightBytesMax: 2 * 1024 * 1024,
  inflightMessagesMax: 64,
  uncommittedBytesMax: 64 * 1024 * 1024,
  entryBytesMax: 8 * 1024 * 1024,
  snapshotChunkBytes: 512 * 1024,
  trailingEntries: 1000,
};

export interface PendingRead {
  readonly id: number;
  /** Commit index to wait for; undefined until the leader's own term has committed something. */
  index: number | undefined;
  /** Heartbeat round a quorum has to answer. */
  readonly round: number;
}

export interface Leader {
  readonly kind: "leader";
  /** Index of the entry that opened this leader's term. */
  readonly firstIndex: number;
  /** Every other voter, and the observers that were heard of lately. */
  readonly progress: Map<NodeId, Progress>;
  /** Newest heartbeat round sent. */
  round: number;
  reads: PendingRead[];
  transfer: { to: NodeId; sinceTick: number } | undefined;
  uncommittedBytes: number;
}

export type Role =
  | { readonly kind: "follower" }
  | { readonly kind: "pre-candidate"; readonly votes: Map<NodeId, boolean> }
  | { readonly kind: "candidate"; readonly votes: Map<NodeId, boolean> }
  | Leader;

/** What the driver writes and syncs, in this order; then it sends `messagesAfter` and steps `persisted`. */
export interface Write {
  /** Counts up from 1; writes are carried out in this order and may be combined. */
  readonly sequence: number;
  hardState?: HardState;
  /** A piece of a snapshot. With `done` it replaces the whole log. */
  snapshotChunk?: { snapshot: SnapshotMetadata; offset: number; bytes: Uint8Array; done: boolean };
  /** Drop this index and everything after it before appending. */
  truncateFrom?: number;
  entries: Entry[];
  /** Promises that hold only once everything up to here is on disk: votes, acceptances. */
  messagesAfter: RaftMessage[];
}

export interface SnapshotRead {
  readonly to: NodeId;
  readonly snapshot: SnapshotMetadata;
  readonly offset: number;
  readonly bytesMax: number;
}

export type ProposalOutcome =
  | { readonly ok: true; readonly index: number; readonly term: number }
  | {
      readonly ok: false;
      readonly reason: "not-leader" | "too-large" | "busy" | "transferring" | "invalid";
      detail: string;
    };

/** What one step asks of the driver. Fields in the order in which it acts on them. */
export interface Effects {
  /** Safe to send at once. */
  messages: RaftMessage[];
  write?: Write;
  /** A snapshot from the leader is on disk: the caller's state becomes it, before `committed`. */
  restored?: SnapshotMetadata;
  /** Newly committed and on disk here. Each entry once, in order. */
  committed: Entry[];
  /** The answer to `propose` and `change-configuration`. */
  proposal?: ProposalOutcome;
  /** Reads whose answer may be given now, and those that this node cannot answer. */
  reads: number[];
  readsRefused: number[];
  /** Set when it changed. `active`: leads, and everything that earlier terms committed was handed out. */
  leadership?: { leaderId: NodeId; term: number; active: boolean };
  /** Bytes that the leader needs for a member; the answer is the event `snapshot-read`. */
  snapshotReads: SnapshotRead[];
  /** Log up to here may be deleted from the disk. */
  compactedTo?: number;
}

interface OutstandingWrite {
  readonly sequence: number;
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** Term in which this write makes the node's own vote good. */
  selfVoteTerm: number;
  restored: SnapshotMetadata | undefined;
}

/** All that a node knows. Owned by the caller, changed only by `step`. */
export interface RaftState {
  readonly nodeId: NodeId;
  /** This node's disk. */
  readonly directoryId: Uuid;
  readonly settings: RaftSettings;
  /** It may have lost promises with its disk: it neither votes nor stands nor counts (recovery.ts). */
  recovering: boolean;
  /** Voters who said that they never promised anything either, while `recovering`. */
  readonly freshVoters: Set<NodeId>;
  term: number;
  vote: NodeId;
  leaderId: NodeId;
  role: Role;
  readonly log: EntryLog;
  /** Committed, as far as this node knows. */
  commit: number;
  /** Handed out in `committed` (or by `restored`). */
  applied: number;
  /** Newest snapshot on disk. */
  snapshot: SnapshotMetadata | undefined;
  /** Configurations by the index of their entry, ascending; the last one counts, committed or not. */
  configurations: { index: number; configuration: Configuration }[];
  /** A snapshot on its way in: what came so far. */
  incoming: { index: number; term: number; nextOffset: number } | undefined;
  /** Ticks since start. */
  now: number;
  /** Ticks since a leader was heard or a vote given; for a leader, since it last checked its quorum. */
  electionElapsed: number;
  heartbeatElapsed: number;
  electionTimeout: number;
  /** Until this tick timeouts are drawn short: the leader is known to be gone, and the first attempt may fail. */
  hurryUntil: number;
  /** The number that came with the last tick. */
  random: number;
  outstanding: OutstandingWrite[];
  nextSequence: number;
  reported: { leaderId: NodeId; term: number; active: boolean };
  /** What the step under way has produced. */
  effects: Effects;
  hardStateChanged: boolean;
  selfVote: boolean;
}

/** What the disk holds at start. */
export interface RaftStart {
  nodeId: NodeId;
  /** Made when the disk was first used; ZERO_UUID by default, where nobody cares. */
  directoryId?: Uuid;
  /** The voters of a quorum that has no configuration in its log yet. */
  initialVoters: readonly Voter[];
  hardState: HardState | undefined;
  snapshot: SnapshotMetadata | undefined;
  /** Entries behind the snapshot, without gaps. */
  entries: readonly Entry[];
  /** In [0, 1): draws the first election timeout. */
  random: number;
  settings?: Partial<RaftSettings>;
}

export function emptyEffects(): Effects {
  return { messages: [], committed: [], reads: [], readsRefused: [], snapshotReads: [] };
}

/** A follower with what the disk holds. The first event to step is `start`. */
export function createRaft(start: RaftStart): RaftState {
  const settings = { ...defaultRaftSettings, ...start.settings };
  assert(settings.electionTicks > settings.heartbeatTicks, "the election timeout must be longer than a heartbeat");
  const base = start.snapshot ?? { index: 0, term: 0 };
  const initial = start.snapshot?.configuration ?? { voters: start.initialVoters };
  const log = new EntryLog(base, start.entries);
  const configurations = [{ index: base.index, configuration: normalizeConfiguration(initial) }];
  for (const entry of start.entries) {
    if (entry.type === "configuration") {
      configurations.push({ index: entry.index, configuration: decodeConfiguration(entry.payload) });
    }
  }
  const term = Math.max(start.hardState?.term ?? 0, log.lastTerm);
  return {
    nodeId: start.nodeId,
    directoryId: start.directoryId ?? ZERO_UUID,
    settings,
    recovering: start.hardState?.recovering ?? false,
    freshVoters: new Set(),
    term,
    vote: term === start.hardState?.term ? start.hardState.vote : NO_NODE,
    leaderId: NO_NODE,
    role: { kind: "follower" },
    log,
    commit: base.index,
    applied: base.index,
    snapshot: start.snapshot,
    configurations,
    incoming: undefined,
    now: 0,
    electionElapsed: 0,
    heartbeatElapsed: 0,
    // The first wait is shorter: a leader that lives is heard within a heartbeat, and pre-votes disturb nobody.
    electionTimeout:
      settings.heartbeatTicks + 1 + Math.floor(start.random * (settings.electionTicks - settings.heartbeatTicks)),
    hurryUntil: 0,
    random: start.random,
    outstanding: [],
    nextSequence: 1,
    reported: { leaderId: NO_NODE, term, active: false },
    effects: emptyEffects(),
    hardStateChanged: false,
    selfVote: false,
  };
}

export function configurationOf(state: RaftState): Configuration {
  return state.configurations[state.configurations.length - 1]!.configuration;
}

/** The configuration that was in force at `index`, which must not lie behind the newest snapshot. */
export function configurationAt(state: RaftState, index: number): Configuration {
  let found = state.configurations[0]!.configuration;
  for (const entry of state.configurations) if (entry.index <= index) found = entry.configuration;
  return found;
}

/** What a snapshot of the applied state at `index` is called; undefined when the log no longer or not yet knows it. */
export function snapshotMetadataAt(state: RaftState, index: number): SnapshotMetadata | undefined {
  const term = state.log.termAt(index);
  if (term === undefined || index > state.applied || index <= (state.snapshot?.index ?? 0)) return undefined;
  return { index, term, configuration: configurationAt(state, index) };
}

/** The write that this step adds to; made at first use. */
export function writeOf(state: RaftState): Write {
  return (state.effects.write ??= { sequence: state.nextSequence, entries: [], messagesAfter: [] });
}

/** Sends now. */
export function send(state: RaftState, message: RaftMessage): void {
  state.effects.messages.push(signed(state, message));
}

/** Sends once everything that this node holds in memory up to this moment is on disk. */
export function sendAfterWrite(state: RaftState, message: RaftMessage): void {
  writeOf(state).messagesAfter.push(signed(state, message));
}

function signed(state: RaftState, message: RaftMessage): RaftMessage {
  return state.directoryId === ZERO_UUID ? message : { ...message, fromDirectory: state.directoryId };
}

/** This node as configurations name it. */
export function selfOf(state: RaftState): ReplicaKey {
  return { id: state.nodeId, directoryId: state.directoryId };
}

/** What an answer says besides itself while this node is not sure of its promises. */
export function standing(state: RaftState): { recovering?: true } {
  return state.recovering ? { recovering: true } : {};
}

/** Moves the commit index; never back, never beyond the log. */
export function commitTo(state: RaftState, index: number): void {
  const bounded = Math.min(index, state.log.lastIndex);
  if (bounded > state.commit) state.commit = bounded;
}

/** Adds an entry to the log and to this step's write. */
export function appendEntry(state: RaftState, entry: Entry): void {
  state.log.append(entry);
  writeOf(state).entries.push(entry);
  if (entry.type === "configuration") {
    state.configurations.push({ index: entry.index, configuration: decodeConfiguration(entry.payload) });
  }
}

/** A new election timeout, from the last tick's random number; a few heartbeats where the leader is known to be gone. */
export function drawElectionTimeout(state: RaftState): void {
  const { electionTicks, heartbeatTicks } = state.settings;
  const shortest = state.now < state.hurryUntil ? heartbeatTicks : electionTicks;
  state.electionTimeout = shortest + Math.floor(state.random * shortest);
  state.electionElapsed = 0;
}
