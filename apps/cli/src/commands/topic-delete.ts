import { KafkaError } from "@moldau/base";
import type { Command } from "commander";
import { hasCode } from "../errors";
import { unknownTopic } from "../nearest";
import { examples, type Session } from "../session";

export function topicDelete(parent: Command, session: Session): void {
  parent
    .command("delete")
    .description("delete topics and all their records")
    .argument("<topic...>", "names")
    .option("--if-exists", "no error where the topic does not exist")
    .addHelpText("after", examples([["moldau topic delete orders payments", "both, at once, for good"]]))
    .action((topics: string[], options: { ifExists?: boolean }) => run(session, topics, options));
}

async function run(session: Session, topics: readonly string[], options: { ifExists?: boolean }): Promise<void> {
  const results: { name: string; deleted: boolean }[] = [];
  await session.withAdmin(async (admin) => {
    for (const name of topics) {
      try {
        await admin.deleteTopic(name);
        results.push({ name, deleted: true });
      } catch (error) {
        if (!hasCode(error, KafkaError.UNKNOWN_TOPIC_OR_PARTITION)) throw error;
        if (!options.ifExists) throw await unknownTopic(admin, name);
        results.push({ name, deleted: false });
      }
    }
  });
  await session.print({
    data: results,
    text: () =>
      results
        .map(({ name, deleted }) => (deleted ? `deleted topic ${name}` : `topic ${name} does not exist`))
        .join("\n"),
  });
}
