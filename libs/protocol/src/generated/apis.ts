// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type ApiDescriptor, row } from "../api-descriptor";
import {
  readProduceRequest,
  readProduceResponse,
  writeProduceRequest,
  writeProduceResponse,
} from "./00-produce";
import {
  readFetchRequest,
  readFetchResponse,
  writeFetchRequest,
  writeFetchResponse,
} from "./01-fetch";
import {
  readListOffsetsRequest,
  readListOffsetsResponse,
  writeListOffsetsRequest,
  writeListOffsetsResponse,
} from "./02-list-offsets";
import {
  readMetadataRequest,
  readMetadataResponse,
  writeMetadataRequest,
  writeMetadataResponse,
} from "./03-metadata";
import {
  readOffsetCommitRequest,
  readOffsetCommitResponse,
  writeOffsetCommitRequest,
  writeOffsetCommitResponse,
} from "./08-offset-commit";
import {
  readOffsetFetchRequest,
  readOffsetFetchResponse,
  writeOffsetFetchRequest,
  writeOffsetFetchResponse,
} from "./09-offset-fetch";
import {
  readFindCoordinatorRequest,
  readFindCoordinatorResponse,
  writeFindCoordinatorRequest,
  writeFindCoordinatorResponse,
} from "./10-find-coordinator";
import {
  readJoinGroupRequest,
  readJoinGroupResponse,
  writeJoinGroupRequest,
  writeJoinGroupResponse,
} from "./11-join-group";
import {
  readHeartbeatRequest,
  readHeartbeatResponse,
  writeHeartbeatRequest,
  writeHeartbeatResponse,
} from "./12-heartbeat";
import {
  readLeaveGroupRequest,
  readLeaveGroupResponse,
  writeLeaveGroupRequest,
  writeLeaveGroupResponse,
} from "./13-leave-group";
import {
  readSyncGroupRequest,
  readSyncGroupResponse,
  writeSyncGroupRequest,
  writeSyncGroupResponse,
} from "./14-sync-group";
import {
  readDescribeGroupsRequest,
  readDescribeGroupsResponse,
  writeDescribeGroupsRequest,
  writeDescribeGroupsResponse,
} from "./15-describe-groups";
import {
  readListGroupsRequest,
  readListGroupsResponse,
  writeListGroupsRequest,
  writeListGroupsResponse,
} from "./16-list-groups";
import {
  readSaslHandshakeRequest,
  readSaslHandshakeResponse,
  writeSaslHandshakeRequest,
  writeSaslHandshakeResponse,
} from "./17-sasl-handshake";
import {
  readApiVersionsRequest,
  readApiVersionsResponse,
  writeApiVersionsRequest,
  writeApiVersionsResponse,
} from "./18-api-versions";
import {
  readCreateTopicsRequest,
  readCreateTopicsResponse,
  writeCreateTopicsRequest,
  writeCreateTopicsResponse,
} from "./19-create-topics";
import {
  readDeleteTopicsRequest,
  readDeleteTopicsResponse,
  writeDeleteTopicsRequest,
  writeDeleteTopicsResponse,
} from "./20-delete-topics";
import {
  readDeleteRecordsRequest,
  readDeleteRecordsResponse,
  writeDeleteRecordsRequest,
  writeDeleteRecordsResponse,
} from "./21-delete-records";
import {
  readInitProducerIdRequest,
  readInitProducerIdResponse,
  writeInitProducerIdRequest,
  writeInitProducerIdResponse,
} from "./22-init-producer-id";
import {
  readOffsetForLeaderEpochRequest,
  readOffsetForLeaderEpochResponse,
  writeOffsetForLeaderEpochRequest,
  writeOffsetForLeaderEpochResponse,
} from "./23-offset-for-leader-epoch";
import {
  readAddPartitionsToTxnRequest,
  readAddPartitionsToTxnResponse,
  writeAddPartitionsToTxnRequest,
  writeAddPartitionsToTxnResponse,
} from "./24-add-partitions-to-txn";
import {
  readAddOffsetsToTxnRequest,
  readAddOffsetsToTxnResponse,
  writeAddOffsetsToTxnRequest,
  writeAddOffsetsToTxnResponse,
} from "./25-add-offsets-to-txn";
import {
  readEndTxnRequest,
  readEndTxnResponse,
  writeEndTxnRequest,
  writeEndTxnResponse,
} from "./26-end-txn";
import {
  readWriteTxnMarkersRequest,
  readWriteTxnMarkersResponse,
  writeWriteTxnMarkersRequest,
  writeWriteTxnMarkersResponse,
} from "./27-write-txn-markers";
import {
  readTxnOffsetCommitRequest,
  readTxnOffsetCommitResponse,
  writeTxnOffsetCommitRequest,
  writeTxnOffsetCommitResponse,
} from "./28-txn-offset-commit";
import {
  readDescribeAclsRequest,
  readDescribeAclsResponse,
  writeDescribeAclsRequest,
  writeDescribeAclsResponse,
} from "./29-describe-acls";
import {
  readCreateAclsRequest,
  readCreateAclsResponse,
  writeCreateAclsRequest,
  writeCreateAclsResponse,
} from "./30-create-acls";
import {
  readDeleteAclsRequest,
  readDeleteAclsResponse,
  writeDeleteAclsRequest,
  writeDeleteAclsResponse,
} from "./31-delete-acls";
import {
  readDescribeConfigsRequest,
  readDescribeConfigsResponse,
  writeDescribeConfigsRequest,
  writeDescribeConfigsResponse,
} from "./32-describe-configs";
import {
  readAlterConfigsRequest,
  readAlterConfigsResponse,
  writeAlterConfigsRequest,
  writeAlterConfigsResponse,
} from "./33-alter-configs";
import {
  readAlterReplicaLogDirsRequest,
  readAlterReplicaLogDirsResponse,
  writeAlterReplicaLogDirsRequest,
  writeAlterReplicaLogDirsResponse,
} from "./34-alter-replica-log-dirs";
import {
  readDescribeLogDirsRequest,
  readDescribeLogDirsResponse,
  writeDescribeLogDirsRequest,
  writeDescribeLogDirsResponse,
} from "./35-describe-log-dirs";
import {
  readSaslAuthenticateRequest,
  readSaslAuthenticateResponse,
  writeSaslAuthenticateRequest,
  writeSaslAuthenticateResponse,
} from "./36-sasl-authenticate";
import {
  readCreatePartitionsRequest,
  readCreatePartitionsResponse,
  writeCreatePartitionsRequest,
  writeCreatePartitionsResponse,
} from "./37-create-partitions";
import {
  readCreateDelegationTokenRequest,
  readCreateDelegationTokenResponse,
  writeCreateDelegationTokenRequest,
  writeCreateDelegationTokenResponse,
} from "./38-create-delegation-token";
import {
  readRenewDelegationTokenRequest,
  readRenewDelegationTokenResponse,
  writeRenewDelegationTokenRequest,
  writeRenewDelegationTokenResponse,
} from "./39-renew-delegation-token";
import {
  readExpireDelegationTokenRequest,
  readExpireDelegationTokenResponse,
  writeExpireDelegationTokenRequest,
  writeExpireDelegationTokenResponse,
} from "./40-expire-delegation-token";
import {
  readDescribeDelegationTokenRequest,
  readDescribeDelegationTokenResponse,
  writeDescribeDelegationTokenRequest,
  writeDescribeDelegationTokenResponse,
} from "./41-describe-delegation-token";
import {
  readDeleteGroupsRequest,
  readDeleteGroupsResponse,
  writeDeleteGroupsRequest,
  writeDeleteGroupsResponse,
} from "./42-delete-groups";
import {
  readElectLeadersRequest,
  readElectLeadersResponse,
  writeElectLeadersRequest,
  writeElectLeadersResponse,
} from "./43-elect-leaders";
import {
  readIncrementalAlterConfigsRequest,
  readIncrementalAlterConfigsResponse,
  writeIncrementalAlterConfigsRequest,
  writeIncrementalAlterConfigsResponse,
} from "./44-incremental-alter-configs";
import {
  readAlterPartitionReassignmentsRequest,
  readAlterPartitionReassignmentsResponse,
  writeAlterPartitionReassignmentsRequest,
  writeAlterPartitionReassignmentsResponse,
} from "./45-alter-partition-reassignments";
import {
  readListPartitionReassignmentsRequest,
  readListPartitionReassignmentsResponse,
  writeListPartitionReassignmentsRequest,
  writeListPartitionReassignmentsResponse,
} from "./46-list-partition-reassignments";
import {
  readOffsetDeleteRequest,
  readOffsetDeleteResponse,
  writeOffsetDeleteRequest,
  writeOffsetDeleteResponse,
} from "./47-offset-delete";
import {
  readDescribeClientQuotasRequest,
  readDescribeClientQuotasResponse,
  writeDescribeClientQuotasRequest,
  writeDescribeClientQuotasResponse,
} from "./48-describe-client-quotas";
import {
  readAlterClientQuotasRequest,
  readAlterClientQuotasResponse,
  writeAlterClientQuotasRequest,
  writeAlterClientQuotasResponse,
} from "./49-alter-client-quotas";
import {
  readDescribeUserScramCredentialsRequest,
  readDescribeUserScramCredentialsResponse,
  writeDescribeUserScramCredentialsRequest,
  writeDescribeUserScramCredentialsResponse,
} from "./50-describe-user-scram-credentials";
import {
  readAlterUserScramCredentialsRequest,
  readAlterUserScramCredentialsResponse,
  writeAlterUserScramCredentialsRequest,
  writeAlterUserScramCredentialsResponse,
} from "./51-alter-user-scram-credentials";
import {
  readDescribeQuorumRequest,
  readDescribeQuorumResponse,
  writeDescribeQuorumRequest,
  writeDescribeQuorumResponse,
} from "./55-describe-quorum";
import {
  readUpdateFeaturesRequest,
  readUpdateFeaturesResponse,
  writeUpdateFeaturesRequest,
  writeUpdateFeaturesResponse,
} from "./57-update-features";
import {
  readDescribeClusterRequest,
  readDescribeClusterResponse,
  writeDescribeClusterRequest,
  writeDescribeClusterResponse,
} from "./60-describe-cluster";
import {
  readDescribeProducersRequest,
  readDescribeProducersResponse,
  writeDescribeProducersRequest,
  writeDescribeProducersResponse,
} from "./61-describe-producers";
import {
  readUnregisterBrokerRequest,
  readUnregisterBrokerResponse,
  writeUnregisterBrokerRequest,
  writeUnregisterBrokerResponse,
} from "./64-unregister-broker";
import {
  readDescribeTransactionsRequest,
  readDescribeTransactionsResponse,
  writeDescribeTransactionsRequest,
  writeDescribeTransactionsResponse,
} from "./65-describe-transactions";
import {
  readListTransactionsRequest,
  readListTransactionsResponse,
  writeListTransactionsRequest,
  writeListTransactionsResponse,
} from "./66-list-transactions";
import {
  readConsumerGroupHeartbeatRequest,
  readConsumerGroupHeartbeatResponse,
  writeConsumerGroupHeartbeatRequest,
  writeConsumerGroupHeartbeatResponse,
} from "./68-consumer-group-heartbeat";
import {
  readConsumerGroupDescribeRequest,
  readConsumerGroupDescribeResponse,
  writeConsumerGroupDescribeRequest,
  writeConsumerGroupDescribeResponse,
} from "./69-consumer-group-describe";
import {
  readGetTelemetrySubscriptionsRequest,
  readGetTelemetrySubscriptionsResponse,
  writeGetTelemetrySubscriptionsRequest,
  writeGetTelemetrySubscriptionsResponse,
} from "./71-get-telemetry-subscriptions";
import {
  readPushTelemetryRequest,
  readPushTelemetryResponse,
  writePushTelemetryRequest,
  writePushTelemetryResponse,
} from "./72-push-telemetry";
import {
  readListConfigResourcesRequest,
  readListConfigResourcesResponse,
  writeListConfigResourcesRequest,
  writeListConfigResourcesResponse,
} from "./74-list-config-resources";
import {
  readDescribeTopicPartitionsRequest,
  readDescribeTopicPartitionsResponse,
  writeDescribeTopicPartitionsRequest,
  writeDescribeTopicPartitionsResponse,
} from "./75-describe-topic-partitions";
import {
  readShareGroupHeartbeatRequest,
  readShareGroupHeartbeatResponse,
  writeShareGroupHeartbeatRequest,
  writeShareGroupHeartbeatResponse,
} from "./76-share-group-heartbeat";
import {
  readShareGroupDescribeRequest,
  readShareGroupDescribeResponse,
  writeShareGroupDescribeRequest,
  writeShareGroupDescribeResponse,
} from "./77-share-group-describe";
import {
  readShareFetchRequest,
  readShareFetchResponse,
  writeShareFetchRequest,
  writeShareFetchResponse,
} from "./78-share-fetch";
import {
  readShareAcknowledgeRequest,
  readShareAcknowledgeResponse,
  writeShareAcknowledgeRequest,
  writeShareAcknowledgeResponse,
} from "./79-share-acknowledge";
import {
  readAddRaftVoterRequest,
  readAddRaftVoterResponse,
  writeAddRaftVoterRequest,
  writeAddRaftVoterResponse,
} from "./80-add-raft-voter";
import {
  readRemoveRaftVoterRequest,
  readRemoveRaftVoterResponse,
  writeRemoveRaftVoterRequest,
  writeRemoveRaftVoterResponse,
} from "./81-remove-raft-voter";
import {
  readInitializeShareGroupStateRequest,
  readInitializeShareGroupStateResponse,
  writeInitializeShareGroupStateRequest,
  writeInitializeShareGroupStateResponse,
} from "./83-initialize-share-group-state";
import {
  readReadShareGroupStateRequest,
  readReadShareGroupStateResponse,
  writeReadShareGroupStateRequest,
  writeReadShareGroupStateResponse,
} from "./84-read-share-group-state";
import {
  readWriteShareGroupStateRequest,
  readWriteShareGroupStateResponse,
  writeWriteShareGroupStateRequest,
  writeWriteShareGroupStateResponse,
} from "./85-write-share-group-state";
import {
  readDeleteShareGroupStateRequest,
  readDeleteShareGroupStateResponse,
  writeDeleteShareGroupStateRequest,
  writeDeleteShareGroupStateResponse,
} from "./86-delete-share-group-state";
import {
  readReadShareGroupStateSummaryRequest,
  readReadShareGroupStateSummaryResponse,
  writeReadShareGroupStateSummaryRequest,
  writeReadShareGroupStateSummaryResponse,
} from "./87-read-share-group-state-summary";
import {
  readStreamsGroupHeartbeatRequest,
  readStreamsGroupHeartbeatResponse,
  writeStreamsGroupHeartbeatRequest,
  writeStreamsGroupHeartbeatResponse,
} from "./88-streams-group-heartbeat";
import {
  readStreamsGroupDescribeRequest,
  readStreamsGroupDescribeResponse,
  writeStreamsGroupDescribeRequest,
  writeStreamsGroupDescribeResponse,
} from "./89-streams-group-describe";
import {
  readDescribeShareGroupOffsetsRequest,
  readDescribeShareGroupOffsetsResponse,
  writeDescribeShareGroupOffsetsRequest,
  writeDescribeShareGroupOffsetsResponse,
} from "./90-describe-share-group-offsets";
import {
  readAlterShareGroupOffsetsRequest,
  readAlterShareGroupOffsetsResponse,
  writeAlterShareGroupOffsetsRequest,
  writeAlterShareGroupOffsetsResponse,
} from "./91-alter-share-group-offsets";
import {
  readDeleteShareGroupOffsetsRequest,
  readDeleteShareGroupOffsetsResponse,
  writeDeleteShareGroupOffsetsRequest,
  writeDeleteShareGroupOffsetsResponse,
} from "./92-delete-share-group-offsets";

