// Requests in versions that Kafka 4 dropped, as sarama before 1.38, kafka-go and Burrow still send them. A task and its answer
// are those of the other drivers (driver-kit.mjs).
import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  readFindCoordinatorResponse,
  readHeartbeatResponse,
  readJoinGroupResponse,
  readLeaveGroupResponse,
  readListOffsetsResponse,
  readOffsetCommitResponse,
  readOffsetFetchResponse,
  readSyncGroupResponse,
  writeFindCoordinatorRequest,
  writeHeartbeatRequest,
  writeJoinGroupRequest,
  writeLeaveGroupRequest,
  writeListOffsetsRequest,
  writeOffsetCommitRequest,
  writeOffsetFetchRequest,
  writeSyncGroupRequest,
} from "@moldau/protocol";
import { ask } from "../../bench/group-calls";
import { LoadConnection } from "../../bench/kafka-load";

const task = JSON.parse(process.argv[2]!) as { bootstrap: string; topic: string; group: string };
const emit = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);

function expectNone(what: string, code: number): void {
  if (code !== KafkaError.NONE) throw new Error(`${what} was answered with error ${code}`);
}

function expectEqual(what: string, have: unknown, wanted: unknown): void {
  if (have !== wanted) throw new Error(`${what} is ${String(have)} and not ${String(wanted)}`);
}

const find = {
  key: ApiKey.FindCoordinator,
  version: 0,
  write: writeFindCoordinatorRequest,
  read: readFindCoordinatorResponse,
};
const join = (version: number) => ({
  key: ApiKey.JoinGroup,
  version,
  write: writeJoinGroupRequest,
  read: readJoinGroupResponse,
});
const sync = { key: ApiKey.SyncGroup, version: 0, write: writeSyncGroupRequest, read: readSyncGroupResponse };
const heartbeat = { key: ApiKey.Heartbeat, version: 0, write: writeHeartbeatRequest, read: readHeartbeatResponse };
const leave = { key: ApiKey.LeaveGroup, version: 0, write: writeLeaveGroupRequest, read: readLeaveGroupResponse };
const commit = (version: number) => ({
  key: ApiKey.OffsetCommit,
  version,
  write: writeOffsetCommitRequest,
  read: readOffsetCommitResponse,
});
const fetch = (version: number) => ({
  key: ApiKey.OffsetFetch,
  version,
  write: writeOffsetFetchRequest,
  read: readOffsetFetchResponse,
});
const listOffsets = {
  key: ApiKey.ListOffsets,
  version: 0,
  write: writeListOffsetsRequest,
  read: readListOffsetsResponse,
};

