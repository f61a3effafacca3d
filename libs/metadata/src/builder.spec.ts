import { applyRecords, imageOf } from "./builder";
import { emptyImage } from "./image-data";
import { type MetadataRecord, record } from "./records";

const ORDERS = "AAAAAAAAAAAAAAAAAAAAAQ";
const BILLS = "AAAAAAAAAAAAAAAAAAAAAg";
const at = (offset: number) => ({ offset, epoch: 1 });

function node(nodeId: number, epoch: number): MetadataRecord {
  return record("RegisterBrokerRecord", {
    brokerId: nodeId,
    incarnationId: "AAAAAAAAAAAAAAAAAAAAIA",
    brokerEpoch: epoch,
    endPoints: [{ name: "PLAINTEXT", host: "127.0.0.1", port: 9092, securityProtocol: 0 }],
    rack: null,
    fenced: true,
    inControlledShutdown: false,
    logDirs: [],
  });
}

function partition(topicId: string, partitionId: number, leader = 1): MetadataRecord {
  return record("PartitionRecord", {
    partitionId,
    topicId,
    replicas: [1, 2],
    isr: [1, 2],
    removingReplicas: [],
    addingReplicas: [],
    leader,
    leaderRecoveryState: 0,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: [],
  });
}

const base = imageOf(
  [
    record("TopicRecord", { name: "orders", topicId: ORDERS }),
    partition(ORDERS, 0),
    partition(ORDERS, 1),
    record("TopicRecord", { name: "bills", topicId: BILLS }),
    partition(BILLS, 0),
    record("ConfigRecord", { resourceType: 2, resourceName: "orders", name: "retention.ms", value: "1000" }),
  ],
  at(5),
);

describe("an image", () => {
  it("stays as it was when records are applied to it", () => {
    const { image } = applyRecords(
      base,
      [record("PartitionChangeRecord", { topicId: ORDERS, partitionId: 0, leader: 2 })],
      at(6),
    );
    expect(base.partition(ORDERS, 0)?.leader).toBe(1);
    expect(image.partition(ORDERS, 0)).toMatchObject({ leader: 2, leaderEpoch: 1, partitionEpoch: 1 });
    expect([base.offset, image.offset]).toEqual([5, 6]);
  });

  it("shares with its predecessor what did not change", () => {
    const { image } = applyRecords(
      base,
      [record("PartitionChangeRecord", { topicId: ORDERS, partitionId: 0, isr: [1] })],
      at(6),
    );
    expect(image.topicsById.get(BILLS)).toBe(base.topicsById.get(BILLS));
    expect(image.partition(ORDERS, 1)).toBe(base.partition(ORDERS, 1));
    expect(image.brokers).toBe(base.brokers);
    expect(image.topicsByName.get("orders")).toBe(image.topicsById.get(ORDERS));
  });

  it("bumps only the partition epoch when the leader is not named, both when it is", () => {
    const shrunk = applyRecords(
      base,
      [record("PartitionChangeRecord", { topicId: ORDERS, partitionId: 0, isr: [1] })],
      at(6),
    ).image;
    expect(shrunk.partition(ORDERS, 0)).toMatchObject({ leaderEpoch: 0, partitionEpoch: 1, isr: [1] });
    const same = applyRecords(
      base,
      [record("PartitionChangeRecord", { topicId: ORDERS, partitionId: 0, leader: 1 })],
      at(6),
    ).image;
    expect(same.partition(ORDERS, 0)).toMatchObject({ leaderEpoch: 1, partitionEpoch: 1 });
  });

  it("forgets a deleted topic's configuration and shard owners with it", () => {
    const owned = applyRecords(
      base,
      [record("ShardOwnerRecord", { topicId: ORDERS, partition: 0, ownerId: 1, ownerEpoch: 3 })],
      at(6),
    ).image;
    expect(owned.shardOwner(ORDERS, 0)).toEqual({ ownerId: 1, ownerEpoch: 3 });
    const { image, delta } = applyRecords(owned, [record("RemoveTopicRecord", { topicId: ORDERS })], at(7));
    expect(image.topicsByName.has("orders")).toBe(false);
    expect(image.shardOwner(ORDERS, 0)).toBeUndefined();
    expect(image.configs(2, "orders").size).toBe(0);
    expect(delta.topics.get(ORDERS)).toEqual({
      id: ORDERS,
      name: "orders",
      kind: "deleted",
      partitions: new Set([0, 1]),
    });
    expect(delta.configs).toEqual([{ type: 2, name: "orders" }]);
  });

  it("registers a node with its roles, and fences it by either record", () => {
    const registered = applyRecords(
      emptyImage(),
      [node(101, 9), record("NodeRolesRecord", { nodeId: 101, roles: ["coordinator"] })],
      at(9),
    ).image;
    expect(registered.brokers.get(101)).toMatchObject({ epoch: 9, roles: ["coordinator"], fenced: true });
    const free = applyRecords(
      registered,
      [record("BrokerRegistrationChangeRecord", { brokerId: 101, brokerEpoch: 9, fenced: -1 })],
      at(10),
    ).image;
    expect(free.brokers.get(101)?.fenced).toBe(false);
    const fenced = applyRecords(free, [record("FenceBrokerRecord", { id: 101, epoch: 9 })], at(11)).image;
    expect(fenced.brokers.get(101)?.fenced).toBe(true);
  });

  it("refuses a record about a node's earlier incarnation", () => {
    const image = imageOf([node(1, 9)], at(9));
    expect(() => applyRecords(image, [record("UnfenceBrokerRecord", { id: 1, epoch: 8 })], at(10))).toThrow(
      /registered with 9/,
    );
  });

  it("refuses a log of two clusters", () => {
    const image = imageOf([record("ClusterIdRecord", { clusterId: "a" })], at(0));
    expect(() => applyRecords(image, [record("ClusterIdRecord", { clusterId: "b" })], at(1))).toThrow(/two clusters/);
  });
});

