// A transactional producer as a state machine: no clock, no socket, no promise. A driver asks what `next` names, one thing at a
// time, and says with `answered`, `refused` or `gaveUp` what came of it.
//
// Transitions:
// - uninitialized → initializing (init) → ready. What the coordinator refuses for a passing reason leads back.
// - ready → open (begin).
// - open → committing (commit) → ready; open, abortable → aborting (abort) → ready. Nothing is asked where nothing was written.
//   Transactions v2: the end's answer has the next epoch. v1: after a "bump" an InitProducerId raises it (KIP-360), as it does when
//   the cluster was raised to v2 meanwhile.
// - open, committing → abortable: a record or a request failed, in a way that costs this transaction.
// - anything → lost: fenced by another producer, or what cannot be mended.
//
// Source: KIP-98, 360, 447, 890; org.apache.kafka.clients.producer.internals.TransactionManager of kafka-clients 4.1.
import { KafkaError } from "@moldau/base";
import type { ConsumerGroupMetadata, OffsetToCommit } from "../api";
import { KafkaClientError } from "../client-error";
import { partitionName, type TopicPartition } from "../topic-partition";
import type { ProducerIdentity } from "./accumulator";
import { adviceOnFatal, type Verdict, verdictOfAnswer, verdictOfRecord } from "./transaction-verdict";

/** What is to be asked of a coordinator. */
export type TransactionAsk =
  | { kind: "initProducerId"; producer: ProducerIdentity | undefined }
  | { kind: "addPartitions"; producer: ProducerIdentity; partitions: TopicPartition[] }
  | { kind: "addOffsets"; producer: ProducerIdentity; groupId: string }
  | {
      kind: "commitOffsets";
      producer: ProducerIdentity;
      v2: boolean;
      group: ConsumerGroupMetadata;
      offsets: readonly OffsetToCommit[];
    }
  | { kind: "endTxn"; producer: ProducerIdentity; v2: boolean; commit: boolean };

/** A call of the user's: over when `outcome` is there. */
export interface Operation {
  outcome?: { error?: KafkaClientError };
}

type State =
  | { name: "uninitialized" | "ready" | "open" }
  | { name: "initializing" | "committing" | "aborting"; operation: Operation }
  | { name: "abortable" | "lost"; error: KafkaClientError };

interface Offsets {
  operation: Operation;
  group: ConsumerGroupMetadata;
  offsets: readonly OffsetToCommit[];
  /** The coordinator of transactions knows of the group (v1). */
  announced: boolean;
}

export interface Abilities {
  /** The cluster's transaction.version is 2 or more. */
  v2: boolean;
  /** InitProducerId takes the present epoch (v3+, Kafka 2.5). */
  bumps: boolean;
}

export class TransactionCore {
  private state: State = { name: "uninitialized" };
  private producer: ProducerIdentity | undefined;
  private abilities: Abilities = { v2: false, bumps: false };
  /** Fixed for a transaction. */
  private v2 = false;
  /** Partitions that the coordinator does not know of yet, and those it does (v1). */
  private readonly toAdd = new Map<string, TopicPartition>();
  private readonly added = new Set<string>();
  private offsets: Offsets[] = [];
  /** Whether the coordinator may have a transaction of ours. */
  private started = false;
  private bumpNeeded = false;
  /** The end is answered, and the epoch is raised now. */
  private bumping = false;
  private flushed = false;
  private paused = false;

  constructor(private readonly transactionalId: string) {}

  get stateName(): State["name"] {
    return this.state.name;
  }

  /** Under which records go out. */
  get identity(): ProducerIdentity | undefined {
    return this.producer;
  }

  get isV2(): boolean {
    return this.v2;
  }

  /** Why no record goes out any more, where that is so. */
  get over(): KafkaClientError | undefined {
    const { state } = this;
    if (state.name === "abortable" || state.name === "lost") return state.error;
    return state.name === "aborting" ? this.aborted() : undefined;
  }

  /** Why no record can be taken now. */
  get refusal(): KafkaClientError | undefined {
    return this.state.name === "open" ? undefined : this.misuse("send");
  }

  init(): Operation {
    const { state } = this;
    if (state.name === "initializing") return this.resume(state.operation);
    if (state.name === "ready") return { outcome: {} };
    if (state.name !== "uninitialized") return failed(this.misuse("initTransactions"));
    const operation: Operation = {};
    this.paused = false;
    this.state = { name: "initializing", operation };
    return operation;
  }

  begin(): Operation {
    if (this.state.name !== "ready") return failed(this.misuse("beginTransaction"));
    this.v2 = this.abilities.v2;
    this.state = { name: "open" };
    return { outcome: {} };
  }

  /** Whether records may go to this partition; where not yet, it is asked for. */
  mayProduce(at: TopicPartition): boolean {
    const { name } = this.state;
    if (name !== "open" && name !== "committing") return false;
    const key = partitionName(at);
    if (this.v2) this.started = true;
    if (this.v2 || this.added.has(key)) return true;
    this.toAdd.set(key, { topic: at.topic, partition: at.partition });
    return false;
  }

