import { assert, KafkaError, kafkaErrorName } from "@moldau/base";
import { Shard, type ShardEffect } from "@moldau/shards";
import { Timeline } from "@moldau/timeline";
import {
  decodeTransactionRecord,
  defaultTransactionConfig,
  encodeTransactionRecord,
  sizeOfTransactionRecord,
  type TransactionEvent,
  TransactionMachine,
  type TransactionRecord,
  type TransactionReply,
  type TransactionRequest,
  type TransactionValue,
  type TransactionVersion,
} from "../index";
import { isIdle, isPrepared, isSame, type Producer } from "../transaction";

/** One thing that happens; numbers are taken modulo what there is to choose from. */
export interface Happening {
  readonly what:
    | "init"
    | "recover"
    | "add"
    | "end"
    | "repeat"
    | "ghost"
    | "markers"
    | "time"
    | "append"
    | "refuse"
    | "doubt"
    | "restart";
  readonly who: number;
  readonly how: number;
}

type TransactionShard = Shard<TransactionRequest, TransactionReply, TransactionRecord, TransactionEvent>;
type Effect = ShardEffect<TransactionReply, TransactionRecord, TransactionEvent>;
type EndEvent = Extract<TransactionEvent, { event: "end transaction" }>;
type ClientRequest = Extract<TransactionRequest, { call: "initProducerId" | "verify" | "addPartitions" | "endTxn" }>;

/** A producer: honest, but its replies get lost, and it may be older than it thinks. */
interface Client {
  readonly transactionalId: string;
  readonly isV2: boolean;
  /** Counts its lives: each begins with an InitProducerId without an id. */
  life: number;
  self: Producer | undefined;
  /** `topic-partition` that it was told are part of its transaction. */
  acked: Set<string>;
  /** An end it asked for and has no answer to: it asks for nothing else before. */
  ending: boolean | undefined;
  last: { request: ClientRequest; life: number } | undefined;
  /** What an EndTxn was answered, and the records of its id up to then. */
  ended: { request: ClientRequest; reply: string; life: number } | undefined;
}

interface Asked {
  readonly request: ClientRequest | undefined;
  readonly client: Client | undefined;
  readonly life: number;
  readonly lost: boolean;
}

/** What is said of one id in the committed log. */
interface Told {
  readonly values: TransactionValue[];
  /** `topic-partition` whose marker the driver reported for the prepared transaction, to whichever owner. */
  marked: Set<string>;
}

/**
 * Random clients against one shard whose appends are refused, doubted, cut off by a new owner. Each rule that must hold whatever
 * happens is an assertion in here; `Told` is what the committed log says, in plain terms.
 */
export class RandomRun {
  private nowMs = 1_000;
  private shard!: TransactionShard;
  private machine!: TransactionMachine;
  private readonly log: { key: Uint8Array; value: Uint8Array | null }[] = [];
  private readonly told = new Map<string, Told>();
  private pending: readonly TransactionRecord[] = [];
  /** Orders to write markers, none ever forgotten: some are reported when they are long over. */
  private readonly jobs: EndEvent[] = [];
  private readonly asked: Asked[] = [];
  private readonly ghosts: { request: ClientRequest; client: Client; life: number }[] = [];
  private readonly clients: Client[];
  private nextProducerId = 1_000;
  /** Whose a producer id and epoch is: one life of one client. */
  private readonly owners = new Map<string, string>();
  /** Names that a later InitProducerId of the same transactional id has fenced. */
  private readonly fenced = new Set<string>();
  /** Outcome by marker, and by the records that it ends. */
  private readonly outcomes = new Map<string, boolean>();
  /** How often each thing was seen, so that a test can tell that the run was not idle. */
  readonly seen = new Map<string, number>();

  constructor(private readonly version: TransactionVersion) {
    const isV2 = version === 2;
    this.clients = [
      newClient("a", isV2),
      newClient("a", isV2),
      newClient("b", isV2),
      newClient("worn", isV2),
      newClient("old", false),
    ];
    this.store([
      { transactionalId: "worn", value: { ...idle, valueVersion: version === 0 ? 0 : 1, producerEpoch: 32_760 } },
    ]);
    this.load();
  }

