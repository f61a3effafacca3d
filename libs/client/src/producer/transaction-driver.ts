// Asks the coordinators what the transaction's core wants to know, one thing at a time.
import { assert, isRetriable, KafkaError } from "@moldau/base";
import { calls } from "../calls";
import { check, isClientError, KafkaClientError, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName, type TopicPartition } from "../topic-partition";
import type { ProducerIdentity } from "./accumulator";
import { CONCURRENT_MS, type SenderTransaction } from "./sender";
import { type Operation, type TransactionAsk, TransactionCore } from "./transaction-core";
import { verdictOfAnswer } from "./transaction-verdict";

/** InitProducerId that takes the present epoch (KIP-360). */
const BUMPS_SINCE_VERSION = 3;
/** The end raises the epoch, and offsets need not be announced (KIP-890). */
const END_V2_SINCE = 5;
const OFFSETS_V2_SINCE = 5;
/** A broker checks that whoever commits is a member still (KIP-447). */
const MEMBER_SINCE_VERSION = 3;
const TRANSACTION_VERSION = "transaction.version";

export interface TransactionDriverOptions {
  transactionalId: string;
  transactionTimeoutMs: number;
}

export class TransactionDriver implements SenderTransaction {
  readonly core: TransactionCore;
  private pumping: Promise<void> | undefined;
  private bumps = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly options: TransactionDriverOptions,
    /** Called when records may go out that might not before, or may not any more. */
    private readonly onNews: () => void,
  ) {
    this.core = new TransactionCore(options.transactionalId);
  }

  get transactionalId(): string {
    return this.options.transactionalId;
  }

  get isV2(): boolean {
    return this.core.isV2;
  }

  get identity(): ProducerIdentity | undefined {
    return this.core.identity;
  }

  get over(): Error | undefined {
    return this.core.over;
  }

  mayProduce(at: TopicPartition): boolean {
    const may = this.core.mayProduce(at);
    // Once the sender has named all its partitions, they go in one request.
    if (!may) queueMicrotask(() => void this.pump());
    return may;
  }

  recordFailed(error: Error, inDoubt?: boolean): void {
    const before = this.core.over;
    this.core.recordFailed(error, inDoubt);
    if (this.core.over !== before) this.onNews();
  }

  /** Asks until the operation is over; rejects with its error. */
  async drive(operation: Operation): Promise<void> {
    while (operation.outcome === undefined && (this.pumping !== undefined || this.core.next() !== undefined)) {
      await this.pump();
    }
    const { outcome } = operation;
    assert(outcome !== undefined, "an operation of a transaction is over when there is nothing to ask any more");
    if (outcome.error !== undefined) throw outcome.error;
  }

  /** Asks what there is to ask. Never rejects. */
  private pump(): Promise<void> {
    this.pumping ??= this.askAll().finally(() => {
      this.pumping = undefined;
      // Somebody may have come between the last look and this.
      if (this.core.next() !== undefined) void this.pump();
    });
    return this.pumping;
  }

  private async askAll(): Promise<void> {
    for (let ask = this.core.next(); ask !== undefined; ask = this.core.next()) {
      try {
        const producer = await this.ask(ask);
        this.core.learn({ v2: this.cluster.featureLevel(TRANSACTION_VERSION) >= 2, bumps: this.bumps });
        this.core.answered(ask, producer);
      } catch (error) {
        this.core.refused(ask, asClientError(error));
      }
      this.onNews();
    }
  }

  private ask(ask: TransactionAsk): Promise<ProducerIdentity | undefined> {
    switch (ask.kind) {
      case "initProducerId":
        return this.initProducerId(ask);
      case "addPartitions":
        return this.addPartitions(ask);
      case "addOffsets":
        return this.addOffsets(ask);
      case "commitOffsets":
        return this.commitOffsets(ask);
      case "endTxn":
        return this.endTxn(ask);
    }
  }

  private initProducerId(ask: TransactionAsk & { kind: "initProducerId" }): Promise<ProducerIdentity> {
    const { transactionalId, transactionTimeoutMs } = this.options;
    return this.withCoordinator(ask, transactionalId, async (request) => {
      const answer = await request(calls.initProducerId, (version) => {
        this.bumps = version >= BUMPS_SINCE_VERSION;
        return { transactionalId, transactionTimeoutMs, ...(ask.producer ?? { producerId: -1, producerEpoch: -1 }) };
      });
      check(`InitProducerId of ${transactionalId}`, answer.errorCode);
      return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
    });
  }

  private addPartitions(ask: TransactionAsk & { kind: "addPartitions" }): Promise<undefined> {
    const { transactionalId } = this.options;
    return this.withCoordinator(ask, transactionalId, async (request) => {
      const answer = await request(calls.addPartitionsToTxn, {
        v3AndBelowTransactionalId: transactionalId,
        v3AndBelowProducerId: ask.producer.producerId,
        v3AndBelowProducerEpoch: ask.producer.producerEpoch,
        v3AndBelowTopics: [...groupBy(ask.partitions, ({ topic }) => topic)].map(([name, list]) => ({
          name,
          partitions: list.map(({ partition }) => partition),
        })),
      });
      throwWorst(
        answer.resultsByTopicV3AndBelow.flatMap(({ name: topic, resultsByPartition }) =>
          resultsByPartition.map(({ partitionIndex: partition, partitionErrorCode: code }) => ({
            what: `adding ${partitionName({ topic, partition })} to the transaction of ${transactionalId}`,
            code,
          })),
        ),
      );
      return undefined;
    });
  }

  private addOffsets(ask: TransactionAsk & { kind: "addOffsets" }): Promise<undefined> {
    const { transactionalId } = this.options;
    return this.withCoordinator(ask, transactionalId, async (request) => {
      const answer = await request(calls.addOffsetsToTxn, { transactionalId, ...ask.producer, groupId: ask.groupId });
      check(`adding offsets of group ${ask.groupId} to the transaction of ${transactionalId}`, answer.errorCode);
      return undefined;
    });
  }

  private commitOffsets(ask: TransactionAsk & { kind: "commitOffsets" }): Promise<undefined> {
    const { transactionalId } = this.options;
    const { groupId, generationId = -1, memberId = "", groupInstanceId = null } = ask.group;
    const isMember = generationId >= 0 || memberId !== "" || groupInstanceId !== null;
    const { txnOffsetCommit } = calls;
    const call = ask.v2
      ? { ...txnOffsetCommit, min: OFFSETS_V2_SINCE }
      : {
          ...txnOffsetCommit,
          min: isMember ? MEMBER_SINCE_VERSION : 0,
          max: Math.min(txnOffsetCommit.max, OFFSETS_V2_SINCE - 1),
        };
    const topics = [...groupBy(ask.offsets, ({ topic }) => topic)].map(([name, list]) => ({
      name,
      partitions: list.map(({ partition, offset, leaderEpoch = -1, metadata = "" }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: leaderEpoch,
        committedMetadata: metadata,
      })),
    }));
    return this.withCoordinator(
      ask,
      groupId,
      async (request) => {
        const answer = await request(call, (version) => ({
          transactionalId,
          groupId,
          ...ask.producer,
          ...(version >= MEMBER_SINCE_VERSION ? { generationId, memberId, groupInstanceId } : {}),
          topics,
        }));
        throwWorst(
          answer.topics.flatMap(({ name: topic, partitions }) =>
            partitions.map(({ partitionIndex: partition, errorCode: code }) => ({
              what: `commit of group ${groupId} for ${partitionName({ topic, partition })} by ${transactionalId}`,
              code,
            })),
          ),
        );
        return undefined;
      },
      "group",
    );
  }

  private endTxn(ask: TransactionAsk & { kind: "endTxn" }): Promise<ProducerIdentity | undefined> {
    const { transactionalId } = this.options;
    const { endTxn } = calls;
    const call = ask.v2 ? { ...endTxn, min: END_V2_SINCE } : { ...endTxn, max: Math.min(endTxn.max, END_V2_SINCE - 1) };
    return this.withCoordinator(ask, transactionalId, async (request) => {
      const answer = await request(call, { transactionalId, ...ask.producer, committed: ask.commit });
      check(`${ask.commit ? "commit" : "abort"} of the transaction of ${transactionalId}`, answer.errorCode);
      if (answer.producerId === -1) return undefined;
      return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
    });
  }

  private withCoordinator<T>(
    ask: TransactionAsk,
    id: string,
    work: Parameters<typeof this.cluster.withCoordinator<T>>[1],
    of: "transaction" | "group" = "transaction",
  ): Promise<T> {
    return this.cluster.withCoordinator(id, work, {
      of,
      again: (error) => verdictOfAnswer(ask.kind, error.code) === "retry" && this.core.wants(ask),
      pauseMs: (error) => (error.code === KafkaError.CONCURRENT_TRANSACTIONS ? CONCURRENT_MS : undefined),
    });
  }
}

/** A request for several partitions has come to nothing with one of them: the error that says most about why. */
function throwWorst(results: readonly { what: string; code: number }[]): void {
  const failures = results.filter(({ code }) => code !== KafkaError.NONE);
  const said = failures.filter(({ code }) => code !== KafkaError.OPERATION_NOT_ATTEMPTED);
  const worst = said.find(({ code }) => !isRetriable(code)) ?? said[0] ?? failures[0];
  if (worst !== undefined) throw refused(worst.what, worst.code);
}

function asClientError(error: unknown): KafkaClientError {
  if (isClientError(error)) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new KafkaClientError(what, KafkaError.UNKNOWN_SERVER_ERROR, { cause: error });
}
