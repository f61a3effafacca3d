// Kafka's command-line tools that have a twin here.
import type { Terminal } from "../terminal";
import { clientMetricsTool } from "./admin-tools/client-metrics-tool";
import { clusterTool } from "./admin-tools/cluster-tool";
import { deleteRecordsTool } from "./admin-tools/delete-records-tool";
import { getOffsetsTool } from "./admin-tools/get-offsets-tool";
import { groupsTool } from "./admin-tools/groups-tool";
import { leaderElectionTool } from "./admin-tools/leader-election-tool";
import { logDirsTool } from "./admin-tools/log-dirs-tool";
import { metadataQuorumTool } from "./admin-tools/metadata-quorum-tool";
import { transactionsTool } from "./admin-tools/transactions-tool";
import { brokerApiVersionsTool } from "./admin-tools/broker-api-versions-tool";
import { featuresTool } from "./admin-tools/features-tool";
import { verifiableProducerTool } from "./perf/verifiable-producer-tool";
import { verifiableConsumerTool } from "./perf/verifiable-consumer-tool";
import { producerPerfTestTool } from "./perf/producer-perf-test-tool";
import { e2eLatencyTool } from "./perf/e2e-latency-tool";
import { consumerPerfTestTool } from "./perf/consumer-perf-test-tool";
import { reassignPartitionsTool } from "./reassign/reassign-partitions-tool";
import { configsTool } from "./configs/configs-tool";
import { consoleConsumerTool } from "./console/console-consumer-tool";
import { consoleProducerTool } from "./console/console-producer-tool";
import { consumerGroupsTool } from "./consumer-groups/consumer-groups-tool";
import { replicaVerificationTool } from "./replica-verification/replica-verification-tool";
import { runTool } from "./run-tool";
import type { KafkaTool } from "./tool";
import { streamsResetTool } from "./streams/streams-reset-tool";
import { topicsTool } from "./topics/topics-tool";

/** In the order of use. */
export const kafkaTools: readonly KafkaTool[] = [
  topicsTool,
  configsTool,
  consoleProducerTool,
  consoleConsumerTool,
  consumerGroupsTool,
  groupsTool,
  getOffsetsTool,
  reassignPartitionsTool,
  leaderElectionTool,
  deleteRecordsTool,
  logDirsTool,
  replicaVerificationTool,
  clusterTool,
  featuresTool,
  metadataQuorumTool,
  brokerApiVersionsTool,
  transactionsTool,
  clientMetricsTool,
  producerPerfTestTool,
  consumerPerfTestTool,
  e2eLatencyTool,
  verifiableProducerTool,
  verifiableConsumerTool,
  streamsResetTool,
];

/** Whether a command line's first word is one of the tools, with or without the `.sh` that Kafka's scripts have. */
export function isKafkaTool(word: string | undefined): boolean {
  return word !== undefined && toolOf(word) !== undefined;
}

export function runKafkaTool(word: string, args: readonly string[], terminal: Terminal): Promise<number> {
  return runTool(toolOf(word)!, args, terminal);
}

function toolOf(word: string): KafkaTool | undefined {
  const plain = word.replace(/\.sh$/, "");
  return kafkaTools.find(({ name }) => name === plain);
}
