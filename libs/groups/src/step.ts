import type { CallId, Outcome, TimerChange } from "@moldau/shards";
import type { GroupCallName, GroupCalls, GroupReply } from "./group-calls";
import type { GroupEvent } from "./group-event";
import type { GroupRecord } from "./group-record";

export type GroupOutcome = Outcome<GroupReply, GroupRecord, GroupEvent>;

/** Collects what one step decides: records, replies, timers, events. */
export class Step {
  private readonly entries: GroupRecord[] = [];
  private readonly replies: { call: CallId; reply: GroupReply }[] = [];
  private readonly timers: TimerChange[] = [];
  private readonly events: GroupEvent[] = [];

  constructor(readonly nowMs: number) {}

  record(record: GroupRecord): void {
    this.entries.push(record);
  }

  /** `name` says which reply the call waits for, so that the compiler can check it. */
  answer<K extends GroupCallName>(_name: K, call: CallId, reply: GroupCalls[K]["reply"]): void {
    this.replies.push({ call, reply });
  }

  /** Never for this very moment, whatever timeout a client named: the harness goes on until nothing is due. */
  schedule(key: string, delayMs: number): void {
    this.timers.push({ key, atMs: this.nowMs + Math.max(delayMs, 1) });
  }

  cancel(key: string): void {
    this.timers.push({ key, atMs: null });
  }

  report(event: GroupEvent): void {
    this.events.push(event);
  }

  get recordCount(): number {
    return this.entries.length;
  }

  outcome(): GroupOutcome {
    return { entries: this.entries, replies: this.replies, timers: this.timers, events: this.events };
  }
}
