// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type KeyedRecordCodec, type MetadataRecordCodec, keyedRow, recordRow } from "../record-codecs";
import {
  readLegacyOffsetCommitKey,
  writeLegacyOffsetCommitKey,
  readLegacyOffsetCommitValue,
  writeLegacyOffsetCommitValue,
  readOffsetCommitKey,
  writeOffsetCommitKey,
  readOffsetCommitValue,
  writeOffsetCommitValue,
  readGroupMetadataKey,
  writeGroupMetadataKey,
  readGroupMetadataValue,
  writeGroupMetadataValue,
  readConsumerGroupMetadataKey,
  writeConsumerGroupMetadataKey,
  readConsumerGroupMetadataValue,
  writeConsumerGroupMetadataValue,
  readConsumerGroupPartitionMetadataKey,
  writeConsumerGroupPartitionMetadataKey,
  readConsumerGroupPartitionMetadataValue,
  writeConsumerGroupPartitionMetadataValue,
  readConsumerGroupMemberMetadataKey,
  writeConsumerGroupMemberMetadataKey,
  readConsumerGroupMemberMetadataValue,
  writeConsumerGroupMemberMetadataValue,
  readConsumerGroupTargetAssignmentMetadataKey,
  writeConsumerGroupTargetAssignmentMetadataKey,
  readConsumerGroupTargetAssignmentMetadataValue,
  writeConsumerGroupTargetAssignmentMetadataValue,
  readConsumerGroupTargetAssignmentMemberKey,
  writeConsumerGroupTargetAssignmentMemberKey,
  readConsumerGroupTargetAssignmentMemberValue,
  writeConsumerGroupTargetAssignmentMemberValue,
  readConsumerGroupCurrentMemberAssignmentKey,
  writeConsumerGroupCurrentMemberAssignmentKey,
  readConsumerGroupCurrentMemberAssignmentValue,
  writeConsumerGroupCurrentMemberAssignmentValue,
  readShareGroupMemberMetadataKey,
  writeShareGroupMemberMetadataKey,
  readShareGroupMemberMetadataValue,
  writeShareGroupMemberMetadataValue,
  readShareGroupMetadataKey,
  writeShareGroupMetadataKey,
  readShareGroupMetadataValue,
  writeShareGroupMetadataValue,
  readShareGroupTargetAssignmentMetadataKey,
  writeShareGroupTargetAssignmentMetadataKey,
  readShareGroupTargetAssignmentMetadataValue,
  writeShareGroupTargetAssignmentMetadataValue,
  readShareGroupTargetAssignmentMemberKey,
  writeShareGroupTargetAssignmentMemberKey,
  readShareGroupTargetAssignmentMemberValue,
  writeShareGroupTargetAssignmentMemberValue,
  readShareGroupCurrentMemberAssignmentKey,
  writeShareGroupCurrentMemberAssignmentKey,
  readShareGroupCurrentMemberAssignmentValue,
  writeShareGroupCurrentMemberAssignmentValue,
  readShareGroupStatePartitionMetadataKey,
  writeShareGroupStatePartitionMetadataKey,
  readShareGroupStatePartitionMetadataValue,
  writeShareGroupStatePartitionMetadataValue,
  readConsumerGroupRegularExpressionKey,
  writeConsumerGroupRegularExpressionKey,
  readConsumerGroupRegularExpressionValue,
  writeConsumerGroupRegularExpressionValue,
  readStreamsGroupMetadataKey,
  writeStreamsGroupMetadataKey,
  readStreamsGroupMetadataValue,
  writeStreamsGroupMetadataValue,
  readStreamsGroupMemberMetadataKey,
  writeStreamsGroupMemberMetadataKey,
  readStreamsGroupMemberMetadataValue,
  writeStreamsGroupMemberMetadataValue,
  readStreamsGroupTargetAssignmentMetadataKey,
  writeStreamsGroupTargetAssignmentMetadataKey,
  readStreamsGroupTargetAssignmentMetadataValue,
  writeStreamsGroupTargetAssignmentMetadataValue,
  readStreamsGroupTargetAssignmentMemberKey,
  writeStreamsGroupTargetAssignmentMemberKey,
  readStreamsGroupTargetAssignmentMemberValue,
  writeStreamsGroupTargetAssignmentMemberValue,
  readStreamsGroupCurrentMemberAssignmentKey,
  writeStreamsGroupCurrentMemberAssignmentKey,
  readStreamsGroupCurrentMemberAssignmentValue,
  writeStreamsGroupCurrentMemberAssignmentValue,
  readStreamsGroupTopologyKey,
  writeStreamsGroupTopologyKey,
  readStreamsGroupTopologyValue,
  writeStreamsGroupTopologyValue,
} from "./group-log";
import {
  readTransactionLogKey,
  writeTransactionLogKey,
  readTransactionLogValue,
  writeTransactionLogValue,
} from "./transaction-log";
import {
  readShareSnapshotKey,
  writeShareSnapshotKey,
  readShareSnapshotValue,
  writeShareSnapshotValue,
  readShareUpdateKey,
  writeShareUpdateKey,
  readShareUpdateValue,
  writeShareUpdateValue,
} from "./share-log";
import {
  type RegisterBrokerRecord,
  readRegisterBrokerRecord,
  writeRegisterBrokerRecord,
  type UnregisterBrokerRecord,
  readUnregisterBrokerRecord,
  writeUnregisterBrokerRecord,
  type TopicRecord,
  readTopicRecord,
  writeTopicRecord,
  type PartitionRecord,
  readPartitionRecord,
  writePartitionRecord,
  type ConfigRecord,
  readConfigRecord,
  writeConfigRecord,
  type PartitionChangeRecord,
  readPartitionChangeRecord,
  writePartitionChangeRecord,
  type FenceBrokerRecord,
  readFenceBrokerRecord,
  writeFenceBrokerRecord,
  type UnfenceBrokerRecord,
  readUnfenceBrokerRecord,
  writeUnfenceBrokerRecord,
  type RemoveTopicRecord,
  readRemoveTopicRecord,
  writeRemoveTopicRecord,
  type DelegationTokenRecord,
  readDelegationTokenRecord,
  writeDelegationTokenRecord,
  type UserScramCredentialRecord,
  readUserScramCredentialRecord,
  writeUserScramCredentialRecord,
  type FeatureLevelRecord,
  readFeatureLevelRecord,
  writeFeatureLevelRecord,
  type ClientQuotaRecord,
  readClientQuotaRecord,
  writeClientQuotaRecord,
  type ProducerIdsRecord,
  readProducerIdsRecord,
  writeProducerIdsRecord,
  type BrokerRegistrationChangeRecord,
  readBrokerRegistrationChangeRecord,
  writeBrokerRegistrationChangeRecord,
  type AccessControlEntryRecord,
  readAccessControlEntryRecord,
  writeAccessControlEntryRecord,
  type RemoveAccessControlEntryRecord,
  readRemoveAccessControlEntryRecord,
  writeRemoveAccessControlEntryRecord,
  type NoOpRecord,
  readNoOpRecord,
  writeNoOpRecord,
  type ZkMigrationStateRecord,
  readZkMigrationStateRecord,
  writeZkMigrationStateRecord,
  type RemoveUserScramCredentialRecord,
  readRemoveUserScramCredentialRecord,
  writeRemoveUserScramCredentialRecord,
  type BeginTransactionRecord,
  readBeginTransactionRecord,
  writeBeginTransactionRecord,
  type EndTransactionRecord,
  readEndTransactionRecord,
  writeEndTransactionRecord,
  type AbortTransactionRecord,
  readAbortTransactionRecord,
  writeAbortTransactionRecord,
  type RemoveDelegationTokenRecord,
  readRemoveDelegationTokenRecord,
  writeRemoveDelegationTokenRecord,
  type RegisterControllerRecord,
  readRegisterControllerRecord,
  writeRegisterControllerRecord,
  type ClearElrRecord,
  readClearElrRecord,
  writeClearElrRecord,
} from "./metadata-log";
import {
  type NodeRolesRecord,
  readNodeRolesRecord,
  writeNodeRolesRecord,
  type ShardOwnerRecord,
  readShardOwnerRecord,
  writeShardOwnerRecord,
  type ClusterIdRecord,
  readClusterIdRecord,
  writeClusterIdRecord,
} from "./moldau-log";

