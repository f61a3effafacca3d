// Configurations, client quotas, client metrics.
import { ApiKey } from "@moldau/protocol";
import { scenario, strangeId, zeroId } from "./scenario";

const types = { topic: 2, broker: 4, logger: 8, metrics: 16, group: 32 };

export const configScenarios = [
  scenario("configs are described", async (stage) => {
    await stage.topic("cf", 1, { "retention.ms": "1000" });
    const describe = (
      label: string,
      resourceType: number,
      resourceName: string,
      configurationKeys: string[] | null,
      extra: object = {},
    ) =>
      stage.each(ApiKey.DescribeConfigs, label, {
        resources: [{ resourceType, resourceName, configurationKeys }],
        ...extra,
      });
    await describe("topic", types.topic, "cf", null, { includeSynonyms: true });
    await describe("topic with documentation", types.topic, "cf", null, { includeDocumentation: true });
    await describe("topic, two keys", types.topic, "cf", ["retention.ms", "no.such"]);
    await describe("topic, no keys", types.topic, "cf", []);
    await describe("unknown topic", types.topic, "nowhere", null);
    await describe("topic without a name", types.topic, "", null);
    await describe("topic with a bad name", types.topic, "a/b", null);
    await describe(
      "broker",
      types.broker,
      "1",
      [
        "log.retention.ms",
        "log.cleaner.threads",
        "num.io.threads",
        "min.insync.replicas",
        "message.max.bytes",
        "node.id",
        "advertised.listeners.x",
      ],
      { includeSynonyms: true },
    );
    await describe("broker, all", types.broker, "1", null, { includeSynonyms: true });
    await describe("broker, all with documentation", types.broker, "1", null, { includeDocumentation: true });
    await describe("all brokers", types.broker, "", null);
    await describe("strange broker", types.broker, "77", null);
    await describe("broker with a bad name", types.broker, "one", null);
    await describe("logger", types.logger, "1", ["kafka.server.KafkaApis"]);
    await describe("logger of a strange broker", types.logger, "77", null);
    await describe("loggers of all", types.logger, "", null);
    await describe("group", types.group, "cf-group", null, { includeSynonyms: true });
    await describe("group without a name", types.group, "", null);
    await describe("client metrics", types.metrics, "cf-metrics", null);
    await describe("client metrics without a name", types.metrics, "", null);
    await describe("type 77", 77, "cf", null);
    await describe("type 0", 0, "cf", null);
    await stage.each(ApiKey.DescribeConfigs, "none", { resources: [] });
    await stage.each(ApiKey.DescribeConfigs, "one twice", {
      resources: [
        { resourceType: types.topic, resourceName: "cf", configurationKeys: ["retention.ms"] },
        { resourceType: types.topic, resourceName: "cf", configurationKeys: ["retention.ms"] },
      ],
    });
  }),
  scenario("configs are altered", async (stage) => {
    await stage.topic("ca");
    for (const [key, name, one] of [
      [
        ApiKey.IncrementalAlterConfigs,
        "incremental",
        (configName: string, value: string | null, configOperation = 0) => ({
          name: configName,
          value,
          configOperation,
        }),
      ],
      [ApiKey.AlterConfigs, "whole", (configName: string, value: string | null) => ({ name: configName, value })],
    ] as const) {
      const alter = (
        label: string,
        resourceType: number,
        resourceName: string,
        configs: object[],
        validateOnly = false,
      ) => stage.each(key, `${name}: ${label}`, { resources: [{ resourceType, resourceName, configs }], validateOnly });
      const topic = (label: string, configs: object[], validateOnly = false) =>
        alter(label, types.topic, "ca", configs, validateOnly);
      await topic("set", [one("retention.ms", "2000")]);
      await topic("set nothing", []);
      await topic("validate only", [one("retention.ms", "3000")], true);
      await topic("unknown key", [one("no.such", "1")]);
      await topic("bad value", [one("retention.ms", "soon")]);
      await topic("out of range", [one("min.insync.replicas", "0")]);
      await topic("null value", [one("retention.ms", null)]);
      await topic("key twice", [one("retention.ms", "1"), one("retention.ms", "2")]);
      await topic("bad in a list", [one("cleanup.policy", "compact,odd")]);
      await topic("empty list", [one("cleanup.policy", "")]);
      await topic("bad codec", [one("compression.type", "odd")]);
      await topic("lag that is backwards", [one("min.compaction.lag.ms", "10"), one("max.compaction.lag.ms", "5")]);
      await topic("blanks", [one("retention.ms", " 7 ")]);
      await alter("unknown topic", types.topic, "nowhere", [one("retention.ms", "1")]);
      await alter("topic without a name", types.topic, "", [one("retention.ms", "1")]);
      await alter("broker", types.broker, "1", [one("log.cleaner.threads", "2")]);
      await alter("broker, read only", types.broker, "1", [one("node.id", "2")]);
      await alter("broker, bad value", types.broker, "1", [one("log.cleaner.threads", "many")]);
      await alter("strange broker", types.broker, "77", [one("log.cleaner.threads", "2")]);
      await alter("broker with a bad name", types.broker, "one", [one("log.cleaner.threads", "2")]);
      await alter("all brokers", types.broker, "", [one("log.retention.ms", "100000")]);
      await alter("all brokers, of one broker", types.broker, "", [one("advertised.listeners", "x")]);
      await alter("group", types.group, "ca-group", [one("consumer.session.timeout.ms", "46000")]);
      await alter("group, bad", types.group, "ca-group", [one("consumer.session.timeout.ms", "1")]);
      await alter("group, unknown key", types.group, "ca-group", [one("no.such", "1")]);
      await alter("group without a name", types.group, "", [one("consumer.session.timeout.ms", "46000")]);
      await alter("client metrics", types.metrics, "ca-metrics", [
        one("interval.ms", "60000"),
        one("metrics", "a.b"),
        one("match", "client_id=x"),
      ]);
      await alter("client metrics, short interval", types.metrics, "ca-metrics", [one("interval.ms", "1")]);
      await alter("client metrics, bad match", types.metrics, "ca-metrics", [one("match", "odd=x")]);
      await alter("client metrics, unknown key", types.metrics, "ca-metrics", [one("no.such", "1")]);
      await alter("type 77", 77, "ca", [one("retention.ms", "1")]);
      await stage.each(key, `${name}: none`, { resources: [] });
      await stage.each(key, `${name}: resource twice`, {
        resources: [
          { resourceType: types.topic, resourceName: "ca", configs: [one("retention.ms", "1")] },
          { resourceType: types.topic, resourceName: "ca", configs: [one("retention.ms", "2")] },
        ],
      });
      if (key === ApiKey.IncrementalAlterConfigs) {
        const operation = (label: string, configName: string, value: string | null, configOperation: number) =>
          topic(label, [{ name: configName, value, configOperation }]);
        await operation("delete", "retention.ms", null, 1);
        await operation("delete what is not there", "retention.bytes", null, 1);
        await operation("append", "cleanup.policy", "compact", 2);
        await operation("append again", "cleanup.policy", "compact", 2);
        await operation("subtract", "cleanup.policy", "delete", 3);
        await operation("subtract what is not there", "cleanup.policy", "delete", 3);
        await operation("append to no list", "retention.ms", "1", 2);
        await operation("operation 9", "retention.ms", "1", 9);
      }
      await stage.ask(ApiKey.DescribeConfigs, 4, `${name}: what came of it`, {
        resources: [
          { resourceType: types.topic, resourceName: "ca", configurationKeys: null },
          { resourceType: types.group, resourceName: "ca-group", configurationKeys: null },
          { resourceType: types.metrics, resourceName: "ca-metrics", configurationKeys: null },
        ],
      });
    }
  }),
  scenario("client metrics", async (stage) => {
    await stage.each(ApiKey.ListConfigResources, "all", {});
    await stage.each(ApiKey.ListConfigResources, "by type", { resourceTypes: [types.metrics] }, { from: 1 });
    const known = await stage.ask(ApiKey.GetTelemetrySubscriptions, 0, "new client", { clientInstanceId: zeroId });
    await stage.ask(ApiKey.GetTelemetrySubscriptions, 0, "too soon", {
      clientInstanceId: known?.clientInstanceId ?? strangeId,
    });
    await stage.ask(ApiKey.PushTelemetry, 0, "unknown subscription", {
      clientInstanceId: known?.clientInstanceId ?? strangeId,
      subscriptionId: 900_001,
      metrics: new Uint8Array(0),
    });
    await stage.ask(ApiKey.PushTelemetry, 0, "no client", {
      clientInstanceId: zeroId,
      subscriptionId: 0,
      metrics: new Uint8Array(0),
    });
    await stage.ask(ApiKey.PushTelemetry, 0, "unknown codec", {
      clientInstanceId: strangeId,
      subscriptionId: 0,
      compressionType: 9,
      metrics: new Uint8Array(0),
    });
  }),
  scenario("client quotas", async (stage) => {
    const user = (entityName: string | null) => ({ entityType: "user", entityName });
    const client = (entityName: string | null) => ({ entityType: "client-id", entityName });
    const set = (key: string, value: number) => ({ key, value, remove: false });
    const alter = (label: string, entity: object[], ops: object[], validateOnly = false) =>
      stage.each(ApiKey.AlterClientQuotas, label, { entries: [{ entity, ops }], validateOnly });
    await alter("user", [user("alice")], [set("producer_byte_rate", 1000), set("consumer_byte_rate", 2000.5)]);
    await alter("default user", [user(null)], [set("request_percentage", 50)]);
    await alter("client", [client("app")], [set("controller_mutation_rate", 1e9)]);
    await alter("user and client", [user("alice"), client("app")], [set("producer_byte_rate", 1e9)]);
    await alter("ip", [{ entityType: "ip", entityName: "10.1.2.3" }], [set("connection_creation_rate", 7)]);
    await alter("ip that is none", [{ entityType: "ip", entityName: "10.1.2" }], [set("connection_creation_rate", 7)]);
    await alter("ip, fraction", [{ entityType: "ip", entityName: "10.1.2.3" }], [set("connection_creation_rate", 7.5)]);
    await alter(
      "ip and user",
      [{ entityType: "ip", entityName: "10.1.2.3" }, user("alice")],
      [set("connection_creation_rate", 7)],
    );
    await alter("unknown entity", [{ entityType: "planet", entityName: "x" }], [set("producer_byte_rate", 1)]);
    await alter("empty name", [user("")], [set("producer_byte_rate", 1)]);
    await alter("no entity", [], [set("producer_byte_rate", 1)]);
    await alter("unknown key", [user("alice")], [set("no_such", 1)]);
    await alter("key of another entity", [user("alice")], [set("connection_creation_rate", 1)]);
    await alter("zero", [user("alice")], [set("producer_byte_rate", 0)]);
    await alter("negative", [user("alice")], [set("producer_byte_rate", -1)]);
    await alter("fraction", [user("alice")], [set("producer_byte_rate", 1.5)]);
    await alter("validate only", [user("bob")], [set("producer_byte_rate", 1)], true);
    await alter("key twice", [user("carol")], [set("producer_byte_rate", 1e9), set("producer_byte_rate", 2e9)]);
    await alter("remove what is not there", [user("dave")], [{ key: "producer_byte_rate", value: 0, remove: true }]);
    await alter("no ops", [user("erin")], []);
    const describe = (label: string, components: object[], strict = false) =>
      stage.each(ApiKey.DescribeClientQuotas, label, { components, strict });
    await describe("all", []);
    await describe("all, strict", [], true);
    await describe("user", [{ entityType: "user", matchType: 0, match: "alice" }]);
    await describe("user, strict", [{ entityType: "user", matchType: 0, match: "alice" }], true);
    await describe("default user", [{ entityType: "user", matchType: 1, match: null }]);
    await describe("any user", [{ entityType: "user", matchType: 2, match: null }]);
    await describe("user and client", [
      { entityType: "user", matchType: 2, match: null },
      { entityType: "client-id", matchType: 2, match: null },
    ]);
    await describe("ip", [{ entityType: "ip", matchType: 2, match: null }]);
    await describe("ip and user", [
      { entityType: "ip", matchType: 2, match: null },
      { entityType: "user", matchType: 2, match: null },
    ]);
    await describe("unknown entity", [{ entityType: "planet", matchType: 2, match: null }]);
    await describe("empty entity", [{ entityType: "", matchType: 2, match: null }]);
    await describe("exactly nothing", [{ entityType: "user", matchType: 0, match: null }]);
    await describe("default with a name", [{ entityType: "user", matchType: 1, match: "alice" }]);
    await describe("match type 9", [{ entityType: "user", matchType: 9, match: null }]);
    await describe("entity twice", [
      { entityType: "user", matchType: 2, match: null },
      { entityType: "user", matchType: 1, match: null },
    ]);
    for (const name of ["alice", null])
      await alter(
        "away",
        [user(name)],
        ["producer_byte_rate", "consumer_byte_rate", "request_percentage"].map((key) => ({
          key,
          value: 0,
          remove: true,
        })),
      );
    await alter("client away", [client("app")], [{ key: "controller_mutation_rate", value: 0, remove: true }]);
    await describe("after", []);
  }),
];
