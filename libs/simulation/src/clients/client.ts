import type { NodeId, SeededRandom } from "@moldau/base";
import type { HistoryEvent } from "@moldau/history";
import type { PartitionImage } from "@moldau/metadata";
import { type RunningMetadataObserver, startMetadataObserver } from "@moldau/metadata-observer";
import type { CallContext, Peers } from "@moldau/rpc";
import type { Network } from "../network";
import { SimulatedProcess } from "../process";
import { simulatedTelemetry } from "../simulated-telemetry";
import type { VirtualTime } from "../virtual-time";

/** A partition as clients name it. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

export interface ClientOptions {
  readonly nodeId: NodeId;
  readonly voters: readonly NodeId[];
  readonly time: VirtualTime;
  readonly network: Network;
  readonly random: SeededRandom;
  record(event: HistoryEvent): void;
  /** Something that must never happen was answered. */
  violation(invariant: string, message: string): void;
}

/** What all clients are: a process of their own that follows the metadata and calls the nodes that it names. */
export class Client {
  readonly process: SimulatedProcess;
  readonly peers: Peers;
  readonly observer: RunningMetadataObserver;
  stopped = false;

  constructor(readonly options: ClientOptions) {
    const { nodeId, network, voters, time } = options;
    this.process = new SimulatedProcess(nodeId, 1);
    network.attach(this.process);
    this.peers = network.peersOf(this.process, voters);
    const { log } = simulatedTelemetry(() => undefined);
    const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs };
    this.observer = startMetadataObserver({ peers: this.peers, nodeId, log, clock, paused: true });
  }

  get name(): string {
    return `client-${this.options.nodeId}`;
  }

  /** Begins `work` in this client's own process. */
  run(work: () => Promise<void>): void {
    const { time } = this.options;
    time.after(0, () => this.observer.resume(), this.process.owner);
    time.after(1, () => void work(), this.process.owner);
  }

  /** kill -9 */
  kill(): void {
    this.process.owner.alive = false;
    this.options.network.detach(this.process, false);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.options.time.after(ms, resolve, this.process.owner));
  }

  call(deadlineMs: number): CallContext {
    return { traceparent: "", deadlineMs, callerNodeId: this.options.nodeId };
  }

  /** What the metadata say of a partition now. */
  imageOf({ topic, partition }: TopicPartition): { topicId: string; image: PartitionImage } | undefined {
    const found = this.observer.image.topicsByName.get(topic);
    const image = found?.partitions[partition];
    return found === undefined || image === undefined ? undefined : { topicId: found.id, image };
  }
}
