// kafka-groups. Source: org.apache.kafka.tools.GroupsCommand of Kafka 4.1.
import { widthOf } from "../columns";
import { bootstrapServer, commandConfig, refuseWith } from "../options";
import type { KafkaTool } from "../tool";
import { ToolUsageError } from "../tool-error";

const types: readonly string[] = ["Classic", "Consumer", "Share", "Streams"];
const WIDTH_MIN = 20;

export const groupsTool: KafkaTool = {
  name: "kafka-groups",
  purpose: "list groups of all types",
  summary: "This tool helps to list groups of all types.",
  examples: [
    ["--bootstrap-server localhost:9092 --list", "all groups"],
    ["--bootstrap-server localhost:9092 --list --consumer", "those of consumers"],
  ],
  errorPrefix: "Error while executing groups command : ",
  errorsOn: "output",
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "list", help: "list the groups" },
      { flag: "group-type", value: "type", help: "only groups of this type: classic, consumer, share, streams" },
      { flag: "protocol", value: "protocol", help: "only groups of this protocol type" },
      { flag: "consumer", help: "only groups of consumers, whatever their type" },
      { flag: "share", help: "only share groups" },
      { flag: "streams", help: "only streams groups" },
    ],
    async run({ options, print, withAdmin }) {
      if (!options.has("bootstrap-server")) throw new ToolUsageError("Missing required option(s) [bootstrap-server]");
      if (!options.has("list")) throw new ToolUsageError("Command must include exactly one action: --list.");
      const wantedType = options.value("group-type")?.toLowerCase();
      if (wantedType !== undefined && !types.some((type) => type.toLowerCase() === wantedType)) {
        throw new ToolUsageError("--group-type must be a valid group type.");
      }
      refuseWith(options, "consumer", "group-type", "protocol", "share", "streams");
      refuseWith(options, "share", "consumer", "group-type", "protocol", "streams");
      refuseWith(options, "streams", "consumer", "group-type", "protocol", "share");
      const protocol = options.value("protocol");
      const passes = (type: string, protocolType: string): boolean => {
        if (wantedType !== undefined) {
          return type.toLowerCase() === wantedType && (protocol === undefined || protocol === protocolType);
        }
        if (protocol !== undefined) return protocol === protocolType;
        if (options.has("consumer"))
          return ["consumer", ""].includes(protocolType) || type.toLowerCase() === "consumer";
        if (options.has("share")) return type.toLowerCase() === "share";
        if (options.has("streams")) return type.toLowerCase() === "streams";
        return true;
      };
      const groups = await withAdmin((admin) => admin.listGroups());
      const rows = groups
        .filter(({ type, protocolType }) => passes(type, protocolType))
        .map(({ groupId, type, protocolType }) => [
          groupId,
          types.find((name) => name.toLowerCase() === type.toLowerCase()) ?? type,
          protocolType,
        ]);
      const width = widthOf(WIDTH_MIN, rows.flat());
      const pad = (text: string): string => text.padEnd(width);
      print(["GROUP", "TYPE", "PROTOCOL"].map(pad).join(" "));
      for (const cells of rows) print(cells.map((cell) => `${pad(cell)} `).join(""));
    },
  },
};
