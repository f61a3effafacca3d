import { clip, defaultCode, flexibility, tsType } from "./field-facts";
import type { Field, Message, Struct, VersionRange } from "./schema";
import type { Lines } from "./source-lines";

/** What is emitted for one structure (or the message itself) beside its functions that read and write. */
export class StructEmitter {
  constructor(
    protected readonly out: Lines,
    protected readonly message: Message,
    protected readonly struct: Struct,
    protected readonly name: string,
  ) {}

  protected get isMessage(): boolean {
    return this.struct.fields === this.message.fields;
  }

  /** Fields that some version of the message carries. */
  protected get fields(): Field[] {
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

  protected opening(direction: "read" | "write"): void {
    const { from, to } = this.message.versions;
    if (this.isMessage) {
      if (direction === "read") this.out.add(`reader.what = "${this.message.name}";`);
      const outside = from === to ? `version !== ${from}` : `version < ${from} || version > ${to}`;
      this.out.add(`if (${outside}) throw versionError("${this.message.name}", version);`);
    }
    if (flexibility(this.message) === "sometimes") {
      this.out.add(`const flexible = version >= ${this.message.flexibleFrom};`);
    }
  }

  protected taggedRange(field: Field): VersionRange | null {
    const tag = clip(this.message, field.tag?.versions);
    return tag === null || tag.to < this.message.flexibleFrom
      ? null
      : { from: Math.max(tag.from, this.message.flexibleFrom), to: tag.to };
  }

  /** Versions in which the field is among the plain fields; those end where the tagged ones begin. */
  protected plainRange(field: Field): VersionRange | null {
    const versions = clip(this.message, field.versions)!;
    const tagged = this.taggedRange(field);
    if (tagged === null) return versions;
    if (tagged.from <= versions.from) return null;
    return { from: versions.from, to: tagged.from - 1 };
  }
}
