import type { FetchedRecords } from "./fetched-records";

/** Where reading starts, while that is not known as a number yet. "reset": by the reset policy. */
export type Start = "earliest" | "latest" | "committed" | "reset";

/** A partition that this consumer reads: what was handed out, what waits, what is fetched next. */
export interface AssignedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Not undefined: the position has to be found first. */
  start: Start | undefined;
  /** Next offset that `poll` hands out; -1 until it is found. */
  position: number;
  /** Next offset to ask for; ahead of `position` by what waits here. */
  fetchOffset: number;
  /** Leader epoch of the record that was handed out last, for the commit; -1 for unknown. */
  leaderEpoch: number;
  /** As of the last answer; -1 before the first. For read_committed: the last stable offset, where its reading ends. */
  highWatermark: number;
  /** What was committed last, -1 for unknown. */
  committed: number;
  buffered: FetchedRecords[];
  bufferedBytes: number;
  /** In a request that is under way. */
  fetching: boolean;
  /** Not to be asked for before this time (ms): something was wrong. */
  notBeforeMs: number;
  /** Failures in a row, for the pause. */
  failures: number;
}

export function assignedPartition(topic: string, partition: number, offset: number | Start): AssignedPartition {
  const known = typeof offset === "number";
  return {
    topic,
    partition,
    start: known ? undefined : offset,
    position: known ? offset : -1,
    fetchOffset: known ? offset : -1,
    leaderEpoch: -1,
    highWatermark: -1,
    committed: -1,
    buffered: [],
    bufferedBytes: 0,
    fetching: false,
    notBeforeMs: -Infinity,
    failures: 0,
  };
}

/** Sets where a partition is read from, and forgets what was fetched from elsewhere. */
export function seek(partition: AssignedPartition, offset: number): void {
  partition.start = undefined;
  partition.position = offset;
  partition.fetchOffset = offset;
  partition.buffered = [];
  partition.bufferedBytes = 0;
}
