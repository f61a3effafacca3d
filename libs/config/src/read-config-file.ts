import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { ConfigError } from "./config-error";

/** One setting as it stands in a file. */
export interface FileEntry {
  key: string;
  value: string;
  line: number;
}

/**
 * The settings of a `.properties` file (Java's rules: comments, continued lines, escapes), or of a `.yaml`, `.yml` or
 * `.json` file, where nested maps join with dots and sequences with commas. Throws ConfigError with the file's name.
 */
export function readConfigFile(path: string): FileEntry[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a directory" : String(code);
    throw new ConfigError(`cannot read the configuration file ${path}: ${why}`);
  }
  return /\.(ya?ml|json)$/i.test(path) ? parseYaml(text, basename(path)) : parseProperties(text);
}

/** Source: java.util.Properties.load. */
export function parseProperties(text: string): FileEntry[] {
  const entries: FileEntry[] = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    let logical = lines[i]!.trimStart();
    if (logical === "" || logical.startsWith("#") || logical.startsWith("!")) continue;
    while (/(^|[^\\])(\\\\)*\\$/.test(logical) && i + 1 < lines.length) {
      logical = logical.slice(0, -1) + lines[++i]!.trimStart();
    }
    const separator = /^((?:\\.|[^\\\s=:])*)\s*[=:]?\s*(.*)$/s.exec(logical)!;
    entries.push({ key: unescape(separator[1]!), value: unescape(separator[2]!).trim(), line });
  }
  return entries;
}

function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_whole, escape: string) => {
    if (/^u.{4}$/.test(escape)) return String.fromCharCode(parseInt(escape.slice(1), 16));
    return ({ n: "\n", t: "\t", r: "\r", f: "\f" } as Record<string, string>)[escape] ?? escape;
  });
}

export function parseYaml(text: string, file: string): FileEntry[] {
  const { parseDocument, isMap, isSeq, isScalar, LineCounter } = createRequire(__filename)(
    "yaml",
  ) as typeof import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const trouble = document.errors[0];
  if (trouble) throw new ConfigError(`${file} is not valid YAML: ${trouble.message.split("\n")[0]}`);
  const entries: FileEntry[] = [];
  const visit = (node: unknown, key: string, line: number): void => {
    if (isMap(node)) {
      for (const { key: name, value } of node.items) {
        if (!isScalar(name)) continue;
        const part = String(name.value);
        visit(value, key === "" ? part : `${key}.${part}`, name.range ? lines.linePos(name.range[0]).line : line);
      }
    } else if (isSeq(node)) {
      entries.push({ key, line, value: node.items.map((item) => textOf(isScalar(item) ? item : undefined)).join(",") });
    } else if (isScalar(node)) {
      entries.push({ key, line, value: textOf(node) });
    } else {
      entries.push({ key, line, value: "" });
    }
  };
  // What was written, not what YAML made of it: 0x10 and 1_000 stay text and are then refused as such.
  function textOf(scalar: { value: unknown; source?: string } | undefined): string {
    if (!scalar || scalar.value === null) return "";
    return typeof scalar.value === "string" ? scalar.value.trim() : (scalar.source ?? String(scalar.value));
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new ConfigError(`${file}: expected keys and values, e.g. "num.partitions: 3"`);
  }
  visit(document.contents, "", 1);
  return entries.filter((entry) => entry.key !== "");
}
