import { imageOf, type MetadataRecord, record } from "@moldau/metadata";
import { foundDirectory } from "../testing/kafka-node";
import type { KafkaImage } from "./kafka-image";
import { planImport, type PlanOptions } from "./plan";
import { translate } from "./translate";

const T = "AAAAAAAAAAAAAAAAAAAAAQ";
const OFFSETS = "AAAAAAAAAAAAAAAAAAAAAg";
const usual: PlanOptions = { keepNodeIds: false, withoutSecurity: false, unclean: false, staleReplicas: false };

type Replicas = { replicas: number[]; isr: number[]; adding?: number[]; removing?: number[]; leaderEpoch?: number };

function partition(topicId: string, partitionId: number, wanted: Replicas): MetadataRecord {
  const { replicas, isr, adding = [], removing = [], leaderEpoch = 4 } = wanted;
  return record("PartitionRecord", {
    partitionId,
    topicId,
    replicas,
    isr,
    addingReplicas: adding,
    removingReplicas: removing,
    leader: isr[0] ?? -1,
    leaderRecoveryState: 0,
    leaderEpoch,
    partitionEpoch: 7,
    directories: [],
  });
}

function kafka(records: MetadataRecord[], security: KafkaImage["security"] = new Map()): KafkaImage {
  return { image: imageOf(records, { offset: 100, epoch: 3 }), security };
}

const topic = record("TopicRecord", { name: "t", topicId: T });
const at = (...partitions: number[]) => partitions.map((each) => ({ topic: "t", topicId: T, partition: each }));
const shown = (plan: ReturnType<typeof planImport>) =>
  plan.partitions.get(T)!.map(({ replicas, isr }) => `${replicas.join()} isr ${isr.join()}`);

it("makes one node of one broker: replicas elsewhere fall away, and that is said", () => {
  const image = kafka([
    topic,
    partition(T, 0, { replicas: [5, 6], isr: [6, 5] }),
    partition(T, 1, { replicas: [5], isr: [5] }),
  ]);
  const plan = planImport([foundDirectory(5, at(0, 1))], image, usual);
  expect(plan.nodes.map(({ nodeId, kafkaNodeId }) => [nodeId, kafkaNodeId])).toEqual([[1, 5]]);
  expect(shown(plan)).toEqual(["1 isr 1", "1 isr 1"]);
  expect(plan.notes).toEqual([
    "Kafka's node 5 becomes node 1",
    "1 partitions have fewer replicas than in Kafka, because the directories of one broker were given",
  ]);
});

it("counts nodes from 1 in Kafka's order, or keeps their ids; replicas keep their order", () => {
  const image = kafka([topic, partition(T, 0, { replicas: [12, 10, 11], isr: [11, 10] })]);
  const directories = [11, 12, 10].map((id) => foundDirectory(id, at(0)));
  expect(shown(planImport(directories, image, usual))).toEqual(["3,1,2 isr 2,1"]);
  expect(shown(planImport(directories, image, { ...usual, keepNodeIds: true }))).toEqual(["12,10,11 isr 11,10"]);
});

it("finds the partitions of a broker in all of its log.dirs, and takes the metadata of a controller without making it a node", () => {
  const image = kafka([
    topic,
    partition(T, 0, { replicas: [1], isr: [1] }),
    partition(T, 1, { replicas: [1], isr: [1] }),
  ]);
  const controller = foundDirectory(3000, [], { stoppedCleanly: false });
  const plan = planImport(
    [controller, foundDirectory(1, at(0), { path: "/a" }), foundDirectory(1, at(1), { path: "/b" })],
    image,
    usual,
  );
  expect(plan.nodes).toHaveLength(1);
  expect(plan.replicas.map((each) => each.directory.path)).toEqual(["/a", "/b"]);
});

