import { KafkaError, shardOf } from "@moldau/base";
import type { VerifyTransactionRequest } from "@moldau/contracts";
import {
  ApiKey,
  readHeartbeatResponse,
  readOffsetFetchResponse,
  readSyncGroupResponse,
  readTxnOffsetCommitResponse,
  writeHeartbeatRequest,
  writeOffsetFetchRequest,
  writeSyncGroupRequest,
  writeTxnOffsetCommitRequest,
} from "@moldau/protocol";
import { FakeCluster, type FakeCoordinator, OFFSETS_ID } from "./testing/fake-cluster";

const {
  NONE,
  COORDINATOR_LOAD_IN_PROGRESS,
  COORDINATOR_NOT_AVAILABLE,
  INVALID_PRODUCER_EPOCH,
  INVALID_TXN_STATE,
  NOT_COORDINATOR,
  PRODUCER_FENCED,
  TRANSACTION_ABORTABLE,
  UNSTABLE_OFFSET_COMMIT,
} = KafkaError;
const versions = [0, 1, 2, 3, 4, 5];

function commitAt(at: FakeCoordinator, version: number, options: { offset?: number; groupId?: string } = {}) {
  const api = {
    key: ApiKey.TxnOffsetCommit,
    version,
    write: writeTxnOffsetCommitRequest,
    read: readTxnOffsetCommitResponse,
  };
  const { offset = 5, groupId = "g" } = options;
  const partitions = [
    { partitionIndex: 0, committedOffset: offset },
    { partitionIndex: 9, committedOffset: offset },
  ];
  const request = {
    transactionalId: "t",
    groupId,
    producerId: 7,
    producerEpoch: 1,
    topics: [{ name: "orders", partitions }],
  };
  return at
    .call(api, request)
    .then((reply) => reply.topics.flatMap((topic) => topic.partitions.map(({ errorCode }) => errorCode)));
}

async function committed(at: FakeCoordinator, requireStable: boolean): Promise<[number, number]> {
  const api = { key: ApiKey.OffsetFetch, version: 9, write: writeOffsetFetchRequest, read: readOffsetFetchResponse };
  const groups = [{ groupId: "g", topics: [{ name: "orders", partitionIndexes: [0] }] }];
  const reply = await at.call(api, { groups, requireStable });
  const [found] = reply.groups[0]!.topics[0]!.partitions;
  return [found!.committedOffset, found!.errorCode];
}

describe("TxnOffsetCommit", () => {
  let cluster: FakeCluster;
  let one: FakeCoordinator;
  const asked: VerifyTransactionRequest[] = [];

  beforeEach(async () => {
    asked.length = 0;
    cluster = new FakeCluster(3);
    cluster.addTransactions();
    cluster.verify = (request) => {
      asked.push(request);
      return NONE;
    };
    one = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    await one.ready();
  });
  afterEach(() => cluster.stop());

  const shard = shardOf("g", 3);
  const end = (commit: boolean) =>
    one.writeMarkers({
      timeoutMs: 1_000,
      markers: [
        {
          producerId: 7,
          producerEpoch: 1,
          coordinatorEpoch: 0,
          commit,
          transactionVersion: 0,
          partitions: [{ topicId: OFFSETS_ID, partition: shard }],
        },
      ],
    });

  it.each(versions)("v%i is verified once, pending until the marker, and survives its coordinator", async (version) => {
    expect(await commitAt(one, version)).toEqual([NONE, KafkaError.UNKNOWN_TOPIC_OR_PARTITION]);
    expect(await commitAt(one, version, { offset: 6 })).toEqual([NONE, KafkaError.UNKNOWN_TOPIC_OR_PARTITION]);
    const partitions = [{ topicId: OFFSETS_ID, partition: shard }];
    expect(asked).toEqual([{ transactionalId: "t", producerId: 7, producerEpoch: 1, partitions, add: version === 5 }]);
    expect(await committed(one, false)).toEqual([-1, NONE]);
    expect(await committed(one, true)).toEqual([-1, UNSTABLE_OFFSET_COMMIT]);

    cluster.assignAll(2, 2);
    one = await cluster.startCoordinator(2);
    await one.ready();
    expect(await committed(one, true)).toEqual([-1, UNSTABLE_OFFSET_COMMIT]);
    expect((await end(true)).markers[0]!.partitions[0]!.errorCode).toBe(NONE);
    expect(await committed(one, true)).toEqual([6, NONE]);

    cluster.assignAll(3, 3);
    one = await cluster.startCoordinator(3);
    await one.ready();
    expect(await committed(one, true)).toEqual([6, NONE]);
  });

  it("is void where the transaction aborts", async () => {
    await commitAt(one, 3);
    await end(false);
    expect(await committed(one, true)).toEqual([-1, NONE]);
  });

  it("is refused where the transaction ended while it was verified", async () => {
    cluster.verify = async () => {
      await end(false);
      return NONE;
    };
    expect((await commitAt(one, 3))[0]).toBe(INVALID_TXN_STATE);
    expect(await committed(one, true)).toEqual([-1, NONE]);
  });

  it.each([
    [TRANSACTION_ABORTABLE, 3, INVALID_TXN_STATE],
    [TRANSACTION_ABORTABLE, 4, TRANSACTION_ABORTABLE],
    [PRODUCER_FENCED, 4, INVALID_PRODUCER_EPOCH],
    [KafkaError.INVALID_PRODUCER_ID_MAPPING, 4, KafkaError.INVALID_PRODUCER_ID_MAPPING],
    [NOT_COORDINATOR, 4, COORDINATOR_LOAD_IN_PROGRESS],
    [NOT_COORDINATOR, 1, COORDINATOR_NOT_AVAILABLE],
    [KafkaError.CONCURRENT_TRANSACTIONS, 5, COORDINATOR_LOAD_IN_PROGRESS],
  ])("tells the client what the transaction's coordinator said: %i at v%i", async (said, version, told) => {
    cluster.verify = () => said;
    expect((await commitAt(one, version))[0]).toBe(told);
  });

  it("refuses a group without a name, and where nobody coordinates transactions", async () => {
    expect((await commitAt(one, 3, { groupId: "" }))[0]).toBe(KafkaError.INVALID_GROUP_ID);
    const without = new FakeCluster(1);
    const at = await without.startCoordinator(1);
    without.assignAll(1, 1);
    await at.ready();
    expect((await commitAt(at, 3))[0]).toBe(COORDINATOR_NOT_AVAILABLE);
    await without.stop();
  });
});

describe("while a shard loads", () => {
  it("members are neither thrown out nor kept waiting", async () => {
    const cluster = new FakeCluster(1);
    cluster.partitions[0]!.claimFaults = Array.from({ length: 5 }, () => KafkaError.NOT_ENOUGH_REPLICAS);
    const at = await cluster.startCoordinator(1);
    cluster.assignAll(1, 1);
    const member = { groupId: "g", memberId: "m", generationId: 1 };
    const heartbeat = { key: ApiKey.Heartbeat, version: 4, write: writeHeartbeatRequest, read: readHeartbeatResponse };
    const sync = { key: ApiKey.SyncGroup, version: 4, write: writeSyncGroupRequest, read: readSyncGroupResponse };
    expect((await at.call(heartbeat, member)).errorCode).toBe(NONE);
    expect((await at.call(sync, member)).errorCode).toBe(KafkaError.REBALANCE_IN_PROGRESS);
    await cluster.stop();
  });
});
