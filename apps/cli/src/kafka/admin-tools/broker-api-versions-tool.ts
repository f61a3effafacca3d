// kafka-broker-api-versions. Source: org.apache.kafka.tools.BrokerApiVersionsCommand and NodeApiVersions of Kafka 4.1.
import { apis } from "@moldau/protocol";
import { messageOf } from "../java-error";
import { bootstrapServer, commandConfig, requireOptions } from "../options";
import type { KafkaTool } from "../tool";

export const brokerApiVersionsTool: KafkaTool = {
  name: "kafka-broker-api-versions",
  purpose: "the versions of Kafka's requests that each broker speaks",
  summary: "This tool helps to retrieve broker version information.",
  examples: [["--bootstrap-server localhost:9092", "of every broker"]],
  command: {
    options: [bootstrapServer, commandConfig],
    async run({ options, print, withAdmin }) {
      requireOptions(options, "bootstrap-server");
      const nodes = await withAdmin((admin) => admin.apiVersions());
      for (const { nodeId, host, port, rack, apis: ranges, error } of nodes) {
        const node = `${host}:${port} (id: ${nodeId} rack: ${rack ?? "null"} isFenced: false)`;
        if (ranges === undefined) print(`${node} -> ERROR: ${messageOf(error)}`);
        else print(`${node} -> (\n\t${apiLines(ranges).join(",\n\t")}\n)`);
      }
    },
  },
};

/** Every API that the node or this client knows, by its number. */
function apiLines(ranges: readonly { key: number; min: number; max: number }[]): string[] {
  const byKey = new Map(ranges.map((range) => [range.key, range]));
  return [...new Set([...byKey.keys(), ...apis.keys()])]
    .sort((a, b) => a - b)
    .map((key) => {
      const range = byKey.get(key);
      const api = apis.get(key);
      if (range === undefined) return `${api!.name}(${key}): UNSUPPORTED`;
      const { min, max } = range;
      const spoken = min === max ? String(min) : `${min} to ${max}`;
      if (api === undefined) return `UNKNOWN(${key}): ${spoken}`;
      const usable =
        api.versions.max < min
          ? "unusable: node too new"
          : max < api.versions.min
            ? "unusable: node too old"
            : `usable: ${Math.min(api.versions.max, max)}`;
      return `${api.name}(${key}): ${spoken} [${usable}]`;
    });
}
