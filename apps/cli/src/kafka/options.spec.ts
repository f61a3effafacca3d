import { Command, CommanderError } from "commander";
import {
  declareOptions,
  onlyBeside,
  type OptionDefinition,
  Options,
  refuseWith,
  requireOptions,
  usageErrorOf,
} from "./options";

const definitions: OptionDefinition[] = [
  { flag: "topic", value: "topic", help: "" },
  { flag: "state", value: "states", valueOptional: true, help: "" },
  { flag: "partitions", value: "n", type: "integer", help: "" },
  { flag: "time", value: "time", default: "latest", help: "" },
  { flag: "props", value: "key=value...", variadic: true, help: "" },
  { flag: "list", help: "" },
  { flag: "consumer.config", value: "file", help: "" },
];

function parse(...args: string[]): Options {
  const given: { flag: string; value: string | undefined }[] = [];
  const command = new Command("tool").exitOverride().configureOutput({ writeErr: () => undefined });
  command.allowExcessArguments().action(() => undefined);
  declareOptions(command, definitions, given);
  command.parse(args, { from: "user" });
  return new Options(definitions, given, command.args);
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof CommanderError ? usageErrorOf(error)!.message : (error as Error).message;
  }
  throw new Error("it was not refused");
}

it("values stand behind a blank or an equals sign, several times, and may begin with a dash", () => {
  const options = parse("--topic", "a", "--topic=b=c", "--partitions", "-1", "--consumer.config", "f", "word");
  expect(options.values("topic")).toEqual(["a", "b=c"]);
  expect(options.integer("partitions")).toBe(-1);
  expect(options.value("consumer.config")).toBe("f");
  expect(options.words).toEqual(["word"]);
});

it("what is given is told from a default, and an option without its value from one that is not there", () => {
  expect(parse().value("time")).toBe("latest");
  expect(parse().has("time")).toBe(false);
  expect(parse("--state").has("state")).toBe(true);
  expect(parse("--state").value("state")).toBeUndefined();
  expect(parse("--state", "Stable").value("state")).toBe("Stable");
  expect(parse("--props", "a=1", "b=2", "--list").values("props")).toEqual(["a=1", "b=2"]);
});

it("refuses in Kafka's words", () => {
  expect(refusal(() => parse("--foo"))).toBe("foo is not a recognized option");
  expect(refusal(() => parse("--topic"))).toBe("Option topic requires an argument");
  expect(refusal(() => parse("--partitions", "x"))).toBe("Cannot parse argument 'x' of option partitions");
  expect(refusal(() => parse("--topic", "a", "--topic", "b").value("topic"))).toBe(
    "Found multiple arguments for option topic, but you asked for only one",
  );
  expect(refusal(() => requireOptions(parse("--list"), "list", "topic"))).toBe('Missing required argument "[topic]"');
  expect(refusal(() => refuseWith(parse("--list", "--topic", "a"), "list", "state", "topic"))).toBe(
    'Option "[list]" can\'t be used with option "[topic]"',
  );
  expect(refusal(() => onlyBeside(parse("--state"), "state", "list"))).toBe(
    "Option(s) [state] are unavailable given other options on the command line",
  );
});
