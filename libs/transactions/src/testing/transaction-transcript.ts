import { KafkaError, kafkaErrorName } from "@moldau/base";
import { Shard, type ShardEffect } from "@moldau/shards";
import {
  decodeTransactionRecord,
  defaultTransactionConfig,
  encodeTransactionRecord,
  sizeOfTransactionRecord,
  type TopicPartitions,
  type TransactionConfig,
  type TransactionEvent,
  TransactionMachine,
  type TransactionRecord,
  type TransactionReply,
  type TransactionRequest,
  type TransactionValue,
} from "../index";
import { showEvent, showRecord, showReply } from "./show";

type Words = ReadonlyMap<string, string>;
type TransactionShard = Shard<TransactionRequest, TransactionReply, TransactionRecord, TransactionEvent>;
type Effect = ShardEffect<TransactionReply, TransactionRecord, TransactionEvent>;

/**
 * Runs a transcript against one shard of transactions. A line `> NAME CALL key=value…` is a request, whose reply is printed
 * with its name; `> wait MS` lets time pass, timers fire at their moments; appends are committed at once unless `> hold` was
 * said, then by `> commit`, or `> refuse`; `> restart` replays what is committed into a new shard, through the log format;
 * `> raise as=ID:EPOCH` puts the producer of `t` there first.
 */
export class TransactionTranscript {
  private nowMs = 0;
  private readonly decidedMs = new Map<string, number>();
  private holding = false;
  private pending: readonly TransactionRecord[] = [];
  private readonly log: { key: Uint8Array; value: Uint8Array | null }[] = [];
  private config: TransactionConfig = defaultTransactionConfig;
  private shard: TransactionShard;
  private readonly names: string[] = [];
  private lines: string[] = [];

  constructor() {
    this.shard = this.load();
  }

  static run(transcript: string): string {
    const self = new TransactionTranscript();
    self.lines = [];
    for (const line of transcript.split("\n")) {
      if (!line.startsWith("#") && !line.startsWith("> ") && line !== "") continue;
      self.lines.push(line);
      if (line.startsWith("> ")) self.command(line.slice(2));
    }
    return self.lines.join("\n");
  }

  private command(line: string): void {
    const [first = "", second = ""] = line.split(" ");
    if (first === "config") this.configure(parse(line));
    else if (first === "wait") this.wait(Number(second));
    else if (first === "hold") this.holding = true;
    else if (first === "commit") {
      this.holding = false;
      this.commit();
    } else if (first === "refuse") {
      this.holding = false;
      this.pending = [];
      this.perform(this.shard.onRefused(KafkaError.NOT_ENOUGH_REPLICAS, this.nowMs));
    } else if (first === "restart") this.load();
    else if (first === "raise") this.raise(parse(line));
    else {
      this.names.push(first);
      this.perform(this.shard.submit(this.names.length - 1, build(second, parse(line), this.decidedMs), this.nowMs));
    }
  }

  private configure(words: Words): void {
    for (const [key, value] of words) {
      const setting = key === "transactionVersion" ? () => Number(value) as 0 | 1 | 2 : Number(value);
      this.config = { ...this.config, [key]: setting };
    }
    this.load();
  }

  /** As if the id had been used for long: an idle producer at this epoch. */
  private raise(words: Words): void {
    const [producerId = 0, producerEpoch = 0] = (words.get("as") ?? "").split(":").map(Number);
    const value: TransactionValue = {
      valueVersion: 1,
      producerId,
      previousProducerId: producerId,
      nextProducerId: -1,
      producerEpoch,
      lastProducerEpoch: -1,
      timeoutMs: 60_000,
      status: "Empty",
      partitions: [],
      lastUpdateMs: this.nowMs,
      startMs: -1,
      clientTransactionVersion: 0,
    };
    this.log.push(encodeTransactionRecord({ transactionalId: "t", value }));
    this.load();
  }

  private load(): TransactionShard {
    const shard: TransactionShard = new Shard((timeline) => new TransactionMachine(timeline, this.config), {
      sizeOf: sizeOfTransactionRecord,
      batchBytesMax: 1e6,
      waitingBytesMax: 1e7,
      refusedPauseMs: 500,
    });
    this.shard = shard;
    const end = Math.max(this.log.length, 1);
    shard.start();
    shard.onClaimed({ logStartOffset: 0, markerOffset: end }, this.nowMs);
    const records = this.log.map(({ key, value }) => decodeTransactionRecord(key, value) as TransactionRecord);
    this.perform(shard.onEntries(records, end, this.nowMs));
    return shard;
  }

