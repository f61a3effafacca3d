import { KafkaError, ZERO_UUID } from "@moldau/base";
import { alterConfigs, incrementalAlterConfigs } from "./alter-configs";
import { createPartitions } from "./create-partitions";
import { createTopics } from "./create-topics";
import { deleteTopics } from "./delete-topics";
import { createRequest, on, World } from "./testing/world";

let world: World;
beforeEach(() => {
  world = new World();
  for (const nodeId of [1, 2, 3]) world.node(nodeId);
});

const codes = (reply: readonly { errorCode: number }[]) => reply.map((each) => each.errorCode);

describe("creating topics", () => {
  it("creates what can be created, and says why it cannot the rest", () => {
    const reply = world.create(
      { name: "fine", numPartitions: 3, replicationFactor: 2 },
      { name: "defaults", numPartitions: -1, replicationFactor: -1 },
      { name: "bad/name" },
      { name: "wide", replicationFactor: 4 },
      { name: "none", numPartitions: 0 },
      { name: "config", configs: [{ name: "bad", value: "1" }] },
      { name: "twice" },
      { name: "twice" },
    );
    expect(reply.map((each) => [each.name, each.errorCode])).toEqual([
      ["fine", 0],
      ["defaults", 0],
      ["bad/name", KafkaError.INVALID_TOPIC_EXCEPTION],
      ["wide", KafkaError.INVALID_REPLICATION_FACTOR],
      ["none", KafkaError.INVALID_PARTITIONS],
      ["config", KafkaError.INVALID_CONFIG],
      ["twice", KafkaError.INVALID_REQUEST],
    ]);
    expect([...world.image.topicsByName.keys()]).toEqual(["fine", "defaults"]);
    expect(world.image.topicsByName.get("fine")!.partitions.map((each) => each.replicas.length)).toEqual([2, 2, 2]);
  });

  it("refuses names that exist or differ from an existing one in dots and underscores only (rule 35)", () => {
    world.create({ name: "a.b" });
    expect(codes(world.create({ name: "a.b" }, { name: "a_b" }, { name: "c.d" }, { name: "c_d" }))).toEqual([
      KafkaError.TOPIC_ALREADY_EXISTS,
      KafkaError.INVALID_TOPIC_EXCEPTION,
      0,
      KafkaError.INVALID_TOPIC_EXCEPTION,
    ]);
  });

  it("takes assignments by hand; a dead replica begins outside of the ISR", () => {
    world.fence(1);
    expect(codes(world.create({ name: "a", assignments: on([1, 2], [2, 3]) }))).toEqual([0]);
    expect(world.partition("a", 0)).toBe("2/2/");
    expect(world.partition("a", 1)).toBe("2/2,3/");
    expect(
      codes(
        world.create(
          { name: "unknown", assignments: on([9]) },
          { name: "double", assignments: on([2, 2]) },
          { name: "dead", assignments: on([1]) },
        ),
      ),
    ).toEqual([
      KafkaError.INVALID_REPLICA_ASSIGNMENT,
      KafkaError.INVALID_REPLICA_ASSIGNMENT,
      KafkaError.INVALID_REPLICA_ASSIGNMENT,
    ]);
  });

  it("spreads leaders evenly and replicas over racks", () => {
    world = new World();
    for (const nodeId of [1, 2, 3, 4]) world.node(nodeId, { rack: nodeId <= 2 ? "x" : "y" });
    world.create({ name: "a", numPartitions: 8, replicationFactor: 2 });
    const { partitions } = world.image.topicsByName.get("a")!;
    const leaders = [1, 2, 3, 4].map((id) => partitions.filter((each) => each.leader === id).length);
    expect(leaders).toEqual([2, 2, 2, 2]);
    for (const { replicas } of partitions) expect(replicas[0]! <= 2).not.toBe(replicas[1]! <= 2);
  });

  it("places nothing on nodes without the broker role", () => {
    world.node(101, { roles: ["coordinator"] });
    world.create({ name: "a", numPartitions: 12, replicationFactor: 3 });
    expect(world.image.topicsByName.get("a")!.partitions.flatMap((each) => each.replicas)).not.toContain(101);
    expect(codes(world.create({ name: "b", replicationFactor: 4 }))).toEqual([KafkaError.INVALID_REPLICATION_FACTOR]);
  });

  it("changes nothing and gives no id when it only validates", () => {
    const { records, reply } = createTopics(world.context, { ...createRequest([{ name: "a" }]), validateOnly: true });
    expect(records).toEqual([]);
    expect(reply).toMatchObject([{ errorCode: 0, topicId: ZERO_UUID, numPartitions: 1 }]);
  });
});

