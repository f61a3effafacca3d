import { KafkaError, type KafkaErrorCode, type Uuid } from "@moldau/base";
import { PartitionReplica } from "@moldau/partition";
import type { PartitionLog } from "@moldau/segment-store";
import { loadProducers, ProducerSnapshots } from "./producer-snapshots";
import { WaitLists } from "./read-wait";
import type { TopicCells } from "./broker-metrics";
import type { TopicSettings } from "./topic-settings";
import type { InLine } from "./verified-append";

/** What all partitions of a broker have in common. */
export interface PartitionHost {
  nodeId: number;
  nowMs: () => number;
  /** The core found that a follower may join the ISR. */
  onIsrChangeDue: (partition: HostedPartition) => void;
  onIsrChanged: (shrinks: number, expands: number) => void;
}

export interface HostedPartitionOptions {
  topicId: Uuid;
  topic: string;
  partition: number;
  log: PartitionLog;
  settings: TopicSettings;
  cells: TopicCells;
}

/** A replica on this broker: the deciding core, the log, and who waits for what on it. */
export class HostedPartition {
  readonly topicId: Uuid;
  readonly topic: string;
  readonly partition: number;
  #log: PartitionLog;
  readonly replica: PartitionReplica;
  readonly cells: TopicCells;
  readonly snapshots: ProducerSnapshots;
  readonly readWaits = new WaitLists();
  settings: TopicSettings;
  /** Producers whose transaction's coordinator is being asked, with the batches behind the one that it is asked for. */
  #verifying: Map<number, InLine[]> | undefined;
  /** Grows with each truncation: what was under way before it must not report afterwards. */
  generation = 0;
  /** Grows when readers are to look again: role, epoch or log start changed. */
  changes = 0;
  /** Where the controller is told that the replica lies, while it is about to be swapped with its copy there. */
  announcedDirectory: string | undefined;
  readonly #host: PartitionHost;
  /** Appends whose end is not reported yet, and who waits for there being none. */
  #unreported = 0;
  #onReported: (() => void) | undefined;
  #isMoving = false;
  /** Who waits for the low watermark to reach an offset. */
  #startWaits: Set<{ offset: number; done: (error: KafkaErrorCode) => void }> | undefined;
  #appendWaits: Map<number, (error: KafkaErrorCode) => void> | undefined;
  #step: Promise<void> | undefined;
  #removed = false;

  private constructor(host: PartitionHost, options: HostedPartitionOptions) {
    this.#host = host;
    this.topicId = options.topicId;
    this.topic = options.topic;
    this.partition = options.partition;
    this.#log = options.log;
    this.settings = options.settings;
    this.cells = options.cells;
    this.replica = new PartitionReplica({
      nodeId: host.nodeId,
      settings: options.settings.partition,
      logStartOffset: options.log.logStartOffset,
      logEndOffset: options.log.logEndOffset,
      highWatermark: options.log.highWatermark,
    });
    this.snapshots = new ProducerSnapshots(this);
    this.#log.onRoll = (baseOffset) => this.snapshots.onRoll(baseOffset);
  }

  /** Opens it over a log, with the producers' state read from snapshot and log. */
  static async open(host: PartitionHost, options: HostedPartitionOptions): Promise<HostedPartition> {
    const hosted = new HostedPartition(host, options);
    await loadProducers(hosted, host.nowMs());
    return hosted;
  }