  happen({ what, who, how }: Happening): void {
    const client = this.clients[who % this.clients.length] as Client;
    switch (what) {
      case "init":
        this.begin(client, how);
        break;
      case "recover":
        if (client.self !== undefined && client.ending === undefined) {
          client.acked = new Set();
          this.ask(client, initRequest(client, client.self), how);
        }
        break;
      case "add":
        if (client.self === undefined) this.begin(client, how);
        else if (client.ending === undefined) this.ask(client, addRequest(client, how), how);
        break;
      case "end":
        if (client.self === undefined) this.begin(client, how);
        else {
          client.ending ??= how % 3 !== 0;
          this.ask(client, endRequest(client, client.ending), how);
        }
        break;
      case "repeat":
        if (client.last?.life === client.life) this.ask(client, client.last.request, how);
        break;
      case "ghost":
        this.ghost(how);
        break;
      case "markers":
        this.markers(who, how);
        break;
      case "time":
        this.pass(how * 100);
        break;
      case "append":
        this.append();
        break;
      case "refuse":
        this.refuse();
        break;
      case "doubt":
        if (this.pending.length > 0) this.doubt(how % 2 === 0);
        break;
      case "restart":
        this.restart();
    }
    this.checkReload();
  }

  /** Everything comes to an end when nothing fails any more. */
  settle(): void {
    this.append();
    this.restart();
    for (let i = 0; i < 10; i++) {
      this.append();
      for (const job of this.jobs.slice(-20)) this.reportMarkers(job, job.partitions);
      this.append();
      this.pass(100_000);
    }
    for (const { value, transactionalId } of this.machine.state.values()) {
      assert(isIdle(value), `${transactionalId} is ${value.status} in the end`);
    }
    this.checkReload();
  }

  private count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  // Requests and replies

  /** A new instance, or the same one that has no answer yet. */
  private begin(client: Client, how: number): void {
    if (
      client.last?.life !== client.life ||
      client.last.request.call !== "initProducerId" ||
      client.self !== undefined
    ) {
      client.life++;
      Object.assign(client, { self: undefined, acked: new Set(), ending: undefined, ended: undefined });
    }
    this.ask(client, initRequest(client, undefined), how);
  }

  private ask(client: Client, request: ClientRequest, how: number): void {
    client.last = { request, life: client.life };
    this.ghosts.push({ request, client, life: client.life });
    this.submit({ request, client, life: client.life, lost: how % 5 === 0 }, request);
  }

  private submit(asked: Asked, request: TransactionRequest): void {
    const call = this.asked.push(asked) - 1;
    this.perform(this.shard.submit(call, request, this.nowMs));
  }

  /** A request that stayed in the network for long. */
  private ghost(how: number): void {
    const ghost = this.ghosts[how % Math.max(this.ghosts.length, 1)];
    if (ghost === undefined) return;
    const { request, client } = ghost;
    // Before transactions v2 the end of a transaction looks like the end of the next one.
    const self = selfOf(request);
    const isAmbiguous = !client.isV2 && request.call !== "initProducerId" && client.self !== undefined;
    if (isAmbiguous && self !== undefined && isSame(self, client.self)) return;
    // A new instance that nobody waits for fences whoever there is, which is a client's life of its own.
    if (request.call === "initProducerId" && self === undefined) return;
    this.count("ghosts");
    this.submit({ request, client: undefined, life: -1, lost: true }, request);
  }

  private onReply(call: number, reply: TransactionReply): void {
    const { request, client, life, lost } = this.asked[call] as Asked;
    if (request === undefined) return;
    if (typeof reply === "object" && "needsProducerId" in reply) {
      this.count("needs a producer id");
      const again = { ...request, newProducerId: this.nextProducerId++ } as ClientRequest;
      return this.submit({ request: again, client, life, lost }, again);
    }
    this.count(`${request.call} ${kafkaErrorName(errorOf(reply))}`);
    this.checkOwner(request, client, life, reply);
    if (client === undefined || client.life !== life) return;
    if (request.call === "endTxn") this.checkRetry(client, request, reply);
    if (!lost && client.last !== undefined && sameAsk(client.last.request, request)) this.learn(client, request, reply);
  }

