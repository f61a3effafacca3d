// kafka-cluster. Source: org.apache.kafka.tools.ClusterTool of Kafka 4.1.
import { KafkaError } from "@moldau/base";
import { hasCode } from "../../errors";
import { row, widthOf } from "../columns";
import { messageOf, toText } from "../java-error";
import { bootstrapController, bootstrapServer, type OptionDefinition } from "../options";
import type { ClientSettings, KafkaTool } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";

const shared: readonly OptionDefinition[] = [
  { ...bootstrapServer, short: "b" },
  { ...bootstrapController, short: "C" },
  { flag: "config", short: "c", value: "file", help: "properties for the client" },
];
const settings: ClientSettings = { controllers: true, configFlag: "config" };
/** Kafka's widths where nothing tells them. */
const HOST_WIDTH = 100;
const RACK_WIDTH = 10;

export const clusterTool: KafkaTool = {
  name: "kafka-cluster",
  purpose: "the cluster's id, its endpoints; unregister a broker",
  summary: "The Kafka cluster tool.",
  examples: [
    ["cluster-id --bootstrap-server localhost:9092", "its id"],
    ["list-endpoints --bootstrap-server localhost:9092 --include-fenced-brokers", "the brokers"],
    ["unregister --bootstrap-server localhost:9092 --id 3", "a broker that is gone for good"],
  ],
  describe: toText,
  subcommands: {
    "cluster-id": {
      summary: "get information about the ID of a cluster",
      options: shared,
      async run({ options, print, withAdmin }) {
        const controllers = options.has("bootstrap-controller");
        const { clusterId } = await withAdmin((admin) => admin.describeEndpoints({ controllers }), settings);
        print(clusterId ? `Cluster ID: ${clusterId}` : "No cluster ID found. The Kafka version is probably too old.");
      },
    },
    unregister: {
      summary: "unregister a broker",
      options: [...shared, { flag: "id", short: "i", value: "id", type: "integer", help: "the broker" }],
      async run({ options, print, withAdmin }) {
        const id = options.integer("id");
        if (id === undefined) throw new ToolUsageError("argument --id/-i is required");
        try {
          await withAdmin((admin) => admin.unregisterBroker(id), settings);
          print(`Broker ${id} is no longer registered.`);
        } catch (error) {
          if (!hasCode(error, KafkaError.UNSUPPORTED_VERSION)) throw error;
          print("The target cluster does not support the broker unregistration API.");
        }
      },
    },
    "list-endpoints": {
      summary: "list endpoints",
      options: [...shared, { flag: "include-fenced-brokers", help: "brokers that are fenced as well" }],
      async run({ options, print, withAdmin }) {
        const controllers = options.has("bootstrap-controller");
        const includeFenced = options.has("include-fenced-brokers");
        if (controllers && includeFenced) {
          throw new ToolError("The option --include-fenced-brokers is only supported with --bootstrap-server option");
        }
        try {
          const { nodes } = await withAdmin(
            (admin) => admin.describeEndpoints({ controllers, includeFenced }),
            settings,
          );
          const racks = nodes.flatMap(({ rack }) => (rack === null ? [] : [rack]));
          const widths = [
            10,
            nodes.length === 0
              ? HOST_WIDTH
              : widthOf(
                  0,
                  nodes.map(({ host }) => host),
                ),
            10,
            racks.length === 0 ? RACK_WIDTH : widthOf(0, racks),
            ...(controllers ? [] : [10]),
            15,
          ];
          print(row(["ID", "HOST", "PORT", "RACK", ...(controllers ? [] : ["STATE"]), "ENDPOINT_TYPE"], widths));
          for (const { nodeId, host, port, rack, fenced } of nodes) {
            const state = controllers ? [] : [fenced ? "fenced" : "unfenced"];
            print(row([nodeId, host, port, rack ?? "null", ...state, controllers ? "controller" : "broker"], widths));
          }
        } catch (error) {
          if (!hasCode(error, KafkaError.UNSUPPORTED_VERSION)) throw error;
          print(messageOf(error));
        }
      },
    },
  },
};
