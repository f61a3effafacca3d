import type { HostedPartition } from "./hosted-partition";
import type { TimerWheel, WheelTimer } from "./timer-wheel";

/** What may end a wait: records written (replicas, roles), committed (consumers), or stable (read_committed). */
export type ReadEvents = "written" | "committed" | "stable";
/** The lists of waiting reads that a partition has; those in `changes` are told of nothing but a new role or epoch. */
export type WaitLists = Record<ReadEvents | "changes", Set<ReadWait>>;

/**
 * A read that waits for bytes on some partitions. It is told how many became readable and ends by itself when they are
 * enough, when something else happened that the reader must see, or when its time is up. Nobody polls.
 */
export class ReadWait {
  readonly #partitions: readonly HostedPartition[];
  readonly #held: readonly HostedPartition[];
  readonly #events: ReadEvents;
  readonly #timer: WheelTimer;
  /** Ends as well when the high watermark moves: a follower that has everything still has to learn it. */
  readonly wantsHighWatermark: boolean;
  #missingBytes: number;
  #done: (() => void) | undefined;

  constructor(options: {
    partitions: readonly HostedPartition[];
    /** Whose bytes are not waited for, only whether they are still to be had here. */
    held: readonly HostedPartition[];
    events: ReadEvents;
    missingBytes: number;
    maxWaitMs: number;
    wantsHighWatermark: boolean;
    timers: TimerWheel;
    done: () => void;
  }) {
    this.#partitions = options.partitions;
    this.#held = options.held;
    this.#events = options.events;
    this.#missingBytes = options.missingBytes;
    this.wantsHighWatermark = options.wantsHighWatermark;
    this.#done = options.done;
    this.#timer = options.timers.after(options.maxWaitMs, () => this.end());
    for (const partition of this.#partitions) partition.readWaits[this.#events].add(this);
    for (const partition of this.#held) partition.readWaits.changes.add(this);
  }

  onBytes(bytes: number): void {
    this.#missingBytes -= bytes;
    if (this.#missingBytes <= 0) this.end();
  }

  end(): void {
    const done = this.#done;
    if (!done) return;
    this.#done = undefined;
    this.#timer.cancel();
    for (const partition of this.#partitions) partition.readWaits[this.#events].delete(this);
    for (const partition of this.#held) partition.readWaits.changes.delete(this);
    done();
  }
}
