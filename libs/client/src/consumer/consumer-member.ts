// What a member of a group of the new kind says to its coordinator and what it makes of the answers (KIP-848). No clock, no network:
// whoever drives it sends `heartbeat`, tells it the answer, and carries out the steps that it asks for.
//
// States and their transitions:
//   out       → joining                            somebody subscribes
//   joining   → member                             the coordinator has given it an epoch
//   member    → fenced                             FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID: its partitions may be another one's by now
//   fenced    → joining                            it has let go of them
//   member, joining → failed                       refused for good (see `hopeless`)
//   any       → left                               for ever
// Within `member` it reconciles: what the coordinator wants it to have (target) against what it has (owned). First it gives back what is
// no longer its own, then it takes what is new, then it says what it has: that acknowledges, and only then others get the rest.
import { KafkaError, type Uuid } from "@moldau/base";
import type { ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, Draft } from "@moldau/protocol";

/** Names, or a regular expression (RE2) over names that the coordinator resolves. */
export interface GroupSubscription {
  topics: readonly string[];
  pattern?: string;
}

export interface MemberPartition {
  topicId: Uuid;
  partition: number;
}

/** What has to be done before the member goes on; `did` when it is done. */
export type MemberStep =
  /** Give these back: what was handed out may still be committed until then. */
  | { kind: "revoke"; partitions: MemberPartition[] }
  /** These are gone already. */
  | { kind: "lose"; partitions: MemberPartition[] }
  /** These are its own from now on. */
  | { kind: "assign"; partitions: MemberPartition[] };

export interface ConsumerMemberOptions {
  groupId: string;
  /** Its own choice, for as long as it lives (KIP-1082). */
  memberId: string;
  /** A static member: it comes back under this name and finds its partitions (KIP-345). */
  instanceId?: string;
  /** One of the coordinator's assignors; its first one where none is named. */
  serverAssignor?: string;
  /** How long it may take to give partitions back. */
  rebalanceTimeoutMs: number;
}

type State = "out" | "joining" | "member" | "fenced" | "failed" | "left";

const JOIN_EPOCH = 0;
const LEAVE_EPOCH = -1;
/** A static member that comes back: its partitions stay as they are until its session ends. */
const LEAVE_FOR_NOW_EPOCH = -2;
const HEARTBEAT_INTERVAL_MS = 5_000;
const UNCHANGED_TIMEOUT = -1;
/** Regular expressions came with this version (KIP-848, Kafka 4.0). */
const PATTERN_VERSION = 1;

const fencing: readonly number[] = [KafkaError.FENCED_MEMBER_EPOCH, KafkaError.UNKNOWN_MEMBER_ID];
/** Said again to whoever coordinates now. */
const passing: readonly number[] = [
  KafkaError.NOT_COORDINATOR,
  KafkaError.COORDINATOR_NOT_AVAILABLE,
  KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
];

export class ConsumerMember {
  readonly options: ConsumerMemberOptions;
  /** The coordinator's word for this member's view of the group; commits carry it. */
  epoch = JOIN_EPOCH;
  memberId: string;
  /** As the coordinator wishes. */
  heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS;
  #state: State = "out";
  #subscription: GroupSubscription = { topics: [] };
  /** The coordinator may have an expression of this member's. */
  #toldPattern = false;
  #owned = new Map<string, MemberPartition>();
  #target: ReadonlyMap<string, MemberPartition> | undefined;
  /** A reconciliation has ended with "assign", of nothing where nothing is new: whoever waits for one is told of its end. */
  #isSettled = false;
  /** What the coordinator was told last; undefined: unknown whether it arrived, so all of it is said again. */
  #told: { subscription: string; owned: string } | undefined;

