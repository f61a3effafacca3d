import { assert, KafkaError, type KafkaErrorCode } from "@moldau/base";
import { type CallId, Shard, type ShardEffect, type ShardMachine, type ShardPhase } from "@moldau/shards";
import type { Logger } from "@moldau/telemetry";
import type { Timeline } from "@moldau/timeline";
import type { ReadBounds, ShardEntries } from "./log-batches";
import type { ShardIdentity, ShardLog } from "./shard-log";

/** What the shards of one topic can be asked, and what they answer, by the name of the call. */
export type ShardCalls<C> = { [K in keyof C]: { ask: object; reply: unknown } };
type RequestOf<C extends ShardCalls<C>> = { [K in keyof C]: { readonly call: K } & C[K]["ask"] }[keyof C];
type ReplyOf<C extends ShardCalls<C>> = C[keyof C]["reply"];

/** The rules of one shard, with what others may look at. */
export interface StatefulMachine<C extends ShardCalls<C>, Entry, Event, State> extends ShardMachine<
  RequestOf<C>,
  ReplyOf<C>,
  Entry,
  Event
> {
  readonly state: State;
}

/** What makes a shard one of groups or one of transactions: its topic, its rules and the format of its log. */
export interface ShardKind<C extends ShardCalls<C>, Entry, Event, State> {
  /** The topic whose partitions are the shards. */
  readonly topic: string;
  machine(timeline: Timeline): StatefulMachine<C, Entry, Event, State>;
  sizeOf(entry: Entry): number;
  batchKeyOf?(entry: Entry): string | undefined;
  /** Entries as one batch; all have the same batch key. */
  build(entries: readonly Entry[], nowMs: number): Uint8Array;
  /** Throws where a batch or record is malformed. */
  read(bytes: Uint8Array, bounds: ReadBounds): ShardEntries<Entry>;
  /** What is in it, for the log line that says it is open. */
  contents(state: State): Record<string, number>;
}

export interface OwnedShardContext<Event> {
  readonly log: Logger;
  nowMs(): number;
  monotonicMs(): number;
  /** Bytes of log that are replayed at a stretch. */
  readonly loadBytes: number;
  /** The shard has something to do at `atMs`. */
  wakeAt(atMs: number): void;
  onEvent(event: Event): void;
  /** The shard has closed itself: another owner has claimed it, or it met a bug (`error`). */
  onClosed(error: Error | undefined): void;
}

/** A call that was not decided: the code that the client is told. */
export interface Refusal {
  readonly refused: KafkaErrorCode;
}
export type Answer<T> = { readonly reply: T } | Refusal;

const BATCH_BYTES_MAX = 900_000;
const WAITING_BYTES_MAX = 32 * 1024 * 1024;
const REFUSED_PAUSE_MS = 500;
const PROGRESS_EVERY_MS = 1_000;

/**
 * One shard that this node owns: does what the `Shard` asks for (claim, read, append, answer) and tells it how that
 * went. Lives from the moment the image gives the shard to this node until it takes it away.
 */
export class OwnedShard<C extends ShardCalls<C>, Entry, Event, State> {
  private readonly shard: Shard<RequestOf<C>, ReplyOf<C>, Entry, Event>;
  private readonly calls = new Map<CallId, (answer: Answer<ReplyOf<C>>) => void>();
  private lastCall = 0;
  private machine: StatefulMachine<C, Entry, Event, State> | undefined;
  private loadStartedAtMs = 0;
  private progressAtMs = 0;
  private loadedEntries = 0;

  constructor(
    readonly identity: ShardIdentity,
    private readonly kind: ShardKind<C, Entry, Event, State>,
    private readonly shardLog: ShardLog,
    private readonly context: OwnedShardContext<Event>,
    private readonly signal: AbortSignal,
  ) {
    this.shard = new Shard((timeline) => (this.machine = kind.machine(timeline)), {
      sizeOf: (entry) => kind.sizeOf(entry),
      batchKeyOf: (entry) => kind.batchKeyOf?.(entry),
      batchBytesMax: BATCH_BYTES_MAX,
      waitingBytesMax: WAITING_BYTES_MAX,
      refusedPauseMs: REFUSED_PAUSE_MS,
    });
  }

  get phase(): ShardPhase {
    return this.shard.phase;
  }

  get nextDeadlineMs(): number {
    return this.shard.nextDeadlineMs;
  }

  /** What is loaded, for metrics; undefined unless the shard is active. */
  get state(): State | undefined {
    return this.shard.phase === "active" ? this.machine?.state : undefined;
  }

  start(): void {
    this.loadStartedAtMs = this.context.monotonicMs();
    this.run(() => this.shard.start());
  }

