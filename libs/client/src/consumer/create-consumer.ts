import { KafkaError } from "@moldau/base";
import type {
  ClientMetric,
  Consumer,
  ConsumerGroupMetadata,
  ConsumerOptions,
  CreateConsumer,
  IncomingRecord,
} from "../api";
import { calls } from "../calls";
import { check, KafkaClientError } from "../client-error";
import { closedError, Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName, type TopicPartition } from "../topic-partition";
import { type AssignedPartition, assignedPartition } from "./assigned-partition";
import { Fetcher } from "./fetcher";
import { ConsumerMembership } from "./consumer-membership";
import type { GroupMembership, MembershipEvents } from "./group-membership";
import { Membership } from "./membership";
import { findPositions, type PositionRules } from "./positions";

const MAX_WAIT_MS = 500;
const FETCH_BYTES_MAX = 16 * 1024 * 1024;
const SESSION_TIMEOUT_MS = 45_000;
const HEARTBEAT_INTERVAL_MS = 3_000;
const REBALANCE_TIMEOUT_MS = 60_000;
const MAX_RECORDS = 500;
/** Of OffsetCommit: members may be static from then on. */
const INSTANCE_ID_VERSION = 7;
/** Attempts at a topic that is said not to exist: a node may not have heard of a new one yet. */
const UNKNOWN_TOPIC_ATTEMPTS = 4;

/** A consumer. `poll` is for one caller at a time. */
export const createConsumer: CreateConsumer = (options): Consumer => new PollingConsumer(options);

class PollingConsumer implements Consumer {
  private readonly cluster: Cluster;
  private readonly fetcher: Fetcher;
  private readonly rules: PositionRules;
  private membership: GroupMembership | undefined;
  private partitions: AssignedPartition[] = [];
  private finding: Promise<void> | undefined;
  private readonly errors: Error[] = [];
  private wakeUp: (() => void) | undefined;
  private polling = false;
  private consumed = 0;
  private closed: Promise<void> | undefined;

  constructor(private readonly options: ConsumerOptions) {
    const { groupProtocol, sessionTimeoutMs, heartbeatIntervalMs, serverAssignor } = options;
    if (groupProtocol === "consumer" && (sessionTimeoutMs !== undefined || heartbeatIntervalMs !== undefined)) {
      throw new KafkaClientError(
        'sessionTimeoutMs and heartbeatIntervalMs are the cluster\'s with groupProtocol "consumer"',
        KafkaError.INVALID_REQUEST,
      );
    }
    if (groupProtocol !== "consumer" && serverAssignor !== undefined) {
      throw new KafkaClientError('serverAssignor needs groupProtocol "consumer"', KafkaError.INVALID_REQUEST);
    }
    const readCommitted = options.isolation === "read_committed";
    this.cluster = new Cluster(options);
    this.rules = {
      groupId: options.groupId,
      offsetReset: options.offsetReset ?? "latest",
      isolationLevel: readCommitted ? 1 : 0,
    };
    this.fetcher = new Fetcher(
      this.cluster,
      {
        maxWaitMs: options.maxWaitMs ?? MAX_WAIT_MS,
        fetchBytesMax: options.fetchBytesMax ?? FETCH_BYTES_MAX,
        readCommitted,
      },
      {
        onNews: () => this.wake(),
        onError: (error) => this.report(error),
        onOutOfRange: (partition) => {
          partition.start = "reset";
          this.wake();
        },
      },
    );
  }

  subscribe(topics: Parameters<Consumer["subscribe"]>[0]): Promise<void> {
    const { groupId } = this.options;
    if (this.closed !== undefined) return Promise.reject(closedError());
    if (groupId === undefined) return refusal("subscribe needs a groupId; without one, assign partitions");
    if (this.membership === undefined && this.partitions.length > 0) {
      return refusal("partitions were assigned by hand; a consumer does one or the other");
    }
    const subscription = "pattern" in topics ? { topics: [], pattern: topics.pattern } : { topics };
    if (subscription.pattern !== undefined && this.options.groupProtocol !== "consumer") {
      return refusal('a pattern needs groupProtocol "consumer"; in classic groups name the topics');
    }
    this.membership ??= this.joinGroup(groupId);
    this.membership.subscribe(subscription);
    return Promise.resolve();
  }

