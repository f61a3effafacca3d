import {
  LENGTH_PREFIXED,
  canBeNull,
  condition,
  defaultCode,
  elementType,
  flexibility,
  flexibleChoice,
  isStruct,
  leastBytes,
  local,
  structName,
  tsType,
  type StructField,
} from "./field-facts";
import { StructEmitter } from "./emit-struct";
import type { Field } from "./schema";

/** The function that reads a structure, as straight-line code. */
export class ReadEmitter extends StructEmitter {
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
}
