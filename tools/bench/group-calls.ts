import {
  ApiKey,
  Reader,
  type Writer,
  readCreateTopicsResponse,
  readFindCoordinatorResponse,
  readHeartbeatResponse,
  readJoinGroupResponse,
  readMetadataResponse,
  readOffsetCommitResponse,
  readOffsetFetchResponse,
  readResponseHeader,
  readSyncGroupResponse,
  writeCreateTopicsRequest,
  writeFindCoordinatorRequest,
  writeHeartbeatRequest,
  writeJoinGroupRequest,
  writeMetadataRequest,
  writeOffsetCommitRequest,
  writeOffsetFetchRequest,
  writeSyncGroupRequest,
} from "@moldau/protocol";
import { frameOf, type LoadConnection } from "./kafka-load";

/** One API in the version that the load speaks. */
export interface LoadCall<Q, S> {
  key: number;
  version: number;
  write(writer: Writer, message: Q, version: number): void;
  read(reader: Reader, version: number): S;
}

function call<Q, S>(
  key: number,
  version: number,
  write: (writer: Writer, message: Q, version: number) => void,
  read: (reader: Reader, version: number) => S,
): LoadCall<Q, S> {
  return { key, version, write, read };
}

export const groupCalls = {
  createTopics: call(ApiKey.CreateTopics, 5, writeCreateTopicsRequest, readCreateTopicsResponse),
  metadata: call(ApiKey.Metadata, 9, writeMetadataRequest, readMetadataResponse),
  findCoordinator: call(ApiKey.FindCoordinator, 3, writeFindCoordinatorRequest, readFindCoordinatorResponse),
  join: call(ApiKey.JoinGroup, 9, writeJoinGroupRequest, readJoinGroupResponse),
  sync: call(ApiKey.SyncGroup, 5, writeSyncGroupRequest, readSyncGroupResponse),
  heartbeat: call(ApiKey.Heartbeat, 4, writeHeartbeatRequest, readHeartbeatResponse),
  commit: call(ApiKey.OffsetCommit, 8, writeOffsetCommitRequest, readOffsetCommitResponse),
  fetch: call(ApiKey.OffsetFetch, 7, writeOffsetFetchRequest, readOffsetFetchResponse),
};

/** Asks once and reads the answer. */
export async function ask<Q, S>(connection: LoadConnection, api: LoadCall<Q, S>, message: Q): Promise<S> {
  const answer = await connection.send(
    frameOf(api.key, api.version, (writer) => api.write(writer, message, api.version)),
  );
  const reader = new Reader(answer);
  readResponseHeader(reader, api.key, api.version);
  return api.read(reader, api.version);
}
