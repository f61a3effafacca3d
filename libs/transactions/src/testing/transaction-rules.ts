import { assert, KafkaError } from "@moldau/base";
import type {
  TransactionEvent,
  TransactionRecord,
  TransactionReply,
  TransactionRequest,
  TransactionValue,
} from "../index";
import { isIdle, isPrepared, isSame, type Producer } from "../transaction";
import {
  type Client,
  type ClientRequest,
  errorOf,
  idOf,
  isOfClient,
  listOf,
  nameOf,
  producerOf,
  sameAsk,
  selfOf,
} from "./random-clients";

export type EndEvent = Extract<TransactionEvent, { event: "end transaction" }>;

/** What is said of one id in the committed log. */
interface Told {
  readonly values: TransactionValue[];
  /** `topic-partition` whose marker the driver reported for the prepared transaction, to whichever owner. */
  marked: Set<string>;
}

/** What must hold of one shard's transactions whatever happens, each as an assertion; `Told` is what the committed log says, in plain terms. */
export class TransactionRules {
  private readonly told = new Map<string, Told>();
  /** Whose a producer id and epoch is: one life of one client. */
  private readonly owners = new Map<string, string>();
  /** Names that a later InitProducerId of the same transactional id has fenced. */
  private readonly fenced = new Set<string>();
  /** Outcome by marker, and by the records that it ends. */
  private readonly outcomes = new Map<string, boolean>();

  /** `count` hears of what was seen. */
  constructor(private readonly count: (what: string) => void) {}

  /** A producer id with an epoch belongs to one life of one client, and the greatest epoch to nobody. */
  checkOwner(request: ClientRequest, client: Client | undefined, life: string, reply: TransactionReply): void {
    if (errorOf(reply) !== KafkaError.NONE || (request.call !== "initProducerId" && request.call !== "endTxn")) return;
    if (request.call === "endTxn" && request.caller.apiVersion < 5) return;
    const producer = producerOf(reply);
    assert(producer.producerEpoch < 32_767, "a client got the greatest epoch");
    if (client === undefined) return;
    const { transactionalId } = client;
    const name = nameOf(transactionalId, producer);
    const before = this.owners.get(name);
    assert(before === undefined || before === life, `${name} belongs to ${before} and is given to ${life}`);
    this.owners.set(name, life);
    if (request.call !== "initProducerId" || selfOf(request) !== undefined) return;
    for (const other of this.owners.keys()) {
      if (other.startsWith(`${transactionalId} `) && other !== name) this.fenced.add(other);
    }
  }

  /** The same end, asked for again, is answered alike while the transaction is the last one of its id. */
  checkRetry(client: Client, request: ClientRequest, reply: TransactionReply): void {
    const { ended } = client;
    const text = JSON.stringify(reply);
    if (ended?.life === client.life && sameAsk(ended.request, request)) {
      const last = this.tellOf(client.transactionalId).values.at(-1);
      const self = selfOf(request) as Producer;
      const isLast =
        last !== undefined &&
        (isPrepared(last) || last.status.startsWith("Complete")) &&
        (client.isV2 ? last.lastProducerEpoch === self.producerEpoch : last.producerEpoch === self.producerEpoch);
      if (isLast && errorOf(reply) !== KafkaError.CONCURRENT_TRANSACTIONS) {
        assert(text === ended.reply, `an end was answered ${ended.reply}, then ${text}`);
        this.count("retries of an end answered alike");
      }
    }
    if (errorOf(reply) === KafkaError.NONE) client.ended = { request, reply: text, life: client.life };
  }

  /** What a client was told to be part of its transaction is part of it. */
  checkAdded(client: Client, partitions: readonly string[]): void {
    const open = this.tellOf(client.transactionalId).values.findLast(({ status }) => status === "Ongoing");
    const present = new Set(listOf(open));
    const isIts = open !== undefined && client.self !== undefined && isSame(open, client.self);
    assert(isIts && partitions.every((partition) => present.has(partition)), "an added partition is not in the log");
  }

  /** What was added ends as the client was told. */
  checkEnd(client: Client, committed: boolean): void {
    const { values } = this.tellOf(client.transactionalId);
    const end = values.findLast((value) => isPrepared(value));
    assert(end?.status === (committed ? "PrepareCommit" : "PrepareAbort"), "a client was told another outcome");
    const present = new Set(listOf(end));
    for (const partition of client.acked) assert(present.has(partition), `${partition} is missing in the end`);
    this.count(committed ? "commits" : "aborts");
  }

