import { assert, KafkaError, type KafkaErrorCode } from "@moldau/base";
import { Timeline } from "@moldau/timeline";
import type { ShardEffect } from "./shard-effect";
import type { CallId, Outcome, ShardMachine, ShardMachineFactory } from "./shard-machine";
import { Timers } from "./timers";

export interface ShardOptions<Entry> {
  /** Bytes an entry takes in the log, roughly; bounds batches. */
  sizeOf(entry: Entry): number;
  /** Only entries with equal keys go into one batch; a step's entries all have the same. Undefined is a key like any other. */
  batchKeyOf?(entry: Entry): string | undefined;
  /** A batch is closed once it holds this many bytes. A single step's entries are never divided. */
  batchBytesMax: number;
  /** Entries that wait for the log beyond this many bytes: further requests are refused as "loading", to be retried. */
  waitingBytesMax: number;
  /** After a refused append no timer fires for this long. */
  refusedPauseMs: number;
}

export type ShardPhase = "new" | "claiming" | "loading" | "active" | "closed";

/** The entries of one step, and how to recognise what came before it. */
interface Part<Entry> {
  readonly epoch: number;
  readonly step: number;
  readonly entries: readonly Entry[];
  readonly bytes: number;
  readonly batchKey: string | undefined;
}

/** Something that may only leave once the entries up to `epoch` are committed. */
type Held<Reply, Event> =
  | { readonly epoch: number; readonly call: CallId; readonly reply: Reply }
  | { readonly epoch: number; readonly event: Event };

/**
 * One coordinator shard from the moment its node owns it. Returns effects, does nothing itself.
 *
 * Transitions:
 * - new → claiming: `start` asks for a claim, which fences older owners.
 * - claiming → loading: `onClaimed` begins to replay the log up to the claim's marker; → active if there is nothing.
 * - loading → loading: `onEntries` replays and asks for more; → active once the marker is reached. Requests that come
 *   before that are refused with COORDINATOR_LOAD_IN_PROGRESS.
 * - active → active: a request or a timer runs against the newest state; its entries are replayed at once and wait for
 *   the append under way, then go together as one batch. `onAppended` releases what rested on them. `onRefused` (certain
 *   that nothing was written) takes back everything since the last commit and refuses the calls of that future; calls that
 *   waited before it go on waiting.
 * - active → claiming: `onDoubt` (nobody knows whether it was written) drops the state and every call; only a new claim
 *   and the log itself can tell.
 * - any → closed: `close`, on losing the shard or when it cannot go on. Every call is refused. There is no way back; a
 *   node that gets the shard again makes a new one.
 *
 * Reads see the newest state and are answered when that state is committed, so no one ever learns of a future that is
 * taken back, and a read after a write sees the write.
 * Source: Kafka's `CoordinatorRuntime` (states, batching), with the claim in place of being the partition's leader.
 */
export class Shard<Request, Reply, Entry, Event> {
  private phaseNow: ShardPhase = "new";
  private timeline = new Timeline();
  private machine: ShardMachine<Request, Reply, Entry, Event>;
  private timers: Timers;
  private readEnd = 0;

  /** Counts the steps that wrote. The snapshot `epoch` is the state before the next such step. */
  private epoch = 1;
  /** Counts all steps. */
  private step = 0;
  /** The step in which each unanswered call arrived. */
  private readonly calls = new Map<CallId, number>();
  private appending: Part<Entry>[] = [];
  private waiting: Part<Entry>[] = [];
  private waitingBytes = 0;
  private held: Held<Reply, Event>[] = [];
  private effects: ShardEffect<Reply, Entry, Event>[] = [];

  constructor(
    private readonly factory: ShardMachineFactory<Request, Reply, Entry, Event>,
    private readonly options: ShardOptions<Entry>,
  ) {
    this.machine = factory(this.timeline);
    this.timers = new Timers(this.timeline);
  }

  get phase(): ShardPhase {
    return this.phaseNow;
  }

  /** Calls without an answer so far. */
  get openCalls(): number {
    return this.calls.size;
  }

  /** When `tick` has something to do, in milliseconds since the epoch; Infinity for never. */
  get nextDeadlineMs(): number {
    return this.phaseNow === "active" ? this.timers.nextDeadlineMs() : Infinity;
  }

  start(): ShardEffect<Reply, Entry, Event>[] {
    assert(this.phaseNow === "new", `start in phase ${this.phaseNow}`);
    this.phaseNow = "claiming";
    this.effects.push({ do: "claim" });
    return this.takeEffects();
  }

