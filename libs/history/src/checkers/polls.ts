import type { HistoryEvent, Isolation, PollEvent } from "../events";
import type { Checker } from "../findings";
import { isAcked, type History, type PartitionHistory } from "../history";

/**
 * A consumer that passes over records which are there: within one poll, or between two polls of one consumer. A seek or a
 * rebalance ends the chain (skips seen by subscribe across a rebalance are allowed); markers and, for read_committed,
 * aborted records leave gaps that count for nothing, since nobody knows them as records.
 */
export const pollSkip: Checker = (history, findings) => {
  const offsets = new Map<string, readonly number[]>();
  const known = (partition: PartitionHistory, isolation: Isolation): readonly number[] => {
    const key = `${isolation} ${partition.name}`;
    let found = offsets.get(key);
    if (found === undefined) offsets.set(key, (found = knownOffsets(history, partition, isolation)));
    return found;
  };
  followPolls(history, (poll, previous) => {
    findings.checked++;
    if (poll.records.length === 0) return;
    const offsetsThere = known(history.partition(poll.partition), poll.isolation);
    let expected = previous === undefined ? poll.position : previous.next;
    for (const [offset] of poll.records) {
      const missing = firstAtLeast(offsetsThere, expected);
      if (missing !== undefined && missing < offset) {
        findings.violation(
          `${poll.partition}: ${poll.consumer} went from offset ${expected} to ${offset} and passed over a record at ${missing}`,
          previous?.poll,
          poll,
        );
      }
      expected = Math.max(expected, offset + 1);
    }
  });
};

/** A consumer that is given records again, or out of order, without having sought. */
export const nonmonotonicPoll: Checker = (history, findings) => {
  followPolls(history, (poll, previous) => {
    findings.checked++;
    let last = Math.max(poll.position, previous?.next ?? 0) - 1;
    for (const [offset, value] of poll.records) {
      if (offset <= last) {
        findings.violation(
          `${poll.partition}: ${poll.consumer} was given ${value} at offset ${offset} although it was past ${last} already`,
          previous?.poll,
          poll,
        );
        return;
      }
      last = offset;
    }
  });
};

/** Calls `see` with each poll and where the same consumer had come to before; undefined after a seek or a rebalance. */
function followPolls(
  history: History,
  see: (poll: PollEvent, previous: { poll: PollEvent; next: number } | undefined) => void,
): void {
  const chains = new Map<string, Map<string, { poll: PollEvent; next: number }>>();
  for (const event of history.events) {
    const consumer = consumerOf(event);
    if (consumer === undefined) continue;
    let chain = chains.get(consumer);
    if (chain === undefined) chains.set(consumer, (chain = new Map()));
    if (event.type === "rebalance") chain.clear();
    else if (event.type === "seek") chain.delete(event.partition);
    else if (event.type === "poll" && !history.partition(event.partition).uncleanlyLed) {
      const previous = chain.get(event.partition);
      see(event, previous);
      const last = event.records.at(-1)?.[0];
      if (last !== undefined)
        chain.set(event.partition, { poll: event, next: Math.max(previous?.next ?? 0, last + 1) });
      else if (previous === undefined) chain.set(event.partition, { poll: event, next: event.position });
    }
  }
}

function consumerOf(event: HistoryEvent): string | undefined {
  return event.type === "poll" || event.type === "seek" || event.type === "rebalance" ? event.consumer : undefined;
}

/** Offsets of the records that a consumer of this isolation is known to find, ascending. */
function knownOffsets(history: History, partition: PartitionHistory, isolation: Isolation): readonly number[] {
  const offsets = new Set<number>();
  for (const poll of partition.polls) {
    if (isolation === "read_committed" && poll.isolation !== "read_committed") continue;
    for (const [offset] of poll.records) offsets.add(offset);
  }
  for (const send of partition.sends) {
    if (!isAcked(send)) continue;
    if (isolation === "read_uncommitted" || history.isCommitted(send) === true) offsets.add(send.outcome.offset);
  }
  return [...offsets].sort((a, b) => a - b);
}

/** The smallest of the ascending `offsets` that is at least `wanted`. */
function firstAtLeast(offsets: readonly number[], wanted: number): number | undefined {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return offsets[low];
}
