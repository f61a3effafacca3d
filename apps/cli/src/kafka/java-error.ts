// Errors as Kafka's tools show them: the name of the Java client's exception and its text, which is the broker's own where it
// sent one. Source: org.apache.kafka.common.protocol.Errors.
import { type KafkaErrorCode, kafkaErrorName } from "@moldau/base";
import { isKafkaClientError } from "../errors";

const PACKAGE = "org.apache.kafka.common.errors";

/** What the Java client says where the broker sent a code alone; only codes that people meet in these tools. */
const texts: ReadonlyMap<number, readonly [exception: string, text: string]> = new Map<number, [string, string]>([
  [-1, ["UnknownServerException", "The server experienced an unexpected error when processing the request."]],
  [
    1,
    ["OffsetOutOfRangeException", "The requested offset is not within the range of offsets maintained by the server."],
  ],
  [3, ["UnknownTopicOrPartitionException", "This server does not host this topic-partition."]],
  [
    5,
    [
      "LeaderNotAvailableException",
      "There is no leader for this topic-partition as we are in the middle of a leadership election.",
    ],
  ],
  [
    6,
    [
      "NotLeaderOrFollowerException",
      "For requests intended only for the leader, this error indicates that the broker is not the current leader. For requests intended for any replica, this error indicates that the broker is not a replica of the topic partition.",
    ],
  ],
  [7, ["TimeoutException", "The request timed out."]],
  [
    9,
    [
      "ReplicaNotAvailableException",
      "The replica is not available for the requested topic-partition. Produce/Fetch requests and other requests intended only for the leader or follower return NOT_LEADER_OR_FOLLOWER if the broker is not a replica of the topic-partition.",
    ],
  ],
  [
    10,
    [
      "RecordTooLargeException",
      "The request included a message larger than the max message size the server will accept.",
    ],
  ],
  [15, ["CoordinatorNotAvailableException", "The coordinator is not available."]],
  [16, ["NotCoordinatorException", "This is not the correct coordinator."]],
  [17, ["InvalidTopicException", "The request attempted to perform an operation on an invalid topic."]],
  [24, ["InvalidGroupIdException", "The group id is invalid."]],
  [25, ["UnknownMemberIdException", "The coordinator is not aware of this member."]],
  [27, ["RebalanceInProgressException", "The group is rebalancing, so a rejoin is needed."]],
  [32, ["InvalidTimestampException", "The timestamp of the message is out of acceptable range."]],
  [35, ["UnsupportedVersionException", "The version of API is not supported."]],
  [36, ["TopicExistsException", "Topic with this name already exists."]],
  [37, ["InvalidPartitionsException", "Number of partitions is below 1."]],
  [
    38,
    [
      "InvalidReplicationFactorException",
      "Replication factor is below 1 or larger than the number of available brokers.",
    ],
  ],
  [39, ["InvalidReplicaAssignmentException", "Replica assignment is invalid."]],
  [40, ["InvalidConfigurationException", "Configuration is invalid."]],
  [41, ["NotControllerException", "This is not the correct controller for this cluster."]],
  [
    42,
    [
      "InvalidRequestException",
      "This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details.",
    ],
  ],
  [44, ["PolicyViolationException", "Request parameters do not satisfy the configured policy."]],
  [48, ["InvalidTxnStateException", "The producer attempted a transactional operation in an invalid state."]],
  [
    49,
    [
      "InvalidPidMappingException",
      "The producer attempted to use a producer id which is not currently assigned to its transactional id.",
    ],
  ],
  [
    50,
    [
      "InvalidTxnTimeoutException",
      "The transaction timeout is larger than the maximum value allowed by the broker (as configured by transaction.max.timeout.ms).",
    ],
  ],
  [
    51,
    [
      "ConcurrentTransactionsException",
      "The producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing.",
    ],
  ],
  [56, ["KafkaStorageException", "Disk error when trying to access log file on the disk."]],
  [57, ["LogDirNotFoundException", "The user-specified log directory is not found in the broker config."]],
  [60, ["ReassignmentInProgressException", "A partition reassignment is in progress."]],
  [68, ["GroupNotEmptyException", "The group is not empty."]],
  [69, ["GroupIdNotFoundException", "The group id does not exist."]],
  [80, ["PreferredLeaderNotAvailableException", "The preferred leader was not available."]],
  [83, ["EligibleLeadersNotAvailableException", "Eligible topic partition leaders are not available."]],
  [84, ["ElectionNotNeededException", "Leader election not needed for topic partition."]],
  [85, ["NoReassignmentInProgressException", "No partition reassignment is in progress."]],
  [
    86,
    [
      "GroupSubscribedToTopicException",
      "Deleting offsets of a topic is forbidden while the consumer group is actively subscribed to it.",
    ],
  ],
  [89, ["ThrottlingQuotaExceededException", "The throttling quota has been exceeded."]],
  [
    90,
    [
      "ProducerFencedException",
      "There is a newer producer with the same transactionalId which fences the current one.",
    ],
  ],
  [91, ["ResourceNotFoundException", "A request illegally referred to a resource that does not exist."]],
  [95, ["InvalidUpdateVersionException", "The given update version was invalid."]],
  [96, ["FeatureUpdateFailedException", "Unable to update finalized features due to an unexpected server error."]],
  [100, ["UnknownTopicIdException", "This server does not host this topic ID."]],
  [102, ["BrokerIdNotRegisteredException", "The given broker ID was not registered."]],
  [105, ["TransactionalIdNotFoundException", "The transactionalId could not be found."]],
  [126, ["DuplicateVoterException", "The voter is already part of the set of voters."]],
  [127, ["VoterNotFoundException", "The voter is not part of the set of voters."]],
]);

export interface JavaError {
  /** Simple name of the exception. */
  exception: string;
  message: string;
}

/** An error by its code; `detail` is the broker's own text. */
export function javaErrorOf(code: KafkaErrorCode, detail: string | null = null): JavaError {
  const [exception, text] = texts.get(code) ?? [kafkaErrorName(code), `Kafka answered ${kafkaErrorName(code)}.`];
  return { exception, message: detail ?? text };
}

/** What `Throwable.getMessage()` would be. */
export function messageOf(error: unknown): string {
  if (isKafkaClientError(error)) return javaErrorOf(error.code, error.detail).message;
  return error instanceof Error ? error.message : String(error);
}

/** What `Throwable.toString()` would be: the exception's name with its package, and its text. */
export function toText(error: unknown): string {
  if (!isKafkaClientError(error)) return messageOf(error);
  const { exception, message } = javaErrorOf(error.code, error.detail);
  return `${PACKAGE}.${exception}: ${message}`;
}

/** The simple name of the exception, empty for what is none of Kafka's. */
export function exceptionOf(error: unknown): string {
  return isKafkaClientError(error) ? javaErrorOf(error.code, error.detail).exception : "";
}