  /** Called with what each request decided: whoever is fenced changes nothing. */
  checkFenced(request: TransactionRequest, entries: readonly TransactionRecord[]): void {
    const self = isOfClient(request) ? selfOf(request) : undefined;
    if (self === undefined || !isOfClient(request)) return;
    if (!this.fenced.has(nameOf(idOf(request), self))) return;
    this.count("calls of fenced producers");
    assert(entries.length === 0, `a fenced producer changed ${idOf(request)} by ${request.call}`);
  }

  private tellOf(transactionalId: string): Told {
    let told = this.told.get(transactionalId);
    if (told === undefined) this.told.set(transactionalId, (told = { values: [], marked: new Set() }));
    return told;
  }

  /** A record was committed. */
  tell({ transactionalId, value }: TransactionRecord): void {
    const told = this.tellOf(transactionalId);
    if (value === null) {
      const last = told.values.at(-1);
      assert(last !== undefined && isIdle(last), `${transactionalId} was forgotten while it was ${last?.status}`);
      this.told.delete(transactionalId);
      return;
    }
    const before = told.values.at(-1);
    if (before !== undefined) this.checkSuccession(before, value, told);
    if (isPrepared(value)) told.marked = new Set();
    told.values.push(value);
  }

  private checkSuccession(before: TransactionValue, value: TransactionValue, told: Told): void {
    const { producerId, producerEpoch, status } = value;
    if (producerId === before.producerId) assert(producerEpoch >= before.producerEpoch, "an epoch went back");
    else {
      assert(before.producerEpoch >= 32_766 && producerEpoch === 0, "a producer id was exchanged without need");
      const isFresh = told.values.every((other) => other.producerId !== producerId);
      assert(isFresh, "a producer id came back");
    }
    if (isPrepared(before))
      assert(status === before.status.replace("Prepare", "Complete"), `${before.status} became ${status}`);
    if (before.status === "Ongoing") assert(status === "Ongoing" || isPrepared(value), `Ongoing became ${status}`);
    if (isPrepared(value)) {
      const isSameSet = JSON.stringify(value.partitions) === JSON.stringify(before.partitions);
      assert(isSameSet, "a transaction ends with other partitions than it had");
      assert(before.status === "Ongoing" || status === "PrepareAbort", `${before.status} became ${status}`);
    }
    if (status === "Ongoing" && before.status === "Ongoing") {
      const now = new Set(listOf(value));
      assert(
        listOf(before).every((partition) => now.has(partition)),
        "an open transaction lost a partition",
      );
    }
    if (status.startsWith("Complete")) {
      assert(before.status === status.replace("Complete", "Prepare"), `${before.status} became ${status}`);
      for (const partition of listOf(before)) assert(told.marked.has(partition), `${partition} has no marker`);
    }
  }

  /** The driver reported markers as written. */
  marked(
    { transactionalId, producerId, producerEpoch, decidedMs }: EndEvent,
    partitions: EndEvent["partitions"],
  ): void {
    const told = this.tellOf(transactionalId);
    const last = told.values.at(-1);
    if (last === undefined || !isPrepared(last)) return;
    if (!isSame(last, { producerId, producerEpoch }) || last.lastUpdateMs !== decidedMs) return;
    for (const partition of listOf({ partitions })) told.marked.add(partition);
  }

  /** Markers were ordered: for what was decided, once, and with an epoch that the transaction's records have not. */
  checkOrder(event: EndEvent): void {
    const { values } = this.tellOf(event.transactionalId);
    const prepared = values.findLast((value) => isPrepared(value));
    assert(prepared !== undefined && isSame(prepared, event), "markers for a transaction that nobody decided");
    assert(event.commit === (prepared.status === "PrepareCommit"), "markers of another outcome");
    if (event.transactionVersion < 2) return;
    const open = values.findLast(({ status }) => status === "Ongoing");
    assert(
      open !== undefined && event.producerEpoch > open.producerEpoch,
      "a marker's epoch is not above its records'",
    );
    const name = nameOf(event.transactionalId, event);
    assert((this.outcomes.get(name) ?? event.commit) === event.commit, `two outcomes for ${name}`);
    this.outcomes.set(name, event.commit);
  }
}
