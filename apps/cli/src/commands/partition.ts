import { KafkaError } from "@moldau/base";
import type { Command } from "commander";
import { CliError, describeError, usageError } from "../errors";
import { withTopic } from "../nearest";
import { partitionName } from "../offsets";
import { parsePartitions, wholeNumber } from "../parse-options";
import { bytes } from "../progress";
import { readClusterLoad } from "../rebalance/cluster-load";
import { table } from "../render";
import { examples, type Session } from "../session";
import { reassignTopics } from "./topic-reassign";

export function partitionCommands(parent: Command, session: Session): void {
  listCommand(parent, session);
  parent
    .command("set-replication")
    .description("give every partition of topics so many replicas")
    .argument("<n>", "replicas", wholeNumber("the number of replicas", 1))
    .argument("[topic...]", "names; with --all every topic")
    .option("--all", "every topic, the cluster's own ones too")
    .option("--brokers <ids>", "where they may lie (default: all that there are)")
    .option("--dry-run", "show the plan, change nothing")
    .option("--wait", "show progress until it is done; an interrupt leaves the cluster moving on")
    .addHelpText(
      "after",
      examples([
        ["moldau partition set-replication 3 orders --wait", "two copies more of everything in orders"],
        ["moldau partition set-replication 3 --all --brokers 1,2,3", "after brokers were added"],
      ]),
    )
    .action((replicationFactor: number, topics: string[], options: ReplicationOptions) =>
      setReplication(session, replicationFactor, topics, options),
    );
  electCommand(parent, session);
}

interface ReplicationOptions {
  all?: boolean;
  brokers?: string;
  dryRun?: boolean;
  wait?: boolean;
}

async function setReplication(
  session: Session,
  replicationFactor: number,
  named: string[],
  { all, ...options }: ReplicationOptions,
): Promise<void> {
  if ((all ?? false) === named.length > 0) throw usageError("name topics, or say --all");
  const { topics, stores } = await session.withAdmin(async (admin) => ({
    topics: all ? (await admin.listTopics()).map(({ name }) => name) : named,
    // Brokers that were just added hold nothing yet, and are what more replicas are for.
    stores: (await readClusterLoad(admin)).brokers.map(({ nodeId }) => nodeId),
  }));
  if (topics.length === 0) throw new CliError("there is no topic");
  await reassignTopics(session, topics, {
    ...options,
    brokers: options.brokers ?? stores.join(","),
    replicationFactor,
  });
}

function listCommand(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list partitions with their leaders, replicas and sizes")
    .argument("[topic...]", "names (default: every topic)")
    .addHelpText("after", examples([["moldau partition list orders --output json", "for scripts"]]))
    .action(async (topics: string[]) => {
      const data = await session.withAdmin(async (admin) => {
        const described = async () => admin.describeTopics(topics.length > 0 ? topics : undefined);
        const [found, logDirs] = await Promise.all([
          topics[0] === undefined ? described() : withTopic(admin, topics[0], described),
          admin.describeLogDirs(),
        ]);
        const sizes = new Map<string, number>();
        for (const replica of logDirs.flatMap(({ dirs }) => dirs.flatMap(({ replicas }) => replicas))) {
          const name = partitionName(replica);
          sizes.set(name, Math.max(sizes.get(name) ?? 0, replica.bytes));
        }
        return found.flatMap(({ name: topic, partitions }) =>
          partitions.map(({ partition, leader, replicas, isr }) => ({
            topic,
            partition,
            leader,
            replicas,
            isr,
            bytes: sizes.get(partitionName({ topic, partition })) ?? 0,
          })),
        );
      });
      await session.print({
        data,
        text: () =>
          table(
            ["PARTITION", "LEADER", "REPLICAS", "IN SYNC", "SIZE"],
            data.map((each) => [
              partitionName(each),
              each.leader < 0 ? undefined : each.leader,
              each.replicas.join(","),
              each.isr.join(","),
              bytes(each.bytes),
            ]),
          ),
      });
    });
}

function electCommand(parent: Command, session: Session): void {
  parent
    .command("elect")
    .description("elect leaders: the preferred replica, or with --unclean any live one, which may lose records")
    .argument("[topic...]", "names (default: every topic)")
    .option("-p, --partitions <list>", "only these, like 0,3; of one topic")
    .option("--unclean", "where nobody in sync is left")
    .addHelpText("after", examples([["moldau partition elect", "leaders where they are preferred"]]))
    .action(async (topics: string[], options: { partitions?: string; unclean?: boolean }) => {
      if (options.unclean && topics.length === 0) throw usageError("--unclean may lose records: name the topics");
      if (options.partitions !== undefined && topics.length !== 1) throw usageError("--partitions is for one topic");
      const outcomes = await session.withAdmin(async (admin) => {
        const only = options.partitions === undefined ? undefined : parsePartitions([options.partitions]);
        const wanted =
          topics.length === 0
            ? null
            : (await withTopic(admin, topics[0]!, () => admin.describeTopics(topics))).flatMap(({ name, partitions }) =>
                partitions
                  .filter(({ partition }) => only?.includes(partition) ?? true)
                  .map(({ partition }) => ({ topic: name, partition })),
              );
        return admin.electLeaders(options.unclean ? "unclean" : "preferred", wanted);
      });
      const data = outcomes
        .filter(({ error }) => error?.code !== KafkaError.ELECTION_NOT_NEEDED)
        .map(({ topic, partition, error }) => ({
          topic,
          partition,
          error: error === null ? null : describeError(error),
        }));
      if (data.some(({ error }) => error !== null)) session.exitCode = 1;
      await session.print({
        data,
        text: () =>
          data.length === 0
            ? "every partition is led by whom it should be"
            : data.map((each) => `${partitionName(each)}: ${each.error ?? "elected"}`).join("\n"),
      });
    });
}
