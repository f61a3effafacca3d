import { KafkaError, kafkaErrorName } from "@moldau/base";
import type { Admin, TopicPartitionName } from "@moldau/client";
import { isKafkaClientError } from "../../errors";
import { row, widthOf } from "../columns";
import { messageOf, toText } from "../java-error";
import type { ToolRun } from "../tool";
import { byTopicAndPartition, partitionsOf } from "./topic-scope";

const TOPIC_WIDTH_MIN = 15;
const ofGroup: readonly number[] = [
  KafkaError.INVALID_GROUP_ID,
  KafkaError.GROUP_ID_NOT_FOUND,
  KafkaError.GROUP_AUTHORIZATION_FAILED,
  KafkaError.NON_EMPTY_GROUP,
];
const ofPartition: readonly number[] = [
  KafkaError.GROUP_SUBSCRIBED_TO_TOPIC,
  KafkaError.TOPIC_AUTHORIZATION_FAILED,
  KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
];

/** `--delete-offsets`: how it went, and a table of every partition. */
export async function deleteOffsets({ options, print, write }: ToolRun, admin: Admin): Promise<void> {
  const groupId = options.required("group");
  const outcomes = new Map<string, { at: TopicPartitionName; error: unknown }>();
  const partitions: TopicPartitionName[] = [];
  for (const scope of options.values("topic")) {
    if (scope.includes(":")) partitions.push(...partitionsOf(scope));
    else partitions.push(...(await partitionsOfTopic(admin, scope, outcomes)));
  }
  const said = (at: TopicPartitionName, error: unknown): void =>
    void outcomes.set(`${at.topic}:${at.partition}`, { at, error });
  let whole: unknown = null;
  try {
    for (const { error, ...at } of await admin.deleteOffsets(groupId, partitions)) {
      said(at, error);
      whole ??= error;
    }
  } catch (error) {
    if (!isKafkaClientError(error)) throw error;
    whole = error;
    for (const at of partitions) said(at, error);
  }
  if (whole === null) print(`Request succeeded for deleting offsets from group ${groupId}.`);
  else if (isKafkaClientError(whole)) {
    if (ofGroup.includes(whole.code)) print(`\nError: ${messageOf(whole)}`);
    else if (ofPartition.includes(whole.code)) {
      print("\nError: Encountered some partition-level error, see the follow-up details.");
    } else print(`\nError: Encountered some unknown error: ${kafkaErrorName(whole.code)}`);
  }
  const rows = [...outcomes.values()].sort((a, b) => byTopicAndPartition(a.at, b.at));
  const widths = [
    widthOf(
      TOPIC_WIDTH_MIN,
      rows.map(({ at }) => at.topic),
    ),
    10,
    15,
  ];
  write(`\n${row(["TOPIC", "PARTITION", "STATUS"], widths)}`);
  for (const { at, error } of rows) {
    const status = error ? `Error: ${toText(error)}` : "Successful";
    write(`\n${row([at.topic, at.partition >= 0 ? at.partition : "-", status], widths)}`);
  }
  write("\n");
}

/** A topic that cannot be described stands in the table without a partition. */
async function partitionsOfTopic(
  admin: Admin,
  topic: string,
  outcomes: Map<string, { at: TopicPartitionName; error: unknown }>,
): Promise<TopicPartitionName[]> {
  try {
    const [described] = await admin.describeTopics([topic]);
    return described!.partitions.map(({ partition }) => ({ topic, partition }));
  } catch (error) {
    if (!isKafkaClientError(error)) throw error;
    outcomes.set(topic, { at: { topic, partition: -1 }, error });
    return [];
  }
}
