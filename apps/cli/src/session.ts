// What every command does around its own work: the global options, the way to the cluster, the one way out for results.
import type { Admin } from "@moldau/client";
import { Option, type Command } from "commander";
import { parseBootstrap, wholeNumber } from "./parse-options";
import { outputFormats, render, type OutputFormat, type View } from "./render";
import type { Client, Terminal } from "./terminal";

export interface Settings {
  bootstrap: string[];
  output: OutputFormat;
  timeoutMs: number;
}

export interface Session {
  readonly terminal: Terminal;
  /** What the command ends with where it does not throw. */
  exitCode: number;
  settings(): Settings;
  /** Checks that somebody listens, then hands out the client library. */
  connect(): Promise<Client>;
  withAdmin<T>(run: (admin: Admin) => Promise<T>): Promise<T>;
  print(view: View): Promise<void>;
  /** A line on standard error, for people only: left out where it is not a terminal. */
  note(line: string): Promise<void>;
}

/** The options that every command takes; the environment is the default of the first. */
export function addGlobalOptions(program: Command, terminal: Terminal): void {
  program
    .option("--bootstrap <host:port,...>", "where the cluster is; env MOLDAU_BOOTSTRAP", defaultBootstrap(terminal))
    .addOption(new Option("--output <format>", "how results are shown").choices(outputFormats).default("table"))
    .option("--timeout <seconds>", "how long a call may take", wholeNumber("--timeout", 1), 30);
}

export function defaultBootstrap(terminal: Terminal): string {
  return terminal.env.MOLDAU_BOOTSTRAP || "127.0.0.1:9092";
}

export function createSession(program: Command, terminal: Terminal): Session {
  const session: Session = {
    terminal,
    exitCode: 0,
    settings() {
      const { bootstrap, output, timeout } = program.opts<{
        bootstrap: string;
        output: OutputFormat;
        timeout: number;
      }>();
      return { bootstrap: parseBootstrap(bootstrap), output, timeoutMs: timeout * 1000 };
    },
    async connect() {
      const [client] = await Promise.all([terminal.client(), terminal.reach(session.settings().bootstrap)]);
      return client;
    },
    async withAdmin(run) {
      const { bootstrap, timeoutMs } = session.settings();
      const client = await session.connect();
      const admin = client.createAdmin({ bootstrap, clientId: "moldau-cli", timeoutMs });
      try {
        return await run(admin);
      } finally {
        await admin.close();
      }
    },
    async print(view) {
      await terminal.output.write(await render(session.settings().output, view));
    },
    async note(line) {
      if (terminal.notes.isTerminal) await terminal.notes.write(`${line}\n`);
    },
  };
  return session;
}

/** The examples that stand under a command's --help. */
export function examples(lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, meaning]) => `  ${command.padEnd(width)}  # ${meaning}`).join("\n")}\n`;
}