/** Record types of the group log: the number in front of each key. */
export const GroupLogKey = {
  LegacyOffsetCommit: 0,
  OffsetCommit: 1,
  GroupMetadata: 2,
  ConsumerGroupMetadata: 3,
  ConsumerGroupPartitionMetadata: 4,
  ConsumerGroupMemberMetadata: 5,
  ConsumerGroupTargetAssignmentMetadata: 6,
  ConsumerGroupTargetAssignmentMember: 7,
  ConsumerGroupCurrentMemberAssignment: 8,
  ShareGroupMemberMetadata: 10,
  ShareGroupMetadata: 11,
  ShareGroupTargetAssignmentMetadata: 12,
  ShareGroupTargetAssignmentMember: 13,
  ShareGroupCurrentMemberAssignment: 14,
  ShareGroupStatePartitionMetadata: 15,
  ConsumerGroupRegularExpression: 16,
  StreamsGroupMetadata: 17,
  StreamsGroupMemberMetadata: 19,
  StreamsGroupTargetAssignmentMetadata: 20,
  StreamsGroupTargetAssignmentMember: 21,
  StreamsGroupCurrentMemberAssignment: 22,
  StreamsGroupTopology: 23,
} as const;

export const GroupLogKeyCodecs: ReadonlyMap<number, KeyedRecordCodec> = new Map([
  keyedRow(0, "LegacyOffsetCommit", 0, 0, readLegacyOffsetCommitKey, writeLegacyOffsetCommitKey, readLegacyOffsetCommitValue, writeLegacyOffsetCommitValue),
  keyedRow(1, "OffsetCommit", 0, 4, readOffsetCommitKey, writeOffsetCommitKey, readOffsetCommitValue, writeOffsetCommitValue),
  keyedRow(2, "GroupMetadata", 0, 4, readGroupMetadataKey, writeGroupMetadataKey, readGroupMetadataValue, writeGroupMetadataValue),
  keyedRow(3, "ConsumerGroupMetadata", 0, 0, readConsumerGroupMetadataKey, writeConsumerGroupMetadataKey, readConsumerGroupMetadataValue, writeConsumerGroupMetadataValue),
  keyedRow(4, "ConsumerGroupPartitionMetadata", 0, 0, readConsumerGroupPartitionMetadataKey, writeConsumerGroupPartitionMetadataKey, readConsumerGroupPartitionMetadataValue, writeConsumerGroupPartitionMetadataValue),
  keyedRow(5, "ConsumerGroupMemberMetadata", 0, 0, readConsumerGroupMemberMetadataKey, writeConsumerGroupMemberMetadataKey, readConsumerGroupMemberMetadataValue, writeConsumerGroupMemberMetadataValue),
  keyedRow(6, "ConsumerGroupTargetAssignmentMetadata", 0, 0, readConsumerGroupTargetAssignmentMetadataKey, writeConsumerGroupTargetAssignmentMetadataKey, readConsumerGroupTargetAssignmentMetadataValue, writeConsumerGroupTargetAssignmentMetadataValue),
  keyedRow(7, "ConsumerGroupTargetAssignmentMember", 0, 0, readConsumerGroupTargetAssignmentMemberKey, writeConsumerGroupTargetAssignmentMemberKey, readConsumerGroupTargetAssignmentMemberValue, writeConsumerGroupTargetAssignmentMemberValue),
  keyedRow(8, "ConsumerGroupCurrentMemberAssignment", 0, 0, readConsumerGroupCurrentMemberAssignmentKey, writeConsumerGroupCurrentMemberAssignmentKey, readConsumerGroupCurrentMemberAssignmentValue, writeConsumerGroupCurrentMemberAssignmentValue),
  keyedRow(10, "ShareGroupMemberMetadata", 0, 0, readShareGroupMemberMetadataKey, writeShareGroupMemberMetadataKey, readShareGroupMemberMetadataValue, writeShareGroupMemberMetadataValue),
  keyedRow(11, "ShareGroupMetadata", 0, 0, readShareGroupMetadataKey, writeShareGroupMetadataKey, readShareGroupMetadataValue, writeShareGroupMetadataValue),
  keyedRow(12, "ShareGroupTargetAssignmentMetadata", 0, 0, readShareGroupTargetAssignmentMetadataKey, writeShareGroupTargetAssignmentMetadataKey, readShareGroupTargetAssignmentMetadataValue, writeShareGroupTargetAssignmentMetadataValue),
  keyedRow(13, "ShareGroupTargetAssignmentMember", 0, 0, readShareGroupTargetAssignmentMemberKey, writeShareGroupTargetAssignmentMemberKey, readShareGroupTargetAssignmentMemberValue, writeShareGroupTargetAssignmentMemberValue),
  keyedRow(14, "ShareGroupCurrentMemberAssignment", 0, 0, readShareGroupCurrentMemberAssignmentKey, writeShareGroupCurrentMemberAssignmentKey, readShareGroupCurrentMemberAssignmentValue, writeShareGroupCurrentMemberAssignmentValue),
  keyedRow(15, "ShareGroupStatePartitionMetadata", 0, 0, readShareGroupStatePartitionMetadataKey, writeShareGroupStatePartitionMetadataKey, readShareGroupStatePartitionMetadataValue, writeShareGroupStatePartitionMetadataValue),
  keyedRow(16, "ConsumerGroupRegularExpression", 0, 0, readConsumerGroupRegularExpressionKey, writeConsumerGroupRegularExpressionKey, readConsumerGroupRegularExpressionValue, writeConsumerGroupRegularExpressionValue),
  keyedRow(17, "StreamsGroupMetadata", 0, 0, readStreamsGroupMetadataKey, writeStreamsGroupMetadataKey, readStreamsGroupMetadataValue, writeStreamsGroupMetadataValue),
  keyedRow(19, "StreamsGroupMemberMetadata", 0, 0, readStreamsGroupMemberMetadataKey, writeStreamsGroupMemberMetadataKey, readStreamsGroupMemberMetadataValue, writeStreamsGroupMemberMetadataValue),
  keyedRow(20, "StreamsGroupTargetAssignmentMetadata", 0, 0, readStreamsGroupTargetAssignmentMetadataKey, writeStreamsGroupTargetAssignmentMetadataKey, readStreamsGroupTargetAssignmentMetadataValue, writeStreamsGroupTargetAssignmentMetadataValue),
  keyedRow(21, "StreamsGroupTargetAssignmentMember", 0, 0, readStreamsGroupTargetAssignmentMemberKey, writeStreamsGroupTargetAssignmentMemberKey, readStreamsGroupTargetAssignmentMemberValue, writeStreamsGroupTargetAssignmentMemberValue),
  keyedRow(22, "StreamsGroupCurrentMemberAssignment", 0, 0, readStreamsGroupCurrentMemberAssignmentKey, writeStreamsGroupCurrentMemberAssignmentKey, readStreamsGroupCurrentMemberAssignmentValue, writeStreamsGroupCurrentMemberAssignmentValue),
  keyedRow(23, "StreamsGroupTopology", 0, 0, readStreamsGroupTopologyKey, writeStreamsGroupTopologyKey, readStreamsGroupTopologyValue, writeStreamsGroupTopologyValue),
]);

