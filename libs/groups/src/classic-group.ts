import { assert, KafkaError, type KafkaErrorCode } from "@moldau/base";
import { type Timeline, TimelineMap, TimelineSet, TimelineValue } from "@moldau/timeline";
import { type ClassicMember, metadataFor } from "./classic-member";
import type { GroupMetadata } from "./group-record";

export type ClassicGroupState = "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable";

/** A rebalance from its cause until all members have their assignment; for people. */
export interface Rebalance {
  readonly reason: string;
  readonly startedAtMs: number;
}

interface Facts {
  readonly state: ClassicGroupState;
  readonly previousState: ClassicGroupState;
  readonly generation: number;
  /** Empty where the group has never had a member: a "simple" group that only holds offsets. */
  readonly protocolType: string;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  /** When the state began; null for groups of old records that do not say. */
  readonly stateSinceMs: number | null;
  /** Topics of a `consumer` group's members, undefined where they are not known. */
  readonly subscribedTopics: ReadonlySet<string> | undefined;
  /** A member came during the initial delay, which is extended once for it. */
  readonly newMemberAdded: boolean;
  readonly rebalance: Rebalance | null;
}

/**
 * A classic consumer group (or one of Connect's, or any other protocol type's).
 *
 * Transitions (source: Kafka's ClassicGroupState; a deleted group is gone instead of Dead):
 * - Empty → PreparingRebalance: a member joins; the initial delay runs.
 * - PreparingRebalance → CompletingRebalance: everyone (re)joined or the rebalance timeout passed; new generation.
 * - PreparingRebalance → Empty: the last member left; new generation, recorded.
 * - CompletingRebalance → Stable: the leader's assignment is recorded.
 * - CompletingRebalance → PreparingRebalance, Stable → PreparingRebalance: somebody joined, left, failed or changed.
 * - Stable ← replay of a record with members, Empty ← replay of one without.
 * A log without further records holds the last Stable or Empty generation: what happens between is soft and dies with the
 * coordinator; the members then come back with the ids and the generation they know.
 */
export class ClassicGroup {
  private readonly facts: TimelineValue<Facts>;
  readonly members: TimelineMap<string, ClassicMember>;
  /** Ids handed out with MEMBER_ID_REQUIRED whose owners have not come back yet. */
  readonly pendingJoin: TimelineSet<string>;
  /** Members of this generation that have not sent SyncGroup yet. */
  readonly pendingSync: TimelineSet<string>;
  /** Member id by instance id. */
  private readonly staticMembers: TimelineMap<string, string>;

  constructor(
    readonly groupId: string,
    timeline: Timeline,
    nowMs: number | null,
  ) {
    this.facts = new TimelineValue<Facts>(timeline, {
      state: "Empty",
      previousState: "Empty",
      generation: 0,
      protocolType: "",
      protocolName: null,
      leaderId: null,
      stateSinceMs: nowMs,
      subscribedTopics: undefined,
      newMemberAdded: false,
      rebalance: null,
    });
    this.members = new TimelineMap(timeline);
    this.pendingJoin = new TimelineSet(timeline);
    this.pendingSync = new TimelineSet(timeline);
    this.staticMembers = new TimelineMap(timeline);
  }

  get state(): ClassicGroupState {
    return this.facts.value.state;
  }
  get previousState(): ClassicGroupState {
    return this.facts.value.previousState;
  }
  get generation(): number {
    return this.facts.value.generation;
  }
  get protocolType(): string {
    return this.facts.value.protocolType;
  }
  get protocolName(): string | null {
    return this.facts.value.protocolName;
  }
  get leaderId(): string | null {
    return this.facts.value.leaderId;
  }
  get stateSinceMs(): number | null {
    return this.facts.value.stateSinceMs;
  }
  get newMemberAdded(): boolean {
    return this.facts.value.newMemberAdded;
  }
  get rebalance(): Rebalance | null {
    return this.facts.value.rebalance;
  }

  /** Whether nothing of it is worth a record: created by a JoinGroup whose member never came back. */
  get isBlank(): boolean {
    const { state, generation, protocolType } = this.facts.value;
    return state === "Empty" && generation === 0 && protocolType === "" && this.pendingJoin.size === 0;
  }

  get isConsumerType(): boolean {
    return this.protocolType === "consumer";
  }

  /** Whether offsets of the topic are in use. Unknown subscriptions of a `consumer` group count as all topics. */
  isSubscribedTo(topic: string): boolean {
    return this.facts.value.subscribedTopics?.has(topic) ?? this.isConsumerType;
  }

  get knowsSubscribedTopics(): boolean {
    return this.facts.value.subscribedTopics !== undefined;
  }

  /** The longest rebalance timeout of the members: how long a rebalance waits for them. */
  get rebalanceTimeoutMs(): number {
    let longest = 0;
    for (const member of this.members.values()) longest = Math.max(longest, member.rebalanceTimeoutMs);
    return longest;
  }

  get awaitingJoinCount(): number {
    let count = 0;
    for (const member of this.members.values()) if (member.awaitingJoin !== null) count++;
    return count;
  }

  get allMembersJoined(): boolean {
    if (this.pendingJoin.size > 0) return false;
    for (const member of this.members.values()) if (member.awaitingJoin === null) return false;
    return true;
  }

  staticMemberId(groupInstanceId: string): string | undefined {
    return this.staticMembers.get(groupInstanceId);
  }

