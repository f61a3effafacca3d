// kafka-delete-records. Source: org.apache.kafka.tools.DeleteRecordsCommand of Kafka 4.1.
import { toText } from "../java-error";
import { integerAt, objectsAt, parseJsonFile, stringAt } from "../json-file";
import { bootstrapServer, commandConfig, requireOptions } from "../options";
import type { KafkaTool } from "../tool";
import { ToolError } from "../tool-error";

export const deleteRecordsTool: KafkaTool = {
  name: "kafka-delete-records",
  purpose: "delete the records of partitions below an offset",
  summary: "This tool helps to delete records of the given partitions down to the specified offset.",
  examples: [
    [
      "--bootstrap-server localhost:9092 --offset-json-file below.json",
      '{"partitions": [{"topic": "orders", "partition": 0, "offset": 42}]}',
    ],
  ],
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      {
        flag: "offset-json-file",
        value: "file",
        help: "what to delete: partitions with the offset that is first to stay",
      },
    ],
    async run({ options, terminal, print, withAdmin }) {
      requireOptions(options, "bootstrap-server", "offset-json-file");
      const starts = parse(await terminal.readFile(options.required("offset-json-file")));
      print("Executing records delete operation");
      const outcomes = await withAdmin((admin) => admin.deleteRecords(starts));
      print("Records delete operation completed:");
      for (const { topic, partition, lowWatermark, error } of outcomes) {
        const what = error === null ? `low_watermark: ${lowWatermark}` : `error: ${toText(error)}`;
        print(`partition: ${topic}-${partition}\t${what}`);
      }
    },
  },
};

function parse(text: string): { topic: string; partition: number; beforeOffset: number }[] {
  const json = parseJsonFile(text);
  if (json.partitions === undefined) throw new ToolError("Missing partitions field");
  const starts = objectsAt(json, "partitions").map((item) => ({
    topic: stringAt(item, "topic"),
    partition: integerAt(item, "partition"),
    beforeOffset: integerAt(item, "offset"),
  }));
  const names = starts.map(({ topic, partition }) => `${topic}-${partition}`);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length > 0) throw new ToolError(`Offset json file contains duplicate topic partitions: ${twice.join(",")}`);
  return starts;
}