describe("a delta", () => {
  it("names what one round of records touched and nothing else", () => {
    const { delta } = applyRecords(
      base,
      [
        record("PartitionChangeRecord", { topicId: ORDERS, partitionId: 1, isr: [1] }),
        node(7, 6),
        record("ConfigRecord", { resourceType: 4, resourceName: "", name: "log.retention.ms", value: "5" }),
        record("ShardOwnerRecord", { topicId: BILLS, partition: 0, ownerId: 7, ownerEpoch: 1 }),
      ],
      at(6),
    );
    expect([...delta.topics.values()]).toEqual([
      { id: ORDERS, name: "orders", kind: "changed", partitions: new Set([1]) },
    ]);
    expect([...delta.nodes]).toEqual([7]);
    expect(delta.configs).toEqual([{ type: 4, name: "" }]);
    expect([...delta.shards]).toEqual([[BILLS, new Set([0])]]);
    expect([delta.featuresChanged, delta.producerIdsChanged]).toEqual([false, false]);
  });

  it("tells of quotas; an entity without any left is gone", () => {
    const quota = (key: string, value: number, remove = false) =>
      record("ClientQuotaRecord", { entity: [{ entityType: "user", entityName: null }], key, value, remove });
    const set = applyRecords(base, [quota("producer_byte_rate", 5), quota("request_percentage", 2.5)], at(6));
    expect(set.delta.clientQuotasChanged).toBe(true);
    expect([...set.image.clientQuotas.values()]).toEqual([
      {
        entity: new Map([["user", null]]),
        values: new Map([
          ["producer_byte_rate", 5],
          ["request_percentage", 2.5],
        ]),
      },
    ]);
    const one = applyRecords(set.image, [quota("producer_byte_rate", 0, true)], at(7)).image;
    expect([...one.clientQuotas.values()].map(({ values }) => [...values])).toEqual([[["request_percentage", 2.5]]]);
    expect(applyRecords(one, [quota("request_percentage", 0, true)], at(8)).image.clientQuotas.size).toBe(0);
    expect(applyRecords(set.image, [], at(7)).delta.clientQuotasChanged).toBe(false);
  });

  it("lists a topic that was created and deleted in one round not at all", () => {
    const { delta } = applyRecords(
      emptyImage(),
      [record("TopicRecord", { name: "x", topicId: ORDERS }), record("RemoveTopicRecord", { topicId: ORDERS })],
      at(1),
    );
    expect(delta.topics.size).toBe(0);
  });

  it("tells a topic recreated under its name from the former one", () => {
    const again = "AAAAAAAAAAAAAAAAAAAACQ";
    const { delta, image } = applyRecords(
      base,
      [
        record("RemoveTopicRecord", { topicId: ORDERS }),
        record("TopicRecord", { name: "orders", topicId: again }),
        partition(again, 0),
      ],
      at(6),
    );
    expect([...delta.topics.values()].map(({ id, kind }) => [id, kind])).toEqual([
      [ORDERS, "deleted"],
      [again, "created"],
    ]);
    expect(image.topicsByName.get("orders")?.id).toBe(again);
  });
});
