import {
  brokerConfigDefinitions,
  describeBroker,
  describeBrokerDefaults,
  describeGroup,
  describeTopic,
  groupConfigDefinitions,
  topicConfigDefinitions,
  validateGroupConfig,
  validateTopicConfig,
  validateValue,
  type BrokerLayers,
  type ConfigEntry,
} from "./index";

const values = (...pairs: [string, string][]): ReadonlyMap<string, string> => new Map(pairs);
const nothing: BrokerLayers = { dynamic: values(), dynamicDefault: values(), static: values() };
const row = (rows: ConfigEntry[], name: string): ConfigEntry => rows.find((entry) => entry.name === name)!;

describe("the table", () => {
  const all = [topicConfigDefinitions, brokerConfigDefinitions, groupConfigDefinitions].flatMap((t) => [...t.values()]);

  it.each(all.map((definition) => [definition.name, definition] as const))("%s is consistent", (_name, definition) => {
    if (definition.default !== null) expect(validateValue(definition, definition.default)).toBeUndefined();
    expect(definition.documentation).toMatch(/^\S.*\.$/s);
    for (const { key, scale } of definition.synonyms) {
      expect(brokerConfigDefinitions.get(key)?.name).toBe(key);
      expect(scale).toBeGreaterThanOrEqual(1);
    }
  });

  it("a topic's default and its broker key's are the same", () => {
    for (const { name, default: value, synonyms } of topicConfigDefinitions.values()) {
      const last = synonyms[synonyms.length - 1];
      if (!last) continue;
      const broker = brokerConfigDefinitions.get(last.key)!.default!;
      expect([name, last.scale === 1 ? broker : String(Number(broker) * last.scale)]).toEqual([name, value]);
    }
  });

  it("has Kafka 4.0's defaults where people rely on them", () => {
    const defaults = (names: string[]): (string | null)[] => names.map((n) => topicConfigDefinitions.get(n)!.default);
    expect(defaults(["cleanup.policy", "retention.ms", "segment.bytes", "max.message.bytes"])).toEqual([
      "delete",
      "604800000",
      "1073741824",
      "1048588",
    ]);
    expect(brokerConfigDefinitions.get("offsets.topic.num.partitions")!.default).toBe("50");
    expect(brokerConfigDefinitions.get("group.initial.rebalance.delay.ms")!.default).toBe("3000");
  });
});

describe("validation of changes", () => {
  it("names key, value and reason", () => {
    expect(validateTopicConfig("retention.ms", "86400000")).toBeUndefined();
    expect(validateTopicConfig("retention.ms", "soon")).toBe(
      "Invalid value soon for configuration retention.ms: Not a number of type LONG",
    );
    expect(validateTopicConfig("segment.bytes", "1.5")).toContain("Not a number of type INT");
    expect(validateTopicConfig("segment.bytes", "1")).toContain("Value must be at least 14");
    expect(validateTopicConfig("min.cleanable.dirty.ratio", "2")).toContain("Value must be no more than 1");
    expect(validateTopicConfig("preallocate", "maybe")).toContain("Expected value to be either true or false");
    expect(validateTopicConfig("message.timestamp.type", "x")).toContain("must be one of: CreateTime, LogAppendTime");
    expect(validateTopicConfig("compression.gzip.level", "0")).toContain("0 is not 1 to 9 nor -1");
    expect(validateTopicConfig("retention", "1")).toBe("Unknown topic config name: retention");
    expect(validateTopicConfig("cleanup.policy", "compact,delete")).toBeUndefined();
    expect(validateTopicConfig("cleanup.policy", "")).toBeUndefined();
    expect(validateTopicConfig("cleanup.policy", "compact,odd")).toContain(
      "Invalid value odd for configuration cleanup",
    );
    expect(validateTopicConfig("remote.storage.enable", "true")).toContain("tiered storage");
    expect(validateTopicConfig("leader.replication.throttled.replicas", "0:1,1:2")).toBeUndefined();
    expect(validateTopicConfig("leader.replication.throttled.replicas", "x")).toContain("partition:broker");
    expect(validateGroupConfig("consumer.session.timeout.ms", "0")).toContain("Value must be at least 1");
  });
});

