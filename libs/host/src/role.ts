import type { DynamicConfig } from "@moldau/config";
import type { Clock, NodeId, Random, Uuid } from "@moldau/base";
import type { Disk } from "@moldau/disk";
import type { MetadataObserver } from "@moldau/metadata-observer";
import type { Peers, ServiceRegistry } from "@moldau/rpc";
import type { Telemetry } from "@moldau/telemetry";

/** Time, chance and disk: what a simulation owns instead of the machine. */
export interface Environment {
  clock: Clock;
  random: Random;
  disk: Disk;
}

/** What a process gives each role that it hosts. */
export interface RoleContext extends Environment {
  nodeId: NodeId;
  /** Of this start of the node: whoever sees it in the metadata knows that they are not of a life before. */
  incarnationId: Uuid;
  /** In force now: what was set while the process runs comes first. Keys that may change are read at the time of use. */
  config: DynamicConfig;
  telemetry: Telemetry;
  /** Stubs of the other roles: the implementation itself where they share the process, gRPC where not. */
  peers: Peers;
  /** Where the role offers its services, to this process and over gRPC alike. */
  services: ServiceRegistry;
  /** The cluster's metadata as this process knows it. The controller role feeds it and does not use it. */
  observer: MetadataObserver;
  /** Reports a failure after which the role cannot go on; the host logs it, stops cleanly and exits with status 1. */
  fatal(error: Error): void;
}

/** One role, as an app names it when it starts a process. */
export interface Role {
  readonly name: "controller" | "broker" | "coordinator" | "gateway";
  start(context: RoleContext): Promise<RunningRole>;
}

export interface RunningRole {
  /** Empty when the role can serve; else what it waits for, for a person ("no active controller yet"). */
  notReady(): string[];
  /** `host:port` of the doors for Kafka clients, bootstrap first; only gateways have them. */
  kafkaAddresses?(): string[];
  /** First half of a clean stop: leaders move away, nothing new is accepted. */
  drain(): Promise<void>;
  /** Second half: finish what is under way, flush, close. */
  stop(): Promise<void>;
}
