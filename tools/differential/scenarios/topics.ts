// CreateTopics, DeleteTopics, CreatePartitions, Metadata, DescribeTopicPartitions.
import { ApiKey } from "@moldau/protocol";
import { scenario, strangeId, zeroId } from "./scenario";

const auto = { numPartitions: -1, replicationFactor: -1 };

export const topicScenarios = [
  scenario("topics are created", async (stage) => {
    const create = (label: string, topic: object, extra: object = {}) =>
      stage.each(ApiKey.CreateTopics, label, (version) => ({
        topics: [{ name: `c-${label.replaceAll(/\W+/g, "-")}-${version}`, ...topic }],
        timeoutMs: 30_000,
        ...extra,
      }));
    await create("one partition", { numPartitions: 1, replicationFactor: 1 });
    await create("defaults", auto, {});
    await create("with configs", {
      ...auto,
      configs: [
        { name: "retention.ms", value: "1000" },
        { name: "cleanup.policy", value: "compact,delete" },
      ],
    });
    await create("validate only", { numPartitions: 3, replicationFactor: 1 }, { validateOnly: true });
    await create("with assignments", {
      numPartitions: -1,
      replicationFactor: -1,
      assignments: [
        { partitionIndex: 0, brokerIds: [1] },
        { partitionIndex: 1, brokerIds: [1] },
      ],
    });
    await create("no partitions", { numPartitions: 0, replicationFactor: 1 });
    await create("negative partitions", { numPartitions: -2, replicationFactor: 1 });
    await create("no replicas", { numPartitions: 1, replicationFactor: 0 });
    await create("negative replicas", { numPartitions: 1, replicationFactor: -2 });
    await create("too many replicas", { numPartitions: 1, replicationFactor: 3 });
    await create("unknown config", { ...auto, configs: [{ name: "no.such.config", value: "1" }] });
    await create("bad config value", { ...auto, configs: [{ name: "retention.ms", value: "soon" }] });
    await create("config out of range", { ...auto, configs: [{ name: "min.insync.replicas", value: "0" }] });
    await create("config null", { ...auto, configs: [{ name: "retention.ms", value: null }] });
    await create("config twice", {
      ...auto,
      configs: [
        { name: "retention.ms", value: "1" },
        { name: "retention.ms", value: "2" },
      ],
    });
    await create("assignment and count", {
      numPartitions: 2,
      replicationFactor: -1,
      assignments: [{ partitionIndex: 0, brokerIds: [1] }],
    });
    await create("assignment and factor", {
      numPartitions: -1,
      replicationFactor: 2,
      assignments: [{ partitionIndex: 0, brokerIds: [1] }],
    });
    await create("assignment to nobody", { ...auto, assignments: [{ partitionIndex: 0, brokerIds: [] }] });
    await create("assignment to a stranger", { ...auto, assignments: [{ partitionIndex: 0, brokerIds: [77] }] });
    await create("assignment twice to one", { ...auto, assignments: [{ partitionIndex: 0, brokerIds: [1, 1] }] });
    await create("assignment with a hole", {
      ...auto,
      assignments: [
        { partitionIndex: 0, brokerIds: [1] },
        { partitionIndex: 2, brokerIds: [1] },
      ],
    });
    await create("assignment of one twice", {
      ...auto,
      assignments: [
        { partitionIndex: 0, brokerIds: [1] },
        { partitionIndex: 0, brokerIds: [1] },
      ],
    });
    await create("assignments of several lengths", {
      ...auto,
      assignments: [
        { partitionIndex: 0, brokerIds: [1] },
        { partitionIndex: 1, brokerIds: [1, 2] },
      ],
    });
    const named = (label: string, name: string) =>
      stage.each(ApiKey.CreateTopics, label, {
        topics: [{ name, numPartitions: 1, replicationFactor: 1 }],
        timeoutMs: 30_000,
      });
    await named("empty name", "");
    await named("name is a dot", ".");
    await named("name is two dots", "..");
    await named("bad letters", "a/b c");
    await named("long name", "x".repeat(250));
    await named("longest name", "x".repeat(249));
    await named("there already", "c-one-partition-7");
    await named("collides", "c-one.partition-7");
    await named("metadata topic", "__cluster_metadata");
    await stage.topic("c.collides");
    await named("collides by dot and line", "c_collides");
    await stage.each(ApiKey.CreateTopics, "one twice", {
      topics: [
        { name: "c-twice", ...auto },
        { name: "c-twice", ...auto },
        { name: "c-beside", numPartitions: 0, replicationFactor: 1 },
      ],
      timeoutMs: 30_000,
    });
    await stage.each(ApiKey.CreateTopics, "offsets topic, validate only", {
      topics: [{ name: "__consumer_offsets", numPartitions: 1, replicationFactor: 1 }],
      validateOnly: true,
    });
    await stage.each(ApiKey.CreateTopics, "none", { topics: [], timeoutMs: 30_000 });
    await stage.each(ApiKey.CreateTopics, "validate only, there already", {
      topics: [{ name: "c-one-partition-7", ...auto }],
      validateOnly: true,
    });
    await stage.each(ApiKey.CreateTopics, "no time", (version) => ({
      topics: [{ name: `c-no-time-${version}`, numPartitions: 0, replicationFactor: 1 }],
      timeoutMs: 0,
    }));
  }),
  scenario("topics are deleted", async (stage) => {
    for (let version = 0; version <= 6; version++) {
      await stage.topic(`d-${version}`);
      await stage.topic(`d2-${version}`);
      const names = (...topicNames: (string | null)[]) =>
        version < 6 ? { topicNames } : { topics: topicNames.map((name) => ({ name, topicId: zeroId })) };
      await stage.ask(ApiKey.DeleteTopics, version, "one", { ...names(`d-${version}`), timeoutMs: 30_000 });
      await stage.ask(ApiKey.DeleteTopics, version, "gone", { ...names(`d-${version}`), timeoutMs: 30_000 });
      await stage.ask(ApiKey.DeleteTopics, version, "one twice, one unknown", {
        ...names(`d2-${version}`, `d2-${version}`, "d-nowhere"),
        timeoutMs: 30_000,
      });
      await stage.ask(ApiKey.DeleteTopics, version, "none", { ...names(), timeoutMs: 30_000 });
      await stage.ask(ApiKey.DeleteTopics, version, "empty name", { ...names(""), timeoutMs: 30_000 });
    }
    const v6 = (label: string, ...topics: object[]) =>
      stage.ask(ApiKey.DeleteTopics, 6, label, { topics, timeoutMs: 30_000 });
    const id = await stage.topic("d-by-id");
    await v6("neither name nor id", { name: null, topicId: zeroId });
    await v6("name and id", { name: "d-by-id", topicId: id });
    await v6("strange id", { name: null, topicId: strangeId });
    await v6("strange id twice", { name: null, topicId: strangeId }, { name: null, topicId: strangeId });
    await v6("by name and by id", { name: "d-by-id", topicId: zeroId }, { name: null, topicId: id });
    await v6("by id", { name: null, topicId: id });
  }),
  scenario("partitions are added", async (stage) => {
    await stage.topic("p-known");
    const add = (label: string, topics: (version: number) => object[], extra: object = {}) =>
      stage.each(ApiKey.CreatePartitions, label, (version) => ({
        topics: topics(version),
        timeoutMs: 30_000,
        ...extra,
      }));
    for (let version = 0; version <= 3; version++) await stage.topic(`p-${version}`);
    await add("validate only", (v) => [{ name: `p-${v}`, count: 2, assignments: null }], { validateOnly: true });
    await add("one more", (v) => [{ name: `p-${v}`, count: 2, assignments: null }]);
    await add("with assignment", (v) => [
      { name: `p-${v}`, count: 4, assignments: [{ brokerIds: [1] }, { brokerIds: [1] }] },
    ]);
    await add("same", () => [{ name: "p-known", count: 1, assignments: null }]);
    await add("fewer", (v) => [{ name: `p-${v}`, count: 1, assignments: null }]);
    await add("zero", () => [{ name: "p-known", count: 0, assignments: null }]);
    await add("negative", () => [{ name: "p-known", count: -1, assignments: null }]);
    await add("unknown topic", () => [{ name: "p-nowhere", count: 2, assignments: null }]);
    await add("empty name", () => [{ name: "", count: 2, assignments: null }]);
    await add("too few assignments", () => [{ name: "p-known", count: 3, assignments: [{ brokerIds: [1] }] }]);
    await add("too many assignments", () => [
      { name: "p-known", count: 2, assignments: [{ brokerIds: [1] }, { brokerIds: [1] }] },
    ]);
    await add("assignment to a stranger", () => [{ name: "p-known", count: 2, assignments: [{ brokerIds: [77] }] }]);
    await add("assignment to nobody", () => [{ name: "p-known", count: 2, assignments: [{ brokerIds: [] }] }]);
    await add("assignment twice to one", () => [{ name: "p-known", count: 2, assignments: [{ brokerIds: [1, 1] }] }]);
    await add("wrong factor", () => [{ name: "p-known", count: 2, assignments: [{ brokerIds: [1, 2] }] }]);
    await add("several factors", () => [
      { name: "p-known", count: 3, assignments: [{ brokerIds: [1] }, { brokerIds: [1, 2] }] },
    ]);
    await add("empty assignments", () => [{ name: "p-known", count: 2, assignments: [] }]);
    await add("topic twice", () => [
      { name: "p-known", count: 2, assignments: null },
      { name: "p-known", count: 3, assignments: null },
    ]);
    await add("none", () => []);
  }),
  scenario("metadata is read", async (stage) => {
    const id = await stage.topic("m-known", 3);
    const quiet = { allowAutoTopicCreation: false };
    await stage.each(ApiKey.Metadata, "one", { topics: [{ name: "m-known" }], ...quiet }, { from: 4 });
    await stage.each(
      ApiKey.Metadata,
      "one with operations",
      {
        topics: [{ name: "m-known" }],
        ...quiet,
        includeTopicAuthorizedOperations: true,
        includeClusterAuthorizedOperations: true,
      },
      { from: 8 },
    );
    await stage.each(ApiKey.Metadata, "none", { topics: [], ...quiet }, { from: 4 });
    await stage.each(
      ApiKey.Metadata,
      "unknown",
      { topics: [{ name: "m-nowhere" }, { name: "m-known" }], ...quiet },
      { from: 4 },
    );
    await stage.each(
      ApiKey.Metadata,
      "one twice",
      { topics: [{ name: "m-known" }, { name: "m-known" }], ...quiet },
      { from: 4 },
    );
    await stage.each(ApiKey.Metadata, "empty name", { topics: [{ name: "" }], ...quiet }, { from: 4 });
    await stage.each(ApiKey.Metadata, "bad name", { topics: [{ name: "a/b" }], ...quiet }, { from: 4 });
    await stage.each(ApiKey.Metadata, "bad name, may create", { topics: [{ name: "a/b" }] });
    await stage.each(ApiKey.Metadata, "by id", { topics: [{ name: null, topicId: id }], ...quiet }, { from: 10 });
    await stage.each(
      ApiKey.Metadata,
      "by strange id",
      { topics: [{ name: null, topicId: strangeId }], ...quiet },
      { from: 10 },
    );
    await stage.each(
      ApiKey.Metadata,
      "by name and id",
      { topics: [{ name: "m-known", topicId: id }], ...quiet },
      { from: 10 },
    );
    await stage.each(
      ApiKey.Metadata,
      "by nothing",
      { topics: [{ name: null, topicId: zeroId }], ...quiet },
      { from: 10 },
    );
    await stage.each(
      ApiKey.Metadata,
      "by id twice",
      {
        topics: [
          { name: null, topicId: id },
          { name: null, topicId: id },
        ],
        ...quiet,
      },
      { from: 12 },
    );
    await stage.each(
      ApiKey.Metadata,
      "by name and by strange id",
      { topics: [{ name: null, topicId: strangeId }, { name: "m-known" }], ...quiet },
      { from: 12 },
    );
    for (let version = 0; version <= 13; version++) {
      if (!stage.serves(ApiKey.Metadata, version)) continue;
      const name = `m-auto-${version}`;
      await stage.ask(ApiKey.Metadata, version, "created by asking", {
        topics: [{ name }],
        allowAutoTopicCreation: true,
      });
      await stage.known(name);
      await stage.ask(ApiKey.Metadata, version, "was created by asking", {
        topics: [{ name }],
        allowAutoTopicCreation: true,
      });
    }
    await stage.each(ApiKey.Metadata, "null: all", { topics: null, ...quiet }, { from: 4, to: 4 });
  }),
  scenario("DescribeTopicPartitions", async (stage) => {
    await stage.topic("dtp-a", 3);
    await stage.topic("dtp-b", 2);
    const ask = (label: string, names: string[], extra: object = {}) =>
      stage.each(ApiKey.DescribeTopicPartitions, label, { topics: names.map((name) => ({ name })), ...extra });
    await ask("two", ["dtp-b", "dtp-a"]);
    await ask("one twice", ["dtp-a", "dtp-a"]);
    await ask("unknown", ["dtp-nowhere", "dtp-a"]);
    await ask("empty name", [""]);
    await ask("bad name", ["a/b"]);
    await ask("limit 2", ["dtp-a", "dtp-b"], { responsePartitionLimit: 2 });
    await ask("limit 3", ["dtp-a", "dtp-b"], { responsePartitionLimit: 3 });
    await ask("limit 0", ["dtp-a"], { responsePartitionLimit: 0 });
    await ask("limit -1", ["dtp-a"], { responsePartitionLimit: -1 });
    await ask("cursor", ["dtp-a", "dtp-b"], { cursor: { topicName: "dtp-a", partitionIndex: 2 } });
    await ask("cursor and limit", ["dtp-a", "dtp-b"], {
      cursor: { topicName: "dtp-a", partitionIndex: 1 },
      responsePartitionLimit: 2,
    });
    await ask("cursor of another topic", ["dtp-a", "dtp-b"], { cursor: { topicName: "dtp-aa", partitionIndex: 1 } });
    await ask("cursor beyond", ["dtp-a", "dtp-b"], { cursor: { topicName: "dtp-a", partitionIndex: 9 } });
    await ask("negative cursor", ["dtp-a"], { cursor: { topicName: "dtp-a", partitionIndex: -1 } });
    await ask("cursor of the last", ["dtp-a"], { cursor: { topicName: "dtp-z", partitionIndex: 0 } });
  }),
];
