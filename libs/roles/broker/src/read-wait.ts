import type { HostedPartition } from "./hosted-partition";
import type { TimerWheel, WheelTimer } from "./timer-wheel";

/** What may end a wait: records written (replicas, roles), committed (consumers), or stable (read_committed). */
export type ReadEvents = "written" | "committed" | "stable";

const NOBODY: ReadonlySet<ReadWait> = new Set();

/**
 * The reads that wait on a partition, by what may end them; those under `changes` are told of nothing but a new role or epoch.
 * A partition that nobody ever waited on has no lists.
 */
export class WaitLists {
  #written: Set<ReadWait> | undefined;
  #committed: Set<ReadWait> | undefined;
  #stable: Set<ReadWait> | undefined;
  #changes: Set<ReadWait> | undefined;

  get written(): ReadonlySet<ReadWait> {
    return this.#written ?? NOBODY;
  }
  get committed(): ReadonlySet<ReadWait> {
    return this.#committed ?? NOBODY;
  }
  get stable(): ReadonlySet<ReadWait> {
    return this.#stable ?? NOBODY;
  }
  get changes(): ReadonlySet<ReadWait> {
    return this.#changes ?? NOBODY;
  }

  add(events: ReadEvents | "changes", wait: ReadWait): void {
    this.#of(events).add(wait);
  }

  delete(events: ReadEvents | "changes", wait: ReadWait): void {
    this.#of(events).delete(wait);
  }

  #of(events: ReadEvents | "changes"): Set<ReadWait> {
    switch (events) {
      case "written":
        return (this.#written ??= new Set());
      case "committed":
        return (this.#committed ??= new Set());
      case "stable":
        return (this.#stable ??= new Set());
      case "changes":
        return (this.#changes ??= new Set());
    }
  }
}

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
    for (const partition of this.#partitions) partition.readWaits.add(this.#events, this);
    for (const partition of this.#held) partition.readWaits.add("changes", this);
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
    for (const partition of this.#partitions) partition.readWaits.delete(this.#events, this);
    for (const partition of this.#held) partition.readWaits.delete("changes", this);
    done();
  }
}
