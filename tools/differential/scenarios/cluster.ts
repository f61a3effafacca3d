// ApiVersions, DescribeCluster, quorum, features, elections, reassignments, log dirs, and bytes that are no request.
import { ApiKey } from "@moldau/protocol";
import type { Answer } from "../stage";
import { scenario, strangeId } from "./scenario";

export const clusterScenarios = [
  scenario("ApiVersions", async (stage) => {
    const client = { clientSoftwareName: "differential", clientSoftwareVersion: "1.0" };
    await stage.each(ApiKey.ApiVersions, "all", (version) => (version < 3 ? {} : client));
    await stage.each(ApiKey.ApiVersions, "no name", { ...client, clientSoftwareName: "" }, { from: 3 });
    await stage.each(ApiKey.ApiVersions, "no version", { ...client, clientSoftwareVersion: "" }, { from: 3 });
    await stage.each(ApiKey.ApiVersions, "bad name", { ...client, clientSoftwareName: "a b" }, { from: 3 });
    await stage.each(ApiKey.ApiVersions, "dash at the end", { ...client, clientSoftwareName: "a-" }, { from: 3 });
  }),
  scenario("DescribeCluster", async (stage) => {
    await stage.each(ApiKey.DescribeCluster, "brokers", {});
    await stage.each(ApiKey.DescribeCluster, "with operations", { includeClusterAuthorizedOperations: true });
    await stage.each(ApiKey.DescribeCluster, "with fenced brokers", { includeFencedBrokers: true }, { from: 2 });
    await stage.each(ApiKey.DescribeCluster, "controllers", { endpointType: 2 }, { from: 1 });
    await stage.each(ApiKey.DescribeCluster, "endpoints of type 9", { endpointType: 9 }, { from: 1 });
    await stage.each(ApiKey.DescribeCluster, "endpoints of type 0", { endpointType: 0 }, { from: 1 });
  }),
  scenario("quorum and brokers", async (stage) => {
    const of = (topicName: string, ...partitions: number[]) => ({
      topics: [{ topicName, partitions: partitions.map((partitionIndex) => ({ partitionIndex })) }],
    });
    await stage.each(ApiKey.DescribeQuorum, "metadata", of("__cluster_metadata", 0));
    await stage.each(ApiKey.DescribeQuorum, "other partition", of("__cluster_metadata", 1));
    await stage.each(ApiKey.DescribeQuorum, "other topic", of("nowhere", 0));
    await stage.each(ApiKey.DescribeQuorum, "two partitions", of("__cluster_metadata", 0, 1));
    await stage.each(ApiKey.DescribeQuorum, "nothing", { topics: [] });
    await stage.each(ApiKey.UnregisterBroker, "stranger", { brokerId: 77 });
    await stage.each(ApiKey.UnregisterBroker, "negative", { brokerId: -1 });
    const voter = {
      clusterId: null,
      timeoutMs: 1000,
      voterId: 77,
      voterDirectoryId: strangeId,
      listeners: [{ name: "CONTROLLER", host: "127.0.0.1", port: 1 }],
    };
    await stage.each(ApiKey.AddRaftVoter, "other cluster", { ...voter, clusterId: "c3RyYW5nZXIgY2x1c3RlciA" });
    await stage.each(ApiKey.AddRaftVoter, "no listeners", { ...voter, listeners: [] });
    await stage.each(ApiKey.AddRaftVoter, "negative id", { ...voter, voterId: -1 });
    await stage.each(ApiKey.AddRaftVoter, "there already", { ...voter, voterId: 1 });
    await stage.each(ApiKey.RemoveRaftVoter, "stranger", { clusterId: null, voterId: 77, voterDirectoryId: strangeId });
    await stage.each(ApiKey.RemoveRaftVoter, "other directory", {
      clusterId: null,
      voterId: 1,
      voterDirectoryId: strangeId,
    });
    await stage.each(ApiKey.RemoveRaftVoter, "other cluster", {
      clusterId: "c3RyYW5nZXIgY2x1c3RlciA",
      voterId: 1,
      voterDirectoryId: strangeId,
    });
  }),
  scenario("features", async (stage) => {
    const update = (
      label: string,
      feature: string,
      maxVersionLevel: number,
      upgradeType = 1,
      validateOnly = true,
      range: object = { from: 1 },
    ) =>
      stage.each(
        ApiKey.UpdateFeatures,
        label,
        { featureUpdates: [{ feature, maxVersionLevel, upgradeType }], validateOnly, timeoutMs: 30_000 },
        range,
      );
    await update("unknown feature", "no.such", 1);
    await update("too far", "group.version", 99);
    await update("no change", "group.version", 1);
    await update("negative", "group.version", -1);
    await update("downgrade without leave", "group.version", 0);
    await update("safe downgrade", "group.version", 0, 2);
    await update("unsafe downgrade", "group.version", 0, 3);
    await update("downgrade that is none", "group.version", 1, 2);
    await update("type 9", "group.version", 1, 9);
    await update("type 0", "group.version", 1, 0);
    await update("transactions back", "transaction.version", 1, 2);
    await update("metadata, unknown level", "metadata.version", 999);
    await update("metadata, level 1", "metadata.version", 1, 2);
    await update("quorum", "kraft.version", 99);
    await update("empty name", "", 1);
    await stage.each(ApiKey.UpdateFeatures, "none", { featureUpdates: [], timeoutMs: 30_000 });
    await stage.each(ApiKey.UpdateFeatures, "one twice", {
      featureUpdates: [
        { feature: "group.version", maxVersionLevel: 1 },
        { feature: "group.version", maxVersionLevel: 1 },
      ],
      timeoutMs: 30_000,
    });
    await stage.each(ApiKey.UpdateFeatures, "good and bad", {
      featureUpdates: [
        { feature: "group.version", maxVersionLevel: 1 },
        { feature: "no.such", maxVersionLevel: 1 },
      ],
      timeoutMs: 30_000,
    });
    await stage.each(
      ApiKey.UpdateFeatures,
      "old version, unknown",
      { featureUpdates: [{ feature: "no.such", maxVersionLevel: 1, allowDowngrade: false }], timeoutMs: 30_000 },
      { to: 0 },
    );
    await stage.each(
      ApiKey.UpdateFeatures,
      "old version, downgrade",
      { featureUpdates: [{ feature: "group.version", maxVersionLevel: 99, allowDowngrade: true }], timeoutMs: 30_000 },
      { to: 0 },
    );
  }),
  scenario("elections and reassignments", async (stage) => {
    await stage.topic("el", 2);
    const elect = (label: string, topicPartitions: object[] | null, extra: object = {}) =>
      stage.each(ApiKey.ElectLeaders, label, (version) => ({
        ...(version >= 1 ? { electionType: 0 } : {}),
        topicPartitions,
        timeoutMs: 30_000,
        ...extra,
      }));
    await elect("preferred", [{ topic: "el", partitions: [0, 1] }]);
    await elect("unclean", [{ topic: "el", partitions: [0] }], { electionType: 1 });
    await elect("type 9", [{ topic: "el", partitions: [0] }], { electionType: 9 });
    await elect("unknown partition", [{ topic: "el", partitions: [9, -1] }]);
    await elect("unknown topic", [{ topic: "nowhere", partitions: [0] }]);
    await elect("none", []);
    await elect("all", null);
    await elect("partition twice", [{ topic: "el", partitions: [0, 0] }]);
    await elect("unclean, all", null, { electionType: 1 });
    const move = (label: string, partitions: object[], extra: object = {}) =>
      stage.each(ApiKey.AlterPartitionReassignments, label, {
        topics: [{ name: "el", partitions }],
        timeoutMs: 30_000,
        ...extra,
      });
    await move("to where it is", [{ partitionIndex: 0, replicas: [1] }]);
    await move("nothing to cancel", [{ partitionIndex: 0, replicas: null }]);
    await move("to a stranger", [{ partitionIndex: 0, replicas: [77] }]);
    await move("to nobody", [{ partitionIndex: 0, replicas: [] }]);
    await move("twice to one", [{ partitionIndex: 0, replicas: [1, 1] }]);
    await move("to a negative one", [{ partitionIndex: 0, replicas: [-1] }]);
    await move("unknown partition", [{ partitionIndex: 9, replicas: [1] }]);
    await move("good and unknown", [
      { partitionIndex: 0, replicas: [1] },
      { partitionIndex: 9, replicas: [1] },
    ]);
    await move("partition twice", [
      { partitionIndex: 0, replicas: [1] },
      { partitionIndex: 0, replicas: [77] },
    ]);
    await move("unknown topic", [], {
      topics: [{ name: "nowhere", partitions: [{ partitionIndex: 0, replicas: [1] }] }],
    });
    await move("nothing", [], { topics: [] });
    await stage.each(ApiKey.ListPartitionReassignments, "all", { topics: null, timeoutMs: 30_000 });
    await stage.each(ApiKey.ListPartitionReassignments, "some", {
      topics: [{ name: "el", partitionIndexes: [0, 9] }],
      timeoutMs: 30_000,
    });
    await stage.each(ApiKey.ListPartitionReassignments, "unknown", {
      topics: [{ name: "nowhere", partitionIndexes: [0] }],
      timeoutMs: 30_000,
    });
    await stage.each(ApiKey.ListPartitionReassignments, "none", { topics: [], timeoutMs: 30_000 });
  }),
  scenario("log directories", async (stage) => {
    await stage.topic("ld", 2);
    // A broker makes the directories a moment after the metadata names it.
    const listed = (answer: Answer) => answer.results[0].topics[0]?.partitions.length === 2;
    await stage.until(ApiKey.DescribeLogDirs, 2, { topics: [{ topic: "ld", partitions: [0, 1] }] }, listed);
    await stage.each(ApiKey.DescribeLogDirs, "one topic", { topics: [{ topic: "ld", partitions: [0, 1] }] });
    await stage.each(ApiKey.DescribeLogDirs, "unknown", {
      topics: [
        { topic: "nowhere", partitions: [0] },
        { topic: "ld", partitions: [9] },
      ],
    });
    await stage.each(ApiKey.DescribeLogDirs, "none", { topics: [] });
    const alter = (label: string, path: string, topics: object[]) =>
      stage.each(ApiKey.AlterReplicaLogDirs, label, { dirs: [{ path, topics }] });
    await alter("unknown directory", "/no/such/directory", [{ name: "ld", partitions: [0] }]);
    await alter("relative directory", "here", [{ name: "ld", partitions: [0] }]);
    await alter("unknown topic", "/no/such/directory", [{ name: "nowhere", partitions: [0] }]);
    await alter("nothing", "/no/such/directory", []);
  }),
  scenario("bytes", async (stage) => {
    const bytes = (...list: number[]) => Uint8Array.from(list);
    const header = (key: number, version: number, ...rest: number[]) =>
      bytes(0, key, 0, version, 0, 0, 0, 9, 0, 1, 97, ...rest);
    const soon = { waitMs: 2_000 };
    await stage.bytes("ApiVersions of the future", header(18, 99, 0));
    await stage.bytes("ApiVersions with no body", header(18, 3, 0));
    await stage.bytes("Metadata of the future", header(3, 99), soon);
    await stage.bytes("Produce 2", header(0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0), soon);
    await stage.bytes(
      "Fetch 3",
      header(1, 3, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      soon,
    );
    await stage.bytes("no such API", header(120, 0), soon);
    await stage.bytes("negative API", bytes(255, 255, 0, 0, 0, 0, 0, 9, 255, 255), soon);
    await stage.bytes("negative version", bytes(0, 3, 255, 255, 0, 0, 0, 9, 255, 255), soon);
    await stage.bytes("controller's API", header(52, 0, 0), soon);
    await stage.bytes("empty frame", bytes(), soon);
    await stage.bytes("half a header", bytes(0, 3, 0), soon);
    await stage.bytes("negative length", bytes(0, 0, 0, 0), { length: -5, ...soon });
    await stage.bytes("length beyond the limit", bytes(0, 0, 0, 0), { length: 2_000_000_000, ...soon });
    await stage.bytes("HTTP", new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"), { length: 0x47455420, ...soon });
    await stage.bytes("list longer than the frame", header(3, 1, 0x7f, 255, 255, 255), soon);
    await stage.bytes("negative list", header(3, 1, 255, 255, 255, 254), soon);
    await stage.bytes("string longer than the frame", header(3, 1, 0, 0, 0, 1, 0x7f, 255), soon);
    await stage.bytes("null where none may be", header(3, 4, 0, 0, 0, 1, 255, 255, 0), soon);
    await stage.bytes("no UTF-8", header(3, 4, 0, 0, 0, 1, 0, 1, 0xff, 0), soon);
    await stage.bytes("bytes behind the request", header(3, 1, 0, 0, 0, 0, 1, 2, 3), soon);
    await stage.bytes("unknown tag", header(60, 0, 0, 0, 1, 99, 1, 7), soon);
    await stage.bytes("tags out of order", header(60, 0, 0, 0, 2, 99, 1, 7, 98, 1, 7), soon);
  }),
];
