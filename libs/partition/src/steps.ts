import type { KafkaErrorCode, NodeId } from "@moldau/base";
import type { BatchHeader, ControlMarker } from "@moldau/record-batch";
import type { AbortedTransaction } from "./transactions";

/** Settings of a partition; topic configs may change them while it runs. Times in milliseconds. */
export interface PartitionSettings {
  minInsyncReplicas: number;
  replicaLagTimeMaxMs: number;
  producerIdExpirationMs: number;
}

/** What a partition starts from: what its log and its checkpoints say. */
export interface PartitionStart {
  nodeId: NodeId;
  settings: PartitionSettings;
  logStartOffset: number;
  logEndOffset: number;
  /** From the checkpoint; taken as far as the log goes. */
  highWatermark: number;
}

/** One batch that wants to be appended by the leader. */
export interface AppendAsk {
  header: BatchHeader;
  /** The control record inside, for control batches. */
  marker?: ControlMarker;
  /** For transaction markers: transaction.version that the transaction ran under, which is not on disk. 0 where it is left out. */
  transactionVersion?: number;
  /** -1 where the caller does not fence by it. */
  leaderEpoch: number;
  /** -1 for a client's append. */
  ownerEpoch: number;
  /** Offset of the marker of the claim that the owner appends under; -1, or left out, for a client's append. */
  claimOffset?: number;
  /**
   * For transactional batches of clients, where they are verified: the guard of `beginVerification`, 0 for none. Left out:
   * nobody verifies. It matters only where no transaction of the producer is open here.
   */
  verification?: number;
  acks: number;
  nowMs: number;
}

export type AppendDecision =
  | { kind: "refused"; error: KafkaErrorCode; message: string }
  /** In the log already (-1: nobody kept where). `waitId` 0: nothing to wait for. */
  | { kind: "duplicate"; baseOffset: number; timestamp: number; waitId: number }
  /** Patch and write it, in this order with every other write. The state is the one after it already. */
  | { kind: "write"; baseOffset: number; leaderEpoch: number; waitId: number; aborted?: AbortedTransaction };

/** Offsets (exclusive) up to which somebody may read. */
export interface ReadBounds {
  logStartOffset: number;
  highWatermark: number;
  lastStableOffset: number;
  logEndOffset: number;
}

/** Who reads: consumers by isolation level; followers and roles read to the log end. */
export type ReaderKind = "uncommitted" | "committed" | "log-end";
