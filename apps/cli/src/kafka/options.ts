// What was written on a tool's command line, read as Kafka's tools read it (joptsimple): every option may stand several times,
// values come as `--key value` and `--key=value`, and what is given is told apart from what is a default.
import { Command, CommanderError, Option } from "commander";
import { ToolUsageError } from "./tool-error";

export interface OptionDefinition {
  /** Without the dashes. */
  flag: string;
  /** One letter, for tools that have such. */
  short?: string;
  /** What stands for the value in the help; left out where the option takes none. */
  value?: string;
  /** The value may be left out: `--state`, `--state stable`. */
  valueOptional?: boolean;
  /** Takes all words up to the next option. */
  variadic?: boolean;
  type?: "integer";
  default?: string;
  help: string;
}

/** The options of one command line. */
export class Options {
  private readonly definitions: ReadonlyMap<string, OptionDefinition>;

  /** `given`: in the order of the command line; the value is undefined where there was none. */
  constructor(
    definitions: readonly OptionDefinition[],
    readonly given: readonly { flag: string; value: string | undefined }[],
    /** What stands there besides options. */
    readonly words: readonly string[] = [],
  ) {
    this.definitions = new Map(definitions.map((definition) => [definition.flag, definition]));
    for (const { flag, value } of given) {
      if (value !== undefined && this.definition(flag)?.type === "integer") wholeNumber(flag, value);
    }
  }

  has(flag: string): boolean {
    return this.given.some((option) => option.flag === flag);
  }

  /** The value that was given, or the default. */
  value(flag: string): string | undefined {
    const values = this.values(flag);
    if (values.length > 1) {
      throw new ToolUsageError(`Found multiple arguments for option ${flag}, but you asked for only one`);
    }
    return values[0] ?? this.definition(flag)?.default;
  }

  /** Of an option that was found to be there, or has a default. */
  required(flag: string): string {
    const value = this.value(flag);
    if (value === undefined) throw new ToolUsageError(`Missing required argument "[${flag}]"`);
    return value;
  }

  values(flag: string): string[] {
    return this.given.flatMap((option) => (option.flag === flag && option.value !== undefined ? [option.value] : []));
  }

  integer(flag: string): number | undefined {
    const value = this.value(flag);
    return value === undefined ? undefined : wholeNumber(flag, value);
  }

  private definition(flag: string): OptionDefinition | undefined {
    return this.definitions.get(flag);
  }
}

function wholeNumber(flag: string, value: string): number {
  if (!/^[-+]?\d+$/.test(value) || !Number.isSafeInteger(Number(value))) {
    throw new ToolUsageError(`Cannot parse argument '${value}' of option ${flag}`);
  }
  return Number(value);
}

/** Declares the options and notes what of them stands on the command line. */
export function declareOptions(
  command: Command,
  definitions: readonly OptionDefinition[],
  given: { flag: string; value: string | undefined }[],
): void {
  for (const definition of definitions) {
    const { flag, short, value, valueOptional, variadic } = definition;
    const shape =
      value === undefined
        ? ""
        : valueOptional
          ? ` [${value}]`
          : variadic
            ? ` <${value.replace(/\.*$/, "...")}>`
            : ` <${value}>`;
    const option = new Option(`${short === undefined ? "" : `-${short}, `}--${flag}${shape}`, definition.help);
    // Shown in the help; applied by `Options`, which tells it from what was given.
    if (definition.default) option.description += ` (default: ${definition.default})`;
    command.addOption(option);
    command.on(`option:${option.name()}`, (text: string | null | undefined) => {
      given.push({ flag, value: text ?? undefined });
    });
  }
}

/** What commander says of a wrong command line, in Kafka's words; undefined where it only showed help. */
export function usageErrorOf(error: CommanderError): ToolUsageError | undefined {
  if (error.exitCode === 0 || error.code === "commander.helpDisplayed") return undefined;
  const flag = /'(?:-\w, )?(-{1,2}[^ '=]+)/.exec(error.message)?.[1]?.replace(/^-+/, "") ?? "";
  switch (error.code) {
    case "commander.unknownOption":
      return new ToolUsageError(`${flag} is not a recognized option`);
    case "commander.optionMissingArgument":
      return new ToolUsageError(`Option ${flag} requires an argument`);
    default:
      return new ToolUsageError(error.message.replace(/^error: /, ""));
  }
}

const bracketed = (flag: string): string => `[${flag}]`;

/** Each of these has to be there. */
export function requireOptions(options: Options, ...flags: readonly string[]): void {
  const missing = flags.find((flag) => !options.has(flag));
  if (missing !== undefined) throw new ToolUsageError(`Missing required argument "${bracketed(missing)}"`);
}

/** Where `used` is there, none of the others may be. */
export function refuseWith(options: Options, used: string, ...others: readonly string[]): void {
  if (!options.has(used)) return;
  const other = others.find((flag) => options.has(flag));
  if (other !== undefined) {
    throw new ToolUsageError(`Option "${bracketed(used)}" can't be used with option "${bracketed(other)}"`);
  }
}

/** Options that mean something only beside one of others. */
export function onlyBeside(options: Options, flag: string, ...others: readonly string[]): void {
  if (options.has(flag) && !others.some((other) => options.has(other))) {
    throw new ToolUsageError(`Option(s) ${bracketed(flag)} are unavailable given other options on the command line`);
  }
}

export const bootstrapServer: OptionDefinition = {
  flag: "bootstrap-server",
  value: "host:port,...",
  help: "the brokers to begin with",
};
export const bootstrapController: OptionDefinition = {
  flag: "bootstrap-controller",
  value: "host:port,...",
  help: "the controllers to begin with, instead of brokers",
};
export const commandConfig: OptionDefinition = {
  flag: "command-config",
  value: "file",
  help: "properties for the client: client.id, request.timeout.ms, default.api.timeout.ms",
};
