/**
 * Joins the Prometheus expositions of several processes into one: each sample gets the labels `role` and `node`, each
 * family keeps one HELP and TYPE line and its samples stand together, as the format demands.
 */
export function mergeMetrics(sources: readonly { role: string; nodeId: number; text: string }[]): string {
  const families = new Map<string, { help: string; type: string; samples: string[] }>();
  for (const { role, nodeId, text } of sources) {
    const label = `role="${role}",node="${nodeId}"`;
    let current = { help: "", type: "", samples: [] as string[] };
    for (const line of text.split("\n")) {
      const comment = /^# (HELP|TYPE) (\S+)/.exec(line);
      if (comment) {
        const name = comment[2]!;
        current = families.get(name) ?? { help: "", type: "", samples: [] };
        families.set(name, current);
        if (comment[1] === "HELP") current.help = line;
        else current.type = line;
      } else if (line !== "" && !line.startsWith("#")) {
        const brace = line.indexOf("{");
        const space = line.indexOf(" ");
        current.samples.push(
          brace > 0 && brace < space
            ? `${line.slice(0, brace + 1)}${label},${line.slice(brace + 1)}`
            : `${line.slice(0, space)}{${label}}${line.slice(space)}`,
        );
      }
    }
  }
  const lines = [...families.values()].flatMap(({ help, type, samples }) =>
    [help, type, ...samples].filter((l) => l !== ""),
  );
  return `${lines.join("\n")}\n`;
}
