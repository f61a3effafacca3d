// What is exported is read back by what imports Kafka's; that Kafka's own tool reads it, tools/conformance shows.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageOf, type MetadataRecord, packEntry, record, recordsOf, writeMetadataRecord } from "@moldau/metadata";
import { dumpFiles } from "./dump/dump-files";
import { parseDumpArguments } from "./dump/dump-command";
import { kafkaSnapshotOf, readQuorumDirectory } from "./export-metadata";
import { kafkaImageOf } from "./import/kafka-image";
import { readMetadataLog } from "./import/metadata-log";
import type { QuorumFile } from "./quorum-file";

const T = "AAAAAAAAAAAAAAAAAAAAAQ";
const many = Array.from({ length: 1200 }, (_, i) => `topic-${i}`);

const records: MetadataRecord[] = [
  record("ClusterIdRecord", { clusterId: "MkU3OEVBNTcwNTJENDM2Qg" }),
  record("FeatureLevelRecord", { name: "metadata.version", featureLevel: 25 }),
  record("TopicRecord", { name: "t", topicId: T }),
  record("PartitionRecord", {
    partitionId: 0,
    topicId: T,
    replicas: [1, 2],
    isr: [2],
    removingReplicas: [],
    addingReplicas: [],
    leader: 2,
    leaderRecoveryState: 0,
    leaderEpoch: 5,
    partitionEpoch: 6,
    directories: ["AAAAAAAAAAAAAAAAAAAADw", "AAAAAAAAAAAAAAAAAAAAEA"],
  }),
  record("ShardOwnerRecord", { topicId: T, partition: 0, ownerId: 1, ownerEpoch: 3 }),
  ...many.map((resourceName) =>
    record("ConfigRecord", { resourceType: 2, resourceName, name: "retention.ms", value: "1" }),
  ),
  record("ProducerIdsRecord", { brokerId: -1, brokerEpoch: -1, nextProducerId: 4000 }),
];

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "moldau-export-"))));
afterEach(() => rmSync(dir, { recursive: true }));

it("is one of Kafka's snapshots, without the records that Kafka does not know", () => {
  const image = imageOf(records, { offset: 90, epoch: 4 });
  const log = join(dir, "__cluster_metadata-0");
  mkdirSync(log);
  writeFileSync(join(log, "00000000000000000091-0000000004.checkpoint"), kafkaSnapshotOf(image, 1_700_000_000_000));
  const metadata = readMetadataLog(log);
  expect([metadata.endOffset, metadata.epoch]).toEqual([91, 4]);
  const back = kafkaImageOf(metadata).image;
  const own = new Set(["ClusterIdRecord", "ShardOwnerRecord"]);
  expect([...recordsOf(back)]).toEqual([...recordsOf(image)].filter(({ name }) => !own.has(name)));
});

describe("a controller's directory", () => {
  const entry = (index: number, ...content: MetadataRecord[]) => ({
    entry: { index, term: 2, type: "data", payload: packEntry(content.map(writeMetadataRecord)) },
    position: index * 10,
    sizeBytes: 10,
  });
  const level = (featureLevel: number) => record("FeatureLevelRecord", { name: "group.version", featureLevel });
  const files: Record<string, QuorumFile> = {
    "00000000000000000005-0000000001.checkpoint": {
      kind: "snapshot",
      offset: 5,
      epoch: 1,
      voters: [{ id: 201, directoryId: "AAAAAAAAAAAAAAAAAAAAAA" }],
      payload: packEntry(records.slice(0, 4).map(writeMetadataRecord)),
    },
    "00000000000000000005.raftlog": {
      kind: "entries",
      entries: [
        // Already in the snapshot: applied again it would contradict it.
        entry(5, records[2]!),
        { entry: { index: 6, term: 2, type: "leader", payload: new Uint8Array(0) }, position: 60, sizeBytes: 31 },
        entry(7, level(1)),
      ],
      tornBytes: 3,
    },
  };
  const readFile = (path: string) => files[path.slice(dir.length + 1)];
  beforeEach(() => Object.keys(files).forEach((name) => writeFileSync(join(dir, name), "")));

  it("is its newest snapshot and the entries behind it", () => {
    const image = readQuorumDirectory(dir, readFile);
    expect([image.offset, image.epoch, image.features.get("group.version"), image.topicsById.size]).toEqual([
      7, 2, 1, 1,
    ]);
    rmSync(join(dir, "00000000000000000005-0000000001.checkpoint"));
    rmSync(join(dir, "00000000000000000005.raftlog"));
    expect(() => readQuorumDirectory(dir, readFile)).toThrow("no metadata in it");
  });

  it("is shown in lines like Kafka's, an entry where a batch would be", () => {
    const paths = Object.keys(files).map((name) => join(dir, name));
    const dump = (...flags: string[]) =>
      [...dumpFiles(parseDumpArguments([...flags, "--files", paths.join(",")], "dump")!, readFile)].map(({ text }) =>
        text.replace(`${dir}/`, ""),
      );
    expect(dump()).toEqual([
      "Dumping 00000000000000000005-0000000001.checkpoint",
      "Snapshot end offset: 5, epoch: 1",
      "voters: [201 (AAAAAAAAAAAAAAAAAAAAAA)]",
      "Dumping 00000000000000000005.raftlog",
      "Log starting offset: 5",
      "offset: 5 epoch: 2 type: data count: 1 position: 50 size: 10",
      "offset: 6 epoch: 2 type: leader position: 60 size: 31",
      "offset: 7 epoch: 2 type: data count: 1 position: 70 size: 10",
      "Found 3 invalid bytes at the end of 00000000000000000005.raftlog",
    ]);
    const decoded = dump("--cluster-metadata-decoder");
    expect(decoded[3]).toBe(
      '| offset: 5 valueSize: 29 payload: {"type":"CLUSTER_ID_RECORD","version":0,"data":{"clusterId":"MkU3OEVBNTcwNTJENDM2Qg"}}',
    );
    expect(decoded).toContain(
      '| offset: 7 valueSize: 20 payload: {"type":"FEATURE_LEVEL_RECORD","version":0,"data":{"name":"group.version","featureLevel":1}}',
    );
    expect(dump("--deep-iteration", "--skip-record-metadata")[3]).toBe("|");
  });
});