  /** A request's member: NONE, UNKNOWN_MEMBER_ID, or FENCED_INSTANCE_ID where another one has taken its instance id. */
  checkMember(memberId: string, groupInstanceId: string | null): KafkaErrorCode {
    if (groupInstanceId !== null) {
      const owner = this.staticMembers.get(groupInstanceId);
      if (owner === undefined) return KafkaError.UNKNOWN_MEMBER_ID;
      if (owner !== memberId) return KafkaError.FENCED_INSTANCE_ID;
    }
    return this.members.has(memberId) ? KafkaError.NONE : KafkaError.UNKNOWN_MEMBER_ID;
  }

  /** Whether somebody who offers these protocols can be in the group beside those who are. */
  supportsProtocols(protocolType: string, protocols: readonly { name: string }[]): boolean {
    if (this.state === "Empty") return protocolType !== "" && protocols.length > 0;
    return protocolType === this.protocolType && protocols.some(({ name }) => this.everyoneOffers(name));
  }

  /**
   * Each member votes for the first of its protocols that all of them offer; the most votes win, among equals the one
   * that was named first.
   */
  selectProtocol(): string {
    const votes = new Map<string, number>();
    const candidates = new Map<string, boolean>();
    for (const member of this.members.values()) {
      const vote = member.protocols.find(({ name }) => {
        let candidate = candidates.get(name);
        if (candidate === undefined) candidates.set(name, (candidate = this.everyoneOffers(name)));
        return candidate;
      });
      assert(vote !== undefined, `group ${this.groupId}: member ${member.memberId} offers no protocol that all share`);
      votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1);
    }
    const winner = [...votes].reduce((best, next) => (next[1] > best[1] ? next : best));
    return winner[0];
  }

  change(facts: Partial<Facts>): void {
    this.facts.value = { ...this.facts.value, ...facts };
  }

  moveTo(state: ClassicGroupState, nowMs: number): void {
    this.change({ previousState: this.state, state, stateSinceMs: nowMs });
  }

  /** Adds or replaces a member. The first one decides the protocol type and leads. */
  put(member: ClassicMember): void {
    this.members.set(member.memberId, member);
    if (member.groupInstanceId !== null) this.staticMembers.set(member.groupInstanceId, member.memberId);
    this.pendingJoin.delete(member.memberId);
    if (this.leaderId === null) this.change({ leaderId: member.memberId });
  }

  /** Removes a member or a pending id. A leader's place goes to the next one. */
  remove(memberId: string): void {
    const member = this.members.get(memberId);
    if (member !== undefined) {
      this.members.delete(memberId);
      const { groupInstanceId } = member;
      if (groupInstanceId !== null && this.staticMembers.get(groupInstanceId) === memberId) {
        this.staticMembers.delete(groupInstanceId);
      }
      if (this.leaderId === memberId) {
        const next = this.members.keys().next();
        this.change({ leaderId: next.done === true ? null : next.value });
      }
    }
    this.pendingJoin.delete(memberId);
    this.pendingSync.delete(memberId);
  }

  /** Replays a record, see `GroupMetadata`. Members that are known keep who waits and what else they offer. */
  load(value: GroupMetadata, topics: ReadonlySet<string> | undefined): void {
    const kept = new Set(value.members.map((member) => member.memberId));
    for (const memberId of [...this.members.keys()]) if (!kept.has(memberId)) this.remove(memberId);
    for (const { subscription, ...recorded } of value.members) {
      const known = this.members.get(recorded.memberId);
      const protocol = value.protocol ?? "";
      const protocols =
        known !== undefined && metadataFor(known, protocol) === subscription
          ? known.protocols
          : [{ name: protocol, metadata: subscription }];
      this.put({
        isNew: false,
        awaitingJoin: null,
        awaitingSync: null,
        joinedAtMs: 0,
        ...known,
        ...recorded,
        protocols,
      });
    }
    const state = value.members.length > 0 ? "Stable" : "Empty";
    this.change({
      state,
      previousState: this.state,
      generation: value.generation,
      protocolType: value.protocolType,
      protocolName: value.protocol,
      leaderId: value.leader,
      stateSinceMs: value.currentStateTimestampMs === -1 ? null : value.currentStateTimestampMs,
      subscribedTopics: topics,
      newMemberAdded: false,
      rebalance: null,
    });
  }

  /** The record of the group as it is, with these assignments; members without one get an empty one. */
  toMetadata(options: {
    generation: number;
    assignments: ReadonlyMap<string, Uint8Array> | "current";
    nowMs: number;
  }): GroupMetadata {
    const protocol = this.members.size === 0 ? null : this.protocolName;
    return {
      protocolType: this.protocolType,
      generation: options.generation,
      protocol,
      leader: this.leaderId,
      currentStateTimestampMs: options.nowMs,
      members: [...this.members.values()].map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeoutMs: member.rebalanceTimeoutMs,
        sessionTimeoutMs: member.sessionTimeoutMs,
        subscription: metadataFor(member, protocol ?? ""),
        assignment:
          options.assignments === "current"
            ? member.assignment
            : (options.assignments.get(member.memberId) ?? new Uint8Array(0)),
      })),
    };
  }

  private everyoneOffers(name: string): boolean {
    for (const member of this.members.values()) {
      if (!member.protocols.some((protocol) => protocol.name === name)) return false;
    }
    return true;
  }
}
