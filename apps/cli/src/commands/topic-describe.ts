import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { withTopic } from "../nearest";
import { endOffsetsWhereKnown, firstOffsetsWhereKnown, partitionName } from "../offsets";
import { fields, plural, table } from "../render";
import { examples, type Session } from "../session";

export function topicDescribe(parent: Command, session: Session): void {
  parent
    .command("describe")
    .description("show partitions, replicas, offsets and what is configured")
    .argument("<topic...>", "names")
    .option("--all-configs", "defaults too, not only what was set")
    .addHelpText(
      "after",
      examples([
        ["moldau topic describe orders", "where each partition is and what it holds"],
        ["moldau topic describe orders --all-configs", "with every configuration key"],
      ]),
    )
    .action((topics: string[], options: { allConfigs?: boolean }) => run(session, topics, options));
}

type Described = Awaited<ReturnType<typeof describe>>;

async function run(session: Session, topics: string[], options: { allConfigs?: boolean }): Promise<void> {
  const described = await session.withAdmin(async (admin) => {
    const all: Described[] = [];
    for (const name of topics) all.push(await describe(admin, name, options.allConfigs ?? false));
    return all;
  });
  await session.print({
    data: described,
    text: async () => (await Promise.all(described.map(textOf))).join("\n\n"),
  });
}

async function describe(admin: Admin, name: string, allConfigs: boolean) {
  const [topic] = await withTopic(admin, name, () => admin.describeTopics([name]));
  if (!topic) throw new Error(`the cluster says nothing about topic ${name}`);
  // A partition without a leader has nobody to ask.
  const led = topic.partitions.filter(({ leader }) => leader >= 0).map(({ partition }) => ({ topic: name, partition }));
  const [first, end, configs] = await Promise.all([
    firstOffsetsWhereKnown(admin, led),
    endOffsetsWhereKnown(admin, led),
    admin.describeConfigs({ type: "topic", name }),
  ]);
  return {
    name,
    topicId: topic.topicId,
    internal: topic.internal,
    replicationFactor: Math.max(0, ...topic.partitions.map(({ replicas }) => replicas.length)),
    configs: configs
      .filter((entry) => allConfigs || isSetOnTopic(entry))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, value, isDefault }) => ({ name, value, isDefault })),
    partitions: [...topic.partitions]
      .sort((a, b) => a.partition - b.partition)
      .map((partition) => ({
        ...partition,
        firstOffset: first.get(partitionName({ topic: name, partition: partition.partition })) ?? null,
        endOffset: end.get(partitionName({ topic: name, partition: partition.partition })) ?? null,
      })),
  };
}

/** ConfigSource DYNAMIC_TOPIC_CONFIG of the DescribeConfigs answer: set on this topic, not inherited from a broker. */
function isSetOnTopic(entry: { source: number }): boolean {
  return entry.source === 1;
}

async function textOf(topic: Described): Promise<string> {
  const head: [string, string][] = [
    ["Topic", topic.internal ? `${topic.name} (internal)` : topic.name],
    ["Id", topic.topicId],
    ["Partitions", `${topic.partitions.length}, ${plural(topic.replicationFactor, "replica")} each`],
  ];
  const configs = topic.configs.map(({ name, value }): [string, string] => [`  ${name}`, value ?? "(not shown)"]);
  const rows = topic.partitions.map((partition) => [
    partition.partition,
    partition.leader < 0 ? "none" : String(partition.leader),
    partition.replicas.join(","),
    partition.isr.join(",") || "none",
    partition.firstOffset ?? undefined,
    partition.endOffset ?? undefined,
  ]);
  return [
    fields(head),
    ...(configs.length > 0 ? [`Configs:\n${fields(configs)}`] : []),
    "",
    await table(["PARTITION", "LEADER", "REPLICAS", "IN SYNC", "FIRST OFFSET", "END OFFSET"], rows),
  ].join("\n");
}
