import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { KafkaError, ZERO_UUID } from "@moldau/base";
import type {
  AlterClientQuotasResponse,
  CreatePartitionsResponse,
  CreateTopicsResponse,
  DescribeQuorumResponse,
  DeleteTopicsResponse,
  IncrementalAlterConfigsResponse,
  RemoveRaftVoterResponse,
  UnregisterBrokerResponse,
  UpdateFeaturesResponse,
} from "@moldau/protocol";
import { ApiKey } from "@moldau/protocol";
import { noContext } from "@moldau/rpc";
import { ask, beat, Follower, join, kafkaCall, RoleCluster, until } from "./testing/role-cluster";

let directory: string;
let clusters: RoleCluster[];
let followers: Follower[];

beforeEach(async () => {
  directory = await mkdtemp(path(tmpdir(), "moldau-controller-"));
  clusters = [];
  followers = [];
});
afterEach(async () => {
  await Promise.all(followers.map((each) => each.stop()));
  for (const each of clusters) await each.stopAll();
  await rm(directory, { recursive: true, maxRetries: 5 });
});

function clusterOf(ids: number[], config: Record<string, string> = {}): RoleCluster {
  const cluster = new RoleCluster(ids, directory, config);
  clusters.push(cluster);
  return cluster;
}

function follow(node: { service: ConstructorParameters<typeof Follower>[0] }, fromOffset = 0): Follower {
  const follower = new Follower(node.service, fromOffset);
  followers.push(follower);
  return follower;
}

const topic = (name: string, numPartitions = 1, replicationFactor = 1) => ({
  topics: [{ name, numPartitions, replicationFactor }],
  timeoutMs: 1000,
});

