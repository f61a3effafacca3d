import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { completionScript } from "./shell-scripts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "moldau-completion-"));
  // Stands for the program: says what it was asked, and offers a few words.
  writeFileSync(
    join(directory, "moldau"),
    `#!/bin/sh
printf '%s\\n' "$@" | tr '\\n' '|' > "$ASKED"
printf 'orders\\t2 partitions\\norder book\\t\\n'
case "$*" in *--output=*) printf -- '--output=json\\t\\n' ;; *--config*) printf 'retention.ms=\\t\\n' ;; esac
`,
  );
  chmodSync(join(directory, "moldau"), 0o755);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** Presses Tab behind `line` in Bash: the words as Bash splits them, and what it is offered. */
function tabInBash(line: string, words: readonly string[]): { asked: string; offered: string[] } {
  const asked = join(directory, "asked");
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = `${completionScript("bash")}
compopt() { :; }
COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1}
_moldau
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const result = spawnSync("bash", ["--norc", "-c", script], {
    env: { PATH: `${directory}:${process.env.PATH}`, ASKED: asked },
    encoding: "utf8",
  });
  expect(result.stderr).toBe("");
  const said = spawnSync("cat", [asked], { encoding: "utf8" }).stdout;
  return { asked: said, offered: result.stdout.trimEnd().split("\n") };
}

(has("bash") ? describe : describe.skip)("bash", () => {
  it("hands over the words and offers what comes back", () => {
    const { asked, offered } = tabInBash("moldau topic describe ", ["moldau", "topic", "describe", ""]);
    expect(asked).toBe("__complete|--|topic|describe||");
    expect(offered).toEqual(["orders", "order book"]);
  });

  it("copes with the words that Bash splits at = and :", () => {
    const split = ["moldau", "--bootstrap", "a", ":", "1", "topic", "list", "--output", "=", "js"];
    const { asked, offered } = tabInBash("moldau --bootstrap a:1 topic list --output=js", split);
    expect(asked).toBe("__complete|--|--bootstrap|a:1|topic|list|--output=js|");
    expect(offered).toContain("json");
  });
});

for (const shell of ["bash", "zsh", "fish"] as const) {
  (has(shell) ? it : it.skip)(`${shell} can read its script`, () => {
    const result = spawnSync(shell, ["-n"], { input: completionScript(shell), encoding: "utf8" });
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });
}