  get verifying(): Map<number, InLine[]> {
    return (this.#verifying ??= new Map());
  }
  get name(): string {
    return `${this.topic}-${this.partition}`;
  }
  /** Another one after the replica has moved to another directory: read it anew after each wait. */
  get log(): PartitionLog {
    return this.#log;
  }
  /** Its log is being swapped with a copy that is the same: a read of it is as good as before. */
  get isMoving(): boolean {
    return this.#isMoving;
  }
  /** No longer hosted here: deleted, moved away, or the broker stops. */
  get isRemoved(): boolean {
    return this.#removed;
  }

  /** Calls `done` when the append's wait is over. */
  onAppendOver(waitId: number, done: (error: KafkaErrorCode) => void): void {
    (this.#appendWaits ??= new Map()).set(waitId, done);
  }

  /** The appender gave up. */
  cancelAppendWait(waitId: number): void {
    this.#appendWaits?.delete(waitId);
    this.replica.cancelWait(waitId);
  }

  /** Appends that wait for replicas or the disk. */
  get waitingAppends(): number {
    return this.#appendWaits?.size ?? 0;
  }

  /** Calls `done` when nobody in sync has records below `offset` any more. Returns how to stop waiting. */
  onLowWatermark(offset: number, done: (error: KafkaErrorCode) => void): () => void {
    const wait = { offset, done };
    (this.#startWaits ??= new Set()).add(wait);
    this.noteLogStarts();
    return () => this.#startWaits?.delete(wait);
  }

  /** A follower reported, or the ISR changed. */
  noteLogStarts(): void {
    if (!this.#startWaits || this.#startWaits.size === 0) return;
    const error = this.replica.checkLeader(-1);
    const { lowWatermark } = this.replica;
    for (const wait of this.#startWaits) {
      if (error === KafkaError.NONE && lowWatermark < wait.offset) continue;
      this.#startWaits.delete(wait);
      wait.done(error);
    }
  }

  /** Carries out what the core's last steps brought about. Call it after each of them. */
  settle(): void {
    const effects = this.replica.takeEffects();
    if (!effects) return;
    if (effects.highWatermarkMoved) this.log.highWatermark = this.replica.highWatermark;
    for (const { waitId, error } of effects.completed) {
      const done = this.#appendWaits?.get(waitId);
      this.#appendWaits?.delete(waitId);
      done?.(error);
    }
    const { written, committed, stable, changes } = this.readWaits;
    if (effects.wakeReaders) {
      this.changes++;
      for (const waits of [written, committed, stable, changes]) for (const wait of waits) wait.end();
    } else {
      if (effects.writtenBytes > 0) for (const wait of written) wait.onBytes(effects.writtenBytes);
      if (effects.committedBytes > 0) for (const wait of committed) wait.onBytes(effects.committedBytes);
      if (effects.stableMoved) for (const wait of stable) wait.end();
      if (effects.highWatermarkMoved) for (const wait of written) if (wait.wantsHighWatermark) wait.end();
    }
    if (effects.isrShrinks + effects.isrExpands > 0) {
      this.#host.onIsrChanged(effects.isrShrinks, effects.isrExpands);
    }
    if (effects.wakeReaders || effects.isrShrinks > 0) this.noteLogStarts();
    if (effects.isrChangeDue) this.#host.onIsrChangeDue(this);
  }

  /**
   * Steps that change the role or cut the log, one after another: the next begins when the log is quiet again. One that
   * needs no waiting, with none under way, is done on return.
   */
  step(work: () => void | Promise<void>): void {
    if (!this.#step) {
      const result = work();
      if (result) this.#follow(result);
    } else {
      this.#follow(this.#step.then(work));
    }
  }

  #follow(work: Promise<void>): void {
    const step = work
      .catch(() => this.fail())
      .then(() => {
        if (this.#step === step) this.#step = undefined;
      });
    this.#step = step;
  }

  /** A step is under way: neither append nor fetch now. */
  get isBusy(): boolean {
    return this.#step !== undefined;
  }
  whenIdle(): Promise<void> {
    return this.#step ?? Promise.resolve();
  }

  /**
   * A step with nothing on its way to the log, which may be replaced then. Rejects with nothing: a failure takes the replica
   * offline.
   */
  whileMoving(work: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.step(async () => {
        this.#isMoving = true;
        try {
          await this.#log.append([]);
          if (this.#unreported > 0) await new Promise<void>((done) => (this.#onReported = done));
          await work();
        } finally {
          this.#isMoving = false;
          resolve();
        }
      });
    });
  }

  /** The replica's log is this one from now on; only within `whileMoving`. */
  replaceLog(log: PartitionLog): void {
    this.#log = log;
    log.config = this.settings.log;
    log.highWatermark = this.replica.highWatermark;
    log.onRoll = (baseOffset) => this.snapshots.onRoll(baseOffset);
  }

  /** An append has begun; call what this returns when its end is reported. */
  noteAppend(): () => void {
    this.#unreported++;
    return () => {
      if (--this.#unreported > 0) return;
      this.#onReported?.();
      this.#onReported = undefined;
    };
  }

  /** Cuts the log back and loads the producers' state of what is left. Only within `step`. */
  async truncate(cut: (log: PartitionLog) => Promise<void>): Promise<void> {
    const before = this.log.logEndOffset;
    await cut(this.log);
    const end = this.log.logEndOffset;
    // Only an epoch without batches went.
    if (end === before) return;
    this.generation++;
    this.replica.onTruncated(end);
    await loadProducers(this, this.#host.nowMs());
    this.settle();
  }

  /** The disk failed beneath it. */
  fail(): void {
    this.#goOffline(KafkaError.KAFKA_STORAGE_ERROR);
  }

  /** It leaves this broker. */
  remove(error: KafkaErrorCode): void {
    this.#removed = true;
    this.#goOffline(error);
  }

  #goOffline(error: KafkaErrorCode): void {
    this.replica.goOffline(error);
    this.settle();
  }
}
