import type { Cell, Metrics } from "@moldau/telemetry";
import type { TransactionCoordinator } from "./transaction-coordinator";

/** Metrics of this node's transactions; read when somebody scrapes. Returns the counter of completed transactions. */
export function registerTransactionMetrics(metrics: Metrics, transactions: TransactionCoordinator): Cell {
  metrics.gauge("moldau_transactional_ids", "Transactional ids of the shards that this node owns.", [], () => {
    let count = 0;
    for (const state of transactions.shards.states()) count += state.size;
    return [[[], count]];
  });
  metrics.gauge(
    "moldau_transactions_ending",
    "Transactions that are decided and whose markers are being written.",
    [],
    () => [[[], transactions.endingCount]],
  );
  return metrics.counter("moldau_transactions_completed", "Transactions whose markers are all written.").cell();
}