/** Numbers of the client-facing APIs. */
export const ApiKey = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  LeaveGroup: 13,
  SyncGroup: 14,
  DescribeGroups: 15,
  ListGroups: 16,
  SaslHandshake: 17,
  ApiVersions: 18,
  CreateTopics: 19,
  DeleteTopics: 20,
  DeleteRecords: 21,
  InitProducerId: 22,
  OffsetForLeaderEpoch: 23,
  AddPartitionsToTxn: 24,
  AddOffsetsToTxn: 25,
  EndTxn: 26,
  WriteTxnMarkers: 27,
  TxnOffsetCommit: 28,
  DescribeAcls: 29,
  CreateAcls: 30,
  DeleteAcls: 31,
  DescribeConfigs: 32,
  AlterConfigs: 33,
  AlterReplicaLogDirs: 34,
  DescribeLogDirs: 35,
  SaslAuthenticate: 36,
  CreatePartitions: 37,
  CreateDelegationToken: 38,
  RenewDelegationToken: 39,
  ExpireDelegationToken: 40,
  DescribeDelegationToken: 41,
  DeleteGroups: 42,
  ElectLeaders: 43,
  IncrementalAlterConfigs: 44,
  AlterPartitionReassignments: 45,
  ListPartitionReassignments: 46,
  OffsetDelete: 47,
  DescribeClientQuotas: 48,
  AlterClientQuotas: 49,
  DescribeUserScramCredentials: 50,
  AlterUserScramCredentials: 51,
  DescribeQuorum: 55,
  UpdateFeatures: 57,
  DescribeCluster: 60,
  DescribeProducers: 61,
  UnregisterBroker: 64,
  DescribeTransactions: 65,
  ListTransactions: 66,
  ConsumerGroupHeartbeat: 68,
  ConsumerGroupDescribe: 69,
  GetTelemetrySubscriptions: 71,
  PushTelemetry: 72,
  ListConfigResources: 74,
  DescribeTopicPartitions: 75,
  ShareGroupHeartbeat: 76,
  ShareGroupDescribe: 77,
  ShareFetch: 78,
  ShareAcknowledge: 79,
  AddRaftVoter: 80,
  RemoveRaftVoter: 81,
  InitializeShareGroupState: 83,
  ReadShareGroupState: 84,
  WriteShareGroupState: 85,
  DeleteShareGroupState: 86,
  ReadShareGroupStateSummary: 87,
  StreamsGroupHeartbeat: 88,
  StreamsGroupDescribe: 89,
  DescribeShareGroupOffsets: 90,
  AlterShareGroupOffsets: 91,
  DeleteShareGroupOffsets: 92,
} as const;

