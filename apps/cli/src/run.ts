import type { Command } from "commander";
import { runComplete } from "./complete/run-complete";
import { CliError, describeError } from "./errors";
import { isKafkaTool, runKafkaTool } from "./kafka/tools";
import { createProgram } from "./program";
import type { Terminal } from "./terminal";

/**
 * Runs one command line and resolves to the exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted before the end.
 * Every failure is one line on standard error.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  // Kafka's tools have their own options, some with the names of ours.
  if (isKafkaTool(args[0])) return runKafkaTool(args[0]!, args.slice(1), terminal);
  const { program, session } = createProgram(terminal);
  try {
    if (args[0] === "__complete") {
      await runComplete(program, args.slice(args[1] === "--" ? 2 : 1), terminal);
      return 0;
    }
    await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return session.exitCode;
  } catch (error) {
    const failure = isCommanderError(error) ? usageOf(error, program, args) : error;
    if (failure === undefined) return 0;
    await terminal.notes.write(`moldau: ${describeError(failure)}\n`);
    if (terminal.env.MOLDAU_DEBUG && error instanceof Error) await terminal.notes.write(`${error.stack}\n`);
    return failure instanceof CliError ? failure.exitCode : 1;
  }
}

interface CommanderErrorShape extends Error {
  code: string;
  exitCode: number;
}

function isCommanderError(error: unknown): error is CommanderErrorShape {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^commander\./.test(error.code);
}

/** Commander's words as our one line; undefined where it only showed help or the version. */
function usageOf(error: CommanderErrorShape, program: Command, args: readonly string[]): CliError | undefined {
  const command = commandOf(program, args);
  const path = pathOf(command);
  if (error.code === "commander.help") {
    const names = command.commands.map((child) => child.name()).filter((name) => name !== "help");
    return new CliError(`${path} needs one of ${names.join(", ")} (see ${path} --help)`, 2);
  }
  if (error.exitCode === 0) return undefined;
  const message = error.message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (one of )?(.*?)\?\)$/, (_all, _several, names: string) => `; did you mean ${names}?`)
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
  return new CliError(`${message} (see ${path} --help)`, 2);
}

function commandOf(program: Command, args: readonly string[]): Command {
  let command = program;
  for (const word of args) {
    const child = command.commands.find((candidate) => candidate.name() === word);
    if (child) command = child;
  }
  return command;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