  private learn(client: Client, request: ClientRequest, reply: TransactionReply): void {
    const errorCode = errorOf(reply);
    if (errorCode === KafkaError.CONCURRENT_TRANSACTIONS) return;
    if (errorCode !== KafkaError.NONE) {
      // A client gives up here; its next life begins with InitProducerId.
      Object.assign(client, { self: undefined, acked: new Set(), ending: undefined, last: undefined });
      return;
    }
    if (request.call === "initProducerId") client.self = producerOf(reply);
    else if (request.call === "endTxn") {
      this.checkEnd(client, request.body.committed);
      if (client.isV2) client.self = producerOf(reply);
      Object.assign(client, { acked: new Set(), ending: undefined });
    } else {
      const partitions = partitionsOf(request);
      this.checkAdded(client, partitions);
      for (const partition of partitions) client.acked.add(partition);
    }
  }

  // Rules

  /** A producer id with an epoch belongs to one life of one client, and the greatest epoch to nobody. */
  private checkOwner(request: ClientRequest, client: Client | undefined, life: number, reply: TransactionReply): void {
    if (errorOf(reply) !== KafkaError.NONE || (request.call !== "initProducerId" && request.call !== "endTxn")) return;
    if (request.call === "endTxn" && request.caller.apiVersion < 5) return;
    const producer = producerOf(reply);
    assert(producer.producerEpoch < 32_767, "a client got the greatest epoch");
    if (client === undefined) return;
    const { transactionalId } = client;
    const name = nameOf(transactionalId, producer);
    const owner = `${this.clients.indexOf(client)}/${life}`;
    const before = this.owners.get(name);
    assert(before === undefined || before === owner, `${name} belongs to ${before} and is given to ${owner}`);
    this.owners.set(name, owner);
    if (request.call !== "initProducerId" || selfOf(request) !== undefined) return;
    for (const other of this.owners.keys()) {
      if (other.startsWith(`${transactionalId} `) && other !== name) this.fenced.add(other);
    }
  }

  /** The same end, asked for again, is answered alike while the transaction is the last one of its id. */
  private checkRetry(client: Client, request: ClientRequest, reply: TransactionReply): void {
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
  private checkAdded(client: Client, partitions: readonly string[]): void {
    const open = this.tellOf(client.transactionalId).values.findLast(({ status }) => status === "Ongoing");
    const present = new Set(listOf(open));
    const isIts = open !== undefined && client.self !== undefined && isSame(open, client.self);
    assert(isIts && partitions.every((partition) => present.has(partition)), "an added partition is not in the log");
  }

  /** What was added ends as the client was told. */
  private checkEnd(client: Client, committed: boolean): void {
    const { values } = this.tellOf(client.transactionalId);
    const end = values.findLast((value) => isPrepared(value));
    assert(end?.status === (committed ? "PrepareCommit" : "PrepareAbort"), "a client was told another outcome");
    const present = new Set(listOf(end));
    for (const partition of client.acked) assert(present.has(partition), `${partition} is missing in the end`);
    this.count(committed ? "commits" : "aborts");
  }

  /** Called with what each request decided: whoever is fenced changes nothing. */
  private checkFenced(request: TransactionRequest, entries: readonly TransactionRecord[]): void {
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
  private tell({ transactionalId, value }: TransactionRecord): void {
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

  private onEvent(event: TransactionEvent): void {
    this.count(event.event);
    if (event.event !== "end transaction") return;
    this.jobs.push(event);
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

  /** Replaying what is committed gives the state that is served. */
  private checkReload(): void {
    if (this.pending.length > 0) return;
    const reloaded = new TransactionMachineOf(this.version, this.log).state();
    const served = stateOf(this.machine, this.version);
    assert(served === reloaded, `served ${served}, in the log ${reloaded}`);
  }

  // The driver

  private markers(who: number, how: number): void {
    // The newest ones mostly.
    const { jobs } = this;
    const job =
      jobs[who % 4 === 0 ? how % Math.max(jobs.length, 1) : jobs.length - 1 - (who % Math.min(jobs.length, 3))];
    if (job === undefined) return;
    const all = job.partitions.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partitions: [partition] })),
    );
    const some = all.filter((_, index) => ((how >> (index % 8)) & 1) === 0);
    this.reportMarkers(job, some);
  }

