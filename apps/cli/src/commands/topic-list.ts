import type { Command } from "commander";
import { table } from "../render";
import { examples, type Session } from "../session";

export function topicList(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list topics")
    .option("--internal", "with the cluster's own topics")
    .addHelpText(
      "after",
      examples([
        ["moldau topic list", "names and partitions"],
        ["moldau topic list --output json | jq -r '.[].name'", "for a script"],
      ]),
    )
    .action((options: { internal?: boolean }) => run(session, options));
}

async function run(session: Session, options: { internal?: boolean }): Promise<void> {
  const all = await session.withAdmin((admin) => admin.listTopics());
  const topics = all
    .filter((topic) => options.internal || !topic.internal)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, partitions, internal }) => ({ name, partitions, internal }));
  if (topics.length === 0) await session.note("no topics yet; create one with moldau topic create NAME");
  await session.print({
    data: topics,
    text: () =>
      table(
        options.internal ? ["TOPIC", "PARTITIONS", "INTERNAL"] : ["TOPIC", "PARTITIONS"],
        topics.map((topic) => [topic.name, topic.partitions, ...(options.internal ? [String(topic.internal)] : [])]),
      ),
  });
}