it("trusts replicas that were in sync, and others only when it is told to", () => {
  const image = kafka([topic, partition(T, 0, { replicas: [1, 2, 3], isr: [3] })]);
  const two = [foundDirectory(1, at(0)), foundDirectory(2, at(0))];
  expect(() => planImport(two, image, usual)).toThrow(
    "t-0: the replicas in these directories were not in sync and may lack the newest records; give the directories of broker 3 too, or --stale-replicas to take what is there",
  );
  expect(shown(planImport(two, image, { ...usual, staleReplicas: true }))).toEqual(["1,2 isr 1"]);
});

it("refuses partitions of which there is no replica", () => {
  const image = kafka([topic, ...[0, 1, 2, 3, 4, 5, 6].map((p) => partition(T, p, { replicas: [2], isr: [2] }))]);
  expect(() => planImport([foundDirectory(1, at(0), { path: "/x" })], image, usual)).toThrow(
    "no replica of t-0, t-1, t-2, t-3, t-4 and 2 more is in these directories; give those of broker 2 too, or delete the topic in Kafka first",
  );
});

it("ends a reassignment with those that were in sync", () => {
  const moving = { replicas: [1, 2, 3], isr: [1, 2], adding: [2, 3], removing: [1] };
  const plan = planImport(
    [1, 2, 3].map((id) => foundDirectory(id, at(0))),
    kafka([topic, partition(T, 0, moving)]),
    usual,
  );
  expect(shown(plan)).toEqual(["1,2 isr 1,2"]);
  expect(plan.replicas.map(({ nodeId }) => nodeId)).toEqual([1, 2]);
});

it("leaves behind what no topic has: another topic's id under the name, deleted and stray directories", () => {
  const image = kafka([topic, partition(T, 0, { replicas: [1], isr: [1] })]);
  const other = { topic: "t", topicId: "AAAAAAAAAAAAAAAAAAAACw", partition: 1 };
  const directory = foundDirectory(1, [...at(0), other], { leftovers: ["x-0.0123-delete"] });
  expect(planImport([directory], image, usual).notes).toEqual([
    "/kafka-1: left behind, as no topic has them: x-0.0123-delete, t-1",
  ]);
});

describe("refuses", () => {
  const image = kafka([topic, partition(T, 0, { replicas: [1], isr: [1] })]);

  it.each<[string, () => unknown, RegExp]>([
    ["nothing", () => planImport([], image, usual), /give at least one directory/],
    [
      "two clusters",
      () => planImport([foundDirectory(1, at(0)), foundDirectory(2, [], { clusterId: "x" })], image, usual),
      /belongs to cluster x, .* import one cluster at a time/,
    ],
    [
      "one directory twice",
      () => planImport([foundDirectory(1, at(0)), foundDirectory(1, at(0))], image, usual),
      /named twice/,
    ],
    [
      "a partition in two directories of a broker",
      () => planImport([foundDirectory(1, at(0)), foundDirectory(1, at(0), { path: "/b" })], image, usual),
      /t-0 lies in \/kafka-1 and in \/b/,
    ],
    [
      "a broker that was killed",
      () => planImport([foundDirectory(1, at(0), { stoppedCleanly: false })], image, usual),
      /was not stopped in order, or still runs .*--unclean/,
    ],
    [
      "ACLs",
      () => planImport([foundDirectory(1, at(0))], kafka([], new Map([["AccessControlEntryRecord", 3]])), usual),
      /3 ACLs, which are not known here.*--without-security/,
    ],
    [
      "a controller alone",
      () => planImport([foundDirectory(1, [], { stoppedCleanly: false })], image, usual),
      /no partitions/,
    ],
    [
      "tiered storage",
      () =>
        planImport(
          [foundDirectory(1, at(0))],
          kafka([
            topic,
            record("ConfigRecord", {
              resourceType: 2,
              resourceName: "t",
              name: "remote.storage.enable",
              value: "true",
            }),
          ]),
          usual,
        ),
      /topic t has segments in tiered storage/,
    ],
  ])("%s", (_, act, message) => expect(act).toThrow(message));

  it("but takes what it is told to, and says so", () => {
    const security: KafkaImage["security"] = new Map([["AccessControlEntryRecord", 3]]);
    const { notes } = planImport(
      [foundDirectory(1, at(0), { stoppedCleanly: false })],
      kafka([topic, partition(T, 0, { replicas: [1], isr: [1] })], security),
      {
        ...usual,
        unclean: true,
        withoutSecurity: true,
      },
    );
    expect(notes).toEqual([
      "3 ACLs stay behind: everybody may read and write everything",
      "/kafka-1 was not left in order: its newest segments are checked at the first start",
    ]);
  });
});

