import { KafkaError, type Uuid } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  ApiKey,
  readConsumerGroupHeartbeatResponse,
  readOffsetCommitResponse,
  writeConsumerGroupHeartbeatRequest,
  writeOffsetCommitRequest,
} from "@moldau/protocol";
import { askCoordinator, type CoordinatorApi } from "./ask-coordinator";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface ConsumerMemberOptions extends ClientOptions {
  readonly group: string;
  readonly topic: string;
  readonly pauseMs: number;
  /** Of a static member, which comes back as another process. */
  readonly instanceId: string | null;
  readonly rackId: string | null;
  /** Whether it says good-bye when it is told to stop: a static one for a while, another one for good. */
  readonly leaves: boolean;
  /** Offsets that are committed for the group rise, whoever commits. */
  nextOffset(): number;
}

/** How long it may take to give a partition up, ms. */
const REBALANCE_TIMEOUT_MS = 3_000;

/**
 * A member of a group under KIP-848: one heartbeat after the other carries what it owns and brings what it is to own; it takes a
 * moment to let a partition go, and commits only for what it owns.
 */
export class ConsumerMember {
  readonly client: Client;
  #epoch = 0;
  #owned: readonly number[] = [];
  /** Undefined until the coordinator told. */
  #target: readonly number[] | undefined;
  /** The next heartbeat says everything again, as after an error. */
  #tellsAll = true;
  #idle = true;

  constructor(readonly options: ConsumerMemberOptions) {
    this.client = new Client(options);
  }

  get isIdle(): boolean {
    return this.#idle || !this.client.process.alive;
  }

  start(): void {
    this.#idle = false;
    this.client.run(async () => {
      const { client } = this;
      const { random, pauseMs, leaves, instanceId } = this.options;
      while (!client.stopped) {
        await client.sleep(pauseMs * (0.5 + random.next()));
        if (this.#owned.length > 0 && random.chance(0.5)) await this.#commit();
        else await this.#heartbeat();
        // Lets go what it is not to own any more, when it gets around to it, and takes what is new.
        if (this.#target !== undefined && random.chance(this.#losing.length > 0 ? 0.3 : 0.7))
          this.#owned = this.#target;
      }
      const memberEpoch = instanceId === null ? -1 : -2;
      if (leaves && this.#epoch > 0) await this.#ask(heartbeatApi, { ...this.#self(), memberEpoch });
      this.#idle = true;
    });
  }

  async #heartbeat(): Promise<void> {
    const { topic, group, rackId, instanceId, time, record } = this.options;
    const topicId = this.client.observer.image.topicsByName.get(topic)?.id;
    if (topicId === undefined) return;
    const all = this.#tellsAll || this.#epoch === 0;
    const reply = await this.#ask(heartbeatApi, {
      ...this.#self(),
      rackId: all ? rackId : null,
      rebalanceTimeoutMs: all ? REBALANCE_TIMEOUT_MS : -1,
      subscribedTopicNames: all ? [topic] : null,
      topicPartitions: this.#epoch === 0 ? [] : [{ topicId, partitions: [...this.#owned] }],
    });
    if (reply === undefined) {
      this.#tellsAll = true;
      return;
    }
    this.#after(reply.errorCode);
    if (reply.errorCode !== KafkaError.NONE) return;
    this.#tellsAll = false;
    this.#epoch = reply.memberEpoch;
    if (reply.assignment !== null) {
      this.#target = reply.assignment.topicPartitions.flatMap((each) =>
        each.topicId === topicId ? each.partitions : [],
      );
      record({
        type: "rebalance",
        process: this.client.name,
        consumer: instanceId ?? this.client.name,
        group,
        generation: this.#epoch,
        assigned: this.#target.map((partition) => nameOf({ topic, partition })),
        endMs: time.nowMs,
      });
    }
  }

  async #commit(): Promise<void> {
    const { group: groupId, topic, time, record, random } = this.options;
    // Like clients that commit before their partitions go; and it is then that two could have one.
    const losing = this.#losing;
    const from = losing.length > 0 && random.chance(0.7) ? losing : this.#owned;
    const partition: TopicPartition = { topic, partition: random.pick(from) };
    const committedOffset = this.options.nextOffset();
    const event = {
      type: "commit" as const,
      process: this.client.name,
      group: groupId,
      partition: nameOf(partition),
      offset: committedOffset,
      memberEpoch: this.#epoch,
      invokeMs: time.nowMs,
    };
    record({ ...event, outcome: { kind: "unknown" } });
    const reply = await this.#ask(commitApi, {
      groupId,
      generationIdOrMemberEpoch: this.#epoch,
      memberId: this.#memberId,
      topics: [{ name: topic, partitions: [{ partitionIndex: partition.partition, committedOffset }] }],
    });
    const errorCode = reply?.topics[0]?.partitions[0]?.errorCode;
    if (errorCode === undefined) return;
    if (errorCode === KafkaError.NONE) record({ ...event, outcome: { kind: "acked", endMs: time.nowMs } });
    else this.#after(errorCode);
  }

  /** What it still works on, and is to give up. */
  get #losing(): readonly number[] {
    return this.#owned.filter((partition) => this.#target?.includes(partition) === false);
  }

  /** Made by the client, as from version 1 on. */
  get #memberId(): Uuid {
    return Buffer.from(this.client.name.padEnd(16, "_").slice(0, 16)).toString("base64url");
  }

  #self(): { groupId: string; memberId: string; instanceId: string | null; memberEpoch: number } {
    const { group: groupId, instanceId } = this.options;
    return { groupId, memberId: this.#memberId, instanceId, memberEpoch: this.#epoch };
  }

  #after(errorCode: number): void {
    switch (errorCode) {
      case KafkaError.NONE:
      case KafkaError.COORDINATOR_LOAD_IN_PROGRESS:
      case KafkaError.COORDINATOR_NOT_AVAILABLE:
      case KafkaError.NOT_COORDINATOR:
      // A coordinator may hear of a topic later than we do.
      case KafkaError.UNKNOWN_TOPIC_OR_PARTITION:
      // The heartbeat that will tell the new epoch is on its way, or lost.
      case KafkaError.STALE_MEMBER_EPOCH:
        this.#tellsAll = true;
        return;
      case KafkaError.UNRELEASED_INSTANCE_ID:
      // The former process has not left, and its session goes on.
      case KafkaError.FENCED_MEMBER_EPOCH:
      case KafkaError.UNKNOWN_MEMBER_ID:
      case KafkaError.GROUP_ID_NOT_FOUND:
        // It owns nothing any more, and joins again.
        this.#epoch = 0;
        this.#owned = [];
        this.#target = undefined;
        this.#tellsAll = true;
        return;
      case KafkaError.FENCED_INSTANCE_ID:
        // Another process is the static member now.
        this.#epoch = 0;
        this.client.stopped = true;
        return;
      default:
        this.options.violation("group-refused", `${this.client.name}: error ${errorCode}`);
    }
  }

  #ask<Q, R>(api: CoordinatorApi<Q, R>, request: NoInfer<Q>): Promise<R | undefined> {
    return askCoordinator(this.client, { shardTopic: GROUP_METADATA_TOPIC, id: this.options.group }, api, request);
  }
}

const heartbeatApi = {
  key: ApiKey.ConsumerGroupHeartbeat,
  version: 1,
  write: writeConsumerGroupHeartbeatRequest,
  read: readConsumerGroupHeartbeatResponse,
};
const commitApi = {
  key: ApiKey.OffsetCommit,
  version: 9,
  write: writeOffsetCommitRequest,
  read: readOffsetCommitResponse,
};