/** Record types of the transaction log: the number in front of each key. */
export const TransactionLogKeyType = {
  TransactionLog: 0,
} as const;

export const TransactionLogKeyTypeCodecs: ReadonlyMap<number, KeyedRecordCodec> = new Map([
  keyedRow(0, "TransactionLog", 0, 1, readTransactionLogKey, writeTransactionLogKey, readTransactionLogValue, writeTransactionLogValue),
]);

/** Record types of the share log: the number in front of each key. */
export const ShareLogKey = {
  ShareSnapshot: 0,
  ShareUpdate: 1,
} as const;

export const ShareLogKeyCodecs: ReadonlyMap<number, KeyedRecordCodec> = new Map([
  keyedRow(0, "ShareSnapshot", 0, 0, readShareSnapshotKey, writeShareSnapshotKey, readShareSnapshotValue, writeShareSnapshotValue),
  keyedRow(1, "ShareUpdate", 0, 0, readShareUpdateKey, writeShareUpdateKey, readShareUpdateValue, writeShareUpdateValue),
]);

/** Record types of the metadata log. */
export const MetadataRecordType = {
  RegisterBrokerRecord: 0,
  UnregisterBrokerRecord: 1,
  TopicRecord: 2,
  PartitionRecord: 3,
  ConfigRecord: 4,
  PartitionChangeRecord: 5,
  FenceBrokerRecord: 7,
  UnfenceBrokerRecord: 8,
  RemoveTopicRecord: 9,
  DelegationTokenRecord: 10,
  UserScramCredentialRecord: 11,
  FeatureLevelRecord: 12,
  ClientQuotaRecord: 14,
  ProducerIdsRecord: 15,
  BrokerRegistrationChangeRecord: 17,
  AccessControlEntryRecord: 18,
  RemoveAccessControlEntryRecord: 19,
  NoOpRecord: 20,
  ZkMigrationStateRecord: 21,
  RemoveUserScramCredentialRecord: 22,
  BeginTransactionRecord: 23,
  EndTransactionRecord: 24,
  AbortTransactionRecord: 25,
  RemoveDelegationTokenRecord: 26,
  RegisterControllerRecord: 27,
  ClearElrRecord: 28,
  NodeRolesRecord: 20001,
  ShardOwnerRecord: 20002,
  ClusterIdRecord: 20003,
} as const;

