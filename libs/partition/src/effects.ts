import type { KafkaErrorCode } from "@moldau/base";

/** The end of an append's wait. */
export interface AppendOutcome {
  waitId: number;
  /** NONE, or why it is not known to be safe. */
  error: KafkaErrorCode;
}

/** What a step brought about beyond its return value; the driver takes it after each step. */
export interface Effects {
  completed: AppendOutcome[];
  /** Bytes that became readable to replicas and roles (below the log end) and to consumers (below the high watermark). */
  writtenBytes: number;
  committedBytes: number;
  /** The last stable offset moved: read_committed consumers look again; how many bytes that freed is not counted. */
  stableMoved: boolean;
  /** Everybody who waits to read should look again: the role, the epoch or the log's start changed. */
  wakeReaders: boolean;
  /** The high watermark moved. */
  highWatermarkMoved: boolean;
  /** `proposeIsr` would find something: a follower may join. */
  isrChangeDue: boolean;
  isrShrinks: number;
  isrExpands: number;
}

export function noEffects(): Effects {
  return {
    completed: [],
    writtenBytes: 0,
    committedBytes: 0,
    stableMoved: false,
    wakeReaders: false,
    highWatermarkMoved: false,
    isrChangeDue: false,
    isrShrinks: 0,
    isrExpands: 0,
  };
}
