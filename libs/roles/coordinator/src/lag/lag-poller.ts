import { KafkaError, type NodeId } from "@moldau/base";
import type { GroupState } from "@moldau/groups";
import type { MetadataImage } from "@moldau/metadata";
import type { Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import type { LagTracker, TrackedPartition } from "./lag-tracker";

export interface LagPollerContext {
  readonly nodeId: NodeId;
  readonly peers: Peers;
  readonly log: Logger;
  image(): MetadataImage;
  nowMs(): number;
  /** The shards of groups that this node serves. */
  states(): Iterable<GroupState>;
  /** `moldau.group.lag.interval.ms`; 0 never asks. */
  readonly intervalMs: number;
}

interface LedPartition extends TrackedPartition {
  readonly leaderEpoch: number;
}

const LEADERS_AT_ONCE = 8;
/** Partitions of one request: what is written and read at a stretch while members wait for their heartbeats. */
const PARTITIONS_A_REQUEST = 2_000;
/** Offsets that are looked at without letting anybody else have the process; a shard may hold tens of thousands. */
const OFFSETS_AT_A_STRETCH = 5_000;
const ASK_TIMEOUT_MS = 5_000;
const LATEST = -1;

/** Asks the leaders of all partitions that groups have committed for where they end, one request at a time each. */
export class LagPoller {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: LagPollerContext,
    private readonly tracker: LagTracker,
  ) {
    this.arm();
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  /** One round. */
  async poll(): Promise<void> {
    const byLeader = await this.partitionsByLeader();
    this.tracker.keepOnly([...byLeader.values()].flat());
    const leaders = [...byLeader];
    const next = async (): Promise<void> => {
      for (let item = leaders.pop(); item !== undefined && !this.stopping.signal.aborted; item = leaders.pop()) {
        const [leader, partitions] = item;
        for (let from = 0; from < partitions.length; from += PARTITIONS_A_REQUEST) {
          await this.ask(leader, partitions.slice(from, from + PARTITIONS_A_REQUEST));
        }
      }
    };
    await Promise.all(Array.from({ length: LEADERS_AT_ONCE }, next));
  }

  private arm(): void {
    const { intervalMs, log } = this.context;
    if (intervalMs === 0 || this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.poll()
        .catch((error: unknown) => log.error({ err: error }, "the lag of groups could not be measured"))
        .finally(() => this.arm());
    }, intervalMs);
  }

  /** Partitions without a leader are under -1: nobody is asked, and what is known of them stays. */
  private async partitionsByLeader(): Promise<Map<NodeId, LedPartition[]>> {
    const { image, states } = this.context;
    const byLeader = new Map<NodeId, LedPartition[]>();
    const seen = new Set<string>();
    const { topicsByName } = image();
    let looked = 0;
    for (const state of [...states()]) {
      for (const groupId of state.groupsWithOffsets()) {
        for (const [name, partitions] of state.offsetsOf(groupId)) {
          const topic = topicsByName.get(name);
          if (topic === undefined) continue;
          for (const [partition] of partitions) {
            if (++looked % OFFSETS_AT_A_STRETCH === 0) await new Promise((resolve) => setImmediate(resolve));
            const known = topic.partitions[partition];
            const key = `${topic.id}:${partition}`;
            if (known === undefined || seen.has(key)) continue;
            seen.add(key);
            let led = byLeader.get(known.leader);
            if (led === undefined) byLeader.set(known.leader, (led = []));
            led.push({ topicId: topic.id, partition, leaderEpoch: known.leaderEpoch });
          }
        }
      }
    }
    return byLeader;
  }

  private async ask(leader: NodeId, partitions: readonly LedPartition[]): Promise<void> {
    if (leader < 0) return;
    const { peers, nodeId, nowMs, log } = this.context;
    const { signal } = this.stopping;
    try {
      const reply = await peers.broker(leader).listOffsets(
        {
          replicaId: -1,
          isolationLevel: 0,
          timeoutMs: ASK_TIMEOUT_MS,
          partitions: partitions.map(({ topicId, partition, leaderEpoch }) => ({
            topicId,
            partition,
            currentLeaderEpoch: leaderEpoch,
            timestamp: LATEST,
          })),
        },
        { traceparent: "", deadlineMs: ASK_TIMEOUT_MS, callerNodeId: nodeId, signal },
      );
      const now = nowMs();
      for (const { topicId, partition, errorCode, offset } of reply.partitions) {
        if (errorCode === KafkaError.NONE && offset >= 0) this.tracker.ended({ topicId, partition }, now, offset);
      }
    } catch (error) {
      // It is asked again in the next round.
      if (!signal.aborted) log.debug({ err: error, leader }, "a leader did not say where its partitions end");
    }
  }
}