describe("one controller", () => {
  it("begins a cluster: id, features, and watchers that came before there was anything", async () => {
    const node = await clusterOf([201]).start(201);
    const follower = follow(node);
    await until("the beginning", () => follower.image.clusterId !== "");
    expect(follower.image.features.get("metadata.version")).toBe(25);
    expect(follower.updates.find((update) => update.records.length > 0)).toMatchObject({ snapshotBegin: true });
    await until("readiness", () => node.role.notReady().length === 0);
    const meta = await until("meta.properties", () =>
      readFile(path(directory, "controller-201/meta.properties"), "utf8").catch(() => undefined),
    );
    const directoryId = meta?.match(/^directory\.id=([A-Za-z0-9_-]{22})$/m)?.[1];
    expect(meta).toBe(`cluster.id=${follower.image.clusterId}\ndirectory.id=${directoryId}\nnode.id=201\nversion=1\n`);
  });

  it("sets quotas, and holds clients to the one on changes: by an error, older ones by a wait (KIP-599)", async () => {
    const cluster = clusterOf([201]);
    await cluster.start(201);
    const node = await cluster.active();
    const follower = follow(node);
    await join(node, 1);
    const entity = [{ entityType: "client-id", entityName: "test" }];
    const alter = (version: number, value: number) =>
      ask<AlterClientQuotasResponse>(node, ApiKey.AlterClientQuotas, version, {
        entries: [
          { entity, ops: [{ key: "controller_mutation_rate", value, remove: false }] },
          { entity: [{ entityType: "ip", entityName: "not a host" }], ops: [] },
          { entity: [{ entityType: "ip", entityName: "::1" }], ops: [] },
        ],
        validateOnly: false,
      });
    const { response } = await alter(1, 0.5);
    expect(response.entries.map(({ errorCode }) => errorCode)).toEqual([0, KafkaError.INVALID_REQUEST, 0]);
    await until("the quota", () => follower.image.clientQuotas.size === 1);

    // The bucket holds what comes in 11 s; what is owed takes hours, however slow this machine is.
    await alter(0, 0.000_1);
    const create = (version: number, name: string, partitions: number) =>
      ask<CreateTopicsResponse>(node, ApiKey.CreateTopics, version, topic(name, partitions));
    const first = (await create(7, "a", 1)).response;
    expect([first.topics[0]!.errorCode, first.throttleTimeMs]).toEqual([0, 0]);
    const second = (await create(6, "b", 1)).response;
    expect(second.topics[0]!.errorCode).toBe(KafkaError.THROTTLING_QUOTA_EXCEEDED);
    expect(second.throttleTimeMs).toBeGreaterThan(60_000);
    const older = (await create(5, "c", 1)).response;
    expect(older.topics[0]!.errorCode).toBe(0);
    expect(older.throttleTimeMs).toBeGreaterThan(second.throttleTimeMs + 60_000);
    const deletion = { topicNames: ["a"], timeoutMs: 1000 };
    const refused = (await ask<DeleteTopicsResponse>(node, ApiKey.DeleteTopics, 5, deletion)).response;
    expect(refused.responses[0]!.errorCode).toBe(KafkaError.THROTTLING_QUOTA_EXCEEDED);
    const growth = { topics: [{ name: "a", count: 4, assignments: null }], timeoutMs: 1000, validateOnly: false };
    const grown = (await ask<CreatePartitionsResponse>(node, ApiKey.CreatePartitions, 3, growth)).response;
    expect(grown.results[0]!.errorCode).toBe(KafkaError.THROTTLING_QUOTA_EXCEEDED);
    const deleted = (await ask<DeleteTopicsResponse>(node, ApiKey.DeleteTopics, 4, deletion)).response;
    expect(deleted.responses[0]!.errorCode).toBe(0);
    expect(deleted.throttleTimeMs).toBeGreaterThan(older.throttleTimeMs + 60_000);
    await until("the end", () => follower.image.topicsByName.size === 1 && follower.image.topicsByName.has("c"));
  });

  it("creates topics with their configuration in force, and shard owners with the coordinators' topics", async () => {
    const cluster = clusterOf([201], { "log.retention.ms": "1234", "num.partitions": "2" });
    await cluster.start(201);
    const node = await cluster.active();
    const follower = follow(node);
    await join(node, 1);
    const { response, answer } = await ask<CreateTopicsResponse>(node, ApiKey.CreateTopics, 7, {
      topics: [
        { name: "__consumer_offsets", numPartitions: 4, replicationFactor: 1, configs: [] },
        {
          name: "a",
          numPartitions: -1,
          replicationFactor: -1,
          configs: [{ name: "cleanup.policy", value: "compact" }],
        },
        { name: "b", numPartitions: 1, replicationFactor: 3 },
      ],
      timeoutMs: 1000,
    });
    expect(response.topics.map((each) => [each.name, each.errorCode, each.numPartitions])).toEqual([
      ["__consumer_offsets", 0, 4],
      ["a", 0, 2],
      ["b", KafkaError.INVALID_REPLICATION_FACTOR, -1],
    ]);
    const configs = new Map(response.topics[1]!.configs!.map((each) => [each.name, each]));
    expect(configs.get("cleanup.policy")).toMatchObject({ value: "compact", configSource: 1 });
    expect(configs.get("retention.ms")).toMatchObject({ value: "1234", configSource: 4 });
    expect(configs.get("segment.bytes")).toMatchObject({ value: "1073741824", configSource: 5 });
    await until("the topics", () => follower.image.offset >= answer.metadataOffset!);
    const offsets = follower.image.topicsByName.get("__consumer_offsets")!;
    expect(offsets.partitions.map((each) => follower.image.shardOwner(offsets.id, each.partition)?.ownerId)).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it("answers old versions without what they have no words for", async () => {
    const cluster = clusterOf([201]);
    await cluster.start(201);
    const node = await cluster.active();
    await join(node, 1);
    const created = await ask<CreateTopicsResponse>(node, ApiKey.CreateTopics, 0, topic("a"));
    expect(created.response.topics).toMatchObject([{ name: "a", errorCode: 0 }]);
    const deleted = await ask<DeleteTopicsResponse>(node, ApiKey.DeleteTopics, 0, { topicNames: ["a", "b"] });
    expect(deleted.response.responses.map(({ name, errorCode }) => [name, errorCode])).toEqual([
      ["a", 0],
      ["b", KafkaError.UNKNOWN_TOPIC_OR_PARTITION],
    ]);
  });

  it("checks configuration before it takes it", async () => {
    const cluster = clusterOf([201]);
    await cluster.start(201);
    const node = await cluster.active();
    await join(node, 1);
    await ask(node, ApiKey.CreateTopics, 7, topic("a"));
    const alter = async (resourceType: number, resourceName: string, name: string, value: string) => {
      const { response } = await ask<IncrementalAlterConfigsResponse>(node, ApiKey.IncrementalAlterConfigs, 1, {
        resources: [{ resourceType, resourceName, configs: [{ name, configOperation: 0, value }] }],
      });
      return response.responses[0]!.errorCode;
    };
    expect(await alter(2, "a", "retention.ms", "5")).toBe(0);
    expect(await alter(2, "a", "retention.ms", "soon")).toBe(KafkaError.INVALID_CONFIG);
    expect(await alter(2, "a", "no.such.key", "5")).toBe(KafkaError.INVALID_CONFIG);
    expect(await alter(2, "b", "retention.ms", "5")).toBe(KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    expect(await alter(4, "", "log.retention.ms", "7")).toBe(0);
    expect(await alter(4, "", "node.id", "7")).toBe(KafkaError.INVALID_REQUEST);
    expect(await alter(32, "g", "consumer.session.timeout.ms", "50000")).toBe(0);
  });

  it("describes its quorum and refuses what it cannot read or does not serve", async () => {
    const cluster = clusterOf([201]);
    await cluster.start(201);
    const node = await cluster.active();
    const metadata = { topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] };
    const other = { topicName: "other", partitions: [{ partitionIndex: 0 }] };
    for (const version of [0, 1]) {
      const { response: old } = await ask<DescribeQuorumResponse>(node, ApiKey.DescribeQuorum, version, {
        topics: [metadata],
      });
      expect([old.errorCode, old.topics[0]!.partitions[0]!.leaderId]).toEqual([0, 201]);
    }
    // Only the metadata log alone is answered for.
    const beside = await ask<DescribeQuorumResponse>(node, ApiKey.DescribeQuorum, 2, { topics: [metadata, other] });
    expect(beside.response.topics.map(({ partitions }) => partitions[0]!.errorCode)).toEqual([
      KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
      KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    const { response } = await ask<DescribeQuorumResponse>(node, ApiKey.DescribeQuorum, 2, { topics: [metadata] });
    expect(response.topics[0]!.partitions[0]).toMatchObject({ errorCode: 0, leaderId: 201, leaderEpoch: 1 });
    expect(response.topics[0]!.partitions[0]!.currentVoters.map((each) => each.replicaId)).toEqual([201]);
    expect(response.nodes).toMatchObject([{ nodeId: 201, listeners: [{ name: "RPC", port: 10_201 }] }]);

    const apiVersions: [number, number][] = [
      [ApiKey.CreateTopics, 7],
      [ApiKey.DeleteTopics, 6],
      [ApiKey.AlterConfigs, 2],
      [ApiKey.IncrementalAlterConfigs, 1],
      [ApiKey.CreatePartitions, 3],
      [ApiKey.ElectLeaders, 2],
      [ApiKey.DescribeQuorum, 2],
      [ApiKey.UpdateFeatures, 2],
      [ApiKey.UnregisterBroker, 0],
      [ApiKey.AddRaftVoter, 1],
      [ApiKey.RemoveRaftVoter, 0],
    ];
    for (const [apiKey, version] of apiVersions) {
      const answer = await node.service.handle(kafkaCall(apiKey, version, Uint8Array.of(0xff, 0xff)), noContext);
      expect([apiKey, answer.errorCode, answer.body.length > 0]).toEqual([apiKey, undefined, true]);
    }
    const unregistered = await ask<UnregisterBrokerResponse>(node, ApiKey.UnregisterBroker, 0, { brokerId: 5 });
    expect(unregistered.response.errorCode).toBe(KafkaError.BROKER_ID_NOT_REGISTERED);
    expect(unregistered.answer.metadataOffset).toBeUndefined();
    const empty = new Uint8Array();
    await expect(node.service.handle(kafkaCall(ApiKey.Produce, 3, empty), noContext)).rejects.toThrow(/Produce/);
    await expect(node.service.handle(kafkaCall(ApiKey.CreateTopics, 99, empty), noContext)).rejects.toThrow(
      /versions 0/,
    );
  });

  it("knows after a restart what it knew, from a snapshot and the log behind it", async () => {
    const config = { "metadata.log.max.record.bytes.between.snapshots": "2000" };
    const cluster = clusterOf([201], config);
    await cluster.start(201);
    const first = await cluster.active();
    const before = follow(first);
    const { nodeEpoch } = await join(first, 1);
    for (let i = 0; i < 40; i++) await ask(first, ApiKey.CreateTopics, 7, topic(`topic-${i}`, 3));
    await until("all topics", () => before.image.topicsByName.size === 40);
    await cluster.stop(201);
    await before.ended();

    const files = await readdir(path(directory, "controller-201/__cluster_metadata-0"));
    expect(files.some((name) => name.endsWith(".checkpoint"))).toBe(true);
    await cluster.start(201);
    const second = await cluster.active();
    const after = follow(second);
    await until("the metadata", () => after.image.topicsByName.size === 40);
    expect(after.image.clusterId).toBe(before.image.clusterId);
    expect(after.image.topicsByName).toEqual(before.image.topicsByName);
    expect(after.image.brokers).toEqual(before.image.brokers);
    // The node lives on through the controller's restart.
    expect(await beat(second, 1, nodeEpoch)).toMatchObject({ errorCode: 0, isFenced: false });
  });

  it("fences a node that falls silent, and lets it back", async () => {
    const cluster = clusterOf([201], { "broker.session.timeout.ms": "300" });
    await cluster.start(201);
    const node = await cluster.active();
    const follower = follow(node);
    const { nodeEpoch } = await join(node, 1);
    await until("the node", () => follower.image.brokers.get(1)?.fenced === false);
    await ask(node, ApiKey.CreateTopics, 7, topic("a"));
    await until("fencing", () => follower.image.brokers.get(1)?.fenced === true);
    expect(follower.image.topicsByName.get("a")!.partitions[0]!.leader).toBe(-1);
    expect(await node.telemetry.metrics.render()).toMatch(
      /^kafka_controller_kafkacontroller_offlinepartitionscount 1$/m,
    );
    await beat(node, 1, nodeEpoch);
    await until("the leader", () => follower.image.topicsByName.get("a")!.partitions[0]!.leader === 1);
  });

  it("refuses directories of another cluster or node, naming the file", async () => {
    await mkdir(path(directory, "controller-201"));
    const file = path(directory, "controller-201/meta.properties");
    const cluster = clusterOf([201, 202]);
    await writeFile(file, "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAQ\nnode.id=201\n");
    await expect(cluster.start(201, { "moldau.cluster.id": "AAAAAAAAAAAAAAAAAAAAAg" })).rejects.toMatchObject({
      name: "DataDirectoryError",
      message: expect.stringContaining(file) as string,
    });
    await writeFile(file, "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAQ\nnode.id=7\n");
    await expect(cluster.start(201)).rejects.toThrow(/belongs to node 7, this is node 201/);
    await writeFile(file, "what is this");
    await expect(cluster.start(201)).rejects.toMatchObject({ name: "DataDirectoryError" });
    await writeFile(path(directory, "controller-202"), "a file");
    await expect(cluster.start(202)).rejects.toMatchObject({ name: "DataDirectoryError" });
    await expect(cluster.start(205)).rejects.toMatchObject({ name: "UsageError" });
  });

  it("stops for good when the log turns out to be another cluster's", async () => {
    const cluster = clusterOf([201]);
    await cluster.start(201);
    await cluster.active();
    await cluster.stop(201);
    const file = path(directory, "controller-201/meta.properties");
    await writeFile(file, "version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAQ\nnode.id=201\n");
    const state = path(directory, "controller-201/__cluster_metadata-0/quorum-state");
    await writeFile(state, (await readFile(state, "utf8")).replace(/"clusterId":"[^"]*"/, '"clusterId":""'));
    const node = await cluster.start(201);
    const failure = await until("the failure", () => node.failures[0]);
    expect(failure).toMatchObject({ name: "DataDirectoryError" });
    expect(failure.message).toMatch(/metadata log belongs to cluster .*meta\.properties says AAAAAAAAAAAAAAAAAAAAAQ/);
  });
});

describe("three controllers", () => {
  it("keep short logs by snapshots; one that lost its disk comes back with a snapshot and what is behind it", async () => {
    const cluster = clusterOf([201, 202, 203], { "metadata.log.max.record.bytes.between.snapshots": "2000" });
    await Promise.all([201, 202, 203].map((id) => cluster.start(id)));
    const active = await cluster.active();
    await join(active, 1);
    for (let i = 0; i < 30; i++) await ask(active, ApiKey.CreateTopics, 7, topic(`topic-${i}`, 2));
    const lost = [201, 202, 203].find((id) => id !== active.nodeId)!;
    const log = (id: number) => path(directory, `controller-${id}/__cluster_metadata-0`);
    await until("snapshots everywhere", async () => {
      const names = await Promise.all([201, 202, 203].map((id) => readdir(log(id))));
      return names.every((each) => each.some((name) => name.endsWith(".checkpoint")));
    });
    await cluster.stop(lost);
    await rm(path(directory, `controller-${lost}`), { recursive: true });
    const back = await cluster.start(lost);
    const after = follow(back);
    await until("all topics", () => after.image.topicsByName.size === 30);
    const state = async () => readFile(path(log(lost), "quorum-state"), "utf8");
    await until("its promises are sure again", async () => /"recovering":false/.test(await state()));
    // It counts again: with it, the third may go.
    const third = [201, 202, 203].find((id) => id !== active.nodeId && id !== lost)!;
    await cluster.stop(third);
    const { response } = await ask<CreateTopicsResponse>(await cluster.active(), ApiKey.CreateTopics, 7, topic("last"));
    expect(response.topics[0]!.errorCode).toBe(0);
    await until("the last topic", () => after.image.topicsByName.has("last"));
  });

  it("agree on a new cluster's id; those that are not active name the one that is", async () => {
    const cluster = clusterOf([201, 202, 203]);
    const nodes = await Promise.all([201, 202, 203].map((id) => cluster.start(id)));
    const active = await cluster.active();
    await until("readiness", () => nodes.every((node) => node.role.notReady().length === 0));
    const watching = nodes.map((node) => follow(node));
    await until("the id", () => watching.every((each) => each.image.clusterId !== ""));
    expect(new Set(watching.map((each) => each.image.clusterId)).size).toBe(1);
    for (const other of nodes.filter((node) => node !== active)) {
      const refused = { errorCode: KafkaError.NOT_CONTROLLER, leaderId: active.nodeId };
      expect(await beat(other, 1, 0)).toMatchObject(refused);
      expect(await join(other, 1)).toMatchObject(refused);
      expect((await ask(other, ApiKey.CreateTopics, 7, topic("a"))).answer).toMatchObject(refused);
    }
  });

  it("come to know their disks with kraft.version 1, and may then leave; there is no way back", async () => {
    const cluster = clusterOf([201, 202, 203]);
    await Promise.all([201, 202, 203].map((id) => cluster.start(id)));
    const active = await cluster.active();
    const watching = follow(active);
    const raise = async (maxVersionLevel: number) => {
      const request = {
        timeoutMs: 1000,
        featureUpdates: [{ feature: "kraft.version", maxVersionLevel, upgradeType: maxVersionLevel === 0 ? 3 : 1 }],
      };
      const { response } = await ask<UpdateFeaturesResponse>(active, ApiKey.UpdateFeatures, 1, request);
      return response;
    };
    const describe = async () => {
      const topics = [{ topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] }];
      const { response } = await ask<DescribeQuorumResponse>(active, ApiKey.DescribeQuorum, 2, { topics });
      return response.topics[0]!.partitions[0]!.currentVoters;
    };
    const other = [201, 202, 203].find((id) => id !== active.nodeId)!;
    const remove = async (voterDirectoryId: string, clusterId: string | null = null) => {
      const request = { clusterId, voterId: other, voterDirectoryId };
      const { response } = await ask<RemoveRaftVoterResponse>(active, ApiKey.RemoveRaftVoter, 0, request);
      return response.errorCode;
    };
    const nowhere = "nowhere_______________";
    expect(await remove(nowhere)).toBe(KafkaError.UNSUPPORTED_VERSION);
    await until("the level", async () => (await raise(1)).errorCode === 0);
    await until("the disks", async () => (await describe()).every((voter) => voter.replicaDirectoryId !== ZERO_UUID));
    await until("the feature", () => watching.image.features.get("kraft.version") === 1);
    expect(await raise(0)).toMatchObject({ errorCode: KafkaError.INVALID_UPDATE_VERSION });

    const disk = (await describe()).find((voter) => voter.replicaId === other)!.replicaDirectoryId;
    expect(await remove(nowhere)).toBe(KafkaError.VOTER_NOT_FOUND);
    expect(await remove(ZERO_UUID)).toBe(KafkaError.INVALID_REQUEST);
    expect(await remove(disk, "another-cluster")).toBe(KafkaError.INCONSISTENT_CLUSTER_ID);
    expect(await remove(disk)).toBe(0);
    expect((await describe()).map((voter) => voter.replicaId)).not.toContain(other);
    // Whoever watches hears where the controllers are now.
    await until("the addresses", () =>
      watching.updates.some(({ controllers }) => controllers?.controllers.length === 2),
    );
  });

  it("carry on when the active one is cut off: nothing acknowledged is lost, what it has pending is refused", async () => {
    const cluster = clusterOf([201, 202, 203]);
    await Promise.all([201, 202, 203].map((id) => cluster.start(id)));
    const first = await cluster.active();
    const { nodeEpoch } = await join(first, 1);
    await ask(first, ApiKey.CreateTopics, 7, topic("kept"));
    cluster.disconnect(first.nodeId);
    const pending = await ask(first, ApiKey.CreateTopics, 7, topic("lost"));
    expect(pending.answer.errorCode).toBe(KafkaError.NOT_CONTROLLER);
    // Decisions on what was pending went with it.
    expect((await ask(first, ApiKey.CreateTopics, 7, topic("lost"))).answer.errorCode).toBe(KafkaError.NOT_CONTROLLER);

    const second = await cluster.active();
    expect(second).not.toBe(first);
    expect(await beat(second, 1, nodeEpoch)).toMatchObject({ errorCode: 0, isFenced: false });
    const { response } = await ask<CreateTopicsResponse>(second, ApiKey.CreateTopics, 7, {
      topics: ["kept", "lost"].map((name) => ({ name, numPartitions: 1, replicationFactor: 1 })),
      timeoutMs: 1000,
    });
    expect(response.topics.map((each) => each.errorCode)).toEqual([KafkaError.TOPIC_ALREADY_EXISTS, 0]);
  });
});