  async assign(partitions: Parameters<Consumer["assign"]>[0]): Promise<void> {
    if (this.closed !== undefined) throw closedError();
    if (this.membership !== undefined) {
      await refusal("this consumer is a member of a group; the group assigns its partitions");
    }
    await this.checkTopics(partitions);
    await this.finding?.catch(() => undefined);
    this.partitions = partitions.map(({ topic, partition, offset }) => assignedPartition(topic, partition, offset));
    this.fetcher.assign(this.partitions);
    await this.find();
  }

  async poll(timeoutMs: number, maxRecords = MAX_RECORDS): Promise<IncomingRecord[]> {
    if (this.polling) return refusal("poll is already waiting; it is for one caller at a time");
    this.polling = true;
    try {
      const deadlineMs = performance.now() + timeoutMs;
      for (;;) {
        if (this.closed !== undefined) throw closedError();
        this.membership?.advance();
        this.findInBackground();
        const records = this.fetcher.take(maxRecords);
        this.consumed += records.length;
        if (records.length > 0) return records;
        const error = this.errors.shift();
        if (error !== undefined) throw error;
        const leftMs = deadlineMs - performance.now();
        if (leftMs <= 0) return [];
        await this.sleep(leftMs);
      }
    } finally {
      this.polling = false;
    }
  }

  async commit(): Promise<void> {
    if (this.closed !== undefined) throw closedError();
    await this.commitPositions();
  }

  assignment(): ReturnType<Consumer["assignment"]> {
    return this.partitions.map(({ topic, partition, position, highWatermark, committed }) => ({
      topic,
      partition,
      position,
      highWatermark,
      committed,
    }));
  }

  metrics(): ClientMetric[] {
    const known = this.partitions.filter(({ highWatermark, position }) => highWatermark >= 0 && position >= 0);
    const lags = known.map(({ highWatermark, position }) => Math.max(0, highWatermark - position));
    const assigned = {
      group: "consumer-coordinator-metrics",
      name: "assigned-partitions",
      value: this.partitions.length,
    };
    const group = "consumer-fetch-manager-metrics";
    return [
      assigned,
      { group, name: "records-consumed-total", value: this.consumed },
      ...(lags.length > 0 ? [{ group, name: "records-lag-max", value: Math.max(...lags) }] : []),
      ...this.cluster.traffic.metrics("consumer-metrics"),
    ];
  }

  groupMetadata(): ConsumerGroupMetadata {
    const { groupId } = this.options;
    if (groupId === undefined) {
      throw new KafkaClientError("groupMetadata needs a groupId", KafkaError.INVALID_REQUEST);
    }
    return {
      groupId,
      generationId: this.membership?.generationId ?? -1,
      memberId: this.membership?.memberId ?? "",
      groupInstanceId: this.options.groupInstanceId ?? null,
    };
  }

  seekToCommitted(): void {
    this.hold(this.partitions.map(({ topic, partition }) => assignedPartition(topic, partition, "committed")));
    this.wake();
  }

  close({ commit = false }: { commit?: boolean } = {}): Promise<void> {
    this.closed ??= (async () => {
      this.wake();
      try {
        if (commit) await this.commitPositions();
      } finally {
        this.hold([]);
        this.fetcher.stop();
        await this.membership?.leave();
        await this.cluster.close();
      }
    })();
    return this.closed;
  }

  private joinGroup(groupId: string): GroupMembership {
    const { groupProtocol = "classic", groupInstanceId, serverAssignor, onRevoked, onAssigned } = this.options;
    const { onLost = onRevoked } = this.options;
    const events: MembershipEvents = {
      onRevoked: (partitions) => this.letGo(partitions, onRevoked),
      onLost: (partitions) => this.letGo(partitions, onLost),
      onAssigned: (added, generation) => {
        const more = added.map(({ topic, partition }) => assignedPartition(topic, partition, "committed"));
        this.hold([...this.partitions, ...more]);
        onAssigned?.(added, generation);
      },
      onNews: () => this.wake(),
      onError: (error) => this.report(error),
    };
    if (groupProtocol === "consumer") {
      const options = {
        groupId,
        instanceId: groupInstanceId,
        serverAssignor,
        rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      };
      return new ConsumerMembership(this.cluster, options, events);
    }
    return new Membership(
      this.cluster,
      {
        groupId,
        groupInstanceId,
        sessionTimeoutMs: this.options.sessionTimeoutMs ?? SESSION_TIMEOUT_MS,
        heartbeatIntervalMs: this.options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS,
        rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      },
      events,
    );
  }

