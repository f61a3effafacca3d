import type { Command } from "commander";
import { usageError } from "../errors";
import { examples } from "../session";

/**
 * What runs a cluster or works on its files is another program, which bin/moldau.cjs starts when the command comes first.
 * These stand here for --help and completion; who gets to them here wrote an option before the command.
 */
export function clusterPrograms(program: Command): void {
  program
    .command("up")
    .description("run a local cluster: moldau up --help")
    .argument("[options...]")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText("after", examples([["moldau up --brokers 3 --split", "each role in a process of its own"]]))
    .action(() => comesFirst("up"));
  program
    .command("server")
    .description("run one process of a deployment: moldau server --help")
    .argument("[options...]")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText("after", examples([["moldau server --roles broker --config broker.properties", "a broker"]]))
    .action(() => comesFirst("server"));
  program
    .command("import")
    .description("make a data directory out of Apache Kafka's: moldau import --help")
    .argument("[options...]")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText(
      "after",
      examples([["moldau import --kafka-data /var/lib/kafka/data --data-dir ./data", "then: moldau up --data ./data"]]),
    )
    .action(() => comesFirst("import"));
  program
    .command("log")
    .description("look into the files of a log: moldau log dump --help")
    .argument("[options...]")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText(
      "after",
      examples([["moldau log dump --deep-iteration --files 00000000000000000000.log", "every batch, every record"]]),
    )
    .action(() => comesFirst("log"));
  program
    .command("kafka-dump-log")
    .description("moldau log dump under Kafka's name")
    .argument("[options...]")
    .allowUnknownOption()
    .helpOption(false)
    .addHelpText(
      "after",
      examples([["moldau kafka-dump-log --offsets-decoder --files 00000000000000000000.log", "committed offsets"]]),
    )
    .action(() => comesFirst("kafka-dump-log"));
}

function comesFirst(command: string): never {
  throw usageError(`${command} is written first, its options behind it: moldau ${command} --help`);
}
