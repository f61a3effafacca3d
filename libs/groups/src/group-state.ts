import { type Timeline, TimelineMap } from "@moldau/timeline";
import { ClassicGroup } from "./classic-group";
import { type ClusterView, emptyCluster } from "./consumer/cluster-view";
import { ConsumerGroup } from "./consumer/consumer-group";
import { type ConsumerRecord, isConsumerRecord } from "./consumer/consumer-record";
import type { GroupConfig } from "./group-config";
import type { CommittedOffset, GroupRecord, TransactionMarkerRecord } from "./group-record";
import { OffsetStore } from "./offset-store";
import { PendingOffsets } from "./pending-offsets";
import { subscribedTopics } from "./subscribed-topics";
import { TransactionGuards } from "./transaction-guards";

/** All groups and offsets of one shard. */
export class GroupState {
  readonly groups: TimelineMap<string, ClassicGroup>;
  /** Groups of the consumer protocol (KIP-848); an id is in one of the two maps at most. */
  readonly consumerGroups: TimelineMap<string, ConsumerGroup>;
  /** Offsets of transactions that have not ended. */
  readonly pending: PendingOffsets;
  readonly guards: TransactionGuards;
  private readonly offsets: OffsetStore;
  /** Counts replayed offsets, in the order of the log. Only grows: what is taken back leaves a gap. */
  private lastOrder = 0;

  constructor(
    private readonly timeline: Timeline,
    readonly config: GroupConfig,
    readonly cluster: ClusterView = emptyCluster,
  ) {
    this.groups = new TimelineMap(timeline);
    this.consumerGroups = new TimelineMap(timeline);
    this.offsets = new OffsetStore(timeline);
    this.pending = new PendingOffsets(timeline);
    this.guards = new TransactionGuards(timeline);
  }

  /** A new empty group. `nowMs` null: it comes from the log, which does not say since when it exists. */
  create(groupId: string, nowMs: number | null): ClassicGroup {
    const group = new ClassicGroup(groupId, this.timeline, nowMs);
    this.groups.set(groupId, group);
    return group;
  }

  offset(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.offsets.get(groupId, topic, partition);
  }

  offsetsOf(groupId: string): Iterable<[topic: string, partitions: Iterable<[number, CommittedOffset]>]> {
    return this.offsets.ofGroup(groupId);
  }

  groupsWithOffsets(): Iterable<string> {
    return this.offsets.groupIds();
  }

  /** Whether offsets are committed, or a transaction may yet commit some. */
  hasOffsets(groupId: string): boolean {
    return this.offsets.has(groupId) || this.pending.hasTransactions(groupId);
  }

  replay(record: GroupRecord): void {
    if (record.kind === "offset") return this.replayOffset(record);
    if (record.kind === "marker") return this.replayMarker(record);
    if (isConsumerRecord(record)) return this.replayConsumer(record);
    if (record.value === null) {
      this.groups.delete(record.groupId);
      return;
    }
    const group = this.groups.get(record.groupId) ?? this.create(record.groupId, null);
    const { protocolType, members } = record.value;
    group.load(
      record.value,
      subscribedTopics(
        protocolType,
        members.map((member) => member.subscription),
      ),
    );
  }

  private replayConsumer(record: ConsumerRecord): void {
    const { groupId } = record;
    const group = this.consumerGroups.get(groupId);
    if (record.value !== null && group === undefined) {
      // A classic group that is there has only been made for offsets: whatever else was there has its tombstone before this.
      this.groups.delete(groupId);
      const created = new ConsumerGroup(groupId, this.timeline);
      this.consumerGroups.set(groupId, created);
      created.replay(record);
    } else if (record.kind === "consumer group" && record.value === null) {
      if (!this.consumerGroups.delete(groupId)) return;
      if (this.hasOffsets(groupId) && !this.groups.has(groupId)) this.create(groupId, null);
    } else group?.replay(record);
  }

  private replayOffset({ groupId, topic, partition, value, transaction }: GroupRecord & { kind: "offset" }): void {
    if (value === null) {
      this.offsets.remove(groupId, topic, partition);
      this.pending.remove(groupId, topic, partition);
      return;
    }
    // Whoever commits without the group protocol gets a "simple" group: empty, without a protocol type.
    if (!this.groups.has(groupId) && !this.consumerGroups.has(groupId)) this.create(groupId, null);
    const stored = { ...value, order: ++this.lastOrder };
    if (transaction === undefined) return this.offsets.put(groupId, topic, partition, stored);
    this.pending.put(transaction, groupId, topic, partition, stored);
    this.guards.drop(transaction.producerId);
  }

  /** What was committed after a transaction wrote its offset stays, as it would after a compaction of the log. */
  private replayMarker({ producerId, commit }: TransactionMarkerRecord): void {
    this.guards.drop(producerId);
    const ended = this.pending.end(producerId);
    if (ended === undefined || !commit) return;
    for (const groupId of ended.groupIds()) {
      for (const [topic, partitions] of ended.ofGroup(groupId)) {
        for (const [partition, stored] of partitions) {
          const present = this.offsets.get(groupId, topic, partition);
          if (present === undefined || present.order < stored.order) {
            this.offsets.put(groupId, topic, partition, stored);
          }
        }
      }
    }
  }
}
