import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { checkOffsetCommit, decideOffsets } from "./commit-offsets";
import type { GroupCalls } from "./group-calls";
import type { GroupState } from "./group-state";
import type { Step } from "./step";

/** Transactions of `transaction.version` 2 and above: a marker's epoch is above that of the records it ends (KIP-890). */
const EPOCH_BUMPS_FROM_VERSION = 2;

/**
 * Before a TxnOffsetCommit is verified at the transaction's coordinator: nothing needs to be verified where the transaction
 * has offsets in this shard already, else the answer is a guard to come back with, see `TransactionGuards`.
 */
export function guardTransaction(
  state: GroupState,
  call: CallId,
  { producerId, producerEpoch }: GroupCalls["guardTransaction"]["ask"],
  step: Step,
): void {
  const ongoing = state.pending.epochOf(producerId) === producerEpoch;
  const guard = ongoing ? "" : state.guards.take(producerId, producerEpoch, step.nowMs);
  step.answer("guardTransaction", call, { ongoing, guard });
}

/**
 * TxnOffsetCommit, versions 0–5: offsets that count once their transaction is committed. From v3 on they say which member of
 * which generation they come from and are refused where that is not so any more; older ones are taken as they are.
 * Source: OffsetMetadataManager.commitTransactionalOffset (KIP-98, KIP-447).
 */
export function commitTransactionalOffsets(
  state: GroupState,
  call: CallId,
  { body, guard }: GroupCalls["commitTransactionalOffsets"]["ask"],
  step: Step,
): void {
  const { groupId, producerId, producerEpoch, generationId, memberId, groupInstanceId } = body;
  let refusal = checkTransaction(state, producerId, producerEpoch, guard);
  if (refusal === KafkaError.NONE) {
    refusal = checkOffsetCommit(state, groupId, {
      generation: generationId,
      memberId,
      groupInstanceId,
      transactional: true,
      apiVersion: -1,
      // There is no version of TxnOffsetCommit that knows GROUP_ID_NOT_FOUND.
      groupIdNotFound: KafkaError.ILLEGAL_GENERATION,
    });
  }
  const topics = body.topics.map(({ name, partitions }) => ({
    name,
    partitions: decideOffsets(state, { groupId, topic: name, expireTimestampMs: -1 }, partitions, refusal, step, {
      producerId,
      producerEpoch,
    }),
  }));
  step.answer("commitTransactionalOffsets", call, { topics });
}

function checkTransaction(state: GroupState, producerId: number, producerEpoch: number, guard: string): KafkaErrorCode {
  const openEpoch = state.pending.epochOf(producerId);
  if (openEpoch === producerEpoch) return KafkaError.NONE;
  if (openEpoch !== undefined && openEpoch > producerEpoch) return KafkaError.INVALID_PRODUCER_EPOCH;
  // Its end was written while its being there was asked for.
  return state.guards.holds(producerId, producerEpoch, guard) ? KafkaError.NONE : KafkaError.INVALID_TXN_STATE;
}

/**
 * Writes the marker that ends a producer's transaction in this shard. It is written also where the transaction has no
 * offsets left here: readers of the log wait for it. INVALID_PRODUCER_EPOCH for a late marker: a newer transaction is open.
 * Source: GroupCoordinatorService.completeTransaction, ProducerAppendInfo.appendEndTxnMarker.
 */
export function endTransaction(
  state: GroupState,
  call: CallId,
  ask: GroupCalls["endTransaction"]["ask"],
  step: Step,
): void {
  const { producerId, producerEpoch, coordinatorEpoch, commit, transactionVersion } = ask;
  const openEpoch = state.pending.epochOf(producerId);
  const late =
    openEpoch !== undefined &&
    (transactionVersion >= EPOCH_BUMPS_FROM_VERSION ? producerEpoch <= openEpoch : producerEpoch < openEpoch);
  if (!late) step.record({ kind: "marker", producerId, producerEpoch, coordinatorEpoch, commit });
  step.answer("endTransaction", call, late ? KafkaError.INVALID_PRODUCER_EPOCH : KafkaError.NONE);
}
