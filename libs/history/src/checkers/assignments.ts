import type { RebalanceEvent } from "../events";
import type { Checker } from "../findings";

/**
 * Within one generation of a group (one member epoch under KIP-848, where whoever takes a partition over is of a later epoch
 * than who gave it back) two members were given the same partition.
 */
export const doubleAssignment: Checker = (history, findings) => {
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
};
