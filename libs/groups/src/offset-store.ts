import { type Timeline, TimelineMap } from "@moldau/timeline";
import type { CommittedOffset } from "./group-record";

/** A committed offset and its place in the order of the log: of two for one partition the later one counts. */
export interface StoredOffset extends CommittedOffset {
  readonly order: number;
}

type OffsetsOfTopic = TimelineMap<number, StoredOffset>;
type OffsetsOfGroup = TimelineMap<string, OffsetsOfTopic>;

/** Offsets by group, topic and partition; what holds nothing any more is not there. */
export class OffsetStore {
  private readonly byGroup: TimelineMap<string, OffsetsOfGroup>;

  constructor(private readonly timeline: Timeline) {
    this.byGroup = new TimelineMap(timeline);
  }

  get(groupId: string, topic: string, partition: number): StoredOffset | undefined {
    return this.byGroup.get(groupId)?.get(topic)?.get(partition);
  }

  ofGroup(groupId: string): Iterable<[topic: string, partitions: Iterable<[number, StoredOffset]>]> {
    return this.byGroup.get(groupId) ?? [];
  }

  has(groupId: string): boolean {
    return this.byGroup.has(groupId);
  }

  groupIds(): Iterable<string> {
    return this.byGroup.keys();
  }

  put(groupId: string, topic: string, partition: number, value: StoredOffset): void {
    let ofGroup = this.byGroup.get(groupId);
    if (ofGroup === undefined) this.byGroup.set(groupId, (ofGroup = new TimelineMap(this.timeline)));
    let ofTopic = ofGroup.get(topic);
    if (ofTopic === undefined) ofGroup.set(topic, (ofTopic = new TimelineMap(this.timeline)));
    ofTopic.set(partition, value);
  }

  remove(groupId: string, topic: string, partition: number): void {
    const ofGroup = this.byGroup.get(groupId);
    const ofTopic = ofGroup?.get(topic);
    if (ofGroup === undefined || ofTopic === undefined) return;
    ofTopic.delete(partition);
    if (ofTopic.size === 0) ofGroup.delete(topic);
    if (ofGroup.size === 0) this.byGroup.delete(groupId);
  }
}
