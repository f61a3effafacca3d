/**
 * Turns the message table into TypeScript: an interface and a read and a write function per message and structure, as
 * straight-line code. Version conditions that hold for all versions of a message are left out.
 */
import type { Field, Message, SchemaFile, Struct, VersionRange } from "./schema";

type StructField = Field & { type: { struct: string } };

/** Fields that go to and from the wire in one piece: reader/writer method names without the compact prefix. */
const LENGTH_PREFIXED: ReadonlySet<string> = new Set(["string", "bytes", "records"]);

class Lines {
  private readonly lines: string[] = [];
  private depth = 0;

  add(...lines: string[]): void {
    for (const line of lines) this.lines.push(line === "" ? "" : "  ".repeat(this.depth) + line);
  }

  /** A function whose parameter `version` gets an underscore when the body does not look at it. */
  versionedFunction(head: string, body: () => void): void {
    const at = this.lines.length;
    this.block(head, body);
    const isUsed = this.lines.slice(at + 1).some((line) => /(?<![.\w])version\b(?!:)/.test(line));
    if (!isUsed) this.lines[at] = this.lines[at]!.replace("version: number", "_version: number");
  }

  block(head: string, body: () => void, tail = "}"): void {
    this.add(head);
    this.depth++;
    body();
    this.depth--;
    this.add(tail);
  }

  toString(): string {
    return this.lines.join("\n") + "\n";
  }
}

/** TypeScript name of a structure: the message's name in front, unless the table's name has it already. */
export function structName(message: Message, struct: string): string {
  return struct.startsWith(message.name) ? struct : message.name + struct;
}

function isStruct(field: Field): field is StructField {
  return typeof field.type === "object";
}

/** The versions of a message in which a condition can differ: the range clipped to the message's. Null: never. */
function clip(message: Message, range: VersionRange | undefined): VersionRange | null {
  if (range === undefined) return null;
  const from = Math.max(range.from, message.versions.from);
  const to = Math.min(range.to, message.versions.to);
  return from > to ? null : { from, to };
}

/** Code for "version is in the range": null when it always is, "false" when it never is. */
function condition(message: Message, range: VersionRange | undefined): string | null {
  const clipped = clip(message, range);
  if (clipped === null) return "false";
  const parts: string[] = [];
  if (clipped.from > message.versions.from) parts.push(`version >= ${clipped.from}`);
  if (clipped.to < message.versions.to) parts.push(`version <= ${clipped.to}`);
  if (parts.length === 2 && clipped.from === clipped.to) return `version === ${clipped.from}`;
  return parts.length === 0 ? null : parts.join(" && ");
}

type Flexible = "never" | "always" | "sometimes";

function flexibility(message: Message): Flexible {
  if (message.flexibleFrom > message.versions.to) return "never";
  return message.flexibleFrom <= message.versions.from ? "always" : "sometimes";
}

