import { ApiKey } from "@moldau/protocol";
import { produce } from "./apis/00-produce";
import { fetch } from "./apis/01-fetch";
import { listOffsets } from "./apis/02-list-offsets";
import { metadata } from "./apis/03-metadata";
import { findCoordinator } from "./apis/10-find-coordinator";
import { listGroups } from "./apis/16-list-groups";
import { saslAuthenticate, saslHandshake } from "./apis/17-sasl";
import { apiVersions } from "./apis/18-api-versions";
import { deleteRecords } from "./apis/21-delete-records";
import { initProducerId } from "./apis/22-init-producer-id";
import { offsetForLeaderEpoch } from "./apis/23-offset-for-leader-epoch";
import { writeTxnMarkers } from "./apis/27-write-txn-markers";
import { describeConfigs } from "./apis/32-describe-configs";
import { alterReplicaLogDirs } from "./apis/34-alter-replica-log-dirs";
import { describeLogDirs } from "./apis/35-describe-log-dirs";
import { describeClientQuotas } from "./apis/48-describe-client-quotas";
import { incrementalAlterConfigs } from "./apis/44-incremental-alter-configs";
import { describeUserScramCredentials } from "./apis/50-describe-user-scram-credentials";
import { describeCluster } from "./apis/60-describe-cluster";
import { describeProducers } from "./apis/61-describe-producers";
import { describeTransactions } from "./apis/65-describe-transactions";
import { listTransactions } from "./apis/66-list-transactions";
import { getTelemetrySubscriptions } from "./apis/71-get-telemetry-subscriptions";
import { pushTelemetry } from "./apis/72-push-telemetry";
import { listConfigResources } from "./apis/74-list-config-resources";
import { describeTopicPartitions } from "./apis/75-describe-topic-partitions";
import {
  addRaftVoter,
  alterClientQuotas,
  alterConfigs,
  alterPartitionReassignments,
  createPartitions,
  createTopics,
  deleteTopics,
  describeQuorum,
  electLeaders,
  listPartitionReassignments,
  removeRaftVoter,
  unregisterBroker,
  updateFeatures,
} from "./apis/controller-requests";
import { consumerGroupDescribe, deleteGroups, describeGroups, offsetFetch } from "./apis/group-batches";
import {
  consumerGroupHeartbeat,
  heartbeat,
  joinGroup,
  leaveGroup,
  offsetCommit,
  offsetDelete,
  syncGroup,
  txnOffsetCommit,
} from "./apis/group-requests";
import { addOffsetsToTxn, addPartitionsToTxn, endTxn } from "./apis/transaction-requests";
import type { Handler } from "./call";

/** An API as this gateway serves it: the versions it accepts. */
export interface ServedApi {
  readonly handler: Handler;
  readonly min: number;
  readonly max: number;
  /**
   * What ApiVersions says as the minimum where that differs from what is accepted: librdkafka turns compression off
   * where Produce starts above 0, so 0 is advertised although versions below 3 are gone, as Kafka 4 does.
   */
  readonly advertisedMin?: number;
  /** Advertised only while this feature of the cluster is on. Who asks nevertheless is told UNSUPPORTED_VERSION. */
  readonly feature?: string;
  /** Advertised only where reports of clients about themselves go somewhere (KIP-714), as Kafka does. */
  readonly reports?: true;
  /**
   * Where a client's quota does not simply count the work: `own`, the handler has more to count, or `exempt`, what brokers do
   * among themselves.
   */
  readonly throttling?: "own" | "exempt";
}