  sendOffsets(offsets: readonly OffsetToCommit[], group: ConsumerGroupMetadata): Operation {
    if (this.state.name !== "open") return failed(this.misuse("sendOffsetsToTransaction"));
    if (offsets.length === 0) return { outcome: {} };
    const operation: Operation = {};
    this.offsets.push({ operation, group, offsets, announced: false });
    // Even where the answer is lost.
    if (this.v2) this.started = true;
    return operation;
  }

  commit(): Operation {
    const { state } = this;
    if (state.name === "committing") return this.resume(state.operation);
    if (state.name !== "open") return failed(this.misuse("commitTransaction"));
    const operation: Operation = {};
    this.flushed = false;
    this.paused = false;
    this.state = { name: "committing", operation };
    return operation;
  }

  abort(): Operation {
    const { state } = this;
    if (state.name === "aborting") return this.resume(state.operation);
    if (state.name !== "open" && state.name !== "abortable") return failed(this.misuse("abortTransaction"));
    const operation: Operation = {};
    this.flushed = false;
    this.paused = false;
    this.state = { name: "aborting", operation };
    this.toAdd.clear();
    for (const entry of this.offsets.splice(0)) entry.operation.outcome = { error: this.aborted() };
    return operation;
  }

  /** Every record of the transaction is written or has failed: it may end. */
  recordsSettled(): void {
    this.flushed = true;
  }

  /** A record could not be written. `inDoubt`: or may have been, although nobody said so. */
  recordFailed(error: Error, inDoubt = false): void {
    const code = codeOf(error);
    // Its sequence number may or may not be used up: only another epoch is certain.
    const verdict = inDoubt || lostTrack.includes(code) ? "bump" : verdictOfRecord(code);
    const { name } = this.state;
    if (name === "open" || name === "committing") {
      if (verdict === "fatal") this.lose(error, code);
      else this.spoil(error, code, verdict);
    } else if ((name === "abortable" || name === "aborting") && verdict === "bump") {
      if (this.canBump) this.bumpNeeded = true;
      else this.lose(error, code);
    }
  }

  /** What to ask now; undefined for nothing. */
  next(): TransactionAsk | undefined {
    const { state, producer } = this;
    if (this.paused) return undefined;
    if (state.name === "initializing") return { kind: "initProducerId", producer: undefined };
    if (producer === undefined) return undefined;
    if (state.name === "open" || state.name === "committing") {
      if (this.toAdd.size > 0) return { kind: "addPartitions", producer, partitions: [...this.toAdd.values()] };
      const [first] = this.offsets;
      if (first !== undefined) {
        if (!this.v2 && !first.announced) return { kind: "addOffsets", producer, groupId: first.group.groupId };
        return { kind: "commitOffsets", producer, v2: this.v2, group: first.group, offsets: first.offsets };
      }
    }
    if (state.name !== "committing" && state.name !== "aborting") return undefined;
    if (this.bumping) return { kind: "initProducerId", producer };
    if (!this.flushed) return undefined;
    if (this.started) return { kind: "endTxn", producer, v2: this.v2, commit: state.name === "committing" };
    this.ended(state.operation);
    return this.next();
  }

  /** Whether this is still worth asking, after a failed attempt. */
  wants(ask: TransactionAsk): boolean {
    return this.state.name !== "aborting" || ask.kind === "endTxn" || ask.kind === "initProducerId";
  }

  /** InitProducerId, and EndTxn of transactions v2, answer whom the producer is from now on. */
  answered(ask: TransactionAsk, producer?: ProducerIdentity): void {
    switch (ask.kind) {
      case "initProducerId":
        this.producer = producer;
        this.bumpNeeded = false;
        this.bumping = false;
        if (this.state.name === "initializing" || this.state.name === "committing" || this.state.name === "aborting") {
          this.finish(this.state.operation);
        }
        return;
      case "addPartitions":
        this.started = true;
        for (const at of ask.partitions) {
          this.added.add(partitionName(at));
          this.toAdd.delete(partitionName(at));
        }
        return;
      case "addOffsets":
        this.started = true;
        if (this.offsets[0] !== undefined) this.offsets[0].announced = true;
        return;
      case "commitOffsets": {
        this.started = true;
        const [done] = this.offsets;
        // An abort may have taken it away meanwhile.
        if (done?.offsets !== ask.offsets) return;
        this.offsets.shift();
        done.operation.outcome = {};
        return;
      }
      case "endTxn":
        if (producer !== undefined) this.producer = producer;
        if (this.state.name === "committing" || this.state.name === "aborting") this.ended(this.state.operation);
    }
  }

  /** The coordinator refused; retries are over. */
  refused(ask: TransactionAsk, error: KafkaClientError): void {
    const { state } = this;
    const { code } = error;
    let verdict = verdictOfAnswer(ask.kind, code, ask.kind === "endTxn" && ask.commit);
    if (verdict === "retry") return this.gaveUp(ask, error);
    if (state.name === "aborting" && !this.wants(ask)) return;
    if (verdict === "refuse" && state.name !== "initializing") verdict = "fatal";
    if (verdict === "refuse" && state.name === "initializing") {
      state.operation.outcome = { error };
      this.state = { name: "uninitialized" };
      return;
    }
    if (verdict === "fatal") return this.lose(error, code);
    this.spoil(error, code, verdict);
  }

