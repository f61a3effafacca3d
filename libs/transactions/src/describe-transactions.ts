import { KafkaError } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import type { Step } from "./step";
import { isIdle, isPrepared, type Transaction } from "./transaction";
import type { TransactionCalls } from "./transaction-calls";
import type { TransactionState } from "./transaction-state";

/** Kafka's names of states that a client may filter by. The last two exist in the memory of Kafka's coordinator only. */
const KNOWN_STATES: ReadonlySet<string> = new Set([
  "Empty",
  "Ongoing",
  "PrepareCommit",
  "PrepareAbort",
  "CompleteCommit",
  "CompleteAbort",
  "Dead",
  "PrepareEpochFence",
]);

/**
 * DescribeTransactions for one id. Of a prepared transaction it shows the partitions that still lack the marker.
 * Source: KIP-664, TransactionCoordinator.handleDescribeTransactions.
 */
export function describe(
  state: TransactionState,
  call: CallId,
  { transactionalId }: { transactionalId: string },
  step: Step,
): void {
  const transaction = state.get(transactionalId);
  if (transaction === undefined) {
    const errorCode = transactionalId === "" ? KafkaError.INVALID_REQUEST : KafkaError.TRANSACTIONAL_ID_NOT_FOUND;
    return step.answer("describe", call, { errorCode, transactionalId });
  }
  const { value, unmarked } = transaction;
  step.answer("describe", call, {
    errorCode: KafkaError.NONE,
    transactionalId,
    transactionState: value.status,
    transactionTimeoutMs: value.timeoutMs,
    transactionStartTimeMs: value.startMs,
    producerId: value.producerId,
    producerEpoch: value.producerEpoch,
    topics: isPrepared(value) ? unmarked : value.partitions,
  });
}

/**
 * ListTransactions v0–2 of this shard. Empty filters let everything pass. v1 duration (KIP-994): transactions that run (or end)
 * for longer than that; v2 a pattern of ids (KIP-1152), which the caller has compiled.
 * Source: TransactionStateManager.listTransactionStates.
 */
export function list(
  state: TransactionState,
  call: CallId,
  { body, matches }: TransactionCalls["list"]["ask"],
  step: Step,
): void {
  const states = new Set(body.stateFilters);
  const producerIds = new Set(body.producerIdFilters);
  const passes = ({ transactionalId, value }: Transaction): boolean => {
    if (states.size > 0 && !states.has(value.status)) return false;
    if (producerIds.size > 0 && !producerIds.has(value.producerId)) return false;
    if (body.durationFilter >= 0 && (isIdle(value) || step.nowMs - value.startMs <= body.durationFilter)) return false;
    return matches === undefined || matches(transactionalId);
  };
  step.answer("list", call, {
    errorCode: KafkaError.NONE,
    unknownStateFilters: [...states].filter((name) => !KNOWN_STATES.has(name)),
    transactionStates: [...state.values()].filter(passes).map(({ transactionalId, value }) => ({
      transactionalId,
      producerId: value.producerId,
      transactionState: value.status,
    })),
  });
}
