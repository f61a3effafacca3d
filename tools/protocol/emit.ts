/**
 * Turns the message table into TypeScript: an interface and a read and a write function per message and structure, as
 * straight-line code. Version conditions that hold for all versions of a message are left out.
 */
import { ReadEmitter } from "./emit-reader";
import { WriteEmitter } from "./emit-writer";
import { clip, isStruct, structName } from "./field-facts";
import type { Message, SchemaFile, Struct } from "./schema";
import { Lines } from "./source-lines";

/** Source text of one generated file, before formatting. */
export function emitFile(file: SchemaFile): string {
  const out = new Lines();
  for (const message of file.messages) {
    const structs: [Struct, string][] = [
      [{ name: message.name, fields: message.fields }, message.name],
      ...[...message.structs.values()].map((struct): [Struct, string] => [struct, structName(message, struct.name)]),
    ];
    const emitters = structs
      .filter(([struct], index) => index === 0 || isReachable(message, struct))
      .map(([struct, name]) => ({
        reading: new ReadEmitter(out, message, struct, name),
        writing: new WriteEmitter(out, message, struct, name),
      }));
    for (const { reading } of emitters) {
      reading.interface();
      out.add("");
    }
    for (const { reading, writing } of emitters) {
      reading.reader();
      out.add("");
      writing.writer();
      out.add("");
    }
    structs.slice(1).forEach(([, name], index) => {
      const emitter = emitters[index + 1];
      if (emitter === undefined) return;
      const body = out.toString();
      if (body.includes(`default${name}()`)) {
        emitter.writing.defaults();
        out.add("");
      }
      if (body.includes(`differs${name}(`)) {
        emitter.writing.differsFunction();
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
