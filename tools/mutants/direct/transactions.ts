import { KafkaError } from "@moldau/base";
import { Timeline } from "@moldau/timeline";
import { defaultTransactionConfig, TransactionMachine, type TransactionRequest } from "@moldau/transactions";
import { Producers } from "../../../libs/partition/src/producers";
import { headerOf } from "../../../libs/partition/src/testing/batches";
import { expect, type Scenario } from "./scenario";

const NOW = 1_000;
const transactionalId = "t";
const producerId = 7;

/** A shard of transactions whose appends always succeed. */
class Shard {
  private readonly machine = new TransactionMachine(new Timeline(), {
    ...defaultTransactionConfig,
    transactionVersion: () => 0,
  });

  /** The error code of the answer. */
  ask(request: TransactionRequest): number {
    const { entries, replies } = this.machine.handle(1, request, NOW);
    for (const entry of entries) this.machine.replay(entry);
    return (replies[0]?.reply as { errorCode?: number }).errorCode ?? KafkaError.NONE;
  }

  initialize(): number {
    const body = { transactionalId, transactionTimeoutMs: 60_000, producerId: -1, producerEpoch: -1 };
    return this.ask({ call: "initProducerId", caller: { apiVersion: 4 }, body, newProducerId: producerId });
  }
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a zombie does not end its successor's transaction": () => {
    const shard = new Shard();
    shard.initialize();
    shard.initialize();
    const topics = [{ name: "orders", partitions: [0] }];
    const caller = { apiVersion: 3 };
    shard.ask({ call: "addPartitions", caller, transactionalId, producerId, producerEpoch: 1, topics });
    const end = (producerEpoch: number) =>
      shard.ask({ call: "endTxn", caller, body: { transactionalId, producerId, producerEpoch, committed: true } });
    expect(end(0) === KafkaError.PRODUCER_FENCED, "epoch 0 has a successor");
    expect(end(1) === KafkaError.NONE, "epoch 1 has not");
  },

  "the marker of an earlier transaction ends no later one": () => {
    const producers = new Producers();
    const marker = { kind: "commit", producerId, producerEpoch: 1, coordinatorEpoch: 0 } as const;
    // The transaction of epoch 0 is over, the one of epoch 1 open.
    producers.apply(headerOf({ producerId, producerEpoch: 0, baseSequence: 0, transactional: true }), NOW);
    expect(producers.checkMarker(marker, 2).kind === "new", "it ends the transaction of epoch 0");
    producers.applyMarker(marker, { offset: 1, timestamp: NOW, nowMs: NOW });
    expect(producers.checkMarker(marker, 2).kind === "done", "it is there");
    producers.apply(headerOf({ producerId, producerEpoch: 1, baseSequence: 0, transactional: true }), NOW);
    expect(producers.checkMarker(marker, 2).kind === "refused", "it came late");
  },
};