  /** Resolves when the answer is committed. Rejects only when `signal` gives up. */
  ask<K extends keyof C>(call: K, ask: C[K]["ask"], signal?: AbortSignal): Promise<Answer<C[K]["reply"]>> {
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const id = ++this.lastCall;
      const giveUp = (): void => {
        this.calls.delete(id);
        this.shard.abandon(id);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", giveUp);
      this.calls.set(id, (answer) => {
        signal?.removeEventListener("abort", giveUp);
        resolve(answer as Answer<C[K]["reply"]>);
      });
      this.run(() => this.shard.submit(id, { call, ...ask } as RequestOf<C>, this.context.nowMs()));
    });
  }

  tick(nowMs: number): void {
    if (this.shard.nextDeadlineMs <= nowMs) this.run(() => this.shard.tick(nowMs));
  }

  /** The shard belongs to somebody else now, or the node stops. */
  close(): void {
    if (this.shard.phase !== "closed") this.run(() => this.shard.close(KafkaError.NOT_COORDINATOR));
  }

  /** Every touch of the shard goes through here: a broken invariant closes it and nobody works on with what is left. */
  private run(step: () => ShardEffect<ReplyOf<C>, Entry, Event>[]): void {
    try {
      for (const effect of step()) this.perform(effect);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    this.context.wakeAt(this.shard.nextDeadlineMs);
  }

  private perform(effect: ShardEffect<ReplyOf<C>, Entry, Event>): void {
    switch (effect.do) {
      case "claim":
        this.background(this.claim());
        return;
      case "read":
        this.background(this.read(effect.offset, effect.endOffset));
        return;
      case "append":
        this.background(this.append(effect.entries));
        return;
      case "open":
        this.reportOpen();
        return;
      case "reply":
        return this.settle(effect.call, { reply: effect.reply });
      case "refuse":
        return this.settle(effect.call, { refused: effect.error });
      case "report":
        return this.context.onEvent(effect.event);
    }
  }

  private settle(call: CallId, answer: Answer<ReplyOf<C>>): void {
    const resolve = this.calls.get(call);
    this.calls.delete(call);
    resolve?.(answer);
  }

  private async claim(): Promise<void> {
    const outcome = await this.shardLog.claim();
    if (this.isOver(outcome.is === "lost")) return;
    assert(outcome.is === "claimed", `claim ended as ${outcome.is}`);
    this.loadedEntries = 0;
    this.progressAtMs = this.context.monotonicMs() + PROGRESS_EVERY_MS;
    this.run(() => this.shard.onClaimed(outcome, this.context.nowMs()));
  }

  private async read(offset: number, endOffset: number): Promise<void> {
    const { log, monotonicMs, nowMs } = this.context;
    const outcome = await this.shardLog.read(offset, this.context.loadBytes);
    if (this.isOver(false)) return;
    let why = outcome.is === "failed" ? outcome.why : "nothing below the claim was returned";
    if (outcome.is === "records") {
      const { entries, nextOffset } = this.kind.read(outcome.bytes, { offset, endOffset });
      if (nextOffset > offset) {
        this.loadedEntries += entries.length;
        if (monotonicMs() >= this.progressAtMs) {
          log.info({ ...this.name(), offset: nextOffset, endOffset, entries: this.loadedEntries }, "loading shard");
          this.progressAtMs += PROGRESS_EVERY_MS;
        }
        return this.run(() => this.shard.onEntries(entries, nextOffset, nowMs()));
      }
    }
    why = `loading the shard failed at offset ${offset}: ${why}; it is claimed again`;
    log.warn(this.name(), why);
    await this.shardLog.pause(5);
    if (!this.isOver(false)) this.run(() => this.shard.restartLoad());
  }

  private async append(entries: readonly Entry[]): Promise<void> {
    const { log, nowMs } = this.context;
    const batch = this.kind.build(entries, nowMs());
    const outcome = await this.shardLog.append(batch);
    if (this.isOver(outcome.is === "lost")) return;
    switch (outcome.is) {
      case "committed":
        return this.run(() => this.shard.onAppended());
      case "refused": {
        log.warn({ ...this.name(), entries: entries.length }, `append to the shard's log refused: ${outcome.why}`);
        const error = outcome.hopeless ?? KafkaError.COORDINATOR_NOT_AVAILABLE;
        return this.run(() => this.shard.onRefused(error, nowMs()));
      }
      case "doubt":
        log.warn(
          this.name(),
          `append to the shard's log may or may not be written: ${outcome.why}; it is loaded again`,
        );
        this.loadStartedAtMs = this.context.monotonicMs();
        return this.run(() => this.shard.onDoubt(KafkaError.COORDINATOR_NOT_AVAILABLE));
      default:
        assert(false, `append ended as ${outcome.is}`);
    }
  }

  /** True where nothing may follow: closed meanwhile, or lost to another owner just now. */
  private isOver(lost: boolean): boolean {
    if (this.signal.aborted || this.shard.phase === "closed") return true;
    if (!lost) return false;
    this.context.log.info(this.name(), "shard is claimed by a newer owner");
    this.close();
    this.context.onClosed(undefined);
    return true;
  }

  private fail(error: Error): void {
    this.context.log.error({ ...this.name(), err: error }, "shard stopped by an error; it will be loaded again");
    try {
      for (const effect of this.shard.close(KafkaError.COORDINATOR_NOT_AVAILABLE)) this.perform(effect);
    } finally {
      for (const call of [...this.calls.keys()]) this.settle(call, { refused: KafkaError.COORDINATOR_NOT_AVAILABLE });
      this.context.onClosed(error);
    }
  }

  private background(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (this.shard.phase !== "closed") this.fail(error as Error);
    });
  }

  private reportOpen(): void {
    const tookMs = Math.round(this.context.monotonicMs() - this.loadStartedAtMs);
    const contents = this.machine && this.kind.contents(this.machine.state);
    const level = this.loadedEntries > 0 ? "info" : "debug";
    this.context.log[level]({ ...this.name(), tookMs, entries: this.loadedEntries, ...contents }, "shard is open");
  }

  private name(): { topic: string; shard: number; ownerEpoch: number } {
    return { topic: this.kind.topic, shard: this.identity.partition, ownerEpoch: this.identity.ownerEpoch };
  }
}
