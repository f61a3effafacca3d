import type { Uuid } from "@moldau/base";
import { type ClusterView, type GroupOverrides, type TopicFacts, type TopicRacks, topicRacksOf } from "@moldau/groups";
import type { MetadataDelta, MetadataImage, PartitionImage, TopicImage } from "@moldau/metadata";
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
 * from then on only against those that come: a cluster with many topics costs a heartbeat nothing. Racks are put together for
 * topics that somebody asks about, and again once brokers or replicas are elsewhere.
 */
export class ClusterTopics implements ClusterView {
  private version: number;
  private readonly expressions = new Map<string, Resolved>();
  /** By topic id, as far as somebody asked. */
  private readonly racks = new Map<Uuid, TopicRacks>();

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

  topicRacks(name: string): TopicRacks | undefined {
    const topic = this.image().topicsByName.get(name);
    if (topic === undefined) return undefined;
    let racks = this.racks.get(topic.id);
    if (racks === undefined) this.racks.set(topic.id, (racks = racksIn(this.image(), topic)));
    return racks;
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
  onImage({ topics, nodes, before, after }: MetadataDelta): void {
    let changed = false;
    for (const nodeId of nodes) {
      // A broker that is down, or comes back where it was, keeps its rack.
      if (before.brokers.get(nodeId)?.rack === after.brokers.get(nodeId)?.rack) continue;
      changed = true;
      this.racks.clear();
    }
    for (const { id, kind, name, partitions } of topics.values()) {
      if (kind === "changed") {
        const [was, is] = [before, after].map((image) => image.topicsById.get(id)?.partitions ?? []);
        if (![...partitions].some((partition) => placedAnew(was?.[partition], is?.[partition]))) continue;
        changed = true;
        this.racks.delete(id);
        continue;
      }
      changed = true;
      this.racks.delete(id);
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

/** Whether a partition is new, or has other replicas; an ISR that shrinks or grows is none of this. */
function placedAnew(was: PartitionImage | undefined, is: PartitionImage | undefined): boolean {
  if (was === undefined || is === undefined) return true;
  return was.replicas.length !== is.replicas.length || was.replicas.some((id, i) => id !== is.replicas[i]);
}

function racksIn({ brokers }: MetadataImage, { partitions }: TopicImage): TopicRacks {
  return topicRacksOf(partitions.map(({ replicas }) => replicas.flatMap((id) => brokers.get(id)?.rack ?? [])));
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
