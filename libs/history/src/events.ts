/**
 * What a run recorded: what clients asked and were told and, where somebody can look inside, what nodes held.
 * The simulation keeps events in memory; chaos writes them as JSON lines, one file a process, and merges the files.
 *
 * Times are milliseconds of one clock for the whole run (virtual in the simulation, the machine's in chaos); an operation
 * spans from `invokeMs` to `endMs`. Two operations of different processes count as ordered only where one ended before the
 * other was invoked.
 */
export type HistoryEvent = ClientEvent | InsideEvent | RunEvent;

export type ClientEvent =
  SendEvent | PollEvent | SeekEvent | RebalanceEvent | CommitEvent | CommittedReadEvent | TransactionEvent | FenceEvent;

export type InsideEvent =
  WatermarkEvent | LeaderEvent | ShardOwnerEvent | ControllerEvent | LogEvent | MetadataEvent | UncleanElectionEvent;

export type RunEvent = FinalReadsEvent;

/** A partition by the name that people use: `orders-0`. */
export type PartitionName = string;

/** What a record carries. Unique within its partition: the checkers tell writes apart by it. */
export type Value = string | number;

export type Isolation = "read_uncommitted" | "read_committed";

export type SendOutcome =
  | { kind: "acked"; offset: number; endMs: number }
  /** Certainly not written, whatever happens later. Where one of several attempts may have been, it is `unknown`. */
  | { kind: "failed"; endMs: number }
  | { kind: "unknown" };

/**
 * One record sent. A client that may be killed records it as `unknown` when it is invoked and again when it knows: of two
 * events with the same producer and sequence the one that knows counts.
 */
export interface SendEvent {
  type: "send";
  process: string;
  /** One producer instance: a restarted one has another name. */
  producer: string;
  /** Number of the send within its producer, in order of invocation. */
  sequence: number;
  partition: PartitionName;
  value: Value;
  /** Absent: -1. Only what was acknowledged by all in-sync replicas is promised to stay. */
  acks?: -1 | 0 | 1;
  idempotent: boolean;
  /** Id of the transaction that it belongs to. */
  transaction?: string;
  invokeMs: number;
  outcome: SendOutcome;
}

/** What one poll brought of one partition. */
export interface PollEvent {
  type: "poll";
  process: string;
  /** One consumer instance. */
  consumer: string;
  mode: "assign" | "subscribe";
  isolation: Isolation;
  partition: PartitionName;
  /** The position it was asked from. */
  position: number;
  /** Offset and value, as delivered. */
  records: readonly (readonly [offset: number, value: Value])[];
  /** Id of the transaction within which it was polled. */
  transaction?: string;
  invokeMs: number;
  endMs: number;
}

/** The application moved the position itself: what follows need not continue what came before. */
export interface SeekEvent {
  type: "seek";
  process: string;
  consumer: string;
  partition: PartitionName;
  position: number;
}

/** A consumer was given partitions by its group. */
export interface RebalanceEvent {
  type: "rebalance";
  process: string;
  /** The member; of a static one its instance id, whichever process it is at the moment. */
  consumer: string;
  group: string;
  /** The group's, or the member's epoch under KIP-848. */
  generation: number;
  /** All that is the member's now. */
  assigned: readonly PartitionName[];
  /** When it had joined. */
  endMs: number;
}

/** A group's offset was committed, or may have been. */
export interface CommitEvent {
  type: "commit";
  process: string;
  group: string;
  partition: PartitionName;
  offset: number;
  /** Generation of the member that commits; absent where it is none. */
  generation?: number;
  /** In its place, of a member under KIP-848: its own epoch. */
  memberEpoch?: number;
  /** Id of the transaction with which it takes effect. */
  transaction?: string;
  invokeMs: number;
  outcome: { kind: "acked"; endMs: number } | { kind: "failed"; endMs: number } | { kind: "unknown" };
}

/** A group's committed offset as read: -1 where there is none. */
export interface CommittedReadEvent {
  type: "committed-read";
  process: string;
  group: string;
  partition: PartitionName;
  offset: number;
  invokeMs: number;
  endMs: number;
}

/** One transaction, recorded like a send: as `unknown` when it is begun where the client may be killed. */
export interface TransactionEvent {
  type: "transaction";
  process: string;
  producer: string;
  transaction: string;
  beginMs: number;
  /** When commit or abort was asked for; absent where it was not. */
  endInvokeMs?: number;
  outcome: { kind: "committed"; endMs: number } | { kind: "aborted"; endMs: number } | { kind: "unknown" };
}

/** From `atMs` on `producer` is fenced: `by`, the newer instance of its transactional id, is initialised. */
export interface FenceEvent {
  type: "fence";
  process: string;
  producer: string;
  by: string;
  atMs: number;
}

/** A replica's high watermark or last stable offset. */
export interface WatermarkEvent {
  type: "high-watermark" | "last-stable-offset";
  node: number;
  /** Which start of the node: after a restart a replica begins from its checkpoint. Absent: 0. */
  incarnation?: number;
  partition: PartitionName;
  leaderEpoch: number;
  offset: number;
  atMs: number;
}

/** A node acts as the leader of a partition. */
export interface LeaderEvent {
  type: "leader";
  node: number;
  partition: PartitionName;
  leaderEpoch: number;
  atMs: number;
}

/** A node serves a coordinator shard, its claim granted. */
export interface ShardOwnerEvent {
  type: "shard-owner";
  node: number;
  shard: string;
  ownerEpoch: number;
  atMs: number;
}

/** A node acts as the leader of the controllers' quorum. */
export interface ControllerEvent {
  type: "controller";
  node: number;
  term: number;
  atMs: number;
}

/** What a batch is known by: `id` is equal where its bytes are. */
export interface LogBatch {
  baseOffset: number;
  lastOffset: number;
  leaderEpoch: number;
  id: string | number;
  /** Owner epoch that it was appended under, on coordinator shards. */
  ownerEpoch?: number;
}

/** A replica's log at a moment: its batches in order, and up to where (exclusive) the replica holds them for committed. */
export interface LogEvent {
  type: "log";
  node: number;
  partition: PartitionName;
  highWatermark: number;
  batches: readonly LogBatch[];
  atMs: number;
}

/** A node applied the metadata log up to `offset`; equal states have equal hashes. */
export interface MetadataEvent {
  type: "metadata";
  node: number;
  offset: number;
  hash: string | number;
  atMs: number;
}

/** A leader was elected that may lack acknowledged records, because somebody allowed it. */
export interface UncleanElectionEvent {
  type: "unclean-election";
  partition: PartitionName;
  atMs: number;
}

/** After everything healed, readers tried to read all partitions to their ends. */
export interface FinalReadsEvent {
  type: "final-reads";
  completed: boolean;
  /** For a person: what was still missing when time was up. */
  detail?: string;
  atMs: number;
}
