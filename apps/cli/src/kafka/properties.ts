/** A Java properties file: `key=value`, `key: value` or `key value` a line, comments, escapes, lines that go on behind a `\`. */
export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  const lines = text.split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i]!.trimStart();
    if (line === "" || line.startsWith("#") || line.startsWith("!")) continue;
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(line)) line = line.slice(0, -1) + (lines[++i]?.trimStart() ?? "");
    const [, key, value] = /^((?:\\.|[^\\=:\s])*)\s*[=:]?\s*([^]*)$/.exec(line)!;
    properties.set(unescape(key!), unescape(value!));
  }
  return properties;
}

const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_all, code: string | undefined, char: string | undefined) =>
    code === undefined ? (escapes[char!] ?? char!) : String.fromCharCode(parseInt(code, 16)),
  );
}

/** `key=value` options; the value may have more equals signs, and may be missing. */
export function parsePairs(pairs: readonly string[]): Map<string, string> {
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
