import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  apis as schemas,
  readDeleteGroupsResponse,
  readDescribeGroupsResponse,
  readHeartbeatResponse,
  readJoinGroupResponse,
  readLeaveGroupResponse,
  readListGroupsResponse,
  readOffsetCommitResponse,
  readOffsetDeleteResponse,
  readOffsetFetchResponse,
  readSyncGroupResponse,
  writeDeleteGroupsRequest,
  writeDescribeGroupsRequest,
  writeHeartbeatRequest,
  writeJoinGroupRequest,
  writeLeaveGroupRequest,
  writeListGroupsRequest,
  writeOffsetCommitRequest,
  writeOffsetDeleteRequest,
  writeOffsetFetchRequest,
  writeSyncGroupRequest,
} from "@moldau/protocol";
import { FakeCluster, type FakeCoordinator, ORDERS_ID } from "./testing/fake-cluster";
import { joinAlone } from "./testing/group-client";

const { NONE, GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID, UNKNOWN_TOPIC_ID } = KafkaError;

/** Every version of an API that its schema has. */
function versionsOf(key: number): number[] {
  const { min, max } = schemas.get(key)!.versions;
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

describe("every version of", () => {
  let cluster: FakeCluster;
  let at: FakeCoordinator;
  beforeAll(async () => {
    cluster = new FakeCluster(2);
    at = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await at.ready();
  });
  afterAll(() => cluster.stop());

  it("JoinGroup, SyncGroup, Heartbeat and LeaveGroup takes a member in and out", async () => {
    const key = ApiKey.JoinGroup;
    for (const version of versionsOf(key)) {
      const api = { key, version, write: writeJoinGroupRequest, read: readJoinGroupResponse };
      const groupId = `join-${version}`;
      const request = {
        groupId,
        sessionTimeoutMs: 10_000,
        rebalanceTimeoutMs: version > 0 ? 10_000 : undefined,
        protocolType: "consumer",
        protocols: [{ name: "range", metadata: Buffer.from("m") }],
      };
      let joined = await at.call(api, request);
      expect(joined.errorCode).toBe(version >= 4 ? KafkaError.MEMBER_ID_REQUIRED : NONE);
      // Who is not in yet is told no protocol: null where the version has it.
      if (version >= 4) expect(joined.protocolName).toBe(version >= 7 ? null : "");
      if (version >= 4) joined = await at.call(api, { ...request, memberId: joined.memberId });
      expect(joined).toMatchObject({ errorCode: NONE, generationId: 1, protocolName: "range", skipAssignment: false });
      expect(joined.members.map(({ metadata }) => Buffer.from(metadata).toString())).toEqual(["m"]);
      expect(joined.leader).toBe(joined.memberId);

      const { memberId, generationId } = joined;
      const member = { groupId, memberId, generationId };
      const sync = { key: ApiKey.SyncGroup, write: writeSyncGroupRequest, read: readSyncGroupResponse };
      for (const syncVersion of versionsOf(ApiKey.SyncGroup)) {
        const synced = await at.call(
          { ...sync, version: syncVersion },
          {
            ...member,
            ...(syncVersion >= 5 ? { protocolType: "consumer", protocolName: "range" } : {}),
            assignments: [{ memberId, assignment: Buffer.from("a") }],
          },
        );
        expect([synced.errorCode, Buffer.from(synced.assignment).toString()]).toEqual([NONE, "a"]);
      }
      const beat = { key: ApiKey.Heartbeat, write: writeHeartbeatRequest, read: readHeartbeatResponse };
      for (const beatVersion of versionsOf(ApiKey.Heartbeat)) {
        expect((await at.call({ ...beat, version: beatVersion }, member)).errorCode).toBe(NONE);
      }
      const leave = {
        key: ApiKey.LeaveGroup,
        version: Math.min(version, 5),
        write: writeLeaveGroupRequest,
        read: readLeaveGroupResponse,
      };
      const leaving = (id: string) =>
        leave.version >= 3 ? { groupId, members: [{ memberId: id }] } : { groupId, memberId: id };
      const stranger = await at.call(leave, leaving("stranger"));
      const left = await at.call(leave, leaving(memberId));
      if (leave.version >= 3) {
        expect([stranger.errorCode, stranger.members[0]?.errorCode]).toEqual([NONE, UNKNOWN_MEMBER_ID]);
        expect(left.members[0]).toMatchObject({ memberId, errorCode: NONE });
      } else expect([stranger.errorCode, left.errorCode]).toEqual([UNKNOWN_MEMBER_ID, NONE]);
    }
  });

  it("OffsetCommit and OffsetFetch keeps an offset, by name or by id", async () => {
    for (const version of versionsOf(ApiKey.OffsetCommit)) {
      const groupId = `commit-${version}`;
      const byId = version >= 10;
      const committed = await at.call(
        { key: ApiKey.OffsetCommit, version, write: writeOffsetCommitRequest, read: readOffsetCommitResponse },
        {
          groupId,
          topics: [
            // Nothing of it is committed, so nothing is said of it.
            { ...(byId ? { topicId: ORDERS_ID } : { name: "other" }), partitions: [] },
            {
              ...(byId ? { topicId: ORDERS_ID } : { name: "orders" }),
              partitions: [
                {
                  partitionIndex: 1,
                  committedOffset: 42,
                  committedMetadata: "mine",
                  ...(version >= 6 ? { committedLeaderEpoch: 3 } : {}),
                },
              ],
            },
          ],
        },
      );
      expect(committed.topics).toHaveLength(1);
      expect(committed.topics[0]!.partitions).toMatchObject([{ partitionIndex: 1, errorCode: NONE }]);

      for (const fetchVersion of versionsOf(ApiKey.OffsetFetch)) {
        const api = {
          key: ApiKey.OffsetFetch,
          version: fetchVersion,
          write: writeOffsetFetchRequest,
          read: readOffsetFetchResponse,
        };
        const name = fetchVersion >= 10 ? { topicId: ORDERS_ID } : { name: "orders" };
        const wanted = [{ ...name, partitionIndexes: [1, 0] }];
        const named = [{ name: "orders", partitionIndexes: [1, 0] }];
        const reply = await at.call(
          api,
          fetchVersion >= 8 ? { groups: [{ groupId, topics: wanted }] } : { groupId, topics: named },
        );
        const [topic] = fetchVersion >= 8 ? reply.groups[0]!.topics : reply.topics;
        expect(topic).toMatchObject(name);
        expect(topic!.partitions).toMatchObject([
          { partitionIndex: 1, committedOffset: 42, metadata: "mine", errorCode: NONE },
          { partitionIndex: 0, committedOffset: -1, metadata: "", errorCode: NONE },
        ]);
        if (fetchVersion >= 5) expect(topic!.partitions[0]!.committedLeaderEpoch).toBe(version >= 6 ? 3 : -1);
        if (fetchVersion < 2) continue;
        const all = await at.call(
          api,
          fetchVersion >= 8 ? { groups: [{ groupId, topics: null }] } : { groupId, topics: null },
        );
        const found = fetchVersion >= 8 ? all.groups[0]!.topics : all.topics;
        expect(found).toMatchObject([{ ...name, partitions: [{ partitionIndex: 1, committedOffset: 42 }] }]);
      }
    }
  });

  it("OffsetFetch by id says which ids it does not know", async () => {
    const strange = "c3RyYW5nZUFBQUFBQUFBQQ";
    const reply = await at.call(
      { key: ApiKey.OffsetFetch, version: 10, write: writeOffsetFetchRequest, read: readOffsetFetchResponse },
      { groups: [{ groupId: "commit-9", topics: [{ topicId: strange, partitionIndexes: [0] }] }] },
    );
    expect(reply.groups[0]!.topics).toMatchObject([
      { topicId: strange, partitions: [{ partitionIndex: 0, committedOffset: -1, errorCode: UNKNOWN_TOPIC_ID }] },
    ]);
  });

  it("DescribeGroups shows a group and the lack of one", async () => {
    const { memberId } = await joinAlone(at, "described");
    const key = ApiKey.DescribeGroups;
    for (const version of versionsOf(key)) {
      const { groups } = await at.call(
        { key, version, write: writeDescribeGroupsRequest, read: readDescribeGroupsResponse },
        { groups: ["described", "missing"], ...(version >= 3 ? { includeAuthorizedOperations: true } : {}) },
      );
      expect(groups[0]).toMatchObject({
        errorCode: NONE,
        groupState: "Stable",
        protocolType: "test",
        protocolData: "p",
      });
      expect(groups[0]!.members[0]).toMatchObject({ memberId, clientId: "client", clientHost: "/10.0.0.1" });
      if (version >= 3) expect(groups[0]!.authorizedOperations).toBe(0b1101_0100_1000);
      expect(groups[1]).toMatchObject({ groupState: "Dead", errorCode: version >= 6 ? GROUP_ID_NOT_FOUND : NONE });
      if (version >= 6) expect(groups[1]!.authorizedOperations).toBe(-2_147_483_648);
    }
  });

  it("ListGroups, OffsetDelete and DeleteGroups", async () => {
    const key = ApiKey.ListGroups;
    for (const version of versionsOf(key)) {
      const { errorCode, groups } = await at.call(
        { key, version, write: writeListGroupsRequest, read: readListGroupsResponse },
        version >= 4 ? { statesFilter: ["Empty"] } : {},
      );
      expect(errorCode).toBe(NONE);
      expect(groups.map(({ groupId }) => groupId)).toContain("commit-0");
      if (version >= 4) expect(new Set(groups.map(({ groupState }) => groupState))).toEqual(new Set(["Empty"]));
    }
    const deleted = await at.call(
      { key: ApiKey.OffsetDelete, version: 0, write: writeOffsetDeleteRequest, read: readOffsetDeleteResponse },
      {
        groupId: "commit-0",
        topics: [
          { name: "orders", partitions: [{ partitionIndex: 1 }, { partitionIndex: 7 }] },
          { name: "unknown", partitions: [{ partitionIndex: 0 }] },
        ],
      },
    );
    expect(deleted.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode))).toEqual([[0, 3], [3]]);
    for (const version of versionsOf(ApiKey.DeleteGroups)) {
      const { results } = await at.call(
        { key: ApiKey.DeleteGroups, version, write: writeDeleteGroupsRequest, read: readDeleteGroupsResponse },
        { groupsNames: [`commit-${version}`, "missing", "described"] },
      );
      expect(results.map(({ errorCode }) => errorCode)).toEqual([NONE, GROUP_ID_NOT_FOUND, KafkaError.NON_EMPTY_GROUP]);
    }
  });

  it("every request is refused in its own words by a node that does not own the group", async () => {
    const other = await cluster.startCoordinator(2);
    for (const [key, wanted] of [
      [ApiKey.JoinGroup, { groupId: "g" }],
      [ApiKey.SyncGroup, { groupId: "g" }],
      [ApiKey.Heartbeat, { groupId: "g" }],
      [ApiKey.LeaveGroup, { groupId: "g" }],
      [ApiKey.OffsetDelete, { groupId: "g" }],
    ] as const) {
      for (const version of versionsOf(key)) {
        const schema = schemas.get(key)!;
        const reply = await other.call(
          {
            key,
            version,
            write: (writer, message: object, v) => schema.writeRequest(writer, message, v),
            read: (reader, v) => schema.readResponse(reader, v) as { errorCode: number },
          },
          wanted,
        );
        // From v5 on SyncGroup has to name the protocol, whoever is asked.
        const unnamed = key === ApiKey.SyncGroup && version >= 5;
        expect(reply.errorCode).toBe(unnamed ? KafkaError.INCONSISTENT_GROUP_PROTOCOL : KafkaError.NOT_COORDINATOR);
      }
    }
    for (const version of versionsOf(ApiKey.OffsetFetch)) {
      const topics = [{ name: "orders", partitionIndexes: [0] }];
      const reply = await other.call(
        { key: ApiKey.OffsetFetch, version, write: writeOffsetFetchRequest, read: readOffsetFetchResponse },
        version >= 8 ? { groups: [{ groupId: "g" }] } : { groupId: "g", topics },
      );
      const where = version >= 8 ? reply.groups[0] : version >= 2 ? reply : reply.topics[0]?.partitions[0];
      expect(where?.errorCode).toBe(KafkaError.NOT_COORDINATOR);
    }
  });
});
