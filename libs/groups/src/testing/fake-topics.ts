import { type ClusterView, type GroupOverrides, type TopicFacts, type TopicRacks, topicRacksOf } from "../index";

/** The topics of a cluster that does not exist. A topic's id can be read back: tests show names. */
export class FakeTopics implements ClusterView {
  topicsVersion = 0;
  readonly groupOverrides = new Map<string, GroupOverrides>();
  private readonly topics = new Map<string, TopicFacts>();
  private readonly racks = new Map<string, TopicRacks>();

  /** Creates a topic or gives it this number of partitions; 0 deletes it. */
  set(name: string, partitionCount: number): void {
    this.topicsVersion++;
    if (partitionCount === 0) this.topics.delete(name);
    else this.topics.set(name, { id: this.topics.get(name)?.id ?? idOf(name), partitionCount });
  }

  /** By partition, the racks of its replicas; partitions beyond have none. */
  setRacks(name: string, partitions: readonly (readonly string[])[]): void {
    this.topicsVersion++;
    this.racks.set(name, topicRacksOf(partitions));
  }

  topicRacks(name: string): TopicRacks | undefined {
    return this.racks.get(name);
  }

  topic(name: string): TopicFacts | undefined {
    return this.topics.get(name);
  }

  topicName(id: string): string | undefined {
    const name = nameOf(id);
    return this.topics.has(name) ? name : undefined;
  }

  topicsMatching(expression: string): readonly string[] | undefined {
    let pattern: RegExp;
    try {
      pattern = new RegExp(`^(?:${expression})$`);
    } catch {
      return undefined;
    }
    return [...this.topics.keys()].filter((name) => pattern.test(name)).sort();
  }

  overrides(groupId: string): GroupOverrides {
    return this.groupOverrides.get(groupId) ?? {};
  }
}

/** 22 characters of base64url, the last of which has two bits only. */
export function idOf(topic: string): string {
  return `${topic}${"_".repeat(21)}`.slice(0, 21) + "A";
}

export function nameOf(topicId: string): string {
  return topicId.slice(0, 21).replace(/_+$/, "");
}
