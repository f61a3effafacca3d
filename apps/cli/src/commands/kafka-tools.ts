import type { Command } from "commander";
import { usageError } from "../errors";
import { commandOf } from "../kafka/run-tool";
import { kafkaTools } from "../kafka/tools";
import { examples, type Session } from "../session";

/**
 * Kafka's tools under their own names. They have options of their own and are run before this program reads the command line
 * (run.ts); here they stand for --help and completion, one line for all of them.
 */
export function kafkaToolsCommand(program: Command, session: Session): void {
  const width = Math.max(...kafkaTools.map(({ name }) => name.length));
  const list = kafkaTools.map(({ name, purpose }) => `  ${name.padEnd(width)}  ${purpose}`).join("\n");
  program
    .command("kafka")
    .description("list Kafka's own tools: moldau kafka-topics, kafka-console-consumer, … with their flags and output")
    .helpOption("-h, --help", "show how to use it")
    .addHelpText("after", `\nTools:\n${list}\n`)
    .addHelpText(
      "after",
      examples([["moldau kafka-topics --bootstrap-server localhost:9092 --list", "as kafka-topics.sh"]]),
    )
    .action(async () => {
      await session.terminal.output.write(`${list}\n`);
    });
  for (const tool of kafkaTools) {
    const command = commandOf(tool, {
      name: tool.name,
      terminal: session.terminal,
      given: [],
      choose: () => {
        throw usageError(`${tool.name} is written first, its options behind it: moldau ${tool.name} --help`);
      },
    });
    program.addCommand(command.summary(tool.purpose), { hidden: true });
  }
}