  /** The leader accepted the claim: the log from `logStartOffset` up to `markerOffset` (exclusive) is the state. */
  onClaimed(
    claim: { logStartOffset: number; markerOffset: number },
    nowMs: number,
  ): ShardEffect<Reply, Entry, Event>[] {
    assert(this.phaseNow === "claiming", `onClaimed in phase ${this.phaseNow}`);
    this.phaseNow = "loading";
    this.readEnd = claim.markerOffset;
    this.readOn(claim.logStartOffset, nowMs);
    return this.takeEffects();
  }

  /** Entries of the log up to `nextOffset` (exclusive), in order. */
  onEntries(entries: Iterable<Entry>, nextOffset: number, nowMs: number): ShardEffect<Reply, Entry, Event>[] {
    assert(this.phaseNow === "loading", `onEntries in phase ${this.phaseNow}`);
    for (const entry of entries) this.machine.replay(entry);
    this.readOn(nextOffset, nowMs);
    return this.takeEffects();
  }

  /** A request; its answer comes as an effect of this or a later call. */
  submit(call: CallId, request: Request, nowMs: number): ShardEffect<Reply, Entry, Event>[] {
    const refusal = this.refusal();
    if (refusal !== undefined) {
      this.effects.push({ do: "refuse", call, error: refusal });
      return this.takeEffects();
    }
    this.beginStep();
    this.calls.set(call, this.step);
    this.endStep(this.machine.handle(call, request, nowMs));
    return this.takeEffects();
  }

  /** Nobody waits for this call any more. What it did stays done. */
  abandon(call: CallId): void {
    this.calls.delete(call);
  }

  /** Fires the timers that are due. */
  tick(nowMs: number): ShardEffect<Reply, Entry, Event>[] {
    if (this.phaseNow !== "active") return [];
    for (;;) {
      if (this.timers.nextDeadlineMs() > nowMs) return this.takeEffects();
      this.beginStep();
      const key = this.timers.takeDue(nowMs);
      if (key === undefined) return this.takeEffects();
      this.endStep(this.machine.onTimer(key, nowMs));
    }
  }

  /** The append under way is committed. */
  onAppended(): ShardEffect<Reply, Entry, Event>[] {
    const last = this.appending[this.appending.length - 1];
    assert(this.phaseNow === "active" && last !== undefined, `onAppended in phase ${this.phaseNow}`);
    this.appending = [];
    const firstUncommitted = this.waiting[0];
    this.timeline.forgetBefore(firstUncommitted?.epoch ?? this.epoch);
    let released = 0;
    for (const item of this.held) {
      if (item.epoch > last.epoch) break;
      released++;
      this.release(item);
    }
    this.held.splice(0, released);
    this.appendNext();
    return this.takeEffects();
  }

  /** The append under way was refused and certainly not written. `error` is what the clients are told. */
  onRefused(error: KafkaErrorCode, nowMs: number): ShardEffect<Reply, Entry, Event>[] {
    const first = this.appending[0];
    assert(this.phaseNow === "active" && first !== undefined, `onRefused in phase ${this.phaseNow}`);
    const deadlines = this.timers.copyDeadlines();
    this.timeline.revertTo(first.epoch);
    this.timers.settleAfterRevert(deadlines, nowMs + this.options.refusedPauseMs);
    this.timeline.snapshot(first.epoch);
    this.epoch = first.epoch;
    this.dropUncommitted();
    for (const [call, step] of this.calls) if (step >= first.step) this.refuse(call, error);
    return this.takeEffects();
  }

  /** Nobody knows whether the append under way was written: claim again and replay the log. */
  onDoubt(error: KafkaErrorCode): ShardEffect<Reply, Entry, Event>[] {
    assert(this.phaseNow === "active", `onDoubt in phase ${this.phaseNow}`);
    this.forgetState();
    for (const call of this.calls.keys()) this.refuse(call, error);
    this.phaseNow = "claiming";
    this.effects.push({ do: "claim" });
    return this.takeEffects();
  }

  /** Loading failed half-way: begins anew with a claim. */
  restartLoad(): ShardEffect<Reply, Entry, Event>[] {
    assert(this.phaseNow === "loading" || this.phaseNow === "claiming", `restartLoad in phase ${this.phaseNow}`);
    this.forgetState();
    this.phaseNow = "claiming";
    this.effects.push({ do: "claim" });
    return this.takeEffects();
  }

