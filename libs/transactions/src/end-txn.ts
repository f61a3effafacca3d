import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { decide } from "./end-transaction";
import { inWordsOf } from "./fenced-error";
import { MAX_EPOCH } from "./producer-epoch";
import type { Step } from "./step";
import {
  currentProducer,
  isExhausted,
  isIdle,
  isPrepared,
  isSame,
  previousProducer,
  type Producer,
  raised,
  type Transaction,
} from "./transaction";
import type { NeedsProducerId, TransactionCalls } from "./transaction-calls";
import type { TransactionState } from "./transaction-state";

type Ask = TransactionCalls["endTxn"]["ask"];
/** The producer is what the client goes on as. */
type Decision = Producer | { readonly errorCode: KafkaErrorCode } | NeedsProducerId;

/** First version that says: this client goes on with the epoch it is told (transactions v2). */
const EPOCH_RISES_SINCE = 5;

/**
 * EndTxn v0–5: commit or abort. Answered when the outcome is committed; the markers follow.
 * v2 PRODUCER_FENCED, v4 retriable abort (KIP-890), v5 transactions v2: the epoch rises, the answer says id and epoch to go on
 * with, a retry under the old ones is told apart from the next EndTxn by them, and an abort needs no open transaction. With
 * transaction.version below 2 v5 is served as v4, and the client goes on as it is.
 * Source: TransactionCoordinator.endTransaction, endTransactionWithTV1.
 */
export function endTxn(state: TransactionState, call: CallId, ask: Ask, step: Step): void {
  const { apiVersion } = ask.caller;
  const decision = decideOn(state, ask, step);
  if ("needsProducerId" in decision) return step.answer("endTxn", call, decision);
  if ("errorCode" in decision) {
    return step.answer("endTxn", call, { errorCode: inWordsOf("endTxn", apiVersion, decision.errorCode) });
  }
  const goesOnAs = apiVersion >= EPOCH_RISES_SINCE ? decision : {};
  step.answer("endTxn", call, { errorCode: KafkaError.NONE, ...goesOnAs });
}

function decideOn(state: TransactionState, ask: Ask, step: Step): Decision {
  const { body } = ask;
  if (body.transactionalId === "") return { errorCode: KafkaError.INVALID_REQUEST };
  const transaction = state.get(body.transactionalId);
  if (transaction === undefined) return { errorCode: KafkaError.INVALID_PRODUCER_ID_MAPPING };
  const isV2 = ask.caller.apiVersion >= EPOCH_RISES_SINCE && state.config.transactionVersion() >= 2;
  return isV2 ? endV2(state, transaction, ask, step) : endV1(state, transaction, ask, step);
}

function endV1(state: TransactionState, transaction: Transaction, { body }: Ask, step: Step): Decision {
  const { value } = transaction;
  const current = currentProducer(value);
  if (!isSame(body, current)) return stranger(transaction, body);
  if (value.status !== "Ongoing") return statusOfRetry(transaction, body.committed);
  const { producerEpoch, startMs } = value;
  const ending = { producerEpoch, lastProducerEpoch: -1, nextProducerId: -1, clientTransactionVersion: 0, startMs };
  decide(state, transaction, body.committed, ending, step);
  return current;
}

function endV2(state: TransactionState, transaction: Transaction, ask: Ask, step: Step): Decision {
  const { body } = ask;
  const { value } = transaction;
  if (!isSame(body, currentProducer(value))) {
    const isRetry = isSame(body, previousProducer(value)) && currentProducer(value).producerEpoch < MAX_EPOCH;
    return isRetry && value.status !== "Empty"
      ? statusOfRetry(transaction, body.committed)
      : stranger(transaction, body);
  }
  if (isPrepared(value)) return { errorCode: KafkaError.CONCURRENT_TRANSACTIONS };
  const isEmpty = isIdle(value);
  if (isEmpty && body.committed) return { errorCode: KafkaError.INVALID_TXN_STATE };
  if (isExhausted(value) && ask.newProducerId === undefined) return { needsProducerId: true };
  const markerEpoch = raised(value.producerEpoch);
  const ending = {
    producerEpoch: markerEpoch,
    lastProducerEpoch: value.producerEpoch,
    nextProducerId: isExhausted(value) ? (ask.newProducerId ?? -1) : -1,
    clientTransactionVersion: markerEpoch > value.producerEpoch ? 2 : 0,
    startMs: isEmpty ? step.nowMs : value.startMs,
  };
  return currentProducer(decide(state, transaction, body.committed, ending, step));
}

/** The outcome was asked for before: answered alike where it is the same. */
function statusOfRetry({ value }: Transaction, committed: boolean): Decision {
  if (value.status === (committed ? "CompleteCommit" : "CompleteAbort")) return currentProducer(value);
  const isSoon = value.status === (committed ? "PrepareCommit" : "PrepareAbort");
  return { errorCode: isSoon ? KafkaError.CONCURRENT_TRANSACTIONS : KafkaError.INVALID_TXN_STATE };
}

function stranger({ value }: Transaction, { producerId }: Producer): Decision {
  const isKnown = producerId === value.producerId || producerId === currentProducer(value).producerId;
  return { errorCode: isKnown ? KafkaError.PRODUCER_FENCED : KafkaError.INVALID_PRODUCER_ID_MAPPING };
}
