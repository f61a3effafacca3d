import { KafkaError } from "@moldau/base";
import type { Command } from "commander";
import { hasCode, usageError } from "../errors";
import { withConfigKeys } from "../nearest";
import { collect, parseAssignments, parseConfigs, wholeNumber } from "../parse-options";
import { examples, type Session } from "../session";

interface Options {
  partitions?: number;
  replicationFactor?: number;
  assign?: string;
  config?: string[];
  ifNotExists?: boolean;
  dryRun?: boolean;
}

export function topicCreate(parent: Command, session: Session): void {
  parent
    .command("create")
    .description("create topics")
    .argument("<topic...>", "names")
    .option("--partitions <n>", "how many; the cluster's num.partitions by default", wholeNumber("--partitions", 1))
    .option(
      "--replication-factor <n>",
      "replicas of each partition; the cluster's default by default",
      wholeNumber("--replication-factor", 1),
    )
    .option("--assign <ids;ids;…>", "replicas by hand: broker ids of partition 0, of partition 1, …")
    .option("--config <key=value>", "a topic configuration; may be repeated", collect)
    .option("--if-not-exists", "no error where the topic exists")
    .option("--dry-run", "let the cluster check it, create nothing")
    .addHelpText(
      "after",
      examples([
        ["moldau topic create orders --partitions 6", "six partitions"],
        ["moldau topic create state --config cleanup.policy=compact", "keeps the last record of each key"],
        ["moldau topic create audit --assign '1,2;2,3'", "partition 0 on brokers 1 and 2, partition 1 on 2 and 3"],
      ]),
    )
    .action((topics: string[], options: Options) => run(session, topics, options));
}

async function run(session: Session, topics: readonly string[], options: Options): Promise<void> {
  const assignments = options.assign === undefined ? undefined : parseAssignments(options.assign);
  if (assignments && (options.partitions !== undefined || options.replicationFactor !== undefined)) {
    throw usageError("--assign says how many partitions and replicas there are; leave out the other two");
  }
  const configs = parseConfigs(options.config ?? []);
  const results: { name: string; created: boolean }[] = [];
  await session.withAdmin(async (admin) => {
    for (const name of topics) {
      try {
        await withConfigKeys(Object.keys(configs), () =>
          admin.createTopic({
            name,
            partitions: options.partitions,
            replicationFactor: options.replicationFactor,
            assignments,
            configs,
            validateOnly: options.dryRun,
          }),
        );
        results.push({ name, created: !options.dryRun });
      } catch (error) {
        if (!options.ifNotExists || !hasCode(error, KafkaError.TOPIC_ALREADY_EXISTS)) throw error;
        results.push({ name, created: false });
      }
    }
  });
  await session.print({
    data: results,
    text: () =>
      results
        .map(({ name, created }) =>
          created
            ? `created topic ${name}`
            : options.dryRun
              ? `topic ${name} could be created`
              : `topic ${name} exists`,
        )
        .join("\n"),
  });
}
