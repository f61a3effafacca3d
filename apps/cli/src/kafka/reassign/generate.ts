import { KafkaError } from "@moldau/base";
import type { Admin } from "@moldau/client";
import { hasCode } from "../../errors";
import { objectsAt, parseJsonFile, stringAt } from "../json-file";
import type { ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import { duplicates, formatReassignment, type PartitionTarget } from "./assignment";
import { type PlacedBroker, placeReplicas } from "./place-replicas";
import { settings } from "./settings";

/** `--generate`: the assignment as it is, and a fresh one over the brokers that are named. */
export async function generate(tool: ToolRun): Promise<void> {
  const { options, terminal, print } = tool;
  const ids = brokerIds(options.required("broker-list"));
  const json = parseJsonFile(await terminal.readFile(options.required("topics-to-move-json-file")));
  const topics = objectsAt(json, "topics").map((item) => stringAt(item, "topic"));
  const twice = duplicates(topics);
  if (twice.length > 0) {
    throw new ToolError(`List of topics to reassign contains duplicate entries: [${twice.join(", ")}]`);
  }
  await tool.withAdmin(async (admin) => {
    const current = await assignmentOf(admin, topics);
    const brokers = await brokersOf(admin, ids, !options.has("disable-rack-aware"));
    const proposed = topics.flatMap((topic) => {
      const list = current.filter((at) => at.topic === topic);
      const factor = list[0]!.replicas.length;
      if (factor > brokers.length) {
        throw new ToolError(
          `The target replication factor of ${factor} cannot be reached because only ${brokers.length} broker(s) are registered.`,
        );
      }
      return placeReplicas(brokers, list.length, factor, Math.random()).map((replicas, partition): PartitionTarget => ({
        topic,
        partition,
        replicas,
      }));
    });
    print(`Current partition replica assignment\n${formatReassignment(current)}\n`);
    print(`Proposed partition reassignment configuration\n${formatReassignment(proposed)}`);
  }, settings);
}

function brokerIds(text: string): number[] {
  const ids = text.split(",").map((word) => {
    if (!/^\d+$/.test(word)) throw new ToolError(`For input string: "${word}"`);
    return Number(word);
  });
  const twice = duplicates(ids);
  if (twice.length > 0) throw new ToolError(`Broker list contains duplicate entries: [${twice.join(", ")}]`);
  return ids;
}

/** The replicas of all partitions of these topics. */
export async function assignmentOf(admin: Admin, topics: readonly string[]): Promise<PartitionTarget[]> {
  const described = await Promise.all(
    topics.map(async (topic) => {
      try {
        return await admin.describeTopics([topic]);
      } catch (error) {
        if (!hasCode(error, KafkaError.UNKNOWN_TOPIC_OR_PARTITION)) throw error;
        throw new ToolError(
          `org.apache.kafka.common.errors.UnknownTopicOrPartitionException: Topic ${topic} not found.`,
        );
      }
    }),
  );
  return described
    .flat()
    .flatMap(({ name, partitions }) =>
      partitions.map(({ partition, replicas }) => ({ topic: name, partition, replicas })),
    );
}

async function brokersOf(admin: Admin, ids: readonly number[], rackAware: boolean): Promise<PlacedBroker[]> {
  const brokers = (await admin.describeCluster()).nodes
    .filter(({ nodeId }) => ids.includes(nodeId))
    .map(({ nodeId, rack }) => ({ id: nodeId, rack: rackAware ? rack : null }));
  const without = brokers.filter(({ rack }) => rack === null).length;
  if (rackAware && without !== 0 && without !== brokers.length) {
    throw new ToolError(
      "Not all brokers have rack information. Add --disable-rack-aware in command line to make replica assignment " +
        "without rack information.",
    );
  }
  return brokers;
}
