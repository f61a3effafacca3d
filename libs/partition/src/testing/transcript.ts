import { readFileSync, writeFileSync } from "node:fs";

/**
 * Readable tests: a file of steps, each a few lines of commands, `----`, and what they answered. MOLDAU_REWRITE=1 writes
 * the answers anew, to be read before they are committed.
 */
export function runTranscript(path: string, step: (command: string, args: Map<string, string>) => string): void {
  const text = readFileSync(path, "utf8");
  const answered: string[] = [];
  for (const block of text.split(/\n\n+/)) {
    const [before, expected] = block.trimEnd().split(/\n----\n?/);
    if (expected === undefined) {
      answered.push(block.trimEnd());
      continue;
    }
    const output: string[] = [];
    for (const line of before!.split("\n")) {
      if (line.startsWith("#") || line === "") continue;
      const [command, ...words] = line.split(/\s+/);
      const args = new Map(words.map((word) => word.split("=") as [string, string]));
      output.push(step(command!, args));
    }
    answered.push(`${before}\n----\n${output.filter((part) => part !== "").join("\n")}`.trimEnd());
  }
  const actual = answered.join("\n\n") + "\n";
  if (process.env.MOLDAU_REWRITE) writeFileSync(path, actual);
  else expect(actual).toBe(text);
}
