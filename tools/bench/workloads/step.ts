import type { Figures, ProcessFigures } from "../measurement";
import type { Kind } from "../systems/catalog";
import type { System } from "../systems/system";

/** How much a run moves at most. */
export interface Amounts {
  /** Of a run at peak or at a rate. */
  durationMs: number;
  bytesMax: number;
  /** Of a run whose rare latencies count. */
  latencyMs: number;
  /** Before anything is compared. */
  warmUpBytes: number;
  /** Of the topic that is read. */
  consumeBytes: number;
  /** Partitions and connections that lie idle. */
  idlePartitions: number;
  idleConnections: number;
  /** How long an idle cluster is watched. */
  idleMs: number;
  /** Records that the clients of others write and read. */
  clientRecords: number;
}

/** Where a step runs. */
export interface Bench {
  kind: Kind;
  system: System;
  /** Of the topics: 3 where there are 3 brokers. */
  replicationFactor: number;
  amounts: Amounts;
  round: number;
  /** A name that no topic had. */
  topicName(): string;
  /** What earlier steps found on this system in each round, such as its peak. */
  remembered: Map<string, number[]>;
  /** The systems that are measured in turn with this one, itself among them. */
  group: ReadonlyMap<Kind, Bench>;
  /** Another system of this kind, stopped, on an empty folder. It is stopped and removed when the step ends. */
  fresh(): System;
}

export interface Outcome {
  /** Where a run measures several points; otherwise the step's. */
  point?: string;
  figures: Figures;
  processes?: ProcessFigures[];
}

/** One point of one workload. */
export interface Step {
  workload: string;
  point: string;
  brokers: 1 | 3;
  kinds: readonly Kind[];
  rounds: number;
  /** Belongs to every selection of workloads: what is measured behind it needs it. */
  always?: boolean;
  /** About what a run takes on two cores. */
  seconds: number;
  /** Why it cannot be measured here, whatever the system; undefined where it can. */
  whyNot?(): string | undefined;
  run(bench: Bench): Promise<Outcome | Outcome[]>;
  /** Before the first round and after the last one, on each system. */
  before?(bench: Bench): Promise<void>;
  after?(bench: Bench): Promise<void>;
}

export const GB = 1e9;