/** What each record type of the metadata log carries, by its name. */
export interface MetadataRecordValues {
  RegisterBrokerRecord: RegisterBrokerRecord;
  UnregisterBrokerRecord: UnregisterBrokerRecord;
  TopicRecord: TopicRecord;
  PartitionRecord: PartitionRecord;
  ConfigRecord: ConfigRecord;
  PartitionChangeRecord: PartitionChangeRecord;
  FenceBrokerRecord: FenceBrokerRecord;
  UnfenceBrokerRecord: UnfenceBrokerRecord;
  RemoveTopicRecord: RemoveTopicRecord;
  DelegationTokenRecord: DelegationTokenRecord;
  UserScramCredentialRecord: UserScramCredentialRecord;
  FeatureLevelRecord: FeatureLevelRecord;
  ClientQuotaRecord: ClientQuotaRecord;
  ProducerIdsRecord: ProducerIdsRecord;
  BrokerRegistrationChangeRecord: BrokerRegistrationChangeRecord;
  AccessControlEntryRecord: AccessControlEntryRecord;
  RemoveAccessControlEntryRecord: RemoveAccessControlEntryRecord;
  NoOpRecord: NoOpRecord;
  ZkMigrationStateRecord: ZkMigrationStateRecord;
  RemoveUserScramCredentialRecord: RemoveUserScramCredentialRecord;
  BeginTransactionRecord: BeginTransactionRecord;
  EndTransactionRecord: EndTransactionRecord;
  AbortTransactionRecord: AbortTransactionRecord;
  RemoveDelegationTokenRecord: RemoveDelegationTokenRecord;
  RegisterControllerRecord: RegisterControllerRecord;
  ClearElrRecord: ClearElrRecord;
  NodeRolesRecord: NodeRolesRecord;
  ShardOwnerRecord: ShardOwnerRecord;
  ClusterIdRecord: ClusterIdRecord;
}

