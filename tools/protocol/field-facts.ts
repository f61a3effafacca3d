// What the table says of a field or structure, in the words of the generated code.
import type { Field, Message, Struct, VersionRange } from "./schema";

export type StructField = Field & { type: { struct: string } };

/** Fields that go to and from the wire in one piece: reader/writer method names without the compact prefix. */
export const LENGTH_PREFIXED: ReadonlySet<string> = new Set(["string", "bytes", "records"]);

/** TypeScript name of a structure: the message's name in front, unless the table's name has it already. */
export function structName(message: Message, struct: string): string {
  return struct.startsWith(message.name) ? struct : message.name + struct;
}

export function isStruct(field: Field): field is StructField {
  return typeof field.type === "object";
}

/** The versions of a message in which a condition can differ: the range clipped to the message's. Null: never. */
export function clip(message: Message, range: VersionRange | undefined): VersionRange | null {
  if (range === undefined) return null;
  const from = Math.max(range.from, message.versions.from);
  const to = Math.min(range.to, message.versions.to);
  return from > to ? null : { from, to };
}

/** Code for "version is in the range": null when it always is, "false" when it never is. */
export function condition(message: Message, range: VersionRange | undefined): string | null {
  const clipped = clip(message, range);
  if (clipped === null) return "false";
  const parts: string[] = [];
  if (clipped.from > message.versions.from) parts.push(`version >= ${clipped.from}`);
  if (clipped.to < message.versions.to) parts.push(`version <= ${clipped.to}`);
  if (parts.length === 2 && clipped.from === clipped.to) return `version === ${clipped.from}`;
  return parts.length === 0 ? null : parts.join(" && ");
}

export type Flexible = "never" | "always" | "sometimes";

export function flexibility(message: Message): Flexible {
  if (message.flexibleFrom > message.versions.to) return "never";
  return message.flexibleFrom <= message.versions.from ? "always" : "sometimes";
}

export function elementType(message: Message, field: Field): string {
  if (isStruct(field)) return structName(message, field.type.struct);
  switch (field.type) {
    case "bool":
      return "boolean";
    case "string":
      return "string";
    case "uuid":
      return "Uuid";
    case "bytes":
    case "records":
      return "Uint8Array";
    case "hash64":
      return "bigint";
    default:
      return "number";
  }
}

export function canBeNull(message: Message, field: Field): boolean {
  return field.default === "null" || field.type === "records" || clip(message, field.nullable) !== null;
}

export function tsType(message: Message, field: Field): string {
  return elementType(message, field) + (field.isArray ? "[]" : "") + (canBeNull(message, field) ? " | null" : "");
}

/** The default as TypeScript. Structures: undefined stands for a structure of defaults. */
export function defaultCode(message: Message, field: Field): string {
  if (field.default === "null" || field.type === "records") return "null";
  if (field.isArray) return "[]";
  if (isStruct(field)) return `default${structName(message, field.type.struct)}()`;
  switch (field.type) {
    case "bool":
      return field.default ?? "false";
    case "string":
      return JSON.stringify(field.default ?? "");
    case "uuid":
      return "ZERO_UUID";
    case "bytes":
      return "NO_BYTES";
    case "hash64":
      return `${field.default ?? "0"}n`;
    default:
      return field.default === "max" ? "Number.MAX_SAFE_INTEGER" : (field.default ?? "0");
  }
}

/** The least number of bytes an element of the array can take in any version. */
export function leastBytes(message: Message, field: Field): number {
  if (isStruct(field)) return Math.max(1, leastStructBytes(message, message.structs.get(field.type.struct)!));
  return leastPrimitiveBytes(message, field);
}

export function leastPrimitiveBytes(message: Message, field: Field): number {
  switch (field.type) {
    case "int16":
    case "uint16":
      return 2;
    case "int32":
    case "uint32":
      return 4;
    case "int64":
    case "hash64":
    case "float64":
      return 8;
    case "uuid":
      return 16;
    case "string":
      return flexibility(message) === "never" ? 2 : 1;
    case "bytes":
    case "records":
      return flexibility(message) === "never" ? 4 : 1;
    default:
      return 1;
  }
}

export function leastStructBytes(message: Message, struct: Struct): number {
  let bytes = flexibility(message) === "always" ? 1 : 0;
  for (const field of struct.fields) {
    const always = condition(message, field.versions) === null && clip(message, field.tag?.versions) === null;
    if (!always) continue;
    if (field.isArray) bytes += flexibility(message) === "never" ? 4 : 1;
    else if (!isStruct(field)) bytes += leastPrimitiveBytes(message, field);
    else if (clip(message, field.nullable) !== null) bytes += 1;
    else bytes += leastStructBytes(message, message.structs.get(field.type.struct)!);
  }
  return bytes;
}

/** Fields with a different name in the two worlds would be confusing; only reserved local names are escaped. */
export function local(name: string): string {
  return ["version", "reader", "writer", "message", "flexible", "unknownTags"].includes(name) ? `${name}_` : name;
}

export function flexibleChoice(message: Message, compact: string, plain: string): string {
  const flexible = flexibility(message);
  if (flexible === "always") return compact;
  return flexible === "never" ? plain : `flexible ? ${compact} : ${plain}`;
}

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Name of the function that tells whether any field of a structure differs from its default. */
export function differsName(name: string): string {
  return `differs${name}`;
}
