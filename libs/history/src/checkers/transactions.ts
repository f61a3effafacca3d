import type { SendEvent } from "../events";
import type { Checker } from "../findings";
import { isAcked } from "../history";

/**
 * G1a: a value that must not be there was read. Of an aborted transaction by a read_committed consumer; of a send that
 * certainly failed, or that nobody made, by anyone.
 */
export const abortedRead: Checker = (history, findings) => {
  for (const partition of history.promising()) {
    findings.checked += partition.readBy.size;
    for (const [value, poll] of partition.readBy) {
      const send = partition.sendOf.get(value);
      if (send === undefined) {
        findings.violation(`${partition.name}: ${poll.consumer} read ${value}, which nobody sent there`, poll);
      } else if (send.outcome.kind === "failed") {
        findings.violation(`${partition.name}: ${poll.consumer} read ${value}, whose send failed`, send, poll);
      }
    }
    for (const [value, poll] of partition.readCommittedBy) {
      const send = partition.sendOf.get(value);
      if (send?.transaction === undefined || history.isCommitted(send) !== false) continue;
      findings.violation(
        `${partition.name}: ${poll.consumer} read ${value} of the aborted transaction ${send.transaction}`,
        send,
        history.transactions.get(send.transaction),
        poll,
      );
    }
  }
};

/** A read_committed consumer saw a value before its transaction was asked to commit, or from within that transaction. */
export const precommittedRead: Checker = (history, findings) => {
  for (const partition of history.promising()) {
    for (const poll of partition.polls) {
      if (poll.isolation !== "read_committed") continue;
      for (const [, value] of poll.records) {
        const send = partition.sendOf.get(value);
        if (send?.transaction === undefined) continue;
        findings.checked++;
        const transaction = history.transactions.get(send.transaction);
        if (poll.transaction !== send.transaction) {
          if (transaction === undefined || poll.endMs >= (transaction.endInvokeMs ?? -Infinity)) continue;
        }
        findings.violation(
          `${partition.name}: ${poll.consumer} read ${value} before transaction ${send.transaction} committed`,
          send,
          transaction,
          poll,
        );
      }
    }
  }
};

/** Some of a transaction's records are visible to read_committed consumers and others, which they passed, are not. */
export const tornTransaction: Checker = (history, findings) => {
  const finished = history.events.some((event) => event.type === "final-reads" && event.completed);
  const sendsOf = new Map<string, SendEvent[]>();
  for (const partition of history.promising()) {
    for (const send of partition.sends) {
      if (send.transaction === undefined) continue;
      const before = sendsOf.get(send.transaction);
      if (before === undefined) sendsOf.set(send.transaction, [send]);
      else before.push(send);
    }
  }
  for (const [id, sends] of sendsOf) {
    findings.checked++;
    const isRead = (send: SendEvent): boolean => history.partition(send.partition).readCommittedBy.has(send.value);
    const seen = sends.find(isRead);
    if (seen === undefined) continue;
    for (const send of sends) {
      if (!isAcked(send) || isRead(send)) continue;
      const { highestReadCommitted, lowestPositionCommitted } = history.partition(send.partition);
      const { offset } = send.outcome;
      if (offset < lowestPositionCommitted || (offset > highestReadCommitted && !finished)) continue;
      findings.violation(
        `transaction ${id}: ${seen.value} in ${seen.partition} is visible, ${send.value} at offset ${offset} of ` +
          `${send.partition} is not`,
        seen,
        send,
        history.transactions.get(id),
        history.partition(seen.partition).readCommittedBy.get(seen.value),
      );
    }
  }
};
