import { KafkaError, type KafkaErrorCode, type NodeId, shardOf, type Uuid } from "@moldau/base";
import type { GroupCallName, GroupCalls, GroupConfig, GroupEvent, GroupState } from "@moldau/groups";
import { GROUP_METADATA_TOPIC, type MetadataDelta, type MetadataImage, type ShardOwner } from "@moldau/metadata";
import type { Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import { Alarm } from "./alarm";
import { type Answer, GroupShard } from "./group-shard";
import { ImageWatch } from "./image-watch";
import { ShardLog } from "./shard-log";

export interface GroupShardsContext {
  readonly nodeId: NodeId;
  readonly peers: Peers;
  image(): MetadataImage;
  readonly log: Logger;
  readonly config: GroupConfig;
  readonly codec: number;
  readonly loadBytes: number;
  readonly appendTimeoutMs: number;
  nowMs(): number;
  monotonicMs(): number;
  onEvent(event: GroupEvent): void;
}

interface Held {
  readonly shard: GroupShard;
  readonly stop: AbortController;
}

/** A shard that closed by a bug is loaded again after this, so that a request that always fails does not spin. */
const REOPEN_PAUSE_MS = 1_000;

/** The shards of `__consumer_offsets` that the image gives to this node, kept in step with it. */
export class GroupShards {
  private readonly shards = new Map<number, Held>();
  private readonly watch = new ImageWatch();
  private readonly alarm: Alarm;
  private topicId: Uuid | undefined;
  private stopped = false;

  constructor(private readonly context: GroupShardsContext) {
    this.alarm = new Alarm(context.nowMs, () => this.onAlarm());
  }

  /** Partition numbers of the shards that this node owns and does not serve yet. */
  get loading(): number[] {
    return [...this.shards].filter(([, { shard }]) => shard.phase !== "active").map(([partition]) => partition);
  }

  /** What the active shards hold, for metrics. */
  *states(): Generator<GroupState> {
    for (const { shard } of this.shards.values()) if (shard.state !== undefined) yield shard.state;
  }

  /** Follows the metadata: takes shards up, gives them up, forgets topics that were deleted. */
  onImage(delta: MetadataDelta, image: MetadataImage): void {
    if (this.stopped) return;
    const topic = image.topicsByName.get(GROUP_METADATA_TOPIC);
    const changed = topic === undefined ? undefined : delta.shards.get(topic.id);
    if (topic?.id !== this.topicId) {
      for (const partition of [...this.shards.keys()]) this.drop(partition);
      this.topicId = topic?.id;
    }
    if (topic !== undefined) {
      for (const partition of changed ?? []) this.follow(topic.id, partition, image.shardOwner(topic.id, partition));
    }
    const deleted = [...delta.topics.values()].filter(({ kind }) => kind === "deleted").map(({ name }) => name);
    if (deleted.length > 0) for (const { shard } of this.shards.values()) void this.forgetTopics(shard, deleted);
    this.watch.changed();
  }

  /** Asks the shard of a group. */
  async ask<K extends GroupCallName>(
    groupId: string,
    call: K,
    ask: GroupCalls[K]["ask"],
    signal?: AbortSignal,
  ): Promise<Answer<GroupCalls[K]["reply"]>> {
    const shard = this.shardOfGroup(groupId);
    return shard instanceof GroupShard ? shard.ask(call, ask, signal) : { refused: shard };
  }

  /** Asks every shard of this node. */
  askAll<K extends GroupCallName>(
    call: K,
    ask: GroupCalls[K]["ask"],
    signal?: AbortSignal,
  ): Promise<Answer<GroupCalls[K]["reply"]>[]> {
    return Promise.all([...this.shards.values()].map(({ shard }) => shard.ask(call, ask, signal)));
  }

  stop(): void {
    this.stopped = true;
    for (const partition of [...this.shards.keys()]) this.drop(partition);
    this.alarm.stop();
  }

  private shardOfGroup(groupId: string): GroupShard | KafkaErrorCode {
    const topic = this.context.image().topicsByName.get(GROUP_METADATA_TOPIC);
    if (topic === undefined || topic.partitions.length === 0) return KafkaError.COORDINATOR_NOT_AVAILABLE;
    return this.shards.get(shardOf(groupId, topic.partitions.length))?.shard ?? KafkaError.NOT_COORDINATOR;
  }

  private follow(topicId: Uuid, partition: number, owner: ShardOwner | undefined): void {
    const held = this.shards.get(partition);
    const ours = owner?.ownerId === this.context.nodeId;
    if (held !== undefined && (!ours || held.shard.identity.ownerEpoch !== owner.ownerEpoch)) {
      this.context.log.info({ shard: partition, newOwner: owner?.ownerId ?? -1 }, "shard moves away");
      this.drop(partition);
    }
    if (ours && !this.shards.has(partition)) this.take(topicId, partition, owner.ownerEpoch);
  }

  private take(topicId: Uuid, partition: number, ownerEpoch: number): void {
    const { context } = this;
    const stop = new AbortController();
    const identity = { topicId, partition, ownerId: context.nodeId, ownerEpoch };
    const log = context.log.child({ shard: partition });
    const shardLog = new ShardLog(identity, { ...context, log, watch: this.watch }, stop.signal);
    const shard: GroupShard = new GroupShard(
      identity,
      shardLog,
      {
        ...context,
        wakeAt: (atMs) => this.alarm.noLaterThan(atMs),
        onClosed: (error) => {
          if (error !== undefined) setTimeout(() => this.reopen(partition, shard), REOPEN_PAUSE_MS);
        },
      },
      stop.signal,
    );
    this.shards.set(partition, { shard, stop });
    shard.start();
  }

  private reopen(partition: number, closed: GroupShard): void {
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

  private async forgetTopics(shard: GroupShard, topics: string[]): Promise<void> {
    for (let more = true; more;) {
      const answer = await shard.ask("forgetTopics", { topics });
      more = "reply" in answer && answer.reply.more;
    }
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
