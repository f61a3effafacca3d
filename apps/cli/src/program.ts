import { Command } from "commander";
import { clusterHealth } from "./commands/cluster-health";
import { clusterInfo } from "./commands/cluster-info";
import { clusterQuorum } from "./commands/cluster-quorum";
import { clusterPrograms } from "./commands/cluster-programs";
import { completion } from "./commands/completion";
import { configCommands } from "./commands/config";
import { consume } from "./commands/consume";
import { doctor } from "./commands/doctor";
import { groupDelete } from "./commands/group-delete";
import { groupDescribe } from "./commands/group-describe";
import { groupList } from "./commands/group-list";
import { groupResetOffsets } from "./commands/group-reset-offsets";
import { groupWatch } from "./commands/group-watch";
import { kafkaToolsCommand } from "./commands/kafka-tools";
import { partitionCommands } from "./commands/partition";
import { produce } from "./commands/produce";
import { quotaCommands } from "./commands/quota";
import { rebalanceCommands } from "./commands/rebalance";
import { topicAlter } from "./commands/topic-alter";
import { topicCreate } from "./commands/topic-create";
import { topicDelete } from "./commands/topic-delete";
import { topicDescribe } from "./commands/topic-describe";
import { topicList } from "./commands/topic-list";
import { topicReassign } from "./commands/topic-reassign";
import { txnAbort } from "./commands/txn-abort";
import { txnDescribe } from "./commands/txn-describe";
import { txnFindHanging } from "./commands/txn-find-hanging";
import { txnList } from "./commands/txn-list";
import { addGlobalOptions, createSession, examples, type Session } from "./session";
import type { Terminal } from "./terminal";
import { version } from "./version";

/** The whole command line, ready to parse; what a command needs beyond its options it loads when it runs. */
export function createProgram(terminal: Terminal): { program: Command; session: Session } {
  const program = new Command("moldau");
  const session = createSession(program, terminal);
  program
    .description("Moldau: a Kafka-compatible streaming cluster, and tools for any Kafka cluster")
    .version(version(), "--version", "print the version")
    .helpOption("-h, --help", "show how to use it")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    // Errors come as exceptions and are printed in one place, as one line.
    .configureOutput({
      writeErr: () => undefined,
      outputError: () => undefined,
      writeOut: (text) => out(terminal, text),
    })
    .addHelpText(
      "after",
      examples([
        ["moldau up", "a cluster on 127.0.0.1:9092"],
        ["moldau topic create orders --partitions 3", "somewhere to write to"],
        ["echo hello | moldau produce orders", "a record"],
        ["moldau consume orders -e", "all records"],
      ]),
    );
  addGlobalOptions(program, terminal);

  program.commandsGroup("Run a cluster:");
  clusterPrograms(program);
  program.commandsGroup("Use any Kafka cluster:");
  const topic = program.command("topic").description("create, list, describe, alter, move and delete topics");
  for (const add of [topicCreate, topicList, topicDescribe, topicAlter, topicReassign, topicDelete])
    add(topic, session);
  produce(program, session);
  consume(program, session);
  const group = program.command("group").description("list, describe, watch, rewind and delete consumer groups");
  for (const add of [groupList, groupDescribe, groupWatch, groupResetOffsets, groupDelete]) add(group, session);
  const txn = program.command("txn").description("list, describe and abort transactions, find those that hang");
  for (const add of [txnList, txnDescribe, txnAbort, txnFindHanging]) add(txn, session);
  const cluster = program.command("cluster").description("show what a cluster is made of and how it is");
  for (const add of [clusterInfo, clusterHealth, clusterQuorum]) add(cluster, session);
  const partition = program.command("partition").description("list partitions, elect leaders, set how many replicas");
  partitionCommands(partition, session);
  const config = program.command("config").description("show and change configurations of topics, brokers, groups, …");
  configCommands(config, session);
  const quota = program.command("quota").description("limit what clients may use");
  quotaCommands(quota, session);
  const rebalance = program.command("rebalance").description("spread replicas, leaders and bytes evenly over brokers");
  rebalanceCommands(rebalance, session);
  doctor(program, session);
  kafkaToolsCommand(program, session);
  program.commandsGroup("Other:");
  completion(program, session);
  program.helpCommand("help [command]", "show how to use a command");
  topic.addHelpText(
    "after",
    examples([["moldau topic create orders --partitions 3", "more: moldau topic create --help"]]),
  );
  group.addHelpText("after", examples([["moldau group describe billing", "who reads what, and how far behind"]]));
  txn.addHelpText("after", examples([["moldau txn find-hanging", "what keeps read_committed consumers waiting"]]));
  partition.addHelpText("after", examples([["moldau partition set-replication 3 orders --wait", "more replicas"]]));
  config.addHelpText("after", examples([["moldau config describe topic orders", "what was set"]]));
  quota.addHelpText(
    "after",
    examples([["moldau quota set --client-id batch producer_byte_rate=10000000", "10 MB/s to each broker"]]),
  );
  rebalance.addHelpText("after", examples([["moldau rebalance plan --remove 3", "what would move; changes nothing"]]));
  cluster.addHelpText("after", examples([["moldau cluster health", "exit status 1 unless healthy"]]));
  return { program, session };
}

function out(terminal: Terminal, text: string): void {
  void terminal.output.write(text);
}
