import type { Cell, Metrics } from "@moldau/telemetry";
import type { HostedPartition } from "./hosted-partition";
import type { Partitions } from "./partitions";
import type { ReadWait } from "./read-wait";
import type { ReplicaFetchers } from "./replica-fetchers";

/** What the hot paths add to, one set a topic. Names as Kafka's JMX exporter rules produce them. */
export interface TopicCells {
  messagesIn: Cell;
  bytesIn: Cell;
  bytesOut: Cell;
  produceRequests: Cell;
  fetchRequests: Cell;
  failedProduceRequests: Cell;
  failedFetchRequests: Cell;
  replicationBytesIn: Cell;
  replicationBytesOut: Cell;
}

export interface BrokerMetrics {
  ofTopic(topic: string): TopicCells;
  isrShrinks: Cell;
  isrExpands: Cell;
  forgetTopic(topic: string): void;
}

const BROKER_TOPIC = "kafka_server_brokertopicmetrics";

export function brokerMetrics(metrics: Metrics): BrokerMetrics {
  const perTopic = (name: string, help: string) => metrics.counter(`${BROKER_TOPIC}_${name}_total`, help, ["topic"]);
  const messagesIn = perTopic("messagesin", "Records appended by producers.");
  const bytesIn = perTopic("bytesin", "Bytes appended by producers.");
  const bytesOut = perTopic("bytesout", "Bytes read by consumers.");
  const produceRequests = perTopic("totalproducerequests", "Appends, one per partition of a request.");
  const fetchRequests = perTopic("totalfetchrequests", "Reads, one per partition of a request.");
  const failedProduce = perTopic("failedproducerequests", "Appends that were refused.");
  const failedFetch = perTopic("failedfetchrequests", "Reads that were refused.");
  const replicationIn = perTopic("replicationbytesin", "Bytes that followers on this broker received.");
  const replicationOut = perTopic("replicationbytesout", "Bytes that leaders on this broker sent to followers.");
  const shrinks = metrics.counter("kafka_server_replicamanager_isrshrinks_total", "Replicas left an ISR led here.");
  const expands = metrics.counter("kafka_server_replicamanager_isrexpands_total", "Replicas joined an ISR led here.");
  const cells = new Map<string, TopicCells>();
  return {
    isrShrinks: shrinks.cell(),
    isrExpands: expands.cell(),
    ofTopic(topic) {
      let found = cells.get(topic);
      if (!found) {
        found = {
          messagesIn: messagesIn.cell(topic),
          bytesIn: bytesIn.cell(topic),
          bytesOut: bytesOut.cell(topic),
          produceRequests: produceRequests.cell(topic),
          fetchRequests: fetchRequests.cell(topic),
          failedProduceRequests: failedProduce.cell(topic),
          failedFetchRequests: failedFetch.cell(topic),
          replicationBytesIn: replicationIn.cell(topic),
          replicationBytesOut: replicationOut.cell(topic),
        };
        cells.set(topic, found);
      }
      return found;
    },
    forgetTopic(topic) {
      cells.delete(topic);
      metrics.forget("topic", topic);
    },
  };
}

/** Brokers that share a process share its metrics: one gauge reads the partitions of all of them. */
interface Observed {
  partitions: Partitions;
  fetchers: ReplicaFetchers;
  nowMs: () => number;
  transactionTimeoutMaxMs: number;
}
const observed = new WeakMap<Metrics, Set<Observed>>();