  private reportMarkers(job: EndEvent, partitions: EndEvent["partitions"]): void {
    const { transactionalId, producerId, producerEpoch, decidedMs } = job;
    const told = this.tellOf(transactionalId);
    const last = told.values.at(-1);
    if (last !== undefined && isPrepared(last) && isSame(last, job) && last.lastUpdateMs === decidedMs) {
      for (const { topic, partitions: numbers } of partitions) {
        for (const partition of numbers) told.marked.add(`${topic}-${partition}`);
      }
    }
    const ask = { transactionalId, producerId, producerEpoch, decidedMs, partitions };
    this.submit({ request: undefined, client: undefined, life: -1, lost: true }, { call: "markersWritten", ...ask });
  }

  private pass(ms: number): void {
    const end = this.nowMs + ms;
    while (this.pending.length === 0 && this.shard.nextDeadlineMs <= end) {
      this.nowMs = Math.max(this.nowMs, this.shard.nextDeadlineMs);
      this.perform(this.shard.tick(this.nowMs));
    }
    this.nowMs = Math.max(this.nowMs, end);
  }

  private append(): void {
    if (this.pending.length === 0) return;
    this.store(this.pending);
    this.pending = [];
    this.perform(this.shard.onAppended());
    if (this.pending.length > 0) this.append();
  }

  private refuse(): void {
    if (this.pending.length === 0) return;
    this.count("refused appends");
    this.pending = [];
    this.perform(this.shard.onRefused(KafkaError.NOT_ENOUGH_REPLICAS, this.nowMs));
  }

  private doubt(written: boolean): void {
    this.count("doubts");
    if (written) this.store(this.pending);
    this.pending = [];
    this.shard.onDoubt(KafkaError.REQUEST_TIMED_OUT);
    this.restart();
  }

  private restart(): void {
    this.pending = [];
    this.load();
  }

  private store(records: readonly TransactionRecord[]): void {
    for (const record of records) {
      const bytes = encodeTransactionRecord(record);
      this.log.push(bytes);
      this.tell(record);
    }
  }

  private load(): void {
    const config = configOf(this.version);
    const shard: TransactionShard = new Shard(
      (timeline) => {
        const machine = new TransactionMachine(timeline, config);
        this.machine = machine;
        return {
          handle: (call, request, nowMs) => {
            const outcome = machine.handle(call, request, nowMs);
            this.checkFenced(request, outcome.entries);
            return outcome;
          },
          onTimer: (key, nowMs) => machine.onTimer(key, nowMs),
          replay: (record) => machine.replay(record),
          onLoaded: (nowMs) => machine.onLoaded(nowMs),
        };
      },
      { sizeOf: sizeOfTransactionRecord, batchBytesMax: 500, waitingBytesMax: 1e7, refusedPauseMs: 500 },
    );
    this.shard = shard;
    const end = this.log.length + 1;
    shard.start();
    shard.onClaimed({ logStartOffset: 0, markerOffset: end }, this.nowMs);
    const records = this.log.map(({ key, value }) => decodeTransactionRecord(key, value) as TransactionRecord);
    this.perform(shard.onEntries(records, end, this.nowMs));
  }

  private perform(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.do === "append") this.pending = effect.entries;
      else if (effect.do === "reply") this.onReply(effect.call, effect.reply);
      else if (effect.do === "report") this.onEvent(effect.event);
    }
  }
}

/** A second machine that has read the log and nothing else. */
class TransactionMachineOf {
  private readonly machine: TransactionMachine;

  constructor(
    private readonly version: TransactionVersion,
    log: readonly { key: Uint8Array; value: Uint8Array | null }[],
  ) {
    this.machine = new TransactionMachine(new Timeline(), configOf(version));
    for (const { key, value } of log) this.machine.replay(decodeTransactionRecord(key, value) as TransactionRecord);
  }

  state(): string {
    return stateOf(this.machine, this.version);
  }
}

const idle: TransactionValue = {
  valueVersion: 1,
  producerId: 1,
  previousProducerId: -1,
  nextProducerId: -1,
  producerEpoch: 0,
  lastProducerEpoch: -1,
  timeoutMs: 60_000,
  status: "Empty",
  partitions: [],
  lastUpdateMs: 0,
  startMs: -1,
  clientTransactionVersion: 0,
};

