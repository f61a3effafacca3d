import type { NodeId } from "@moldau/base";

/** Who votes, and who only receives (learners). Ids in ascending order. */
export interface Configuration {
  readonly voters: readonly NodeId[];
  readonly learners: readonly NodeId[];
}

/**
 * What an entry is for. `leader` opens a term and carries nothing (it lets the leader commit what older terms left, as
 * Kafka's LeaderChange record does), `data` carries the caller's payload, `configuration` a new set of voters.
 */
export type EntryType = "leader" | "data" | "configuration";

/** One entry of the log. Indexes start at 1 and have no gaps; terms never fall. */
export interface Entry {
  readonly index: number;
  readonly term: number;
  readonly type: EntryType;
  /** Belongs to the entry for good: who hands it in does not write to it again. */
  readonly payload: Uint8Array;
}

/** What must survive a crash besides the log: the newest term seen and the vote given in it (NO_NODE: none). */
export interface HardState {
  readonly term: number;
  readonly vote: NodeId;
}

/** The state after `index`, and what the log needs to go on from there. */
export interface SnapshotMetadata {
  readonly index: number;
  readonly term: number;
  readonly configuration: Configuration;
}

interface Addressed {
  readonly from: NodeId;
  readonly to: NodeId;
  /** The sender's term; in `pre-vote` and in an ack that grants one, the term that the sender would begin. */
  readonly term: number;
}

/** "May I stand?" (KIP-996): nobody's term changes because of it. */
export interface PreVote extends Addressed {
  readonly type: "pre-vote";
  readonly lastIndex: number;
  readonly lastTerm: number;
}

export interface Vote extends Addressed {
  readonly type: "vote";
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** The leader itself asked for this election: voters do not hold it off for that leader's sake. */
  readonly transfer: boolean;
}

export interface PreVoteAck extends Addressed {
  readonly type: "pre-vote-ack";
  readonly granted: boolean;
}

export interface VoteAck extends Addressed {
  readonly type: "vote-ack";
  readonly granted: boolean;
}

/** Entries that follow (`previousIndex`, `previousTerm`), and how far the leader has committed. */
export interface Append extends Addressed {
  readonly type: "append";
  readonly previousIndex: number;
  readonly previousTerm: number;
  readonly commit: number;
  readonly entries: readonly Entry[];
}

/**
 * Accepted: the sender's log equals the leader's up to `index` and is on disk. Rejected: it has nothing that matches at
 * `index`; the newest place where it might is (`hintIndex`, `hintTerm`).
 */
export interface AppendAck extends Addressed {
  readonly type: "append-ack";
  readonly accepted: boolean;
  readonly index: number;
  readonly hintIndex: number;
  readonly hintTerm: number;
}

/** `commit` never passes what the receiver is known to hold. `round` comes back in the ack and confirms reads. */
export interface Heartbeat extends Addressed {
  readonly type: "heartbeat";
  readonly commit: number;
  readonly round: number;
}

/** `lastIndex` is where the sender's log ends; before what it acknowledged only when it lost its disk. */
export interface HeartbeatAck extends Addressed {
  readonly type: "heartbeat-ack";
  readonly round: number;
  readonly lastIndex: number;
}

/** A piece of the snapshot's bytes that begins at `offset`. */
export interface SnapshotChunk extends Addressed {
  readonly type: "snapshot-chunk";
  readonly snapshot: SnapshotMetadata;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly done: boolean;
}

/** "Go on at `nextOffset`": after a piece was taken, or when one came that does not fit. */
export interface SnapshotAck extends Addressed {
  readonly type: "snapshot-ack";
  readonly index: number;
  readonly nextOffset: number;
}

/** The leader hands over: stand for election at once. */
export interface TimeoutNow extends Addressed {
  readonly type: "timeout-now";
}

export type RaftMessage =
  | PreVote
  | PreVoteAck
  | Vote
  | VoteAck
  | Append
  | AppendAck
  | Heartbeat
  | HeartbeatAck
  | SnapshotChunk
  | SnapshotAck
  | TimeoutNow;