/** Gauges over all partitions; read when somebody scrapes. Returns how to stop. */
export function partitionGauges(metrics: Metrics, one: Observed): () => void {
  const known = observed.get(metrics);
  const all = known ?? new Set<Observed>();
  all.add(one);
  if (!known) {
    observed.set(metrics, all);
    registerGauges(metrics, function* () {
      for (const some of all) yield* some.partitions.all();
    });
    metrics.gauge(
      "kafka_server_replicamanager_partitionswithlatetransactionscount",
      "Partitions led here with a transaction that its coordinator should have ended.",
      [],
      () => {
        let n = 0;
        for (const { partitions, nowMs, transactionTimeoutMaxMs } of all) {
          for (const { replica } of partitions.all()) {
            if (replica.isLeader && replica.hasLateTransaction(nowMs(), transactionTimeoutMaxMs)) n++;
          }
        }
        return [[[], n]];
      },
    );
    metrics.gauge("kafka_server_replicafetchermanager_maxlag", "Records that a follower here is behind.", [], () => [
      [[], Math.max(0, ...[...all].map((some) => some.fetchers.maxLag()))],
    ]);
  }
  return () => all.delete(one);
}

function registerGauges(metrics: Metrics, all: () => Iterable<HostedPartition>): void {
  const count = (name: string, help: string, counts: (hosted: HostedPartition) => boolean) =>
    metrics.gauge(`kafka_server_replicamanager_${name}`, help, [], () => {
      let n = 0;
      for (const hosted of all()) if (counts(hosted)) n++;
      return [[[], n]];
    });
  count("partitioncount", "Replicas on this broker.", () => true);
  count("leadercount", "Partitions led by this broker.", ({ replica }) => replica.isLeader);
  count("underreplicatedpartitions", "Partitions led here with a replica out of the ISR.", isUnderReplicated);
  count("underminisrpartitioncount", "Partitions led here below min ISR.", ({ replica }) => replica.isUnderMinIsr);
  count(
    "atminisrpartitioncount",
    "Partitions led here with just min ISR.",
    ({ replica }) => replica.isLeader && replica.isr.size === replica.effectiveMinIsr,
  );

  metrics.gauge("kafka_server_replicamanager_produceridcount", "Producers that partitions here know.", [], () => {
    let n = 0;
    for (const { replica } of all()) n += replica.producers.size;
    return [[[], n]];
  });
  metrics.gauge(
    "kafka_server_delayedoperationpurgatory_purgatorysize",
    "Requests that wait.",
    ["delayedOperation"],
    () => {
      let appends = 0;
      const reads = new Set<ReadWait>();
      for (const hosted of all()) {
        appends += hosted.waitingAppends;
        const { written, committed, stable, changes } = hosted.readWaits;
        for (const waits of [written, committed, stable, changes]) for (const wait of waits) reads.add(wait);
      }
      return [
        [["Produce"], appends],
        [["Fetch"], reads.size],
      ];
    },
  );

  const each = (name: string, help: string, value: (hosted: HostedPartition) => number | undefined) =>
    metrics.gauge(name, help, ["topic", "partition"], function* () {
      for (const hosted of all()) {
        const reading = value(hosted);
        if (reading !== undefined) yield [[hosted.topic, String(hosted.partition)], reading] as const;
      }
    });
  const led = (value: (hosted: HostedPartition) => number) => (hosted: HostedPartition) =>
    hosted.replica.isLeader ? value(hosted) : undefined;
  each("kafka_log_log_size", "Bytes of the partition's log.", ({ log }) => log.sizeBytes);
  each("kafka_log_log_logstartoffset", "First offset of the log.", ({ replica }) => replica.logStartOffset);
  each("kafka_log_log_logendoffset", "End of the log.", ({ replica }) => replica.logEndOffset);
  each(
    "kafka_topic_partition_current_offset",
    "High watermark, as the leader has it.",
    led(({ replica }) => replica.highWatermark),
  );
  each(
    "kafka_topic_partition_oldest_offset",
    "Log start offset, as the leader has it.",
    led(({ replica }) => replica.logStartOffset),
  );
  each(
    "kafka_topic_partition_under_replicated_partition",
    "1 where a replica is out of the ISR.",
    led((hosted) => (isUnderReplicated(hosted) ? 1 : 0)),
  );
}

function isUnderReplicated({ replica }: HostedPartition): boolean {
  return replica.isLeader && replica.isr.size < replica.replicas.length;
}
