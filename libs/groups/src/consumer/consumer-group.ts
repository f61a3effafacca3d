import { type Timeline, TimelineMap, TimelineSet, TimelineValue } from "@moldau/timeline";
import { type Assignment, NO_PARTITIONS } from "./assignment";
import {
  type ConsumerMember,
  factsOf,
  isReconciledTo,
  LEAVE_EPOCH,
  NEW_FACTS,
  NEW_PROGRESS,
  newMember,
  progressOf,
} from "./consumer-member";
import type { ConsumerRecord, ResolvedExpression, SubscribedTopic } from "./consumer-record";
import { NO_RACKS_HASH } from "./topic-racks";

export type ConsumerGroupState = "Empty" | "Assigning" | "Reconciling" | "Stable";

/** A rebalance from its cause until every member has its target; for people. Soft: dies with the coordinator. */
export interface ConsumerRebalance {
  readonly reason: string;
  readonly startedAtMs: number;
  readonly assignor: string;
}

const NO_TOPICS: ReadonlyMap<string, SubscribedTopic> = new Map();

/**
 * A group of the consumer protocol (KIP-848). Everything in it but `rebalance`, `settled`, `joinAwaited` and
 * `topicsSeen` comes from records, see `replay`.
 *
 * Three epochs drive it. A change of members, subscriptions or topics raises `epoch`; the next heartbeat makes a target
 * assignment for it (`targetEpoch`); each member's epoch follows as it gives up and takes over partitions.
 *
 * States (source: ConsumerGroup.ConsumerGroupState; a deleted group is gone instead of Dead):
 * - Empty: no members.
 * - Assigning: `epoch` is ahead of `targetEpoch`.
 * - Reconciling: some member has not reached its target.
 * - Stable: all have.
 */
export class ConsumerGroup {
  readonly members: TimelineMap<string, ConsumerMember>;
  /** What each member is to have. */
  readonly target: TimelineMap<string, Assignment>;
  /** By expression; kept as long as a member subscribes by it. */
  readonly expressions: TimelineMap<string, ResolvedExpression>;
  /** How long each member took that reached its target in the rebalance under way. */
  readonly settled: TimelineMap<string, number>;
  /** Members of the classic protocol that were told to join again and have not. Soft. */
  readonly joinAwaited: TimelineSet<string>;
  private readonly epochs: TimelineValue<{
    readonly epoch: number;
    readonly racksHash: bigint;
    readonly targetEpoch: number;
  }>;
  private readonly topicsNow: TimelineValue<ReadonlyMap<string, SubscribedTopic>>;
  private readonly staticMembers: TimelineMap<string, string>;
  /** Member id by topic id and partition: who may be at work on it, be it assigned or not yet given up. */
  private readonly owners: TimelineMap<string, string>;
  private readonly soft: TimelineValue<{ readonly rebalance: ConsumerRebalance | null; readonly topicsSeen: number }>;

  constructor(
    readonly groupId: string,
    timeline: Timeline,
  ) {
    this.members = new TimelineMap(timeline);
    this.target = new TimelineMap(timeline);
    this.expressions = new TimelineMap(timeline);
    this.settled = new TimelineMap(timeline);
    this.joinAwaited = new TimelineSet(timeline);
    this.epochs = new TimelineValue(timeline, { epoch: 0, racksHash: NO_RACKS_HASH, targetEpoch: 0 });
    this.topicsNow = new TimelineValue(timeline, NO_TOPICS);
    this.staticMembers = new TimelineMap(timeline);
    this.owners = new TimelineMap(timeline);
    this.soft = new TimelineValue(timeline, { rebalance: null, topicsSeen: -1 });
  }

  get epoch(): number {
    return this.epochs.value.epoch;
  }
  /** Of the racks of its topics' replicas when the epoch was last raised. */
  get racksHash(): bigint {
    return this.epochs.value.racksHash;
  }
  get targetEpoch(): number {
    return this.epochs.value.targetEpoch;
  }
  /** The existing topics that members subscribe to, as they were when the epoch was last raised. */
  get topics(): ReadonlyMap<string, SubscribedTopic> {
    return this.topicsNow.value;
  }
  get rebalance(): ConsumerRebalance | null {
    return this.soft.value.rebalance;
  }
  set rebalance(rebalance: ConsumerRebalance | null) {
    this.soft.value = { ...this.soft.value, rebalance };
  }
  /** `ClusterView.topicsVersion` that `topics` was last compared with; -1 never. */
  get topicsSeen(): number {
    return this.soft.value.topicsSeen;
  }
  set topicsSeen(topicsSeen: number) {
    if (topicsSeen !== this.topicsSeen) this.soft.value = { ...this.soft.value, topicsSeen };
  }

