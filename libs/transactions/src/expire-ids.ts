import type { Step } from "./step";
import { expireIdsKey } from "./timer-key";
import { isIdle } from "./transaction";
import { TOMBSTONES_A_STEP } from "./transaction-config";
import type { TransactionState } from "./transaction-state";

/**
 * Forgets transactional ids that had no transaction for `transactional.id.expiration.ms`. A producer that is still there gets
 * INVALID_PRODUCER_ID_MAPPING. Source: TransactionStateManager.removeExpiredTransactionalIds, KIP-360.
 */
export function expireIds(state: TransactionState, step: Step): void {
  const { idExpirationMs, idCleanupIntervalMs } = state.config;
  for (const { transactionalId, value } of state.values()) {
    if (!isIdle(value) || step.nowMs - value.lastUpdateMs < idExpirationMs) continue;
    if (step.recordCount === TOMBSTONES_A_STEP) break;
    step.record({ transactionalId, value: null });
  }
  const count = step.recordCount;
  if (count > 0) step.report({ event: "transactional ids expired", count });
  step.schedule(expireIdsKey, step.nowMs + (count === TOMBSTONES_A_STEP ? 0 : idCleanupIntervalMs));
}
