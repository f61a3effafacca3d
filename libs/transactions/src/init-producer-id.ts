import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { CallId } from "@moldau/shards";
import { fence } from "./end-transaction";
import { inWordsOf } from "./fenced-error";
import { MAX_EPOCH } from "./producer-epoch";
import type { Step } from "./step";
import {
  currentProducer,
  follow,
  isExhausted,
  isIdle,
  isPrepared,
  isSame,
  previousProducer,
  type Producer,
  type Transaction,
  valueVersionOf,
} from "./transaction";
import type { NeedsProducerId, TransactionCalls } from "./transaction-calls";
import type { TransactionValue } from "./transaction-record";
import type { TransactionState } from "./transaction-state";

type Ask = TransactionCalls["initProducerId"]["ask"];
type Decision = Producer | { readonly errorCode: KafkaErrorCode } | NeedsProducerId;

/**
 * InitProducerId v0–5 of a transactional id: the caller is from now on its only producer.
 * - Without an id (a new instance): the epoch rises, an open transaction is aborted first, which the client waits for by
 *   asking again (CONCURRENT_TRANSACTIONS).
 * - v3+ with its id and epoch (KIP-360, an instance that recovers from an error): only while nobody else came; the same call
 *   once more is answered with the same.
 * v4 PRODUCER_FENCED, below INVALID_PRODUCER_EPOCH; v6 (KIP-939, two-phase commit) is not served.
 * Source: TransactionCoordinator.handleInitProducerId.
 */
export function initProducerId(state: TransactionState, call: CallId, ask: Ask, step: Step): void {
  const decision = decideOn(state, ask, step);
  if ("needsProducerId" in decision) return step.answer("initProducerId", call, decision);
  if ("errorCode" in decision) {
    const errorCode = inWordsOf("initProducerId", ask.caller.apiVersion, decision.errorCode);
    return step.answer("initProducerId", call, { errorCode, producerId: -1, producerEpoch: -1 });
  }
  step.answer("initProducerId", call, { errorCode: KafkaError.NONE, ...decision });
}

function decideOn(state: TransactionState, ask: Ask, step: Step): Decision {
  const { transactionalId, transactionTimeoutMs: timeoutMs, producerId, producerEpoch } = ask.body;
  if (transactionalId === null || transactionalId === "") return { errorCode: KafkaError.INVALID_REQUEST };
  if ((producerId === -1) !== (producerEpoch === -1)) return { errorCode: KafkaError.INVALID_REQUEST };
  if (timeoutMs <= 0 || timeoutMs > state.config.maxTimeoutMs) {
    return { errorCode: KafkaError.INVALID_TRANSACTION_TIMEOUT };
  }
  const transaction = state.get(transactionalId);
  if (transaction === undefined) return create(state, transactionalId, timeoutMs, ask.newProducerId, step);
  const { value } = transaction;
  const self = producerId === -1 ? undefined : { producerId, producerEpoch };
  const isCurrent = self !== undefined && isSame(self, currentProducer(value));
  const isRetry = self !== undefined && isSame(self, previousProducer(value));
  if (self !== undefined && !isCurrent && !isRetry) return { errorCode: KafkaError.PRODUCER_FENCED };
  if (isPrepared(value)) return { errorCode: KafkaError.CONCURRENT_TRANSACTIONS };
  if (!isIdle(value)) {
    fence(state, transaction, "a producer was initialized", isCurrent, step);
    return { errorCode: KafkaError.CONCURRENT_TRANSACTIONS };
  }
  if (isRetry && value.producerEpoch < MAX_EPOCH) return answerAgain(state, transaction, timeoutMs, step);
  return goOn(state, transaction, { self, timeoutMs, newProducerId: ask.newProducerId }, step);
}

function create(
  state: TransactionState,
  transactionalId: string,
  timeoutMs: number,
  producerId: number | undefined,
  step: Step,
): Decision {
  if (producerId === undefined) return { needsProducerId: true };
  const value: TransactionValue = {
    valueVersion: valueVersionOf(state.config),
    producerId,
    previousProducerId: -1,
    nextProducerId: -1,
    producerEpoch: 0,
    lastProducerEpoch: -1,
    timeoutMs,
    status: "Empty",
    partitions: [],
    lastUpdateMs: step.nowMs,
    startMs: -1,
    clientTransactionVersion: 0,
  };
  return initialized(transactionalId, value, step);
}

function goOn(
  state: TransactionState,
  { transactionalId, value }: Transaction,
  ask: { self: Producer | undefined; timeoutMs: number; newProducerId: number | undefined },
  step: Step,
): Decision {
  const { producerId, producerEpoch } = value;
  let next: Producer = { producerId, producerEpoch: producerEpoch + 1 };
  if (isExhausted(value)) {
    if (ask.newProducerId === undefined) return { needsProducerId: true };
    next = { producerId: ask.newProducerId, producerEpoch: 0 };
  }
  const lastProducerEpoch = ask.self?.producerEpoch ?? -1;
  const change = { ...empty(ask.timeoutMs), ...next, lastProducerEpoch };
  return initialized(transactionalId, follow(value, state.config, step.nowMs, change), step);
}

/** The answer to this very call was lost, or is under way. */
function answerAgain(
  state: TransactionState,
  { transactionalId, value }: Transaction,
  timeoutMs: number,
  step: Step,
): Decision {
  if (value.status !== "Empty" || value.timeoutMs !== timeoutMs) {
    const change = { ...empty(timeoutMs), previousProducerId: value.previousProducerId };
    step.record({ transactionalId, value: follow(value, state.config, step.nowMs, change) });
  }
  return currentProducer(value);
}

function empty(timeoutMs: number): Pick<TransactionValue, "timeoutMs" | "startMs" | "clientTransactionVersion"> & {
  status: "Empty";
} {
  return { status: "Empty", timeoutMs, startMs: -1, clientTransactionVersion: 0 };
}

function initialized(transactionalId: string, value: TransactionValue, step: Step): Producer {
  const { producerId, producerEpoch } = value;
  step.record({ transactionalId, value });
  step.report({ event: "producer initialized", transactionalId, producerId, producerEpoch });
  return { producerId, producerEpoch };
}
