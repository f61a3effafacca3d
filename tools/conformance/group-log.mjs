// What the members of a group wrote down, and whether it may be so. Pure: logs in, findings out.
//
// A member's log: {t, e: "assigned" | "revoked" | "lost", p: [partition]}, {t, e: "record", p, o: offset, v: value},
// {t, e: "closing"}; t is monotonic milliseconds of the machine, the same clock for all.

/** From when to when each member held each partition, and what it read of it meanwhile. */
export function holdings(logs) {
  const all = [];
  for (const [member, events] of logs) {
    const open = new Map();
    const latest = new Map();
    const end = (partition, t) => {
      const holding = open.get(partition);
      if (holding === undefined) return;
      holding.toMs = t;
      open.delete(partition);
    };
    let isClosing = false;
    for (const event of events) {
      // Whoever was in the middle of joining when it was told to end may still be given something, and leaves with it.
      if (event.e === "assigned" && isClosing) continue;
      if (event.e === "assigned") {
        for (const partition of event.p) {
          end(partition, event.t);
          const holding = { member, partition, fromMs: event.t, toMs: Infinity, records: [] };
          open.set(partition, holding);
          latest.set(partition, holding);
          all.push(holding);
        }
      } else if (event.e === "revoked" || event.e === "lost") for (const partition of event.p) end(partition, event.t);
      else if (event.e === "closing") {
        isClosing = true;
        for (const partition of [...open.keys()]) end(partition, event.t);
      }
      // What was under way when the partition went still counts as read under the old holding.
      else if (event.e === "record") latest.get(event.p)?.records.push(event);
    }
  }
  return all.sort((a, b) => a.fromMs - b.fromMs);
}

/** Findings, each a sentence: a partition with two holders at once. */
export function sharedHoldings(all) {
  const problems = [];
  const byPartition = new Map();
  for (const holding of all) {
    const before = byPartition.get(holding.partition) ?? [];
    for (const other of before) {
      if (other.member !== holding.member && other.toMs > holding.fromMs) {
        problems.push(
          `partition ${holding.partition} was given to ${holding.member} at ${ms(holding.fromMs)} while ${other.member} held it ` +
            `from ${ms(other.fromMs)} to ${ms(other.toMs)}`,
        );
      }
    }
    byPartition.set(holding.partition, [...before, holding]);
  }
  return problems;
}

/** Findings, each a sentence: a record twice or out of order under one holding. */
export function rereads(all) {
  const found = [];
  for (const { member, partition, records } of all) {
    let last = -1;
    for (const { o } of records) {
      if (o <= last)
        found.push(`${member} read offset ${o} of partition ${partition} after ${last} within one generation`);
      last = Math.max(last, o);
    }
  }
  return found;
}

/**
 * What one change of membership did to partitions that did not have to move: [member, partition] that the member held before
 * and holds after it. `revoked`: those that were taken from it in between; `silent`: those of which nothing was read, although
 * at their usual rate many records came; `gapMs`: the longest pause between two records of one of them.
 */
export function untouched(all, { fromMs, toMs }) {
  const holders = (t) => all.filter((holding) => holding.fromMs <= t && holding.toMs > t);
  const after = holders(toMs);
  const kept = holders(fromMs).filter((before) =>
    after.some(({ member, partition }) => member === before.member && partition === before.partition),
  );
  const revoked = kept.filter((before) => before.toMs <= toMs);
  const silent = [];
  let gapMs = 0;
  for (const holding of kept) {
    const times = holding.records.map(({ t }) => t).filter((t) => t >= fromMs && t <= toMs);
    if (times.length === 0 && perMs(all, holding.partition) * (toMs - fromMs) > 10) silent.push(holding);
    const edges = [fromMs, ...times, toMs];
    for (let i = 1; i < edges.length; i++) gapMs = Math.max(gapMs, edges[i] - edges[i - 1]);
  }
  return { kept, revoked, silent, gapMs };
}

/** Records of a partition in a millisecond, over all that was read of it. */
function perMs(all, partition) {
  const times = all
    .filter((holding) => holding.partition === partition)
    .flatMap(({ records }) => records.map(({ t }) => t));
  return times.length < 2 ? 0 : times.length / (Math.max(...times) - Math.min(...times));
}

const ms = (t) => (t === Infinity ? "the end" : `${Math.round(t)} ms`);
