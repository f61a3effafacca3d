// What the run and its client processes tell each other.
/** A topic of the run. */
export interface TopicPlan {
  name: string;
  partitions: number;
}

/** Those of `rdkafka` speak through librdkafka, the others through this repository's client. */
export type ClientKind =
  | "producer"
  | "assign-consumer"
  | "group-consumer"
  | "final-reader"
  | "auditor"
  | "administrator"
  | "prober"
  | "rdkafka-producer"
  | "rdkafka-consumer"
  | "rdkafka-committed-consumer"
  | "rdkafka-transactor"
  | "rdkafka-transformer";

/** What a client process is: given to it as JSON in its first argument. */
export interface ClientTask {
  kind: ClientKind;
  /** Name of this life of the client: a restarted one has another name. */
  process: string;
  bootstrap: readonly string[];
  topics: readonly TopicPlan[];
  historyFile: string;
  /** Changes of metadata, and what the metadata are in the end; not part of the history. */
  metadataFile: string;
  /** Monotonic milliseconds (see machine.ts) at which the run's clock is 0. */
  originMs: number;
  /** Sends a second, of a producer. */
  rate: number;
  group: string;
  /** Some of the records belong to transactions: the final reader reads them with read_committed as well. */
  transactions: boolean;
  /** Where transactional producers write down that they are initialised, for those that fence them. */
  fencesDirectory: string;
}

/** Once a second, from a client to the run. */
export interface ClientProgress {
  type: "progress";
  acked: number;
  unknown: number;
  polled: number;
  committed: number;
  /** Transactions that ended as they were meant to. */
  transactions: number;
  /** Records between the consumer's positions and the ends that it knows. */
  lag: number;
  /** Next offset of each partition that a consumer holds, by name. */
  positions?: Record<string, number>;
  /** Of the final reader: offset behind the last record of each partition, and behind the last that read_committed shows. */
  ends?: Record<string, number>;
  committedEnds?: Record<string, number>;
  error?: string;
}

/** `probe`, to a prober: send one record to each of these partitions of the first topic, now. */
export type ToClient = { type: "stop" } | { type: "probe"; id: number; partitions: readonly number[] };

/** When the probes were acknowledged, on the run's clock. */
export interface Probed {
  type: "probed";
  id: number;
  endMs: readonly number[];
}

export type FromClient = ClientProgress | Probed;

export const partitionName = (topic: string, partition: number): string => `${topic}-${partition}`;
