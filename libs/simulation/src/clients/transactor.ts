import { KafkaError, kafkaErrorName } from "@moldau/base";
import { GROUP_METADATA_TOPIC, TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import {
  ApiKey,
  readAddOffsetsToTxnResponse,
  readAddPartitionsToTxnResponse,
  readEndTxnResponse,
  readInitProducerIdResponse,
  readTxnOffsetCommitResponse,
  writeAddOffsetsToTxnRequest,
  writeAddPartitionsToTxnRequest,
  writeEndTxnRequest,
  writeInitProducerIdRequest,
  writeTxnOffsetCommitRequest,
} from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import { askCoordinator, type CoordinatorApi } from "./ask-coordinator";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";
import { readCommittedOffset } from "./read-committed-offset";

export interface TransactorOptions extends ClientOptions {
  readonly transactionalId: string;
  /** 1: partitions are added before they are written to. 2: brokers add them, and the epoch rises with each transaction. */
  readonly version: 1 | 2;
  readonly partitions: readonly TopicPartition[];
  readonly pauseMs: number;
  /** Offsets of this group go into some transactions. */
  readonly group: string;
  readonly timeoutMs: number;
  /** Where the offsets of the group go on from: a successor commits higher ones. */
  readonly firstOffset: number;
  /** It has its producer id: whoever had the transactional id before is fenced. */
  onInitialized(): void;
  /** Whether another one has the transactional id by now; else who fences it is the coordinator, after its time-out. */
  isReplaced(): boolean;
}

type Outcome = { kind: "committed"; endMs: number } | { kind: "aborted"; endMs: number } | { kind: "unknown" };
/** What a step came to: done, abort this transaction, get a new epoch, or somebody else has one. */
type Verdict = "done" | "abort" | "initialize" | "fenced";

const APPEND_TIMEOUT_MS = 2_000;
const RETRY_MS = 40;
/** A step is tried for this long; then the transaction is given up. */
const STEP_TIMEOUT_MS = 8_000;

const encoder = new TextEncoder();

const fencing: ReadonlySet<number> = new Set([KafkaError.PRODUCER_FENCED, KafkaError.INVALID_PRODUCER_EPOCH]);
const transient: ReadonlySet<number> = new Set([
  KafkaError.NETWORK_EXCEPTION,
  KafkaError.CONCURRENT_TRANSACTIONS,
  KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
  KafkaError.COORDINATOR_NOT_AVAILABLE,
  KafkaError.NOT_COORDINATOR,
  KafkaError.NOT_LEADER_OR_FOLLOWER,
  KafkaError.LEADER_NOT_AVAILABLE,
  KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
  KafkaError.UNKNOWN_TOPIC_ID,
  KafkaError.NOT_ENOUGH_REPLICAS,
  KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  KafkaError.REQUEST_TIMED_OUT,
  KafkaError.FENCED_LEADER_EPOCH,
  KafkaError.UNKNOWN_LEADER_EPOCH,
  KafkaError.KAFKA_STORAGE_ERROR,
]);

/**
 * A transactional producer as Kafka's: some records in some partitions, sometimes a group's offsets, then commit or abort. After
 * an error it aborts; where it does not know how the transaction ended it begins anew with a higher epoch.
 */
export class Transactor {
  readonly client: Client;
  nextOffset: number;
  #producerId = -1;
  #epoch = -1;
  #values = 0;
  #count = 0;
  readonly #sequences = new Map<string, number>();
  #idle = true;

  constructor(private readonly options: TransactorOptions) {
    this.client = new Client(options);
    this.nextOffset = options.firstOffset;
  }

  get transactionalId(): string {
    return this.options.transactionalId;
  }

  get version(): 1 | 2 {
    return this.options.version;
  }

  get isIdle(): boolean {
    return this.#idle || !this.client.process.alive;
  }

  /** The producer's name in the history, in a partition. */
  producerOf(partition: TopicPartition): string {
    return `${this.client.name}/${nameOf(partition)}`;
  }

  start(): void {
    this.#idle = false;
    this.client.run(async () => {
      const { client } = this;
      const { random, pauseMs } = this.options;
      while (!client.stopped) {
        // Whoever initializes last is the rightful one, so one that was replaced must not.
        if (this.#epoch < 0 && this.options.isReplaced()) break;
        const verdict = this.#epoch < 0 ? await this.#initialize() : await this.#transaction();
        if (verdict === "fenced" || verdict === "initialize") {
          if (this.options.isReplaced()) break;
          // How it ended is not known, or the coordinator took too long to hear of it: a new epoch ends it.
          this.#producerId = -1;
          this.#epoch = -1;
        }
        await client.sleep(pauseMs * (0.5 + random.next()));
        if (random.chance(0.3)) await readCommittedOffset(client, this.options.group, this.options.partitions[0]!);
      }
      this.#idle = true;
    });
  }

  async #initialize(): Promise<Verdict> {
    const { transactionalId, timeoutMs } = this.options;
    const verdict = await this.#insist(async () => {
      const reply = await this.#ask(initApi, {
        transactionalId,
        transactionTimeoutMs: timeoutMs,
        producerId: this.#producerId,
        producerEpoch: this.#epoch,
      });
      if (reply?.errorCode === KafkaError.NONE) {
        this.#producerId = reply.producerId;
        this.#epoch = reply.producerEpoch;
        this.#sequences.clear();
      }
      return reply?.errorCode;
    });
    if (verdict !== "done") return verdict;
    if (this.options.isReplaced()) return "fenced";
    this.options.onInitialized();
    return verdict;
  }

  async #transaction(): Promise<Verdict> {
    const { random, record, time, partitions, version } = this.options;
    const transaction = `${this.client.name}.t${this.#count++}`;
    const event = {
      type: "transaction" as const,
      process: this.client.name,
      producer: this.client.name,
      transaction,
      beginMs: time.nowMs,
    };
    record({ ...event, outcome: { kind: "unknown" } });
    const used = partitions.filter(() => random.chance(0.7));
    const withOffsets = random.chance(0.5);
    const wantsCommit = random.chance(0.7);
    let verdict: Verdict = "done";
    if (version === 1 && used.length > 0) verdict = await this.#insist(() => this.#addPartitions(used));
    for (let rounds = 1 + random.below(2); rounds > 0 && verdict === "done"; rounds--) {
      const sent = await Promise.all(used.map((partition) => this.#send(partition, transaction)));
      verdict = worst(sent);
    }
    if (verdict === "done" && withOffsets) verdict = await this.#sendOffsets(transaction);
    if (verdict === "fenced" || verdict === "initialize") return verdict;
    const commit = verdict === "done" && wantsCommit;
    const endInvokeMs = time.nowMs;
    // What is asked for is known before its answer: a client that dies now has asked.
    if (commit) record({ ...event, endInvokeMs, outcome: { kind: "unknown" } });
    const ended = await this.#insist(() => this.#end(commit));
    if (ended === "done") {
      const outcome: Outcome = { kind: commit ? "committed" : "aborted", endMs: time.nowMs };
      record({ ...event, endInvokeMs, outcome });
      return "done";
    }
    return ended === "abort" ? "initialize" : ended;
  }

  async #addPartitions(partitions: readonly TopicPartition[]): Promise<number | undefined> {
    const { transactionalId } = this.options;
    const byTopic = new Map<string, number[]>();
    for (const { topic, partition } of partitions) {
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition]);
    }
    const reply = await this.#ask(addPartitionsApi, {
      v3AndBelowTransactionalId: transactionalId,
      v3AndBelowProducerId: this.#producerId,
      v3AndBelowProducerEpoch: this.#epoch,
      v3AndBelowTopics: [...byTopic].map(([name, numbers]) => ({ name, partitions: numbers })),
    });
    const errors = reply?.resultsByTopicV3AndBelow.flatMap(({ resultsByPartition }) =>
      resultsByPartition.map(({ partitionErrorCode }) => partitionErrorCode),
    );
    return errors?.find((error) => error !== KafkaError.NONE) ?? (errors && KafkaError.NONE);
  }

  async #send(partition: TopicPartition, transaction: string): Promise<Verdict> {
    const { client } = this;
    const { random, record, time, transactionalId, version } = this.options;
    const name = nameOf(partition);
    const values = Array.from({ length: 1 + random.below(2) }, () => `${client.name}.${this.#values++}`);
    const first = this.#values - values.length;
    const baseSequence = this.#sequences.get(name) ?? 0;
    this.#sequences.set(name, baseSequence + values.length);
    const invokeMs = time.nowMs;
    const note = (baseOffset?: number): void =>
      values.forEach((value, i) =>
        record({
          type: "send",
          process: client.name,
          producer: this.producerOf(partition),
          sequence: first + i,
          partition: name,
          value,
          idempotent: true,
          transaction,
          invokeMs,
          outcome:
            baseOffset === undefined
              ? { kind: "unknown" }
              : { kind: "acked", offset: baseOffset + i, endMs: time.nowMs },
        }),
      );
    note();
    return this.#insist(async () => {
      const found = client.imageOf(partition);
      if (found === undefined || found.image.leader < 0) return KafkaError.LEADER_NOT_AVAILABLE;
      const records = buildBatch({
        records: values.map((value) => ({
          key: null,
          value: encoder.encode(value),
          timestamp: Math.floor(time.nowMs),
        })),
        producerId: this.#producerId,
        producerEpoch: this.#epoch,
        baseSequence,
        transactional: true,
      });
      const append = { topicId: found.topicId, partition: partition.partition, leaderEpoch: -1, ownerEpoch: -1 };
      try {
        const reply = await client.peers.broker(found.image.leader).append(
          {
            acks: -1,
            timeoutMs: APPEND_TIMEOUT_MS,
            transactionalId,
            produceVersion: version === 2 ? 12 : 11,
            internal: false,
            partitions: [{ ...append, claimOffset: -1, records }],
          },
          client.call(APPEND_TIMEOUT_MS + 1_000),
        );
        const { errorCode, baseOffset } = reply.partitions[0]!;
        if (errorCode === KafkaError.NONE) note(baseOffset);
        return errorCode;
      } catch {
        return KafkaError.NETWORK_EXCEPTION;
      }
    });
  }

  async #sendOffsets(transaction: string): Promise<Verdict> {
    const { client } = this;
    const { random, record, time, transactionalId, group, version, partitions } = this.options;
    const offset = (this.nextOffset += 1 + random.below(5));
    const partition = partitions[0]!;
    const event = {
      type: "commit" as const,
      process: client.name,
      group,
      partition: nameOf(partition),
      offset,
      transaction,
      invokeMs: time.nowMs,
    };
    record({ ...event, outcome: { kind: "unknown" } });
    const producer = { producerId: this.#producerId, producerEpoch: this.#epoch };
    if (version === 1) {
      const added = await this.#insist(
        async () => (await this.#ask(addOffsetsApi, { transactionalId, ...producer, groupId: group }))?.errorCode,
      );
      if (added !== "done") return added;
    }
    const api = version === 2 ? commitApiV2 : commitApi;
    const verdict = await this.#insist(async () => {
      const reply = await askCoordinator(client, { shardTopic: GROUP_METADATA_TOPIC, id: group }, api, {
        transactionalId,
        groupId: group,
        ...producer,
        topics: [
          { name: partition.topic, partitions: [{ partitionIndex: partition.partition, committedOffset: offset }] },
        ],
      });
      return reply?.topics[0]?.partitions[0]?.errorCode;
    });
    if (verdict === "done") record({ ...event, outcome: { kind: "acked", endMs: time.nowMs } });
    return verdict;
  }

  async #end(committed: boolean): Promise<number | undefined> {
    const { transactionalId, version } = this.options;
    const producer = { producerId: this.#producerId, producerEpoch: this.#epoch };
    const reply = await this.#ask(version === 2 ? endApiV2 : endApi, { transactionalId, ...producer, committed });
    if (reply?.errorCode === KafkaError.NONE && version === 2) {
      this.#producerId = reply.producerId;
      this.#epoch = reply.producerEpoch;
      this.#sequences.clear();
    }
    return reply?.errorCode;
  }

  #ask<Q, R>(api: CoordinatorApi<Q, R>, request: NoInfer<Q>): Promise<R | undefined> {
    const { transactionalId } = this.options;
    return askCoordinator(this.client, { shardTopic: TRANSACTION_STATE_TOPIC, id: transactionalId }, api, request);
  }

  /** Tries a step until it is done, cannot be done, or took too long. `undefined` stands for no answer. */
  async #insist(step: () => Promise<number | undefined>): Promise<Verdict> {
    const { time, violation } = this.options;
    const untilMs = time.nowMs + STEP_TIMEOUT_MS;
    for (;;) {
      const error = (await step()) ?? KafkaError.NETWORK_EXCEPTION;
      if (error === KafkaError.NONE) return "done";
      if (fencing.has(error)) return "fenced";
      if (!transient.has(error)) {
        if (error === KafkaError.UNKNOWN_SERVER_ERROR)
          violation("server-error", `a step of ${this.client.name} got it`);
        return abortable.has(error) ? "abort" : this.#unexpected(error);
      }
      if (time.nowMs > untilMs) return "initialize";
      await this.client.sleep(RETRY_MS);
    }
  }

  #unexpected(error: number): Verdict {
    this.options.violation("transaction-refused", `${this.client.name}: ${kafkaErrorName(error)}`);
    return "initialize";
  }
}

