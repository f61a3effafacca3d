import type { CallId, ShardMachine } from "@moldau/shards";
import type { Timeline } from "@moldau/timeline";
import { addOffsets, addPartitions, verify } from "./add-partitions";
import { describe, list } from "./describe-transactions";
import { complete, endEvent, fence } from "./end-transaction";
import { endTxn } from "./end-txn";
import { expireIds } from "./expire-ids";
import { initProducerId } from "./init-producer-id";
import { markersWritten } from "./markers-written";
import { Step, type TransactionOutcome } from "./step";
import { expireIdsKey, timeoutKey, transactionalIdOf } from "./timer-key";
import { isPrepared } from "./transaction";
import type { TransactionReply, TransactionRequest } from "./transaction-calls";
import type { TransactionConfig } from "./transaction-config";
import type { TransactionEvent } from "./transaction-event";
import type { TransactionRecord } from "./transaction-record";
import { TransactionState } from "./transaction-state";

/**
 * One shard of transactional ids: hands each call and timer to the function that knows its rules. The transitions of an id are
 * listed at `Transaction`.
 */
export class TransactionMachine implements ShardMachine<
  TransactionRequest,
  TransactionReply,
  TransactionRecord,
  TransactionEvent
> {
  readonly state: TransactionState;

  constructor(timeline: Timeline, config: TransactionConfig) {
    this.state = new TransactionState(timeline, config);
  }

  handle(call: CallId, request: TransactionRequest, nowMs: number): TransactionOutcome {
    const step = new Step(nowMs);
    const { state } = this;
    switch (request.call) {
      case "initProducerId":
        initProducerId(state, call, request, step);
        break;
      case "addPartitions":
        addPartitions(state, call, request, step);
        break;
      case "addOffsets":
        addOffsets(state, call, request, step);
        break;
      case "endTxn":
        endTxn(state, call, request, step);
        break;
      case "verify":
        verify(state, call, request, step);
        break;
      case "describe":
        describe(state, call, request, step);
        break;
      case "list":
        list(state, call, request, step);
        break;
      case "markersWritten":
        markersWritten(state, call, request, step);
        break;
    }
    return step.outcome();
  }

  onTimer(key: string, nowMs: number): TransactionOutcome {
    const step = new Step(nowMs);
    const transactionalId = transactionalIdOf(key);
    if (transactionalId === undefined) expireIds(this.state, step);
    else this.onTimeout(transactionalId, step);
    return step.outcome();
  }

  replay(record: TransactionRecord): void {
    this.state.replay(record);
  }

  /** Timeouts go on from the start of each transaction; whose outcome is decided gets its markers, perhaps once more. */
  onLoaded(nowMs: number): TransactionOutcome {
    const step = new Step(nowMs);
    for (const { transactionalId, value } of this.state.values()) {
      if (value.status === "Ongoing") step.schedule(timeoutKey(transactionalId), value.startMs + value.timeoutMs);
      else if (!isPrepared(value)) continue;
      else if (value.partitions.length > 0) step.report(endEvent(transactionalId, value));
      else complete(this.state, transactionalId, value, step);
    }
    step.schedule(expireIdsKey, nowMs + this.state.config.idCleanupIntervalMs);
    return step.outcome();
  }

  /** In transactions v2 the producer may go on once it heard of it: its EndTxn or InitProducerId is told the raised epoch. */
  private onTimeout(transactionalId: string, step: Step): void {
    const transaction = this.state.get(transactionalId);
    if (transaction?.value.status !== "Ongoing") return;
    fence(this.state, transaction, "timeout", this.state.config.transactionVersion() >= 2, step);
  }
}
