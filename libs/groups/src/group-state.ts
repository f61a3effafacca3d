import { type Timeline, TimelineMap } from "@moldau/timeline";
import { ClassicGroup } from "./classic-group";
import type { GroupConfig } from "./group-config";
import type { CommittedOffset, GroupRecord } from "./group-record";
import { subscribedTopics } from "./subscribed-topics";

type OffsetsOfTopic = TimelineMap<number, CommittedOffset>;
type OffsetsOfGroup = TimelineMap<string, OffsetsOfTopic>;

/** All groups and offsets of one shard. */
export class GroupState {
  readonly groups: TimelineMap<string, ClassicGroup>;
  private readonly offsets: TimelineMap<string, OffsetsOfGroup>;

  constructor(
    private readonly timeline: Timeline,
    readonly config: GroupConfig,
  ) {
    this.groups = new TimelineMap(timeline);
    this.offsets = new TimelineMap(timeline);
  }

  /** A new empty group. `nowMs` null: it comes from the log, which does not say since when it exists. */
  create(groupId: string, nowMs: number | null): ClassicGroup {
    const group = new ClassicGroup(groupId, this.timeline, nowMs);
    this.groups.set(groupId, group);
    return group;
  }

  offset(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.offsets.get(groupId)?.get(topic)?.get(partition);
  }

  offsetsOf(groupId: string): Iterable<[topic: string, partitions: Iterable<[number, CommittedOffset]>]> {
    return this.offsets.get(groupId) ?? [];
  }

  groupsWithOffsets(): Iterable<string> {
    return this.offsets.keys();
  }

  hasOffsets(groupId: string): boolean {
    return this.offsets.has(groupId);
  }

  replay(record: GroupRecord): void {
    if (record.kind === "offset") {
      if (record.value === null) this.removeOffset(record.groupId, record.topic, record.partition);
      else this.putOffset(record.groupId, record.topic, record.partition, record.value);
      return;
    }
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

  private putOffset(groupId: string, topic: string, partition: number, value: CommittedOffset): void {
    // Whoever commits without the group protocol gets a "simple" group: empty, without a protocol type.
    if (!this.groups.has(groupId)) this.create(groupId, null);
    let ofGroup = this.offsets.get(groupId);
    if (ofGroup === undefined) this.offsets.set(groupId, (ofGroup = new TimelineMap(this.timeline)));
    let ofTopic = ofGroup.get(topic);
    if (ofTopic === undefined) ofGroup.set(topic, (ofTopic = new TimelineMap(this.timeline)));
    ofTopic.set(partition, value);
  }

  private removeOffset(groupId: string, topic: string, partition: number): void {
    const ofGroup = this.offsets.get(groupId);
    const ofTopic = ofGroup?.get(topic);
    if (ofGroup === undefined || ofTopic === undefined) return;
    ofTopic.delete(partition);
    if (ofTopic.size === 0) ofGroup.delete(topic);
    if (ofGroup.size === 0) this.offsets.delete(groupId);
  }
}