export const metadataRecordCodecs: ReadonlyMap<number, MetadataRecordCodec> = new Map([
  recordRow(0, "RegisterBrokerRecord", 0, 4, readRegisterBrokerRecord, writeRegisterBrokerRecord),
  recordRow(1, "UnregisterBrokerRecord", 0, 0, readUnregisterBrokerRecord, writeUnregisterBrokerRecord),
  recordRow(2, "TopicRecord", 0, 0, readTopicRecord, writeTopicRecord),
  recordRow(3, "PartitionRecord", 0, 2, readPartitionRecord, writePartitionRecord),
  recordRow(4, "ConfigRecord", 0, 0, readConfigRecord, writeConfigRecord),
  recordRow(5, "PartitionChangeRecord", 0, 2, readPartitionChangeRecord, writePartitionChangeRecord),
  recordRow(7, "FenceBrokerRecord", 0, 0, readFenceBrokerRecord, writeFenceBrokerRecord),
  recordRow(8, "UnfenceBrokerRecord", 0, 0, readUnfenceBrokerRecord, writeUnfenceBrokerRecord),
  recordRow(9, "RemoveTopicRecord", 0, 0, readRemoveTopicRecord, writeRemoveTopicRecord),
  recordRow(10, "DelegationTokenRecord", 0, 0, readDelegationTokenRecord, writeDelegationTokenRecord),
  recordRow(11, "UserScramCredentialRecord", 0, 0, readUserScramCredentialRecord, writeUserScramCredentialRecord),
  recordRow(12, "FeatureLevelRecord", 0, 0, readFeatureLevelRecord, writeFeatureLevelRecord),
  recordRow(14, "ClientQuotaRecord", 0, 0, readClientQuotaRecord, writeClientQuotaRecord),
  recordRow(15, "ProducerIdsRecord", 0, 0, readProducerIdsRecord, writeProducerIdsRecord),
  recordRow(17, "BrokerRegistrationChangeRecord", 0, 3, readBrokerRegistrationChangeRecord, writeBrokerRegistrationChangeRecord),
  recordRow(18, "AccessControlEntryRecord", 0, 0, readAccessControlEntryRecord, writeAccessControlEntryRecord),
  recordRow(19, "RemoveAccessControlEntryRecord", 0, 0, readRemoveAccessControlEntryRecord, writeRemoveAccessControlEntryRecord),
  recordRow(20, "NoOpRecord", 0, 0, readNoOpRecord, writeNoOpRecord),
  recordRow(21, "ZkMigrationStateRecord", 0, 0, readZkMigrationStateRecord, writeZkMigrationStateRecord),
  recordRow(22, "RemoveUserScramCredentialRecord", 0, 0, readRemoveUserScramCredentialRecord, writeRemoveUserScramCredentialRecord),
  recordRow(23, "BeginTransactionRecord", 0, 0, readBeginTransactionRecord, writeBeginTransactionRecord),
  recordRow(24, "EndTransactionRecord", 0, 0, readEndTransactionRecord, writeEndTransactionRecord),
  recordRow(25, "AbortTransactionRecord", 0, 0, readAbortTransactionRecord, writeAbortTransactionRecord),
  recordRow(26, "RemoveDelegationTokenRecord", 0, 0, readRemoveDelegationTokenRecord, writeRemoveDelegationTokenRecord),
  recordRow(27, "RegisterControllerRecord", 0, 0, readRegisterControllerRecord, writeRegisterControllerRecord),
  recordRow(28, "ClearElrRecord", 0, 0, readClearElrRecord, writeClearElrRecord),
  recordRow(20001, "NodeRolesRecord", 0, 0, readNodeRolesRecord, writeNodeRolesRecord),
  recordRow(20002, "ShardOwnerRecord", 0, 0, readShardOwnerRecord, writeShardOwnerRecord),
  recordRow(20003, "ClusterIdRecord", 0, 0, readClusterIdRecord, writeClusterIdRecord),
]);
