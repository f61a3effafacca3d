import {
  LENGTH_PREFIXED,
  canBeNull,
  clip,
  condition,
  defaultCode,
  differsName,
  flexibility,
  isStruct,
  local,
  structName,
  upper,
} from "./field-facts";
import { StructEmitter } from "./emit-struct";
import type { Field, VersionRange } from "./schema";

/** The function that writes a structure, as straight-line code, and the one that tells whether it has anything to say. */
export class WriteEmitter extends StructEmitter {
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
    else if (isStruct(field)) other = `${differsName(structName(message, field.type.struct))}(${name})`;
    else other = `${name} !== ${defaultCode(message, field)}`;
    return present + other + close;
  }

  /** `differs...`: whether any field of a structure differs from its default. */
  differsFunction(): void {
    this.out.block(`function ${differsName(this.name)}(message: Draft<${this.name}>): boolean {`, () => {
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
