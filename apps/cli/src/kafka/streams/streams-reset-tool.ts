// kafka-streams-application-reset. Source: org.apache.kafka.tools.StreamsResetter of Kafka 4.1.
import type { Admin, TopicPartitionName } from "@moldau/client";
import { parseDatetime, parseDuration } from "../../times";
import { parseResetPlan } from "../consumer-groups/reset-file";
import { committedBy, keyOf, type NewOffset, offsetsAt } from "../consumer-groups/reset-offsets";
import { byTopicAndPartition } from "../consumer-groups/topic-scope";
import { bootstrapServer, refuseWith } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import { isInternalTopic } from "../topic-names";

const scenarios = [
  "to-offset",
  "to-datetime",
  "by-duration",
  "to-earliest",
  "to-latest",
  "from-file",
  "shift-by",
] as const;

export const streamsResetTool: KafkaTool = {
  name: "kafka-streams-application-reset",
  purpose: "let a Streams application begin anew: its offsets and internal topics",
  summary:
    "This tool helps to quickly reset an application in order to reprocess its data from scratch: it resets the offsets of input " +
    "topics and deletes the internal topics that Kafka Streams made. Run it with --dry-run first; clean up local state yourself.",
  examples: [
    ["--bootstrap-server localhost:9092 --application-id app --input-topics orders --dry-run", "what it would do"],
  ],
  errorPrefix: "ERROR: ",
  command: {
    options: [
      { ...bootstrapServer, default: "localhost:9092" },
      { flag: "application-id", value: "id", help: "the application, which is its group too" },
      {
        flag: "input-topics",
        value: "t1,t2",
        help: "topics whose offsets are reset, to the beginning unless told otherwise",
      },
      { flag: "intermediate-topics", value: "t1,t2", help: "topics whose offsets go to the end; deprecated" },
      { flag: "internal-topics", value: "t1,t2", help: "delete these of the internal topics only" },
      { flag: "to-offset", value: "offset", type: "integer", help: "reset to this offset" },
      { flag: "to-datetime", value: "YYYY-MM-DDThh:mm:ss.sss", help: "reset to the first record from this time on" },
      { flag: "by-duration", value: "PnDTnHnMnS", help: "reset to a time so long ago" },
      { flag: "to-earliest", help: "reset to the beginning" },
      { flag: "to-latest", help: "reset to the end" },
      { flag: "from-file", value: "csv", help: "reset to the offsets of a file: topic,partition,offset" },
      { flag: "shift-by", value: "n", type: "integer", help: "reset n forward, or back where it is negative" },
      { flag: "config-file", value: "file", help: "properties for the client" },
      { flag: "dry-run", help: "show what would be done" },
    ],
    async run(tool) {
      const { options } = tool;
      if (!options.has("application-id")) throw new ToolUsageError("Missing required option(s) [application-id]");
      for (const scenario of scenarios) {
        refuseWith(options, scenario, ...scenarios.filter((other) => other !== scenario));
      }
      await tool.withAdmin((admin) => reset(tool, admin), { configFlag: "config-file", servers: "localhost:9092" });
    },
  },
};

async function reset(tool: ToolRun, admin: Admin): Promise<void> {
  const { options, print } = tool;
  const groupId = options.required("application-id");
  const [group] = await admin.describeGroups([groupId]);
  if (group!.members.length > 0) {
    throw new ToolError(
      `Consumer group '${groupId}' is still active and has ${group!.members.length} members. Make sure to stop all running ` +
        "application instances before running the reset tool.",
    );
  }
  const topics = (await admin.listTopics()).map(({ name }) => name).filter((name) => !isInternalTopic(name));
  if (options.has("dry-run")) {
    print("----Dry run displays the actions which will be performed when running Streams Reset Tool----");
  }
  tool.exitCode = (await resetOffsets(tool, admin, groupId, topics)) ? 0 : 1;
  await deleteInternalTopics(tool, admin, groupId, topics);
}

function topicList({ options }: ToolRun, flag: string): string[] {
  return options.values(flag).flatMap((text) => text.split(",").filter((word) => word !== ""));
}

/** Whether all topics that are named were there. */
async function resetOffsets(tool: ToolRun, admin: Admin, groupId: string, topics: readonly string[]): Promise<boolean> {
  const { options, print } = tool;
  const input = topicList(tool, "input-topics");
  if (options.has("intermediate-topics")) {
    print("WARN: `--intermediate-topics` is deprecated and will be removed in a future release");
  }
  const intermediate = topicList(tool, "intermediate-topics");
  if (input.length === 0 && intermediate.length === 0) {
    print("No input or intermediate topics specified. Skipping seek.");
    return true;
  }
  if (input.length > 0) print(`Reset-offsets for input topics [${input.join(", ")}]`);
  if (intermediate.length > 0) print(`Seek-to-end for intermediate topics [${intermediate.join(", ")}]`);
  let found = true;
  for (const [kind, names] of [
    ["input", input],
    ["intermediate", intermediate],
  ] as const) {
    const missing = names.filter((name) => !topics.includes(name));
    if (missing.length === 0) continue;
    found = false;
    print(`Following ${kind} topics are not found, skipping them`);
    for (const name of missing) print(`Topic:${kind === "input" ? " " : ""}${name}`);
  }
  const partitionsOf = async (names: readonly string[]): Promise<TopicPartitionName[]> =>
    (await admin.describeTopics(names.filter((name) => topics.includes(name))))
      .flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition })))
      .sort(byTopicAndPartition);
  const inputs = await partitionsOf(input);
  const ends = await partitionsOf(intermediate);
  if (inputs.length === 0 && ends.length === 0) return found;
  const plan: NewOffset[] = [];
  if (inputs.length > 0) {
    print(`Following input topics offsets will be reset to (for consumer group ${groupId})`);
    plan.push(...(await planOf(tool, admin, groupId, inputs)));
    for (const { topic, partition, offset } of plan) {
      print(`Topic: ${topic} Partition: ${partition} Offset: ${offset}`);
    }
  }
  if (ends.length > 0) {
    print(`Following intermediate topics offsets will be reset to end (for consumer group ${groupId})`);
    for (const { topic } of ends) print(`Topic: ${topic}`);
    plan.push(...(await offsetsAt(admin, ends, "latest")));
  }
  if (!options.has("dry-run")) await admin.commitOffsets(groupId, plan);
  print("Done.");
  return found;
}