  /** The shard moved away or cannot go on. */
  close(error: KafkaErrorCode): ShardEffect<Reply, Entry, Event>[] {
    // A step that was broken off by an exception may have left some.
    this.effects = [];
    this.forgetState();
    for (const call of this.calls.keys()) this.refuse(call, error);
    this.phaseNow = "closed";
    return this.takeEffects();
  }

  private refusal(): KafkaErrorCode | undefined {
    if (this.phaseNow === "closed") return KafkaError.NOT_COORDINATOR;
    if (this.phaseNow !== "active") return KafkaError.COORDINATOR_LOAD_IN_PROGRESS;
    if (this.waitingBytes > this.options.waitingBytesMax) return KafkaError.COORDINATOR_LOAD_IN_PROGRESS;
    return undefined;
  }

  private readOn(offset: number, nowMs: number): void {
    if (offset < this.readEnd) {
      this.effects.push({ do: "read", offset, endOffset: this.readEnd });
      return;
    }
    this.phaseNow = "active";
    this.effects.push({ do: "open" });
    this.beginStep();
    this.endStep(this.machine.onLoaded(nowMs));
  }

  private beginStep(): void {
    this.step++;
    this.timeline.snapshot(this.epoch);
  }

  private endStep(outcome: Outcome<Reply, Entry, Event>): void {
    for (const timer of outcome.timers) {
      if (timer.atMs === null) this.timers.cancel(timer.key);
      else this.timers.schedule(timer.key, timer.atMs);
    }
    if (outcome.entries.length > 0) {
      let bytes = 0;
      for (const entry of outcome.entries) {
        this.machine.replay(entry);
        bytes += this.options.sizeOf(entry);
      }
      const { epoch, step } = this;
      this.waiting.push({ epoch, step, entries: outcome.entries, bytes, batchKey: this.batchKeyOf(outcome.entries) });
      this.waitingBytes += bytes;
      this.epoch++;
    }
    const uncommitted = this.appending.length > 0 || this.waiting.length > 0;
    const epoch = this.epoch - 1;
    for (const { call, reply } of outcome.replies) {
      if (uncommitted) this.held.push({ epoch, call, reply });
      else this.release({ epoch, call, reply });
    }
    for (const event of outcome.events) {
      if (uncommitted) this.held.push({ epoch, event });
      else this.release({ epoch, event });
    }
    this.appendNext();
  }

  private appendNext(): void {
    if (this.appending.length > 0 || this.waiting.length === 0) return;
    let bytes = 0;
    let count = 0;
    for (const part of this.waiting) {
      if (count > 0 && bytes + part.bytes > this.options.batchBytesMax) break;
      if (part.batchKey !== this.waiting[0]?.batchKey) break;
      bytes += part.bytes;
      count++;
    }
    this.appending = this.waiting.splice(0, count);
    this.waitingBytes -= bytes;
    const entries =
      this.appending.length === 1
        ? (this.appending[0] as Part<Entry>).entries
        : this.appending.flatMap((part) => [...part.entries]);
    this.effects.push({ do: "append", entries });
  }

  private batchKeyOf(entries: readonly Entry[]): string | undefined {
    const { batchKeyOf } = this.options;
    if (batchKeyOf === undefined) return undefined;
    const key = batchKeyOf(entries[0] as Entry);
    assert(
      entries.every((entry) => batchKeyOf(entry) === key),
      "one step's entries do not fit into one batch",
    );
    return key;
  }

  private release(item: Held<Reply, Event>): void {
    if ("event" in item) this.effects.push({ do: "report", event: item.event });
    else if (this.calls.delete(item.call)) this.effects.push({ do: "reply", call: item.call, reply: item.reply });
  }

  private refuse(call: CallId, error: KafkaErrorCode): void {
    this.calls.delete(call);
    this.effects.push({ do: "refuse", call, error });
  }

  private dropUncommitted(): void {
    this.appending = [];
    this.waiting = [];
    this.waitingBytes = 0;
    this.held = [];
  }

  private forgetState(): void {
    this.dropUncommitted();
    this.timeline = new Timeline();
    this.machine = this.factory(this.timeline);
    this.timers = new Timers(this.timeline);
    this.epoch = 1;
  }

  private takeEffects(): ShardEffect<Reply, Entry, Event>[] {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }
}
