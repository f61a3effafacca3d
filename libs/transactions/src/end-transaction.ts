import type { Step } from "./step";
import { timeoutKey } from "./timer-key";
import { currentProducer, follow, raised, type Transaction } from "./transaction";
import type { TransactionEvent } from "./transaction-event";
import type { TransactionValue } from "./transaction-record";
import type { TransactionState } from "./transaction-state";

/** How a transaction ends, as far as it is not in its present value. */
type Ending = Pick<
  TransactionValue,
  "producerEpoch" | "lastProducerEpoch" | "nextProducerId" | "clientTransactionVersion" | "startMs"
>;

/**
 * Decides the outcome. The markers leave when that is committed; without a partition there is nothing to wait for, and the
 * transaction is complete in the same step. Answers the prepared value.
 */
export function decide(
  state: TransactionState,
  transaction: Transaction,
  commit: boolean,
  ending: Ending,
  step: Step,
): TransactionValue {
  const { transactionalId } = transaction;
  const status = commit ? "PrepareCommit" : "PrepareAbort";
  const decidedMs = Math.max(step.nowMs, transaction.value.lastUpdateMs + 1);
  const prepared = follow(transaction.value, state.config, decidedMs, { status, ...ending });
  step.record({ transactionalId, value: prepared });
  step.cancel(timeoutKey(transactionalId));
  if (prepared.partitions.length === 0) complete(state, transactionalId, prepared, step);
  else step.report(endEvent(transactionalId, prepared));
  return prepared;
}

/** Every partition has the marker. */
export function complete(
  state: TransactionState,
  transactionalId: string,
  prepared: TransactionValue,
  step: Step,
): void {
  const commit = prepared.status === "PrepareCommit";
  const value = follow(prepared, state.config, step.nowMs, {
    status: commit ? "CompleteCommit" : "CompleteAbort",
    ...currentProducer(prepared),
    nextProducerId: -1,
    partitions: [],
  });
  step.record({ transactionalId, value });
  if (prepared.partitions.length === 0) return;
  step.report({
    event: "transaction completed",
    transactionalId,
    producerId: prepared.producerId,
    commit,
    tookMs: step.nowMs - prepared.startMs,
    markersTookMs: Math.max(step.nowMs - prepared.lastUpdateMs, 0),
  });
}

/**
 * Aborts an open transaction over its producer's head. The raised epoch fences it; with `mayGoOn` it may go on by the raised
 * epoch once it heard of it, by a retry under its old one.
 */
export function fence(
  state: TransactionState,
  transaction: Transaction,
  reason: Extract<TransactionEvent, { event: "transaction fenced" }>["reason"],
  mayGoOn: boolean,
  step: Step,
): void {
  const { transactionalId, value } = transaction;
  const { producerId, producerEpoch, startMs } = value;
  const markerEpoch = raised(producerEpoch);
  const isAbove = markerEpoch > producerEpoch;
  const ending: Ending = {
    producerEpoch: markerEpoch,
    lastProducerEpoch: mayGoOn ? producerEpoch : -1,
    nextProducerId: -1,
    clientTransactionVersion: isAbove && state.config.transactionVersion() >= 2 ? 2 : 0,
    startMs,
  };
  const openForMs = step.nowMs - startMs;
  step.report({ event: "transaction fenced", transactionalId, producerId, producerEpoch, reason, openForMs });
  decide(state, transaction, false, ending, step);
}

export function endEvent(transactionalId: string, prepared: TransactionValue): TransactionEvent {
  const { producerId, producerEpoch, status, partitions } = prepared;
  return {
    event: "end transaction",
    transactionalId,
    producerId,
    producerEpoch,
    commit: status === "PrepareCommit",
    transactionVersion: prepared.clientTransactionVersion >= 2 ? 2 : 0,
    decidedMs: prepared.lastUpdateMs,
    partitions,
  };
}