export type ApiKeyName = keyof typeof ApiKey;

/** Every API that this build can read and write, by number. */
export const apis: ReadonlyMap<number, ApiDescriptor> = new Map([
  row(0, "Produce", 3, 13, 9, readProduceRequest, writeProduceRequest, readProduceResponse, writeProduceResponse),
  row(1, "Fetch", 4, 18, 12, readFetchRequest, writeFetchRequest, readFetchResponse, writeFetchResponse),
  row(2, "ListOffsets", 0, 11, 6, readListOffsetsRequest, writeListOffsetsRequest, readListOffsetsResponse, writeListOffsetsResponse),
  row(3, "Metadata", 0, 13, 9, readMetadataRequest, writeMetadataRequest, readMetadataResponse, writeMetadataResponse),
  row(8, "OffsetCommit", 0, 10, 8, readOffsetCommitRequest, writeOffsetCommitRequest, readOffsetCommitResponse, writeOffsetCommitResponse),
  row(9, "OffsetFetch", 0, 10, 6, readOffsetFetchRequest, writeOffsetFetchRequest, readOffsetFetchResponse, writeOffsetFetchResponse),
  row(10, "FindCoordinator", 0, 6, 3, readFindCoordinatorRequest, writeFindCoordinatorRequest, readFindCoordinatorResponse, writeFindCoordinatorResponse),
  row(11, "JoinGroup", 0, 9, 6, readJoinGroupRequest, writeJoinGroupRequest, readJoinGroupResponse, writeJoinGroupResponse),
  row(12, "Heartbeat", 0, 4, 4, readHeartbeatRequest, writeHeartbeatRequest, readHeartbeatResponse, writeHeartbeatResponse),
  row(13, "LeaveGroup", 0, 5, 4, readLeaveGroupRequest, writeLeaveGroupRequest, readLeaveGroupResponse, writeLeaveGroupResponse),
  row(14, "SyncGroup", 0, 5, 4, readSyncGroupRequest, writeSyncGroupRequest, readSyncGroupResponse, writeSyncGroupResponse),
  row(15, "DescribeGroups", 0, 6, 5, readDescribeGroupsRequest, writeDescribeGroupsRequest, readDescribeGroupsResponse, writeDescribeGroupsResponse),
  row(16, "ListGroups", 0, 5, 3, readListGroupsRequest, writeListGroupsRequest, readListGroupsResponse, writeListGroupsResponse),
  row(17, "SaslHandshake", 0, 1, Infinity, readSaslHandshakeRequest, writeSaslHandshakeRequest, readSaslHandshakeResponse, writeSaslHandshakeResponse),
  row(18, "ApiVersions", 0, 4, 3, readApiVersionsRequest, writeApiVersionsRequest, readApiVersionsResponse, writeApiVersionsResponse),
  row(19, "CreateTopics", 0, 7, 5, readCreateTopicsRequest, writeCreateTopicsRequest, readCreateTopicsResponse, writeCreateTopicsResponse),
  row(20, "DeleteTopics", 0, 6, 4, readDeleteTopicsRequest, writeDeleteTopicsRequest, readDeleteTopicsResponse, writeDeleteTopicsResponse),
  row(21, "DeleteRecords", 0, 2, 2, readDeleteRecordsRequest, writeDeleteRecordsRequest, readDeleteRecordsResponse, writeDeleteRecordsResponse),
  row(22, "InitProducerId", 0, 5, 2, readInitProducerIdRequest, writeInitProducerIdRequest, readInitProducerIdResponse, writeInitProducerIdResponse),
  row(23, "OffsetForLeaderEpoch", 0, 4, 4, readOffsetForLeaderEpochRequest, writeOffsetForLeaderEpochRequest, readOffsetForLeaderEpochResponse, writeOffsetForLeaderEpochResponse),
  row(24, "AddPartitionsToTxn", 0, 5, 3, readAddPartitionsToTxnRequest, writeAddPartitionsToTxnRequest, readAddPartitionsToTxnResponse, writeAddPartitionsToTxnResponse),
  row(25, "AddOffsetsToTxn", 0, 4, 3, readAddOffsetsToTxnRequest, writeAddOffsetsToTxnRequest, readAddOffsetsToTxnResponse, writeAddOffsetsToTxnResponse),
  row(26, "EndTxn", 0, 5, 3, readEndTxnRequest, writeEndTxnRequest, readEndTxnResponse, writeEndTxnResponse),
  row(27, "WriteTxnMarkers", 0, 2, 1, readWriteTxnMarkersRequest, writeWriteTxnMarkersRequest, readWriteTxnMarkersResponse, writeWriteTxnMarkersResponse),
  row(28, "TxnOffsetCommit", 0, 5, 3, readTxnOffsetCommitRequest, writeTxnOffsetCommitRequest, readTxnOffsetCommitResponse, writeTxnOffsetCommitResponse),
  row(29, "DescribeAcls", 0, 3, 2, readDescribeAclsRequest, writeDescribeAclsRequest, readDescribeAclsResponse, writeDescribeAclsResponse),
  row(30, "CreateAcls", 0, 3, 2, readCreateAclsRequest, writeCreateAclsRequest, readCreateAclsResponse, writeCreateAclsResponse),
  row(31, "DeleteAcls", 0, 3, 2, readDeleteAclsRequest, writeDeleteAclsRequest, readDeleteAclsResponse, writeDeleteAclsResponse),
  row(32, "DescribeConfigs", 0, 4, 4, readDescribeConfigsRequest, writeDescribeConfigsRequest, readDescribeConfigsResponse, writeDescribeConfigsResponse),
  row(33, "AlterConfigs", 0, 2, 2, readAlterConfigsRequest, writeAlterConfigsRequest, readAlterConfigsResponse, writeAlterConfigsResponse),
  row(34, "AlterReplicaLogDirs", 0, 2, 2, readAlterReplicaLogDirsRequest, writeAlterReplicaLogDirsRequest, readAlterReplicaLogDirsResponse, writeAlterReplicaLogDirsResponse),
  row(35, "DescribeLogDirs", 0, 5, 2, readDescribeLogDirsRequest, writeDescribeLogDirsRequest, readDescribeLogDirsResponse, writeDescribeLogDirsResponse),
  row(36, "SaslAuthenticate", 0, 2, 2, readSaslAuthenticateRequest, writeSaslAuthenticateRequest, readSaslAuthenticateResponse, writeSaslAuthenticateResponse),
  row(37, "CreatePartitions", 0, 3, 2, readCreatePartitionsRequest, writeCreatePartitionsRequest, readCreatePartitionsResponse, writeCreatePartitionsResponse),
  row(38, "CreateDelegationToken", 0, 3, 2, readCreateDelegationTokenRequest, writeCreateDelegationTokenRequest, readCreateDelegationTokenResponse, writeCreateDelegationTokenResponse),
  row(39, "RenewDelegationToken", 0, 2, 2, readRenewDelegationTokenRequest, writeRenewDelegationTokenRequest, readRenewDelegationTokenResponse, writeRenewDelegationTokenResponse),
  row(40, "ExpireDelegationToken", 0, 2, 2, readExpireDelegationTokenRequest, writeExpireDelegationTokenRequest, readExpireDelegationTokenResponse, writeExpireDelegationTokenResponse),
  row(41, "DescribeDelegationToken", 0, 3, 2, readDescribeDelegationTokenRequest, writeDescribeDelegationTokenRequest, readDescribeDelegationTokenResponse, writeDescribeDelegationTokenResponse),
  row(42, "DeleteGroups", 0, 2, 2, readDeleteGroupsRequest, writeDeleteGroupsRequest, readDeleteGroupsResponse, writeDeleteGroupsResponse),
  row(43, "ElectLeaders", 0, 2, 2, readElectLeadersRequest, writeElectLeadersRequest, readElectLeadersResponse, writeElectLeadersResponse),
  row(44, "IncrementalAlterConfigs", 0, 1, 1, readIncrementalAlterConfigsRequest, writeIncrementalAlterConfigsRequest, readIncrementalAlterConfigsResponse, writeIncrementalAlterConfigsResponse),
  row(45, "AlterPartitionReassignments", 0, 1, 0, readAlterPartitionReassignmentsRequest, writeAlterPartitionReassignmentsRequest, readAlterPartitionReassignmentsResponse, writeAlterPartitionReassignmentsResponse),
  row(46, "ListPartitionReassignments", 0, 0, 0, readListPartitionReassignmentsRequest, writeListPartitionReassignmentsRequest, readListPartitionReassignmentsResponse, writeListPartitionReassignmentsResponse),
  row(47, "OffsetDelete", 0, 0, Infinity, readOffsetDeleteRequest, writeOffsetDeleteRequest, readOffsetDeleteResponse, writeOffsetDeleteResponse),
  row(48, "DescribeClientQuotas", 0, 1, 1, readDescribeClientQuotasRequest, writeDescribeClientQuotasRequest, readDescribeClientQuotasResponse, writeDescribeClientQuotasResponse),
  row(49, "AlterClientQuotas", 0, 1, 1, readAlterClientQuotasRequest, writeAlterClientQuotasRequest, readAlterClientQuotasResponse, writeAlterClientQuotasResponse),
  row(50, "DescribeUserScramCredentials", 0, 0, 0, readDescribeUserScramCredentialsRequest, writeDescribeUserScramCredentialsRequest, readDescribeUserScramCredentialsResponse, writeDescribeUserScramCredentialsResponse),
  row(51, "AlterUserScramCredentials", 0, 0, 0, readAlterUserScramCredentialsRequest, writeAlterUserScramCredentialsRequest, readAlterUserScramCredentialsResponse, writeAlterUserScramCredentialsResponse),
  row(55, "DescribeQuorum", 0, 2, 0, readDescribeQuorumRequest, writeDescribeQuorumRequest, readDescribeQuorumResponse, writeDescribeQuorumResponse),
  row(57, "UpdateFeatures", 0, 2, 0, readUpdateFeaturesRequest, writeUpdateFeaturesRequest, readUpdateFeaturesResponse, writeUpdateFeaturesResponse),
  row(60, "DescribeCluster", 0, 2, 0, readDescribeClusterRequest, writeDescribeClusterRequest, readDescribeClusterResponse, writeDescribeClusterResponse),
  row(61, "DescribeProducers", 0, 0, 0, readDescribeProducersRequest, writeDescribeProducersRequest, readDescribeProducersResponse, writeDescribeProducersResponse),
  row(64, "UnregisterBroker", 0, 0, 0, readUnregisterBrokerRequest, writeUnregisterBrokerRequest, readUnregisterBrokerResponse, writeUnregisterBrokerResponse),
  row(65, "DescribeTransactions", 0, 0, 0, readDescribeTransactionsRequest, writeDescribeTransactionsRequest, readDescribeTransactionsResponse, writeDescribeTransactionsResponse),
  row(66, "ListTransactions", 0, 2, 0, readListTransactionsRequest, writeListTransactionsRequest, readListTransactionsResponse, writeListTransactionsResponse),
  row(68, "ConsumerGroupHeartbeat", 0, 1, 0, readConsumerGroupHeartbeatRequest, writeConsumerGroupHeartbeatRequest, readConsumerGroupHeartbeatResponse, writeConsumerGroupHeartbeatResponse),
  row(69, "ConsumerGroupDescribe", 0, 1, 0, readConsumerGroupDescribeRequest, writeConsumerGroupDescribeRequest, readConsumerGroupDescribeResponse, writeConsumerGroupDescribeResponse),
  row(71, "GetTelemetrySubscriptions", 0, 0, 0, readGetTelemetrySubscriptionsRequest, writeGetTelemetrySubscriptionsRequest, readGetTelemetrySubscriptionsResponse, writeGetTelemetrySubscriptionsResponse),
  row(72, "PushTelemetry", 0, 0, 0, readPushTelemetryRequest, writePushTelemetryRequest, readPushTelemetryResponse, writePushTelemetryResponse),
  row(74, "ListConfigResources", 0, 1, 0, readListConfigResourcesRequest, writeListConfigResourcesRequest, readListConfigResourcesResponse, writeListConfigResourcesResponse),
  row(75, "DescribeTopicPartitions", 0, 0, 0, readDescribeTopicPartitionsRequest, writeDescribeTopicPartitionsRequest, readDescribeTopicPartitionsResponse, writeDescribeTopicPartitionsResponse),
  row(76, "ShareGroupHeartbeat", 1, 1, 0, readShareGroupHeartbeatRequest, writeShareGroupHeartbeatRequest, readShareGroupHeartbeatResponse, writeShareGroupHeartbeatResponse),
  row(77, "ShareGroupDescribe", 1, 1, 0, readShareGroupDescribeRequest, writeShareGroupDescribeRequest, readShareGroupDescribeResponse, writeShareGroupDescribeResponse),
  row(78, "ShareFetch", 1, 2, 0, readShareFetchRequest, writeShareFetchRequest, readShareFetchResponse, writeShareFetchResponse),
  row(79, "ShareAcknowledge", 1, 2, 0, readShareAcknowledgeRequest, writeShareAcknowledgeRequest, readShareAcknowledgeResponse, writeShareAcknowledgeResponse),
  row(80, "AddRaftVoter", 0, 1, 0, readAddRaftVoterRequest, writeAddRaftVoterRequest, readAddRaftVoterResponse, writeAddRaftVoterResponse),
  row(81, "RemoveRaftVoter", 0, 0, 0, readRemoveRaftVoterRequest, writeRemoveRaftVoterRequest, readRemoveRaftVoterResponse, writeRemoveRaftVoterResponse),
  row(83, "InitializeShareGroupState", 0, 0, 0, readInitializeShareGroupStateRequest, writeInitializeShareGroupStateRequest, readInitializeShareGroupStateResponse, writeInitializeShareGroupStateResponse),
  row(84, "ReadShareGroupState", 0, 0, 0, readReadShareGroupStateRequest, writeReadShareGroupStateRequest, readReadShareGroupStateResponse, writeReadShareGroupStateResponse),
  row(85, "WriteShareGroupState", 0, 1, 0, readWriteShareGroupStateRequest, writeWriteShareGroupStateRequest, readWriteShareGroupStateResponse, writeWriteShareGroupStateResponse),
  row(86, "DeleteShareGroupState", 0, 0, 0, readDeleteShareGroupStateRequest, writeDeleteShareGroupStateRequest, readDeleteShareGroupStateResponse, writeDeleteShareGroupStateResponse),
  row(87, "ReadShareGroupStateSummary", 0, 1, 0, readReadShareGroupStateSummaryRequest, writeReadShareGroupStateSummaryRequest, readReadShareGroupStateSummaryResponse, writeReadShareGroupStateSummaryResponse),
  row(88, "StreamsGroupHeartbeat", 0, 0, 0, readStreamsGroupHeartbeatRequest, writeStreamsGroupHeartbeatRequest, readStreamsGroupHeartbeatResponse, writeStreamsGroupHeartbeatResponse),
  row(89, "StreamsGroupDescribe", 0, 0, 0, readStreamsGroupDescribeRequest, writeStreamsGroupDescribeRequest, readStreamsGroupDescribeResponse, writeStreamsGroupDescribeResponse),
  row(90, "DescribeShareGroupOffsets", 0, 1, 0, readDescribeShareGroupOffsetsRequest, writeDescribeShareGroupOffsetsRequest, readDescribeShareGroupOffsetsResponse, writeDescribeShareGroupOffsetsResponse),
  row(91, "AlterShareGroupOffsets", 0, 0, 0, readAlterShareGroupOffsetsRequest, writeAlterShareGroupOffsetsRequest, readAlterShareGroupOffsetsResponse, writeAlterShareGroupOffsetsResponse),
  row(92, "DeleteShareGroupOffsets", 0, 0, 0, readDeleteShareGroupOffsetsRequest, writeDeleteShareGroupOffsetsRequest, readDeleteShareGroupOffsetsResponse, writeDeleteShareGroupOffsetsResponse),
]);
