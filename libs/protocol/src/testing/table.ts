/** The message table and the codecs by message name, for tests that go over all messages. */
import { join } from "node:path";
import { type Message, type SchemaFile, readSchemas } from "../../../../tools/protocol/schema";
import * as generated from "../generated";
import type { Reader } from "../reader";
import type { Writer } from "../writer";

export const PROTOCOL_FOLDER = join(__dirname, "..", "..");

export const schemaFiles: SchemaFile[] = readSchemas(join(PROTOCOL_FOLDER, "schema"));

export const messages: Message[] = schemaFiles.flatMap((file) => file.messages);

export interface Codec {
  read(reader: Reader, version: number): object;
  write(writer: Writer, message: object, version: number): void;
}

/** The generated functions of a message. */
export function codecOf(name: string): Codec {
  const functions = generated as unknown as Record<string, unknown>;
  return {
    read: functions[`read${name}`] as Codec["read"],
    write: functions[`write${name}`] as Codec["write"],
  };
}

/** All versions that a message's codec covers. */
export function versionsOf(message: Message): number[] {
  const { from, to } = message.versions;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
