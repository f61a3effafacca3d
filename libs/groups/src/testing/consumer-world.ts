import { KafkaError } from "@moldau/base";
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, Draft } from "@moldau/protocol";
import { Shard, type ShardEffect } from "@moldau/shards";
import {
  type ConsumerGroup,
  decodeGroupRecord,
  defaultGroupConfig,
  encodeGroupRecord,
  type GroupEvent,
  GroupMachine,
  type GroupRecord,
  type GroupReply,
  type GroupRequest,
  GroupState,
  sizeOfGroupRecord,
  type TransactionMarkerRecord,
} from "../index";
import { Timeline } from "@moldau/timeline";
import { FakeTopics, nameOf } from "./fake-topics";

type Effect = ShardEffect<GroupReply, GroupRecord, GroupEvent>;
type Reply = Draft<ConsumerGroupHeartbeatResponse>;

const GROUP = "g";
const HEARTBEAT_MS = 5_000;
const SESSION_MS = 45_000;

/**
 * A consumer as the protocol asks of it: gives up what is not in its assignment, when it gets around to it, and only then works
 * on what is new in it; says all it has after anything went wrong; abandons everything when it is fenced.
 */
export class WorldMember {
  epoch = 0;
  /** Partitions that it works on, `topic-partition`. */
  readonly owned = new Set<string>();
  private wanted = new Set<string>();
  private sayAll = true;
  /** It was told something new and has not got around to it. */
  private unacknowledged = false;
  /** Something is to be said that the request under way did not say. */
  private newer = false;
  /** A request is under way. */
  waiting = false;
  /** What it owns is in the request that is under way, or was in the last one. */
  private saidAll = false;
  alive = true;

  constructor(
    readonly memberId: string,
    readonly instanceId: string | null,
    private readonly rackId: string | null,
    public topics: readonly string[],
    public regex: string | null,
  ) {}

  get settled(): boolean {
    return this.epoch > 0 && !this.sayAll && !this.unacknowledged;
  }

  request(): ConsumerGroupHeartbeatRequest {
    const all = this.sayAll || this.epoch === 0;
    this.saidAll = all;
    this.newer = false;
    return {
      groupId: GROUP,
      memberId: this.memberId,
      memberEpoch: this.epoch,
      instanceId: this.instanceId,
      rackId: all ? this.rackId : null,
      rebalanceTimeoutMs: all ? 600_000 : -1,
      subscribedTopicNames: all ? [...this.topics] : null,
      subscribedTopicRegex: all ? (this.regex ?? "") : null,
      serverAssignor: null,
      topicPartitions: all ? [...this.owned].map((name) => partitionOf(name)) : null,
    };
  }

  leave(): ConsumerGroupHeartbeatRequest {
    this.owned.clear();
    this.alive = false;
    return { ...this.request(), memberEpoch: this.instanceId === null ? -1 : -2, topicPartitions: null };
  }

  subscribe(topics: readonly string[], regex: string | null): void {
    this.topics = topics;
    this.regex = regex;
    this.sayAll = this.newer = true;
  }

  /** An answer came; undefined: none did. */
  hear(reply: Reply | undefined, saidAll: boolean): void {
    this.waiting = false;
    if (!this.alive) return;
    if (reply === undefined) this.sayAll = true;
    else if (reply.errorCode === KafkaError.NONE) {
      this.epoch = reply.memberEpoch ?? 0;
      if (saidAll && !this.newer) this.sayAll = false;
      const topics = reply.assignment?.topicPartitions;
      if (topics !== undefined) {
        const wanted = new Set(
          topics.flatMap(({ topicId, partitions }) => (partitions ?? []).map((p) => `${nameOf(topicId ?? "")}-${p}`)),
        );
        this.unacknowledged ||= wanted.size !== this.wanted.size || [...wanted].some((name) => !this.wanted.has(name));
        this.wanted = wanted;
      }
    } else this.abandon();
  }

  /**
   * Gets around to what it was told, and says so with its next heartbeat. Not while it is saying what it owns: the coordinator gives
   * away what is not in there, and the protocol has no word against that.
   */
  reconcile(): void {
    if (this.waiting && this.saidAll) return;
    for (const name of [...this.owned]) if (!this.wanted.has(name)) this.owned.delete(name);
    for (const name of this.wanted) this.owned.add(name);
    if (this.unacknowledged) this.sayAll = this.newer = true;
    this.unacknowledged = false;
  }

  private abandon(): void {
    this.epoch = 0;
    this.owned.clear();
    this.wanted.clear();
    this.unacknowledged = false;
    this.sayAll = true;
  }
}

/**
 * One consumer group at one shard, with its members, on a network that loses requests and answers, with appends that are refused
 * or in doubt and coordinators that die.
 */
export class ConsumerWorld {
  readonly topics = new FakeTopics();
  readonly members: WorldMember[] = [];
  private nowMs = 0;
  private log: GroupRecord[] = [];
  private pending: readonly GroupRecord[] | undefined;
  private shard: Shard<GroupRequest, GroupReply, GroupRecord, GroupEvent>;
  private machine!: GroupMachine;
  private calls = new Map<number, (reply: Reply | undefined) => void>();
  private lastCall = 0;
  private joined = 0;

  constructor(topics: Readonly<Record<string, number>>) {
    for (const [name, count] of Object.entries(topics)) this.topics.set(name, count);
    this.shard = this.load();
  }

  get group(): ConsumerGroup | undefined {
    return this.machine.state.consumerGroups.get(GROUP);
  }

  get living(): WorldMember[] {
    return this.members.filter(({ alive }) => alive);
  }

