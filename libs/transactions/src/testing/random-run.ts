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
import { isIdle, isSame } from "../transaction";
import {
  addRequest,
  type Client,
  type ClientRequest,
  endRequest,
  errorOf,
  initRequest,
  newClient,
  partitionsOf,
  producerOf,
  sameAsk,
  selfOf,
} from "./random-clients";
import { type EndEvent, TransactionRules } from "./transaction-rules";

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
interface Asked {
  readonly request: ClientRequest | undefined;
  readonly client: Client | undefined;
  readonly life: number;
  readonly lost: boolean;
}

/**
 * Random clients against one shard whose appends are refused, doubted, cut off by a new owner. What must
 * hold whatever happens is in `TransactionRules`, and that replaying what is committed gives the state that is served.
 */
export class RandomRun {
  private nowMs = 1_000;
  private shard!: TransactionShard;
  private machine!: TransactionMachine;
  private readonly log: { key: Uint8Array; value: Uint8Array | null }[] = [];
  private pending: readonly TransactionRecord[] = [];
  /** Orders to write markers, none ever forgotten: some are reported when they are long over. */
  private readonly jobs: EndEvent[] = [];
  private readonly asked: Asked[] = [];
  private readonly ghosts: { request: ClientRequest; client: Client; life: number }[] = [];
  private readonly clients: Client[];
  private nextProducerId = 1_000;
  /** How often each thing was seen, so that a test can tell that the run was not idle. */
  readonly seen = new Map<string, number>();
  private readonly rules = new TransactionRules((what) => this.count(what));

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
    this.rules.checkOwner(request, client, client ? `${this.clients.indexOf(client)}/${life}` : "", reply);
    if (client === undefined || client.life !== life) return;
    if (request.call === "endTxn") this.rules.checkRetry(client, request, reply);
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
      this.rules.checkEnd(client, request.body.committed);
      if (client.isV2) client.self = producerOf(reply);
      Object.assign(client, { acked: new Set(), ending: undefined });
    } else {
      const partitions = partitionsOf(request);
      this.rules.checkAdded(client, partitions);
      for (const partition of partitions) client.acked.add(partition);
    }
  }

  private onEvent(event: TransactionEvent): void {
    this.count(event.event);
    if (event.event !== "end transaction") return;
    this.jobs.push(event);
    this.rules.checkOrder(event);
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
    this.rules.marked(job, partitions);
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
      this.rules.tell(record);
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
            this.rules.checkFenced(request, outcome.entries);
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

/** All of the state that is in the log, in order of ids. Value version 0 cannot hold all of it. */
function stateOf(machine: TransactionMachine, version: TransactionVersion): string {
  const notKept = { previousProducerId: -1, lastProducerEpoch: -1 };
  const values = [...machine.state.values()].map(({ transactionalId, value }): [string, TransactionValue] => [
    transactionalId,
    version === 0 ? { ...value, ...notKept } : value,
  ]);
  return JSON.stringify(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}
