/** Emits what lies across messages: the index, the table of APIs, the tables of record types and their shapes. */
import { emitShapes } from "./emit-shapes";
import type { Message, SchemaFile } from "./schema";

/** The record families: schema file, and what the generated tables are called. */
const FAMILIES = [
  { file: "group-log", constant: "GroupLogKey" },
  { file: "transaction-log", constant: "TransactionLogKeyType" },
  { file: "share-log", constant: "ShareLogKey" },
] as const;

const HEAD = "// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.\n";

/** Name and text of the files that are not one schema file's. */
export function emitIndex(files: readonly SchemaFile[]): Map<string, string> {
  return new Map([
    [
      "index.ts",
      HEAD +
        files.map((file) => `export * from "./${file.name}";\n`).join("") +
        'export * from "./apis";\nexport * from "./record-shapes";\nexport * from "./record-tables";\n',
    ],
    ["apis.ts", emitApis(files)],
    ["record-shapes.ts", emitShapes(files)],
    ["record-tables.ts", emitRecordTables(files)],
  ]);
}

function emitApis(files: readonly SchemaFile[]): string {
  const pairs = files.flatMap((file) => {
    const request = file.messages.find((message) => message.kind === "request");
    const response = file.messages.find((message) => message.kind === "response");
    return request === undefined || response === undefined ? [] : [{ file, request, response }];
  });
  pairs.sort((a, b) => a.request.key! - b.request.key!);
  const name = (request: Message): string => request.name.slice(0, -"Request".length);
  const imports = pairs.map(
    ({ file, request, response }) =>
      `import {\n  read${request.name},\n  read${response.name},\n  write${request.name},\n  write${response.name},\n` +
      `} from "./${file.name}";\n`,
  );
  const keys = pairs.map(({ request }) => `  ${name(request)}: ${request.key!},\n`);
  const rows = pairs.map(({ request, response }) => {
    const { from, to } = request.versions;
    return (
      `  row(${request.key!}, "${name(request)}", ${from}, ${to}, ${request.flexibleFrom}, ` +
      `read${request.name}, write${request.name}, read${response.name}, write${response.name}),\n`
    );
  });
  return (
    HEAD +
    'import { type ApiDescriptor, row } from "../api-descriptor";\n' +
    imports.join("") +
    "\n/** Numbers of the client-facing APIs. */\nexport const ApiKey = {\n" +
    keys.join("") +
    "} as const;\n\nexport type ApiKeyName = keyof typeof ApiKey;\n\n" +
    "/** Every API that this build can read and write, by number. */\n" +
    "export const apis: ReadonlyMap<number, ApiDescriptor> = new Map([\n" +
    rows.join("") +
    "]);\n"
  );
}

function emitRecordTables(files: readonly SchemaFile[]): string {
  const find = (name: string): SchemaFile => files.find((file) => file.name === name)!;
  const imports: string[] = [];
  const body: string[] = [];
  const range = (message: Message): string => `${message.versions.from}, ${message.versions.to}`;
  for (const family of FAMILIES) {
    const { messages } = find(family.file);
    const names = messages.flatMap((message) => [`read${message.name}`, `write${message.name}`]);
    imports.push(`import {\n${names.map((name) => `  ${name},\n`).join("")}} from "./${family.file}";\n`);
    const keys = messages.filter((message) => message.kind === "key");
    const base = (message: Message): string => message.name.slice(0, -"Key".length);
    body.push(`/** Record types of the ${family.file.replace("-", " ")}: the number in front of each key. */\n`);
    body.push(`export const ${family.constant} = {\n`);
    for (const key of keys) body.push(`  ${base(key)}: ${key.key!},\n`);
    body.push("} as const;\n\n");
    body.push(`export const ${family.constant}Codecs: ReadonlyMap<number, KeyedRecordCodec> = new Map([\n`);
    for (const key of keys) {
      const value = messages.find((message) => message.kind === "value" && message.key === key.key)!;
      body.push(
        `  keyedRow(${key.key!}, "${base(key)}", ${range(value)}, read${key.name}, write${key.name}, read${value.name}, write${value.name}),\n`,
      );
    }
    body.push("]);\n\n");
  }
  const records = ["metadata-log", "moldau-log"].flatMap((file) =>
    find(file).messages.map((message) => ({ file, message })),
  );
  for (const file of ["metadata-log", "moldau-log"]) {
    const names = records
      .filter((record) => record.file === file)
      .flatMap(({ message }) => [`type ${message.name}`, `read${message.name}`, `write${message.name}`]);
    imports.push(`import {\n${names.map((name) => `  ${name},\n`).join("")}} from "./${file}";\n`);
  }
  body.push("/** Record types of the metadata log. */\nexport const MetadataRecordType = {\n");
  for (const { message } of records) body.push(`  ${message.name}: ${message.key!},\n`);
  body.push("} as const;\n\n");
  body.push(
    "/** What each record type of the metadata log carries, by its name. */\nexport interface MetadataRecordValues {\n",
  );
  for (const { message } of records) body.push(`  ${message.name}: ${message.name};\n`);
  body.push("}\n\n");
  body.push("export const metadataRecordCodecs: ReadonlyMap<number, MetadataRecordCodec> = new Map([\n");
  for (const { message } of records) {
    body.push(
      `  recordRow(${message.key!}, "${message.name}", ${range(message)}, read${message.name}, write${message.name}),\n`,
    );
  }
  body.push("]);\n");
  return (
    HEAD +
    'import { type KeyedRecordCodec, type MetadataRecordCodec, keyedRow, recordRow } from "../record-codecs";\n' +
    imports.join("") +
    "\n" +
    body.join("")
  );
}
