import type { Timeline } from "@moldau/timeline";

/** Names a request from its arrival to its reply. Drawn by the driver, never used twice within a shard. */
export type CallId = number;

/** Schedules `key` for a moment (milliseconds since the epoch), replacing what was scheduled; `null` cancels. */
export interface TimerChange {
  readonly key: string;
  readonly atMs: number | null;
}

/** What one step of a machine decided. Nothing of it is visible outside before the entries are committed. */
export interface Outcome<Reply, Entry, Event> {
  /** Records to append, all or nothing. Empty for a step that only reads or changes what may be lost. */
  readonly entries: readonly Entry[];
  /** Replies to this call and to calls that waited. A call without a reply waits until a later step names it. */
  readonly replies: readonly { readonly call: CallId; readonly reply: Reply }[];
  readonly timers: readonly TimerChange[];
  /** What a person should know (a rebalance and its reason); the driver logs it. */
  readonly events: readonly Event[];
}

/**
 * The rules of one shard: a deterministic state machine. All of its state lives in collections of the timeline that its
 * factory got, so that the harness can take back an uncommitted future.
 *
 * `handle` and `onTimer` may change soft state directly (who waits, which member is pending); whatever must survive the
 * coordinator changes in `replay` only, which runs for each entry right after the step that decided it and, after a
 * restart, for each entry of the log. No clock, no randomness: both come with the request.
 */
export interface ShardMachine<Request, Reply, Entry, Event> {
  handle(call: CallId, request: Request, nowMs: number): Outcome<Reply, Entry, Event>;
  onTimer(key: string, nowMs: number): Outcome<Reply, Entry, Event>;
  replay(entry: Entry): void;
  /** The whole log was replayed: schedule what the loaded state needs. */
  onLoaded(nowMs: number): Outcome<Reply, Entry, Event>;
}

export type ShardMachineFactory<Request, Reply, Entry, Event> = (
  timeline: Timeline,
) => ShardMachine<Request, Reply, Entry, Event>;