/** Errors after which the transaction can only be aborted: it timed out, or a retry met what its predecessor did. */
const abortable: ReadonlySet<number> = new Set([
  KafkaError.TRANSACTION_ABORTABLE,
  KafkaError.INVALID_TXN_STATE,
  KafkaError.INVALID_PRODUCER_ID_MAPPING,
  KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER,
  KafkaError.UNKNOWN_PRODUCER_ID,
]);

const severity: readonly Verdict[] = ["done", "abort", "initialize", "fenced"];

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (severity.indexOf(b) > severity.indexOf(a) ? b : a), "done");
}

const initApi = {
  key: ApiKey.InitProducerId,
  version: 4,
  write: writeInitProducerIdRequest,
  read: readInitProducerIdResponse,
};
const addPartitionsApi = {
  key: ApiKey.AddPartitionsToTxn,
  version: 3,
  write: writeAddPartitionsToTxnRequest,
  read: readAddPartitionsToTxnResponse,
};
const addOffsetsApi = {
  key: ApiKey.AddOffsetsToTxn,
  version: 3,
  write: writeAddOffsetsToTxnRequest,
  read: readAddOffsetsToTxnResponse,
};
const commitApi = {
  key: ApiKey.TxnOffsetCommit,
  version: 3,
  write: writeTxnOffsetCommitRequest,
  read: readTxnOffsetCommitResponse,
};
const commitApiV2 = { ...commitApi, version: 5 };
const endApi = { key: ApiKey.EndTxn, version: 3, write: writeEndTxnRequest, read: readEndTxnResponse };
const endApiV2 = { ...endApi, version: 5 };
