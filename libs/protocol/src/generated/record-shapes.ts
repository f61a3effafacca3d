// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import type { FieldShape } from "../message-json";

/** The fields of every record by its name, in the order of the schema. */
export const recordShapes = {
  ConsumerProtocolSubscription: [
    { name: "topics", versions: [0, Infinity], type: "string", array: true },
    { name: "userData", versions: [0, Infinity], type: "bytes", default: "null" },
    { name: "ownedPartitions", versions: [1, Infinity], type: "struct", array: true, fields: [
      { name: "topic", versions: [1, Infinity], type: "string" },
      { name: "partitions", versions: [1, Infinity], type: "int32", array: true },
    ] },
    { name: "generationId", versions: [2, Infinity], type: "int32", default: "-1" },
    { name: "rackId", versions: [3, Infinity], type: "string", default: "null" },
  ],
  ConsumerProtocolAssignment: [
    { name: "assignedPartitions", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topic", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
    { name: "userData", versions: [0, Infinity], type: "bytes", default: "null" },
  ],
  ControlRecordTypeSchema: [
    { name: "type", versions: [0, Infinity], type: "int16" },
  ],
  EndTxnMarker: [
    { name: "coordinatorEpoch", versions: [0, Infinity], type: "int32" },
  ],
  LeaderChangeMessage: [
    { name: "version", versions: [0, Infinity], type: "int16" },
    { name: "leaderId", versions: [0, Infinity], type: "int32" },
    { name: "voters", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "voterId", versions: [0, Infinity], type: "int32" },
      { name: "voterDirectoryId", versions: [1, Infinity], type: "uuid" },
    ] },
    { name: "grantingVoters", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "voterId", versions: [0, Infinity], type: "int32" },
      { name: "voterDirectoryId", versions: [1, Infinity], type: "uuid" },
    ] },
  ],
  SnapshotHeaderRecord: [
    { name: "version", versions: [0, Infinity], type: "int16" },
    { name: "lastContainedLogTimestamp", versions: [0, Infinity], type: "int64" },
  ],
  SnapshotFooterRecord: [
    { name: "version", versions: [0, Infinity], type: "int16" },
  ],
  KRaftVersionRecord: [
    { name: "version", versions: [0, Infinity], type: "int16" },
    { name: "kRaftVersion", versions: [0, Infinity], type: "int16" },
  ],
  VotersRecord: [
    { name: "version", versions: [0, Infinity], type: "int16" },
    { name: "voters", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "voterId", versions: [0, Infinity], type: "int32" },
      { name: "voterDirectoryId", versions: [0, Infinity], type: "uuid" },
      { name: "endpoints", versions: [0, Infinity], type: "struct", array: true, fields: [
        { name: "name", versions: [0, Infinity], type: "string" },
        { name: "host", versions: [0, Infinity], type: "string" },
        { name: "port", versions: [0, Infinity], type: "uint16" },
      ] },
      { name: "kRaftVersionFeature", versions: [0, Infinity], type: "struct", fields: [
        { name: "minSupportedVersion", versions: [0, Infinity], type: "int16" },
        { name: "maxSupportedVersion", versions: [0, Infinity], type: "int16" },
      ] },
    ] },
  ],
  LegacyOffsetCommitKey: [
    { name: "group", versions: [0, 0], type: "string" },
    { name: "topic", versions: [0, 0], type: "string" },
    { name: "partition", versions: [0, 0], type: "int32" },
  ],
  LegacyOffsetCommitValue: [
    { name: "offset", versions: [0, 0], type: "int64" },
    { name: "metadata", versions: [0, 0], type: "string" },
    { name: "commitTimestamp", versions: [0, 0], type: "int64" },
  ],
  OffsetCommitKey: [
    { name: "group", versions: [0, 0], type: "string" },
    { name: "topic", versions: [0, 0], type: "string" },
    { name: "partition", versions: [0, 0], type: "int32" },
  ],
  OffsetCommitValue: [
    { name: "offset", versions: [0, Infinity], type: "int64" },
    { name: "leaderEpoch", versions: [3, Infinity], type: "int32", default: "-1" },
    { name: "metadata", versions: [0, Infinity], type: "string" },
    { name: "commitTimestamp", versions: [0, Infinity], type: "int64" },
    { name: "expireTimestamp", versions: [1, 1], type: "int64", default: "-1" },
    { name: "topicId", versions: [4, Infinity], type: "uuid", tagged: [4, Infinity] },
  ],
  GroupMetadataKey: [
    { name: "group", versions: [0, 0], type: "string" },
  ],
  GroupMetadataValue: [
    { name: "protocolType", versions: [0, Infinity], type: "string" },
    { name: "generation", versions: [0, Infinity], type: "int32" },
    { name: "protocol", versions: [0, Infinity], type: "string" },
    { name: "leader", versions: [0, Infinity], type: "string" },
    { name: "currentStateTimestamp", versions: [2, Infinity], type: "int64", default: "-1" },
    { name: "members", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "memberId", versions: [0, Infinity], type: "string" },
      { name: "groupInstanceId", versions: [3, Infinity], type: "string", default: "null" },
      { name: "clientId", versions: [0, Infinity], type: "string" },
      { name: "clientHost", versions: [0, Infinity], type: "string" },
      { name: "rebalanceTimeout", versions: [1, Infinity], type: "int32", default: "-1" },
      { name: "sessionTimeout", versions: [0, Infinity], type: "int32" },
      { name: "subscription", versions: [0, Infinity], type: "bytes" },
      { name: "assignment", versions: [0, Infinity], type: "bytes" },
    ] },
  ],
  ConsumerGroupMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupMetadataValue: [
    { name: "epoch", versions: [0, Infinity], type: "int32" },
    { name: "metadataHash", versions: [0, Infinity], type: "hash64", tagged: [0, Infinity] },
  ],
  ConsumerGroupPartitionMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupPartitionMetadataValue: [
    { name: "topics", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "topicName", versions: [0, Infinity], type: "string" },
      { name: "numPartitions", versions: [0, Infinity], type: "int32" },
      { name: "partitionMetadata", versions: [0, Infinity], type: "struct", array: true, fields: [
        { name: "partition", versions: [0, Infinity], type: "int32" },
        { name: "racks", versions: [0, Infinity], type: "string", array: true },
      ] },
    ] },
  ],
  ConsumerGroupMemberMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupMemberMetadataValue: [
    { name: "instanceId", versions: [0, Infinity], type: "string" },
    { name: "rackId", versions: [0, Infinity], type: "string" },
    { name: "clientId", versions: [0, Infinity], type: "string" },
    { name: "clientHost", versions: [0, Infinity], type: "string" },
    { name: "subscribedTopicNames", versions: [0, Infinity], type: "string", array: true },
    { name: "subscribedTopicRegex", versions: [0, Infinity], type: "string" },
    { name: "rebalanceTimeoutMs", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "serverAssignor", versions: [0, Infinity], type: "string" },
    { name: "classicMemberMetadata", versions: [0, Infinity], type: "struct", tagged: [0, Infinity], fields: [
      { name: "sessionTimeoutMs", versions: [0, Infinity], type: "int32" },
      { name: "supportedProtocols", versions: [0, Infinity], type: "struct", array: true, fields: [
        { name: "name", versions: [0, Infinity], type: "string" },
        { name: "metadata", versions: [0, Infinity], type: "bytes" },
      ] },
    ] },
  ],
  ConsumerGroupTargetAssignmentMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupTargetAssignmentMetadataValue: [
    { name: "assignmentEpoch", versions: [0, Infinity], type: "int32" },
    { name: "assignmentTimestamp", versions: [0, Infinity], type: "int64", tagged: [0, Infinity] },
  ],
  ConsumerGroupTargetAssignmentMemberKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupTargetAssignmentMemberValue: [
    { name: "topicPartitions", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
  ],
  ConsumerGroupCurrentMemberAssignmentKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupCurrentMemberAssignmentValue: [
    { name: "memberEpoch", versions: [0, Infinity], type: "int32" },
    { name: "previousMemberEpoch", versions: [0, Infinity], type: "int32" },
    { name: "state", versions: [0, Infinity], type: "int8" },
    { name: "assignedPartitions", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
    { name: "partitionsPendingRevocation", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
  ],
  ShareGroupMemberMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  ShareGroupMemberMetadataValue: [
    { name: "rackId", versions: [0, Infinity], type: "string" },
    { name: "clientId", versions: [0, Infinity], type: "string" },
    { name: "clientHost", versions: [0, Infinity], type: "string" },
    { name: "subscribedTopicNames", versions: [0, Infinity], type: "string", array: true },
  ],
  ShareGroupMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  ShareGroupMetadataValue: [
    { name: "epoch", versions: [0, Infinity], type: "int32" },
    { name: "metadataHash", versions: [0, Infinity], type: "hash64" },
  ],
  ShareGroupTargetAssignmentMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  ShareGroupTargetAssignmentMetadataValue: [
    { name: "assignmentEpoch", versions: [0, Infinity], type: "int32" },
    { name: "assignmentTimestamp", versions: [0, Infinity], type: "int64", tagged: [0, Infinity] },
  ],
  ShareGroupTargetAssignmentMemberKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  ShareGroupTargetAssignmentMemberValue: [
    { name: "topicPartitions", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
  ],
  ShareGroupCurrentMemberAssignmentKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  ShareGroupCurrentMemberAssignmentValue: [
    { name: "memberEpoch", versions: [0, Infinity], type: "int32" },
    { name: "previousMemberEpoch", versions: [0, Infinity], type: "int32" },
    { name: "state", versions: [0, Infinity], type: "int8" },
    { name: "assignedPartitions", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
  ],
  ShareGroupStatePartitionMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  ShareGroupStatePartitionMetadataValue: [
    { name: "initializingTopics", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "topicName", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
    { name: "initializedTopics", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "topicName", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
    { name: "deletingTopics", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topicId", versions: [0, Infinity], type: "uuid" },
      { name: "topicName", versions: [0, Infinity], type: "string" },
    ] },
  ],
  ConsumerGroupRegularExpressionKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "regularExpression", versions: [0, 0], type: "string" },
  ],
  ConsumerGroupRegularExpressionValue: [
    { name: "topics", versions: [0, Infinity], type: "string", array: true },
    { name: "version", versions: [0, Infinity], type: "int64" },
    { name: "timestamp", versions: [0, Infinity], type: "int64" },
  ],
  StreamsGroupMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  StreamsGroupMetadataValue: [
    { name: "epoch", versions: [0, Infinity], type: "int32" },
    { name: "metadataHash", versions: [0, Infinity], type: "hash64" },
    { name: "validatedTopologyEpoch", versions: [0, Infinity], type: "int32", tagged: [0, Infinity], default: "-1" },
    { name: "lastAssignmentConfigs", versions: [0, Infinity], type: "struct", array: true, tagged: [0, Infinity], fields: [
      { name: "key", versions: [0, Infinity], type: "string" },
      { name: "value", versions: [0, Infinity], type: "string" },
    ] },
  ],
  StreamsGroupMemberMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  StreamsGroupMemberMetadataValue: [
    { name: "instanceId", versions: [0, Infinity], type: "string" },
    { name: "rackId", versions: [0, Infinity], type: "string" },
    { name: "clientId", versions: [0, Infinity], type: "string" },
    { name: "clientHost", versions: [0, Infinity], type: "string" },
    { name: "rebalanceTimeoutMs", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "topologyEpoch", versions: [0, Infinity], type: "int32" },
    { name: "processId", versions: [0, Infinity], type: "string" },
    { name: "userEndpoint", versions: [0, Infinity], type: "struct", default: "null", fields: [
      { name: "host", versions: [0, Infinity], type: "string" },
      { name: "port", versions: [0, Infinity], type: "uint16" },
    ] },
    { name: "clientTags", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "key", versions: [0, Infinity], type: "string" },
      { name: "value", versions: [0, Infinity], type: "string" },
    ] },
  ],
  StreamsGroupTargetAssignmentMetadataKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  StreamsGroupTargetAssignmentMetadataValue: [
    { name: "assignmentEpoch", versions: [0, Infinity], type: "int32" },
    { name: "assignmentTimestamp", versions: [0, Infinity], type: "int64", tagged: [0, Infinity] },
  ],
  StreamsGroupTargetAssignmentMemberKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  StreamsGroupTargetAssignmentMemberValue: [
    { name: "activeTasks", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
    { name: "standbyTasks", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
    { name: "warmupTasks", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
    ] },
  ],
  StreamsGroupCurrentMemberAssignmentKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "memberId", versions: [0, 0], type: "string" },
  ],
  StreamsGroupCurrentMemberAssignmentValue: [
    { name: "memberEpoch", versions: [0, Infinity], type: "int32" },
    { name: "previousMemberEpoch", versions: [0, Infinity], type: "int32" },
    { name: "state", versions: [0, Infinity], type: "int8" },
    { name: "activeTasks", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
    { name: "standbyTasks", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
    { name: "warmupTasks", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
    { name: "activeTasksPendingRevocation", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
    { name: "standbyTasksPendingRevocation", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
    { name: "warmupTasksPendingRevocation", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "partitions", versions: [0, Infinity], type: "int32", array: true },
      { name: "assignmentEpochs", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity] },
    ] },
  ],
  StreamsGroupTopologyKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
  ],
  StreamsGroupTopologyValue: [
    { name: "epoch", versions: [0, Infinity], type: "int32" },
    { name: "subtopologies", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "subtopologyId", versions: [0, Infinity], type: "string" },
      { name: "sourceTopics", versions: [0, Infinity], type: "string", array: true },
      { name: "sourceTopicRegex", versions: [0, Infinity], type: "string", array: true },
      { name: "stateChangelogTopics", versions: [0, Infinity], type: "struct", array: true, fields: [
        { name: "name", versions: [0, Infinity], type: "string" },
        { name: "partitions", versions: [0, Infinity], type: "int32" },
        { name: "replicationFactor", versions: [0, Infinity], type: "int16" },
        { name: "topicConfigs", versions: [0, Infinity], type: "struct", array: true, fields: [
          { name: "key", versions: [0, Infinity], type: "string" },
          { name: "value", versions: [0, Infinity], type: "string" },
        ] },
      ] },
      { name: "repartitionSinkTopics", versions: [0, Infinity], type: "string", array: true },
      { name: "repartitionSourceTopics", versions: [0, Infinity], type: "struct", array: true, fields: [
        { name: "name", versions: [0, Infinity], type: "string" },
        { name: "partitions", versions: [0, Infinity], type: "int32" },
        { name: "replicationFactor", versions: [0, Infinity], type: "int16" },
        { name: "topicConfigs", versions: [0, Infinity], type: "struct", array: true, fields: [
          { name: "key", versions: [0, Infinity], type: "string" },
          { name: "value", versions: [0, Infinity], type: "string" },
        ] },
      ] },
      { name: "copartitionGroups", versions: [0, Infinity], type: "struct", array: true, fields: [
        { name: "sourceTopics", versions: [0, Infinity], type: "int16", array: true },
        { name: "sourceTopicRegex", versions: [0, Infinity], type: "int16", array: true },
        { name: "repartitionSourceTopics", versions: [0, Infinity], type: "int16", array: true },
      ] },
    ] },
  ],
  RegisterBrokerRecord: [
    { name: "brokerId", versions: [0, Infinity], type: "int32" },
    { name: "isMigratingZkBroker", versions: [2, Infinity], type: "bool" },
    { name: "incarnationId", versions: [0, Infinity], type: "uuid" },
    { name: "brokerEpoch", versions: [0, Infinity], type: "int64" },
    { name: "endPoints", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "name", versions: [0, Infinity], type: "string" },
      { name: "host", versions: [0, Infinity], type: "string" },
      { name: "port", versions: [0, Infinity], type: "uint16" },
      { name: "securityProtocol", versions: [0, Infinity], type: "int16" },
    ] },
    { name: "features", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "name", versions: [0, Infinity], type: "string" },
      { name: "minSupportedVersion", versions: [0, Infinity], type: "int16" },
      { name: "maxSupportedVersion", versions: [0, Infinity], type: "int16" },
    ] },
    { name: "rack", versions: [0, Infinity], type: "string" },
    { name: "fenced", versions: [0, Infinity], type: "bool", default: "true" },
    { name: "inControlledShutdown", versions: [1, Infinity], type: "bool" },
    { name: "logDirs", versions: [3, Infinity], type: "uuid", array: true, tagged: [3, Infinity] },
    { name: "cordonedLogDirs", versions: [4, Infinity], type: "uuid", array: true, tagged: [4, Infinity], default: "null" },
  ],
  UnregisterBrokerRecord: [
    { name: "brokerId", versions: [0, Infinity], type: "int32" },
    { name: "brokerEpoch", versions: [0, Infinity], type: "int64" },
  ],
  TopicRecord: [
    { name: "name", versions: [0, Infinity], type: "string" },
    { name: "topicId", versions: [0, Infinity], type: "uuid" },
  ],
  PartitionRecord: [
    { name: "partitionId", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "topicId", versions: [0, Infinity], type: "uuid" },
    { name: "replicas", versions: [0, Infinity], type: "int32", array: true },
    { name: "isr", versions: [0, Infinity], type: "int32", array: true },
    { name: "removingReplicas", versions: [0, Infinity], type: "int32", array: true },
    { name: "addingReplicas", versions: [0, Infinity], type: "int32", array: true },
    { name: "leader", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "leaderRecoveryState", versions: [0, Infinity], type: "int8", tagged: [0, Infinity] },
    { name: "leaderEpoch", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "partitionEpoch", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "directories", versions: [1, Infinity], type: "uuid", array: true },
    { name: "eligibleLeaderReplicas", versions: [2, Infinity], type: "int32", array: true, tagged: [2, Infinity], default: "null" },
    { name: "lastKnownElr", versions: [2, Infinity], type: "int32", array: true, tagged: [2, Infinity], default: "null" },
  ],
  ConfigRecord: [
    { name: "resourceType", versions: [0, Infinity], type: "int8" },
    { name: "resourceName", versions: [0, Infinity], type: "string" },
    { name: "name", versions: [0, Infinity], type: "string" },
    { name: "value", versions: [0, Infinity], type: "string" },
  ],
  PartitionChangeRecord: [
    { name: "partitionId", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "topicId", versions: [0, Infinity], type: "uuid" },
    { name: "isr", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity], default: "null" },
    { name: "leader", versions: [0, Infinity], type: "int32", tagged: [0, Infinity], default: "-2" },
    { name: "replicas", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity], default: "null" },
    { name: "removingReplicas", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity], default: "null" },
    { name: "addingReplicas", versions: [0, Infinity], type: "int32", array: true, tagged: [0, Infinity], default: "null" },
    { name: "leaderRecoveryState", versions: [0, Infinity], type: "int8", tagged: [0, Infinity], default: "-1" },
    { name: "directories", versions: [1, Infinity], type: "uuid", array: true, tagged: [1, Infinity], default: "null" },
    { name: "eligibleLeaderReplicas", versions: [2, Infinity], type: "int32", array: true, tagged: [2, Infinity], default: "null" },
    { name: "lastKnownElr", versions: [2, Infinity], type: "int32", array: true, tagged: [2, Infinity], default: "null" },
  ],
  FenceBrokerRecord: [
    { name: "id", versions: [0, Infinity], type: "int32" },
    { name: "epoch", versions: [0, Infinity], type: "int64" },
  ],
  UnfenceBrokerRecord: [
    { name: "id", versions: [0, Infinity], type: "int32" },
    { name: "epoch", versions: [0, Infinity], type: "int64" },
  ],
  RemoveTopicRecord: [
    { name: "topicId", versions: [0, Infinity], type: "uuid" },
  ],
  DelegationTokenRecord: [
    { name: "owner", versions: [0, Infinity], type: "string" },
    { name: "requester", versions: [0, Infinity], type: "string" },
    { name: "renewers", versions: [0, Infinity], type: "string", array: true },
    { name: "issueTimestamp", versions: [0, Infinity], type: "int64" },
    { name: "maxTimestamp", versions: [0, Infinity], type: "int64" },
    { name: "expirationTimestamp", versions: [0, Infinity], type: "int64" },
    { name: "tokenId", versions: [0, Infinity], type: "string" },
  ],
  UserScramCredentialRecord: [
    { name: "name", versions: [0, Infinity], type: "string" },
    { name: "mechanism", versions: [0, Infinity], type: "int8" },
    { name: "salt", versions: [0, Infinity], type: "bytes" },
    { name: "storedKey", versions: [0, Infinity], type: "bytes" },
    { name: "serverKey", versions: [0, Infinity], type: "bytes" },
    { name: "iterations", versions: [0, Infinity], type: "int32" },
  ],
  FeatureLevelRecord: [
    { name: "name", versions: [0, Infinity], type: "string" },
    { name: "featureLevel", versions: [0, Infinity], type: "int16" },
  ],
  ClientQuotaRecord: [
    { name: "entity", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "entityType", versions: [0, Infinity], type: "string" },
      { name: "entityName", versions: [0, Infinity], type: "string" },
    ] },
    { name: "key", versions: [0, Infinity], type: "string" },
    { name: "value", versions: [0, Infinity], type: "float64" },
    { name: "remove", versions: [0, Infinity], type: "bool" },
  ],
  ProducerIdsRecord: [
    { name: "brokerId", versions: [0, Infinity], type: "int32" },
    { name: "brokerEpoch", versions: [0, Infinity], type: "int64", default: "-1" },
    { name: "nextProducerId", versions: [0, Infinity], type: "int64" },
  ],
  BrokerRegistrationChangeRecord: [
    { name: "brokerId", versions: [0, Infinity], type: "int32" },
    { name: "brokerEpoch", versions: [0, Infinity], type: "int64" },
    { name: "fenced", versions: [0, Infinity], type: "int8", tagged: [0, Infinity] },
    { name: "inControlledShutdown", versions: [1, Infinity], type: "int8", tagged: [1, Infinity] },
    { name: "logDirs", versions: [2, Infinity], type: "uuid", array: true, tagged: [2, Infinity] },
    { name: "cordonedLogDirs", versions: [3, Infinity], type: "uuid", array: true, tagged: [3, Infinity], default: "null" },
  ],
  AccessControlEntryRecord: [
    { name: "id", versions: [0, Infinity], type: "uuid" },
    { name: "resourceType", versions: [0, Infinity], type: "int8" },
    { name: "resourceName", versions: [0, Infinity], type: "string" },
    { name: "patternType", versions: [0, Infinity], type: "int8" },
    { name: "principal", versions: [0, Infinity], type: "string" },
    { name: "host", versions: [0, Infinity], type: "string" },
    { name: "operation", versions: [0, Infinity], type: "int8" },
    { name: "permissionType", versions: [0, Infinity], type: "int8" },
  ],
  RemoveAccessControlEntryRecord: [
    { name: "id", versions: [0, Infinity], type: "uuid" },
  ],
  NoOpRecord: [],
  ZkMigrationStateRecord: [
    { name: "zkMigrationState", versions: [0, Infinity], type: "int8" },
  ],
  RemoveUserScramCredentialRecord: [
    { name: "name", versions: [0, Infinity], type: "string" },
    { name: "mechanism", versions: [0, Infinity], type: "int8" },
  ],
  BeginTransactionRecord: [
    { name: "name", versions: [0, Infinity], type: "string", tagged: [0, Infinity], default: "null" },
  ],
  EndTransactionRecord: [],
  AbortTransactionRecord: [
    { name: "reason", versions: [0, Infinity], type: "string", tagged: [0, Infinity], default: "null" },
  ],
  RemoveDelegationTokenRecord: [
    { name: "tokenId", versions: [0, Infinity], type: "string" },
  ],
  RegisterControllerRecord: [
    { name: "controllerId", versions: [0, Infinity], type: "int32" },
    { name: "incarnationId", versions: [0, Infinity], type: "uuid" },
    { name: "zkMigrationReady", versions: [0, Infinity], type: "bool" },
    { name: "endPoints", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "name", versions: [0, Infinity], type: "string" },
      { name: "host", versions: [0, Infinity], type: "string" },
      { name: "port", versions: [0, Infinity], type: "uint16" },
      { name: "securityProtocol", versions: [0, Infinity], type: "int16" },
    ] },
    { name: "features", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "name", versions: [0, Infinity], type: "string" },
      { name: "minSupportedVersion", versions: [0, Infinity], type: "int16" },
      { name: "maxSupportedVersion", versions: [0, Infinity], type: "int16" },
    ] },
  ],
  ClearElrRecord: [
    { name: "topicName", versions: [0, Infinity], type: "string" },
  ],
  NodeRolesRecord: [
    { name: "nodeId", versions: [0, Infinity], type: "int32" },
    { name: "roles", versions: [0, Infinity], type: "string", array: true },
  ],
  ShardOwnerRecord: [
    { name: "topicId", versions: [0, Infinity], type: "uuid" },
    { name: "partition", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "ownerId", versions: [0, Infinity], type: "int32", default: "-1" },
    { name: "ownerEpoch", versions: [0, Infinity], type: "int32" },
  ],
  ClusterIdRecord: [
    { name: "clusterId", versions: [0, Infinity], type: "string" },
  ],
  ShareSnapshotKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "topicId", versions: [0, 0], type: "uuid" },
    { name: "partition", versions: [0, 0], type: "int32" },
  ],
  ShareSnapshotValue: [
    { name: "snapshotEpoch", versions: [0, Infinity], type: "int32" },
    { name: "stateEpoch", versions: [0, Infinity], type: "int32" },
    { name: "leaderEpoch", versions: [0, Infinity], type: "int32" },
    { name: "startOffset", versions: [0, Infinity], type: "int64" },
    { name: "deliveryCompleteCount", versions: [0, Infinity], type: "int32", tagged: [0, Infinity], default: "-1" },
    { name: "createTimestamp", versions: [0, Infinity], type: "int64" },
    { name: "writeTimestamp", versions: [0, Infinity], type: "int64" },
    { name: "stateBatches", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "firstOffset", versions: [0, Infinity], type: "int64" },
      { name: "lastOffset", versions: [0, Infinity], type: "int64" },
      { name: "deliveryState", versions: [0, Infinity], type: "int8" },
      { name: "deliveryCount", versions: [0, Infinity], type: "int16" },
    ] },
  ],
  ShareUpdateKey: [
    { name: "groupId", versions: [0, 0], type: "string" },
    { name: "topicId", versions: [0, 0], type: "uuid" },
    { name: "partition", versions: [0, 0], type: "int32" },
  ],
  ShareUpdateValue: [
    { name: "snapshotEpoch", versions: [0, Infinity], type: "int32" },
    { name: "leaderEpoch", versions: [0, Infinity], type: "int32" },
    { name: "startOffset", versions: [0, Infinity], type: "int64" },
    { name: "deliveryCompleteCount", versions: [0, Infinity], type: "int32", tagged: [0, Infinity], default: "-1" },
    { name: "stateBatches", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "firstOffset", versions: [0, Infinity], type: "int64" },
      { name: "lastOffset", versions: [0, Infinity], type: "int64" },
      { name: "deliveryState", versions: [0, Infinity], type: "int8" },
      { name: "deliveryCount", versions: [0, Infinity], type: "int16" },
    ] },
  ],
  TransactionLogKey: [
    { name: "transactionalId", versions: [0, 0], type: "string" },
  ],
  TransactionLogValue: [
    { name: "producerId", versions: [0, Infinity], type: "int64" },
    { name: "previousProducerId", versions: [1, Infinity], type: "int64", tagged: [1, Infinity], default: "-1" },
    { name: "nextProducerId", versions: [1, Infinity], type: "int64", tagged: [1, Infinity], default: "-1" },
    { name: "producerEpoch", versions: [0, Infinity], type: "int16" },
    { name: "nextProducerEpoch", versions: [1, Infinity], type: "int16", tagged: [1, Infinity], default: "-1" },
    { name: "transactionTimeoutMs", versions: [0, Infinity], type: "int32" },
    { name: "transactionStatus", versions: [0, Infinity], type: "int8" },
    { name: "transactionPartitions", versions: [0, Infinity], type: "struct", array: true, fields: [
      { name: "topic", versions: [0, Infinity], type: "string" },
      { name: "partitionIds", versions: [0, Infinity], type: "int32", array: true },
    ] },
    { name: "transactionLastUpdateTimestampMs", versions: [0, Infinity], type: "int64" },
    { name: "transactionStartTimestampMs", versions: [0, Infinity], type: "int64" },
    { name: "clientTransactionVersion", versions: [1, Infinity], type: "int16", tagged: [1, Infinity] },
  ],
} satisfies Record<string, readonly FieldShape[]>;
