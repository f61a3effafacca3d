// What surrounds a command: its streams, environment, signals, and the way to a cluster. Commands see only these types, so
// that specs run them against fakes; real-terminal.ts is the process itself.
import type { CreateAdmin, CreateConsumer, CreateProducer, CreateTransactionalProducer } from "@moldau/client";

export interface Client {
  createAdmin: CreateAdmin;
  createProducer: CreateProducer;
  createTransactionalProducer: CreateTransactionalProducer;
  createConsumer: CreateConsumer;
}

export interface Input {
  readonly isTerminal: boolean;
  /** Bytes that will come where that is known (standard input is a file); for the progress bar. */
  readonly sizeBytes: number | undefined;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Output {
  readonly isTerminal: boolean;
  /** Aborted when whoever reads went away (`| head`): nothing more needs to be written. */
  readonly gone: AbortSignal;
  /** Where a progress bar may be drawn; undefined where there is nothing to draw on. */
  readonly stream: NodeJS.WritableStream | undefined;
  /** Resolves when there is room for more: the reader's speed is the writer's speed. Never rejects; see `gone`. */
  write(chunk: string | Uint8Array): Promise<void>;
}

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: Input;
  /** Standard output: what was asked for, nothing else. */
  readonly output: Output;
  /** Standard error: what a person wants to know about it. */
  readonly notes: Output;
  client(): Promise<Client>;
  /** Resolves when one of the addresses accepts a connection; rejects with a CliError that says why none does. */
  reach(addresses: readonly string[]): Promise<void>;
  /** Aborted by the first SIGINT or SIGTERM from now on; a second one ends the process with 130. */
  interrupted(): AbortSignal;
  nowMs(): number;
  /** Milliseconds since the epoch: what records' timestamps are compared with. */
  wallMs(): number;
  /** Waits; returns early when the signal fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** The text of a file that an option names. */
  readFile(path: string): Promise<string>;
}