async function planOf(
  tool: ToolRun,
  admin: Admin,
  groupId: string,
  partitions: readonly TopicPartitionName[],
): Promise<NewOffset[]> {
  const { options, terminal } = tool;
  const scenario = scenarios.find((name) => options.has(name)) ?? "to-earliest";
  switch (scenario) {
    case "to-earliest":
      return offsetsAt(admin, partitions, "earliest");
    case "to-latest":
      return offsetsAt(admin, partitions, "latest");
    case "to-offset":
      return withinLog(
        tool,
        admin,
        partitions.map((at) => ({ ...at, offset: options.integer("to-offset")! })),
      );
    case "shift-by": {
      const committed = await committedBy(admin, groupId);
      const by = options.integer("shift-by")!;
      return withinLog(
        tool,
        admin,
        partitions.map((at) => ({ ...at, offset: (committed.get(keyOf(at)) ?? 0) + by })),
      );
    }
    case "to-datetime":
      return atTime(tool, admin, partitions, parseDatetime("--to-datetime", options.required(scenario)));
    case "by-duration":
      return atTime(
        tool,
        admin,
        partitions,
        terminal.wallMs() - parseDuration("--by-duration", options.required(scenario)),
      );
    case "from-file": {
      const plan = parseResetPlan(await terminal.readFile(options.required(scenario)), [groupId]).get(groupId) ?? [];
      const named = new Set(plan.map(keyOf));
      const missing = partitions.find((at) => !named.has(keyOf(at)));
      if (missing !== undefined)
        throw new ToolError(`the file has no offset for ${missing.topic}-${missing.partition}`);
      const wanted = new Set(partitions.map(keyOf));
      return withinLog(
        tool,
        admin,
        plan.filter((at) => wanted.has(keyOf(at))),
      );
    }
  }
}

async function withinLog({ print }: ToolRun, admin: Admin, wanted: readonly NewOffset[]): Promise<NewOffset[]> {
  const [starts, ends] = await Promise.all([offsetsAt(admin, wanted, "earliest"), offsetsAt(admin, wanted, "latest")]);
  return wanted.map((at, index) => {
    const start = starts[index]!.offset;
    const end = ends[index]!.offset;
    if (at.offset >= end) {
      print(`New offset (${at.offset}) is higher than latest offset. Value will be set to ${end}`);
      return { ...at, offset: end };
    }
    if (at.offset > start) return at;
    print(`New offset (${at.offset}) is lower than earliest offset. Value will be set to ${start}`);
    return { ...at, offset: start };
  });
}

async function atTime(
  { print }: ToolRun,
  admin: Admin,
  partitions: readonly TopicPartitionName[],
  timestampMs: number,
): Promise<NewOffset[]> {
  const found = await offsetsAt(admin, partitions, timestampMs);
  const ends = await offsetsAt(admin, partitions, "latest");
  return found.map((at, index) => {
    if (at.offset >= 0) return at;
    print(
      `Partition ${at.partition} from topic ${at.topic} is empty, without a committed record. Falling back to latest known offset.`,
    );
    return ends[index]!;
  });
}

/** Names that Kafka Streams gives: `<application>-…-changelog`, `-repartition`, and those of foreign-key joins. */
function isStreamsTopic(name: string, application: string): boolean {
  return (
    name.startsWith(`${application}-`) &&
    /(?:-changelog|-repartition|-subscription-registration-topic|-subscription-response-topic|.-KTABLE-FK-JOIN-SUBSCRIPTION-(?:REGISTRATION|RESPONSE)-\d+-topic)$/.test(
      name,
    )
  );
}

async function deleteInternalTopics(
  tool: ToolRun,
  admin: Admin,
  application: string,
  topics: readonly string[],
): Promise<void> {
  const { options, print } = tool;
  const inferred = topics.filter((name) => isStreamsTopic(name, application));
  const specified = topicList(tool, "internal-topics");
  if (!specified.every((name) => inferred.includes(name))) {
    throw new ToolError(
      "Invalid topic specified in the --internal-topics option. Ensure that the topics specified are all internal topics. " +
        "Do a dry run without the --internal-topics option to see the list of all internal topics that can be deleted.",
    );
  }
  const chosen = specified.length > 0 ? specified : inferred;
  print(`Deleting ${specified.length > 0 ? "specified" : "inferred"} internal topics [${chosen.join(", ")}]`);
  if (!options.has("dry-run")) await Promise.all(chosen.map((name) => admin.deleteTopic(name)));
  print("Done.");
}
