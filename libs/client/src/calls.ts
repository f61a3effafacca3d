import {
  apis,
  readAddRaftVoterResponse,
  readAlterPartitionReassignmentsResponse,
  readApiVersionsResponse,
  readCreatePartitionsResponse,
  readCreateTopicsResponse,
  readDeleteGroupsResponse,
  readDeleteTopicsResponse,
  readDescribeConfigsResponse,
  readDescribeGroupsResponse,
  readDescribeQuorumResponse,
  readConsumerGroupDescribeResponse,
  readWriteTxnMarkersResponse,
  readListTransactionsResponse,
  readDescribeTransactionsResponse,
  readDescribeProducersResponse,
  readFetchResponse,
  readFindCoordinatorResponse,
  readHeartbeatResponse,
  readIncrementalAlterConfigsResponse,
  readInitProducerIdResponse,
  readJoinGroupResponse,
  readLeaveGroupResponse,
  readListGroupsResponse,
  readListOffsetsResponse,
  readListPartitionReassignmentsResponse,
  readMetadataResponse,
  readOffsetCommitResponse,
  readOffsetFetchResponse,
  readProduceResponse,
  readRemoveRaftVoterResponse,
  readSyncGroupResponse,
  type Reader,
  writeAlterPartitionReassignmentsRequest,
  writeApiVersionsRequest,
  writeCreatePartitionsRequest,
  writeCreateTopicsRequest,
  writeDeleteGroupsRequest,
  writeDeleteTopicsRequest,
  writeDescribeConfigsRequest,
  writeDescribeGroupsRequest,
  writeAddRaftVoterRequest,
  writeDescribeQuorumRequest,
  writeConsumerGroupDescribeRequest,
  writeWriteTxnMarkersRequest,
  writeListTransactionsRequest,
  writeDescribeTransactionsRequest,
  writeDescribeProducersRequest,
  writeRemoveRaftVoterRequest,
  writeFetchRequest,
  writeFindCoordinatorRequest,
  writeHeartbeatRequest,
  writeIncrementalAlterConfigsRequest,
  writeInitProducerIdRequest,
  writeJoinGroupRequest,
  writeLeaveGroupRequest,
  writeListGroupsRequest,
  writeListOffsetsRequest,
  writeListPartitionReassignmentsRequest,
  writeMetadataRequest,
  writeOffsetCommitRequest,
  writeOffsetFetchRequest,
  writeProduceRequest,
  writeSyncGroupRequest,
  type Writer,
} from "@moldau/protocol";

/** One API as this client uses it: its codecs and the versions that it understands the meaning of. */
export interface Call<Q, S> {
  readonly key: number;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  write(writer: Writer, message: Q, version: number): void;
  read(reader: Reader, version: number): S;
}

/** `cap`: highest version used, where a later one asks for more than this client has (its reason stands beside it). */
function call<Q, S>(
  key: number,
  write: (writer: Writer, message: Q, version: number) => void,
  read: (reader: Reader, version: number) => S,
  cap = Infinity,
): Call<Q, S> {
  const { name, versions } = apis.get(key)!;
  return { key, name, min: versions.min, max: Math.min(versions.max, cap), write, read };
}

export const calls = {
  produce: call(0, writeProduceRequest, readProduceResponse),
  fetch: call(1, writeFetchRequest, readFetchResponse),
  listOffsets: call(2, writeListOffsetsRequest, readListOffsetsResponse),
  metadata: call(3, writeMetadataRequest, readMetadataResponse),
  // Version 10 knows topics by id alone, and a group may hold offsets of topics whose id nobody can tell any more.
  offsetCommit: call(8, writeOffsetCommitRequest, readOffsetCommitResponse, 9),
  offsetFetch: call(9, writeOffsetFetchRequest, readOffsetFetchResponse, 9),
  findCoordinator: call(10, writeFindCoordinatorRequest, readFindCoordinatorResponse),
  joinGroup: call(11, writeJoinGroupRequest, readJoinGroupResponse),
  heartbeat: call(12, writeHeartbeatRequest, readHeartbeatResponse),
  leaveGroup: call(13, writeLeaveGroupRequest, readLeaveGroupResponse),
  syncGroup: call(14, writeSyncGroupRequest, readSyncGroupResponse),
  describeGroups: call(15, writeDescribeGroupsRequest, readDescribeGroupsResponse),
  listGroups: call(16, writeListGroupsRequest, readListGroupsResponse),
  apiVersions: call(18, writeApiVersionsRequest, readApiVersionsResponse),
  createTopics: call(19, writeCreateTopicsRequest, readCreateTopicsResponse),
  deleteTopics: call(20, writeDeleteTopicsRequest, readDeleteTopicsResponse),
  initProducerId: call(22, writeInitProducerIdRequest, readInitProducerIdResponse),
  writeTxnMarkers: call(27, writeWriteTxnMarkersRequest, readWriteTxnMarkersResponse),
  describeConfigs: call(32, writeDescribeConfigsRequest, readDescribeConfigsResponse),
  createPartitions: call(37, writeCreatePartitionsRequest, readCreatePartitionsResponse),
  deleteGroups: call(42, writeDeleteGroupsRequest, readDeleteGroupsResponse),
  incrementalAlterConfigs: call(44, writeIncrementalAlterConfigsRequest, readIncrementalAlterConfigsResponse),
  alterPartitionReassignments: call(
    45,
    writeAlterPartitionReassignmentsRequest,
    readAlterPartitionReassignmentsResponse,
  ),
  listPartitionReassignments: call(46, writeListPartitionReassignmentsRequest, readListPartitionReassignmentsResponse),
  addRaftVoter: call(80, writeAddRaftVoterRequest, readAddRaftVoterResponse),
  removeRaftVoter: call(81, writeRemoveRaftVoterRequest, readRemoveRaftVoterResponse),
  describeQuorum: call(55, writeDescribeQuorumRequest, readDescribeQuorumResponse),
  describeProducers: call(61, writeDescribeProducersRequest, readDescribeProducersResponse),
  describeTransactions: call(65, writeDescribeTransactionsRequest, readDescribeTransactionsResponse),
  listTransactions: call(66, writeListTransactionsRequest, readListTransactionsResponse),
  consumerGroupDescribe: call(69, writeConsumerGroupDescribeRequest, readConsumerGroupDescribeResponse),
} as const;

/** A request, or how to make it for the version that both sides speak. */
export type RequestFor<Q> = Q | ((version: number) => Q);

export function messageFor<Q>(request: RequestFor<Q>, version: number): Q {
  return typeof request === "function" ? (request as (version: number) => Q)(version) : request;
}
