import { Command, CommanderError } from "commander";
import type { Admin, ClientOptions } from "@moldau/client";
import { CliError, describeError, isKafkaClientError } from "../errors";
import { parseBootstrap } from "../parse-options";
import { examples } from "../session";
import type { Terminal } from "../terminal";
import { version } from "../version";
import { messageOf } from "./java-error";
import { declareOptions, Options, usageErrorOf } from "./options";
import { parseProperties } from "./properties";
import type { ClientSettings, KafkaTool, ToolCommand, ToolRun } from "./tool";
import { ToolError, ToolUsageError } from "./tool-error";

/** Runs one of Kafka's tools' twins and resolves to its exit status: 0 done, 1 for everything else, as theirs. */
export async function runTool(tool: KafkaTool, args: readonly string[], terminal: Terminal): Promise<number> {
  const given: { flag: string; value: string | undefined }[] = [];
  let chosen: { command: ToolCommand; definitions: ToolCommand["options"] } | undefined;
  const program = commandOf(tool, {
    name: `moldau ${tool.name}`,
    terminal,
    given,
    choose: (command, definitions) => (chosen = { command, definitions }),
  });
  const print = printer(terminal);
  try {
    if (args.length === 0) throw new ToolUsageError(tool.summary);
    await program.parseAsync(args, { from: "user" });
    const { command, definitions } = chosen!;
    const run = toolRun(new Options(definitions, given, program.args), terminal, print);
    await command.run(run);
    return run.exitCode;
  } catch (error) {
    const failure = error instanceof CommanderError ? usageErrorOf(error) : error;
    if (failure === undefined) return 0;
    report(tool, failure, print);
    if (terminal.env.MOLDAU_DEBUG && failure instanceof Error) print.warn(failure.stack ?? "");
    return failure instanceof ToolUsageError ? 1 : (tool.failsWith ?? 1);
  } finally {
    await print.flush();
  }
}

/** The tool's options as a command: what stands on the command line is added to `given`, `choose` told what is asked for. */
export function commandOf(
  tool: KafkaTool,
  {
    name,
    terminal,
    given,
    choose,
  }: {
    name: string;
    terminal: Terminal;
    given: { flag: string; value: string | undefined }[];
    choose(command: ToolCommand, definitions: ToolCommand["options"]): void;
  },
): Command {
  const program = new Command(name);
  const shown = examples(tool.examples.map(([words, meaning]) => [`moldau ${tool.name} ${words}`, meaning] as const));
  program
    .description(tool.summary)
    .version(version(), "--version", "print the version")
    .helpOption("--help", "show how to use it")
    .helpCommand(false)
    .exitOverride()
    .allowExcessArguments()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void terminal.output.write(text),
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .addHelpText("after", shown);
  const shared = tool.options ?? [];
  declareOptions(program, [...shared, ...(tool.command?.options ?? [])], given);
  if (tool.command !== undefined) {
    const { command } = tool;
    program.action(() => choose(command, [...shared, ...command.options]));
  }
  for (const [name, command] of Object.entries(tool.subcommands ?? {})) {
    const child = program.command(name).description(command.summary).helpOption("--help", "show how to use it");
    declareOptions(child, command.options, given);
    child
      .addHelpText("after", shown)
      .allowExcessArguments()
      .action(() => choose(command, [...shared, ...command.options]));
  }
  return program;
}

interface Printer {
  print(line: string): void;
  write(text: string): void;
  warn(line: string): void;
  flush(): Promise<void>;
}

/** Lines are gathered and written together: a tool of a thousand lines makes one write of them. */
function printer(terminal: Terminal): Printer {
  let output = "";
  let notes = "";
  return {
    print: (line) => void (output += `${line}\n`),
    write: (text) => void (output += text),
    warn: (line) => void (notes += `${line}\n`),
    async flush() {
      const [out, err] = [output, notes];
      output = notes = "";
      if (out !== "") await terminal.output.write(out);
      if (err !== "") await terminal.notes.write(err);
    },
  };
}