  private wait(ms: number): void {
    const end = this.nowMs + ms;
    while (this.shard.nextDeadlineMs <= end) {
      this.nowMs = this.shard.nextDeadlineMs;
      this.perform(this.shard.tick(this.nowMs));
    }
    this.nowMs = end;
  }

  private commit(): void {
    for (const record of this.pending) this.log.push(encodeTransactionRecord(record));
    this.pending = [];
    this.perform(this.shard.onAppended());
  }

  private perform(effects: Effect[]): void {
    const at = `${this.nowMs / 1000}s`;
    for (const effect of effects) {
      switch (effect.do) {
        case "append":
          for (const record of effect.entries) this.lines.push(`  record ${showRecord(record)}`);
          this.pending = effect.entries;
          if (!this.holding) this.commit();
          break;
        case "reply":
          this.lines.push(`  ${at} ${this.names[effect.call]}: ${showReply(effect.reply)}`);
          break;
        case "refuse":
          this.lines.push(`  ${at} ${this.names[effect.call]}: refused, ${kafkaErrorName(effect.error)}`);
          break;
        case "report":
          if (effect.event.event === "end transaction")
            this.decidedMs.set(effect.event.transactionalId, effect.event.decidedMs);
          this.lines.push(`  ${at} ${showEvent(effect.event)}`);
          break;
        default:
      }
    }
  }
}

/** Words of a request: `id` transactional id, `as` producer id and epoch (`100:0`), `new` a producer id to spend. */
function build(call: string, words: Words, decided: ReadonlyMap<string, number>): TransactionRequest {
  const transactionalId = words.get("id") ?? "t";
  const [producerId = -1, producerEpoch = -1] = (words.get("as") ?? "-1:-1").split(":").map(Number);
  const number = (key: string, otherwise: number): number => Number(words.get(key) ?? otherwise);
  const list = (key: string): string[] => (words.get(key) ?? "").split(",").filter(Boolean);
  // As the last order to write markers said.
  const decidedMs = decided.get(transactionalId) ?? -1;
  const caller = { apiVersion: number("v", 5) };
  const partitions = partitionsOf(words.get("partitions") ?? "orders-0");
  const newProducerId = words.has("new") ? number("new", 0) : undefined;
  const producer = { transactionalId, producerId, producerEpoch };
  switch (call) {
    case "initProducerId":
      return { call, caller, body: { ...producer, transactionTimeoutMs: number("timeout", 60_000) }, newProducerId };
    case "addPartitions": {
      const topics = partitions.map(({ topic, partitions }) => ({ name: topic, partitions }));
      return { call, caller: { apiVersion: number("v", 3) }, ...producer, topics };
    }
    case "addOffsets":
      return {
        call,
        caller: { apiVersion: number("v", 4) },
        body: { ...producer, groupId: "g" },
        offsetsPartition: number("partition", 7),
      };
    case "commit":
    case "abort":
      return { call: "endTxn", caller, body: { ...producer, committed: call === "commit" }, newProducerId };
    case "verify":
    case "add":
      return { call: "verify", ...producer, partitions, add: call === "add" };
    case "describe":
      return { call, transactionalId };
    case "list":
      return {
        call,
        body: {
          stateFilters: list("states"),
          producerIdFilters: list("producers").map(Number),
          durationFilter: number("duration", -1),
          transactionalIdPattern: null,
        },
        matches: words.has("prefix") ? (id: string) => id.startsWith(words.get("prefix")!) : undefined,
      };
    case "markersWritten":
      return { call, ...producer, partitions, decidedMs: number("decided", decidedMs) };
    default:
      throw new Error(`unknown call ${call}`);
  }
}

function parse(line: string): Words {
  const words = line.split(" ").filter((word) => word.includes("="));
  return new Map(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
}

/** `orders-0,1;payments-2` */
function partitionsOf(text: string): TopicPartitions[] {
  return text
    .split(";")
    .filter(Boolean)
    .map((item) => {
      const cut = item.lastIndexOf("-");
      return {
        topic: item.slice(0, cut),
        partitions: item
          .slice(cut + 1)
          .split(",")
          .map(Number),
      };
    });
}