/** Address of the group's coordinator by FindCoordinator 0, which may have to be asked until the coordinators' topic is there. */
async function coordinator(group: string): Promise<string> {
  const connection = await LoadConnection.open(task.bootstrap.split(",")[0]!);
  for (;;) {
    const found = await ask(connection, find, { key: group });
    if (found.errorCode === KafkaError.NONE) {
      connection.close();
      return `${found.host}:${found.port}`;
    }
    expectEqual("error of FindCoordinator 0", found.errorCode, KafkaError.COORDINATOR_NOT_AVAILABLE);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits while the shard is being loaded, as every client does. */
async function retried(what: string, attempt: () => Promise<number>): Promise<void> {
  for (;;) {
    const code = await attempt();
    if (code === KafkaError.COORDINATOR_LOAD_IN_PROGRESS || code === KafkaError.NOT_COORDINATOR) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    } else return expectNone(what, code);
  }
}

async function members(door: string): Promise<void> {
  const [first, second] = [await LoadConnection.open(door), await LoadConnection.open(door)];
  const request = {
    groupId: task.group,
    sessionTimeoutMs: 10_000,
    protocolType: "consumer",
    protocols: [{ name: "range", metadata: Buffer.from("m") }],
  };
  let joined = await Promise.all([
    ask(first, join(0), request),
    ask(second, join(1), { ...request, rebalanceTimeoutMs: 10_000 }),
  ]);
  if (joined.some(({ errorCode }) => errorCode === KafkaError.COORDINATOR_LOAD_IN_PROGRESS)) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    joined = await Promise.all([
      ask(first, join(0), request),
      ask(second, join(1), { ...request, rebalanceTimeoutMs: 10_000 }),
    ]);
  }
  const [a, b] = joined;
  expectNone("JoinGroup 0", a.errorCode);
  expectNone("JoinGroup 1", b.errorCode);
  expectEqual("generation of the second member", b.generationId, a.generationId);
  const leader = a.leader === a.memberId ? a : b;
  expectEqual("number of members that the leader sees", leader.members.length, 2);
  const assignments = leader.members.map(({ memberId }, i) => ({ memberId, assignment: Buffer.from(`part ${i}`) }));
  const synced = await Promise.all(
    [a, b].map(({ memberId, generationId }, i) =>
      ask([first, second][i]!, sync, {
        groupId: task.group,
        memberId,
        generationId,
        assignments: memberId === leader.memberId ? assignments : [],
      }),
    ),
  );
  for (const [i, { errorCode, assignment }] of synced.entries()) {
    expectNone("SyncGroup 0", errorCode);
    const own = assignments.find(({ memberId }) => memberId === [a, b][i]!.memberId)!;
    expectEqual("assignment", Buffer.from(assignment).toString(), own.assignment.toString());
  }
  const { memberId, generationId } = a;
  expectNone("Heartbeat 0", (await ask(first, heartbeat, { groupId: task.group, memberId, generationId })).errorCode);
  const committed = await ask(first, commit(1), {
    groupId: task.group,
    generationIdOrMemberEpoch: generationId,
    memberId,
    topics: [
      { name: task.topic, partitions: [{ partitionIndex: 0, committedOffset: 17, committedMetadata: "by version 1" }] },
    ],
  });
  expectNone("OffsetCommit 1", committed.topics[0]!.partitions[0]!.errorCode);
  const stale = await ask(first, commit(1), {
    groupId: task.group,
    generationIdOrMemberEpoch: generationId + 1,
    memberId,
    topics: [{ name: task.topic, partitions: [{ partitionIndex: 0, committedOffset: 99, committedMetadata: null }] }],
  });
  expectEqual(
    "error of OffsetCommit 1 of another generation",
    stale.topics[0]!.partitions[0]!.errorCode,
    KafkaError.ILLEGAL_GENERATION,
  );
  await readBack(first, task.group, 17, "by version 1");
  for (const [connection, member] of [
    [first, a],
    [second, b],
  ] as const) {
    const left = await ask(connection, leave, { groupId: task.group, memberId: member.memberId });
    expectNone("LeaveGroup 0", left.errorCode);
    connection.close();
  }
}

async function readBack(connection: LoadConnection, group: string, offset: number, metadata: string): Promise<void> {
  for (const version of [0, 1]) {
    const reply = await ask(connection, fetch(version), {
      groupId: group,
      topics: [{ name: task.topic, partitionIndexes: [0] }],
    });
    const { errorCode, committedOffset, metadata: note } = reply.topics[0]!.partitions[0]!;
    expectNone(`OffsetFetch ${version}`, errorCode);
    expectEqual(`offset by OffsetFetch ${version}`, committedOffset, offset);
    expectEqual(`metadata by OffsetFetch ${version}`, note, metadata);
  }
}

/** OffsetCommit 0 knows neither members nor generations. */
async function withoutMembers(door: string, group: string): Promise<void> {
  const connection = await LoadConnection.open(door);
  await retried("OffsetCommit 0", async () => {
    const reply = await ask(connection, commit(0), {
      groupId: group,
      topics: [
        {
          name: task.topic,
          partitions: [{ partitionIndex: 0, committedOffset: 23, committedMetadata: "by version 0" }],
        },
      ],
    });
    return reply.topics[0]!.partitions[0]!.errorCode;
  });
  await readBack(connection, group, 23, "by version 0");
  connection.close();
}

/** ListOffsets 0 answers a list of offsets. */
async function offsets(): Promise<void> {
  const connection = await LoadConnection.open(task.bootstrap.split(",")[0]!);
  const reply = await ask(connection, listOffsets, {
    replicaId: -1,
    topics: [{ name: task.topic, partitions: [{ partitionIndex: 0, timestamp: -1, maxNumOffsets: 1 }] }],
  });
  connection.close();
  const { errorCode, oldStyleOffsets } = reply.topics[0]!.partitions[0]!;
  // With several brokers the one at the bootstrap address need not lead the partition.
  if (errorCode === KafkaError.NOT_LEADER_OR_FOLLOWER) return;
  expectNone("ListOffsets 0", errorCode);
  expectEqual("end by ListOffsets 0", oldStyleOffsets[0], 0);
}

async function main(): Promise<void> {
  await members(await coordinator(task.group));
  await withoutMembers(await coordinator(`${task.group}-alone`), `${task.group}-alone`);
  await offsets();
}

main().then(
  () => {
    emit({ event: "done" });
    process.exit(0);
  },
  (error: unknown) => {
    emit({ event: "failed", error: String(error) });
    process.exit(1);
  },
);