describe("DescribeConfigs", () => {
  it("a topic: override, then the broker's layers, then the default", () => {
    const rows = describeTopic(values(["retention.ms", "5"]), {
      dynamic: values(["log.retention.ms", "6"]),
      dynamicDefault: values(["log.retention.ms", "7"]),
      static: values(["log.retention.hours", "1"], ["log.segment.bytes", "2000000"]),
    });
    expect(rows).toHaveLength(topicConfigDefinitions.size);
    expect(row(rows, "retention.ms")).toMatchObject({
      value: "5",
      source: 1,
      isDefault: false,
      readOnly: false,
      type: 5,
    });
    expect(row(rows, "retention.ms").synonyms).toEqual([
      { name: "retention.ms", value: "5", source: 1 },
      { name: "log.retention.ms", value: "6", source: 2 },
      { name: "log.retention.ms", value: "7", source: 3 },
      { name: "log.retention.hours", value: "1", source: 4 },
      { name: "log.retention.hours", value: "168", source: 5 },
    ]);
    expect(row(rows, "segment.bytes")).toMatchObject({ value: "2000000", source: 4 });
    expect(row(rows, "cleanup.policy")).toMatchObject({ value: "delete", source: 5, isDefault: true });
    expect(row(rows, "segment.ms")).toMatchObject({ value: "604800000", source: 5, synonyms: [] });
    const hours = describeTopic(values(), { ...nothing, static: values(["log.retention.hours", "1"]) });
    expect(row(hours, "retention.ms")).toMatchObject({ value: "3600000", source: 4 });
  });

  it("tells values as Kafka read them, not as they were given", () => {
    const given = values(
      ["retention.ms", " +007 "],
      ["preallocate", "TRUE"],
      ["cleanup.policy", " compact ,delete"],
      ["min.cleanable.dirty.ratio", "1"],
      ["compression.type", " lz4 "],
    );
    const rows = describeTopic(given, { ...nothing, static: values(["log.segment.bytes", " 2000000"]) });
    expect(row(rows, "retention.ms")).toMatchObject({ value: "7", synonyms: [{ value: "7" }] });
    expect(row(rows, "preallocate").value).toBe("true");
    expect(row(rows, "cleanup.policy").value).toBe("compact,delete");
    expect(row(rows, "min.cleanable.dirty.ratio").value).toBe("1.0");
    expect(row(rows, "compression.type").value).toBe("lz4");
    expect(row(rows, "segment.bytes").value).toBe("2000000");
    const ratio = (text: string): string | null =>
      row(describeTopic(values(["min.cleanable.dirty.ratio", text]), nothing), "min.cleanable.dirty.ratio").value;
    expect([".25", "1e-5", "0"].map(ratio)).toEqual(["0.25", "1.0E-5", "0.0"]);
  });

  it("a broker: every key, read-only ones marked", () => {
    const rows = describeBroker({
      ...nothing,
      static: values(["node.id", "3"]),
      dynamic: values(["log.retention.ms", "9"]),
    });
    const unset = [...brokerConfigDefinitions.values()].filter(({ onlyWhenSet }) => onlyWhenSet);
    expect(unset.map(({ name }) => name)).toContain("leader.replication.throttled.rate");
    expect(rows).toHaveLength(brokerConfigDefinitions.size - unset.length);
    expect(row(rows, "node.id")).toMatchObject({ value: "3", source: 4, readOnly: true });
    expect(row(rows, "log.retention.ms")).toMatchObject({ value: "9", source: 2, readOnly: false });
    expect(row(rows, "log.roll.ms")).toMatchObject({ value: null, source: 5, isDefault: true });
    const throttled = describeBroker({ ...nothing, dynamic: values(["leader.replication.throttled.rate", "5"]) });
    expect(row(throttled, "leader.replication.throttled.rate").synonyms).toEqual([
      { name: "leader.replication.throttled.rate", value: "5", source: 2 },
    ]);
    expect(row(rows, "broker.rack")).toMatchObject({ value: null, isDefault: true });
    expect(describeBrokerDefaults(values(["log.retention.ms", "7"])).map((r) => [r.name, r.value, r.source])).toEqual([
      ["log.retention.ms", "7", 3],
    ]);
  });

  it("a group: its own value over the broker's", () => {
    const rows = describeGroup(values(["consumer.session.timeout.ms", "50000"]), {
      ...nothing,
      static: values(["group.consumer.heartbeat.interval.ms", "6000"]),
    });
    expect(row(rows, "consumer.session.timeout.ms")).toMatchObject({ value: "50000", source: 8 });
    expect(row(rows, "consumer.heartbeat.interval.ms")).toMatchObject({ value: "6000", source: 5 });
  });

  it("what it says can be given back", () => {
    for (const entry of describeTopic(values(), nothing)) {
      expect([entry.name, validateTopicConfig(entry.name, entry.value!)]).toEqual([entry.name, undefined]);
    }
  });
});