  /** The caller is told that these go; nothing more of them is handed out, and until it has had its say they may be committed. */
  private async letGo(
    partitions: readonly TopicPartition[] | "all",
    tell: ConsumerOptions["onRevoked"],
  ): Promise<void> {
    const names = partitions === "all" ? undefined : new Set(partitions.map(partitionName));
    const goes = (partition: AssignedPartition): boolean => names?.has(partitionName(partition)) ?? true;
    this.fetcher.assign(this.partitions.filter((partition) => !goes(partition)));
    try {
      await tell?.(this.partitions.filter(goes).map(({ topic, partition }) => ({ topic, partition })));
    } finally {
      this.hold(this.partitions.filter((partition) => !goes(partition)));
    }
  }

  private hold(partitions: AssignedPartition[]): void {
    this.partitions = partitions;
    this.fetcher.assign(partitions);
    this.findInBackground();
  }

  /** Commits every position that moved. What a rebalance took away is another member's now and is left out. */
  private async commitPositions(): Promise<void> {
    const { groupId } = this.options;
    if (groupId === undefined) return refusal("commit needs a groupId");
    const { membership } = this;
    const held = membership === undefined || membership.active;
    const changed = this.partitions.filter(({ position, committed }) => position >= 0 && position !== committed);
    if (!held || changed.length === 0) return;
    const positions = new Map(changed.map((partition) => [partition, partition.position]));
    const topics = [...groupBy(changed, ({ topic }) => topic)].map(([name, list]) => ({
      name,
      partitions: list.map(({ partition, position, leaderEpoch }) => ({
        partitionIndex: partition,
        committedOffset: position,
        committedLeaderEpoch: leaderEpoch,
        committedMetadata: "",
      })),
    }));
    await this.cluster.withCoordinator(
      groupId,
      async (ask) => {
        const response = await ask(calls.offsetCommit, (version) => ({
          groupId,
          generationIdOrMemberEpoch: membership?.generationId ?? -1,
          memberId: membership?.memberId ?? "",
          ...(version >= INSTANCE_ID_VERSION ? { groupInstanceId: this.options.groupInstanceId ?? null } : {}),
          topics,
        }));
        for (const { name, partitions } of response.topics) {
          for (const { partitionIndex, errorCode } of partitions) {
            membership?.notice(errorCode);
            check(
              `commit of group ${groupId} for ${partitionName({ topic: name, partition: partitionIndex })}`,
              errorCode,
            );
          }
        }
      },
      // A member whose epoch goes up meanwhile commits under the new one: the partitions are still its own.
      {
        again: ({ retriable, code }) =>
          retriable || (code === KafkaError.STALE_MEMBER_EPOCH && membership?.active === true),
      },
    );
    for (const [partition, position] of positions) partition.committed = position;
  }

  private async checkTopics(partitions: readonly TopicPartition[]): Promise<void> {
    const topics = groupBy(partitions, ({ topic }) => topic);
    await Promise.all(
      [...topics].map(async ([topic, list]) => {
        const info = await this.cluster.retry(() => this.cluster.topicMetadata(topic), {
          again: (error, number) =>
            error.retriable &&
            (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < UNKNOWN_TOPIC_ATTEMPTS),
        });
        const missing = list.find(({ partition }) => info.partitions[partition] === undefined);
        if (missing === undefined) return;
        const what = `${topic} has no partition ${missing.partition}; it has 0 to ${info.partitions.length - 1}`;
        throw new KafkaClientError(what, KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
      }),
    );
  }

  /** Finds the positions that are not known; partitions that come meanwhile have the next search. */
  private find(): Promise<void> {
    const open = this.partitions.filter(({ start }) => start !== undefined);
    const search = findPositions(this.cluster, open, this.rules).finally(() => {
      this.finding = undefined;
      this.fetcher.pump();
      this.wake();
    });
    this.finding = search;
    return search;
  }

  private findInBackground(): void {
    if (this.finding !== undefined || this.closed !== undefined) return;
    if (this.partitions.every(({ start }) => start === undefined)) return;
    this.find().catch((error: Error) => this.report(error));
  }

  private report(error: Error): void {
    if (this.closed !== undefined) return;
    // A caller that does not poll must not find a thousand of them.
    if (this.errors.length < 8) this.errors.push(error);
    this.wake();
  }

  private wake(): void {
    this.wakeUp?.();
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wakeUp = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wakeUp = done;
    });
  }
}

function refusal(what: string): Promise<never> {
  return Promise.reject(new KafkaClientError(what, KafkaError.INVALID_REQUEST));
}