it("translates: no leaders, owners that count on from Kafka's epochs, features and configuration by their new names", () => {
  const config = (resourceType: number, resourceName: string, name: string, value = "1") =>
    record("ConfigRecord", { resourceType, resourceName, name, value });
  const image = kafka([
    record("FeatureLevelRecord", { name: "metadata.version", featureLevel: 27 }),
    record("FeatureLevelRecord", { name: "kraft.version", featureLevel: 1 }),
    record("FeatureLevelRecord", { name: "share.version", featureLevel: 1 }),
    record("FeatureLevelRecord", { name: "group.version", featureLevel: 1 }),
    record("TopicRecord", { name: "__consumer_offsets", topicId: OFFSETS }),
    partition(OFFSETS, 0, { replicas: [5], isr: [5], leaderEpoch: 11 }),
    config(4, "", "log.retention.ms"),
    config(4, "5", "num.io.threads"),
    config(4, "6", "num.io.threads"),
    config(2, "__consumer_offsets", "segment.bytes", "77"),
    config(2, "__consumer_offsets", "leader.replication.throttled.replicas", "0:5"),
    record("ProducerIdsRecord", { brokerId: 5, brokerEpoch: 9, nextProducerId: 3000 }),
    record("ClientQuotaRecord", {
      entity: [{ entityType: "user", entityName: null }],
      key: "request_percentage",
      value: 5,
      remove: false,
    }),
  ]);
  const offsets = [{ topic: "__consumer_offsets", topicId: OFFSETS, partition: 0 }];
  const plan = planImport([foundDirectory(5, offsets)], image, usual);
  const directoryId = "AAAAAAAAAAAAAAAAAAAADw";
  const { records, notes } = translate(plan, new Map([[1, directoryId]]));
  const made = imageOf(records, { offset: 100, epoch: 3 });
  expect(made.clusterId).toBe("MkU3OEVBNTcwNTJENDM2Qg");
  expect([...made.features]).toEqual([
    ["metadata.version", 25],
    ["group.version", 1],
  ]);
  expect(made.partition(OFFSETS, 0)).toMatchObject({
    replicas: [1],
    isr: [1],
    leader: -1,
    leaderEpoch: 11,
    partitionEpoch: 8,
    directories: [directoryId],
  });
  expect(made.shardOwner(OFFSETS, 0)).toEqual({ ownerId: -1, ownerEpoch: 11 });
  expect(Object.fromEntries(made.configs(4, ""))).toEqual({ "log.retention.ms": "1" });
  expect(Object.fromEntries(made.configs(4, "1"))).toEqual({ "num.io.threads": "1" });
  expect(Object.fromEntries(made.configs(2, "__consumer_offsets"))).toEqual({ "segment.bytes": "77" });
  expect(made.producerIds.nextProducerId).toBe(3000);
  expect([...made.clientQuotas.values()].map(({ values }) => Object.fromEntries(values))).toEqual([
    { request_percentage: 5 },
  ]);
  expect(made.brokers.size).toBe(0);
  expect(notes).toEqual([
    "feature metadata.version goes from level 27 down to 25",
    "feature share.version (level 1) is not known here and stays behind",
    "dynamic configuration of broker 6, which was not given: num.io.threads",
    "topic __consumer_offsets: leader.replication.throttled.replicas names brokers by their former ids and stays behind",
  ]);
});
