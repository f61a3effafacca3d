import { KafkaError, shardOf, type KafkaErrorCode } from "@moldau/base";
import type { TopicPartitionRef } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import { TRANSACTION_STATE_TOPIC } from "@moldau/metadata";

const ENABLE = "transaction.partition.verification.enable";
/** How long the transaction's coordinator may take; the client asks again. */
const PATIENCE_MS = 10_000;
/** From these Produce versions on a client knows TRANSACTION_ABORTABLE, and puts partitions into transactions by writing. */
const ABORTABLE_SINCE = 11;
const ADDS_SINCE = 12;

/** Whose transaction, and whether the partition is to be put into it where it is not (transactions v2). */
export interface TransactionInQuestion {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  add: boolean;
}

interface Question {
  transaction: TransactionInQuestion;
  asked: { partition: TopicPartitionRef; answer: (error: KafkaErrorCode) => void }[];
}

/** Whether a client of that Produce version expects its writes to put partitions into its transaction. */
export function addsPartitions(produceVersion: number | undefined): boolean {
  return (produceVersion ?? 0) >= ADDS_SINCE;
}

/**
 * Asks the coordinator of a transaction whether partitions are part of it (KIP-890). What is asked of one transaction in the
 * same turn travels together. Source: AddPartitionsToTxnManager.
 */
export class TransactionVerification {
  readonly #context: RoleContext;
  readonly #forming = new Map<string, Question>();

  constructor(context: RoleContext) {
    this.#context = context;
  }

  /** `transaction.partition.verification.enable`, as it is in force now. */
  get isEnabled(): boolean {
    return this.#context.config.boolean(ENABLE);
  }

  /** NONE: it is part of the transaction, which is under way. Never rejects. */
  ask(transaction: TransactionInQuestion, partition: TopicPartitionRef): Promise<KafkaErrorCode> {
    const { transactionalId, producerId, producerEpoch, add } = transaction;
    const key = `${producerId} ${producerEpoch} ${add} ${transactionalId}`;
    let question = this.#forming.get(key);
    if (!question) {
      question = { transaction, asked: [] };
      this.#forming.set(key, question);
      queueMicrotask(() => {
        const { asked } = this.#forming.get(key)!;
        this.#forming.delete(key);
        void this.#send({ transaction, asked });
      });
    }
    const { asked } = question;
    return new Promise((answer) => asked.push({ partition, answer }));
  }

  async #send({ transaction, asked }: Question): Promise<void> {
    const partitions = asked.map(({ partition }) => partition);
    const errors = await this.#verify(transaction, partitions).catch(() => undefined);
    for (const { partition, answer } of asked) {
      const { topicId, partition: index } = partition;
      const found = errors?.find((one) => one.topicId === topicId && one.partition === index);
      answer((found?.errorCode ?? KafkaError.NETWORK_EXCEPTION) as KafkaErrorCode);
    }
  }

  async #verify(transaction: TransactionInQuestion, partitions: TopicPartitionRef[]) {
    const { nodeId, peers } = this.#context;
    const ownerId = this.#ownerOf(transaction.transactionalId);
    if (ownerId < 0) {
      return partitions.map((one) => ({ ...one, errorCode: KafkaError.COORDINATOR_NOT_AVAILABLE }));
    }
    const call = { traceparent: "", deadlineMs: PATIENCE_MS, callerNodeId: nodeId };
    return (await peers.coordinator(ownerId).verifyTransaction({ ...transaction, partitions }, call)).partitions;
  }

  #ownerOf(transactionalId: string): number {
    const { image } = this.#context.observer;
    const topic = image.topicsByName.get(TRANSACTION_STATE_TOPIC);
    if (!topic || topic.partitions.length === 0) return -1;
    return image.shardOwner(topic.id, shardOf(transactionalId, topic.partitions.length))?.ownerId ?? -1;
  }
}

/**
 * What a producer is told of a verification that failed. Older clients do not repeat on a coordinator's errors:
 * NOT_ENOUGH_REPLICAS makes all of them repeat, without a look at the metadata.
 * Source: ReplicaManager.handleProduceAppend, AddPartitionsToTxnManager.
 */
export function errorForProducer(error: KafkaErrorCode, produceVersion: number | undefined): KafkaErrorCode {
  switch (error) {
    case KafkaError.PRODUCER_FENCED:
      return KafkaError.INVALID_PRODUCER_EPOCH;
    case KafkaError.INVALID_TXN_STATE:
    case KafkaError.TRANSACTION_ABORTABLE:
      return (produceVersion ?? 0) >= ABORTABLE_SINCE ? KafkaError.TRANSACTION_ABORTABLE : KafkaError.INVALID_TXN_STATE;
    case KafkaError.CONCURRENT_TRANSACTIONS:
      return addsPartitions(produceVersion) ? error : KafkaError.NOT_ENOUGH_REPLICAS;
    case KafkaError.NETWORK_EXCEPTION:
    case KafkaError.REQUEST_TIMED_OUT:
    case KafkaError.COORDINATOR_LOAD_IN_PROGRESS:
    case KafkaError.COORDINATOR_NOT_AVAILABLE:
    case KafkaError.NOT_COORDINATOR:
      return KafkaError.NOT_ENOUGH_REPLICAS;
    default:
      return error;
  }
}
