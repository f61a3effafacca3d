// The file of goldens: what each step printed, as text that one can read and compare.

/** One block of the file. */
export const blockOf = ({ name, command, code, stdout, stderr }) =>
  [
    `### ${name}`,
    `$ ${command}`,
    `exit ${code}`,
    "--- stdout",
    ...(stdout ? [stdout] : []),
    "--- stderr",
    ...(stderr ? [stderr] : []),
  ].join("\n");

export const formatGoldens = (results) => `${results.map(blockOf).join("\n\n")}\n`;

/** Blocks by the steps' names. */
export function parseGoldens(text) {
  const found = new Map();
  for (const block of text.trim().split(/\n\n(?=### )/)) {
    const [, name, command, code, stdout, stderr] =
      /^### (.*)\n\$ (.*)\nexit (.*)\n--- stdout\n([^]*?)(?:\n|^)?--- stderr(?:\n([^]*))?$/.exec(block) ?? [];
    if (name === undefined) throw new Error(`no golden: ${block.slice(0, 80)}`);
    found.set(name, { name, command, code, stdout, stderr: stderr ?? "" });
  }
  return found;
}
