import { kafkaErrorName } from "@moldau/base";
import type {
  ConsumerGroupHeartbeatRequest,
  JoinGroupRequest,
  LeaveGroupRequest,
  OffsetCommitRequest,
  SyncGroupRequest,
  TxnOffsetCommitRequest,
} from "@moldau/protocol";
import { Shard, type ShardEffect } from "@moldau/shards";
import {
  batchKeyOf,
  decodeGroupRecord,
  defaultGroupConfig,
  encodeGroupRecord,
  type GroupConfig,
  type GroupEvent,
  GroupMachine,
  type GroupRecord,
  type GroupReply,
  type GroupRequest,
  sizeOfGroupRecord,
} from "../index";
import { FakeTopics, idOf } from "./fake-topics";
import { showEvent, showRecord, showReply } from "./show";
import { bytesOf } from "./words";

type Words = ReadonlyMap<string, string>;
type Effect = ShardEffect<GroupReply, GroupRecord, GroupEvent>;

/**
 * Runs a transcript against one shard of groups. A line `> NAME CALL key=value…` is a request, whose reply is printed with
 * its name; `> wait MS` lets time pass, timers fire at their moments; appends are committed at once unless `> hold` was
 * said, then by `> commit`, or `> refuse`; `> restart` replays what is committed into a new shard, through the log format.
 * `> topics NAME=COUNT…` sets the cluster's topics (0 deletes one), `> racks NAME=a+b,b+c…` the racks of their partitions'
 * replicas.
 */
export class GroupTranscript {
  private nowMs = 0;
  private holding = false;
  private pending: readonly GroupRecord[] = [];
  private readonly log: (() => GroupRecord)[] = [];
  private shard: Shard<GroupRequest, GroupReply, GroupRecord, GroupEvent>;
  private readonly names: string[] = [];
  private readonly memberCounts = new Map<string, number>();
  private lines: string[] = [];
  private config: GroupConfig = defaultGroupConfig;
  private readonly topics = new FakeTopics();

  constructor() {
    this.shard = this.load();
  }

  static run(transcript: string): string {
    const self = new GroupTranscript();
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
    if (first === "config") {
      for (const [key, value] of parse(line)) this.config = { ...this.config, [key]: configValue(value) };
      this.shard = this.load();
    } else if (first === "wait") this.wait(Number(second));
    else if (first === "topics") {
      for (const [name, count] of parse(line)) this.topics.set(name, Number(count));
    } else if (first === "racks") {
      for (const [name, racks] of parse(line)) {
        this.topics.setRacks(
          name,
          racks.split(",").map((list) => list.split("+")),
        );
      }
    } else if (first === "overrides") {
      const words = parse(line);
      this.topics.groupOverrides.set("g", {
        consumerSessionTimeoutMs: Number(words.get("session")),
        consumerHeartbeatIntervalMs: Number(words.get("interval")),
      });
    } else if (first === "hold") this.holding = true;
    else if (first === "commit") {
      this.holding = false;
      this.commit();
    } else if (first === "refuse") {
      this.holding = false;
      this.pending = [];
      this.perform(this.shard.onRefused(15, this.nowMs));
    } else if (first === "restart") this.shard = this.load();
    else this.request(first, second, parse(line));
  }