/** Every API that is served, and nothing else: ApiVersions advertises this table. */
export const servedApis: ReadonlyMap<number, ServedApi> = new Map<number, ServedApi>([
  [ApiKey.Produce, { handler: produce, min: 3, max: 13, advertisedMin: 0, throttling: "own" }],
  [ApiKey.Fetch, { handler: fetch, min: 4, max: 18, throttling: "own" }],
  [ApiKey.ListOffsets, { handler: listOffsets, min: 0, max: 11 }],
  [ApiKey.Metadata, { handler: metadata, min: 0, max: 13 }],
  [ApiKey.OffsetCommit, { handler: offsetCommit, min: 0, max: 10 }],
  [ApiKey.OffsetFetch, { handler: offsetFetch, min: 0, max: 10 }],
  [ApiKey.FindCoordinator, { handler: findCoordinator, min: 0, max: 6 }],
  [ApiKey.JoinGroup, { handler: joinGroup, min: 0, max: 9 }],
  [ApiKey.Heartbeat, { handler: heartbeat, min: 0, max: 4 }],
  [ApiKey.LeaveGroup, { handler: leaveGroup, min: 0, max: 5 }],
  [ApiKey.SyncGroup, { handler: syncGroup, min: 0, max: 5 }],
  [ApiKey.DescribeGroups, { handler: describeGroups, min: 0, max: 6 }],
  [ApiKey.ListGroups, { handler: listGroups, min: 0, max: 5 }],
  [ApiKey.SaslHandshake, { handler: saslHandshake, min: 0, max: 1 }],
  [ApiKey.ApiVersions, { handler: apiVersions, min: 0, max: 4 }],
  [ApiKey.CreateTopics, { handler: createTopics, min: 0, max: 7 }],
  [ApiKey.DeleteTopics, { handler: deleteTopics, min: 0, max: 6 }],
  [ApiKey.DeleteRecords, { handler: deleteRecords, min: 0, max: 2 }],
  [ApiKey.InitProducerId, { handler: initProducerId, min: 0, max: 5 }],
  [ApiKey.OffsetForLeaderEpoch, { handler: offsetForLeaderEpoch, min: 0, max: 4 }],
  [ApiKey.AddPartitionsToTxn, { handler: addPartitionsToTxn, min: 0, max: 5 }],
  [ApiKey.AddOffsetsToTxn, { handler: addOffsetsToTxn, min: 0, max: 4 }],
  [ApiKey.EndTxn, { handler: endTxn, min: 0, max: 5 }],
  [ApiKey.WriteTxnMarkers, { handler: writeTxnMarkers, min: 1, max: 2, throttling: "exempt" }],
  [ApiKey.TxnOffsetCommit, { handler: txnOffsetCommit, min: 0, max: 5 }],
  [ApiKey.DescribeConfigs, { handler: describeConfigs, min: 0, max: 4 }],
  [ApiKey.AlterConfigs, { handler: alterConfigs, min: 0, max: 2 }],
  [ApiKey.AlterReplicaLogDirs, { handler: alterReplicaLogDirs, min: 1, max: 2 }],
  [ApiKey.DescribeLogDirs, { handler: describeLogDirs, min: 0, max: 4 }],
  [ApiKey.SaslAuthenticate, { handler: saslAuthenticate, min: 0, max: 2 }],
  [ApiKey.CreatePartitions, { handler: createPartitions, min: 0, max: 3 }],
  [ApiKey.DeleteGroups, { handler: deleteGroups, min: 0, max: 2 }],
  [ApiKey.ElectLeaders, { handler: electLeaders, min: 0, max: 2 }],
  [ApiKey.IncrementalAlterConfigs, { handler: incrementalAlterConfigs, min: 0, max: 1 }],
  [ApiKey.AlterPartitionReassignments, { handler: alterPartitionReassignments, min: 0, max: 1 }],
  [ApiKey.ListPartitionReassignments, { handler: listPartitionReassignments, min: 0, max: 0 }],
  [ApiKey.OffsetDelete, { handler: offsetDelete, min: 0, max: 0 }],
  [ApiKey.DescribeClientQuotas, { handler: describeClientQuotas, min: 0, max: 1 }],
  [ApiKey.AlterClientQuotas, { handler: alterClientQuotas, min: 0, max: 1 }],
  [ApiKey.DescribeUserScramCredentials, { handler: describeUserScramCredentials, min: 0, max: 0 }],
  [ApiKey.DescribeQuorum, { handler: describeQuorum, min: 0, max: 2 }],
  [ApiKey.UpdateFeatures, { handler: updateFeatures, min: 0, max: 2 }],
  [ApiKey.DescribeCluster, { handler: describeCluster, min: 0, max: 2 }],
  [ApiKey.DescribeProducers, { handler: describeProducers, min: 0, max: 0 }],
  [ApiKey.UnregisterBroker, { handler: unregisterBroker, min: 0, max: 0 }],
  [ApiKey.DescribeTransactions, { handler: describeTransactions, min: 0, max: 0 }],
  [ApiKey.ListTransactions, { handler: listTransactions, min: 0, max: 2 }],
  [ApiKey.ConsumerGroupHeartbeat, { handler: consumerGroupHeartbeat, min: 0, max: 1, feature: "group.version" }],
  [ApiKey.ConsumerGroupDescribe, { handler: consumerGroupDescribe, min: 0, max: 1, feature: "group.version" }],
  [ApiKey.GetTelemetrySubscriptions, { handler: getTelemetrySubscriptions, min: 0, max: 0, reports: true }],
  [ApiKey.PushTelemetry, { handler: pushTelemetry, min: 0, max: 0, reports: true }],
  [ApiKey.ListConfigResources, { handler: listConfigResources, min: 0, max: 1 }],
  [ApiKey.DescribeTopicPartitions, { handler: describeTopicPartitions, min: 0, max: 0 }],
  [ApiKey.AddRaftVoter, { handler: addRaftVoter, min: 0, max: 1 }],
  [ApiKey.RemoveRaftVoter, { handler: removeRaftVoter, min: 0, max: 0 }],
]);

/** The table as ApiVersions tells it, for these levels of the cluster's features; `reports`: clients' reports go somewhere. */
export function advertisedVersions(
  features: ReadonlyMap<string, number>,
  { reports } = { reports: false },
): { apiKey: number; minVersion: number; maxVersion: number }[] {
  return [...servedApis]
    .filter(([, { feature }]) => feature === undefined || (features.get(feature) ?? 0) > 0)
    .filter(([, api]) => reports || api.reports === undefined)
    .map(([apiKey, { min, max, advertisedMin }]) => ({ apiKey, minVersion: advertisedMin ?? min, maxVersion: max }));
}
