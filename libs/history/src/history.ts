import type { HistoryEvent, PartitionName, PollEvent, SendEvent, TransactionEvent, Value } from "./events";

/** What a history says about one partition, gathered once for all checkers. */
export interface PartitionHistory {
  readonly name: PartitionName;
  /** One event a send, the one that knows the outcome; in the order of the history. */
  readonly sends: SendEvent[];
  readonly sendOf: Map<Value, SendEvent>;
  readonly polls: PollEvent[];
  /** The first poll that delivered each value; `committed` only those of read_committed consumers. */
  readonly readBy: Map<Value, PollEvent>;
  readonly readCommittedBy: Map<Value, PollEvent>;
  /** Highest offset delivered to anyone, and to a read_committed consumer; -1 for none. */
  highestRead: number;
  highestReadCommitted: number;
  /** The lowest position that anyone polled from: what lies below was not asked for. */
  lowestPosition: number;
  lowestPositionCommitted: number;
  /** A leader was elected that may lack records, as somebody allowed: its records promise nothing. */
  uncleanlyLed: boolean;
}

/** The events of a run in the order in which they were recorded, with what the checkers look up. */
export class History {
  readonly partitions = new Map<PartitionName, PartitionHistory>();
  readonly transactions = new Map<string, TransactionEvent>();

  constructor(readonly events: readonly HistoryEvent[]) {
    const sends = new Map<string, Map<number, SendEvent>>();
    for (const event of events) {
      switch (event.type) {
        case "send": {
          let ofProducer = sends.get(event.producer);
          if (ofProducer === undefined) sends.set(event.producer, (ofProducer = new Map()));
          const before = ofProducer.get(event.sequence);
          if (before === undefined || before.outcome.kind === "unknown") ofProducer.set(event.sequence, event);
          break;
        }
        case "transaction": {
          const before = this.transactions.get(event.transaction);
          if (before === undefined || before.outcome.kind === "unknown")
            this.transactions.set(event.transaction, event);
          break;
        }
        case "poll":
          this.#addPoll(event);
          break;
        case "unclean-election":
          this.partition(event.partition).uncleanlyLed = true;
          break;
        default:
      }
    }
    for (const ofProducer of sends.values()) {
      for (const send of ofProducer.values()) {
        const partition = this.partition(send.partition);
        partition.sends.push(send);
        partition.sendOf.set(send.value, send);
      }
    }
  }

  partition(name: PartitionName): PartitionHistory {
    let partition = this.partitions.get(name);
    if (partition === undefined) {
      partition = {
        name,
        sends: [],
        sendOf: new Map(),
        polls: [],
        readBy: new Map(),
        readCommittedBy: new Map(),
        highestRead: -1,
        highestReadCommitted: -1,
        lowestPosition: Infinity,
        lowestPositionCommitted: Infinity,
        uncleanlyLed: false,
      };
      this.partitions.set(name, partition);
    }
    return partition;
  }

  /** The partitions whose records promise anything. */
  *promising(): Generator<PartitionHistory> {
    for (const partition of this.partitions.values()) if (!partition.uncleanlyLed) yield partition;
  }

  /** Whether a send's records are there for read_committed consumers: undefined where nobody knows. */
  isCommitted(send: SendEvent): boolean | undefined {
    if (send.transaction === undefined) return true;
    const outcome = this.transactions.get(send.transaction)?.outcome.kind;
    return outcome === "committed" ? true : outcome === "aborted" ? false : undefined;
  }

  #addPoll(poll: PollEvent): void {
    const partition = this.partition(poll.partition);
    const committed = poll.isolation === "read_committed";
    partition.polls.push(poll);
    partition.lowestPosition = Math.min(partition.lowestPosition, poll.position);
    if (committed) partition.lowestPositionCommitted = Math.min(partition.lowestPositionCommitted, poll.position);
    for (const [offset, value] of poll.records) {
      if (!partition.readBy.has(value)) partition.readBy.set(value, poll);
      if (offset > partition.highestRead) partition.highestRead = offset;
      if (!committed) continue;
      if (!partition.readCommittedBy.has(value)) partition.readCommittedBy.set(value, poll);
      if (offset > partition.highestReadCommitted) partition.highestReadCommitted = offset;
    }
  }
}

/** An acknowledged send that is promised to stay: acks=all, and not part of a transaction that may not be committed. */
export function isPromised(history: History, send: SendEvent): send is AckedSend {
  return isAcked(send) && history.isCommitted(send) === true;
}

export type AckedSend = SendEvent & { outcome: { kind: "acked" } };

/** Acknowledged by all in-sync replicas: its offset is its own for ever, whatever becomes of its transaction. */
export function isAcked(send: SendEvent): send is AckedSend {
  return send.outcome.kind === "acked" && (send.acks ?? -1) === -1;
}
