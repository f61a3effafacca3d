import type { CallId } from "@moldau/shards";
import { complete } from "./end-transaction";
import { countOf, without } from "./partition-set";
import type { Step } from "./step";
import { isPrepared } from "./transaction";
import type { TransactionCalls } from "./transaction-calls";
import type { TransactionState } from "./transaction-state";

/**
 * Partitions have the marker of a prepared transaction; with the last one it is complete.
 * Source: TransactionMarkerRequestCompletionHandler, TransactionMarkerChannelManager.maybeWriteTxnCompletion.
 */
export function markersWritten(
  state: TransactionState,
  call: CallId,
  ask: TransactionCalls["markersWritten"]["ask"],
  step: Step,
): void {
  const transaction = state.get(ask.transactionalId);
  const value = transaction?.value;
  const isOfThis =
    value?.producerId === ask.producerId &&
    value.producerEpoch === ask.producerEpoch &&
    ask.decidedMs === value.lastUpdateMs;
  if (transaction === undefined || value === undefined || !isOfThis || !isPrepared(value)) {
    return step.answer("markersWritten", call, { unmarked: 0 });
  }
  const unmarked = without(transaction.unmarked, ask.partitions);
  if (unmarked.length === 0) complete(state, transaction.transactionalId, value, step);
  else if (unmarked !== transaction.unmarked) state.setUnmarked(transaction, unmarked);
  step.answer("markersWritten", call, { unmarked: countOf(unmarked) });
}
