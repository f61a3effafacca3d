import { type Timeline, TimelineMap } from "@moldau/timeline";
import type { CallId, Outcome, ShardMachine } from "../shard-machine";

export type NotebookRequest =
  | { do: "set"; key: string; value: string }
  | { do: "get"; key: string }
  /** Answered by the next `set` of the key. */
  | { do: "watch"; key: string }
  /** Sets the key when the time has come. */
  | { do: "remind"; key: string; value: string; atMs: number }
  | { do: "fail" };
export interface Note {
  key: string;
  value: string;
}
type NotebookOutcome = Outcome<string, Note, string>;

/** The smallest machine that uses everything the harness offers. */
export class NotebookMachine implements ShardMachine<NotebookRequest, string, Note, string> {
  private readonly notes: TimelineMap<string, string>;
  private readonly watchers: TimelineMap<string, readonly CallId[]>;
  private readonly reminders: TimelineMap<string, string>;

  constructor(timeline: Timeline) {
    this.notes = new TimelineMap(timeline);
    this.watchers = new TimelineMap(timeline);
    this.reminders = new TimelineMap(timeline);
  }

  handle(call: CallId, request: NotebookRequest): NotebookOutcome {
    switch (request.do) {
      case "set":
        return this.set(request.key, request.value, call);
      case "get":
        return outcome({ replies: [{ call, reply: this.notes.get(request.key) ?? "nothing" }] });
      case "watch":
        this.watchers.set(request.key, [...(this.watchers.get(request.key) ?? []), call]);
        return outcome({});
      case "remind":
        this.reminders.set(request.key, request.value);
        return outcome({
          timers: [{ key: request.key, atMs: request.atMs }],
          replies: [{ call, reply: "will do" }],
        });
      case "fail":
        throw new Error("the notebook is torn");
    }
  }

  onTimer(key: string): NotebookOutcome {
    const value = this.reminders.get(key) ?? "?";
    this.reminders.delete(key);
    return this.set(key, value);
  }

  replay(note: Note): void {
    this.notes.set(note.key, note.value);
  }

  onLoaded(nowMs: number): NotebookOutcome {
    return outcome({ events: [`loaded ${this.notes.size} notes at ${nowMs}`] });
  }

  private set(key: string, value: string, call?: CallId): NotebookOutcome {
    const watchers = this.watchers.get(key) ?? [];
    this.watchers.delete(key);
    return outcome({
      entries: [{ key, value }],
      replies: [
        ...(call === undefined ? [] : [{ call, reply: "written" }]),
        ...watchers.map((watcher) => ({ call: watcher, reply: `${key} is ${value}` })),
      ],
      events: [`${key} changed`],
      timers: [{ key, atMs: null }],
    });
  }
}

function outcome(parts: Partial<NotebookOutcome>): NotebookOutcome {
  return { entries: [], replies: [], timers: [], events: [], ...parts };
}
