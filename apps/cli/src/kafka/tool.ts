// What a twin of one of Kafka's tools is made of, and what it works with.
import type { Admin, ClientOptions } from "@moldau/client";
import type { Client, Terminal } from "../terminal";
import type { OptionDefinition, Options } from "./options";

export interface ToolCommand {
  readonly options: readonly OptionDefinition[];
  run(tool: ToolRun): Promise<void>;
}

export interface KafkaTool {
  /** `kafka-topics`. */
  readonly name: string;
  /** A few words for a list of all tools. */
  readonly purpose: string;
  /** A sentence for its own help. */
  readonly summary: string;
  readonly examples: readonly (readonly [args: string, meaning: string])[];
  /** Either the tool's own options, or of each of its sub-commands beside those that all take. */
  readonly command?: ToolCommand;
  readonly options?: readonly OptionDefinition[];
  readonly subcommands?: Readonly<Record<string, ToolCommand & { readonly summary: string }>>;
  /** What stands before the text of an error of the cluster; nothing where it is left out. */
  readonly errorPrefix?: string;
  /** Where the tool writes an error of the cluster: some of Kafka's write it on standard output. */
  readonly errorsOn?: "output" | "notes";
  /** Exit status after an error of the cluster, 1 where it is left out; one of Kafka's tools ends with 0 even then. */
  readonly failsWith?: number;
  /** How an error of the cluster is told; its text where this answers nothing. */
  readonly describe?: (error: unknown) => string | undefined;
}

/** One run of a tool. */
export interface ToolRun {
  readonly options: Options;
  readonly terminal: Terminal;
  /** What the tool ends with where it does not throw. */
  exitCode: number;
  /** A line for standard output; written in order, at the latest when the tool ends. */
  print(line: string): void;
  /** The same without the line's end. */
  write(text: string): void;
  /** A line for standard error. */
  warn(line: string): void;
  /** Resolves when everything printed so far is written. */
  flush(): Promise<void>;
  /** Properties of the file that an option names, `--command-config` where none is said. */
  properties(flag?: string): Promise<Map<string, string>>;
  /** The client's settings from the command line: addresses, name, time limits. Refuses what this client cannot do. */
  clientOptions(settings?: ClientSettings): Promise<ClientOptions>;
  /** The client library, after somebody was found to listen at the addresses. */
  client(options: ClientOptions): Promise<Client>;
  /** Runs `work` with an admin client. */
  withAdmin<T>(work: (admin: Admin) => Promise<T>, settings?: ClientSettings): Promise<T>;
}

export interface ClientSettings {
  clientId?: string;
  timeoutMs?: number;
  /** Whether the tool works against controllers too. */
  controllers?: boolean;
  /** More properties than the command line's file has. */
  properties?: ReadonlyMap<string, string>;
  /** The option that names the properties file. */
  configFlag?: string;
  /** Addresses and properties file where they are no options. */
  servers?: string;
  configPath?: string;
}
