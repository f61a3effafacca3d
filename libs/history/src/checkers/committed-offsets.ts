import type { CommitEvent, CommittedReadEvent } from "../events";
import type { Checker, Findings } from "../findings";
import type { History } from "../history";

/** A commit with the time in which it took effect; `endMs` is Infinity where nobody knows whether it did. */
interface Effective {
  event: CommitEvent;
  invokeMs: number;
  endMs: number;
}

interface Register {
  /** Certain ones in order of their end, and for each the one of them invoked last up to there. */
  certain: Effective[];
  latest: Effective[];
  byOffset: Map<number, Effective[]>;
}

/** A committed offset is gone: a read found none, or one that nobody committed, although a commit was acknowledged. */
export const committedOffsetLost: Checker = (history, findings) =>
  checkReads(history, findings, (read, needed, found) => {
    if (read.offset < 0) return needed && `had ${needed.event.offset} committed and reads none`;
    if (found === undefined) return `reads ${read.offset}, which nobody committed`;
    return undefined;
  });

/** A committed offset moved back: a read found one that a later, acknowledged commit had replaced. */
export const committedOffsetMovedBack: Checker = (history, findings) =>
  checkReads(history, findings, (read, needed, found) => {
    if (read.offset < 0 || needed === undefined || found === undefined) return undefined;
    // The value read has to come from a commit that may have taken effect after the last certain one did.
    if (found.some(({ invokeMs, endMs }) => endMs >= needed.invokeMs && invokeMs <= read.endMs)) return undefined;
    return `had ${needed.event.offset} committed and reads ${read.offset}, which that had replaced`;
  });

function checkReads(
  history: History,
  findings: Findings,
  problem: (
    read: CommittedReadEvent,
    needed: Effective | undefined,
    found: readonly Effective[] | undefined,
  ) => string | undefined,
): void {
  const registers = registersOf(history);
  for (const read of history.events) {
    if (read.type !== "committed-read") continue;
    findings.checked++;
    const register = registers.get(keyOf(read));
    const needed = register && lastCertainBefore(register, read.invokeMs);
    const found = register?.byOffset.get(read.offset);
    const message = problem(read, needed, found);
    if (message)
      findings.violation(
        `group ${read.group}, ${read.partition}: ${message}`,
        needed?.event,
        found?.at(-1)?.event,
        read,
      );
  }
}

function registersOf(history: History): Map<string, Register> {
  const registers = new Map<string, Register>();
  for (const event of history.events) {
    if (event.type !== "commit") continue;
    const effective = effectOf(history, event);
    if (effective === undefined) continue;
    let register = registers.get(keyOf(event));
    if (register === undefined) {
      registers.set(keyOf(event), (register = { certain: [], latest: [], byOffset: new Map() }));
    }
    if (effective.endMs < Infinity) register.certain.push(effective);
    const same = register.byOffset.get(event.offset);
    if (same === undefined) register.byOffset.set(event.offset, [effective]);
    else same.push(effective);
  }
  for (const register of registers.values()) {
    register.certain.sort((a, b) => a.endMs - b.endMs);
    let latest: Effective | undefined;
    for (const each of register.certain) {
      if (latest === undefined || each.invokeMs >= latest.invokeMs) latest = each;
      register.latest.push(latest);
    }
  }
  return registers;
}

function effectOf(history: History, event: CommitEvent): Effective | undefined {
  if (event.outcome.kind === "failed") return undefined;
  if (event.transaction === undefined) {
    return { event, invokeMs: event.invokeMs, endMs: event.outcome.kind === "acked" ? event.outcome.endMs : Infinity };
  }
  const transaction = history.transactions.get(event.transaction);
  const end = transaction?.outcome;
  if (end?.kind === "aborted") return undefined;
  const endMs = end?.kind === "committed" && event.outcome.kind === "acked" ? end.endMs : Infinity;
  return { event, invokeMs: transaction?.endInvokeMs ?? event.invokeMs, endMs };
}

/** Among those that ended before `beforeMs`, the one invoked last. */
function lastCertainBefore({ certain, latest }: Register, beforeMs: number): Effective | undefined {
  let low = 0;
  let high = certain.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (certain[middle]!.endMs < beforeMs) low = middle + 1;
    else high = middle;
  }
  return latest[low - 1];
}

function keyOf({ group, partition }: { group: string; partition: string }): string {
  return `${partition} ${group}`;
}
