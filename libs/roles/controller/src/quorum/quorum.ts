import type { NodeId, Uuid } from "@moldau/base";
import type { Voter, VoterEndpoint } from "@moldau/raft";
import type { ControllerAddress } from "@moldau/rpc";

/** A committed payload: the same at this index on every controller, for ever. Indexes rise and may have gaps. */
export interface CommittedEntry {
  readonly index: number;
  readonly epoch: number;
  readonly payload: Uint8Array;
}

/** `active`: this node leads `epoch` and has applied everything that earlier leaders committed. */
export interface Leadership {
  readonly active: boolean;
  /** NO_NODE while nobody is known to lead. */
  readonly leaderId: NodeId;
  readonly epoch: number;
}

export interface LoadedSnapshot {
  readonly index: number;
  readonly epoch: number;
  readonly bytes: Uint8Array;
}

/** What DescribeQuorum tells about one voter; -1 where this node cannot know because it does not lead. */
export interface VoterState {
  readonly id: NodeId;
  /** ZERO_UUID where only the id is known: a static voter. */
  readonly directoryId: Uuid;
  /** Of voters that are known with their disks; empty for the others. */
  readonly endpoints: readonly VoterEndpoint[];
  /** Exclusive, as Kafka counts. */
  readonly logEndOffset: number;
  /** Entries that it lacks of the leader's log. */
  readonly lag: number;
  /** Wall time of its last message, in ms. */
  readonly lastContactMs: number;
  /** Wall time when it last held the whole log, in ms. */
  readonly lastCaughtUpMs: number;
}

export interface QuorumDescription {
  readonly leaderId: NodeId;
  readonly leaderEpoch: number;
  /** Exclusive, as Kafka counts: everything below it is committed. */
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  readonly snapshotIndex: number;
  readonly voters: readonly VoterState[];
  /** Those who follow without a vote; known to the leader only. */
  readonly observers: readonly VoterState[];
  /** 0: voters are what the configuration of the processes says; 1: they are in the log, and may change (KIP-853). */
  readonly kraftVersion: 0 | 1;
  /** No change of the voters is under way. */
  readonly votersSettled: boolean;
}

/** The proposal was not taken: this node does not lead (any more, or not yet for certain). Nothing was written. */
export class NotLeaderError extends Error {
  override name = "NotLeaderError";
  constructor(readonly leaderId: NodeId) {
    super(leaderId < 0 ? "no controller leads the quorum" : `controller ${leaderId} leads the quorum`);
  }
}

/** The proposal was written here, then leadership went away: it may or may not be committed by the next leader. */
export class SupersededError extends Error {
  override name = "SupersededError";
  constructor(
    readonly index: number,
    readonly epoch: number,
  ) {
    super(`leadership of epoch ${epoch} ended before entry ${index} was known to be committed; it may be lost`);
  }
}

/** The proposal cannot be taken now (too much is waiting to be committed, a transfer is under way) or ever (too large). */
export class ProposalRefusedError extends Error {
  override name = "ProposalRefusedError";
}

/** The replicated metadata log, as the controller sees it. All listeners are called synchronously, in order. */
export interface Quorum {
  readonly nodeId: NodeId;
  /** NO_NODE while nobody is known to lead. */
  readonly leaderId: NodeId;
  readonly epoch: number;
  /** This node leads and has applied everything that earlier leaders committed. */
  readonly isActive: boolean;
  /**
   * Appends and waits until a quorum has it on disk. The listeners of `onCommitted` saw the entry before it resolves.
   * Rejects with NotLeaderError, ProposalRefusedError, or SupersededError when the outcome is unknown.
   */
  propose(payload: Uint8Array): Promise<{ index: number; epoch: number }>;
  /** Each committed payload in order, exactly once per start, from behind the last snapshot on. */
  onCommitted(listener: (entry: CommittedEntry) => void): void;
  /** Every change; called at once with the present state. */
  onLeadership(listener: (leadership: Leadership) => void): void;
  /** Other voters were committed: one more, one less, or the same with their disks. */
  onVoters(listener: () => void): void;
  /** At start if there is a snapshot, and when the leader sent one: replaces everything that was applied before. */
  onSnapshotLoaded(listener: (snapshot: LoadedSnapshot) => void): void;
  /** Keeps the state after the entry `index` (one that `onCommitted` gave), then drops the log behind it. */
  saveSnapshot(index: number, bytes: Uint8Array): Promise<void>;
  /** Resolves when this node leads for certain and has applied all that was committed when it was called. */
  readBarrier(): Promise<void>;
  /** Bytes of log since the last snapshot: when to take the next one. */
  readonly bytesSinceSnapshot: number;
  /** Hands leadership to another voter if there is one that can take it; resolves when it is gone or on timeout. */
  resign(): Promise<void>;
  describe(): QuorumDescription;
  /** This node's disk. */
  readonly directoryId: Uuid;
  /** Where the voters answer. */
  readonly controllers: readonly ControllerAddress[];
  /**
   * Other voters, one more or one less, or the same with their disks; resolves when that is committed. Rejects as
   * `propose` does.
   */
  changeVoters(voters: readonly Voter[]): Promise<{ index: number; epoch: number }>;
  /**
   * Static voters become voters that are known with their disks (kraft.version 1). Undefined when that is begun or so
   * already; else what is in the way.
   */
  nameVoters(): string | undefined;
  stop(): Promise<void>;
}
