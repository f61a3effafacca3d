import { KafkaError, type NodeId, shardOf, type Uuid } from "@moldau/base";
import type { MetadataDelta, MetadataImage, ShardOwner } from "@moldau/metadata";
import type { Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import { Alarm } from "./alarm";
import { ImageWatch } from "./image-watch";
import { type Answer, OwnedShard, type ShardCalls, type ShardKind } from "./owned-shard";
import { type ShardIdentity, ShardLog } from "./shard-log";

export interface OwnedShardsContext<Event> {
  readonly nodeId: NodeId;
  readonly peers: Peers;
  image(): MetadataImage;
  readonly log: Logger;
  readonly loadBytes: number;
  readonly appendTimeoutMs: number;
  nowMs(): number;
  monotonicMs(): number;
  /** `signal` says when this node gives the shard up. */
  onEvent(event: Event, shard: ShardIdentity, signal: AbortSignal): void;
}

interface Held<C extends ShardCalls<C>, Entry, Event, State> {
  readonly shard: OwnedShard<C, Entry, Event, State>;
  readonly stop: AbortController;
}

/** A shard that closed by a bug is loaded again after this, so that a request that always fails does not spin. */
const REOPEN_PAUSE_MS = 1_000;
/**
 * A shard that somebody else has claimed is claimed again after this if it is still ours then: as a rule the metadata say by
 * now who has it, but it may have been an older claim of ours that arrived late.
 */
const LOST_PAUSE_MS = 100;

/** The shards of one topic that the image gives to this node, kept in step with it. */
export class OwnedShards<C extends ShardCalls<C>, Entry, Event, State> {
  private readonly shards = new Map<number, Held<C, Entry, Event, State>>();
  private readonly watch = new ImageWatch();
  private readonly alarm: Alarm;
  private topicId: Uuid | undefined;
  private stopped = false;

  constructor(
    private readonly kind: ShardKind<C, Entry, Event, State>,
    private readonly context: OwnedShardsContext<Event>,
  ) {
    this.alarm = new Alarm(context.nowMs, () => this.onAlarm());
  }

  /** Partition numbers of the shards that this node owns and does not serve yet. */
  get loading(): number[] {
    return [...this.shards].filter(([, { shard }]) => shard.phase !== "active").map(([partition]) => partition);
  }

  *all(): Generator<OwnedShard<C, Entry, Event, State>> {
    for (const { shard } of this.shards.values()) yield shard;
  }

  /** What the active shards hold, for metrics. */
  *states(): Generator<State> {
    for (const { shard } of this.shards.values()) if (shard.state !== undefined) yield shard.state;
  }

  /** Follows the metadata: takes shards up, gives them up. */
  onImage(delta: MetadataDelta, image: MetadataImage): void {
    if (this.stopped) return;
    const topic = image.topicsByName.get(this.kind.topic);
    let changed: Iterable<number> | undefined = topic === undefined ? undefined : delta.shards.get(topic.id);
    if (topic?.id !== this.topicId) {
      for (const partition of [...this.shards.keys()]) this.drop(partition);
      this.topicId = topic?.id;
      changed = topic?.partitions.keys();
    }
    if (topic !== undefined) {
      for (const partition of changed ?? []) this.follow(topic.id, partition, image.shardOwner(topic.id, partition));
    }
    this.watch.changed();
  }

  /** Asks the shard of a group or transactional id. */
  async ask<K extends keyof C>(
    id: string,
    call: K,
    ask: C[K]["ask"],
    signal?: AbortSignal,
  ): Promise<Answer<C[K]["reply"]>> {
    const topic = this.context.image().topicsByName.get(this.kind.topic);
    if (topic === undefined || topic.partitions.length === 0) return { refused: KafkaError.COORDINATOR_NOT_AVAILABLE };
    return this.askPartition(shardOf(id, topic.partitions.length), call, ask, signal);
  }

  /** Asks the shard that is this partition of the topic. */
  async askPartition<K extends keyof C>(
    partition: number,
    call: K,
    ask: C[K]["ask"],
    signal?: AbortSignal,
  ): Promise<Answer<C[K]["reply"]>> {
    const held = this.shards.get(partition);
    return held === undefined ? { refused: KafkaError.NOT_COORDINATOR } : held.shard.ask(call, ask, signal);
  }

  /** Asks every shard of this node. */
  askAll<K extends keyof C>(call: K, ask: C[K]["ask"], signal?: AbortSignal): Promise<Answer<C[K]["reply"]>[]> {
    return Promise.all([...this.shards.values()].map(({ shard }) => shard.ask(call, ask, signal)));
  }

  stop(): void {
    this.stopped = true;
    for (const partition of [...this.shards.keys()]) this.drop(partition);
    this.alarm.stop();
  }

  private follow(topicId: Uuid, partition: number, owner: ShardOwner | undefined): void {
    const held = this.shards.get(partition);
    const ours = owner?.ownerId === this.context.nodeId;
    if (held !== undefined && (!ours || held.shard.identity.ownerEpoch !== owner.ownerEpoch)) {
      this.context.log.info(
        { topic: this.kind.topic, shard: partition, newOwner: owner?.ownerId ?? -1 },
        "shard moves away",
      );
      this.drop(partition);
    }
    if (ours && !this.shards.has(partition)) this.take(topicId, partition, owner.ownerEpoch);
  }

  private take(topicId: Uuid, partition: number, ownerEpoch: number): void {
    const { context } = this;
    const stop = new AbortController();
    const identity = { topicId, partition, ownerId: context.nodeId, ownerEpoch };
    const log = context.log.child({ topic: this.kind.topic, shard: partition });
    const shardLog = new ShardLog(identity, { ...context, log, watch: this.watch }, stop.signal);
    const shard: OwnedShard<C, Entry, Event, State> = new OwnedShard(
      identity,
      this.kind,
      shardLog,
      {
        ...context,
        onEvent: (event) => context.onEvent(event, identity, stop.signal),
        wakeAt: (atMs) => this.alarm.noLaterThan(atMs),
        onClosed: (error) => {
          setTimeout(() => this.reopen(partition, shard), error === undefined ? LOST_PAUSE_MS : REOPEN_PAUSE_MS);
        },
      },
      stop.signal,
    );
    this.shards.set(partition, { shard, stop });
    shard.start();
  }

  private reopen(partition: number, closed: OwnedShard<C, Entry, Event, State>): void {
    if (this.stopped || this.shards.get(partition)?.shard !== closed) return;
    this.drop(partition);
    const { topicId } = closed.identity;
    this.follow(topicId, partition, this.context.image().shardOwner(topicId, partition));
  }

  private drop(partition: number): void {
    const held = this.shards.get(partition);
    if (held === undefined) return;
    this.shards.delete(partition);
    held.stop.abort();
    held.shard.close();
  }

  private onAlarm(): void {
    const nowMs = this.context.nowMs();
    let next = Infinity;
    for (const { shard } of this.shards.values()) {
      shard.tick(nowMs);
      next = Math.min(next, shard.nextDeadlineMs);
    }
    this.alarm.noLaterThan(next);
  }
}
