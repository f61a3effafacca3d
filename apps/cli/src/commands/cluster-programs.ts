import type { Command } from "commander";
import { usageError } from "../errors";
import { examples } from "../session";

/**
 * `up` and `server` are another program, which bin/moldau.cjs starts when the command comes first. They stand here for
 * --help and completion; who gets to them here wrote an option before the command.
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
}

function comesFirst(command: string): never {
  throw usageError(`${command} is written first, its options behind it: moldau ${command} --help`);
}