function elementType(message: Message, field: Field): string {
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

function canBeNull(message: Message, field: Field): boolean {
  return field.default === "null" || field.type === "records" || clip(message, field.nullable) !== null;
}

function tsType(message: Message, field: Field): string {
  return elementType(message, field) + (field.isArray ? "[]" : "") + (canBeNull(message, field) ? " | null" : "");
}

/** The default as TypeScript. Structures: undefined stands for a structure of defaults. */
function defaultCode(message: Message, field: Field): string {
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
function leastBytes(message: Message, field: Field): number {
  if (isStruct(field)) return Math.max(1, leastStructBytes(message, message.structs.get(field.type.struct)!));
  return leastPrimitiveBytes(message, field);
}

function leastPrimitiveBytes(message: Message, field: Field): number {
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

function leastStructBytes(message: Message, struct: Struct): number {
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
function local(name: string): string {
  return ["version", "reader", "writer", "message", "flexible", "unknownTags"].includes(name) ? `${name}_` : name;
}

function flexibleChoice(message: Message, compact: string, plain: string): string {
  const flexible = flexibility(message);
  if (flexible === "always") return compact;
  return flexible === "never" ? plain : `flexible ? ${compact} : ${plain}`;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Emits everything for one structure (or the message itself). */
class StructEmitter {
  constructor(
    private readonly out: Lines,
    private readonly message: Message,
    private readonly struct: Struct,
    private readonly name: string,
  ) {}

  private get isMessage(): boolean {
    return this.struct.fields === this.message.fields;
  }

  /** Fields that some version of the message carries. */
  private get fields(): Field[] {
    return this.struct.fields.filter((field) => clip(this.message, field.versions) !== null);
  }

  interface(): void {
    this.out.block(`export interface ${this.name} {`, () => {
      for (const field of this.fields) this.out.add(`${field.name}: ${tsType(this.message, field)};`);
      if (flexibility(this.message) !== "never") this.out.add("unknownTags?: TaggedField[];");
    });
  }

  defaults(): void {
    this.out.block(`function default${this.name}(): ${this.name} {`, () => {
      const parts = this.fields.map((field) => `${field.name}: ${defaultCode(this.message, field)}`);
      this.out.add(`return { ${parts.join(", ")} };`);
    });
  }

  // Reading

  reader(): void {
    const visibility = this.isMessage ? "export " : "";
    this.out.versionedFunction(
      `${visibility}function read${this.name}(reader: Reader, version: number): ${this.name} {`,
      () => {
        this.opening("read");
        for (const field of this.fields) this.readField(field);
        this.readTags();
        this.out.add(`const message: ${this.name} = {`);
        for (const field of this.fields) {
          const name = local(field.name);
          this.out.add(`  ${name === field.name ? name : `${field.name}: ${name}`},`);
        }
        this.out.add("};");
        if (flexibility(this.message) !== "never") {
          this.out.add("if (unknownTags !== null) message.unknownTags = unknownTags;");
        }
        this.out.add("return message;");
      },
    );
  }

  private opening(direction: "read" | "write"): void {
    const { from, to } = this.message.versions;
    if (this.isMessage) {
      if (direction === "read") this.out.add(`reader.what = "${this.message.name}";`);
      const outside = from === to ? `version !== ${from}` : `version < ${from} || version > ${to}`;
      this.out.add(`if (${outside}) throw versionError("${this.message.name}", version);`);
    }
    if (flexibility(this.message) === "sometimes" && this.usesFlexible(direction)) {
      this.out.add(`const flexible = version >= ${this.message.flexibleFrom};`);
    }
  }

  private usesFlexible(_direction: "read" | "write"): boolean {
    return flexibility(this.message) === "sometimes";
  }

  private taggedRange(field: Field): VersionRange | null {
    const tag = clip(this.message, field.tag?.versions);
    return tag === null || tag.to < this.message.flexibleFrom
      ? null
      : { from: Math.max(tag.from, this.message.flexibleFrom), to: tag.to };
  }

  /** Versions in which the field is among the plain fields; those end where the tagged ones begin. */
  private plainRange(field: Field): VersionRange | null {
    const versions = clip(this.message, field.versions)!;
    const tagged = this.taggedRange(field);
    if (tagged === null) return versions;
    if (tagged.from <= versions.from) return null;
    return { from: versions.from, to: tagged.from - 1 };
  }

  private readField(field: Field): void {
    const { message, out } = this;
    const name = local(field.name);
    const plain = this.plainRange(field);
    const type = tsType(message, field);
    const when = plain === null ? "false" : condition(message, plain);
    if (when === "false") {
      out.add(`let ${name}: ${type} = ${defaultCode(message, field)};`);
      return;
    }
    const simple = this.readExpression(field);
    if (simple !== null && when === null) {
      out.add(`${this.taggedRange(field) === null ? "const" : "let"} ${name}: ${type} = ${simple};`);
      return;
    }
    if (simple !== null) {
      const taggedToo = this.taggedRange(field) !== null;
      const value = /\?/.test(simple) ? `(${simple})` : simple;
      out.add(`${taggedToo ? "let" : "const"} ${name}: ${type} = ${when} ? ${value} : ${defaultCode(message, field)};`);
      return;
    }
    const initial = when === null ? (canBeNull(message, field) ? "null" : undefined) : defaultCode(message, field);
    out.add(`let ${name}: ${type}${initial === undefined ? "" : ` = ${initial}`};`);
    if (when === null) this.readInto(field, name);
    else out.block(`if (${when}) {`, () => this.readInto(field, name));
  }

  /** One expression that reads the field, or null if it takes statements. */
  private readExpression(field: Field): string | null {
    if (field.isArray) return null;
    const { message } = this;
    const nullable = condition(message, field.nullable);
    if (isStruct(field)) {
      if (nullable !== "false") return null;
      return `read${structName(message, field.type.struct)}(reader, version)`;
    }
    if (!LENGTH_PREFIXED.has(field.type as string)) {
      return field.type === "int64" && field.default === "max" ? "reader.int64OrMax()" : `reader.${field.type}()`;
    }
    const base = field.type === "string" ? "String" : "Bytes";
    if (nullable === "false") return this.lengthPrefixedRead(base);
    const optional = this.lengthPrefixedRead(`Nullable${base}`);
    if (nullable === null) return optional;
    const wrap = (code: string): string => (code.includes("?") ? `(${code})` : code);
    return `${wrap(nullable.includes("&&") ? `(${nullable})` : nullable)} ? ${wrap(optional)} : ${wrap(this.lengthPrefixedRead(base))}`;
  }

  private lengthPrefixedRead(method: string): string {
    const plain = method.charAt(0).toLowerCase() + method.slice(1);
    return flexibleChoice(this.message, `reader.compact${method}()`, `reader.${plain}()`);
  }

  /** Statements that read a field that no single expression can. */
  private readInto(field: Field, target: string, tagged = false): void {
    const { message, out } = this;
    if (!field.isArray) {
      if (isStruct(field)) this.readNullableStruct(field, target, tagged);
      else out.add(`${target} = ${this.readExpression(field)!};`);
      return;
    }
    const least = leastBytes(message, field);
    const length = `${target}Length`;
    out.add(
      `const ${length} = ${flexibleChoice(message, `reader.compactArrayLength(${least})`, `reader.arrayLength(${least})`)};`,
    );
    const fill = (): void => {
      out.add(`const list: ${elementType(message, field)}[] = [];`);
      const element = isStruct(field)
        ? `read${structName(message, field.type.struct)}(reader, version)`
        : this.readExpression({ ...field, isArray: false, nullable: undefined, default: undefined })!;
      out.add(`for (let i = 0; i < ${length}; i++) list.push(${element});`);
      out.add(`${target} = list;`);
    };
    const nullable = condition(message, field.nullable);
    const refuse = `throw reader.nullError("${field.name}");`;
    if (nullable === "false") {
      out.add(`if (${length} < 0) ${refuse}`);
      out.block("{", fill);
      return;
    }
    out.block(`if (${length} < 0) {`, () => {
      if (nullable !== null) out.add(`if (!(${nullable})) ${refuse}`);
      out.add(`${target} = null;`);
    });
    out.block("else {", fill);
  }

  /**
   * A byte in front of a structure says whether there is one: -1 for null among the plain fields, 0 in a tagged one.
   */
  private readNullableStruct(field: StructField, target: string, tagged: boolean): void {
    const { message, out } = this;
    const nullable = condition(message, field.nullable);
    const read = `read${structName(message, field.type.struct)}(reader, version)`;
    const isNull = tagged ? "reader.uvarint() === 0" : "reader.int8() < 0";
    if (nullable === "false") out.add(`${target} = ${read};`);
    else if (nullable === null) out.add(`${target} = ${isNull} ? null : ${read};`);
    else out.add(`${target} = (${nullable}) && ${isNull} ? null : ${read};`);
  }

  private readTags(): void {
    const { message, out } = this;
    const flexible = flexibility(message);
    if (flexible === "never") return;
    const tagged = this.fields
      .filter((field) => this.taggedRange(field) !== null)
      .sort((a, b) => a.tag!.number - b.tag!.number);
    out.add("let unknownTags: TaggedField[] | null = null;");
    const body = (): void => {
      if (tagged.length === 0) {
        out.add("unknownTags = reader.unknownTags();");
        return;
      }
      out.add("const tagCount = reader.uvarint();", "let tag = -1;");
      out.block("for (let i = 0; i < tagCount; i++) {", () => {
        out.add("tag = reader.tag(tag);");
        let first = true;
        for (const field of tagged) {
          const when = condition(message, this.taggedRange(field)!);
          // The section exists only in flexible versions, so a range that starts with them needs no condition.
          const implied =
            this.taggedRange(field)!.from <= message.flexibleFrom && this.taggedRange(field)!.to >= message.versions.to;
          const head = `tag === ${field.tag!.number}${when === null || implied ? "" : ` && ${when}`}`;
          out.block(`${first ? "" : "else "}if (${head}) {`, () => {
            out.add("const tagEnd = reader.beginTag();");
            this.readTaggedValue(field);
            out.add(`reader.endTag(tagEnd, "${field.name}");`);
          });
          first = false;
        }
        out.add("else (unknownTags ??= []).push(reader.unknownTag(tag));");
      });
    };
    if (flexible === "always") body();
    else out.block("if (flexible) {", body);
  }

  private readTaggedValue(field: Field): void {
    const name = local(field.name);
    const expression = this.readExpression(field);
    if (expression !== null) this.out.add(`${name} = ${expression};`);
    else this.readInto(field, name, true);
  }

  // Writing

  writer(): void {
    const visibility = this.isMessage ? "export " : "";
    const head = `${visibility}function write${this.name}(writer: Writer, message: Draft<${this.name}>, version: number): void {`;
    this.out.versionedFunction(head, () => {
      this.opening("write");
      for (const field of this.fields) this.writeField(field);
      this.writeTags();
    });
  }

  private writeField(field: Field): void {
    const { message, out } = this;
    const plain = this.plainRange(field);
    const tagged = this.taggedRange(field);
    const name = local(field.name);
    out.add(`const ${name} = message.${field.name};`);
    const when = plain === null ? "false" : condition(message, plain);
    if (when === null) this.writeValue(field, name);
    else if (when !== "false") out.block(`if (${when}) {`, () => this.writeValue(field, name));
    if (field.ignorable) return;
    // In no version's reach: neither plain nor tagged. Refuse to lose a value.
    const carried = clip(message, field.versions)!;
    const covered: VersionRange = { from: plain?.from ?? tagged!.from, to: tagged?.to ?? plain!.to };
    const reach = condition(message, {
      from: Math.max(carried.from, covered.from),
      to: Math.min(carried.to, covered.to),
    });
    if (reach === null) return;
    const test = this.differs(field, name);
    out.add(`if (!(${reach}) && ${test}) throw notInVersion("${this.name}.${field.name}", version);`);
  }

  /** Code for "the draft has a value other than the default". */
  private differs(field: Field, name: string): string {
    const { message } = this;
    const isNullDefault = field.default === "null" || field.type === "records";
    if (isNullDefault) return `${name} !== undefined && ${name} !== null`;
    const present = canBeNull(message, field)
      ? `${name} !== undefined && (${name} === null || `
      : `${name} !== undefined && `;
    const close = canBeNull(message, field) ? ")" : "";
    let other: string;
    if (field.isArray || field.type === "bytes") other = `${name}.length > 0`;
    else if (isStruct(field)) other = `${isDefaultName(structName(message, field.type.struct))}(${name})`;
    else other = `${name} !== ${defaultCode(message, field)}`;
    return present + other + close;
  }

  /** `differs...`: whether any field of a structure differs from its default. */
  differsFunction(): void {
    this.out.block(`function ${isDefaultName(this.name)}(message: Draft<${this.name}>): boolean {`, () => {
      const tests = this.fields.map((field) => `(${this.differs(field, `message.${field.name}`)})`);
      if (flexibility(this.message) !== "never") {
        tests.push("(message.unknownTags !== undefined && message.unknownTags.length > 0)");
      }
      this.out.add(`return ${tests.join(" || ")};`);
    });
  }

  private writeValue(field: Field, name: string, tagged = false): void {
    const { message, out } = this;
    const nullable = condition(message, field.nullable);
    const refuse = `throw nullIn("${this.name}.${field.name}", version);`;
    if (field.isArray) {
      const nullDefault = field.default === "null";
      if (!canBeNull(message, field)) {
        out.block(`if (${name} === undefined) {`, () => this.writeLength("0"));
        out.block("else {", () => this.writeElements(field, name));
        return;
      }
      out.block(`if (${name} === null${nullDefault ? ` || ${name} === undefined` : ""}) {`, () => {
        if (nullable === "false") out.add(refuse);
        else {
          if (nullable !== null) out.add(`if (!(${nullable})) ${refuse}`);
          this.writeLength("-1");
        }
      });
      if (!nullDefault) out.block(`else if (${name} === undefined) {`, () => this.writeLength("0"));
      out.block("else {", () => this.writeElements(field, name));
      return;
    }
    if (isStruct(field)) {
      const write = `write${structName(message, field.type.struct)}`;
      if (!canBeNull(message, field)) {
        out.add(`${write}(writer, ${name} ?? {}, version);`);
        return;
      }
      const nullDefault = field.default === "null";
      out.block(`if (${name} === null${nullDefault ? ` || ${name} === undefined` : ""}) {`, () => {
        if (nullable === "false") out.add(refuse);
        else {
          if (nullable !== null) out.add(`if (!(${nullable})) ${refuse}`);
          out.add(tagged ? "writer.uvarint(0);" : "writer.int8(-1);");
        }
      });
      out.block("else {", () => {
        if (nullable === null) out.add("writer.int8(1);");
        else if (nullable !== "false") out.add(`if (${nullable}) writer.int8(1);`);
        out.add(`${write}(writer, ${name}${nullDefault ? "" : " ?? {}"}, version);`);
      });
      return;
    }
    if (!LENGTH_PREFIXED.has(field.type as string)) {
      const method = field.type === "int64" && field.default === "max" ? "int64OrMax" : (field.type as string);
      out.add(`writer.${method}(${name} ?? ${defaultCode(message, field)});`);
      return;
    }
    const base = field.type === "string" ? "String" : "Bytes";
    const fallback = defaultCode(message, field);
    const value = canBeNull(message, field)
      ? fallback === "null"
        ? `${name} ?? null`
        : `${name} === undefined ? ${fallback} : ${name}`
      : `${name} ?? ${fallback}`;
    if (!canBeNull(message, field)) {
      this.writePrefixed(base, value);
    } else if (nullable === null) {
      this.writePrefixed(`Nullable${base}`, value);
    } else {
      const empty = fallback === "null" ? `${name} === undefined || ${name} === null` : `${name} === null`;
      if (nullable === "false") out.add(`if (${empty}) ${refuse}`);
      else out.add(`if (!(${nullable}) && (${empty})) ${refuse}`);
      this.writePrefixed(`Nullable${base}`, value);
    }
  }

  private writePrefixed(method: string, value: string): void {
    const plain = method.charAt(0).toLowerCase() + method.slice(1);
    const flexible = flexibility(this.message);
    if (flexible === "always") this.out.add(`writer.compact${method}(${value});`);
    else if (flexible === "never") this.out.add(`writer.${plain}(${value});`);
    else this.out.add(`if (flexible) writer.compact${method}(${value});`, `else writer.${plain}(${value});`);
  }

  private writeLength(length: string): void {
    const flexible = flexibility(this.message);
    const compact = `writer.compactLength(${length});`;
    const plain = `writer.arrayLength(${length});`;
    if (flexible === "always") this.out.add(compact);
    else if (flexible === "never") this.out.add(plain);
    else this.out.add(`if (flexible) ${compact}`, `else ${plain}`);
  }

  private writeElements(field: Field, name: string): void {
    this.writeLength(`${name}.length`);
    const { message, out } = this;
    if (isStruct(field)) {
      out.add(`for (const item of ${name}) write${structName(message, field.type.struct)}(writer, item, version);`);
      return;
    }
    if (!LENGTH_PREFIXED.has(field.type as string)) {
      out.add(`for (const item of ${name}) writer.${field.type as string}(item);`);
      return;
    }
    const base = field.type === "string" ? "String" : "Bytes";
    out.block(`for (const item of ${name}) {`, () => this.writePrefixed(base, "item"));
  }

  private writeTags(): void {
    const { message, out } = this;
    const flexible = flexibility(message);
    if (flexible === "never") return;
    const body = (): void => this.writeTagSection();
    if (flexible === "always") body();
    else {
      out.block("if (flexible) {", body);
      out.add(
        `else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("${this.name}.unknownTags", version);`,
      );
    }
  }

  private writeTagSection(): void {
    const { message, out } = this;
    const tagged = this.fields
      .filter((field) => this.taggedRange(field) !== null)
      .sort((a, b) => a.tag!.number - b.tag!.number);
    if (tagged.length === 0) {
      out.add("writer.unknownTags(message.unknownTags);");
      return;
    }
    out.add("const kept = message.unknownTags;", "let tagCount = kept === undefined ? 0 : kept.length;");
    const flags = tagged.map((field) => {
      const range = this.taggedRange(field)!;
      const implied = range.from <= message.flexibleFrom && range.to >= message.versions.to;
      const when = implied ? null : condition(message, range);
      const flag = `has${upper(field.name)}`;
      const name = local(field.name);
      out.add(`const ${flag} = ${when === null ? "" : `${when} && `}${this.differs(field, name)};`);
      out.add(`if (${flag}) tagCount++;`);
      return flag;
    });
    out.add("writer.uvarint(tagCount);", "let keptAt = 0;");
    tagged.forEach((field, index) => {
      out.block(`if (${flags[index]!}) {`, () => {
        const tag = field.tag!.number;
        if (tag > 0) out.add(`if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, ${tag});`);
        out.add(`const mark = writer.beginTag(${tag});`);
        this.writeValue(field, local(field.name), true);
        out.add("writer.endTag(mark);");
      });
    });
    out.add("if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);");
  }
}

function isDefaultName(name: string): string {
  return `differs${name}`;
}

/** Source text of one generated file, before formatting. */
export function emitFile(file: SchemaFile): string {
  const out = new Lines();
  for (const message of file.messages) {
    const structs: [Struct, string][] = [
      [{ name: message.name, fields: message.fields }, message.name],
      ...[...message.structs.values()].map((struct): [Struct, string] => [struct, structName(message, struct.name)]),
    ];
    const emitters = structs
      .map(([struct, name]) => new StructEmitter(out, message, struct, name))
      .filter((_, index) => index === 0 || isReachable(message, structs[index]![0]));
    for (const emitter of emitters) {
      emitter.interface();
      out.add("");
    }
    for (const emitter of emitters) {
      emitter.reader();
      out.add("");
      emitter.writer();
      out.add("");
    }
    structs.slice(1).forEach(([, name], index) => {
      const emitter = emitters[index + 1];
      if (emitter === undefined) return;
      const body = out.toString();
      if (body.includes(`default${name}()`)) {
        emitter.defaults();
        out.add("");
      }
      if (body.includes(`differs${name}(`)) {
        emitter.differsFunction();
        out.add("");
      }
    });
  }
  return imports(out.toString()) + out.toString();
}

/** Whether a field of some version uses the structure. */
function isReachable(message: Message, struct: Struct): boolean {
  const lists = [message.fields, ...[...message.structs.values()].map((each) => each.fields)];
  return lists.some((fields) =>
    fields.some(
      (field) => isStruct(field) && field.type.struct === struct.name && clip(message, field.versions) !== null,
    ),
  );
}

function imports(body: string): string {
  const uses = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
  const base = ["type Uuid", "ZERO_UUID"].filter((name) => uses(name.replace("type ", "")));
  const message = ["type Draft", "NO_BYTES", "notInVersion", "nullIn", "versionError"].filter((name) =>
    uses(name.replace("type ", "")),
  );
  const reader = ["Reader", "TaggedField"].filter(uses);
  return [
    "// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.",
    ...(base.length === 0 ? [] : [`import { ${base.join(", ")} } from "@moldau/base";`]),
    `import { ${message.join(", ")} } from "../message";`,
    `import type { ${reader.join(", ")} } from "../reader";`,
    'import type { Writer } from "../writer";',
    "",
    "",
  ].join("\n");
}
