/**
 * The message table: reads libs/protocol/schema/*.schema. libs/protocol/README.md describes the notation.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Both ends included; `to` is Infinity for "and all later ones". */
export interface VersionRange {
  from: number;
  to: number;
}

export type MessageKind = "request" | "response" | "key" | "value" | "record" | "data";
export type Primitive =
  | "bool"
  | "int8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "hash64"
  | "float64"
  | "string"
  | "uuid"
  | "bytes"
  | "records";

export interface Field {
  name: string;
  /** Element type for arrays. */
  type: Primitive | { struct: string };
  isArray: boolean;
  versions: VersionRange;
  nullable?: VersionRange;
  /** As written in the table; undefined is the type's own zero. */
  default?: string;
  tag?: { number: number; versions: VersionRange };
  /** Left out silently where a version does not carry it; otherwise a value other than the default is refused. */
  ignorable: boolean;
}

export interface Struct {
  /** Name in the table. */
  name: string;
  fields: Field[];
}

export interface Message {
  kind: MessageKind;
  name: string;
  key?: number;
  versions: VersionRange;
  /** First flexible version; Infinity for none. */
  flexibleFrom: number;
  fields: Field[];
  /** Structures by name, in order of appearance. */
  structs: Map<string, Struct>;
}

export interface SchemaFile {
  /** Without the extension, such as `00-produce`. */
  name: string;
  messages: Message[];
}

const PRIMITIVES: ReadonlySet<string> = new Set<Primitive>([
  "bool",
  "int8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "hash64",
  "float64",
  "string",
  "uuid",
  "bytes",
  "records",
]);

/** `3`, `3-5`, `3+` or `none`. */
export function parseVersions(text: string): VersionRange {
  const match = /^(\d+)(?:-(\d+)|(\+))?$/.exec(text);
  if (match === null) throw new Error(`not a version range: ${text}`);
  const from = Number(match[1]);
  return { from, to: match[3] !== undefined ? Infinity : match[2] !== undefined ? Number(match[2]) : from };
}

function isPrimitive(type: string): type is Primitive {
  return PRIMITIVES.has(type);
}

function options(words: string[]): Map<string, string> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

function parseField(text: string): Field {
  const match = /^(\w+): (\[\])?(\w+) (\S+)(?: (.*))?$/.exec(text);
  if (match === null) throw new Error("not a field");
  const [, name, array, type, versions, rest] = match as unknown as [
    string,
    string,
    string?,
    string?,
    string?,
    string?,
  ];
  const field: Field = {
    name,
    type: isPrimitive(type!) ? type : { struct: type! },
    isArray: array !== undefined,
    versions: parseVersions(versions!),
    ignorable: false,
  };
  for (const [key, value] of options(rest === undefined ? [] : rest.split(" "))) {
    if (key === "nullable") field.nullable = parseVersions(value);
    else if (key === "default") field.default = value;
    else if (key === "ignorable") field.ignorable = true;
    else if (key === "tag") {
      const [number, tagVersions] = value.split("@");
      field.tag = { number: Number(number), versions: parseVersions(tagVersions ?? "") };
    } else throw new Error(`unknown option ${key}`);
  }
  return field;
}

function parseMessage(text: string): Message {
  const [kind, name, ...rest] = text.split(" ");
  const settings = options(rest);
  const flexible = settings.get("flexible") ?? "none";
  const key = settings.get("key");
  return {
    kind: kind as MessageKind,
    name: name!,
    key: key === undefined ? undefined : Number(key),
    versions: parseVersions(settings.get("versions") ?? ""),
    flexibleFrom: flexible === "none" ? Infinity : parseVersions(flexible).from,
    fields: [],
    structs: new Map(),
  };
}

/** Parses one schema file. Indentation says which structure a field belongs to. */
export function parseSchema(text: string, fileName: string): Message[] {
  const messages: Message[] = [];
  /** The field list that each level of indentation fills. */
  let open: Field[][] = [];
  let message: Message | undefined;
  text.split("\n").forEach((line, index) => {
    const content = line.replace(/\s*#.*$/, "");
    if (content.trim() === "") return;
    try {
      const depth = (content.length - content.trimStart().length) / 2;
      const body = content.trim();
      if (depth === 0) {
        message = parseMessage(body);
        messages.push(message);
        open = [message.fields];
        return;
      }
      if (message === undefined) throw new Error("a field before any message");
      const fields = open[depth - 1];
      if (fields === undefined) throw new Error("indented too far");
      let struct: string | undefined;
      if (body.startsWith("struct ")) {
        struct = body.slice("struct ".length);
      } else {
        const field = parseField(body);
        fields.push(field);
        if (typeof field.type === "object") struct = field.type.struct;
      }
      open.length = depth;
      if (struct !== undefined) {
        const known = message.structs.get(struct) ?? { name: struct, fields: [] };
        message.structs.set(struct, known);
        open[depth] = known.fields;
      }
    } catch (error) {
      throw new Error(`${fileName}:${index + 1}: ${(error as Error).message}`);
    }
  });
  for (const each of messages) checkMessage(each, fileName);
  return messages;
}

function checkMessage(message: Message, fileName: string): void {
  for (const struct of message.structs.values()) {
    if (struct.fields.length === 0) throw new Error(`${fileName}: ${message.name}.${struct.name} has no fields`);
  }
  for (const fields of [message.fields, ...[...message.structs.values()].map((struct) => struct.fields)]) {
    const names = new Set(fields.map((field) => field.name));
    if (names.size !== fields.length) throw new Error(`${fileName}: a field twice in ${message.name}`);
    const tags = fields.flatMap((field) => (field.tag === undefined ? [] : [field.tag.number]));
    if (new Set(tags).size !== tags.length) throw new Error(`${fileName}: a tag twice in ${message.name}`);
  }
}

/** All schema files of a folder, in the order of their names. */
export function readSchemas(folder: string): SchemaFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".schema"))
    .sort()
    .map((name) => ({
      name: name.slice(0, -".schema".length),
      messages: parseSchema(readFileSync(join(folder, name), "utf8"), name),
    }));
}

/** Whether a version carries the field. */
export function inVersion(field: Field, version: number): boolean {
  return version >= field.versions.from && version <= field.versions.to;
}

/** Whether the field travels in the tagged section of that version. */
export function isTagged(field: Field, message: Message, version: number): boolean {
  const tag = field.tag;
  return (
    tag !== undefined && version >= message.flexibleFrom && version >= tag.versions.from && version <= tag.versions.to
  );
}

/** Whether the field may be null in that version. */
export function isNullable(field: Field, version: number): boolean {
  return field.nullable !== undefined && version >= field.nullable.from && version <= field.nullable.to;
}