it("adds partitions, never takes any away", () => {
  world.create({ name: "a", numPartitions: 2 });
  const grow = (name: string, count: number, assignments: { brokerIds: number[] }[] | null = null) =>
    codes(
      world.decide(
        createPartitions(
          world.image,
          { topics: [{ name, count, assignments }], timeoutMs: 0, validateOnly: false },
          world.random,
          () => true,
        ),
      ),
    );
  expect(grow("a", 5)).toEqual([0]);
  expect(grow("a", 5)).toEqual([KafkaError.INVALID_PARTITIONS]);
  expect(grow("a", 1)).toEqual([KafkaError.INVALID_PARTITIONS]);
  expect(grow("b", 1)).toEqual([KafkaError.UNKNOWN_TOPIC_OR_PARTITION]);
  expect(grow("a", 6, [{ brokerIds: [3] }])).toEqual([0]);
  expect(world.image.topicsByName.get("a")!.partitions.map((each) => each.partition)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(world.partition("a", 5)).toBe("3/3/");
});

it("deletes by name or id, and what belongs to the topic with it", () => {
  world.create({ name: "a", configs: [{ name: "retention.ms", value: "1" }] }, { name: "b" }, { name: "c" });
  const idOf = (name: string) => world.image.topicsByName.get(name)!.id;
  const reply = world.decide(
    deleteTopics(
      world.image,
      world.settings,
      {
        topicNames: ["a", "x"],
        topics: [
          { name: null, topicId: idOf("b") },
          { name: "c", topicId: ZERO_UUID },
          { name: null, topicId: idOf("c") },
          { name: null, topicId: ZERO_UUID },
        ],
        timeoutMs: 0,
      },
      () => true,
    ),
  );
  expect(codes(reply)).toEqual([
    0,
    KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
    0,
    // Named twice, by name and by id: told of once.
    KafkaError.INVALID_REQUEST,
    KafkaError.INVALID_REQUEST,
  ]);
  expect([...world.image.topicsByName.keys()]).toEqual(["c"]);
  expect([...world.image.configuredResources()]).toEqual([]);
});

it("tells once of a topic that is to be deleted twice, and deletes it not at all", () => {
  world.create({ name: "a" });
  const twice = world.decide(
    deleteTopics(world.image, world.settings, { topicNames: ["a", "a", "x"], topics: [], timeoutMs: 0 }, () => true),
  );
  expect(twice.map(({ name, errorCode, errorMessage }) => [name, errorCode, errorMessage])).toEqual([
    ["a", KafkaError.INVALID_REQUEST, "Duplicate topic name."],
    ["x", KafkaError.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition."],
  ]);
  expect(world.image.topicsByName.has("a")).toBe(true);
});

it("does not create a topic with the name of the metadata log", () => {
  expect(codes(world.create({ name: "__cluster_metadata" }))).toEqual([KafkaError.INVALID_REQUEST]);
});

it("changes no more partitions than the client's quota admits (KIP-599)", () => {
  let left = 5;
  const admit = (partitions: number) => {
    if (left <= 0) return false;
    left -= partitions;
    return true;
  };
  world.admit = admit;
  const quotaExceeded = KafkaError.THROTTLING_QUOTA_EXCEEDED;
  const reply = world.create(
    { name: "bad/name" },
    { name: "a", numPartitions: 3 },
    { name: "b", numPartitions: 4 },
    {
      name: "c",
    },
  );
  expect(codes(reply)).toEqual([KafkaError.INVALID_TOPIC_EXCEPTION, 0, 0, quotaExceeded]);
  expect([...world.image.topicsByName.keys()]).toEqual(["a", "b"]);
  const grow = { topics: [{ name: "a", count: 5, assignments: null }], timeoutMs: 0, validateOnly: false };
  const grown = () => codes(world.decide(createPartitions(world.image, grow, world.random, admit)));
  const named = { topicNames: ["a"], topics: [], timeoutMs: 0 };
  const deleted = () => codes(world.decide(deleteTopics(world.image, world.settings, named, admit)));
  expect([grown(), deleted()]).toEqual([[quotaExceeded], [quotaExceeded]]);
  expect(world.image.topicsByName.get("a")!.partitions).toHaveLength(3);
  left = 1;
  expect(grown()).toEqual([0]);
  expect(left).toBe(-1);
  left = 1;
  expect(deleted()).toEqual([0]);
  expect(left).toBe(-4);
});

it("alters configuration: all at once, or key by key (rule 36)", () => {
  world.create({ name: "a", configs: [{ name: "x", value: "1" }] });
  const values = () => Object.fromEntries(world.image.configs(2, "a"));
  const resource = { resourceType: 2, resourceName: "a" };
  const some = (...configs: { name: string; configOperation: number; value: string | null }[]) =>
    codes(
      world.decide(
        incrementalAlterConfigs(world.image, world.settings, {
          resources: [{ ...resource, configs }],
          validateOnly: false,
        }),
      ),
    );
  expect(some({ name: "y", configOperation: 0, value: "2" })).toEqual([0]);
  expect(some({ name: "cleanup.policy", configOperation: 2, value: "compact" })).toEqual([0]);
  expect(values()).toEqual({ x: "1", y: "2", "cleanup.policy": "delete,compact" });
  expect(some({ name: "cleanup.policy", configOperation: 3, value: "delete" })).toEqual([0]);
  expect(some({ name: "x", configOperation: 1, value: null })).toEqual([0]);
  expect(values()).toEqual({ y: "2", "cleanup.policy": "compact" });
  expect(some({ name: "y", configOperation: 2, value: "3" })).toEqual([KafkaError.INVALID_CONFIG]);
  expect(some({ name: "bad", configOperation: 0, value: "1" })).toEqual([KafkaError.INVALID_CONFIG]);
  const all = { resources: [{ ...resource, configs: [{ name: "z", value: "9" }] }], validateOnly: false };
  expect(codes(world.decide(alterConfigs(world.image, world.settings, all)))).toEqual([0]);
  expect(values()).toEqual({ z: "9" });
});
