import type { HistoryEvent, LogBatch, LogEvent, WatermarkEvent } from "../events";
import type { Checker, Findings } from "../findings";
import type { History } from "../history";

/** A replica's high watermark within one leader epoch and one start of its node. */
export const highWatermarkMovedBack: Checker = (history, findings) =>
  checkWatermark(history, findings, "high-watermark");

/** The same of the last stable offset. */
export const lastStableOffsetMovedBack: Checker = (history, findings) =>
  checkWatermark(history, findings, "last-stable-offset");

function checkWatermark(history: History, findings: Findings, type: WatermarkEvent["type"]): void {
  const last = new Map<string, WatermarkEvent>();
  for (const event of history.events) {
    if (event.type !== type) continue;
    findings.checked++;
    const key = `${event.node} ${event.incarnation ?? 0} ${event.leaderEpoch} ${event.partition}`;
    const before = last.get(key);
    if (before !== undefined && event.offset < before.offset) {
      findings.violation(
        `${event.partition}: the ${type.replaceAll("-", " ")} on node ${event.node} went from ${before.offset} to ` +
          `${event.offset} within leader epoch ${event.leaderEpoch}`,
        before,
        event,
      );
    }
    last.set(key, event);
  }
}

export const oneLeaderPerEpoch: Checker = (history, findings) =>
  checkOneHolder(history, findings, (event) =>
    event.type === "leader"
      ? { what: `${event.partition}, leader epoch ${event.leaderEpoch}`, node: event.node }
      : undefined,
  );

export const oneOwnerPerShardEpoch: Checker = (history, findings) =>
  checkOneHolder(history, findings, (event) =>
    event.type === "shard-owner"
      ? { what: `${event.shard}, owner epoch ${event.ownerEpoch}`, node: event.node }
      : undefined,
  );

export const oneControllerPerTerm: Checker = (history, findings) =>
  checkOneHolder(history, findings, (event) =>
    event.type === "controller" ? { what: `the quorum, term ${event.term}`, node: event.node } : undefined,
  );

function checkOneHolder(
  history: History,
  findings: Findings,
  held: (event: HistoryEvent) => { what: string; node: number } | undefined,
): void {
  const holders = new Map<string, { node: number; event: HistoryEvent }>();
  for (const event of history.events) {
    const holding = held(event);
    if (holding === undefined) continue;
    findings.checked++;
    const { what, node } = holding;
    const before = holders.get(what);
    if (before === undefined) holders.set(what, { node, event });
    else if (before.node !== node) {
      findings.violation(`${what} is held by node ${before.node} and by node ${node}`, before.event, event);
    }
  }
}

/** Nodes that applied the metadata log up to the same offset hold the same. */
export const metadataAgreement: Checker = (history, findings) => {
  const hashes = new Map<number, { hash: string | number; event: HistoryEvent; node: number }>();
  for (const event of history.events) {
    if (event.type !== "metadata") continue;
    findings.checked++;
    const { offset, hash, node } = event;
    const before = hashes.get(offset);
    if (before === undefined) hashes.set(offset, { hash, event, node });
    else if (before.hash !== hash) {
      findings.violation(
        `nodes ${before.node} and ${node} hold different metadata at offset ${offset}`,
        before.event,
        event,
      );
    }
  }
};

/**
 * Logs are prefix-equal by leader epoch: a leader writes each offset of its epoch once, so what two replicas hold there is
 * the same batch; and what lies below a replica's high watermark is the same on everybody, at every later time, without a
 * hole.
 */
export const logPrefix: Checker = (history, findings) => {
  const committed = new Map<string, Map<number, { batch: LogBatch; event: LogEvent }>>();
  const written = new Map<string, Map<string, { batch: LogBatch; event: LogEvent }>>();
  for (const event of history.events) {
    if (event.type !== "log" || history.partition(event.partition).uncleanlyLed) continue;
    const ofPartition = entryOf(
      committed,
      event.partition,
      () => new Map<number, { batch: LogBatch; event: LogEvent }>(),
    );
    const byEpoch = entryOf(written, event.partition, () => new Map<string, { batch: LogBatch; event: LogEvent }>());
    let expected = event.batches[0]?.baseOffset ?? event.highWatermark;
    for (const batch of event.batches) {
      findings.checked++;
      if (batch.baseOffset !== expected) {
        findings.violation(
          `${event.partition}: the log of node ${event.node} goes on at offset ${batch.baseOffset} where ${expected} is next`,
          event,
        );
      }
      expected = batch.lastOffset + 1;
      const leaderWrote = entryOf(byEpoch, `${batch.leaderEpoch} ${batch.baseOffset}`, () => ({ batch, event }));
      if (!isSame(leaderWrote.batch, batch)) {
        disagree(findings, event, batch, leaderWrote, `although both are of leader epoch ${batch.leaderEpoch}`);
      }
      if (batch.baseOffset >= event.highWatermark) continue;
      const agreed = entryOf(ofPartition, batch.baseOffset, () => ({ batch, event }));
      if (!isSame(agreed.batch, batch)) disagree(findings, event, batch, agreed, "below both high watermarks");
    }
    if (expected < event.highWatermark) {
      findings.violation(
        `${event.partition}: the log of node ${event.node} ends at ${expected}, below its high watermark ${event.highWatermark}`,
        event,
      );
    }
  }
};

function disagree(
  findings: Findings,
  event: LogEvent,
  batch: LogBatch,
  other: { batch: LogBatch; event: LogEvent },
  where: string,
): void {
  const say = ({ baseOffset, lastOffset, leaderEpoch, id }: LogBatch): string =>
    `${id} (${baseOffset} to ${lastOffset}, epoch ${leaderEpoch})`;
  findings.violation(
    `${event.partition}: node ${event.node} holds ${say(batch)} and node ${other.event.node} held ${say(other.batch)}, ${where}`,
    other.event,
    event,
  );
}

function isSame(a: LogBatch, b: LogBatch): boolean {
  return a.id === b.id && a.leaderEpoch === b.leaderEpoch && a.lastOffset === b.lastOffset;
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
