import type { HistoryEvent, SendEvent, Value } from "../events";
import type { Checker } from "../findings";
import { isAcked, isPromised, type AckedSend } from "../history";

/** Acknowledged, below the highest offset that anyone read, and read by nobody. */
export const lostWrite: Checker = (history, findings) => {
  for (const partition of history.promising()) {
    const { highestRead, lowestPosition, readBy, name } = partition;
    for (const send of partition.sends) {
      if (!isPromised(history, send)) continue;
      const { offset } = send.outcome;
      if (offset < lowestPosition || offset > highestRead) continue;
      findings.checked++;
      if (readBy.has(send.value)) continue;
      findings.violation(
        `${name}: ${send.value} was acknowledged at offset ${offset} and never read, although others read up to ${highestRead}`,
        send,
        partition.polls.find((poll) => poll.position <= offset && (poll.records.at(-1)?.[0] ?? -1) >= offset),
      );
    }
  }
};

/** After the fault is gone everything acknowledged becomes visible: what lies above the highest offset read is missing. */
export const unseenAfterHeal: Checker = (history, findings) => {
  const finalReads = history.events.filter((event) => event.type === "final-reads").at(-1);
  if (finalReads === undefined) return;
  findings.checked++;
  if (!finalReads.completed) {
    findings.violation(`the final reads did not complete: ${finalReads.detail ?? "no reason given"}`, finalReads);
    return;
  }
  for (const partition of history.promising()) {
    for (const send of partition.sends) {
      if (!isPromised(history, send)) continue;
      findings.checked++;
      if (send.outcome.offset <= partition.highestRead || partition.readBy.has(send.value)) continue;
      findings.violation(
        `${partition.name}: ${send.value} was acknowledged at offset ${send.outcome.offset} and is still unseen after the ` +
          `final reads, which ended at ${partition.highestRead}`,
        send,
        finalReads,
      );
    }
  }
};

/** Two values at one offset. What is acknowledged by all and what anyone reads is below the high watermark for ever. */
export const inconsistentOffsets: Checker = (history, findings) => {
  for (const partition of history.promising()) {
    const at = new Map<number, { value: Value; event: HistoryEvent }>();
    const seen = (offset: number, value: Value, event: HistoryEvent): void => {
      const before = at.get(offset);
      if (before === undefined) at.set(offset, { value, event });
      else if (before.value !== value) {
        findings.violation(
          `${partition.name}: offset ${offset} holds ${before.value} and ${value}`,
          before.event,
          event,
        );
      }
    };
    for (const send of partition.sends) if (isAcked(send)) seen(send.outcome.offset, send.value, send);
    for (const poll of partition.polls) for (const [offset, value] of poll.records) seen(offset, value, poll);
    findings.checked += at.size;
  }
};

/** One value of an idempotent producer at two offsets. */
export const duplicate: Checker = (history, findings) => {
  for (const partition of history.promising()) {
    const places = new Map<Value, { offset: number; event: HistoryEvent }>();
    const seen = (offset: number, value: Value, event: HistoryEvent): void => {
      const before = places.get(value);
      if (before === undefined) places.set(value, { offset, event });
      else if (before.offset !== offset && partition.sendOf.get(value)?.idempotent === true) {
        findings.violation(
          `${partition.name}: ${value} of an idempotent producer is at offset ${before.offset} and at ${offset}`,
          before.event,
          event,
        );
      }
    };
    for (const send of partition.sends) if (isAcked(send)) seen(send.outcome.offset, send.value, send);
    for (const poll of partition.polls) for (const [offset, value] of poll.records) seen(offset, value, poll);
    findings.checked += places.size;
  }
};

/**
 * Offsets follow the order of sends: within an idempotent producer the order of invocation; between any two sends the order
 * in time, where one was acknowledged before the other was invoked. (A producer without idempotence may reorder what it has
 * in flight.)
 */
export const nonmonotonicSend: Checker = (history, findings) => {
  for (const partition of history.promising()) {
    const acked = partition.sends.filter(isAcked);
    findings.checked += acked.length;
    const byProducer = new Map<string, AckedSend[]>();
    for (const send of acked) {
      if (!send.idempotent) continue;
      const before = byProducer.get(send.producer);
      if (before === undefined) byProducer.set(send.producer, [send]);
      else before.push(send);
    }
    const complain = (earlier: AckedSend, later: AckedSend): void =>
      findings.violation(
        `${partition.name}: ${later.value} was sent after ${earlier.value} (${earlier.producer} ${earlier.sequence}, ` +
          `${later.producer} ${later.sequence}) and is at offset ${later.outcome.offset}, not above ${earlier.outcome.offset}`,
        earlier,
        later,
      );
    for (const sends of byProducer.values()) {
      sends.sort((a, b) => a.sequence - b.sequence);
      for (let i = 1; i < sends.length; i++) {
        if (sends[i]!.outcome.offset <= sends[i - 1]!.outcome.offset) complain(sends[i - 1]!, sends[i]!);
      }
    }
    // In time: walk by invocation, with the highest offset among those that had ended before.
    const byInvocation = [...acked].sort((a, b) => a.invokeMs - b.invokeMs);
    const byEnd = [...acked].sort((a, b) => a.outcome.endMs - b.outcome.endMs);
    let highest: AckedSend | undefined;
    let ended = 0;
    for (const send of byInvocation) {
      for (; ended < byEnd.length && byEnd[ended]!.outcome.endMs < send.invokeMs; ended++) {
        if (highest === undefined || byEnd[ended]!.outcome.offset > highest.outcome.offset) highest = byEnd[ended]!;
      }
      if (highest === undefined || send.outcome.offset > highest.outcome.offset) continue;
      if (isSameOrder(highest, send)) continue;
      complain(highest, send);
    }
  }
};

/** Both of one idempotent producer: reported by sequence already. */
function isSameOrder(a: SendEvent, b: SendEvent): boolean {
  return a.idempotent && b.idempotent && a.producer === b.producer;
}