function toolRun(options: Options, terminal: Terminal, print: Printer): ToolRun {
  const run: ToolRun = {
    options,
    terminal,
    exitCode: 0,
    ...print,
    async properties(flag = "command-config") {
      const path = options.value(flag);
      if (path === undefined) return new Map();
      return parseProperties(await terminal.readFile(path));
    },
    async clientOptions(settings: ClientSettings = {}) {
      const propertiesOf = async ({ configPath, configFlag = "command-config" }: ClientSettings) =>
        configPath === undefined ? run.properties(configFlag) : parseProperties(await terminal.readFile(configPath));
      const properties = new Map([...(settings.properties ?? []), ...(await propertiesOf(settings))]);
      return clientOptionsOf(options, properties, settings);
    },
    async client(client) {
      const [loaded] = await Promise.all([terminal.client(), terminal.reach(client.bootstrap)]);
      return loaded;
    },
    async withAdmin<T>(work: (admin: Admin) => Promise<T>, settings?: ClientSettings) {
      const client = await run.clientOptions(settings);
      const admin = (await run.client(client)).createAdmin(client);
      try {
        return await work(admin);
      } finally {
        await admin.close();
      }
    },
  };
  return run;
}

/** Keys of a client's configuration that mean security, which this client has none of yet. */
const securityKey = /^(?:sasl|ssl)\.|^security\.(?!protocol$)/;

function clientOptionsOf(
  options: Options,
  properties: ReadonlyMap<string, string>,
  { clientId, timeoutMs, controllers = false, ...settings }: ClientSettings,
): ClientOptions {
  const protocol = properties.get("security.protocol") ?? "PLAINTEXT";
  const secret = [...properties.keys()].find((key) => securityKey.test(key));
  if (protocol.toUpperCase() !== "PLAINTEXT" || secret !== undefined) {
    const what = secret ?? `security.protocol=${protocol}`;
    throw new ToolError(`${what}: this client has no TLS and no SASL yet; it speaks PLAINTEXT alone`);
  }
  const servers = options.has("bootstrap-server") ? options.value("bootstrap-server") : settings.servers;
  const controller = options.given.find(({ flag }) => flag === "bootstrap-controller")?.value;
  if (servers !== undefined && controller !== undefined) {
    throw new ToolUsageError("You cannot specify both --bootstrap-controller and --bootstrap-server.");
  }
  if (controller !== undefined && !controllers) {
    throw new ToolError(
      "--bootstrap-controller: controllers cannot be asked for this; name brokers with --bootstrap-server",
    );
  }
  const bootstrap = servers ?? controller ?? properties.get("bootstrap.servers");
  if (bootstrap === undefined) throw new ToolUsageError(`Missing required argument "[bootstrap-server]"`);
  const limit = properties.get("default.api.timeout.ms");
  return {
    bootstrap: addressesOf(bootstrap),
    clientId: properties.get("client.id") ?? clientId ?? "moldau-cli",
    ...(limit !== undefined ? { timeoutMs: Number(limit) } : timeoutMs !== undefined ? { timeoutMs } : {}),
  };
}

function addressesOf(text: string): string[] {
  try {
    return parseBootstrap(text);
  } catch (error) {
    throw new ToolUsageError(
      error instanceof Error ? error.message.replace("--bootstrap ", "--bootstrap-server ") : String(error),
    );
  }
}

/** One error, where the tool that this is a twin of would show it. */
function report(tool: KafkaTool, error: unknown, print: Printer): void {
  if (error instanceof ToolUsageError) {
    print.warn(error.message);
    print.warn(`(see moldau ${tool.name} --help)`);
    return;
  }
  if (error instanceof CliError)
    return print.warn(describeError(error).replace("with --bootstrap", "with --bootstrap-server"));
  const said =
    tool.describe?.(error) ?? (isKafkaClientError(error) || error instanceof Error ? messageOf(error) : String(error));
  const line = `${tool.errorPrefix ?? ""}${said}`;
  if (tool.errorsOn === "output") print.print(line);
  else print.warn(line);
}
