import type { BufferPool, Clock, Random } from "@moldau/base";
import type { Compress, Decompress } from "@moldau/record-batch";
import type { ByteLru } from "./byte-lru";
import type { DescriptorCache } from "./descriptor-cache";
import type { Disk } from "@moldau/disk";
import type { IndexCache } from "./index-cache";
import type { RetentionReason } from "./retention";
import type { RollReason } from "./roll";
import type { SegmentTransactions } from "./segment-transactions";
import type { StorageError } from "./storage-error";
import type { TailCache } from "./tail-cache";
import type { TransactionIndex } from "./transaction-index";

/** What happened in the store that an operator or the broker wants to know. The store itself logs nothing. */
export type StoreEvent =
  /** The directory answers KAFKA_STORAGE_ERROR from now on, and so do all of its logs. */
  | { type: "directoryOffline"; directory: string; error: StorageError }
  /** While the store opens: how many logs there are to load; then, how many are. */
  | { type: "logsFound"; total: number }
  | { type: "logLoaded"; path: string; loaded: number; total: number; elapsedMs: number }
  /** Now and then while a large segment is read and checked after an unclean stop. */
  | { type: "recovering"; path: string; checkedBytes: number; sizeBytes: number }
  /** A segment was read and checked after an unclean stop; `truncatedBytes` were torn or damaged and are gone. */
  | {
      type: "segmentRecovered";
      path: string;
      keptBytes: number;
      truncatedBytes: number;
      nextOffset: number;
      defect: string | undefined;
    }
  /** Everything behind a damaged or incomplete segment goes with it. */
  | {
      type: "segmentsDropped";
      path: string;
      baseOffsets: number[];
      reason: "behindCorruption" | "behindGap" | "belowLogStart";
    }
  | { type: "indexRebuilt"; path: string; defect: string }
  /** Left alone: nobody asked for it. */
  | { type: "directoryIgnored"; path: string; reason: "stray" | "notAPartition" }
  | { type: "segmentRolled"; path: string; baseOffset: number; reason: RollReason | "retention" | "forced" }
  | { type: "segmentsExpired"; path: string; baseOffsets: number[]; reason: RetentionReason; sizeBytes: number }
  /** Segments were compacted and replaced by one that begins where the first of them did. */
  | { type: "segmentsCleaned"; path: string; baseOffsets: number[]; sizeBytesBefore: number; sizeBytes: number }
  | { type: "filesDeleted"; path: string; sizeBytes: number }
  | { type: "deletionFailed"; path: string; error: StorageError };

/** What all logs of a store share. */
export interface Environment {
  disk: Disk;
  files: DescriptorCache;
  indexes: IndexCache;
  /** Transaction indexes of closed segments that readers asked for. */
  transactions: ByteLru<SegmentTransactions, TransactionIndex>;
  buffers: BufferPool;
  tails: TailCache;
  clock: Clock;
  random: Random;
  /** For looking into compressed batches, which a search by timestamp and the cleaner do. */
  decompress: Decompress | undefined;
  /** For what the cleaner leaves of a compressed batch. */
  compress: Compress | undefined;
  /** Bytes that may wait to be written, per log. */
  writeQueueBytes: number;
  emit(event: StoreEvent): void;
}

/** What a log needs of the directory it lies in. */
export interface LogHome {
  readonly path: string;
  readonly offline: StorageError | undefined;
  /** Notes an I/O failure: takes the directory offline and gives back what its logs answer from now on. */
  fail(doing: string, path: string, error: unknown): StorageError;
  /** Resolves when the names of the logs that were made before this call are on the disk; many of them share one sync. */
  syncNames(): Promise<void>;
  /** Resolves when the checkpoints on disk are newer than this call. */
  checkpoint(): Promise<void>;
  /** The same for `cleaner-offset-checkpoint`. */
  checkpointCleaner(): Promise<void>;
  /** Removes files and directories after the delay, in steps that never hold up the process. */
  deleteLater(paths: readonly string[], delayMs: number): void;
}
