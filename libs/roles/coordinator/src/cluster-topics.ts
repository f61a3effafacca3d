import type { Uuid } from "@moldau/base";
import type { ClusterView, GroupOverrides, TopicFacts } from "@moldau/groups";
import type { MetadataDelta, MetadataImage } from "@moldau/metadata";
import { type ClientPattern, compileClientPattern } from "./client-pattern";

/** Kafka's ConfigResource.Type of groups. */
const GROUP_RESOURCE = 32;
/** Expressions that are kept resolved; the one that nobody asked for the longest goes first. */
const EXPRESSIONS_KEPT = 1_000;

interface Resolved {
  readonly pattern: ClientPattern;
  readonly names: Set<string>;
  /** `names` in order, made when somebody asks. */
  sorted: readonly string[] | undefined;
}

/**
 * The topics that consumer groups see, from the newest metadata image. An expression is matched against all topics once, and
 * from then on only against those that come: a cluster with many topics costs a heartbeat nothing.
 */
export class ClusterTopics implements ClusterView {
  private version: number;
  private readonly expressions = new Map<string, Resolved>();

  constructor(private readonly image: () => MetadataImage) {
    this.version = Math.max(image().offset, 0);
  }

  get topicsVersion(): number {
    return this.version;
  }

  topic(name: string): TopicFacts | undefined {
    const topic = this.image().topicsByName.get(name);
    return topic === undefined ? undefined : { id: topic.id, partitionCount: topic.partitions.length };
  }

  topicName(id: Uuid): string | undefined {
    return this.image().topicsById.get(id)?.name;
  }

  topicsMatching(expression: string): readonly string[] | undefined {
    const resolved = this.expressions.get(expression) ?? this.resolve(expression);
    if (resolved === undefined) return undefined;
    this.expressions.delete(expression);
    this.expressions.set(expression, resolved);
    if (this.expressions.size > EXPRESSIONS_KEPT)
      this.expressions.delete(this.expressions.keys().next().value as string);
    return (resolved.sorted ??= [...resolved.names].sort());
  }

  overrides(groupId: string): GroupOverrides {
    const configs = this.image().configs(GROUP_RESOURCE, groupId);
    return {
      consumerSessionTimeoutMs: numberOf(configs.get("consumer.session.timeout.ms")),
      consumerHeartbeatIntervalMs: numberOf(configs.get("consumer.heartbeat.interval.ms")),
    };
  }

  /** Follows the metadata: to be called before anybody works with the new image. */
  onImage({ topics, before, after }: MetadataDelta): void {
    let changed = false;
    for (const { id, kind, name } of topics.values()) {
      if (kind === "changed") {
        const count = before.topicsById.get(id)?.partitions.length;
        changed ||= count !== after.topicsById.get(id)?.partitions.length;
        continue;
      }
      changed = true;
      const exists = after.topicsByName.has(name);
      for (const resolved of this.expressions.values()) {
        if (exists ? !resolved.pattern.matches(name) : !resolved.names.has(name)) continue;
        if (exists) resolved.names.add(name);
        else resolved.names.delete(name);
        resolved.sorted = undefined;
      }
    }
    if (changed) this.version = Math.max(after.offset, this.version + 1);
  }

  private resolve(expression: string): Resolved | undefined {
    const pattern = compileClientPattern(expression);
    if (pattern === undefined) return undefined;
    const names = new Set<string>();
    for (const name of this.image().topicsByName.keys()) if (pattern.matches(name)) names.add(name);
    return { pattern, names, sorted: undefined };
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