function configOf(version: TransactionVersion): typeof defaultTransactionConfig {
  return {
    ...defaultTransactionConfig,
    idExpirationMs: 300_000,
    idCleanupIntervalMs: 50_000,
    transactionVersion: () => version,
  };
}

function newClient(transactionalId: string, isV2: boolean): Client {
  const nothing = { self: undefined, ending: undefined, last: undefined, ended: undefined };
  return { transactionalId, isV2, life: 0, acked: new Set(), ...nothing };
}

function initRequest({ transactionalId }: Client, self: Producer | undefined): ClientRequest {
  const body = { transactionalId, transactionTimeoutMs: 20_000, producerId: -1, producerEpoch: -1, ...self };
  return { call: "initProducerId", caller: { apiVersion: 5 }, body };
}

function addRequest({ transactionalId, isV2, self }: Client, how: number): ClientRequest {
  const partitions = how % 4 === 0 ? [how % 6, (how + 1) % 6] : [how % 6];
  const topic = how % 2 === 0 ? "orders" : "payments";
  const producer = { transactionalId, ...(self as Producer) };
  if (isV2) return { call: "verify", ...producer, partitions: [{ topic, partitions }], add: true };
  return { call: "addPartitions", caller: { apiVersion: 3 }, ...producer, topics: [{ name: topic, partitions }] };
}

function endRequest({ transactionalId, isV2, self }: Client, committed: boolean): ClientRequest {
  const body = { transactionalId, ...(self as Producer), committed };
  return { call: "endTxn", caller: { apiVersion: isV2 ? 5 : 4 }, body };
}

function isOfClient(request: TransactionRequest): request is ClientRequest {
  return ["initProducerId", "verify", "addPartitions", "endTxn"].includes(request.call);
}

function idOf(request: ClientRequest): string {
  return ("body" in request ? request.body.transactionalId : request.transactionalId) ?? "";
}

function selfOf(request: ClientRequest): Producer | undefined {
  const { producerId, producerEpoch } = "body" in request ? request.body : request;
  return producerId === -1 ? undefined : { producerId, producerEpoch };
}

function partitionsOf(request: Extract<ClientRequest, { call: "verify" | "addPartitions" }>): string[] {
  if (request.call === "verify") return listOf(request);
  return request.topics.flatMap(({ name, partitions }) => partitions.map((partition) => `${name}-${partition}`));
}

function listOf(value: Pick<TransactionValue, "partitions"> | undefined): string[] {
  return (value?.partitions ?? []).flatMap(({ topic, partitions }) => partitions.map((number) => `${topic}-${number}`));
}

/** Apart from the producer id that was spent on it. */
function sameAsk(a: ClientRequest, b: ClientRequest): boolean {
  return JSON.stringify({ ...a, newProducerId: 0 }) === JSON.stringify({ ...b, newProducerId: 0 });
}

function nameOf(transactionalId: string, { producerId, producerEpoch }: Producer): string {
  return `${transactionalId} ${producerId}:${producerEpoch}`;
}

function producerOf(reply: TransactionReply): Producer {
  const { producerId = -1, producerEpoch = -1 } = reply as Partial<Producer>;
  return { producerId, producerEpoch };
}

function errorOf(reply: TransactionReply): number {
  if (Array.isArray(reply)) return (reply[0]?.partitions[0]?.errorCode as number | undefined) ?? 0;
  if ("resultsByTopicV3AndBelow" in reply) {
    return reply.resultsByTopicV3AndBelow?.[0]?.resultsByPartition?.[0]?.partitionErrorCode ?? 0;
  }
  return "errorCode" in reply ? (reply.errorCode ?? 0) : 0;
}

/** All of the state that is in the log, in order of ids. Value version 0 cannot hold all of it. */
function stateOf(machine: TransactionMachine, version: TransactionVersion): string {
  const notKept = { previousProducerId: -1, lastProducerEpoch: -1 };
  const values = [...machine.state.values()].map(({ transactionalId, value }): [string, TransactionValue] => [
    transactionalId,
    version === 0 ? { ...value, ...notKept } : value,
  ]);
  return JSON.stringify(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}
