import type { RoleContext } from "@moldau/host";
import { isThrottled, ReplicationThrottle } from "@moldau/partition";
import type { HostedPartition } from "./hosted-partition";

const RATES = {
  leader: "leader.replication.throttled.rate",
  follower: "follower.replication.throttled.rate",
} as const;

/**
 * This broker's replication throttles (KIP-73): what it sends as a leader and reads as a follower for replicas that topics
 * name as throttled. Replicas that are in sync are never held back. Source: kafka.server.ReplicationQuotaManager.
 */
export class ReplicationThrottles {
  readonly #context: RoleContext;
  readonly #throttles: Record<keyof typeof RATES, ReplicationThrottle>;

  constructor(context: RoleContext) {
    const { config } = context;
    const window = {
      samples: config.number("replication.quota.window.num"),
      sampleMs: config.number("replication.quota.window.size.seconds") * 1000,
    };
    this.#context = context;
    this.#throttles = { leader: new ReplicationThrottle(window), follower: new ReplicationThrottle(window) };
    this.configure();
  }

  /** Takes over the rates in force. */
  configure(): void {
    const { config } = this.#context;
    for (const side of ["leader", "follower"] as const) {
      const rate = config.number(RATES[side]);
      this.#throttles[side].limit = Number.isFinite(rate) && rate <= Number.MAX_SAFE_INTEGER ? rate : Infinity;
    }
  }

  /** As a leader: whether this follower gets nothing of the partition now. */
  holdsBackReader({ replica, settings, partition }: HostedPartition, followerId: number): boolean {
    if (replica.isr.has(followerId) || !this.#isThrottled(settings.leaderThrottled, partition)) return false;
    return this.#throttles.leader.isExceeded(this.#nowMs());
  }

  /** As a follower: whether the partition is not asked for now. `inSync`: it had everything at the last answer. */
  holdsBackFetch({ settings, partition }: HostedPartition, inSync: boolean): boolean {
    if (inSync || !this.#isThrottled(settings.followerThrottled, partition)) return false;
    return this.#throttles.follower.isExceeded(this.#nowMs());
  }

  noteSent({ settings, partition }: HostedPartition, bytes: number): void {
    if (bytes > 0 && this.#isThrottled(settings.leaderThrottled, partition)) {
      this.#throttles.leader.record(bytes, this.#nowMs());
    }
  }

  noteReceived({ settings, partition }: HostedPartition, bytes: number): void {
    if (bytes > 0 && this.#isThrottled(settings.followerThrottled, partition)) {
      this.#throttles.follower.record(bytes, this.#nowMs());
    }
  }

  #isThrottled(replicas: Parameters<typeof isThrottled>[0], partition: number): boolean {
    return isThrottled(replicas, partition, this.#context.nodeId);
  }

  #nowMs(): number {
    return this.#context.clock.monotonicMs();
  }
}
