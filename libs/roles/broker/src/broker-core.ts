import type { Clock, NodeId } from "@moldau/base";
import type { Disk } from "@moldau/disk";
import type { NodeRegistration } from "@moldau/host";
import type { MetadataObserver } from "@moldau/metadata-observer";
import type { LogStore } from "@moldau/segment-store";
import type { Tracing } from "@moldau/telemetry";
import type { AnswerMemory } from "./answer-memory";
import type { BrokerMetrics } from "./broker-metrics";
import type { Partitions } from "./partitions";
import type { ReplicationThrottles } from "./replication-throttles";
import type { TimerWheel } from "./timer-wheel";
import type { TransactionVerification } from "./transaction-verification";

/** What the broker's methods work on. */
export interface BrokerCore {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly disk: Disk;
  readonly observer: MetadataObserver;
  readonly partitions: Partitions;
  readonly store: LogStore;
  readonly timers: TimerWheel;
  readonly metrics: BrokerMetrics;
  readonly tracing: Tracing;
  readonly registration: NodeRegistration;
  /** `moldau.durability` is fsync: what is acknowledged is on the disk. */
  readonly fsync: boolean;
  readonly throttles: ReplicationThrottles;
  readonly answerMemory: AnswerMemory;
  readonly verification: TransactionVerification;
  /** `replica.selector.class` is the rack aware one: consumers are told of a replica in their rack (KIP-392). */
  readonly readsFromClosest: boolean;
}
