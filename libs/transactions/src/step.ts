import type { CallId, Outcome, TimerChange } from "@moldau/shards";
import type { TransactionCallName, TransactionCalls, TransactionReply } from "./transaction-calls";
import type { TransactionEvent } from "./transaction-event";
import type { TransactionRecord } from "./transaction-record";

export type TransactionOutcome = Outcome<TransactionReply, TransactionRecord, TransactionEvent>;

/** Collects what one step decides: records, replies, timers, events. */
export class Step {
  private readonly entries: TransactionRecord[] = [];
  private readonly replies: { call: CallId; reply: TransactionReply }[] = [];
  private readonly timers: TimerChange[] = [];
  private readonly events: TransactionEvent[] = [];

  constructor(readonly nowMs: number) {}

  record(record: TransactionRecord): void {
    this.entries.push(record);
  }

  /** `name` says which reply the call waits for, so that the compiler can check it. */
  answer<K extends TransactionCallName>(_name: K, call: CallId, reply: TransactionCalls[K]["reply"]): void {
    this.replies.push({ call, reply });
  }

  /** Never for this very moment, whatever timeout a client named: the harness goes on until nothing is due. */
  schedule(key: string, atMs: number): void {
    this.timers.push({ key, atMs: Math.max(atMs, this.nowMs + 1) });
  }

  cancel(key: string): void {
    this.timers.push({ key, atMs: null });
  }

  report(event: TransactionEvent): void {
    this.events.push(event);
  }

  get recordCount(): number {
    return this.entries.length;
  }

  outcome(): TransactionOutcome {
    return { entries: this.entries, replies: this.replies, timers: this.timers, events: this.events };
  }
}
