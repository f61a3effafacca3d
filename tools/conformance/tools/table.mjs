// The table of tools: tool, sub-command, same output as Apache Kafka's own broker gave.

/** Lines that only one has, for each stream. */
function differences({ golden, code, stdout, stderr }) {
  if (golden === undefined) return "  there is no golden of it: record again";
  const out = [];
  if (golden.code !== code) out.push(`  exit ${golden.code} there, ${code} here`);
  for (const [name, theirs, ours] of [
    ["stdout", golden.stdout, stdout],
    ["stderr", golden.stderr, stderr],
  ]) {
    if (theirs === ours) continue;
    const [left, right] = [theirs.split("\n"), ours.split("\n")];
    const only = (list, other, mark) => list.filter((line) => !other.includes(line)).map((line) => `  ${mark} ${line}`);
    const lines = [...only(left, right, "-"), ...only(right, left, "+")];
    out.push(
      `  ${name}:`,
      ...(lines.length > 0 ? lines.slice(0, 40) : ["  the same lines, in another order or number"]),
    );
  }
  return out.join("\n");
}

/** Prints it; whether all is the same or explained. */
export function printToolTable(results, { verbose = false } = {}) {
  const rows = results.map(({ name, tool, same, reason }) => {
    const [, what = ""] = /^[^:]*: (.*)$/.exec(name) ?? [];
    return [tool, what, same ? "yes" : reason ? `no: ${reason}` : "NO"];
  });
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => row[i].length), 11));
  console.log("");
  for (const row of [["tool", "sub-command", "same output as Apache Kafka"], ...rows]) {
    console.log(`${row[0].padEnd(widths[0])}  ${row[1].padEnd(widths[1])}  ${row[2]}`);
  }
  for (const result of results) {
    if (result.same || (result.reason && !verbose)) continue;
    console.log(
      `\n${result.reason ? "explained" : "DIFFERENT"} ${result.name}: - Apache Kafka, + Moldau\n  $ ${result.command}\n${differences(result)}`,
    );
  }
  const count = (test) => results.filter(test).length;
  console.log(
    `\n${results.length} commands: ${count(({ same }) => same)} same, ${count(({ reason }) => reason)} explained, ${count(({ same, reason }) => !same && !reason)} different`,
  );
  return results.length > 0 && results.every(({ same, reason }) => same || reason);
}