  /** Looks at every member. */
  get state(): ConsumerGroupState {
    if (this.members.size === 0) return "Empty";
    if (this.epoch > this.targetEpoch) return "Assigning";
    for (const member of this.members.values()) if (!isReconciledTo(member, this.targetEpoch)) return "Reconciling";
    return "Stable";
  }

  /** Members that speak the classic protocol. */
  get classicCount(): number {
    let count = 0;
    for (const member of this.members.values()) if (member.classic !== null) count++;
    return count;
  }

  /** Whether it matters where replicas are: some member says where it is. */
  get mindsRacks(): boolean {
    for (const { rackId } of this.members.values()) if (rackId !== null) return true;
    return false;
  }

  staticMember(instanceId: string): ConsumerMember | undefined {
    const memberId = this.staticMembers.get(instanceId);
    return memberId === undefined ? undefined : this.members.get(memberId);
  }

  targetOf(memberId: string): Assignment {
    return this.target.get(memberId) ?? NO_PARTITIONS;
  }

  /** Whether some member may be at work on the partition. */
  isOwned(topicId: string, partition: number): boolean {
    return this.owners.has(ownerKey(topicId, partition));
  }

  /** All that a member subscribes to: names, and what its expression matched. */
  *subscriptionOf(member: ConsumerMember): Generator<string> {
    yield* member.subscribedTopicNames;
    if (member.subscribedTopicRegex !== "") yield* this.expressions.get(member.subscribedTopicRegex)?.topics ?? [];
  }

  /** Names of all topics that members subscribe to, whether they exist or not. */
  subscribedNames(): Set<string> {
    const names = new Set<string>();
    for (const member of this.members.values()) for (const name of member.subscribedTopicNames) names.add(name);
    for (const expression of this.expressionsInUse()) {
      for (const name of this.expressions.get(expression)?.topics ?? []) names.add(name);
    }
    return names;
  }

  expressionsInUse(): Set<string> {
    const used = new Set<string>();
    for (const { subscribedTopicRegex } of this.members.values()) {
      if (subscribedTopicRegex !== "") used.add(subscribedTopicRegex);
    }
    return used;
  }

  /** The assignor most members name, among equals the one named first; undefined where nobody names one. */
  preferredAssignor(): string | undefined {
    const votes = new Map<string, number>();
    for (const { serverAssignor } of this.members.values()) {
      if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
    }
    let best: string | undefined;
    for (const [name, count] of votes) if (best === undefined || count > (votes.get(best) ?? 0)) best = name;
    return best;
  }

  /** Whether the member waits for a partition that another one has not given up. */
  waitsForOthers(member: ConsumerMember): boolean {
    for (const [topicId, partitions] of this.targetOf(member.memberId)) {
      const assigned = new Set(member.assigned.get(topicId));
      for (const partition of partitions) {
        if (!assigned.has(partition) && this.isOwned(topicId, partition)) return true;
      }
    }
    return false;
  }

  /**
   * Takes a record in; the same record twice is the same as once. Tombstones of what is not there mean nothing: compaction
   * may have removed what they ended. The group's own tombstone is the state's business.
   */
  replay(record: ConsumerRecord): void {
    switch (record.kind) {
      case "consumer group":
        if (record.value !== null) this.epochs.value = { ...this.epochs.value, ...record.value };
        return;
      case "consumer target epoch":
        // Kafka marks a deleted target by epoch -1.
        this.epochs.value = { ...this.epochs.value, targetEpoch: record.value?.epoch ?? -1 };
        return;
      case "consumer topics":
        this.topicsNow.value = record.value ?? NO_TOPICS;
        return;
      case "consumer member":
        if (record.value === null) this.remove(record.memberId);
        else
          this.put({
            ...NEW_PROGRESS,
            ...this.members.get(record.memberId),
            ...record.value,
            memberId: record.memberId,
          });
        return;
      case "consumer target":
        if (record.value === null) this.target.delete(record.memberId);
        else this.target.set(record.memberId, record.value);
        return;
      case "consumer current": {
        const member = this.members.get(record.memberId);
        if (record.value !== null) {
          this.put({ ...NEW_FACTS, ...member, ...record.value, memberId: record.memberId });
        } else if (member !== undefined) {
          this.put({ ...member, ...NEW_PROGRESS, memberEpoch: LEAVE_EPOCH, previousMemberEpoch: LEAVE_EPOCH });
        }
        return;
      }
      case "consumer expression":
        if (record.value === null) this.expressions.delete(record.expression);
        else this.expressions.set(record.expression, record.value);
    }
  }

