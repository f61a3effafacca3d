import type { RebalanceEvent } from "../events";
import type { Checker, Findings } from "../findings";
import type { History } from "../history";

/**
 * Two members had the same partition. Either both were given it within one generation of a group (one member epoch under
 * KIP-848, where whoever takes a partition over is of a later epoch than who gave it back); or one of them could still commit
 * for it when the other one had been given it.
 */
export const doubleAssignment: Checker = (history, findings) => {
  checkGenerations(history, findings);
  checkCommits(history, findings);
};

function checkGenerations(history: History, findings: Findings): void {
  const holders = new Map<string, RebalanceEvent>();
  for (const event of history.events) {
    if (event.type !== "rebalance") continue;
    findings.checked++;
    for (const partition of event.assigned) {
      const key = `${event.generation} ${partition} ${event.group}`;
      const holder = holders.get(key);
      if (holder === undefined) holders.set(key, event);
      else if (holder.consumer !== event.consumer) {
        findings.violation(
          `group ${event.group}: in generation ${event.generation} ${partition} was given to ${holder.consumer} and to ${event.consumer}`,
          holder,
          event,
        );
      }
    }
  }
}

/**
 * A commit of a member at an epoch proves that the group takes it for a member at that epoch when the commit is invoked, or
 * later. By then nobody else may have been told that the partition is its own at this epoch or a later one; among classic
 * members this is about the same static member in another process only, since others are of a former generation then, which
 * is a zombie's write.
 */
function checkCommits(history: History, findings: Findings): void {
  const given = new Map<string, RebalanceEvent[]>();
  const consumerOf = new Map<string, string>();
  for (const event of history.events) {
    if (event.type !== "rebalance") continue;
    consumerOf.set(event.process, event.consumer);
    for (const partition of event.assigned) {
      const key = `${partition} ${event.group}`;
      const before = given.get(key);
      if (before === undefined) given.set(key, [event]);
      else before.push(event);
    }
  }
  // By end, each with the last one of the highest generation up to there.
  const newest = new Map<string, RebalanceEvent[]>();
  for (const [key, events] of given) {
    events.sort((a, b) => a.endMs - b.endMs);
    let highest = events[0]!;
    newest.set(
      key,
      events.map((each) => (highest = each.generation >= highest.generation ? each : highest)),
    );
  }
  for (const event of history.events) {
    if (event.type !== "commit" || event.outcome.kind !== "acked") continue;
    const epoch = event.memberEpoch ?? event.generation;
    const key = `${event.partition} ${event.group}`;
    const events = given.get(key);
    if (epoch === undefined || events === undefined) continue;
    findings.checked++;
    const owner = newest.get(key)![endedBefore(events, event.invokeMs) - 1];
    if (owner === undefined || owner.process === event.process) continue;
    const isReplaced = owner.consumer === consumerOf.get(event.process);
    if (owner.generation < epoch || (event.memberEpoch === undefined && !isReplaced)) continue;
    findings.violation(
      `group ${event.group}: ${event.process} committed ${event.offset} for ${event.partition} at epoch ${epoch} ` +
        `although ${owner.process} had been given it at epoch ${owner.generation}`,
      owner,
      event,
    );
  }
}

/** How many of them, which are in order, ended before a moment. */
function endedBefore(events: readonly RebalanceEvent[], atMs: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.endMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