  join(
    topics: readonly string[],
    regex: string | null,
    { instanceId, rackId }: { instanceId: string | null; rackId: string | null },
  ): void {
    if (instanceId !== null && this.living.some((member) => member.instanceId === instanceId)) return;
    this.members.push(new WorldMember(`m${++this.joined}`, instanceId, rackId, topics, regex));
  }

  /** `lose`: what the network does to the request or its answer. */
  heartbeat(member: WorldMember, lose: "nothing" | "request" | "answer" = "nothing"): void {
    if (member.waiting || !member.alive) return;
    const body = member.request();
    member.waiting = true;
    if (lose === "request") member.hear(undefined, false);
    else {
      this.send(body, (reply) => member.hear(lose === "answer" ? undefined : reply, body.topicPartitions !== null));
    }
  }

  leave(member: WorldMember): void {
    if (!member.waiting && member.alive && member.epoch > 0) this.send(member.leave(), () => undefined);
  }

  /** A member dies with all it has; the others go on until its session is over. */
  crash(member: WorldMember): void {
    member.alive = false;
    member.owned.clear();
    for (let passed = 0; passed <= SESSION_MS; passed += HEARTBEAT_MS) this.round();
  }

  /** A heartbeat of everybody, and five seconds. */
  round(): void {
    this.append("committed");
    for (const member of this.living) {
      this.heartbeat(member);
      this.append("committed");
      member.reconcile();
    }
    const end = this.nowMs + HEARTBEAT_MS;
    while (this.shard.nextDeadlineMs <= end) {
      this.nowMs = this.shard.nextDeadlineMs;
      this.perform(this.shard.tick(this.nowMs));
      this.append("committed");
    }
    this.nowMs = end;
  }

  /** What became of the append under way. */
  append(outcome: "committed" | "refused" | "written, in doubt" | "not written, in doubt"): void {
    while (this.pending !== undefined) {
      const records = this.pending;
      this.pending = undefined;
      if (outcome === "committed" || outcome === "written, in doubt") this.log.push(...records.map(throughTheLog));
      if (outcome === "committed") this.perform(this.shard.onAppended());
      else if (outcome === "refused")
        this.perform(this.shard.onRefused(KafkaError.COORDINATOR_NOT_AVAILABLE, this.nowMs));
      else this.die();
    }
  }

  /** The coordinator dies; the next one replays what is written. Nobody gets an answer. */
  die(): void {
    const open = [...this.calls.values()];
    this.calls.clear();
    this.pending = undefined;
    this.shard = this.load();
    for (const answer of open) answer(undefined);
  }

  /** Nothing waits to be written: then the log is the state. */
  get quiet(): boolean {
    return this.pending === undefined;
  }

  /** The group as this coordinator has it, and as the next one would have it. */
  images(): { live: unknown; replayed: unknown } {
    const replayed = new GroupState(new Timeline(), defaultGroupConfig, this.topics);
    for (const record of this.log) replayed.replay(record);
    return { live: imageOf(this.group), replayed: imageOf(replayed.consumerGroups.get(GROUP)) };
  }

  private send(body: ConsumerGroupHeartbeatRequest, answer: (reply: Reply | undefined) => void): void {
    const call = ++this.lastCall;
    this.calls.set(call, answer);
    const caller = { apiVersion: 1, clientId: "c", clientHost: "/" };
    const request: GroupRequest = { call: "consumerHeartbeat", caller, body, newMemberId: "unused" };
    this.perform(this.shard.submit(call, request, this.nowMs));
  }

  private load(): Shard<GroupRequest, GroupReply, GroupRecord, GroupEvent> {
    const shard = new Shard<GroupRequest, GroupReply, GroupRecord, GroupEvent>(
      (timeline) => (this.machine = new GroupMachine(timeline, defaultGroupConfig, this.topics)),
      {
        sizeOf: sizeOfGroupRecord,
        batchKeyOf: () => undefined,
        batchBytesMax: 1e6,
        waitingBytesMax: 1e7,
        refusedPauseMs: 500,
      },
    );
    this.shard = shard;
    shard.start();
    const markerOffset = Math.max(this.log.length, 1);
    shard.onClaimed({ logStartOffset: 0, markerOffset }, this.nowMs);
    this.perform(shard.onEntries(this.log, markerOffset, this.nowMs));
    return shard;
  }

  private perform(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.do === "append") this.pending = effect.entries;
      else if (effect.do === "reply" || effect.do === "refuse") {
        const answer = this.calls.get(effect.call);
        this.calls.delete(effect.call);
        answer?.(effect.do === "reply" ? (effect.reply as Reply) : undefined);
      }
    }
  }
}

function imageOf(group: ConsumerGroup | undefined): unknown {
  if (group === undefined) return undefined;
  const records = [...group.records()].map((record) => plain(record));
  return { records: records.sort(), state: group.state };
}

function plain(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === "bigint") return `${item}`;
    return item instanceof Map ? [...item].sort() : item;
  });
}

function throughTheLog(record: GroupRecord): GroupRecord {
  const { key, value } = encodeGroupRecord(record as Exclude<GroupRecord, TransactionMarkerRecord>);
  return decodeGroupRecord(key, value) as GroupRecord;
}

function partitionOf(name: string): { topicId: string; partitions: number[] } {
  const cut = name.lastIndexOf("-");
  return {
    topicId: `${name.slice(0, cut)}${"_".repeat(21)}`.slice(0, 21) + "A",
    partitions: [Number(name.slice(cut + 1))],
  };
}
