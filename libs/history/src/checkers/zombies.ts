import type { FenceEvent, RebalanceEvent } from "../events";
import type { Checker, Findings } from "../findings";
import type { History } from "../history";

/**
 * Somebody who was fenced wrote nevertheless: a producer after the newer instance of its transactional id was initialised,
 * a group member of an old generation after others had joined a newer one (KIP-447), a coordinator after a newer owner's
 * claim.
 */
export const zombieWriteAfterFence: Checker = (history, findings) => {
  checkProducers(history, findings);
  checkMembers(history, findings);
  checkOwners(history, findings);
};

function checkProducers(history: History, findings: Findings): void {
  const fences = new Map<string, FenceEvent>();
  for (const event of history.events) {
    if (event.type !== "fence") continue;
    const before = fences.get(event.producer);
    if (before === undefined || event.atMs < before.atMs) fences.set(event.producer, event);
  }
  if (fences.size === 0) return;
  for (const partition of history.partitions.values()) {
    for (const send of partition.sends) {
      const fence = fences.get(send.producer);
      if (fence === undefined || send.invokeMs <= fence.atMs) continue;
      findings.checked++;
      const poll = partition.readBy.get(send.value);
      if (send.outcome.kind !== "acked" && poll === undefined) continue;
      findings.violation(
        `${partition.name}: ${send.value} of ${send.producer} was written although ${fence.by} had fenced it`,
        fence,
        send,
        poll,
      );
    }
  }
}

function checkMembers(history: History, findings: Findings): void {
  const joins = new Map<string, RebalanceEvent[]>();
  for (const event of history.events) {
    if (event.type !== "rebalance") continue;
    const before = joins.get(event.group);
    if (before === undefined) joins.set(event.group, [event]);
    else before.push(event);
  }
  // By end, each with the highest generation up to there.
  const newest = new Map<string, RebalanceEvent[]>();
  for (const [group, events] of joins) {
    events.sort((a, b) => a.endMs - b.endMs);
    let highest = events[0]!;
    newest.set(
      group,
      events.map((each) => (highest = each.generation > highest.generation ? each : highest)),
    );
  }
  for (const event of history.events) {
    if (event.type !== "commit" || event.generation === undefined || event.outcome.kind !== "acked") continue;
    const ofGroup = joins.get(event.group);
    if (ofGroup === undefined) continue;
    findings.checked++;
    let low = 0;
    let high = ofGroup.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ofGroup[middle]!.endMs < event.invokeMs) low = middle + 1;
      else high = middle;
    }
    const join = newest.get(event.group)![low - 1];
    if (join === undefined || join.generation <= event.generation) continue;
    findings.violation(
      `group ${event.group}: a member of generation ${event.generation} committed ${event.offset} for ${event.partition} ` +
        `although ${join.consumer} had joined generation ${join.generation}`,
      join,
      event,
    );
  }
}

function checkOwners(history: History, findings: Findings): void {
  for (const event of history.events) {
    if (event.type !== "log") continue;
    let newest = -1;
    for (const { baseOffset, ownerEpoch } of event.batches) {
      if (ownerEpoch === undefined || ownerEpoch < 0) continue;
      findings.checked++;
      if (ownerEpoch < newest) {
        findings.violation(
          `${event.partition}: owner epoch ${ownerEpoch} wrote at offset ${baseOffset}, after epoch ${newest} had claimed the shard`,
          event,
        );
        break;
      }
      newest = ownerEpoch;
    }
  }
}
