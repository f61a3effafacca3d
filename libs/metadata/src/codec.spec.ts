import { readMetadataRecord, writeMetadataRecord } from "./codec";
import { type MetadataRecord, record } from "./records";

const TOPIC = "AAAAAAAAAAAAAAAAAAAAAQ";

const samples: MetadataRecord[] = [
  record("RegisterBrokerRecord", {
    brokerId: 1,
    incarnationId: TOPIC,
    brokerEpoch: -1,
    endPoints: [{ name: "RPC", host: "h", port: 65535, securityProtocol: 3 }],
    rack: "a",
    fenced: false,
    inControlledShutdown: true,
    logDirs: [TOPIC],
  }),
  record("NodeRolesRecord", { nodeId: 1, roles: ["broker", "coordinator"] }),
  record("ShardOwnerRecord", { topicId: TOPIC, partition: 3, ownerId: -1, ownerEpoch: 9 }),
  record("ClusterIdRecord", { clusterId: TOPIC }),
  record("PartitionRecord", {
    partitionId: 0,
    topicId: TOPIC,
    replicas: [1, 2],
    isr: [],
    removingReplicas: [],
    addingReplicas: [],
    leader: -1,
    leaderRecoveryState: 1,
    leaderEpoch: 5,
    partitionEpoch: 7,
    directories: [],
    eligibleLeaderReplicas: [2],
    lastKnownElr: [1],
  }),
  record("PartitionChangeRecord", { partitionId: 0, topicId: TOPIC, isr: [], eligibleLeaderReplicas: [], leader: -1 }),
  record("ConfigRecord", { resourceType: 2, resourceName: "t", name: "k", value: null }),
  record("FeatureLevelRecord", { name: "metadata.version", featureLevel: 25 }),
  record("ProducerIdsRecord", { brokerId: -1, brokerEpoch: -1, nextProducerId: 2 ** 40 }),
  record("ClientQuotaRecord", {
    entity: [
      { entityType: "user", entityName: null },
      { entityType: "client-id", entityName: "c" },
    ],
    key: "request_percentage",
    value: 12.5,
    remove: false,
  }),
  record("BrokerRegistrationChangeRecord", { brokerId: 1, brokerEpoch: 4, fenced: -1 }),
];

it.each(samples.map((each) => [each.name, each] as const))("%s survives the wire", (_name, sample) => {
  const again = readMetadataRecord(writeMetadataRecord(sample));
  expect(again.name).toBe(sample.name);
  expect(again.value).toMatchObject(sample.value);
});

it("keeps what a partition change leaves alone apart from what it empties", () => {
  const change = readMetadataRecord(
    writeMetadataRecord(record("PartitionChangeRecord", { partitionId: 0, topicId: TOPIC, isr: [] })),
  );
  expect(change.value).toMatchObject({ isr: [], leader: -2, eligibleLeaderReplicas: null, leaderRecoveryState: -1 });
});

it("refuses bytes that are no record", () => {
  expect(() => readMetadataRecord(Uint8Array.of(1, 2))).toThrow();
  expect(() => readMetadataRecord(Uint8Array.of(0, 0, 0))).toThrow(/frame version/);
});
