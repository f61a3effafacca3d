import type { Turns } from "@moldau/disk";
import type { RoleContext } from "@moldau/host";
import type { ReplicationThrottle } from "@moldau/partition";
import { copyProducerSnapshots, copyStep, StorageError, type LogStore, type PartitionLog } from "@moldau/segment-store";
import type { DirectoryAssignments } from "./directory-assignments";
import type { HostedPartition } from "./hosted-partition";

/** Copied in one go; between two of them others get their turn. */
const STEP_BYTES = 1024 * 1024;
/** While the throttle holds it back, and while a copy that has caught up waits for records or for the controller. */
const PAUSE_MS = 100;
/** After a read that failed: the log is being cut, or holds a damaged batch. */
const RETRY_MS = 1_000;

export interface ReplicaMoveOptions {
  context: RoleContext;
  store: LogStore;
  assignments: DirectoryAssignments;
  throttle: ReplicationThrottle;
  /** Copies take turns: as many at a time as there are directories. */
  turns: Turns;
}

/**
 * One replica on its way to another directory:
 * copying -> (it has caught up) announced to the controller -> (the metadata say so) swapped -> over.
 * Over at any time before by `end`: the directory failed, the move was cancelled, the replica leaves.
 * Source: ReplicaAlterLogDirsThread, KIP-113, KIP-858.
 */
export class ReplicaMove {
  readonly hosted: HostedPartition;
  readonly copy: PartitionLog;
  readonly #options: ReplicaMoveOptions;
  #running: Promise<void> | undefined;
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(options: ReplicaMoveOptions, hosted: HostedPartition, copy: PartitionLog) {
    this.#options = options;
    this.hosted = hosted;
    this.copy = copy;
  }

  /** The log directory that it goes to. */
  get target(): string {
    return this.copy.directory;
  }

  /** Resolves when it is over, whatever came of it. */
  run(): Promise<void> {
    return (this.#running ??= this.#run());
  }

  /** The metadata changed, or there is something to copy. */
  wake(): void {
    this.#wake?.();
  }

  /** Ends it where it is; resolves when nothing of it is under way. The copy stays. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.wake();
    await this.#running;
    this.#announce(undefined);
  }

  async #run(): Promise<void> {
    const { telemetry } = this.#options.context;
    const facts = { partition: this.hosted.name, from: this.hosted.log.directory, to: this.target };
    telemetry.log.info({ ...facts, copied: this.copy.logEndOffset }, "moving a replica to another log directory");
    // No round begins while there is a copy, which has to stay one; the one under way ends.
    await this.hosted.log.abortCleaning();
    while (!this.#isOver) {
      try {
        await this.#step();
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        if (this.#isOver || this.#isDirectoryGone()) break;
        telemetry.log.warn({ ...facts, err: error }, "a replica cannot be copied now; trying again");
        await this.#sleep(RETRY_MS);
      }
    }
    const swapped = this.hosted.log.directory === facts.to;
    telemetry.log.info(facts, swapped ? "a replica lies in another log directory now" : "a replica's move has ended");
  }

  async #step(): Promise<void> {
    const { clock } = this.#options.context;
    const { throttle, turns } = this.#options;
    if (this.hosted.isBusy) await this.hosted.whenIdle();
    if (throttle.isExceeded(clock.monotonicMs())) return this.#sleep(PAUSE_MS);
    const { copiedBytes, caughtUp } = await turns.take(() => copyStep(this.hosted.log, this.copy, STEP_BYTES));
    throttle.record(copiedBytes, clock.monotonicMs());
    if (this.#isOver) return;
    if (caughtUp && this.hosted.announcedDirectory === undefined) this.#announce(this.target);
    if (caughtUp && this.#isAccepted()) return this.#swap();
    if (caughtUp) await this.#sleep(PAUSE_MS);
  }

  #announce(directory: string | undefined): void {
    const { hosted } = this;
    if (hosted.announcedDirectory === directory) return;
    hosted.announcedDirectory = directory;
    this.#options.assignments.note(hosted);
  }

  /** The controller knows the replica there: should the present directory fail now, it is told otherwise again. */
  #isAccepted(): boolean {
    const { context, store } = this.#options;
    const { topicId, partition } = this.hosted;
    const image = context.observer.image.partition(topicId, partition);
    const known = image?.directories[image.replicas.indexOf(context.nodeId)];
    return store.directories().some(({ path, directoryId }) => path === this.target && directoryId === known);
  }

  /** What came since is copied while nobody appends; then the copy is the log. */
  #swap(): Promise<void> {
    const { hosted, copy } = this;
    return hosted.whileMoving(async () => {
      if (this.#isOver || hosted.isRemoved) return;
      const log = hosted.log;
      while (!(await copyStep(log, copy, STEP_BYTES)).caughtUp) if (this.#isDirectoryGone()) return;
      await copyProducerSnapshots(log, copy);
      this.#isOver = true;
      try {
        hosted.replaceLog(await this.#options.store.promoteFutureLog(hosted.topicId, hosted.partition));
        hosted.announcedDirectory = undefined;
      } catch (error) {
        // Where the directory that it was to go to has failed, the log is what it was.
        if (!(error instanceof StorageError) || !this.#isLogThere(log)) throw error;
      }
    });
  }

  #isLogThere(log: PartitionLog): boolean {
    const { store } = this.#options;
    return store.log(this.hosted.topicId, this.hosted.partition) === log && !this.#hasFailed(log.directory);
  }

  #isDirectoryGone(): boolean {
    return this.#hasFailed(this.target) || this.#hasFailed(this.hosted.log.directory) || this.hosted.isRemoved;
  }

  #hasFailed(directory: string): boolean {
    return this.#options.store.directories().some(({ path, offline }) => path === directory && offline !== undefined);
  }

  #sleep(ms: number): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      timer.unref();
      this.#wake = end;
    });
  }
}
