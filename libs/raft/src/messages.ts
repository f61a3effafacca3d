import type { NodeId, Uuid } from "@moldau/base";

/** Where a node answers the other controllers, under the name of the listener. */
export interface VoterEndpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/**
 * A node that votes, on the disk that it votes with: one that lost its disk also lost its promises, and is no voter until
 * it is added again (KIP-853). ZERO_UUID: a static voter, on whatever disk.
 */
export interface Voter {
  readonly id: NodeId;
  readonly directoryId: Uuid;
  readonly endpoints: readonly VoterEndpoint[];
}

/** Who votes. Ids in ascending order. Everyone else who follows the log is an observer and written nowhere. */
export interface Configuration {
  readonly voters: readonly Voter[];
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
  /** This static voter's disk was empty at its start, and nobody has said yet that it promised nothing: see recovery.ts. */
  readonly recovering: boolean;
}

/** The state after `index`, and what the log needs to go on from there. */
export interface SnapshotMetadata {
  readonly index: number;
  readonly term: number;
  readonly configuration: Configuration;
}

interface Addressed {
  readonly from: NodeId;
  /** The sender's disk; absent where it has none to name. */
  readonly fromDirectory?: Uuid;
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
  /** The sender is a voter who may have lost promises with its disk: its word is true, but counts for nothing yet. */
  readonly recovering?: true;
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
  readonly recovering?: true;
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

/** "I follow the log and vote nowhere: send me what I lack." The leader takes the sender as an observer. */
export interface Observe extends Addressed {
  readonly type: "observe";
}

/** A voter with an empty disk asks the others whether theirs are empty too. */
export interface Inquire extends Addressed {
  readonly type: "inquire";
}

/** `fresh`: the sender has never given a promise. It answers the inquiry of the very disk `asked`. */
export interface InquireAck extends Addressed {
  readonly type: "inquire-ack";
  readonly asked: Uuid;
  readonly fresh: boolean;
}

/** The leader to a recovering voter on the disk `directoryId`: with `index` it has all that it may have promised. */
export interface Recovered extends Addressed {
  readonly type: "recovered";
  readonly directoryId: Uuid;
  readonly index: number;
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
  | TimeoutNow
  | Observe
  | Inquire
  | InquireAck
  | Recovered;
