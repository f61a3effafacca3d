import type { RoleContext } from "@moldau/host";
import type { LogStore } from "@moldau/segment-store";
import type { HostedPartition } from "./hosted-partition";
import type { IsrChanges } from "./isr-changes";
import type { Partitions } from "./partitions";

const TICK_MS = 1_000;
const SNAPSHOT_INTERVAL_MS = 60_000;
/** How often a store that has become quiet lets half of its idle read buffers go. */
const SHRINK_INTERVAL_MS = 10_000;

interface Chore {
  everyMs: number;
  lastMs: number;
  run: () => Promise<void> | void;
}

/**
 * Everything that is due now and then, by one timer: flushes, checkpoints, retention, file deletion, producer expiry,
 * producer snapshots, followers that fell behind. A chore that takes longer than its interval is not started twice.
 */
export class Housekeeping {
  readonly #context: RoleContext;
  readonly #store: LogStore;
  readonly #partitions: Partitions;
  readonly #isrChanges: IsrChanges;
  readonly #chores: Chore[];
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<void> | undefined;

  constructor(context: RoleContext, store: LogStore, partitions: Partitions, isrChanges: IsrChanges) {
    this.#context = context;
    this.#store = store;
    this.#partitions = partitions;
    this.#isrChanges = isrChanges;
    const { config, clock } = context;
    const chore = (everyMs: number, run: Chore["run"]): Chore => ({ everyMs, lastMs: clock.monotonicMs(), run });
    this.#chores = [
      chore(TICK_MS, () => store.runFlushes(clock.nowMs())),
      chore(TICK_MS, () => store.runDeletions(clock.nowMs())),
      chore(config.number("replica.high.watermark.checkpoint.interval.ms"), () => store.writeCheckpoints()),
      chore(config.number("log.retention.check.interval.ms"), () => this.retain()),
      chore(config.number("producer.id.expiration.check.interval.ms"), () => this.#expireProducers()),
      chore(SHRINK_INTERVAL_MS, () => store.shrinkBuffers()),
      chore(SNAPSHOT_INTERVAL_MS, () => this.writeSnapshots()),
      chore(config.number("replica.lag.time.max.ms") / 2, () => this.#lookForLaggards()),
    ];
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** Producer snapshots of all partitions that were appended to since the last ones. */
  async writeSnapshots(): Promise<void> {
    for (const hosted of this.#partitions.all()) if (!hosted.isBusy) await hosted.snapshots.write();
  }

  /** Deletes what retention lets go, and tells the partitions where their logs begin now. */
  async retain(): Promise<void> {
    await this.#store.runRetention(this.#context.clock.nowMs());
    for (const hosted of this.#partitions.all()) {
      const { replica, log } = hosted;
      if (log.logStartOffset <= replica.logStartOffset) continue;
      replica.onLogStartOffset(log.logStartOffset);
      hosted.settle();
    }
  }

  #tick(): void {
    if (this.#busy) return;
    this.#busy = this.#runDue()
      .catch((error: unknown) => this.#context.telemetry.log.error({ err: error }, "housekeeping failed"))
      .finally(() => (this.#busy = undefined));
  }

  async #runDue(): Promise<void> {
    const nowMs = this.#context.clock.monotonicMs();
    for (const chore of this.#chores) {
      if (nowMs - chore.lastMs < chore.everyMs) continue;
      chore.lastMs = nowMs;
      await chore.run();
    }
  }

  #expireProducers(): void {
    const nowMs = this.#context.clock.nowMs();
    for (const { replica } of this.#partitions.all()) replica.expireProducers(nowMs);
  }

  #lookForLaggards(): void {
    const replicated = (hosted: HostedPartition) => hosted.replica.isLeader && hosted.replica.replicas.length > 1;
    for (const hosted of this.#partitions.all()) if (replicated(hosted)) this.#isrChanges.note(hosted);
  }
}