  /** Nobody answered in time. */
  gaveUp(ask: TransactionAsk, error: KafkaClientError): void {
    const { state } = this;
    if (ask.kind !== "initProducerId" && ask.kind !== "endTxn") {
      if (state.name !== "aborting") this.spoil(error, error.code, "abort");
      return;
    }
    if (state.name !== "initializing" && state.name !== "committing" && state.name !== "aborting") return;
    // Neither done nor not done. The same call goes on from here.
    this.paused = true;
    const call = { initializing: "initTransactions", committing: "commitTransaction", aborting: "abortTransaction" }[
      state.name
    ];
    const what = `${call} of ${this.transactionalId}: no outcome yet (${error.message}); call ${call} again, or close`;
    const { operation } = state;
    operation.outcome = {
      error: new KafkaClientError(what, error.code, { cause: error, detail: error.detail, remedy: "again" }),
    };
    this.state = { name: state.name, operation: {} };
  }

  /** What the cluster and the coordinator can do, as far as connections have told. */
  learn(abilities: Abilities): void {
    const raised = abilities.v2 && !this.abilities.v2 && this.producer !== undefined;
    this.abilities = abilities;
    // Partitions of the last v1 transaction must not be taken for parts of the first v2 one.
    if (raised) this.bumpNeeded = true;
  }

  /** Transactions v2 raise the epoch with each end. */
  private get canBump(): boolean {
    return this.v2 || this.abilities.bumps;
  }

  private resume(operation: Operation): Operation {
    this.paused = false;
    return operation;
  }

  /** EndTxn is answered, or there was nothing to end. */
  private ended(operation: Operation): void {
    // The answer had another epoch.
    if (this.v2) this.bumpNeeded = false;
    this.started = false;
    this.added.clear();
    this.toAdd.clear();
    if (this.bumpNeeded && this.abilities.bumps) this.bumping = true;
    else this.finish(operation);
  }

  private finish(operation: Operation): void {
    this.bumpNeeded = false;
    this.flushed = false;
    this.state = { name: "ready" };
    operation.outcome = {};
  }

  private spoil(error: Error, code: number, verdict: Verdict): void {
    if (verdict === "bump") {
      if (!this.canBump) return this.lose(error, code);
      this.bumpNeeded = true;
    }
    const what = `transaction of ${this.transactionalId}: ${error.message}; nothing of it will count: abortTransaction, then begin another one`;
    this.end({
      name: "abortable",
      error: new KafkaClientError(what, code, { cause: error, detail: detailOf(error), remedy: "abort" }),
    });
  }

  private lose(error: Error, code: number): void {
    const what = `producer of ${this.transactionalId}: ${error.message}; ${adviceOnFatal(code, this.transactionalId)}`;
    this.end({
      name: "lost",
      error: new KafkaClientError(what, code, { cause: error, detail: detailOf(error), remedy: "close" }),
    });
  }

  private end(state: Extract<State, { error: KafkaClientError }>): void {
    const { error } = state;
    if ("operation" in this.state) this.state.operation.outcome = { error };
    for (const entry of this.offsets.splice(0)) entry.operation.outcome = { error };
    this.toAdd.clear();
    this.state = state;
  }

  private aborted(): KafkaClientError {
    return new KafkaClientError(
      `transaction of ${this.transactionalId}: it was aborted`,
      KafkaError.TRANSACTION_ABORTABLE,
    );
  }

  private misuse(call: string): KafkaClientError {
    const { state } = this;
    if ("error" in state) return state.error;
    const why = {
      uninitialized: "nobody has called initTransactions or beginTransaction yet",
      initializing: "initTransactions is not over; wait for it, or call it again where it told so",
      ready: "there is no transaction; call beginTransaction first",
      open: "a transaction is open; commitTransaction or abortTransaction ends it",
      committing: "the transaction is being committed; wait for that, or call commitTransaction again where it told so",
      aborting: "the transaction is being aborted; wait for that, or call abortTransaction again where it told so",
    }[state.name];
    return new KafkaClientError(`${call} of ${this.transactionalId}: ${why}`, KafkaError.INVALID_TXN_STATE);
  }
}

/** After these the broker takes nothing under this epoch, or takes it for something else. */
const lostTrack: readonly number[] = [
  KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER,
  KafkaError.UNKNOWN_PRODUCER_ID,
  KafkaError.INVALID_PRODUCER_EPOCH,
];

function failed(error: KafkaClientError): Operation {
  return { outcome: { error } };
}

function codeOf(error: Error): number {
  return error instanceof KafkaClientError ? error.code : KafkaError.UNKNOWN_SERVER_ERROR;
}

function detailOf(error: Error): string | null {
  return error instanceof KafkaClientError ? error.detail : null;
}
