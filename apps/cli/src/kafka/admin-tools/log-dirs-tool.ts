// kafka-log-dirs. Source: org.apache.kafka.tools.LogDirsCommand of Kafka 4.1.
import type { BrokerLogDirs } from "@moldau/client";
import { exceptionOf } from "../java-error";
import { bootstrapServer, commandConfig, requireOptions } from "../options";
import type { KafkaTool } from "../tool";
import { ToolError } from "../tool-error";

export const logDirsTool: KafkaTool = {
  name: "kafka-log-dirs",
  purpose: "what lies in the brokers' log directories",
  summary: "This tool helps to query log directory usage on the specified brokers.",
  examples: [
    ["--bootstrap-server localhost:9092 --describe", "all of them, as JSON"],
    ["--bootstrap-server localhost:9092 --describe --broker-list 1,2 --topic-list orders", "some"],
  ],
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "describe", help: "describe the log directories" },
      { flag: "topic-list", value: "topics", default: "", help: "only these topics, with commas between" },
      { flag: "broker-list", value: "ids", default: "", help: "only these brokers, with commas between" },
    ],
    async run({ options, print, withAdmin }) {
      requireOptions(options, "bootstrap-server", "describe");
      const list = (flag: string): string[] =>
        options
          .value(flag)!
          .split(",")
          .filter((word) => word !== "");
      const topics = new Set(list("topic-list"));
      const asked = list("broker-list").map((word) => {
        if (!/^\d+$/.test(word)) throw new ToolError(`For input string: "${word}"`);
        return Number(word);
      });
      await withAdmin(
        async (admin) => {
          const brokers = (await admin.describeCluster()).nodes.map(({ nodeId }) => nodeId);
          const unknown = asked.filter((id) => !brokers.includes(id));
          if (unknown.length > 0) {
            throw new ToolError(
              `ERROR: The given brokers do not exist from --broker-list: ${unknown.join(",")}. ` +
                `Current existent brokers: ${brokers.join(",")}`,
            );
          }
          const ids = asked.length > 0 ? [...new Set(asked)].sort((a, b) => a - b) : brokers;
          print("Querying brokers for log directories information");
          const described = await admin.describeLogDirs(ids);
          print(`Received log directory information from brokers ${ids.join(",")}`);
          print(JSON.stringify(asJson(described, topics)));
        },
        { clientId: "log-dirs-tool" },
      );
    },
  },
};

/** The keys stand in the order in which Kafka's tool writes them. */
function asJson(brokers: readonly BrokerLogDirs[], topics: ReadonlySet<string>): object {
  return {
    brokers: brokers.map(({ brokerId, dirs }) => ({
      broker: brokerId,
      logDirs: dirs.map(({ path, error, replicas }) => ({
        partitions: replicas
          .filter(({ topic }) => topics.size === 0 || topics.has(topic))
          .map(({ topic, partition, bytes, offsetLag, isFuture }) => ({
            partition: `${topic}-${partition}`,
            size: bytes,
            offsetLag,
            isFuture,
          })),
        error: error === null ? null : `org.apache.kafka.common.errors.${exceptionOf(error)}`,
        logDir: path,
      })),
    })),
    version: 1,
  };
}