  constructor(options: ConsumerMemberOptions) {
    this.options = options;
    this.memberId = options.memberId;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether what it owns may be committed under `epoch`. */
  get isActive(): boolean {
    return this.#state === "member";
  }

  get owned(): MemberPartition[] {
    return [...this.#owned.values()];
  }

  /** Topics that the coordinator gave partitions of. */
  get targetTopicIds(): Uuid[] {
    return [...new Set([...(this.#target?.values() ?? [])].map(({ topicId }) => topicId))];
  }

  subscribe(subscription: GroupSubscription): void {
    this.#subscription = { ...subscription, topics: [...new Set(subscription.topics)].sort() };
    if (this.#state === "out") this.#state = "joining";
  }

  /** Whether there is something that should not wait for the next interval. */
  get isUrgent(): boolean {
    if (this.#state === "joining") return true;
    if (this.#state !== "member") return false;
    return this.#told === undefined || this.#told.owned !== this.#ownedText || this.#told.subscription !== this.#wanted;
  }

  /** Whether it says anything at all. A fenced member has to let go first. */
  get speaks(): boolean {
    return this.#state === "joining" || this.#state === "member";
  }

  /** The next heartbeat: everything where the coordinator may not know it, else what has changed. */
  heartbeat(version: number): Draft<ConsumerGroupHeartbeatRequest> {
    const { groupId, instanceId = null, serverAssignor = null, rebalanceTimeoutMs } = this.options;
    // A member that joins is one that nothing is known of.
    const told = this.#state === "joining" ? undefined : this.#told;
    const [subscription, owned] = [this.#wanted, this.#ownedText];
    this.#told = { subscription, owned };
    const tellsTopics = told?.subscription !== subscription;
    return {
      groupId,
      memberId: this.memberId,
      memberEpoch: this.epoch,
      instanceId,
      rebalanceTimeoutMs: told === undefined ? rebalanceTimeoutMs : UNCHANGED_TIMEOUT,
      subscribedTopicNames: tellsTopics ? [...this.#subscription.topics] : null,
      ...(version >= PATTERN_VERSION && tellsTopics ? { subscribedTopicRegex: this.#patternToTell() } : {}),
      serverAssignor: told === undefined ? serverAssignor : null,
      topicPartitions: told?.owned === owned ? null : this.#ownedByTopic(),
    };
  }

  /** The last words; undefined where nobody has heard of this member. */
  leave(): Draft<ConsumerGroupHeartbeatRequest> | undefined {
    const hasSpoken = this.#told !== undefined || this.epoch > JOIN_EPOCH;
    const isKnown = this.#state === "member" || this.#state === "joining" || this.#state === "fenced";
    this.#state = "left";
    if (!isKnown || !hasSpoken) return undefined;
    const { groupId, instanceId = null } = this.options;
    const memberEpoch = instanceId === null ? LEAVE_EPOCH : LEAVE_FOR_NOW_EPOCH;
    return { groupId, memberId: this.memberId, instanceId, memberEpoch, rebalanceTimeoutMs: UNCHANGED_TIMEOUT };
  }

  /** No answer came, or none that says what the coordinator knows now. */
  unheard(): void {
    this.#told = undefined;
  }

  /**
   * What the coordinator answered. "ok", "again" (to be said to whoever coordinates now), "fenced" (steps follow, then it joins again),
   * or "failed": it will not have this member.
   */
  answered(response: ConsumerGroupHeartbeatResponse): "ok" | "again" | "fenced" | "failed" {
    if (this.#state === "left" || !this.speaks) return "ok";
    const { errorCode, memberId, memberEpoch, heartbeatIntervalMs, assignment } = response;
    if (errorCode !== KafkaError.NONE) {
      this.unheard();
      if (passing.includes(errorCode)) return "again";
      if (!fencing.includes(errorCode)) {
        this.giveUp();
        return "failed";
      }
      this.#forget(this.#owned.size > 0 ? "fenced" : "joining");
      return "fenced";
    }
    this.#state = "member";
    this.memberId = memberId ?? this.memberId;
    this.epoch = memberEpoch;
    this.heartbeatIntervalMs = heartbeatIntervalMs;
    if (assignment !== null) {
      const partitions = assignment.topicPartitions.flatMap(({ topicId, partitions: list }) =>
        list.map((partition): MemberPartition => ({ topicId, partition })),
      );
      this.#target = keyed(partitions);
    }
    return "ok";
  }

  /** The cluster cannot have this member; what it owns is lost. */
  giveUp(): void {
    this.#forget("failed");
  }

  /**
   * What has to be done now, if anything. `isKnown`: whether a topic's name is known; partitions of topics without one wait until it is.
   * Between a step and its `did` there is no other.
   */
  next(isKnown: (topicId: Uuid) => boolean): MemberStep | undefined {
    if (this.#state === "fenced" || this.#state === "failed") {
      return this.#owned.size > 0 ? { kind: "lose", partitions: this.owned } : undefined;
    }
    const target = this.#target;
    if (this.#state !== "member" || target === undefined) return undefined;
    const gone = [...this.#owned].filter(([key]) => !target.has(key));
    if (gone.length > 0) return { kind: "revoke", partitions: gone.map(([, at]) => at) };
    const added = [...target].filter(([key, at]) => !this.#owned.has(key) && isKnown(at.topicId));
    if (added.length === 0 && this.#isSettled) return undefined;
    return { kind: "assign", partitions: added.map(([, at]) => at) };
  }

  /** A step has been carried out. What was assigned may have been called back by then: the next step says so. */
  did({ kind, partitions }: MemberStep): void {
    for (const [key, at] of keyed(partitions)) {
      if (kind === "assign") this.#owned.set(key, at);
      else this.#owned.delete(key);
    }
    this.#isSettled = kind === "assign";
    if (this.#state === "fenced" && this.#owned.size === 0) this.#state = "joining";
  }

  #forget(state: State): void {
    this.#state = state;
    this.#target = undefined;
    this.#isSettled = false;
    this.epoch = JOIN_EPOCH;
  }

  get #wanted(): string {
    return JSON.stringify([this.#subscription.topics, this.#subscription.pattern ?? ""]);
  }

  get #ownedText(): string {
    return [...this.#owned.keys()].sort().join(" ");
  }

  #patternToTell(): string | null {
    const { pattern } = this.#subscription;
    if (pattern !== undefined) this.#toldPattern = true;
    // Empty: no expression any more.
    return pattern ?? (this.#toldPattern ? "" : null);
  }

  #ownedByTopic(): { topicId: Uuid; partitions: number[] }[] {
    const topics = new Map<Uuid, number[]>();
    for (const { topicId, partition } of this.#owned.values()) {
      topics.set(topicId, [...(topics.get(topicId) ?? []), partition]);
    }
    return [...topics].map(([topicId, partitions]) => ({ topicId, partitions: partitions.sort((a, b) => a - b) }));
  }
}

function keyed(partitions: readonly MemberPartition[]): Map<string, MemberPartition> {
  return new Map(partitions.map((at) => [`${at.topicId}:${at.partition}`, at]));
}
