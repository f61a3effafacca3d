// Which words may come next, from the commands' own definitions: what --help shows is what completes.
import type { Argument, Command, Option } from "commander";

export interface Candidate {
  word: string;
  /** Shown beside it by zsh and fish. */
  meaning: string;
}

/** What only the cluster or a table knows; named after the placeholder in the command's definition. */
export type Source = "topics" | "groups" | "config-keys";

export interface Completion {
  candidates: Candidate[];
  source?: Source;
  /** The start of the word that candidates go behind, as in `--output=js`. */
  prefix: string;
  /** What is typed of the candidate. */
  typed: string;
  /** The value of --bootstrap among the words before. */
  bootstrap?: string;
}

/** `words` is what follows `moldau`; the last one is being typed and may be empty. */
export function complete(program: Command, words: readonly string[]): Completion {
  const current = words.at(-1) ?? "";
  let command = program;
  let operands = 0;
  let bootstrap: string | undefined;
  let awaiting: Option | undefined;
  let onlyOperands = false;
  for (const word of words.slice(0, -1)) {
    if (awaiting) {
      if (awaiting.long === "--bootstrap") bootstrap = word;
      awaiting = undefined;
    } else if (!onlyOperands && word === "--") {
      onlyOperands = true;
    } else if (!onlyOperands && word.startsWith("-") && word.length > 1) {
      const [flag, value] = splitFlag(word);
      const option = optionsOf(program, command).find(({ long, short }) => flag === long || flag === short);
      if (option && takesValue(option) && value === undefined) awaiting = option;
      if (option?.long === "--bootstrap" && value !== undefined) bootstrap = value;
    } else {
      const child = visibleCommands(command).find((candidate) => candidate.name() === word);
      if (child) [command, operands] = [child, 0];
      else operands++;
    }
  }
  const base = { candidates: [], prefix: "", typed: current, bootstrap };
  if (awaiting) return { ...base, ...valuesOf(awaiting) };
  if (!onlyOperands && current.startsWith("-")) {
    const [flag, value] = splitFlag(current);
    if (value !== undefined) {
      const option = optionsOf(program, command).find(({ long }) => flag === long);
      return option ? { ...base, ...valuesOf(option), prefix: `${flag}=`, typed: value } : base;
    }
    const candidates = optionsOf(program, command).map((option) => ({
      word: option.long ?? option.short ?? "",
      meaning: option.description,
    }));
    return { ...base, candidates: [...candidates, { word: "--help", meaning: "how to use it" }] };
  }
  // Kafka's many tools come where one begins to type their name.
  const children = visibleCommands(command).filter((child) => !/^kafka-/.test(child.name()) || /^ka/.test(current));
  if (children.length > 0) {
    return { ...base, candidates: children.map((child) => ({ word: child.name(), meaning: child.description() })) };
  }
  const position = command.registeredArguments[operands] ?? lastIfVariadic(command.registeredArguments);
  if (!position) return base;
  const words_ = (position.argChoices ?? []).map((word) => ({ word, meaning: "" }));
  return { ...base, candidates: words_, source: sourceOf(position.name()) };
}

function splitFlag(word: string): [flag: string, value: string | undefined] {
  const at = word.startsWith("--") ? word.indexOf("=") : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

function optionsOf(program: Command, command: Command): readonly Option[] {
  return [...(command === program ? [] : command.options), ...program.options].filter((option) => !option.hidden);
}

function visibleCommands(command: Command): readonly Command[] {
  return command.commands.filter((child) => !child.name().startsWith("__"));
}

function lastIfVariadic(list: readonly Argument[]): Argument | undefined {
  const last = list.at(-1);
  return last?.variadic ? last : undefined;
}

const starts = ["beginning", "end", "stored"];

function valuesOf(option: Option): Pick<Completion, "candidates" | "source"> {
  const placeholder = /<([^>]+)>/.exec(option.flags)?.[1] ?? "";
  const words = option.argChoices ?? (placeholder === "offset" ? starts : []);
  return { candidates: words.map((word) => ({ word, meaning: "" })), source: sourceOf(placeholder) };
}

function sourceOf(placeholder: string): Source | undefined {
  switch (placeholder) {
    case "topic":
      return "topics";
    case "group":
      return "groups";
    case "key=value":
    case "key":
      return "config-keys";
    default:
      return undefined;
  }
}