  private load(): Shard<GroupRequest, GroupReply, GroupRecord, GroupEvent> {
    const shard = new Shard<GroupRequest, GroupReply, GroupRecord, GroupEvent>(
      (timeline) => new GroupMachine(timeline, this.config, this.topics),
      { sizeOf: sizeOfGroupRecord, batchKeyOf, batchBytesMax: 1e6, waitingBytesMax: 1e7, refusedPauseMs: 500 },
    );
    this.shard = shard;
    shard.start();
    shard.onClaimed({ logStartOffset: 0, markerOffset: Math.max(this.log.length, 1) }, this.nowMs);
    const records = this.log.map((read) => read());
    this.perform(shard.onEntries(records, Math.max(this.log.length, 1), this.nowMs));
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

  private request(name: string, call: string, words: Words): void {
    this.names.push(name);
    this.perform(this.shard.submit(this.names.length - 1, this.build(call, words), this.nowMs));
  }

  private commit(): void {
    for (const record of this.pending) this.log.push(throughTheLog(record));
    this.pending = [];
    this.perform(this.shard.onAppended());
  }

  private perform(effects: Effect[]): void {
    for (const effect of effects) {
      switch (effect.do) {
        case "append":
          for (const record of effect.entries) this.lines.push(`  record ${showRecord(record)}`);
          this.pending = effect.entries;
          if (!this.holding) this.commit();
          break;
        case "reply":
          this.lines.push(`  ${this.at()}${this.names[effect.call]}: ${showReply(effect.reply)}`);
          break;
        case "refuse":
          this.lines.push(`  ${this.at()}${this.names[effect.call]}: refused, ${kafkaErrorName(effect.error)}`);
          break;
        case "report":
          this.lines.push(`  ${this.at()}log: ${showEvent(effect.event)}`);
          break;
        default:
      }
    }
  }

  private at(): string {
    return `${this.nowMs / 1000}s `;
  }

  private build(call: string, words: Words): GroupRequest {
    const word = (key: string, otherwise = ""): string => words.get(key) ?? otherwise;
    const number = (key: string, otherwise: number): number => Number(words.get(key) ?? otherwise);
    const groupId = word("group", "g");
    const groupInstanceId = words.get("instance") ?? null;
    const client = word("client", "c");
    const caller = { apiVersion: number("v", 9), clientId: client, clientHost: "/10.0.0.1" };
    switch (call) {
      case "join": {
        const body: JoinGroupRequest = {
          groupId,
          sessionTimeoutMs: number("session", 10_000),
          rebalanceTimeoutMs: number("rebalance", 30_000),
          memberId: word("member"),
          groupInstanceId,
          protocolType: word("type", "consumer"),
          protocols: list(word("protocols", "range=topics(orders)")).map(([name, metadata]) => ({
            name,
            metadata: bytesOf(metadata),
          })),
          reason: words.get("reason") ?? null,
        };
        return { call, caller, body, newMemberId: this.newMemberId(groupInstanceId ?? client, body.memberId) };
      }
      case "sync": {
        const body: SyncGroupRequest = {
          groupId,
          generationId: number("generation", 1),
          memberId: word("member"),
          groupInstanceId,
          protocolType: words.get("type") ?? null,
          protocolName: words.get("protocol") ?? null,
          assignments: list(word("assign")).map(([memberId, assignment]) => ({
            memberId,
            assignment: bytesOf(assignment),
          })),
        };
        return { call, body };
      }
      case "heartbeat":
        return {
          call,
          body: { groupId, generationId: number("generation", 1), memberId: word("member"), groupInstanceId },
        };
      case "leave": {
        const body: LeaveGroupRequest = {
          groupId,
          memberId: word("member"),
          members: list(word("members")).map(([memberId, instance]) => ({
            memberId,
            groupInstanceId: instance === "" ? null : instance,
            reason: words.get("reason") ?? null,
          })),
        };
        return { call, caller, body };
      }
      case "consumerHeartbeat": {
        const topics = words.get("topics");
        const owned = words.get("owned");
        const body: ConsumerGroupHeartbeatRequest = {
          groupId,
          memberId: word("member"),
          memberEpoch: number("epoch", 0),
          instanceId: groupInstanceId,
          rackId: words.get("rack") ?? null,
          rebalanceTimeoutMs: number("rebalance", words.has("topics") || words.has("regex") ? 30_000 : -1),
          subscribedTopicNames: topics === undefined ? null : topics.split(",").filter(Boolean),
          subscribedTopicRegex: words.get("regex") ?? null,
          serverAssignor: words.get("assignor") ?? null,
          topicPartitions:
            owned === undefined
              ? number("epoch", 0) === 0
                ? []
                : null
              : partitions(owned.replaceAll(",", ";")).map(([name, list]) => ({
                  topicId: idOf(name),
                  partitions: list.map(([partition]) => partition),
                })),
        };
        return { call, caller: { ...caller, apiVersion: number("v", 1) }, body, newMemberId: "made-here" };
      }
      case "commitOffsets": {
        const body: OffsetCommitRequest = {
          groupId,
          generationIdOrMemberEpoch: number("generation", -1),
          memberId: word("member"),
          groupInstanceId,
          retentionTimeMs: number("retention", -1),
          topics: partitions(word("offsets")).map(([name, offsets]) => ({
            name,
            topicId: "AAAAAAAAAAAAAAAAAAAAAA",
            partitions: offsets.map(([partitionIndex, offset]) => ({
              partitionIndex,
              committedOffset: Number(offset),
              committedLeaderEpoch: number("epoch", -1),
              commitTimestamp: -1,
              committedMetadata: words.get("metadata") ?? null,
            })),
          })),
        };
        return { call, caller, body };
      }
      case "guardTransaction":
        return { call, producerId: number("producer", 1), producerEpoch: number("pepoch", 0) };
      case "commitTransactionalOffsets": {
        const body: TxnOffsetCommitRequest = {
          transactionalId: "t",
          groupId,
          producerId: number("producer", 1),
          producerEpoch: number("pepoch", 0),
          generationId: number("generation", -1),
          memberId: word("member"),
          groupInstanceId,
          topics: partitions(word("offsets")).map(([name, offsets]) => ({
            name,
            partitions: offsets.map(([partitionIndex, offset]) => ({
              partitionIndex,
              committedOffset: Number(offset),
              committedLeaderEpoch: number("epoch", -1),
              committedMetadata: words.get("metadata") ?? null,
            })),
          })),
        };
        return { call, body, guard: word("guard") };
      }
      case "endTransaction":
        return {
          call,
          producerId: number("producer", 1),
          producerEpoch: number("pepoch", 0),
          coordinatorEpoch: 0,
          commit: word("commit", "yes") === "yes",
          transactionVersion: number("tv", 0),
        };
      case "fetchOffsets": {
        const wanted = words.get("offsets");
        const topics = partitions(wanted ?? "").map(([name, offsets]) => ({
          name,
          partitionIndexes: offsets.map(([partition]) => partition),
        }));
        return {
          call,
          groupId,
          topics: wanted === undefined ? null : topics,
          requireStable: word("stable", "no") === "yes",
        };
      }
      case "deleteOffsets": {
        const topics = partitions(word("offsets")).map(([name, offsets]) => ({
          name,
          partitions: offsets.map(([partitionIndex]) => ({ partitionIndex })),
        }));
        return { call, body: { groupId, topics } };
      }
      case "consumerDescribe":
      case "describe":
      case "deleteGroup":
        return { call, groupId };
      case "list":
        return {
          call,
          states: word("states").split(",").filter(Boolean),
          types: word("types").split(",").filter(Boolean),
        };
      case "forgetTopics":
        return { call, topics: word("topics").split(",") };
      default:
        throw new Error(`unknown call ${call}`);
    }
  }

  private newMemberId(of: string, memberId: string): string {
    const count = (this.memberCounts.get(of) ?? 0) + (memberId === "" ? 1 : 0);
    this.memberCounts.set(of, count);
    return `${of}-${count}`;
  }
}

/** As it comes back from the log: a record with the transaction of its batch, or a control batch. */
function throughTheLog(record: GroupRecord): () => GroupRecord {
  if (record.kind === "marker") return () => record;
  const { key, value } = encodeGroupRecord(record);
  const transaction = record.kind === "offset" ? record.transaction : undefined;
  return () => decodeGroupRecord(key, value, transaction) as GroupRecord;
}

/** `key=value` words; values may hold spaces as `_`. */
function parse(line: string): Words {
  const words = line.split(" ").filter((word) => word.includes("="));
  return new Map(
    words.map((word) => {
      const cut = word.indexOf("=");
      return [word.slice(0, cut), word.slice(cut + 1).replaceAll("_", " ")];
    }),
  );
}

/** `a=x;b=y` */
function list(text: string): [string, string][] {
  return text
    .split(";")
    .filter(Boolean)
    .map((item) => {
      const cut = item.indexOf("=");
      return cut === -1 ? [item, ""] : [item.slice(0, cut), item.slice(cut + 1)];
    });
}

/** `orders-0=5;orders-1=6` by topic. */
function partitions(text: string): [string, [number, string][]][] {
  const byTopic = new Map<string, [number, string][]>();
  for (const [name, value] of list(text)) {
    const cut = name.lastIndexOf("-");
    const topic = name.slice(0, cut);
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), [Number(name.slice(cut + 1)), value]]);
  }
  return [...byTopic];
}

/** Numbers, lists (`a,b`) and words. */
function configValue(text: string): number | string | string[] {
  if (/^\d+$/.test(text)) return Number(text);
  return text.includes(",") ? text.split(",") : text;
}
