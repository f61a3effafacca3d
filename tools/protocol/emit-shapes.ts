/** Emits the shapes of records and of what lies in them, for programs that show them to people. */
import type { Field, Message, SchemaFile, VersionRange } from "./schema";

/** The schema files whose messages are written to disk; requests and responses are nobody's to show. */
const SHOWN = [
  "consumer-protocol",
  "control-records",
  "group-log",
  "metadata-log",
  "moldau-log",
  "share-log",
  "transaction-log",
];

const HEAD = "// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.\n";

export function emitShapes(files: readonly SchemaFile[]): string {
  const messages = files.filter(({ name }) => SHOWN.includes(name)).flatMap((file) => file.messages);
  const rows = messages.map((message) => `  ${message.name}: ${fieldsOf(message, message.fields, 1)},\n`);
  return (
    HEAD +
    'import type { FieldShape } from "../message-json";\n\n' +
    "/** The fields of every record by its name, in the order of the schema. */\n" +
    "export const recordShapes = {\n" +
    rows.join("") +
    "} satisfies Record<string, readonly FieldShape[]>;\n"
  );
}

function fieldsOf(message: Message, fields: readonly Field[], depth: number): string {
  if (fields.length === 0) return "[]";
  const indent = "  ".repeat(depth);
  return `[\n${fields.map((field) => `${indent}  ${fieldOf(message, field, depth + 1)},\n`).join("")}${indent}]`;
}

function fieldOf(message: Message, field: Field, depth: number): string {
  const parts = [`name: "${field.name}"`, `versions: ${rangeOf(field.versions)}`];
  if (typeof field.type === "string") parts.push(`type: "${field.type}"`);
  else parts.push('type: "struct"');
  if (field.isArray) parts.push("array: true");
  if (field.tag !== undefined) parts.push(`tagged: ${rangeOf(field.tag.versions)}`);
  if (field.default !== undefined) parts.push(`default: ${JSON.stringify(field.default)}`);
  if (typeof field.type === "object") {
    const struct = message.structs.get(field.type.struct)!;
    parts.push(`fields: ${fieldsOf(message, struct.fields, depth)}`);
  }
  return `{ ${parts.join(", ")} }`;
}

function rangeOf({ from, to }: VersionRange): string {
  return `[${from}, ${to === Infinity ? "Infinity" : to}]`;
}
