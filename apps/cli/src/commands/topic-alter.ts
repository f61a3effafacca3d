import type { Command } from "commander";
import { CliError, usageError } from "../errors";
import { withConfigKeys, withTopic } from "../nearest";
import { collect, parseConfigs, wholeNumber } from "../parse-options";
import { examples, type Session } from "../session";

interface Options {
  partitions?: number;
  config?: string[];
  deleteConfig?: string[];
}

export function topicAlter(parent: Command, session: Session): void {
  parent
    .command("alter")
    .description("add partitions, change configurations")
    .argument("<topic>", "name")
    .option("--partitions <n>", "how many there are to be; never fewer than now", wholeNumber("--partitions", 1))
    .option("--config <key=value>", "set a configuration; may be repeated", collect)
    .option("--delete-config <key>", "go back to the default; may be repeated", collect)
    .addHelpText(
      "after",
      examples([
        ["moldau topic alter orders --partitions 12", "keys move to other partitions from then on"],
        ["moldau topic alter orders --config retention.ms=86400000", "keep a day"],
        ["moldau topic alter orders --delete-config retention.ms", "keep the cluster's default again"],
      ]),
    )
    .action((topic: string, options: Options) => run(session, topic, options));
}

async function run(session: Session, name: string, options: Options): Promise<void> {
  const set = parseConfigs(options.config ?? []);
  const deleted = options.deleteConfig ?? [];
  const both = deleted.find((key) => key in set);
  if (both !== undefined) throw usageError(`${both} is both set and deleted; say one of them`);
  const changes: Record<string, string | null> = { ...set };
  for (const key of deleted) changes[key] = null;
  const keys = Object.keys(changes);
  if (options.partitions === undefined && keys.length === 0) {
    throw usageError("nothing to change: give --partitions, --config or --delete-config");
  }
  const partitions = options.partitions;
  await session.withAdmin((admin) =>
    withTopic(admin, name, async () => {
      // Asked first: on a topic that is not there, Kafka would take configurations for an error of another kind.
      const [topic] = await admin.describeTopics([name]);
      const now = topic?.partitions.length ?? 0;
      if (partitions !== undefined && partitions < now) {
        throw new CliError(`topic ${name} has ${now} partitions and can only get more`);
      }
      if (keys.length > 0) await withConfigKeys(keys, () => admin.alterConfigs({ type: "topic", name }, changes));
      if (partitions !== undefined && partitions > now) await admin.createPartitions(name, partitions);
    }),
  );
  const said = [
    ...(partitions === undefined ? [] : [`partitions=${partitions}`]),
    ...Object.entries(changes).map(([key, value]) => (value === null ? `${key} deleted` : `${key}=${value}`)),
  ];
  await session.print({
    data: {
      name,
      ...(partitions === undefined ? {} : { partitions }),
      ...(keys.length === 0 ? {} : { configs: changes }),
    },
    text: () => `altered topic ${name}: ${said.join(", ")}`,
  });
}