  /** Records that make this group, in the order in which Kafka writes them for a new one. */
  *records(): Generator<ConsumerRecord> {
    const { groupId } = this;
    for (const member of this.members.values()) {
      yield { kind: "consumer member", groupId, memberId: member.memberId, value: factsOf(member) };
    }
    yield { kind: "consumer topics", groupId, value: this.topics };
    yield { kind: "consumer group", groupId, value: { epoch: this.epoch, racksHash: this.racksHash } };
    for (const [memberId, value] of this.target) yield { kind: "consumer target", groupId, memberId, value };
    yield { kind: "consumer target epoch", groupId, value: { epoch: this.targetEpoch } };
    for (const member of this.members.values()) {
      yield { kind: "consumer current", groupId, memberId: member.memberId, value: progressOf(member) };
    }
    for (const [expression, value] of this.expressions) {
      yield { kind: "consumer expression", groupId, expression, value };
    }
  }

  /** Tombstones of everything the group has in the log. */
  *tombstones(): Generator<ConsumerRecord> {
    const { groupId } = this;
    const memberIds = [...this.members.keys()];
    for (const memberId of memberIds) yield { kind: "consumer current", groupId, memberId, value: null };
    for (const memberId of new Set([...memberIds, ...this.target.keys()])) {
      yield { kind: "consumer target", groupId, memberId, value: null };
    }
    yield { kind: "consumer target epoch", groupId, value: null };
    for (const memberId of memberIds) yield { kind: "consumer member", groupId, memberId, value: null };
    for (const expression of [...this.expressions.keys()]) {
      yield { kind: "consumer expression", groupId, expression, value: null };
    }
    yield { kind: "consumer topics", groupId, value: null };
    yield { kind: "consumer group", groupId, value: null };
  }

  private put(member: ConsumerMember): void {
    const { memberId } = member;
    const old = this.members.get(memberId);
    if (old?.assigned !== member.assigned || old.pendingRevocation !== member.pendingRevocation) {
      if (old !== undefined) this.release(old);
      for (const assignment of [member.assigned, member.pendingRevocation]) {
        for (const [topicId, partitions] of assignment) {
          for (const partition of partitions) this.owners.set(ownerKey(topicId, partition), memberId);
        }
      }
    }
    this.members.set(memberId, member);
    if (member.instanceId !== null) this.staticMembers.set(member.instanceId, memberId);
  }

  private remove(memberId: string): void {
    const member = this.members.get(memberId);
    if (member === undefined) return;
    this.release(member);
    this.members.delete(memberId);
    this.settled.delete(memberId);
    this.joinAwaited.delete(memberId);
    const { instanceId } = member;
    if (instanceId !== null && this.staticMembers.get(instanceId) === memberId) this.staticMembers.delete(instanceId);
  }

  private release(member: ConsumerMember): void {
    for (const assignment of [member.assigned, member.pendingRevocation]) {
      for (const [topicId, partitions] of assignment) {
        for (const partition of partitions) {
          const key = ownerKey(topicId, partition);
          if (this.owners.get(key) === member.memberId) this.owners.delete(key);
        }
      }
    }
  }
}

/** A member as a request finds it: the group's, or a new one. */
export function memberOrNew(group: ConsumerGroup | undefined, memberId: string): ConsumerMember {
  return group?.members.get(memberId) ?? newMember(memberId);
}

function ownerKey(topicId: string, partition: number): string {
  return `${topicId}${partition}`;
}
